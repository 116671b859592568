/// How fast people are, how much their ways wind, and how much longer than the roads say they take.
///
///     TravelFactors.defaults[.walk].metersPerSecond(in: .hill)  // 1.25
///     TravelFactors.defaults[.walk].circuity(in: .hill)         // 1.5
///
/// Defaults until a survey calibrates them. Circuity (network length ÷ great circle) by terrain: plain 1.3, hill 1.5,
/// mountain 1.8; urban networks measure 1.2-1.25 (Newell 1980; O'Sullivan and Morrall 1996), hills more. Speeds: walking
/// 1.25 m/s, e-bike 15 km/h, car 30 km/h. Times on roads are taken as they are.
public struct TravelFactors: Hashable, Sendable {
  /// The factors of one mode of travel.
  public struct Mode: Hashable, Sendable {
    /// What times on roads are multiplied by, in thousandths, so that times stay whole numbers; above 0.
    public var roadThousandths = 1_000
    private var speeds: SIMD3<Double>
    private var circuities: SIMD3<Double>

    /// The same speed everywhere, and the default circuity.
    fileprivate init(metersPerSecond: Double) {
      speeds = SIMD3(repeating: metersPerSecond)
      circuities = SIMD3(1.3, 1.5, 1.8)
    }

    /// The speed on the way, in meters per second.
    public func metersPerSecond(in terrain: Terrain) -> Double { speeds[Int(terrain.rawValue)] }

    /// How many times longer the way is than the great circle.
    public func circuity(in terrain: Terrain) -> Double { circuities[Int(terrain.rawValue)] }

    /// Sets the speed over a terrain.
    ///
    /// - Precondition: `value` is finite and above 0.
    public mutating func setMetersPerSecond(_ value: Double, in terrain: Terrain) {
      precondition(value > 0 && value.isFinite, "a speed above 0 is expected, not \(value)")
      speeds[Int(terrain.rawValue)] = value
    }

    /// Sets how ways wind over a terrain.
    ///
    /// - Precondition: `value` is finite and at least 1.
    public mutating func setCircuity(_ value: Double, in terrain: Terrain) {
      precondition(value >= 1 && value.isFinite, "a circuity of at least 1 is expected, not \(value)")
      circuities[Int(terrain.rawValue)] = value
    }

    /// What so many milliseconds on the roads become: the factor's share of them, rounded to the nearest, halves up; at
    /// most `most`.
    public func onRoads(_ milliseconds: UInt32, atMost most: UInt32) -> UInt32 {
      if roadThousandths == 1_000 { return milliseconds }
      let product = UInt64(milliseconds).multipliedReportingOverflow(by: UInt64(max(1, roadThousandths)))
      return product.overflow ? most : UInt32(min(UInt64(most), (product.partialValue + 500) / 1_000))
    }

    /// The longest time on the roads that is within `limit` once it is multiplied.
    public func roadLimit(_ limit: TravelTime) -> TravelTime {
      if roadThousandths == 1_000 { return limit }
      // A limit is at most a thousand hours; a longer one stays what it is rather than overflow.
      let product = limit.seconds.multipliedReportingOverflow(by: 1_000)
      return product.overflow ? limit : .seconds(product.partialValue / max(1, roadThousandths))
    }
  }

  /// What holds until a survey says otherwise.
  public static let defaults = TravelFactors()

  private var walk = Mode(metersPerSecond: 1.25)
  private var ebike = Mode(metersPerSecond: 15 / 3.6)
  private var car = Mode(metersPerSecond: 30 / 3.6)

  /// The defaults.
  public init() {}

  /// The factors of a mode.
  public subscript(mode: TravelMode) -> Mode {
    get {
      switch mode {
      case .walk: walk
      case .ebike: ebike
      case .car: car
      }
    }
    set {
      switch mode {
      case .walk: walk = newValue
      case .ebike: ebike = newValue
      case .car: car = newValue
      }
    }
  }
}
