/// What the values of an exported column are, for formats that want to know.
enum ExportColumn {
  case text, integer, real, boolean
  /// Money in fen, written as yuan.
  case yuan
  /// 0...1.
  case share
  /// A day as `2015-12-31`.
  case day
}

extension ExportTable {
  /// What each column holds, by its first value that is not null; text where there is none.
  ///
  /// - Complexity: O(rows) at worst, for a column without values.
  var kinds: [ExportColumn] {
    var kinds = [ExportColumn?](repeating: nil, count: columns.count)
    var open = columns.count
    for row in 0..<count where open > 0 {
      for (column, value) in values(row).enumerated() where kinds[column] == nil {
        kinds[column] =
          switch value {
          case .null: nil
          case .bool: .boolean
          case .int: .integer
          case .double: columns[column].hasSuffix("_share") ? .share : .real
          case .fen: .yuan
          case .text: columns[column].hasSuffix("_on") ? .day : .text
          }
        if kinds[column] != nil { open -= 1 }
      }
    }
    return kinds.map { $0 ?? .text }
  }
}
