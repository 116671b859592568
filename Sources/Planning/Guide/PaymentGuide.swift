public import Geo
public import Travel

/// What a chart of where to pay (交费图表) is asked for.
public struct GuideOptions: Hashable, Sendable {
  /// Which points count, how people travel, by straight line or along the roads. Ways are one way even where the standard
  /// counts the way home.
  public var coverage: CoverageOptions
  /// How many of the nearest points each sheet lists, near or far.
  public var nearest = 5
  /// How far the nearest point of each kind, and of each method, may be to be listed besides; the rim counts as within.
  public var reach = TravelTime.minutes(60)

  /// The five nearest, and within an hour the nearest of each kind and method.
  public init(_ coverage: CoverageOptions = CoverageOptions()) { self.coverage = coverage }
}

/// Where to pay, for a list of places: what the charts say before anybody draws them.
///
///     let guide = paymentGuide(of: network, for: [0, 1], GuideOptions())
///     guide.sheets[0].ways.first?.seconds    // 540
///     guide.sheets[0].ways.first?.direction  // .northeast
public struct PaymentGuide: Sendable {
  /// One point on a sheet.
  public struct Way: Hashable, Sendable {
    /// The point, as a position in the point table.
    public var point: Int32
    /// Whole seconds on the way there, rounded up.
    public var seconds: Int32
    /// Whole meters of the way: along the roads, or the great circle where travel is by straight line.
    public var meters: Int32
    /// Whole meters of the great circle.
    public var straightMeters: Int32
    /// The direction of the great circle; `nil` where the point is at the very place.
    public var direction: CompassDirection?
    /// Whether it is one of the nearest, whatever its kind and methods.
    public var isNearest: Bool

    /// Describes a way.
    public init(
      point: Int32, seconds: Int32, meters: Int32, straightMeters: Int32, direction: CompassDirection?,
      isNearest: Bool
    ) {
      self.point = point
      self.seconds = seconds
      self.meters = meters
      self.straightMeters = straightMeters
      self.direction = direction
      self.isNearest = isNearest
    }

    /// Whole minutes, rounded up: 601 seconds are not ten minutes.
    public var minutes: Int { (Int(seconds) + 59) / 60 }
  }

  /// The ways to pay of one place.
  public struct Sheet: Hashable, Sendable {
    /// The place the ways start from, as a position in the place table.
    public var place: Int
    /// The ways, the fewest seconds first, then the fewest meters, then in the order of the points.
    public var ways: [Way]

    /// Describes a sheet.
    public init(place: Int, ways: [Way]) {
      self.place = place
      self.ways = ways
    }
  }

  /// What was asked.
  public let options: GuideOptions
  /// By point of the network, whether it counts.
  public let counts: [Bool]
  /// One for each place asked about, in the order asked.
  public let sheets: [Sheet]

  /// How many ways of a sheet are within reach.
  public func waysWithinReach(of sheet: Sheet) -> Int {
    sheet.ways.count { Int($0.seconds) <= options.reach.seconds }
  }
}

/// Finds where the people of `places` can pay: the nearest points that count, and the nearest of each kind and of each
/// method within reach.
///
/// Of equally near points the one that comes first in the point table is taken. A place off the roads, or one that no road
/// connects with a point, has a sheet without ways.
///
/// - Parameter places: positions in the place table; each is given a sheet.
/// - Precondition: `options.nearest` is at least 1; on roads, `network.roads` is not `nil`.
/// - Complexity: by straight line O(*p* *k* log *n*) for *p* places, *n* points and *k* ways a sheet; on roads fourteen searches
///   of the whole network for each mode, twelve of them no farther than the reach. 24 bytes of memory for each way.
public func paymentGuide(of network: PaymentNetwork, for places: [Int], _ options: GuideOptions)
  -> PaymentGuide
{
  precondition(options.nearest >= 1, "at least one point a sheet is expected, not \(options.nearest)")
  precondition(
    places.allSatisfy { (0..<network.places.count).contains($0) }, "places of the network are expected")
  let filter = PointFilter(options.coverage)
  let counts = (0..<network.points.count).map { filter.counts($0, in: network.points) }
  let finder = WayFinder(network, counts: counts, options: options)
  return PaymentGuide(options: options, counts: counts, sheets: finder.sheets(of: places))
}
