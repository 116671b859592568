import Planning
import Reporting
import Words

/// Whether a point should close, as a table and as a document.
struct ClosurePage {
  let assessment: ClosureAssessment
  let language: Language

  private var outcome: ScenarioOutcome { assessment.outcome }
  private var points: PointTable { outcome.network.points }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  var document: JSON {
    let (places, options) = (outcome.network.places, assessment.options)
    func count(_ positions: [Int]) -> JSON {
      .object([
        ("places", .int(positions.count)), ("customers", .int(assessment.customers(of: positions))),
        ("elderly_customers", .int(assessment.elderly(of: positions))),
      ])
    }
    func id(_ point: Int) -> [(String, JSON)] {
      [("point_id", .string(points.ids[point])), ("name", .string(points.names[point]))]
    }
    let deficiency = JSON.object([
      ("found", .bool(assessment.isDeficient)),
      (
        "villages_losing_their_only_effective_point",
        .array(assessment.villagesLosingTheirPoint.map { .string(name(ofVillage: $0)) })
      ),
      ("no_longer_served", count(outcome.lost)),
      ("beyond_15_minutes", count(assessment.beyondFifteenMinutes)),
      ("points_that_cannot_take_over", .array(assessment.overburdened.map { .object(id($0)) })),
    ])
    let means = assessment.meanSeconds
    let impact = JSON.object([
      ("significant", .bool(assessment.isSignificant)), ("affected", count(assessment.affected)),
      ("left_behind", count(assessment.leftBehind)), ("mean_seconds_before", .rounded(means?.before)),
      ("mean_seconds_after", .rounded(means?.after)),
      (
        "payments_per_month", .rounded(outcome.payments?.takeovers.first?.payments)
      ), ("significant_customers", .int(options.significantCustomers)),
      ("significant_elderly", .int(options.significantElderly)),
    ])
    let remedy = JSON.object([
      (
        "sites",
        .array(
          assessment.sites.map { site in
            .object([
              (site.isCandidate ? "candidate_id" : "place_id", .string(site.id)),
              ("name", .string(site.name)),
              ("places", .int(site.places)), ("customers", .int(site.customers)),
              ("opening_cost_yuan", .rounded(site.costFen.map { Double($0) / 100 })),
            ])
          })
      ),
      (
        "longer_hours",
        .array(
          assessment.longerHours.map {
            .object(
              id($0.point) + [
                ("open_when_it_was_share", .rounded($0.openShare)),
                ("payments_share", .rounded($0.paymentShare)),
              ])
          })
      ),
    ])
    let alternatives = zip(assessment.affected, assessment.alternatives).map { place, entries in
      JSON.object([
        ("place_id", .string(places.ids[place])), ("name", .string(places.names[place])),
        ("customers", .int(places.customers[place])),
        (
          "points",
          .array(
            entries.map { entry in
              .object(
                id(Int(entry.point)) + [
                  ("seconds", .int(Int(entry.seconds))), ("meters", .int(Int(entry.meters))),
                  ("hours", JSON(points.openingHours(of: Int(entry.point)).map(\.description))),
                ])
            })
        ),
      ])
    }
    return .object(
      [
        (
          "closure",
          .object(
            id(assessment.point) + [
              ("verdict", .string(assessment.verdict.rawValue)), ("deficiency", deficiency),
              ("impact", impact),
              ("remedy", remedy), ("alternatives", .array(alternatives)),
            ])
        )
      ] + ScenarioJSON.head(outcome.before.options) + ScenarioJSON(outcome: outcome).members + [
        ("synthetic", .bool(outcome.network.sources.contains(where: \.isSynthetic)))
      ])
  }

  private func name(ofVillage village: Int32) -> String {
    let places = outcome.network.places
    let name = places.villageNames[Int(village)]
    if !name.isEmpty { return name }
    return (0..<places.count).first { places.villages[$0] == village }.map { places.names[$0] } ?? ""
  }

  var lines: [String] {
    let point = assessment.point
    let verdict =
      switch assessment.verdict {
      case .advisable: word("advisable", "可以关闭")
      case .afterRemedy: word("only after a remedy works", "须先落实补救措施")
      case .notAdvisable: word("not advisable", "不宜关闭")
      }
    var lines = [
      word(
        "Closing \(points.ids[point]) \(points.names[point]): ",
        "关闭 \(points.ids[point]) \(points.names[point]):")
        + verdict, "",
    ]
    lines.append(
      word("1. Is there a deficiency? ", "1. 是否出现缺口?")
        + (assessment.isDeficient ? word("Yes.", "是。") : word("No.", "否。")))
    for village in assessment.villagesLosingTheirPoint {
      lines.append(
        word(
          "   \(name(ofVillage: village)) would lose its only effective point.",
          "   \(name(ofVillage: village)) 将失去唯一的有效网点。"))
    }
    lines.append("   " + count(word("no longer served", "不再达标"), outcome.lost))
    lines.append(
      "   "
        + count(
          word("without a point within 15 minutes any more", "15 分钟内不再有网点"), assessment.beyondFifteenMinutes))
    if !assessment.overburdened.isEmpty {
      let list = assessment.overburdened.map { "\(points.ids[$0]) \(points.names[$0])" }
      lines.append(word("   cannot take over: ", "   无力接替:") + list.joined(separator: word("; ", ";")))
    }
    lines += [
      "",
      word("2. Is it significant? ", "2. 影响是否显著?")
        + (assessment.isSignificant ? word("Yes.", "是。") : word("No.", "否。")),
    ]
    lines.append("   " + count(word("whose nearest point it is", "以其为最近网点"), assessment.affected))
    if let means = assessment.meanSeconds {
      let (before, after) = (
        Figures.minutes(meanSeconds: means.before), Figures.minutes(meanSeconds: means.after)
      )
      lines.append(
        word(
          "   mean minutes to the nearest point \(before) → \(after)", "   到最近网点平均 \(before) → \(after) 分钟"))
    }
    let options = assessment.options
    lines.append(
      word(
        "   significant from \(options.significantCustomers) customers or \(options.significantElderly) elderly left behind on",
        "   有 \(options.significantCustomers) 户或 \(options.significantElderly) 户老年客户受损即为显著"))
    lines += ["", word("3. What is the remedy?", "3. 如何补救?")] + remedies
    let table = ScenarioTable(outcome: outcome, language: language)
    return lines + [""] + table.lines
  }

  private func count(_ name: String, _ places: [Int]) -> String {
    let (customers, elderly) = (assessment.customers(of: places), assessment.elderly(of: places))
    return word(
      "\(name): \(Figures.whole(places.count)) places, \(Figures.whole(customers)) customers, \(Figures.whole(elderly)) elderly",
      "\(name):\(Figures.whole(places.count)) 处,\(Figures.whole(customers)) 户,其中老年 \(Figures.whole(elderly)) 户"
    )
  }

  private var remedies: [String] {
    var lines = assessment.sites.enumerated().map { number, site in
      let cost = site.costFen.map {
        let yuan = Figures.decimal(Double($0) / 100, digits: 2)
        return word(", opening \(yuan) yuan", ",开办费 \(yuan) 元")
      }
      return word(
        "   \(number + 1)) open at \(site.id) \(site.name): serves \(site.places) of these places again, \(Figures.whole(site.customers)) customers",
        "   \(number + 1))在 \(site.id) \(site.name) 设点:\(site.places) 处重新达标,\(Figures.whole(site.customers)) 户"
      )
        + (cost ?? "")
    }
    for longer in assessment.longerHours {
      let name = "\(points.ids[longer.point]) \(points.names[longer.point])"
      lines.append(
        word(
          "   longer hours at \(name), which takes over \(Figures.percent(longer.paymentShare)) and is open in \(Figures.percent(longer.openShare)) of the hours",
          "   延长 \(name) 的营业时间:其接替 \(Figures.percent(longer.paymentShare)),营业时间重合 \(Figures.percent(longer.openShare))"
        ))
    }
    if lines.isEmpty {
      lines.append(
        outcome.lost.isEmpty
          ? word("   none is needed", "   无需补救") : word("   no site would serve them", "   没有合适的地点"))
    }
    return lines
  }
}
