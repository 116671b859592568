import Planning
import Reporting
import Travel
import Words

/// What works, what pays, and who loses what when a point closes, as tables and as a document.
struct AssurancePage {
  let network: PaymentNetwork
  let villages: CoverageSummary.VillageLadder
  let assurance: Assurance
  let activity: PointActivity
  let viability: PointViability
  let catchment: FloatingCatchment
  let language: Language

  /// How many rows of a table are listed for people.
  private static let listed = 15

  private var balances: [PointViability.Balance] { viability.balances.compactMap(\.self).filter(\.earnsFees) }
}

extension AssurancePage {
  var document: JSON {
    .object([
      ("standard", .string(assurance.options.standard.name)),
      ("travel", .string(assurance.options.travel.rawValue)),
      ("calibration", assurance.options.calibration?.json ?? .null),
      ("villages", villages.json), ("activity", activityJSON), ("viability", viabilityJSON),
      ("accessibility", accessibilityJSON),
      (
        "assurance",
        .object([
          ("single_point", population(assurance.singlePoint)),
          ("single_operator", population(assurance.singleOperator)),
          ("secured_share", .rounded(assurance.securedShare)),
        ])
      ),
      ("points", .rows(network.points.count, point)),
      ("places", .rows(network.places.count, place)),
    ])
  }

  private var activityJSON: JSON {
    .object([
      ("points", .int(activity.points)), ("active", .int(activity.active)),
      ("active_share", .rounded(activity.activeShare)), ("with_30_payments", .int(activity.busy)),
      ("dormant_60_days", .int(activity.count(.dormant60) + activity.count(.dormant90))),
      ("dormant_90_days", .int(activity.count(.dormant90))), ("unknown", .int(activity.count(.unknown))),
      ("square_kilometers", .rounded(activity.squareKilometers)),
      ("points_per_1000_km2", .rounded(activity.perThousandSquareKilometers(activity.points))),
      ("active_per_1000_km2", .rounded(activity.perThousandSquareKilometers(activity.active))),
      ("points_per_100000_customers", .rounded(activity.perHundredThousandCustomers(activity.points))),
      ("active_per_100000_customers", .rounded(activity.perHundredThousandCustomers(activity.active))),
    ])
  }

  private var viabilityJSON: JSON {
    .object([
      ("assumptions", ViabilityArguments.json(viability.options)), ("agents", .int(balances.count)),
      ("loss_making", .int(balances.count { $0.marginYuan < 0 })),
    ])
  }

  private var accessibilityJSON: JSON {
    let spread = accessibilitySpread
    return .object([
      (
        "unit",
        .string(
          catchment.countsHours ? "counter_hours_per_week_per_1000_customers" : "counters_per_1000_customers")
      ),
      ("mean", .rounded(spread.mean)), ("p10", .rounded(spread.low)), ("p50", .rounded(spread.middle)),
      ("p90", .rounded(spread.high)), ("customers_without", .int(spread.without)),
      (
        "zones",
        .array(
          FloatingCatchment.zones.map {
            .object([("seconds", .int($0.limit.seconds)), ("weight", .rounded($0.weight))])
          })
      ),
    ])
  }

  private func population(_ population: CoverageSummary.Population) -> JSON {
    .object([
      ("places", .int(population.places.served)), ("of_places", .int(population.places.total)),
      ("customers", .int(population.customers.served)), ("of_customers", .int(population.customers.total)),
    ])
  }

  private func point(_ point: Int) -> JSON {
    let closure = assurance.closures[point]
    let balance = viability.balances[point]
    return .object([
      ("point_id", .string(network.points.ids[point])), ("name", .string(network.points.names[point])),
      ("counts", .bool(assurance.counts[point])),
      ("activity", JSON(activity.states[point]?.name)),
      ("nearest_places", .int(closure.nearestPlaces)), ("nearest_customers", .int(closure.nearestCustomers)),
      ("places_lost", .int(closure.placesLost)), ("customers_lost", .int(closure.customersLost)),
      ("coverage_change", .rounded(closure.coverageChange)),
      ("mean_seconds_change", .rounded(closure.meanSecondsChange)),
      ("customers_beyond_15_minutes", .int(closure.customersBeyondFifteenMinutes)),
      ("customers_stranded", .int(closure.customersStranded)),
      ("criticality", .rounded(closure.criticality)),
      ("payments_per_month", .rounded(balance?.paymentsPerMonth)),
      ("margin_yuan", .rounded(balance?.marginYuan)),
      ("break_even_payments", .rounded(balance?.breakEvenPayments)),
    ])
  }

  private func place(_ place: Int) -> JSON {
    let only = Int(assurance.onlyPoints[place])
    return .object([
      ("place_id", .string(network.places.ids[place])), ("name", .string(network.places.names[place])),
      ("customers", .int(network.places.customers[place])),
      ("only_point_id", JSON(only < 0 ? nil : network.points.ids[only])),
      ("hangs_on_operator", .bool(assurance.hangsOnOperator[place])),
      ("accessibility", .rounded(catchment.accessibility[place] * 1_000)),
    ])
  }

  /// Accessibility per 1,000 customers, over all customers; `without` are those with none.
  private var accessibilitySpread: (mean: Double?, low: Double?, middle: Double?, high: Double?, without: Int)
  {
    let places = network.places
    let order = places.indices.sorted {
      (catchment.accessibility[$0], $0) < (catchment.accessibility[$1], $1)
    }
    let total = places.customers.reduce(0.0) { $0 + Double($1) }
    guard total > 0 else { return (nil, nil, nil, nil, 0) }
    func percentile(_ share: Double) -> Double? {
      var below = 0.0
      for place in order {
        below += Double(places.customers[place])
        if below >= share * total { return catchment.accessibility[place] * 1_000 }
      }
      return nil
    }
    let sum = places.indices.reduce(0.0) {
      $0 + Double(places.customers[$1]) * catchment.accessibility[$1]
    }
    let without = places.indices.filter { catchment.accessibility[$0] == 0 }
      .reduce(0) { $0 + places.customers[$1] }
    return (sum / total * 1_000, percentile(0.1), percentile(0.5), percentile(0.9), without)
  }
}

extension AssurancePage {
  var lines: [String] {
    var lines = [
      assurance.options.standard.name, "", villages.line(in: language), active, agents, access, single,
    ]
    if let calibration = assurance.options.calibration { lines.append(calibration.line(in: language)) }
    lines += [""] + closures
    let weak = weakPlaces
    if !weak.isEmpty { lines += [""] + weak }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private var active: String {
    let density = Figures.decimal(activity.perThousandSquareKilometers(activity.active), digits: 1)
    let perCustomers = Figures.decimal(activity.perHundredThousandCustomers(activity.active), digits: 1)
    let dormant = Figures.whole(activity.count(.dormant60) + activity.count(.dormant90))
    return word(
      "Points: \(Figures.whole(activity.points)); active in the latest month \(Figures.percent(activity.activeShare)), with 30 "
        + "payments or more \(Figures.whole(activity.busy)), dormant 60 days or more \(dormant) "
        + "(90: \(Figures.whole(activity.count(.dormant90)))), unknown \(Figures.whole(activity.count(.unknown))); "
        + "active per 1,000 km²: \(density), per 100,000 customers (adults are not known): \(perCustomers)",
      "网点 \(Figures.whole(activity.points)) 个:最近一月活跃 \(Figures.percent(activity.activeShare)),满 30 笔的 "
        + "\(Figures.whole(activity.busy)) 个,休眠 60 天以上 \(dormant) 个(90 天 "
        + "\(Figures.whole(activity.count(.dormant90))) 个),未知 \(Figures.whole(activity.count(.unknown))) 个;"
        + "每千平方公里活跃 \(density) 个,每十万户(成年人数未知)活跃 \(perCustomers) 个")
  }

  private var agents: String {
    let losing = balances.count { $0.marginYuan < 0 }
    let options = viability.options
    func yuan(_ value: Double) -> String { Figures.decimal(value, digits: 2) }
    let share = Figures.percent(balances.isEmpty ? nil : Double(losing) / Double(balances.count))
    return word(
      "Agents with fees, costs and volumes known: \(Figures.whole(balances.count)); at a loss \(Figures.whole(losing)) (\(share)); "
        + "assumed: subsidy \(yuan(options.subsidyYuan)), footfall \(yuan(options.footfallShare * options.footfallMarginYuan)), "
        + "cost per payment \(yuan(options.costPerPaymentYuan)), cost of float \(yuan(options.floatYuan * options.floatCostPerMonth)) yuan",
      "手续费、成本、业务量已知的代收人 \(Figures.whole(balances.count)) 个:亏损 \(Figures.whole(losing)) 个(\(share));"
        + "假定:补贴 \(yuan(options.subsidyYuan)) 元、客流收益每笔 \(yuan(options.footfallShare * options.footfallMarginYuan)) 元、"
        + "每笔成本 \(yuan(options.costPerPaymentYuan)) 元、备用金成本 \(yuan(options.floatYuan * options.floatCostPerMonth)) 元"
    )
  }

  private var access: String {
    let spread = accessibilitySpread
    let unit =
      catchment.countsHours
      ? word("counter hours a week per 1,000 customers", "每千户每周窗口小时")
      : word("counters per 1,000 customers", "每千户窗口数")
    func figure(_ value: Double?) -> String { Figures.decimal(value, digits: 1) }
    return word(
      "Accessibility (E2SFCA, \(unit)): mean \(figure(spread.mean)), P10 \(figure(spread.low)), P50 "
        + "\(figure(spread.middle)), P90 \(figure(spread.high)); customers with none \(Figures.whole(spread.without))",
      "可达性(E2SFCA,\(unit)):平均 \(figure(spread.mean)),P10 \(figure(spread.low)),P50 "
        + "\(figure(spread.middle)),P90 \(figure(spread.high));无可达窗口 \(Figures.whole(spread.without)) 户")
  }

  private var single: String {
    let (point, company) = (assurance.singlePoint, assurance.singleOperator)
    return word(
      "Served places that hang on a single point: \(Figures.whole(point.places.served)) of \(Figures.whole(point.places.total)) "
        + "(\(Figures.whole(point.customers.served)) customers); without another operator within 15 min: "
        + "\(Figures.whole(company.places.served)) (\(Figures.whole(company.customers.served)) customers); secured "
        + Figures.percent(assurance.securedShare),
      "达标村/社区中只依赖一个网点的 \(Figures.whole(point.places.served)) / \(Figures.whole(point.places.total)) 处"
        + "(\(Figures.whole(point.customers.served)) 户);15 分钟内无其他运营方的 \(Figures.whole(company.places.served)) 处"
        + "(\(Figures.whole(company.customers.served)) 户);有保障户数 \(Figures.percent(assurance.securedShare))")
  }

  private var closures: [String] {
    let points = network.points
    var table = TextTable(
      header: [
        word("if this point closes", "若该网点停业"), word("lose service", "失去服务户数"), word("places", "村/社区"),
        word("mean s", "平均秒数"), word("beyond 15 min", "超 15 分钟户数"), word("activity", "活跃"),
        word("margin", "月盈亏元"), word("break-even", "保本笔数"),
      ], rightAligned: [1, 2, 3, 4, 6, 7])
    let order = (0..<points.count).filter { assurance.counts[$0] }.sorted {
      let (a, b) = (assurance.closures[$0], assurance.closures[$1])
      return (-a.customersLost, -a.criticality, $0) < (-b.customersLost, -b.criticality, $1)
    }
    for point in order.prefix(Self.listed) {
      let closure = assurance.closures[point]
      let balance = viability.balances[point]
      let change = Figures.decimal(closure.meanSecondsChange, digits: 2)
      table.append([
        "\(points.ids[point]) \(points.names[point])", Figures.whole(closure.customersLost),
        Figures.whole(closure.placesLost), change, Figures.whole(closure.customersBeyondFifteenMinutes),
        activity.states[point]?.words[language] ?? "", Figures.decimal(balance?.marginYuan, digits: 2),
        Figures.decimal(balance?.breakEvenPayments?.rounded(.up), digits: 0),
      ])
    }
    return table.lines
  }

  private var weakPlaces: [String] {
    let places = network.places
    let hanging = places.indices.filter { assurance.onlyPoints[$0] >= 0 }
      .sorted { (-places.customers[$0], $0) < (-places.customers[$1], $1) }
    guard !hanging.isEmpty else { return [] }
    var table = TextTable(
      header: [
        word("place that hangs on one point", "只依赖一个网点的村/社区"), word("customers", "户数"), word("point", "网点"),
        word("E2SFCA", "可达性"),
      ], rightAligned: [1, 3])
    for place in hanging.prefix(Self.listed) {
      let only = Int(assurance.onlyPoints[place])
      table.append([
        "\(places.ids[place]) \(places.names[place])", Figures.whole(places.customers[place]),
        "\(network.points.ids[only]) \(network.points.names[only])",
        Figures.decimal(catchment.accessibility[place] * 1_000, digits: 1),
      ])
    }
    return table.lines
  }
}
