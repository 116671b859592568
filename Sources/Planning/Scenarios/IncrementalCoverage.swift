import Geo
import Travel

/// Who is served, while points close, open, move and change: after each change what it touches is counted again, and nothing else.
///
///     var scenario = IncrementalCoverage(of: network, CoverageOptions())
///     scenario.close(7)
///     scenario.summary.all.customers.share  // without point 7
///     scenario.undo()
///
/// Answers equal those of `coverage(of:_:)` for the changed network with `==`, whatever changes led to it. Points are called by
/// number: those of the network by their position in its table, opened ones by the numbers that follow, which `open` returns.
/// Numbers stay what they are when points are opened before them.
///
/// Copies are values of their own; arrays that neither changes are shared. There are no locks: a copy belongs to one thread.
///
/// By straight line the two nearest points of each place lie in a table that finds, for a position, the places it is near to
/// (`NearestTwoTable`). On roads every junction keeps its two nearest points (`NearestTwoRoads`). Where the way home counts
/// (`countsReturn`) on roads, the ways of all places are found anew at each change.
///
/// - Complexity: a change is O(log *m* + *k* log *n*) for *m* places, *n* points, and *k* places that have the point among their
///   two nearest or live in its village; on roads, also in the junctions that have it. What changes where points are opened is
///   O(*m* + *n*) memory, once.
public struct IncrementalCoverage: Sendable {
  /// What was asked.
  public let options: CoverageOptions
  /// The network before all changes.
  public let network: PaymentNetwork

  /// What is known of a place: all that the figures depend on.
  struct Verdict: Hashable, Sendable {
    var nearest: Int32 = -1
    var seconds: Int32 = 0
    var meters: Int32 = 0
    var isServed = false
    var hasBackup = false
    /// Whether no other effective point is near.
    var isInsecure = false
    /// Why it is not served.
    var reason: UnservedReason?
  }

  /// Which sets a point is in, one bit a set.
  typealias Membership = UInt8

  /// Changes done, in order, as what was before.
  struct Step: Hashable, Sendable {
    var point: Int32
    /// `nil` where the point was opened.
    var before: PointAttributes?
  }

  // The sets of points: those that count, the effective ones if volumes are known, those of wider filters.
  let filters: [PointFilter]
  let reasons: [UnservedReason]
  let effectiveSet: Int?
  let hasPaid: [Bool]
  let rules: PlaceRules

  // By point.
  var positions: PositionTable
  var villages: [Int32]
  var memberships: [Membership]
  var changed: [Int32: PointAttributes] = [:]
  var order: PointOrder
  var ways: RoadWays?
  /// Points that count and whose hours are known, and those whose are not.
  var knownHours = 0
  var unknownHours = 0

  var sets: [CountingPoints] = []
  var verdicts: [Verdict] = []
  var steps: VillageSteps
  /// By reason of `UnservedReason.allCases`.
  var unserved: [Group]
  var tallies: CoverageTallies
  var journal: [Step] = []
  // Scratch.
  var touchedPlaces: [Int32] = []
  var touchedVillages: [Int32] = []

  /// Places and their customers.
  public struct Group: Hashable, Sendable {
    /// How many places.
    public var places = 0
    /// How many customers they have.
    public var customers = 0
  }

  /// Judges every place once.
  ///
  /// - Precondition: on roads, `network.roads` is not `nil`.
  /// - Complexity: about that of `coverage(of:_:)`, and O((*m* + *n*) log *n*) for *m* places and *n* points.
  public init(of network: PaymentNetwork, _ options: CoverageOptions) {
    self.options = options
    self.network = network
    let (places, points) = (network.places, network.points)
    let filter = PointFilter(options)
    let knowsVolumes = network.volumes.count > 0
    filters = [filter] + filter.relaxed.map(\.filter)
    reasons = filter.relaxed.map(\.reason)
    effectiveSet = knowsVolumes ? filters.count : nil
    hasPaid = knowsVolumes ? VillageLadder.paidLatest(in: network) : []
    rules = PlaceRules(options)

    positions = PositionTable(latitudes: points.latitudes, longitudes: points.longitudes)
    villages = points.places.map { $0 < 0 ? -1 : places.villages[Int($0)] }
    order = PointOrder(baseCount: points.count)
    if options.travel == .roads {
      guard let roads = network.roads else {
        preconditionFailure("travel on roads needs a network with roads")
      }
      ways = RoadWays(roads, of: network, standard: options.standard, factors: options.factors)
    }
    memberships = []
    steps = VillageSteps(places, knowsVolumes: knowsVolumes)
    unserved = .init(repeating: Group(), count: UnservedReason.allCases.count)
    tallies = CoverageTallies(places, options)

    let isFull = points.openingHours.map(\.isEffective)
    memberships = (0..<points.count).map { point in
      var membership: Membership = 0
      for set in filters.indices where filters[set].counts(point, in: points) { membership |= 1 << set }
      let hours = points.hours[point]
      if let effectiveSet, membership & 1 > 0, hasPaid[point], hours >= 0, isFull[Int(hours)] {
        membership |= 1 << effectiveSet
      }
      return membership
    }
    for point in 0..<points.count where memberships[point] & 1 > 0 {
      if points.hours[point] >= 0 { knownHours += 1 } else { unknownHours += 1 }
    }
    for point in hasPaid.indices where hasPaid[point] {
      countMinutes(1, of: Int32(point), points.attributes(of: point), memberships[point])
    }

    let ground = NearestTwoTable.Ground(
      latitudes: places.latitudes, longitudes: places.longitudes, points: positions)
    sets = (0..<filters.count + (knowsVolumes ? 1 : 0)).map { set in
      let needsStraight = ways == nil || rules.asksForRadius && set != effectiveSet
      return CountingPoints(
        holds: memberships.map { $0 >> set & 1 > 0 }, positions: positions,
        ground: needsStraight ? ground : nil,
        ways: ways, villages: villages, villageCount: places.villageNames.count, places: places,
        standard: options.standard)
    }
    verdicts = (0..<places.count).map(judge)
    for i in 0..<places.count { count(1, i, verdicts[i]) }
    for village in 0..<places.villageNames.count {
      _ = stand(village)
      tallies.count(
        1, village: village, steps.standings[village], isVillage: !steps.places(of: village).isEmpty)
    }
  }

  /// How many points there are by number: those of the network, and those that were opened.
  public var pointCount: Int { memberships.count }

  /// What a point is now.
  ///
  /// - Complexity: O(1).
  public func attributes(of point: Int) -> PointAttributes {
    changed[Int32(point)] ?? network.points.attributes(of: point)
  }

  /// Where a point stands in the table of the changed network.
  ///
  /// - Complexity: O(*k*) for *k* opened points.
  public func position(of point: Int) -> Int { order.position(of: Int32(point)) }

  /// How many changes can be undone.
  public var changeCount: Int { journal.count }

  /// Whether a copy is in the same state, down to the order of points in the indexes.
  ///
  /// - Precondition: both were made of the same network with the same options.
  /// - Complexity: O(*m* + *n*).
  public func isInSameState(as other: IncrementalCoverage) -> Bool {
    guard positions == other.positions, villages == other.villages, memberships == other.memberships,
      changed == other.changed, order == other.order, journal == other.journal,
      knownHours == other.knownHours, unknownHours == other.unknownHours
    else { return false }
    return sets.count == other.sets.count && zip(sets, other.sets).allSatisfy { $0.equals($1) }
      && verdicts == other.verdicts && steps == other.steps && unserved == other.unserved
      && tallies.equals(other.tallies)
  }
}
