public import Geo

/// What of a payment point matters for who is served.
///
///     var shop = network.points.attributes(of: 7)
///     shop.status = .closed
public struct PointAttributes: Hashable, Sendable {
  /// Where it is.
  public var coordinate: Coordinate<WGS84>
  /// What it is.
  public var kind: PointKind
  /// What it accepts; empty where not known.
  public var methods: PaymentMethods
  /// Whether it works.
  public var status: PointStatus
  /// When it is open; `nil` where not known.
  public var hours: OpeningHours?
  /// The place it is assigned to, as a position in the place table; `nil` where none.
  public var place: Int?

  /// Describes a point; without the last arguments it is active, and nothing more is known of it.
  public init(
    coordinate: Coordinate<WGS84>, kind: PointKind, methods: PaymentMethods = [],
    status: PointStatus = .active, hours: OpeningHours? = nil, place: Int? = nil
  ) {
    self.coordinate = coordinate
    self.kind = kind
    self.methods = methods
    self.status = status
    self.hours = hours
    self.place = place
  }
}

extension PointTable {
  /// What of point `i` matters for who is served.
  ///
  /// - Complexity: O(1).
  public func attributes(of i: Int) -> PointAttributes {
    PointAttributes(
      coordinate: coordinate(of: i), kind: kinds[i], methods: methods[i], status: statuses[i],
      hours: openingHours(of: i), place: places[i] < 0 ? nil : Int(places[i]))
  }
}

/// Where points stand in the table once some have been opened, by the numbers that they keep.
///
/// Points of the network are numbered as they stand there, opened ones in the order in which they were opened; but equal ways go
/// to the point that stands first in the table.
struct PointOrder: Hashable, Sendable {
  let baseCount: Int
  /// The numbers of the opened points, in the order of the table.
  private var opened: [Int32] = []
  /// How many points of the network stand before each of them.
  private var before: [Int32] = []

  init(baseCount: Int) { self.baseCount = baseCount }

  /// Puts the next number at a position of the table.
  mutating func open(_ number: Int32, at position: Int) {
    let rank = opened.indices.first { Int(before[$0]) + $0 >= position } ?? opened.count
    opened.insert(number, at: rank)
    before.insert(Int32(position - rank), at: rank)
  }

  /// Takes a number out again.
  mutating func remove(_ number: Int32) {
    guard let rank = opened.firstIndex(of: number) else { return }
    opened.remove(at: rank)
    before.remove(at: rank)
  }

  /// Where a point stands in the table.
  ///
  /// - Complexity: O(*k*) for *k* opened points.
  func position(of number: Int32) -> Int {
    guard number >= baseCount else { return Int(number) + before.count { $0 <= number } }
    guard let rank = opened.firstIndex(of: number) else {
      preconditionFailure("a point that exists is expected")
    }
    return Int(before[rank]) + rank
  }

  /// The numbers in the order of the table.
  ///
  /// - Complexity: O(*n*) for *n* points.
  var numbers: [Int32] {
    var numbers: [Int32] = []
    var rank = 0
    for base in 0...Int32(baseCount) {
      while rank < opened.count, before[rank] == base {
        numbers.append(opened[rank])
        rank += 1
      }
      if base < baseCount { numbers.append(base) }
    }
    return numbers
  }

  /// Whether a point stands before another.
  ///
  /// - Complexity: O(1) for points of the network, O(*k*) for others.
  @inline(__always)
  func precedes(_ a: Int32, _ b: Int32) -> Bool {
    if a < baseCount, b < baseCount { return a < b }
    return position(of: a) < position(of: b)
  }
}
