import Planning
import Travel

/// The answer to the coverage question as the JSON document of the contract.
struct CoverageJSON {
  let network: PaymentNetwork
  let coverage: Coverage

  var document: JSON {
    let options = coverage.options
    let head: [(String, JSON)] = [
      ("standard", .string(options.standard.name)),
      ("travel", .string(options.travel.rawValue)),
      ("mode", .string(options.standard.townMode.rawValue)),
      ("within_seconds", .int(options.standard.townLimit.seconds)),
      ("return_trip", .bool(options.standard.countsReturn)),
      ("calibration", options.calibration?.json ?? .null),
    ]
    let tail: [(String, JSON)] = [
      (
        "points",
        .object([
          ("total", .int(network.points.count)), ("counting", .int(coverage.counts.count { $0 })),
          ("assumed_open", .int(coverage.assumedOpen)),
        ])
      ),
      (
        "by",
        .array(
          coverage.lines.map { .object([("key", .string($0.key))] + Self.members(of: $0.summary, options)) })
      ),
      ("roads", roads),
      ("unserved", .array(network.places.indices.filter { !coverage.isServed[$0] }.map(unserved))),
      ("synthetic", .bool(network.sources.contains(where: \.isSynthetic))),
    ]
    let waits: [(String, JSON)] = coverage.waits.map { [("waiting", waiting($0))] } ?? []
    return .object(head + Self.members(of: coverage.summary, options) + tail + waits)
  }

  /// The figures of a summary: of the whole, of a line of the breakdown, of a plan's before and after.
  static func members(of summary: CoverageSummary, _ options: CoverageOptions) -> [(String, JSON)] {
    func population(_ population: CoverageSummary.Population) -> JSON {
      .object([("places", tally(population.places)), ("customers", tally(population.customers))])
    }
    let time = summary.seconds
    let meters = summary.meters
    return [
      ("places", tally(summary.all.places)),
      ("customers", tally(summary.all.customers)),
      ("town", population(summary.town)),
      ("village", population(summary.village)),
      ("villages", summary.villages.json),
      (
        "time",
        .object([
          ("mean_seconds", JSON(time.mean)), ("p50", JSON(time.p50)), ("p90", JSON(time.p90)),
          ("p95", JSON(time.p95)), ("max", JSON(time.max)), ("unreachable", .int(summary.unreachable)),
          ("weighted_by", .string(options.weight.rawValue)),
        ])
      ),
      (
        "distance",
        .object([
          ("mean_meters", JSON(meters.mean)), ("p50", JSON(meters.p50)), ("p90", JSON(meters.p90)),
          ("p95", JSON(meters.p95)), ("max", JSON(meters.max)),
        ])
      ),
      ("backup", .object([("customers_with_2_points_share", JSON(summary.backupShare))])),
      (
        "weight",
        .object([
          ("by", .string(options.weight.rawValue)), ("total", .int(summary.weighted.total)),
          ("served", .int(summary.weighted.served)), ("share", JSON(summary.weighted.share)),
        ])
      ),
      (
        "equity",
        .object([
          ("worst_tenth_mean_seconds", JSON(summary.equity.worstTenthMeanSeconds)),
          ("gini", JSON(summary.equity.gini)), ("elderly_gap", JSON(summary.equity.elderlyGap)),
          ("lowest_township_share", JSON(summary.equity.lowestTownshipShare)),
        ])
      ),
      (
        "sensitivity",
        .object([
          ("speed_change_percent", .int(CoverageSummary.SpeedSensitivity.percent)),
          ("customers_lost_when_slower", .int(summary.sensitivity.lost)),
          ("customers_gained_when_faster", .int(summary.sensitivity.gained)),
          (
            "share",
            JSON(
              summary.all.customers.total == 0
                ? nil
                : Double(summary.sensitivity.lost + summary.sensitivity.gained)
                  / Double(summary.all.customers.total))
          ),
        ])
      ),
      ("burden", .object([("round_trip_hours_per_year", .double(summary.roundTripHoursPerYear))])),
    ]
  }

  private static func tally(_ tally: Tally) -> JSON {
    .object([("total", .int(tally.total)), ("served", .int(tally.served)), ("share", JSON(tally.share))])
  }

  /// What is off the roads; `null` by straight line.
  private var roads: JSON {
    guard coverage.options.travel == .roads else { return .null }
    return .object([
      (
        "places_off_roads",
        .array(
          coverage.offRoads.map {
            .object([
              ("place_id", .string(network.places.ids[$0.place])), ("nearest_road_meters", JSON($0.meters)),
            ])
          })
      ),
      ("points_off_roads", .array(coverage.pointsOffRoads.map { .string(network.points.ids[$0]) })),
    ])
  }

  /// What the waits do: the verdicts above count them, and these are the figures without them and until people are done.
  private func waiting(_ waits: CoverageWaits) -> JSON {
    let done = waits.distribution
    return .object([
      (
        "without_waiting",
        .object([
          ("places", Self.tally(waits.withoutWaiting.places)),
          ("customers", Self.tally(waits.withoutWaiting.customers)),
        ])
      ),
      (
        "done",
        .object([
          ("mean_seconds", JSON(done.mean)), ("p50", JSON(done.p50)), ("p90", JSON(done.p90)),
          ("p95", JSON(done.p95)), ("max", JSON(done.max)),
        ])
      ),
    ])
  }

  private func unserved(_ place: Int) -> JSON {
    let nearest = Int(coverage.nearestPoints[place])
    let done = coverage.waits.map { waits -> [(String, JSON)] in
      let point = Int(waits.points[place])
      return [
        ("done_point_id", JSON(point < 0 ? nil : network.points.ids[point])),
        ("done_seconds", JSON(point < 0 ? nil : Int(waits.seconds[place]))),
      ]
    }
    return .object(
      [
        ("place_id", .string(network.places.ids[place])),
        ("name", .string(network.places.names[place])),
        ("customers", .int(network.places.customers[place])),
        ("nearest_point_id", JSON(nearest < 0 ? nil : network.points.ids[nearest])),
        ("seconds", JSON(nearest < 0 ? nil : Int(coverage.seconds[place]))),
        ("meters", JSON(nearest < 0 ? nil : Int(coverage.meters[place]))),
        ("reason", JSON(coverage.reasons[place]?.name)),
      ] + (done ?? []))
  }
}

extension PlaceTable {
  /// The positions of all places.
  var indices: Range<Int> { 0..<count }
}
