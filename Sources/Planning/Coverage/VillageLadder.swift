import Geo
import Travel

/// How far up the ladder of service each administrative village has come.
///
/// L0: no point that counts within an hour of any of its places. L1: one within half an hour of all of them. A village between
/// the two, or with places on both sides, is neither. L2: a point that counts is assigned to the village. L3, effective: one of those had a payment in the latest month
/// with volumes and is open at least four hours on at least five days a week (after the Reserve Bank of India's
/// definition of a banking outlet, 2017, and GSMA's of an active agent), or was present at 90 % of its published times (`Presence`).
/// As there, points with fewer hours also count pro rata of the twenty a week that those make. L4, secured: from every place of the
/// village, another effective point lies within thirty minutes.
struct VillageLadder {
  /// Whether each village has village places at all; the others are urban communities and not on the ladder.
  let isVillage: [Bool]
  /// L0.
  let isRemote: [Bool]
  /// L1 or better.
  let isReachable: [Bool]
  /// L2 or better.
  let hasPoint: [Bool]
  /// L3 or better; `nil` where no volumes are known, or no hours of any point that counts.
  let isEffective: [Bool]?
  /// L4; `nil` as above.
  let isSecured: [Bool]?
  /// The minutes a week that active points of the village are open, each and together at most those of a full one; `nil` as
  /// above.
  let openMinutes: [Int]?
  /// The active points of each village that are open fewer hours than a full one, by what visits say of them; `nil` as above.
  let partTime: [CoverageSummary.PartTimePoints]?

  /// The longest way to the nearest point of a village that is reachable.
  static let reachableLimit = TravelTime.minutes(30)
  /// The longest way to the nearest point of a village that is not remote.
  static let remoteLimit = TravelTime.minutes(60)
  /// The minutes a week of a full point: four hours on five days.
  static let fullMinutes = 20 * 60

  /// The longest way to the second effective point.
  static let secondPointLimit = TravelTime.minutes(30)

  /// - Parameter nearest: the judge of the points that count, who knows how far the nearest is.
  /// - Complexity: O(places + points) expected, and a search on the roads.
  init(
    _ network: PaymentNetwork, standard: ServiceStandard, factors: TravelFactors, counts: [Bool],
    nearest: Judge, ways: RoadWays?
  ) {
    let places = network.places
    let hasPoint = nearest.pointsInVillage.map { $0 > 0 }
    var isVillage = [Bool](repeating: false, count: hasPoint.count)
    for i in 0..<places.count where places.settings[i] == .village {
      isVillage[Int(places.villages[i])] = true
    }
    var isRemote = zip(isVillage, hasPoint).map { $0 && !$1 }
    var isReachable = isVillage
    for i in 0..<places.count where places.settings[i] == .village {
      let village = Int(places.villages[i])
      let seconds = nearest.reach[i].first.map { Int($0.seconds) } ?? .max
      if seconds <= Self.remoteLimit.seconds { isRemote[village] = false }
      if seconds > Self.reachableLimit.seconds, !hasPoint[village] { isReachable[village] = false }
    }
    self.isVillage = isVillage
    self.hasPoint = hasPoint
    self.isRemote = isRemote
    self.isReachable = isReachable

    guard let active = Self.activePoints(of: network, counts: counts) else {
      isEffective = nil
      isSecured = nil
      openMinutes = nil
      partTime = nil
      return
    }
    openMinutes = Self.openMinutes(of: active, in: network)
    let isFull = network.points.openingHours.map(\.isEffective)
    let presence = Presence(network.visits, pointCount: network.points.count).states
    var partTime = [CoverageSummary.PartTimePoints](repeating: .init(), count: hasPoint.count)
    var effective = active
    for point in active.indices where active[point] && !isFull[Int(network.points.hours[point])] {
      effective[point] = presence[point] == .present
      let place = network.points.places[point]
      if place >= 0 { partTime[Int(places.villages[Int(place)])].note(presence[point]) }
    }
    self.partTime = partTime
    let judge = Judge(network, standard: standard, factors: factors, counts: effective, ways: ways)
    var secured = zip(isVillage, judge.pointsInVillage).map { $0 && $1 > 0 }
    isEffective = secured
    for i in 0..<places.count where places.settings[i] == .village {
      let village = places.villages[i]
      guard secured[Int(village)] else { continue }
      let near = judge.reach[i].filter { Int($0.seconds) <= Self.secondPointLimit.seconds }
      // With two effective points of its own, either can stand in for the other; with one, it takes a stranger.
      let another =
        judge.pointsInVillage[Int(village)] > 1
        ? !near.isEmpty
        : near.contains { entry in
          let place = network.points.places[Int(entry.point)]
          return place < 0 || places.villages[Int(place)] != village
        }
      if !another { secured[Int(village)] = false }
    }
    isSecured = secured
  }

  /// Which of the points that count had a payment in the latest month and have known hours, or `nil` where volumes or hours
  /// are missing.
  private static func activePoints(of network: PaymentNetwork, counts: [Bool]) -> [Bool]? {
    let points = network.points
    guard network.volumes.count > 0,
      (0..<points.count).contains(where: { counts[$0] && points.hours[$0] >= 0 })
    else { return nil }
    let isActive = paidLatest(in: network)
    return (0..<points.count).map { counts[$0] && isActive[$0] && points.hours[$0] >= 0 }
  }

  /// Which points had a payment in the latest month.
  static func paidLatest(in network: PaymentNetwork) -> [Bool] {
    var hasPaid = [Bool](repeating: false, count: network.points.count)
    let latest = Int32(network.volumes.months.count - 1)
    for row in 0..<network.volumes.count
    where network.volumes.monthIndices[row] == latest && network.volumes.payments[row] > 0 {
      hasPaid[Int(network.volumes.points[row])] = true
    }
    return hasPaid
  }

  /// The minutes a week of the active points of each village, no more than a full point's.
  private static func openMinutes(of active: [Bool], in network: PaymentNetwork) -> [Int] {
    let (places, points) = (network.places, network.points)
    let perWeek = points.openingHours.map { min(fullMinutes, $0.minutesPerWeek) }
    var minutes = [Int](repeating: 0, count: places.villageNames.count)
    for point in active.indices where active[point] && points.places[point] >= 0 {
      let village = Int(places.villages[Int(points.places[point])])
      minutes[village] = min(fullMinutes, minutes[village] + perWeek[Int(points.hours[point])])
    }
    return minutes
  }
}
