import Geo

/// The nodes that roads refer to, in ascending order of their ids, and what the file says of them.
struct RoadNodeTable {
  /// The latitude of a node that has not come.
  static let missing = Int32.max

  /// Ascending, each once.
  private(set) var ids: [Int64]
  /// 10⁻⁷ degrees; `missing` until the node comes.
  private(set) var latitudes: [Int32]
  private(set) var longitudes: [Int32]
  /// The modes that cannot pass.
  private(set) var stopped: [TravelModes]
  private(set) var repeated = 0

  // The ids in 2^k ranges of equal width: those of range r begin at rangeStarts[r].
  private let rangeStarts: [UInt32]
  private let shift: UInt64
  // Files hold nodes in ascending order as a rule: the next one is right behind the last.
  private var cursor = 0

  /// A table of the nodes that `refs` name.
  ///
  /// - Complexity: O(refs).
  init(refs: [Int64]) {
    // Flipping the sign makes the order of the bits the order of the numbers.
    var keys = refs.map { UInt64(bitPattern: $0) ^ (1 << 63) }
    radixSort(&keys)
    var ids: [Int64] = []
    ids.reserveCapacity(keys.count / 2)
    for key in keys {
      let id = Int64(bitPattern: key ^ (1 << 63))
      if ids.last != id { ids.append(id) }
    }
    self.ids = ids
    latitudes = Array(repeating: Self.missing, count: ids.count)
    longitudes = Array(repeating: 0, count: ids.count)
    stopped = Array(repeating: [], count: ids.count)

    // Some four ids to a range, were they evenly spread.
    let width = UInt64(bitPattern: (ids.last ?? 0) &- (ids.first ?? 0))
    var shift: UInt64 = 0
    while width >> shift > UInt64(ids.count / 4 + 1) { shift += 1 }
    var starts = [UInt32](repeating: 0, count: Int(width >> shift) + 2)
    for id in ids { starts[Int(UInt64(bitPattern: id &- ids[0]) >> shift) + 1] += 1 }
    for range in 1..<starts.count { starts[range] += starts[range - 1] }
    self.shift = shift
    rangeStarts = starts
  }

  /// How many nodes roads refer to.
  var count: Int { latitudes.count }

  /// Gives the memory of the ids back, when all nodes have come: from then on, positions name them.
  mutating func forgetIDs() { ids = [] }

  /// The position of a node in the table, `nil` if no road refers to it.
  ///
  /// - Complexity: O(log *n*), O(1) where ids are evenly spread.
  func index(of id: Int64) -> Int? {
    guard let first = ids.first, let last = ids.last, id >= first, id <= last else { return nil }
    let range = Int(UInt64(bitPattern: id &- first) >> shift)
    var low = Int(rangeStarts[range])
    var high = Int(rangeStarts[range + 1])
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id ? low : nil
  }

  /// Keeps a node of the file if a road refers to it; of several with one id the first.
  mutating func add(id: Int64, latitude: Int32, longitude: Int32, stopped modes: TravelModes) {
    guard let place = next(id) else { return }
    guard (-900_000_000...900_000_000).contains(latitude),
      (-1_800_000_000...1_800_000_000).contains(longitude)
    else { return }
    guard latitudes[place] == Self.missing else {
      repeated += 1
      return
    }
    latitudes[place] = latitude
    longitudes[place] = longitude
    stopped[place] = modes
  }

  private mutating func next(_ id: Int64) -> Int? {
    if cursor < ids.count, ids[cursor] == id {
      cursor += 1
      return cursor - 1
    }
    if cursor < ids.count, ids[cursor] > id, cursor == 0 || ids[cursor - 1] < id { return nil }
    guard let place = index(of: id) else { return nil }
    cursor = place + 1
    return place
  }

  /// The great circle between two nodes that have come.
  func meters(from a: Int, to b: Int) -> Double {
    guard let a = coordinate(a), let b = coordinate(b) else { return 0 }
    return a.distance(to: b).meters
  }

  private func coordinate(_ index: Int) -> Coordinate<WGS84>? {
    Coordinate(latitude: Double(latitudes[index]) / 1e7, longitude: Double(longitudes[index]) / 1e7)
  }

  /// Whether a node has come.
  func isPresent(_ index: Int) -> Bool { latitudes[index] != Self.missing }
}
