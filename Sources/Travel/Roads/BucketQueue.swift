/// What a search has yet to look at, in buckets of 1,024 ms.
///
/// A bucket queue (Dial 1969, "Algorithm 360", Communications of the ACM 12(11)) that does not sort within a bucket: a node
/// may be looked at again when a shorter way to it turns up, which costs less than a heap. 16,384 buckets are used in
/// turn; what lies more than 4.7 hours ahead is then merely looked at too early, and again later. Entries lie in one pool, linked by
/// position, so that nothing is allocated on the way.
struct BucketQueue {
  struct Entry {
    var milliseconds: UInt32
    var node: UInt32
    var owner: UInt32
    var next: Int32
  }

  private static let width: UInt32 = 10
  private static let count = 1 << 14

  private let heads: UnsafeMutablePointer<Int32>
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity: Int
  private var used = 0
  private var free: Int32 = -1
  private var waiting = 0
  private var bucket = 0

  init(capacity: Int = 1 << 14) {
    heads = .allocate(capacity: Self.count)
    heads.initialize(repeating: -1, count: Self.count)
    entries = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  func deallocate() {
    heads.deallocate()
    entries.deallocate()
  }

  @inline(__always)
  mutating func push(_ milliseconds: UInt32, _ node: UInt32, owner: UInt32 = 0) {
    let slot: Int
    if free >= 0 {
      slot = Int(free)
      free = entries[slot].next
    } else {
      if used == capacity { grow() }
      slot = used
      used &+= 1
    }
    let bucket = Int(milliseconds >> Self.width) & (Self.count - 1)
    entries[slot] = Entry(milliseconds: milliseconds, node: node, owner: owner, next: heads[bucket])
    heads[bucket] = Int32(truncatingIfNeeded: slot)
    waiting &+= 1
  }

  /// The next entry, or `nil` when none is left; the queue then starts over.
  @inline(__always)
  mutating func pop() -> Entry? {
    guard waiting > 0 else {
      bucket = 0
      return nil
    }
    while heads[bucket] < 0 { bucket = (bucket &+ 1) & (Self.count - 1) }
    let slot = Int(heads[bucket])
    let entry = entries[slot]
    heads[bucket] = entry.next
    entries[slot].next = free
    free = Int32(truncatingIfNeeded: slot)
    waiting &-= 1
    return entry
  }

  @inline(never)
  private mutating func grow() {
    precondition(capacity < 1 << 30, "more than a billion entries waiting")
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: entries, count: capacity)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }
}
