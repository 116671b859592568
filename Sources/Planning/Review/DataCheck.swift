import Geo
public import Travel

/// Something in the data that would make an answer wrong.
public struct DataFinding: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// Answers are wrong.
    case error
    /// Answers may be wrong.
    case warning
  }

  /// What was found, with what is needed to say it.
  public enum Rule: Hashable, Sendable {
    /// The network has no places.
    case noPlaces
    /// The network has no payment points.
    case noPoints
    /// At the same position as the row `other`.
    case duplicatePosition(other: String)
    /// At longitude 0, latitude 0.
    case zeroCoordinates
    /// Longitude and latitude look swapped: swapped back it would lie among the others.
    case swappedCoordinates
    /// More than `kilometers` from the middle of all places.
    case farFromOthers(kilometers: Int)
    /// Outside every boundary of the atlas.
    case outsideBoundary
    /// Positions look as if they were in another datum than the places': moved back, points come this much nearer.
    case probableDatumMixUp(datum: String, medianMetersBefore: Int, medianMetersAfter: Int)
    /// Assigned to a village none of whose places is near.
    case pointFarFromVillage(meters: Int)
    /// A place with no customers.
    case placeWithoutCustomers
    /// An active point without volumes in `missing` of `months` months.
    case monthsWithoutVolumes(missing: Int, months: Int)
    /// Active points whose hours are not known.
    case hoursMissing(points: Int)
    /// The file with the atlas's saved roads is not where it should be.
    case roadsMissing(file: String)
    /// The file with the atlas's saved roads is not as it was written.
    case roadsDamaged(file: String)
    /// Roads that these modes can use, and that lead nowhere: so many edges, so long, around this position in degrees.
    case roadIsland(modes: [TravelMode], edges: Int, meters: Int, latitude: Double, longitude: Double)
    /// No road that can be walked within the limit. How far the nearest is, `nil` where there is none at all.
    case offRoads(meters: Int?, limitMeters: Int)
    /// The road it lies on belongs to an island of so many edges, for walkers.
    case onRoadIsland(edges: Int)
    /// An answer that the way takes no time at all.
    case surveyWithoutMinutes
    /// An answer of more than eight hours, or more than 500 km.
    case surveyBeyondReason
    /// An answer of a way shorter than the great circle, though rounded in its favor.
    case surveyShorterThanStraight(straightMeters: Int)
    /// Surveys, positions or roads have changed since the newest calibration was made.
    case calibrationOutdated

    /// The rule's name in files.
    public var name: String {
      switch self {
      case .noPlaces: "no_places"
      case .noPoints: "no_points"
      case .duplicatePosition: "duplicate_position"
      case .zeroCoordinates: "zero_coordinates"
      case .swappedCoordinates: "swapped_coordinates"
      case .farFromOthers: "far_from_others"
      case .outsideBoundary: "outside_boundary"
      case .probableDatumMixUp: "probable_datum_mix_up"
      case .pointFarFromVillage: "point_far_from_village"
      case .placeWithoutCustomers: "place_without_customers"
      case .monthsWithoutVolumes: "months_without_volumes"
      case .hoursMissing: "hours_missing"
      case .roadsMissing: "roads_missing"
      case .roadsDamaged: "roads_damaged"
      case .roadIsland: "road_island"
      case .offRoads: "off_roads"
      case .onRoadIsland: "on_road_island"
      case .surveyWithoutMinutes: "survey_without_minutes"
      case .surveyBeyondReason: "survey_beyond_reason"
      case .surveyShorterThanStraight: "survey_shorter_than_straight"
      case .calibrationOutdated: "calibration_outdated"
      }
    }

    /// How bad it is.
    public var severity: Severity {
      switch self {
      case .noPlaces, .noPoints, .zeroCoordinates, .swappedCoordinates, .farFromOthers, .roadsMissing,
        .roadsDamaged:
        .error
      case .duplicatePosition, .outsideBoundary, .probableDatumMixUp, .pointFarFromVillage,
        .placeWithoutCustomers, .monthsWithoutVolumes, .hoursMissing, .roadIsland, .offRoads, .onRoadIsland,
        .surveyWithoutMinutes, .surveyBeyondReason, .surveyShorterThanStraight, .calibrationOutdated:
        .warning
      }
    }
  }

  /// What was found.
  public var rule: Rule
  /// The table it is in.
  public var table: String
  /// The row's id; empty where the finding is about the whole table.
  public var id: String
}

/// Looks for what would make an answer wrong.
///
///     checkData(network).contains { $0.rule.severity == .error }
///
/// - Returns: the findings, table by table in the order places, points, candidates, and by id within a rule.
/// - Complexity: O(*n* log *n*), plus O(*n* · corners) where there are boundaries.
public func checkData(_ network: PaymentNetwork) -> [DataFinding] {
  let places = network.places
  let points = network.points
  let candidates = network.candidates
  var findings: [DataFinding] = []
  if places.count == 0 { findings.append(DataFinding(rule: .noPlaces, table: "places", id: "")) }
  if points.count == 0 { findings.append(DataFinding(rule: .noPoints, table: "points", id: "")) }

  let tables = [
    Positions(table: "places", ids: places.ids, latitudes: places.latitudes, longitudes: places.longitudes),
    Positions(table: "points", ids: points.ids, latitudes: points.latitudes, longitudes: points.longitudes),
    Positions(
      table: "candidates", ids: candidates.ids, latitudes: candidates.latitudes,
      longitudes: candidates.longitudes),
  ]
  let middle = tables[0].middle ?? tables[1].middle
  for positions in tables {
    findings += positions.implausible(middle: middle)
    findings += positions.outside(network.boundaries)
    // A terminal in a hall shares its position rightly, and so may a candidate.
    if positions.table == "places" { findings += positions.duplicates() }
  }
  findings += duplicatePoints(points)
  findings += datumMixUp(network)
  findings += pointsFarFromTheirVillage(network)
  for i in 0..<places.count where places.customers[i] == 0 {
    findings.append(DataFinding(rule: .placeWithoutCustomers, table: "places", id: places.ids[i]))
  }
  findings += missingMonths(network)
  let withoutHours = (0..<points.count).count { points.statuses[$0] == .active && points.hours[$0] < 0 }
  if withoutHours > 0 {
    findings.append(DataFinding(rule: .hoursMissing(points: withoutHours), table: "points", id: ""))
  }
  return findings
}

/// The positions of one table.
private struct Positions {
  let table: String
  let ids: TextColumn
  let latitudes: [Double]
  let longitudes: [Double]

  /// Farther than this from the middle, a position is a mistake: no prefecture is so large.
  static let farMeters = 500_000.0

  /// The median latitude and longitude, which a few wrong positions cannot move.
  var middle: Coordinate<WGS84>? {
    guard !latitudes.isEmpty else { return nil }
    return Coordinate(
      latitude: latitudes.sorted()[latitudes.count / 2], longitude: longitudes.sorted()[longitudes.count / 2])
  }

  /// Whether positions lie within one county or prefecture, so that a stray can be told from a large country.
  private func isCompact(around middle: Coordinate<WGS84>) -> Bool {
    let near = latitudes.indices.count {
      Coordinate<WGS84>(latitude: latitudes[$0], longitude: longitudes[$0])!.distance(to: middle).meters
        <= Self.farMeters
    }
    return near * 10 >= latitudes.count * 9
  }

  func implausible(middle: Coordinate<WGS84>?) -> [DataFinding] {
    guard let middle else { return [] }
    let judgesDistance = isCompact(around: middle)
    return latitudes.indices.compactMap { i in
      let (latitude, longitude) = (latitudes[i], longitudes[i])
      func finding(_ rule: DataFinding.Rule) -> DataFinding {
        DataFinding(rule: rule, table: table, id: ids[i])
      }
      if latitude == 0, longitude == 0 { return finding(.zeroCoordinates) }
      guard judgesDistance else { return nil }
      let here = Coordinate<WGS84>(latitude: latitude, longitude: longitude)!
      let distance = here.distance(to: middle).meters
      guard distance > Self.farMeters else { return nil }
      if let swapped = Coordinate<WGS84>(latitude: longitude, longitude: latitude),
        swapped.distance(to: middle).meters <= Self.farMeters
      {
        return finding(.swappedCoordinates)
      }
      return finding(.farFromOthers(kilometers: Int(distance / 1000)))
    }
  }

  func outside(_ boundaries: [Boundary]) -> [DataFinding] {
    let polygons = boundaries.flatMap(\.polygons).map { ($0, $0.boundingBox) }
    guard !polygons.isEmpty else { return [] }
    return latitudes.indices.compactMap { i in
      let here = Coordinate<WGS84>(latitude: latitudes[i], longitude: longitudes[i])!
      let isInside = polygons.contains { polygon, box in
        (box?.contains(here) ?? false) && polygon.contains(here)
      }
      return isInside ? nil : DataFinding(rule: .outsideBoundary, table: table, id: ids[i])
    }
  }

  func duplicates() -> [DataFinding] {
    var first: [Coordinate<WGS84>: Int] = [:]
    first.reserveCapacity(latitudes.count)
    return latitudes.indices.compactMap { i in
      let here = Coordinate<WGS84>(latitude: latitudes[i], longitude: longitudes[i])!
      guard let earlier = first[here] else {
        first[here] = i
        return nil
      }
      return DataFinding(rule: .duplicatePosition(other: ids[earlier]), table: table, id: ids[i])
    }
  }
}

/// Points of the same kind and name at the same position: probably one point entered twice.
private func duplicatePoints(_ points: PointTable) -> [DataFinding] {
  struct Key: Hashable {
    var position: Coordinate<WGS84>
    var kind: PointKind
    var name: String
  }
  var first: [Key: Int] = [:]
  return (0..<points.count).compactMap { i in
    let key = Key(position: points.coordinate(of: i), kind: points.kinds[i], name: points.names[i])
    guard let earlier = first[key] else {
      first[key] = i
      return nil
    }
    return DataFinding(
      rule: .duplicatePosition(other: points.ids[earlier]), table: "points", id: points.ids[i])
  }
}

/// Points whose village is elsewhere: more than 5 km from the nearest of its places.
private func pointsFarFromTheirVillage(_ network: PaymentNetwork) -> [DataFinding] {
  let (places, points) = (network.places, network.points)
  var members = [[Int]](repeating: [], count: places.villageNames.count)
  for i in 0..<places.count { members[Int(places.villages[i])].append(i) }
  return (0..<points.count).compactMap { i in
    guard points.places[i] >= 0 else { return nil }
    let here = points.coordinate(of: i)
    let village = members[Int(places.villages[Int(points.places[i])])]
    let meters = village.map { places.coordinate(of: $0).distance(to: here).meters }.min() ?? 0
    guard meters > 5_000 else { return nil }
    return DataFinding(
      rule: .pointFarFromVillage(meters: Int(meters.rounded())), table: "points", id: points.ids[i])
  }
}

/// Active points that miss months which others have; before its first month a point was not there yet.
private func missingMonths(_ network: PaymentNetwork) -> [DataFinding] {
  let volumes = network.volumes
  guard volumes.count > 0 else { return [] }
  var known = [Int](repeating: 0, count: network.points.count)
  var first = [Int](repeating: 0, count: network.points.count)
  for (point, month) in zip(volumes.points, volumes.monthIndices) {
    if known[Int(point)] == 0 { first[Int(point)] = Int(month) }
    known[Int(point)] += 1
  }
  return (0..<network.points.count).compactMap { i in
    let months = volumes.months.count - first[i]
    guard network.points.statuses[i] == .active, known[i] < months else { return nil }
    return DataFinding(
      rule: .monthsWithoutVolumes(missing: months - known[i], months: months), table: "points",
      id: network.points.ids[i])
  }
}
