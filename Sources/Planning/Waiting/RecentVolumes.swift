/// The volumes of each point in the latest months, gaps left out.
struct RecentVolumes {
  /// The position of the latest month among the months that occur; -1 where none does.
  let latest: Int
  private let rows: [Range<Int>]
  private let table: VolumeTable

  /// Looks at the latest `months` of a table.
  ///
  /// - Precondition: `months` is at least 1.
  /// - Complexity: O(rows + points).
  init(_ table: VolumeTable, pointCount: Int, months: Int) {
    precondition(months >= 1, "at least one month is expected, not \(months)")
    self.table = table
    latest = table.months.count - 1
    let first = max(0, table.months.count - months)
    var rows = [Range<Int>](repeating: 0..<0, count: pointCount)
    var row = 0
    while row < table.count {
      let point = Int(table.points[row])
      var end = row
      while end < table.count, Int(table.points[end]) == point { end += 1 }
      while row < end, Int(table.monthIndices[row]) < first { row += 1 }
      rows[point] = row..<end
      row = end
    }
    self.rows = rows
  }

  /// How many months of the point are known.
  func months(of point: Int) -> Int { rows[point].count }

  /// All payments in those months.
  func payments(of point: Int) -> Double { rows[point].reduce(0) { $0 + Double(table.payments[$1]) } }

  /// The mean of those months; `nil` where none is known.
  func mean(of point: Int) -> Double? {
    rows[point].isEmpty ? nil : payments(of: point) / Double(rows[point].count)
  }

  /// Payments on the busiest day ÷ those of an average day open, over the months where it was counted: the ratio of the
  /// sums, at least 1 and at most the days open. `nil` where it never was.
  func busiestDayFactor(of point: Int, daysOpen: Double) -> Double? {
    var busiest = 0.0
    var payments = 0.0
    for row in rows[point] where table.busiestDayPayments[row] >= 0 && table.payments[row] > 0 {
      busiest += Double(table.busiestDayPayments[row])
      payments += Double(table.payments[row])
    }
    guard payments > 0 else { return nil }
    return min(daysOpen, max(1, busiest / (payments / daysOpen)))
  }

  /// Payments in the month `back` months before the latest; `nil` where there is no row.
  func payments(of point: Int, monthsBack back: Int) -> Int? {
    for row in rows[point].reversed() where Int(table.monthIndices[row]) == latest - back {
      return table.payments[row]
    }
    return nil
  }
}
