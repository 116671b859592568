/// The two points nearest to each place on the roads, while points come, go and move.
///
///     var table = NearestTwoRoads(RoadSearch(walkingGraph), points: shops, places: homes)
///     var changed: [Int32] = []
///     table.insert(7, at: position, &changed) { $0 < $1 }
///     changed  // the homes that shop 7 is now one of the two nearest to
///
/// Rows equal those of `RoadSearch.nearest(2, of:to:)`. Every node keeps its two nearest points with times and lengths. A point
/// that comes is followed as long as it enters one of them; where one goes, the nodes that had it ask their neighbors anew. The
/// same points make the same bytes, whatever came and went before. Memory is 28 bytes a node and about 60 a place.
package struct NearestTwoRoads: Sendable {
  /// A point, and the way to it.
  package struct Way: Hashable, Sendable, BitwiseCopyable {
    /// Its number; -1 where there is none.
    package var point: Int32 = -1
    /// The time.
    package var milliseconds = RoadSearch.unreached
    /// The length.
    package var millimeters = RoadSearch.unreached

    static let nowhere = Way()
  }

  /// The two nearest of a place or node, nearest first.
  package struct Row: Hashable, Sendable, BitwiseCopyable {
    /// The nearest.
    package var first = Way.nowhere
    /// The second nearest.
    package var second = Way.nowhere

    /// Whether a point is one of the two.
    @inline(__always)
    func holds(_ point: Int32) -> Bool { first.point == point || second.point == point }

    /// Takes a point out, if it is in.
    mutating func remove(_ point: Int32) {
      if first.point == point { (first, second) = (second, .nowhere) }
      if second.point == point { second = .nowhere }
    }

    /// Puts a way where it belongs, if it earns it; says whether it does.
    @inline(__always)
    mutating func enter(_ way: Way, _ precedes: (Int32, Int32) -> Bool) -> Bool {
      func isBefore(_ other: Way) -> Bool {
        way.milliseconds < other.milliseconds
          || way.milliseconds == other.milliseconds && precedes(way.point, other.point)
      }
      func improves(_ known: Way) -> Bool {
        way.milliseconds < known.milliseconds
          || way.milliseconds == known.milliseconds && way.millimeters < known.millimeters
      }
      if first.point == way.point {
        guard improves(first) else { return false }
        first = way
      } else if second.point == way.point {
        guard improves(second) else { return false }
        if isBefore(first) { (first, second) = (way, first) } else { second = way }
      } else if isBefore(first) {
        (first, second) = (way, first)
      } else if isBefore(second) {
        second = way
      } else {
        return false
      }
      return true
    }
  }

  private struct PointAccess: Hashable {
    var point: Int32
    var milliseconds: UInt32
    var millimeters: UInt32
  }

  private let view: RoadSearch.View
  private let places: PlacesByNode
  /// By node.
  private var labels: [Row]
  /// By place.
  package private(set) var rows: [Row]
  // Of the points in the table, those that touch a node or lie on an edge, ascending.
  private var accesses: [UInt32: [PointAccess]] = [:]
  private var pointsOnEdge: [UInt32: [Int32]] = [:]
  private var positions: [Int32: RoadPosition] = [:]
  // Scratch: by node, the number of the change that came by last; the nodes of this change.
  private var marks: [UInt32]
  private var generation: UInt32 = 0
  private var changedNodes: [UInt32] = []

  /// The table of points and places.
  ///
  /// - Parameters:
  ///   - points: by number; `nil` for those that are not in the table, or off the roads.
  ///   - places: by place; `nil` for those that are off the roads, or travel otherwise.
  /// - Complexity: that of `RoadSearch.nearest(2, of:to:)`.
  package init(_ search: RoadSearch, points: [RoadPosition?], places: [RoadPosition?]) {
    view = search.view(.toPoint)
    self.places = PlacesByNode(places, view)
    let nodeCount = search.graph.nodeCount
    labels = [Row](repeating: Row(), count: nodeCount)
    rows = [Row](repeating: Row(), count: places.count)
    marks = [UInt32](repeating: 0, count: nodeCount)
    let queue = WorkQueue()
    begin()
    for (point, position) in points.enumerated() {
      guard let position else { continue }
      start(Int32(point), at: position, queue) { $0 < $1 }
    }
    run(queue) { $0 < $1 }
    for place in places.indices { rows[place] = row(of: place) { $0 < $1 } }
  }

  /// Whether two tables of the same roads and places hold the same.
  package func equals(_ other: NearestTwoRoads) -> Bool {
    labels == other.labels && rows == other.rows && accesses == other.accesses
      && pointsOnEdge == other.pointsOnEdge && positions == other.positions
  }

  /// Adds a point, and notes the places whose row it entered.
  ///
  /// - Parameter precedes: decides between points that are equally far.
  /// - Precondition: the point is not in the table.
  /// - Complexity: O(*r*) for *r* nodes and arcs that the point is among the two nearest of.
  package mutating func insert(
    _ point: Int32, at position: RoadPosition, _ changed: inout [Int32], _ precedes: (Int32, Int32) -> Bool
  ) {
    let queue = WorkQueue()
    begin()
    start(point, at: position, queue, precedes)
    run(queue, precedes)
    note(&changed, onEdge: position.edge, precedes)
  }

  /// Removes a point, and notes the places whose row it was in.
  ///
  /// - Precondition: the point is in the table.
  /// - Complexity: O(*r*) for *r* nodes and arcs that the point was among the two nearest of.
  package mutating func remove(
    _ point: Int32, _ changed: inout [Int32], _ precedes: (Int32, Int32) -> Bool
  ) {
    guard let position = positions.removeValue(forKey: point) else {
      preconditionFailure("a point that is in the table is expected")
    }
    let queue = WorkQueue()
    begin()
    let ends = view.accesses(ofPoint: position).map(\.node)
    for node in ends { Self.take(point, outOf: &accesses, node) { $0.point } }
    Self.take(point, outOf: &pointsOnEdge, position.edge) { $0 }

    // Whoever has the point has it from a neighbor that has it too: its nodes hang together, from its own road on.
    var open = ends.filter { labels[Int($0)].holds(point) }
    let view = view
    view.withTable { table in
      while let node = open.popLast() {
        guard labels[Int(node)].holds(point) else { continue }
        labels[Int(node)].remove(point)
        mark(node)
        for k in Int(table.start[Int(node)])..<Int(table.start[Int(node) + 1])
        where labels[Int(table.arcs[k].node)].holds(point) {
          open.append(table.arcs[k].node)
        }
      }
    }
    let emptied = changedNodes
    View(graph: view.graph, isForward: !view.isForward).withTable { table in
      for node in emptied {
        for access in accesses[node] ?? [] {
          let way = Way(
            point: access.point, milliseconds: access.milliseconds, millimeters: access.millimeters)
          enter(way, at: node, queue, precedes)
        }
        for k in Int(table.start[Int(node)])..<Int(table.start[Int(node) + 1]) {
          let neighbor = labels[Int(table.arcs[k].node)]
          for way in [neighbor.first, neighbor.second] where way.point >= 0 {
            enter(way, along: table.arcs[k], table.millimeters[k], to: node, queue, precedes)
          }
        }
      }
    }
    run(queue, precedes)
    note(&changed, onEdge: position.edge, precedes)
  }

  private typealias View = RoadSearch.View

  private mutating func begin() {
    generation &+= 1
    changedNodes.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func mark(_ node: UInt32) {
    if marks[Int(node)] != generation {
      marks[Int(node)] = generation
      changedNodes.append(node)
    }
  }

  private mutating func start(
    _ point: Int32, at position: RoadPosition, _ queue: WorkQueue, _ precedes: (Int32, Int32) -> Bool
  ) {
    positions[point] = position
    Self.put(point, into: &pointsOnEdge, position.edge) { $0 }
    for access in view.accesses(ofPoint: position) {
      let end = PointAccess(
        point: point, milliseconds: access.milliseconds, millimeters: access.millimeters)
      Self.put(end, into: &accesses, access.node) { $0.point }
      let way = Way(point: point, milliseconds: access.milliseconds, millimeters: access.millimeters)
      enter(way, at: access.node, queue, precedes)
    }
  }

  private mutating func run(_ queue: WorkQueue, _ precedes: (Int32, Int32) -> Bool) {
    let view = view
    view.withTable { table in
      while let entry = queue.waiting.pop() {
        let row = labels[Int(entry.node)]
        let way = row.first.point == Int32(bitPattern: entry.owner) ? row.first : row.second
        guard way.point == Int32(bitPattern: entry.owner), way.milliseconds == entry.milliseconds else {
          continue
        }
        for k in Int(table.start[Int(entry.node)])..<Int(table.start[Int(entry.node) + 1]) {
          enter(way, along: table.arcs[k], table.millimeters[k], to: table.arcs[k].node, queue, precedes)
        }
      }
    }
  }

  @inline(__always)
  private mutating func enter(
    _ way: Way, along arc: RoadGraph.Arc, _ millimeters: UInt32, to node: UInt32, _ queue: WorkQueue,
    _ precedes: (Int32, Int32) -> Bool
  ) {
    let next = Way(
      point: way.point, milliseconds: way.milliseconds &+ arc.milliseconds,
      millimeters: saturatingSum(way.millimeters, millimeters))
    enter(next, at: node, queue, precedes)
  }

  @inline(__always)
  private mutating func enter(
    _ way: Way, at node: UInt32, _ queue: WorkQueue, _ precedes: (Int32, Int32) -> Bool
  ) {
    guard way.milliseconds <= RoadSearch.longestMilliseconds, labels[Int(node)].enter(way, precedes) else {
      return
    }
    mark(node)
    queue.waiting.push(way.milliseconds, node, owner: UInt32(bitPattern: way.point))
  }

  /// Looks again at the places that touch a node that changed, or the edge of the point.
  private mutating func note(
    _ changed: inout [Int32], onEdge edge: UInt32, _ precedes: (Int32, Int32) -> Bool
  ) {
    for node in changedNodes {
      for i in Int(places.start[Int(node)])..<Int(places.start[Int(node) + 1]) {
        look(at: Int(places.entries[i].place), &changed, precedes)
      }
    }
    for place in places.byEdge.positions(onEdge: edge) { look(at: place, &changed, precedes) }
  }

  private mutating func look(
    at place: Int, _ changed: inout [Int32], _ precedes: (Int32, Int32) -> Bool
  ) {
    let row = row(of: place, precedes)
    if row != rows[place] {
      rows[place] = row
      changed.append(Int32(place))
    }
  }

  private func row(of place: Int, _ precedes: (Int32, Int32) -> Bool) -> Row {
    var row = Row()
    guard let position = places.positions[place] else { return row }
    func enter(_ point: Int32, _ milliseconds: UInt64, _ millimeters: UInt32) {
      guard milliseconds <= UInt64(RoadSearch.longestMilliseconds) else { return }
      let way = Way(
        point: point, milliseconds: UInt32(truncatingIfNeeded: milliseconds), millimeters: millimeters)
      _ = row.enter(way, precedes)
    }
    for access in view.accesses(ofPlace: position) {
      let label = labels[Int(access.node)]
      for way in [label.first, label.second] where way.point >= 0 {
        enter(
          way.point, UInt64(way.milliseconds) + UInt64(access.milliseconds),
          saturatingSum(way.millimeters, access.millimeters))
      }
    }
    for point in pointsOnEdge[position.edge] ?? [] {
      guard let there = positions[point], let way = view.direct(place: position, point: there) else {
        continue
      }
      enter(point, way.milliseconds, way.millimeters)
    }
    return row
  }

  private static func put<Item>(
    _ item: Item, into lists: inout [UInt32: [Item]], _ key: UInt32, _ number: (Item) -> Int32
  ) {
    let list = lists[key] ?? []
    let at = list.firstIndex { number($0) > number(item) } ?? list.count
    lists[key, default: []].insert(item, at: at)
  }

  private static func take<Item>(
    _ point: Int32, outOf lists: inout [UInt32: [Item]], _ key: UInt32, _ number: (Item) -> Int32
  ) {
    lists[key]?.removeAll { number($0) == point }
    if lists[key]?.isEmpty == true { lists[key] = nil }
  }
}

/// The queue of one change.
private final class WorkQueue {
  var waiting = BucketQueue()

  deinit { waiting.deallocate() }
}
