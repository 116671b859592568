import Geo

/// What roads change: the same question asked along the roads and by straight line, side by side.
///
///     let comparison = RoadComparison(of: network, onRoads: answer)
///     comparison.total.circuity         // 1.32: a way of 1.32 m for each meter of great circle
///     comparison.total.lost.customers   // 1,204: served by straight line, but not along the roads
///
/// Everything but the way of travel is as `answer` was asked: standard, kinds, methods, moment.
public struct RoadComparison: Sendable {
  /// Places and their customers.
  public struct Group: Hashable, Sendable {
    /// How many places.
    public var places = 0
    /// How many customers they have.
    public var customers = 0
    /// Nobody.
    public init() {}

    fileprivate mutating func add(customers count: Int) {
      places += 1
      customers += count
    }
  }

  /// The figures of a township, or of all places.
  public struct Line: Hashable, Sendable {
    /// The township's name; empty where none was stated, and for all places.
    public var township: String
    /// Everybody.
    public var all = Group()
    /// Those who reach a point that counts along the roads; the two lengths are sums over these places.
    public var reaching = Group()
    /// The ways along the roads to the point that is nearest there, door to door, in whole meters; there and back where
    /// the standard asks for it.
    public var roadMeters = 0
    /// The great circles to the very same points, each rounded to whole meters; twice that for there and back.
    public var straightMeters = 0
    /// Served by straight line.
    public var servedStraight = Group()
    /// Served along the roads.
    public var servedOnRoads = Group()
    /// Served by straight line, but not along the roads.
    public var lost = Group()
    /// Served along the roads, but not by straight line.
    public var gained = Group()

    /// How many times longer the ways are than the great circles, as the ratio of the sums: long ways weigh more than
    /// short ones, and a door beside its point does not matter. `nil` where nobody has to go anywhere.
    public var circuity: Double? {
      straightMeters == 0 ? nil : Double(roadMeters) / Double(straightMeters)
    }

    fileprivate init(township: String) { self.township = township }
  }

  /// A place whose verdict is another on roads.
  public struct Change: Hashable, Sendable {
    /// The place, as a position in the place table.
    public var place: Int
    /// The verdict along the roads; by straight line it is the opposite.
    public var isServedOnRoads: Bool
  }

  /// The answer by straight line.
  public let straight: Coverage
  /// The townships that have places, in ascending order of their names.
  public let lines: [Line]
  /// All places.
  public let total: Line
  /// The places whose verdict changes: most customers first, equal ones in the order of their ids.
  public let changes: [Change]

  /// Asks by straight line what `onRoads` answers along the roads, and compares place by place.
  ///
  /// - Precondition: `onRoads` is the answer on roads to a question asked of `network`.
  /// - Complexity: that of `coverage` by straight line, and O(*n* log *n*) for *n* places.
  public init(of network: PaymentNetwork, onRoads: Coverage) {
    precondition(onRoads.options.travel == .roads, "an answer on roads is expected")
    let places = network.places
    precondition(
      onRoads.isServed.count == places.count, "an answer about the places of the network is expected")
    var options = onRoads.options
    options.travel = .straight
    options.breakdown = nil
    let straight = coverage(of: network, options)

    let trips = options.standard.countsReturn ? 2.0 : 1
    var total = Line(township: "")
    var lines = places.townshipNames.map(Line.init(township:))
    var changes: [Change] = []
    for i in 0..<places.count {
      var one = Line(township: "")
      let customers = places.customers[i]
      one.all.add(customers: customers)
      let nearest = Int(onRoads.nearestPoints[i])
      if nearest >= 0 {
        one.reaching.add(customers: customers)
        one.roadMeters = Int(onRoads.meters[i])
        let line = places.coordinate(of: i).distance(to: network.points.coordinate(of: nearest))
        one.straightMeters = Int((line.meters * trips).rounded())
      }
      let verdicts = (straight: straight.isServed[i], onRoads: onRoads.isServed[i])
      if verdicts.straight { one.servedStraight.add(customers: customers) }
      if verdicts.onRoads { one.servedOnRoads.add(customers: customers) }
      if verdicts.straight != verdicts.onRoads {
        changes.append(Change(place: i, isServedOnRoads: verdicts.onRoads))
        if verdicts.onRoads {
          one.gained.add(customers: customers)
        } else {
          one.lost.add(customers: customers)
        }
      }
      total.add(one)
      lines[Int(places.townships[i])].add(one)
    }
    self.straight = straight
    self.total = total
    self.lines = lines.filter { $0.all.places > 0 }.sorted { $0.township < $1.township }
    self.changes = changes.sorted {
      (places.customers[$1.place], $0.place) < (places.customers[$0.place], $1.place)
    }
  }
}

extension RoadComparison.Line {
  fileprivate mutating func add(_ other: Self) {
    for group in [\Self.all, \.reaching, \.servedStraight, \.servedOnRoads, \.lost, \.gained] {
      self[keyPath: group].places += other[keyPath: group].places
      self[keyPath: group].customers += other[keyPath: group].customers
    }
    roadMeters += other.roadMeters
    straightMeters += other.straightMeters
  }
}
