import Planning
import Reporting
import Words

/// A sweep as a table and as a document.
struct SweepPage {
  let argument: SweepArgument
  let steps: [SweepStep]
  let scenario: Scenario
  let baseline: ScenarioBaseline
  let language: Language

  /// What the chart is called.
  var title: String { argument.words[language] + (scenario.name.isEmpty ? "" : " · " + scenario.name) }

  var document: JSON {
    .object(
      ScenarioJSON.head(baseline.options) + [
        ("scenario", .string(scenario.name)), ("sweep", .string(argument.name)),
        ("steps", .array(zip(steps, argument.labels).map { $0.json($1) })),
        ("synthetic", .bool(baseline.network.sources.contains(where: \.isSynthetic))),
      ])
  }

  var lines: [String] {
    var table = TextTable(
      header: [
        argument.words[language], word("customers served", "达标户数"), "%", word("elderly %", "老年 %"),
        word("mean min", "平均分钟"),
        word("villages with a point", "有网点村"), word("payments", "线下笔数"), word("per point", "每网点"),
        word("below break-even", "低于保本"),
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8])
    for (step, label) in zip(steps, argument.labels) {
      table.append([
        label, Figures.whole(step.customers.served), Figures.percent(step.customers.share),
        Figures.percent(step.elderly.share), Figures.minutes(meanSeconds: step.meanSeconds),
        Figures.whole(step.villagesWithPoint), Figures.decimal(step.payments, digits: 0),
        Figures.decimal(step.paymentsPerPoint, digits: 1), Figures.whole(step.belowBreakEven),
      ])
    }
    var lines = scenario.name.isEmpty ? [] : [scenario.name]
    lines += table.lines
    if baseline.network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}

/// How sure coverage is, as lines and as a document.
struct UncertaintyPage {
  let uncertainty: FactorUncertainty
  let seed: UInt64
  /// What is compared, the network as it is first.
  let plans: [(name: String, draws: CoverageDraws)]
  let language: Language

  var document: JSON {
    .object([
      ("draws", .int(plans[0].draws.served.count)), ("seed", .int(Int(truncatingIfNeeded: seed))),
      ("measured_factors", .int(uncertainty.measured)), ("assumed_factors", .int(uncertainty.assumed)),
      (
        "plans",
        .array(
          plans.enumerated().map { number, plan in
            func share(_ served: Int?) -> JSON {
              .rounded(
                served.flatMap { plan.draws.customers == 0 ? nil : Double($0) / Double(plan.draws.customers) }
              )
            }
            return .object([
              ("name", .string(plan.name)), ("customers", .int(plan.draws.customers)),
              ("p5", JSON(plan.draws.percentile(5))), ("p50", JSON(plan.draws.percentile(50))),
              ("p95", JSON(plan.draws.percentile(95))), ("mean", .rounded(plan.draws.mean)),
              ("p5_share", share(plan.draws.percentile(5))), ("p95_share", share(plan.draws.percentile(95))),
              (
                "against",
                .array(
                  plans.indices.filter { $0 != number }.map { other in
                    let result = plan.draws.compared(with: plans[other].draws)
                    return .object([
                      ("name", .string(plans[other].name)), ("better", .int(result.better)),
                      ("equal", .int(result.equal)), ("worse", .int(result.worse)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }

  var lines: [String] {
    var table = TextTable(
      header: [word("customers served", "达标户数"), "P5", "P50", "P95", "P5 %", "P95 %"],
      rightAligned: [1, 2, 3, 4, 5])
    for plan in plans {
      let draws = plan.draws
      func share(_ percent: Int) -> String {
        Figures.percent(
          draws.percentile(percent).flatMap {
            draws.customers == 0 ? nil : Double($0) / Double(draws.customers)
          })
      }
      table.append([
        plan.name, Figures.whole(draws.percentile(5)), Figures.whole(draws.percentile(50)),
        Figures.whole(draws.percentile(95)), share(5), share(95),
      ])
    }
    var lines =
      [
        "",
        word(
          "\(plans[0].draws.served.count) draws of the factors of travel, seed \(seed); intervals measured for "
            + "\(uncertainty.measured) factors, 15% either way assumed for \(uncertainty.assumed)",
          "对出行系数抽样 \(plans[0].draws.served.count) 次,种子 \(seed);\(uncertainty.measured) 个系数有实测区间,"
            + "\(uncertainty.assumed) 个假定为上下 15%"),
      ] + table.lines
    for number in plans.indices {
      for other in plans.indices where other > number {
        let result = plans[other].draws.compared(with: plans[number].draws)
        let (a, b) = (plans[other].name, plans[number].name)
        lines.append(
          word(
            "\(a) serves more than \(b) in \(result.better) draws, as many in \(result.equal), fewer in \(result.worse)",
            "\(a) 优于 \(b) 的抽样 \(result.better) 次,相同 \(result.equal) 次,较差 \(result.worse) 次"))
      }
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }
}

/// The difference a scenario makes, as GeoJSON (RFC 7946): places gained and lost, points opened, closed, moved and altered.
struct ScenarioGeoJSON {
  let outcome: ScenarioOutcome

  var text: String {
    var features: [JSON] = []
    var box: (west: Double, south: Double, east: Double, north: Double)?
    func add(_ longitude: Double, _ latitude: Double, _ properties: [(String, JSON)]) {
      // Ten-millionths of a degree: a centimeter.
      let (x, y) = ((longitude * 1e7).rounded() / 1e7, (latitude * 1e7).rounded() / 1e7)
      let old = box ?? (x, y, x, y)
      box = (min(old.west, x), min(old.south, y), max(old.east, x), max(old.north, y))
      features.append(
        .object([
          ("type", .string("Feature")),
          (
            "geometry",
            .object([("type", .string("Point")), ("coordinates", .array([.double(x), .double(y)]))])
          ),
          ("properties", .object(properties)),
        ]))
    }
    let (places, points) = (outcome.network.places, outcome.network.points)
    func seconds(_ coverage: Coverage, _ place: Int) -> JSON {
      JSON(coverage.nearestPoints[place] < 0 ? nil : Int(coverage.seconds[place]))
    }
    for (change, list) in [("gained", outcome.gained), ("lost", outcome.lost)] {
      for place in list {
        add(
          places.longitudes[place], places.latitudes[place],
          [
            ("change", .string(change)), ("place_id", .string(places.ids[place])),
            ("name", .string(places.names[place])), ("customers", .int(places.customers[place])),
            ("seconds_before", seconds(outcome.before, place)),
            ("seconds_after", seconds(outcome.after, place)),
          ])
      }
    }
    for (change, list) in [
      ("opened", outcome.opened), ("closed", outcome.closed), ("moved", outcome.moved),
      ("altered", outcome.altered),
    ] {
      for point in list {
        add(
          points.longitudes[point], points.latitudes[point],
          [
            ("change", .string(change)), ("point_id", .string(points.ids[point])),
            ("name", .string(points.names[point])), ("kind", .string(points.kinds[point].name)),
            ("payments_before", .rounded(outcome.payments?.before[point])),
            ("payments_after", .rounded(outcome.payments?.after[point])),
          ])
      }
    }
    var members: [(String, JSON)] = [
      ("type", .string("FeatureCollection")), ("scenario", .string(outcome.scenario.name)),
    ]
    if outcome.network.sources.contains(where: \.isSynthetic) {
      members.append(("note", .string("Synthetic data: made up for demonstration. 合成数据:为演示而生成。")))
    }
    if let box {
      members.append(("bbox", .array([box.west, box.south, box.east, box.north].map(JSON.double))))
    }
    members.append(("features", .array(features)))
    return JSON.object(members).text + "\n"
  }
}
