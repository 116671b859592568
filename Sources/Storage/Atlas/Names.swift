import Planning

/// Names that occur again and again, each kept once.
struct Names {
  private var column = TextColumn()
  private var index = TextIndex()

  var all: [String] { (0..<column.count).map { column[$0] } }

  mutating func intern(_ bytes: UnsafeRawBufferPointer) -> Int32 { index.intern(bytes, in: &column) }

  /// The names in ascending order of their UTF-8 bytes, and `positions` among them.
  func sorted(_ positions: [Int32]) -> ([String], [Int32]) {
    let names = all
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    var rank = [Int32](repeating: 0, count: names.count)
    for (new, old) in order.enumerated() { rank[old] = Int32(new) }
    return (order.map { names[$0] }, positions.map { rank[Int($0)] })
  }
}
