/// What each point takes in a usual month, from the months it reported.
///
///     let volumes = MonthlyVolumes(network.volumes, pointCount: network.points.count)
///     volumes.means[3]   // 168.5; nil where the point reported no month: not known is not none
///     volumes.months[0]  // 2015-01, with an index of 1.08: eight per cent above the usual month
///
/// The mean of a point's reported months is compared with others' over other months: so each month's payments are first
/// divided by the month's index, the ratio of what the points reporting in it took to their own means (one pass).
public struct MonthlyVolumes: Sendable {
  /// A month of the volumes.
  public struct Month: Hashable, Sendable {
    /// `YYYY-MM`.
    public let name: String
    /// The points that reported.
    public let points: Int
    /// Their payments.
    public let payments: Int
    /// Payments beside a usual month of the same points; `nil` where these took nothing.
    public let index: Double?
  }

  /// The months that occur, ascending.
  public let months: [Month]
  /// Payments of a usual month by point; `nil` where the point reported none.
  public let means: [Double?]
  /// How many months each point reported.
  public let monthCounts: [Int]
  /// Rows set aside because the row before is of the same point and month.
  public let repeatedRows: Int
  /// Rows set aside because their number of payments is negative.
  public let negativeRows: Int

  /// - Complexity: O(*r*) for *r* rows.
  public init(_ table: VolumeTable, pointCount: Int) {
    var (repeated, negative) = (0, 0)
    var used: [Int] = []
    used.reserveCapacity(table.count)
    for row in 0..<table.count {
      let isRepeated =
        row > 0 && table.points[row] == table.points[row - 1]
        && table.monthIndices[row] == table.monthIndices[row - 1]
      if table.payments[row] < 0 {
        negative += 1
      } else if isRepeated {
        repeated += 1
      } else {
        used.append(row)
      }
    }
    var counts = [Int](repeating: 0, count: pointCount)
    var raw = [Double](repeating: 0, count: pointCount)
    for row in used {
      counts[Int(table.points[row])] += 1
      raw[Int(table.points[row])] += Double(table.payments[row])
    }
    for point in raw.indices where counts[point] > 0 { raw[point] /= Double(counts[point]) }

    var (took, usual) = (
      [Double](repeating: 0, count: table.months.count), [Double](repeating: 0, count: table.months.count)
    )
    var reporting = [Int](repeating: 0, count: table.months.count)
    for row in used {
      let month = Int(table.monthIndices[row])
      took[month] += Double(table.payments[row])
      usual[month] += raw[Int(table.points[row])]
      reporting[month] += 1
    }
    let indices = table.months.indices.map { usual[$0] > 0 && took[$0] > 0 ? took[$0] / usual[$0] : nil }
    var means = [Double](repeating: 0, count: pointCount)
    for row in used {
      let point = Int(table.points[row])
      let index = indices[Int(table.monthIndices[row])] ?? 1
      means[point] += Double(table.payments[row]) / index / Double(counts[point])
    }
    months = table.months.indices.map {
      Month(
        name: table.months[$0], points: reporting[$0], payments: Int(min(took[$0], 9e18)), index: indices[$0])
    }
    self.means = means.indices.map { counts[$0] > 0 ? means[$0] : nil }
    monthCounts = counts
    repeatedRows = repeated
    negativeRows = negative
  }

  /// Payments of a usual month at all points that reported.
  public var total: Double { means.reduce(0) { $0 + ($1 ?? 0) } }
}
