/// The search behind `nearest(k, …)`: the nearest distinct points of every node.
///
/// Each node has slots for its nearest points so far, in order; a way is followed on only when it enters a slot. A point
/// beyond the last slot of a node cannot be among the nearest of a node behind it: the points in the slots are nearer there
/// too. Labels are those of `NearestPointSearch`.
struct NearestPointsSearch {
  private let table: ArcTable
  private let slots: Int
  private let nothing: UInt64
  private let labels: UnsafeMutablePointer<UInt64>
  private let lengths: UnsafeMutablePointer<UInt32>
  private var queue = BucketQueue(capacity: 1 << 16)

  init(_ table: ArcTable, slots: Int, limit: UInt32) {
    precondition(limit <= RoadSearch.longestMilliseconds, "a limit of at most 2³⁰ - 1 ms is expected")
    self.table = table
    self.slots = slots
    nothing = UInt64(limit + 1) << 32
    labels = .allocate(capacity: max(1, slots * table.nodeCount))
    labels.initialize(repeating: nothing, count: slots * table.nodeCount)
    lengths = .allocate(capacity: max(1, slots * table.nodeCount))
    lengths.initialize(repeating: 0, count: slots * table.nodeCount)
  }

  func deallocate() {
    labels.deallocate()
    lengths.deallocate()
    queue.deallocate()
  }

  mutating func start(from points: [RoadPosition?], delays: [UInt32], _ view: RoadSearch.View) {
    for (owner, point) in points.enumerated() {
      guard let point else { continue }
      for access in view.accesses(ofPoint: point) {
        let milliseconds = saturatingSum(access.milliseconds, delays.isEmpty ? 0 : delays[owner])
        let label = UInt64(milliseconds) << 32 | UInt64(owner)
        if enter(label, access.millimeters, at: access.node) {
          queue.push(milliseconds, access.node, owner: UInt32(owner))
        }
      }
    }
  }

  mutating func run() {
    let (start, arcs) = (table.start, table.arcs)
    while let entry = queue.pop() {
      let base = Int(entry.node) &* slots
      let label = UInt64(entry.milliseconds) << 32 | UInt64(entry.owner)
      var slot = 0
      while slot < slots, labels[base &+ slot] != label { slot &+= 1 }
      guard slot < slots else { continue }
      let length = lengths[base &+ slot]
      for k in Int(start[Int(entry.node)])..<Int(start[Int(entry.node) &+ 1]) {
        let arc = arcs[k]
        let next = label &+ UInt64(arc.milliseconds) << 32
        if enter(next, saturatingSum(length, table.millimeters[k]), at: arc.node) {
          queue.push(UInt32(truncatingIfNeeded: next >> 32), arc.node, owner: entry.owner)
        }
      }
    }
  }

  /// The filled slots of a node: time and point, and the length of the way.
  func forEachSlot(of node: UInt32, _ body: (UInt64, UInt32) -> Void) {
    for slot in Int(node) * slots..<(Int(node) + 1) * slots where labels[slot] < nothing {
      body(labels[slot], lengths[slot])
    }
  }

  /// Puts a way into its slot, if it earns one; says whether it did.
  @inline(__always)
  private func enter(_ label: UInt64, _ length: UInt32, at node: UInt32) -> Bool {
    let base = Int(node) &* slots
    let last = base &+ slots &- 1
    if label > labels[last] || label >= nothing { return false }
    // The slot of the same point, if it has one, is the one to give up; else the last.
    let owner = UInt32(truncatingIfNeeded: label)
    var slot = base
    while slot < last, UInt32(truncatingIfNeeded: labels[slot]) != owner || labels[slot] >= nothing {
      slot &+= 1
    }
    let known = labels[slot]
    if UInt32(truncatingIfNeeded: known) == owner, known < nothing {
      if label > known || label == known && length >= lengths[slot] { return false }
    }
    while slot > base, labels[slot &- 1] > label {
      labels[slot] = labels[slot &- 1]
      lengths[slot] = lengths[slot &- 1]
      slot &-= 1
    }
    labels[slot] = label
    lengths[slot] = length
    return true
  }
}
