import Geo
import Planning
import TestSupport
import Testing
import Travel

/// A county whose points change, as an engine has it and as a network drawn anew after each change.
struct ChangingCounty {
  private(set) var sketch: NetworkSketch
  private(set) var engine: IncrementalCoverage
  private let options: CoverageOptions
  private let roads: NetworkRoads?
  /// The number of each point by id.
  private var numbers: [String: Int] = [:]
  private var before: [(sketch: NetworkSketch, numbers: [String: Int])] = []

  init(_ sketch: NetworkSketch, roads: NetworkRoads? = nil, _ options: CoverageOptions) {
    self.sketch = sketch
    self.options = options
    self.roads = roads
    var network = sketch.network
    network.roads = roads
    engine = IncrementalCoverage(of: network, options)
    for (number, id) in sketch.points.map(\.id).sorted().enumerated() { numbers[id] = number }
  }

  /// The answer for the network as it is now, from scratch.
  var fresh: Coverage {
    var network = sketch.network
    network.roads = roads
    return coverage(of: network, options)
  }

  /// Does one of the changes at random, or takes one back.
  ///
  /// - Parameter somewhere: a position about where the county is.
  mutating func change(
    _ random: inout SeededGenerator,
    _ somewhere: (inout SeededGenerator) -> (latitude: Double, longitude: Double)
  ) {
    let roll = Int.random(in: 0..<12, using: &random)
    if roll < 3, !before.isEmpty { return undo() }
    before.append((sketch, numbers))
    guard let at = sketch.points.indices.randomElement(using: &random), roll > 4 else {
      return open(&random, somewhere)
    }
    switch roll {
    case 5, 6:
      sketch.points[at].status = .closed
      engine.close(number(at))
    case 7, 8:
      (sketch.points[at].latitude, sketch.points[at].longitude) = position(&random, somewhere)
      engine.move(number(at), to: coordinate(sketch.points[at]))
    case 9:
      sketch.points[at].status = PointStatus.allCases.randomElement(using: &random)!
      engine.set(number(at), to: attributes(sketch.points[at]))
    case 10:
      sketch.points[at].place = sketch.places.randomElement(using: &random)?.id
      sketch.points[at].status = .active
      engine.set(number(at), to: attributes(sketch.points[at]))
    default:
      sketch.points[at].hours = hours(&random)
      sketch.points[at].methods = PaymentMethods(rawValue: .random(in: 0...15, using: &random))
      sketch.points[at].kind = PointKind.allCases.randomElement(using: &random)!
      engine.set(number(at), to: attributes(sketch.points[at]))
    }
  }

  /// Takes the last change back.
  mutating func undo() {
    guard let last = before.popLast() else { return }
    (sketch, numbers) = last
    let isUndone = engine.undo()
    #expect(isUndone)
  }

  var changeCount: Int { before.count }

  private mutating func open(
    _ random: inout SeededGenerator,
    _ somewhere: (inout SeededGenerator) -> (latitude: Double, longitude: Double)
  ) {
    var point = NetworkSketch.Point(id: "p\(Int.random(in: 0..<100, using: &random))x\(before.count)")
    (point.latitude, point.longitude) = position(&random, somewhere)
    point.kind = PointKind.allCases.randomElement(using: &random)!
    point.methods = PaymentMethods(rawValue: .random(in: 0...15, using: &random))
    point.hours = hours(&random)
    point.status = Int.random(in: 0..<6, using: &random) == 0 ? .planned : .active
    point.place = Bool.random(using: &random) ? sketch.places.randomElement(using: &random)?.id : nil
    let position = sketch.points.count { $0.id < point.id }
    sketch.points.append(point)
    numbers[point.id] = engine.open(attributes(point), at: position)
    #expect(engine.position(of: numbers[point.id]!) == position)
  }

  /// Often the very position of a place or of another point, so that ways tie.
  private func position(
    _ random: inout SeededGenerator,
    _ somewhere: (inout SeededGenerator) -> (latitude: Double, longitude: Double)
  ) -> (latitude: Double, longitude: Double) {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      if let place = sketch.places.randomElement(using: &random) { return (place.latitude, place.longitude) }
    case 1:
      if let point = sketch.points.randomElement(using: &random) { return (point.latitude, point.longitude) }
    default: break
    }
    return somewhere(&random)
  }

  private func hours(_ random: inout SeededGenerator) -> String? {
    [nil, "24/7", "Mo-Fr 09:00-17:00", "Sa-Su 10:00-12:00", "Mo-Fr 09:00-12:00"].randomElement(
      using: &random)!
  }

  private func number(_ at: Int) -> Int { numbers[sketch.points[at].id]! }

  private func coordinate(_ point: NetworkSketch.Point) -> Coordinate<WGS84> {
    Coordinate(latitude: point.latitude, longitude: point.longitude)!
  }

  private func attributes(_ point: NetworkSketch.Point) -> PointAttributes {
    PointAttributes(
      coordinate: coordinate(point), kind: point.kind, methods: point.methods, status: point.status,
      hours: point.hours.map { try! OpeningHours(parsing: $0) },
      place: point.place.flatMap { id in sketch.places.map(\.id).sorted().firstIndex(of: id) })
  }
}

/// Says in which parts two answers differ, which is shorter than both.
func expectSame(_ found: Coverage, _ expected: Coverage, _ what: String) {
  if found == expected { return }
  func differs<Value: Equatable>(_ part: KeyPath<Coverage, [Value]>) -> [Int] {
    let (a, b) = (found[keyPath: part], expected[keyPath: part])
    return a.count == b.count ? a.indices.filter { a[$0] != b[$0] } : [-1]
  }
  Issue.record(
    """
    \(what): served \(differs(\.isServed)), nearest \(differs(\.nearestPoints)), seconds \(differs(\.seconds)), \
    meters \(differs(\.meters)), reasons \(differs(\.reasons)), counts \(differs(\.counts)), \
    lines \(differs(\.lines)), off roads \(found.offRoads.count) \(expected.offRoads.count), \
    points off roads \(differs(\.pointsOffRoads)), assumed open \(found.assumedOpen) \(expected.assumedOpen)
    """)
  if found.summary != expected.summary {
    Issue.record("\(what): \(found.summary)\nexpected \(expected.summary)")
  }
}
