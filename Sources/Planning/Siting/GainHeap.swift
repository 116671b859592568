/// A binary heap of gains: most gain for its cost first, then the lower site.
struct GainHeap {
  struct Entry {
    var gain: Int
    var cost: Int
    var site: Int32

    func comes(before other: Entry) -> Bool {
      let (mine, theirs) =
        cost == other.cost
        ? (product(gain, 1), product(other.gain, 1)) : (product(gain, other.cost), product(other.gain, cost))
      return mine == theirs ? site < other.site : mine > theirs
    }
  }

  private var entries: [Entry] = []

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].comes(before: entries[parent]) else { break }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> Entry? {
    guard let top = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return top }
    entries[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < entries.count else { return top }
      if child + 1 < entries.count, entries[child + 1].comes(before: entries[child]) { child += 1 }
      guard entries[child].comes(before: entries[parent]) else { return top }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
