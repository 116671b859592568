import Planning
import Storage
import Travel

/// What a scenario changes, as the JSON document of the contract.
struct ScenarioJSON {
  let outcome: ScenarioOutcome

  /// All that is said of one scenario, without what all have in common.
  var members: [(String, JSON)] {
    let options = outcome.before.options
    let before = JSON.object(CoverageJSON.members(of: outcome.before.summary, options))
    let after = JSON.object(CoverageJSON.members(of: outcome.after.summary, options))
    return [
      (
        "scenario",
        .object([
          ("name", .string(outcome.scenario.name)), ("description", .string(outcome.scenario.description)),
          ("changes", .array(outcome.scenario.changes.map { .string(ScenarioText.yaml(of: $0)) })),
        ])
      ),
      ("before", before), ("after", after), ("delta", JSON.difference(after, before)),
      ("gained", .array(outcome.gained.map(place))), ("lost", .array(outcome.lost.map(place))),
      ("elderly", Self.compared(Self.tally(outcome.elderly(after: false)), Self.tally(outcome.elderly(after: true)))),
      ("by_township", .array(townships)),
      (
        "points",
        .object([
          ("opened", points(outcome.opened)), ("closed", points(outcome.closed)),
          ("moved", points(outcome.moved)), ("altered", points(outcome.altered)),
        ])
      ),
      ("takeover", takeovers), ("payments", payments), ("waiting", waiting), ("activity", activity),
      ("viability", viability), ("assurance", assurance), ("cost", cost),
    ]
  }

  /// What all answers of one run have in common.
  static func head(_ options: CoverageOptions) -> [(String, JSON)] {
    [
      ("standard", .string(options.standard.name)), ("travel", .string(options.travel.rawValue)),
      ("mode", .string(options.standard.townMode.rawValue)),
      ("within_seconds", .int(options.standard.townLimit.seconds)),
      ("calibration", options.calibration?.json ?? .null),
    ]
  }

  /// Two objects of the same members, and what the second is more.
  static func compared(_ before: JSON, _ after: JSON) -> JSON {
    .object([("before", before), ("after", after), ("delta", JSON.difference(after, before))])
  }

  static func tally(_ tally: Tally) -> JSON {
    .object([("total", .int(tally.total)), ("served", .int(tally.served)), ("share", JSON(tally.share))])
  }

  private func place(_ i: Int) -> JSON {
    let places = outcome.network.places
    func way(_ coverage: Coverage, _ name: String) -> [(String, JSON)] {
      let point = Int(coverage.nearestPoints[i])
      return [
        ("nearest_point_id_\(name)", JSON(point < 0 ? nil : outcome.network.points.ids[point])),
        ("seconds_\(name)", JSON(point < 0 ? nil : Int(coverage.seconds[i]))),
        ("meters_\(name)", JSON(point < 0 ? nil : Int(coverage.meters[i]))),
      ]
    }
    return .object(
      [
        ("place_id", .string(places.ids[i])), ("name", .string(places.names[i])),
        ("township", .string(places.townshipNames[Int(places.townships[i])])),
        ("setting", .string(places.settings[i].name)), ("customers", .int(places.customers[i])),
        ("elderly_customers", .int(outcome.elderly(ofPlace: i, after: true))),
      ] + way(outcome.before, "before") + way(outcome.after, "after") + [
        ("reason", JSON((outcome.after.reasons[i] ?? outcome.before.reasons[i])?.name))
      ])
  }

  private var townships: [JSON] {
    func figures(_ summary: CoverageSummary) -> JSON {
      .object([
        ("places", Self.tally(summary.all.places)), ("customers", Self.tally(summary.all.customers)),
        ("mean_seconds", JSON(summary.seconds.mean)), ("p90", JSON(summary.seconds.p90)),
      ])
    }
    return zip(outcome.before.lines, outcome.after.lines).map { before, after in
      let (old, new) = (figures(before.summary), figures(after.summary))
      return .object([
        ("key", .string(before.key)), ("before", old), ("after", new), ("delta", JSON.difference(new, old)),
      ])
    }
  }

  private func points(_ positions: [Int]) -> JSON {
    let points = outcome.network.points
    return .array(
      positions.map { point in
        .object([
          ("point_id", .string(points.ids[point])), ("name", .string(points.names[point])),
          ("kind", .string(points.kinds[point].name)), ("status", .string(points.statuses[point].name)),
          ("longitude", .double(points.longitudes[point])), ("latitude", .double(points.latitudes[point])),
          ("payments_per_month_before", .rounded(outcome.payments?.before[point])),
          ("payments_per_month_after", .rounded(outcome.payments?.after[point])),
        ])
      })
  }

  // MARK: - Demand

  private var takeovers: JSON {
    guard let payments = outcome.payments else { return .null }
    return .array(payments.takeovers.map { takeover in
      .object([
        ("point_id", .string(outcome.network.points.ids[takeover.point])),
        ("name", .string(outcome.network.points.names[takeover.point])),
        ("payments_per_month", .rounded(takeover.payments)),
        ("taken_by_nobody", .rounded(takeover.unreached)),
        // How much money a point keeps for paying out is not in the data.
        ("float_known", .bool(false)),
        (
          "takers",
          .array(
            takeover.takers.map { taker in
              let standIn = outcome.standIn(taker, for: takeover)
              return .object([
                ("point_id", .string(outcome.network.points.ids[taker.point])),
                ("name", .string(outcome.network.points.names[taker.point])),
                ("payments_per_month", .rounded(taker.payments)), ("share", .rounded(standIn.share)),
                ("open_when_it_was_share", .rounded(standIn.hoursShare)),
                ("utilization_before", .rounded(standIn.utilizationBefore)),
                ("utilization_after", .rounded(standIn.utilizationAfter)),
                ("mean_wait_seconds_after", .rounded(standIn.waitSecondsAfter)),
                ("keeps_up", standIn.keepsUp.map(JSON.bool) ?? .null),
              ])
            })
        ),
      ])
    })
  }

  private var payments: JSON {
    guard let payments = outcome.payments else { return .null }
    func figures(_ total: Double, _ unreached: Double, _ network: PaymentNetwork) -> JSON {
      let working = network.points.statuses.count { $0 == .active }
      return .object([
        ("per_month", .rounded(total)), ("working_points", .int(working)),
        ("per_point", .rounded(working == 0 ? nil : total / Double(working))),
        ("beyond_reach", .rounded(unreached)),
      ])
    }
    return Self.compared(
      figures(payments.totalBefore, payments.unreachedBefore, outcome.networkBefore),
      figures(payments.totalAfter, payments.unreachedAfter, outcome.network))
  }

  private var waiting: JSON {
    guard let waiting = outcome.waiting else { return .null }
    func figures(_ waiting: Waiting) -> JSON {
      let peaks = waiting.peaks.compactMap(\.self)
      return .object([
        ("points", .int(peaks.count)), ("above_85_percent", .int(peaks.count { $0.utilization >= 0.85 })),
        ("overloaded", .int(peaks.count { $0.isOverloaded })),
      ])
    }
    return Self.compared(figures(waiting.before), figures(waiting.after))
  }

  private var activity: JSON {
    func figures(_ activity: PointActivity) -> JSON {
      .object([
        ("points", .int(activity.points)), ("active", .int(activity.active)), ("busy", .int(activity.busy)),
        ("unknown", .int(activity.count(.unknown))), ("active_share", .rounded(activity.activeShare)),
      ])
    }
    return Self.compared(figures(outcome.activity.before), figures(outcome.activity.after))
  }

  private var viability: JSON {
    guard let viability = outcome.viability else { return .null }
    func figures(_ viability: PointViability) -> JSON {
      let known = viability.balances.compactMap(\.self)
      return .object([
        ("points", .int(known.count)), ("below_break_even", .int(viability.belowBreakEven)),
        ("margin_yuan", .rounded(known.reduce(0) { $0 + $1.marginYuan })),
      ])
    }
    return Self.compared(figures(viability.before), figures(viability.after))
  }

  private var assurance: JSON {
    func figures(_ assurance: Assurance) -> JSON {
      .object([
        ("served_customers", .int(assurance.singlePoint.customers.total)),
        ("customers_on_one_point", .int(assurance.singlePoint.customers.served)),
        ("customers_on_one_operator", .int(assurance.singleOperator.customers.unserved)),
        ("secured_share", .rounded(assurance.securedShare)),
      ])
    }
    return Self.compared(figures(outcome.assuranceBefore), figures(outcome.assuranceAfter))
  }

  private var cost: JSON {
    let cost = outcome.costs
    func yuan(_ fen: Double?) -> JSON { .rounded(fen.map { $0 / 100 }) }
    return .object([
      ("opening_yuan", yuan(Double(cost.openingFen))), ("monthly_yuan", yuan(Double(cost.monthlyFen))),
      ("opening_costs_unknown", .int(cost.unknownOpening)),
      ("monthly_costs_unknown", .int(cost.unknownMonthly)),
      ("additional_customers", .int(cost.customers)),
      ("opening_yuan_per_additional_customer", yuan(cost.openingFenPerCustomer)),
      ("monthly_yuan_per_additional_customer", yuan(cost.monthlyFenPerCustomer)),
    ])
  }
}

extension JSON {
  /// What `after` is more than `before`, number by number; texts stay, and what is not known on one side is not known.
  static func difference(_ after: JSON, _ before: JSON) -> JSON {
    switch (after, before) {
    case (.int(let a), .int(let b)):
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      return overflow ? .double(Double(a) - Double(b)) : .int(difference)
    case (.double(let a), .double(let b)): return .double(a - b)
    case (.int(let a), .double(let b)): return .double(Double(a) - b)
    case (.double(let a), .int(let b)): return .double(a - Double(b))
    case (.string(let text), .string): return .string(text)
    case (.object(let a), .object(let b)):
      return .object(
        a.compactMap { key, value in
          b.first { $0.0 == key }.map { (key, difference(value, $0.1)) }
        })
    default: return .null
    }
  }
}
