/// A search from one position up to a limit, again and again on the same graph.
///
/// Labels of earlier runs are told by their stamp, so that starting over costs nothing: a label is the stamp in the upper
/// and the time in the lower half of 64 bits, and stamps go down, so that whatever is stale is larger.
struct BoundedSearch {
  let limit: UInt32
  private let nodeCount: Int
  private let labels: UnsafeMutablePointer<UInt64>
  private let lengths: UnsafeMutablePointer<UInt32>?
  private var stamp = UInt32.max
  private var queue = BucketQueue()
  private var reached: UnsafeMutablePointer<UInt32>
  private var reachedCount = 0

  init(nodeCount: Int, limit: UInt32, lengths: Bool) {
    precondition(limit <= RoadSearch.longestMilliseconds, "a limit of at most 2³⁰ - 1 ms is expected")
    self.limit = limit
    self.nodeCount = nodeCount
    labels = .allocate(capacity: max(1, nodeCount))
    labels.initialize(repeating: .max, count: nodeCount)
    self.lengths = lengths ? .allocate(capacity: max(1, nodeCount)) : nil
    self.lengths?.initialize(repeating: 0, count: nodeCount)
    reached = .allocate(capacity: max(1, nodeCount))
  }

  func deallocate() {
    labels.deallocate()
    lengths?.deallocate()
    reached.deallocate()
    queue.deallocate()
  }

  mutating func run(_ table: ArcTable, from accesses: [Access]) {
    if stamp == 0 {
      labels.update(repeating: .max, count: nodeCount)
      stamp = .max
    }
    stamp -= 1
    reachedCount = 0
    for access in accesses where access.milliseconds <= limit {
      if improve(access.node, access.milliseconds, access.millimeters) {
        queue.push(access.milliseconds, access.node)
      }
    }
    var queue = self.queue
    while let entry = queue.pop() {
      let label = labels[Int(entry.node)]
      guard UInt32(truncatingIfNeeded: label) == entry.milliseconds else { continue }
      let length = lengths?[Int(entry.node)] ?? 0
      for k in Int(table.start[Int(entry.node)])..<Int(table.start[Int(entry.node) &+ 1]) {
        let arc = table.arcs[k]
        let next = entry.milliseconds &+ arc.milliseconds
        guard next <= limit else { continue }
        if improve(arc.node, next, lengths == nil ? 0 : saturatingSum(length, table.millimeters[k])) {
          queue.push(next, arc.node)
        }
      }
    }
    self.queue = queue
  }

  /// The nodes within the limit, with the time and, where asked for, the length of the way.
  @inline(__always)
  func forEachReached(_ body: (_ node: Int, _ milliseconds: UInt32, _ millimeters: UInt32) -> Void) {
    for i in 0..<reachedCount {
      let node = Int(reached[i])
      body(node, UInt32(truncatingIfNeeded: labels[node]), lengths?[node] ?? 0)
    }
  }

  @inline(__always)
  private mutating func improve(_ node: UInt32, _ time: UInt32, _ length: UInt32) -> Bool {
    let at = Int(node)
    let label = UInt64(stamp) << 32 | UInt64(time)
    let known = labels[at]
    if label >= known {
      guard label == known, let lengths, length < lengths[at] else { return false }
      lengths[at] = length
      return true
    }
    if known >> 32 != label >> 32 {
      reached[reachedCount] = node
      reachedCount &+= 1
    }
    labels[at] = label
    lengths?[at] = length
    return true
  }
}
