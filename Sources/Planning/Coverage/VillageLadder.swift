import Geo
import Travel

/// How far up the ladder of service each administrative village has come.
///
/// L2: a point that counts is assigned to the village. L3, effective: one of those had a payment in the latest month
/// with volumes and is open at least four hours on at least five days a week (after the Reserve Bank of India's
/// definition of a banking outlet, 2017, and GSMA's of an active agent). L4, secured: from every place of the
/// village, another effective point lies within thirty minutes.
struct VillageLadder {
  /// Whether each village has village places at all; the others are urban communities and not on the ladder.
  let isVillage: [Bool]
  /// L2 or better.
  let hasPoint: [Bool]
  /// L3 or better; `nil` where no volumes are known, or no hours of any point that counts.
  let isEffective: [Bool]?
  /// L4; `nil` as above.
  let isSecured: [Bool]?

  /// The longest way to the second effective point.
  static let secondPointLimit = TravelTime.minutes(30)

  init(
    _ network: PaymentNetwork, standard: ServiceStandard, factors: TravelFactors, counts: [Bool],
    pointsInVillage: [Int32], ways: RoadWays?
  ) {
    let places = network.places
    var isVillage = [Bool](repeating: false, count: pointsInVillage.count)
    for i in 0..<places.count where places.settings[i] == .village {
      isVillage[Int(places.villages[i])] = true
    }
    self.isVillage = isVillage
    hasPoint = pointsInVillage.map { $0 > 0 }

    guard let effective = Self.effectivePoints(of: network, counts: counts) else {
      isEffective = nil
      isSecured = nil
      return
    }
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

  /// Which of the points that count are effective, or `nil` where volumes or hours are missing.
  private static func effectivePoints(of network: PaymentNetwork, counts: [Bool]) -> [Bool]? {
    let points = network.points
    guard network.volumes.count > 0,
      (0..<points.count).contains(where: { counts[$0] && points.hours[$0] >= 0 })
    else { return nil }
    let openEnough = points.openingHours.map(\.isEffective)
    var isActive = [Bool](repeating: false, count: points.count)
    let latest = Int32(network.volumes.months.count - 1)
    for row in 0..<network.volumes.count
    where network.volumes.monthIndices[row] == latest && network.volumes.payments[row] > 0 {
      isActive[Int(network.volumes.points[row])] = true
    }
    return (0..<points.count).map {
      counts[$0] && isActive[$0] && points.hours[$0] >= 0 && openEnough[Int(points.hours[$0])]
    }
  }
}
