/// Rows of whole numbers of any length, end to end in one array: which sites cover each place, or the other way around.
///
///     let rows = FlatRows([[0, 2], [], [1]])
///     rows[0]                                // [0, 2]
///     rows.transposed(columnCount: 3)[2]     // [0]
public struct FlatRows: Hashable, Sendable {
  // Row i is items[start[i]..<start[i + 1]].
  var start: [Int]
  var items: [Int32]

  /// Copies rows.
  public init(_ rows: [[Int32]] = []) {
    start = [0]
    start.reserveCapacity(rows.count + 1)
    items = []
    for row in rows {
      items += row
      start.append(items.count)
    }
  }

  init(start: [Int], items: [Int32]) {
    self.start = start
    self.items = items
  }

  /// Adds a row at the end.
  public mutating func append(_ row: some Collection<Int32>) {
    items.append(contentsOf: row)
    start.append(items.count)
  }

  /// How many rows there are.
  public var count: Int { start.count - 1 }

  /// Row `i`.
  ///
  /// - Complexity: O(1).
  public subscript(row: Int) -> ArraySlice<Int32> { items[start[row]..<start[row + 1]] }

  /// How long row `i` is.
  func length(_ row: Int) -> Int { start[row + 1] - start[row] }

  /// For each number below `columnCount`, the rows that hold it, ascending.
  ///
  /// - Precondition: every number lies in `0..<columnCount`.
  /// - Complexity: O(numbers + rows + columns).
  public func transposed(columnCount: Int) -> FlatRows {
    var begin = [Int](repeating: 0, count: columnCount + 1)
    for item in items {
      precondition((0..<Int32(columnCount)).contains(item), "a column that does not exist: \(item)")
      begin[Int(item) + 1] += 1
    }
    for column in 0..<columnCount { begin[column + 1] += begin[column] }
    var next = begin
    let turned = [Int32](unsafeUninitializedCapacity: items.count) { buffer, filled in
      for row in 0..<count {
        for slot in start[row]..<start[row + 1] {
          let column = Int(items[slot])
          buffer[next[column]] = Int32(truncatingIfNeeded: row)
          next[column] += 1
        }
      }
      filled = items.count
    }
    return FlatRows(start: begin, items: turned)
  }
}
