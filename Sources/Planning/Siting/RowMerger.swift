/// Makes one row of rows with the same sites, as they come.
///
/// A hash of the sites finds the row that may be the same; the sites themselves are then compared, so that two sets with
/// the same hash stay two rows.
struct RowMerger {
  private(set) var rows = FlatRows()
  private(set) var weights: [Int] = []

  // An open-addressing table of row numbers + 1; 0 is free. A power of two, at most two thirds full.
  private var slots = [Int32](repeating: 0, count: 1_024)
  private var hashes: [UInt64] = []

  /// The row of these sites, made when there is none yet; `weight` is added to it.
  ///
  /// - Parameter sites: ascending, each once, at least one.
  mutating func add(_ sites: UnsafeBufferPointer<Int32>, weight: Int) -> Int32 {
    // The mixing step of SplitMix64 after every site: order matters, and sites come in ascending order.
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: sites.count)
    for site in sites {
      hash = (hash ^ UInt64(UInt32(bitPattern: site))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    hash = (hash ^ (hash >> 32)) &* 0x94D0_49BB_1331_11EB
    hash ^= hash >> 31
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if hashes[row] == hash, isSame(row, sites) {
        weights[row] += weight
        return Int32(row)
      }
      slot = (slot + 1) & mask
    }
    let row = Int32(weights.count)
    slots[slot] = row + 1
    hashes.append(hash)
    weights.append(weight)
    rows.items.append(contentsOf: sites)
    rows.start.append(rows.items.count)
    if weights.count * 3 > slots.count * 2 { grow() }
    return row
  }

  private func isSame(_ row: Int, _ sites: UnsafeBufferPointer<Int32>) -> Bool {
    let begin = rows.start[row]
    guard rows.start[row + 1] - begin == sites.count else { return false }
    for k in 0..<sites.count where rows.items[begin + k] != sites[k] { return false }
    return true
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = [Int32](repeating: 0, count: mask + 1)
    for (row, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(row) + 1
    }
  }
}
