/// The nearest point of every node, and the time to it (or from it).
///
///     let labels = search.labels(of: points, direction: .toPoint)
///     labels.milliseconds[node]  // from the node to its nearest point
///     labels.owners[node]        // which point that is
public struct RoadLabels: Sendable {
  /// By node of the graph; `RoadSearch.unreached` where there is no point within the limit.
  public let milliseconds: [UInt32]
  /// By node, the position of the point in the array given; `RoadSearch.unreached` where there is none.
  public let owners: [UInt32]
}

extension RoadSearch {
  /// The nearest of all points together for every node of the graph: one search, however many points there are.
  ///
  /// - Parameters:
  ///   - points: where the points are.
  ///   - direction: to the point or from it.
  ///   - limit: the longest time looked for; the rim counts as within.
  /// - Precondition: `direction` is not `.roundTrip`, `limit` is at most `longestMilliseconds`.
  /// - Complexity: O(*n* + *m*) for *n* nodes and *m* arcs of a road network.
  public func labels(
    of points: [RoadPosition?], direction: Direction = .toPoint, within limit: UInt32 = longestMilliseconds
  ) -> RoadLabels {
    let view = view(direction)
    return view.withTable { table in
      var search = NearestPointSearch(table, limit: limit, lengths: false)
      defer { search.deallocate() }
      search.start(from: points, view)
      search.run()
      var owners = [UInt32](repeating: Self.unreached, count: table.nodeCount)
      let milliseconds = [UInt32](unsafeUninitializedCapacity: table.nodeCount) { values, count in
        for node in 0..<table.nodeCount {
          let label = search.labels[node]
          let isReached = label >> 32 <= UInt64(limit)
          values[node] = isReached ? UInt32(truncatingIfNeeded: label >> 32) : Self.unreached
          if isReached { owners[node] = UInt32(truncatingIfNeeded: label) }
        }
        count = table.nodeCount
      }
      return RoadLabels(milliseconds: milliseconds, owners: owners)
    }
  }
}

/// The search behind `labels` and `nearest(1, …)`.
///
/// A label is the time in the upper and the point in the lower half of 64 bits, so that one comparison settles times and
/// ties. Nodes out of reach carry a label just past the limit, which turns away whatever lies beyond.
struct NearestPointSearch {
  let table: ArcTable
  let limit: UInt32
  let labels: UnsafeMutablePointer<UInt64>
  /// The length of the way that each label stands for; absent where nobody asked.
  let lengths: UnsafeMutablePointer<UInt32>?
  private var queue = BucketQueue(capacity: 1 << 16)

  init(_ table: ArcTable, limit: UInt32, lengths: Bool) {
    precondition(limit <= RoadSearch.longestMilliseconds, "a limit of at most 2³⁰ - 1 ms is expected")
    self.table = table
    self.limit = limit
    labels = .allocate(capacity: max(1, table.nodeCount))
    labels.initialize(repeating: UInt64(limit + 1) << 32, count: table.nodeCount)
    self.lengths = lengths ? .allocate(capacity: max(1, table.nodeCount)) : nil
    self.lengths?.initialize(repeating: 0, count: table.nodeCount)
  }

  func deallocate() {
    labels.deallocate()
    lengths?.deallocate()
    queue.deallocate()
  }

  mutating func start(from points: [RoadPosition?], delays: [UInt32] = [], _ view: RoadSearch.View) {
    precondition(points.count <= Int(UInt32.max), "fewer points are expected")
    for (owner, point) in points.enumerated() {
      guard let point else { continue }
      for access in view.accesses(ofPoint: point) {
        let milliseconds = saturatingSum(access.milliseconds, delays.isEmpty ? 0 : delays[owner])
        let label = UInt64(milliseconds) << 32 | UInt64(owner)
        let at = Int(access.node)
        if label < labels[at] {
          labels[at] = label
          lengths?[at] = access.millimeters
          queue.push(milliseconds, access.node)
        } else if label == labels[at], let lengths, access.millimeters < lengths[at] {
          lengths[at] = access.millimeters
          queue.push(milliseconds, access.node)
        }
      }
    }
  }

  /// The label of a node, if it is reached, and the length of its way where lengths were asked for.
  func forEachSlot(of node: UInt32, _ body: (UInt64, UInt32) -> Void) {
    let label = labels[Int(node)]
    if label >> 32 <= UInt64(limit) { body(label, lengths?[Int(node)] ?? 0) }
  }

  mutating func run() {
    if let lengths { spread(lengths) } else { spread() }
  }

  private mutating func spread() {
    let (start, arcs, labels) = (table.start, table.arcs, labels)
    var queue = self.queue
    while let entry = queue.pop() {
      let label = labels[Int(entry.node)]
      guard UInt32(truncatingIfNeeded: label >> 32) == entry.milliseconds else { continue }
      var k = Int(start[Int(entry.node)])
      let end = Int(start[Int(entry.node) &+ 1])
      while k < end {
        let arc = arcs[k]
        let next = label &+ UInt64(arc.milliseconds) << 32
        if next < labels[Int(arc.node)] {
          labels[Int(arc.node)] = next
          queue.push(UInt32(truncatingIfNeeded: next >> 32), arc.node)
        }
        k &+= 1
      }
    }
    self.queue = queue
  }

  private mutating func spread(_ lengths: UnsafeMutablePointer<UInt32>) {
    let (start, arcs, labels) = (table.start, table.arcs, labels)
    var queue = self.queue
    while let entry = queue.pop() {
      let label = labels[Int(entry.node)]
      guard UInt32(truncatingIfNeeded: label >> 32) == entry.milliseconds else { continue }
      let length = lengths[Int(entry.node)]
      for k in Int(start[Int(entry.node)])..<Int(start[Int(entry.node) &+ 1]) {
        let arc = arcs[k]
        let next = label &+ UInt64(arc.milliseconds) << 32
        let old = labels[Int(arc.node)]
        guard next <= old else { continue }
        let nextLength = saturatingSum(length, table.millimeters[k])
        if next < old || nextLength < lengths[Int(arc.node)] {
          labels[Int(arc.node)] = next
          lengths[Int(arc.node)] = nextLength
          queue.push(UInt32(truncatingIfNeeded: next >> 32), arc.node)
        }
      }
    }
    self.queue = queue
  }
}
