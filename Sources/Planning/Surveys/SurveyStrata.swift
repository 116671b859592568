import Geo
public import Travel

/// The strata a survey of ways is drawn from: places alike in terrain, in how far the nearest point is, and in how many
/// of their customers are on fee control, because these decide what people answer.
///
///     let strata = SurveyStrata(of: network)
///     strata.count             // 14 of the 27 there can be
///     strata.members[0].count  // 112 places
///
/// Only places with customers belong to a stratum. The distance is that on foot by straight line to the nearest active
/// point.
public struct SurveyStrata: Sendable {
  /// How far the nearest point is on foot.
  public enum Band: UInt8, CaseIterable, Sendable {
    /// At most five minutes.
    case near
    /// More than five, at most ten minutes.
    case middle
    /// More than ten minutes, or no point at all.
    case far

    /// The word used in files.
    public var name: String {
      switch self {
      case .near: "within_5min"
      case .middle: "5_to_10min"
      case .far: "over_10min"
      }
    }
  }

  /// How many of the customers are on fee control.
  public enum FeeControl: UInt8, CaseIterable, Sendable {
    /// Fewer than half.
    case minority
    /// Half or more.
    case majority
    /// Not known.
    case unknown

    /// The word used in files.
    public var name: String {
      switch self {
      case .minority: "minority"
      case .majority: "majority"
      case .unknown: "unknown"
      }
    }
  }

  /// What the places of one stratum have in common.
  public struct Key: Hashable, Comparable, Sendable {
    /// The terrain.
    public var terrain: Terrain
    /// The distance.
    public var band: Band
    /// The share on fee control.
    public var feeControl: FeeControl

    private var rank: Int { (Int(terrain.rawValue) * 3 + Int(band.rawValue)) * 3 + Int(feeControl.rawValue) }

    /// Terrain first, then distance, then fee control.
    public static func < (a: Key, b: Key) -> Bool { a.rank < b.rank }
  }

  /// The strata that have a place, ascending.
  public let keys: [Key]
  /// The places of each stratum, ascending.
  public let members: [[Int]]
  /// The stratum of each place; `nil` for one without customers.
  public let stratum: [Int?]
  /// Minutes on foot from each place to its nearest active point; infinite where there is none.
  public let minutes: [Double]

  /// How many strata there are.
  public var count: Int { keys.count }
  /// How many places belong to one.
  public var placeCount: Int { members.reduce(0) { $0 + $1.count } }

  /// Sorts the places of a network into strata.
  ///
  /// - Complexity: O((places + points) log points) expected.
  public init(of network: PaymentNetwork) {
    let (places, points) = (network.places, network.points)
    let active = (0..<points.count).filter { points.statuses[$0] == .active }
    let index = GridIndex(
      latitudes: active.map { points.latitudes[$0] }, longitudes: active.map { points.longitudes[$0] })
    let nearest = index.nearest(1, toEachLatitude: places.latitudes, longitude: places.longitudes)
    let walking = StraightLine(mode: .walk)
    var minutes: [Double] = []
    minutes.reserveCapacity(places.count)
    var byKey: [Key: [Int]] = [:]
    for i in 0..<places.count {
      let isReached = !active.isEmpty && nearest.indices[i * nearest.k] >= 0
      minutes.append(
        isReached
          ? Double(walking.seconds(over: .meters(nearest.meters[i * nearest.k]), in: places.terrains[i])) / 60
          : .infinity)
      guard places.customers[i] > 0 else { continue }
      let share = places.feeControlShares[i]
      let key = Key(
        terrain: places.terrains[i], band: minutes[i] <= 5 ? .near : minutes[i] <= 10 ? .middle : .far,
        feeControl: share.isNaN ? .unknown : share < 0.5 ? .minority : .majority)
      byKey[key, default: []].append(i)
    }
    let keys = byKey.keys.sorted()
    var stratum = [Int?](repeating: nil, count: places.count)
    for (h, key) in keys.enumerated() {
      for place in byKey[key]! { stratum[place] = h }
    }
    self.keys = keys
    members = keys.map { byKey[$0]! }
    self.stratum = stratum
    self.minutes = minutes
  }

  /// The standard deviation of the minutes to the nearest point within stratum `h`, at least one minute: places that look
  /// alike on the map still answer differently. Places without any point are left out.
  ///
  /// - Complexity: O(its places).
  public func spread(of h: Int) -> Double {
    let known = members[h].map { minutes[$0] }.filter(\.isFinite)
    return max(1, known.count < 2 ? 1 : known.variance.squareRoot())
  }
}

extension [Double] {
  /// The mean; 0 of nothing.
  var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

  /// The variance around the mean, over *n* − 1; 0 of fewer than two.
  var variance: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }
}
