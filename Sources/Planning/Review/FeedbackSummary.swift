/// How complaints are dealt with (domain KPI K14).
public struct FeedbackSummary: Sendable {
  /// Everything that came in.
  public private(set) var total = 0
  /// Of that, complaints: see `ComplaintRates`.
  public private(set) var complaints = 0
  /// Not dealt with yet.
  public private(set) var open = 0
  /// Dealt with.
  public private(set) var resolved = 0
  /// Without a status.
  public private(set) var notStated = 0
  /// The median of the days from coming in to being dealt with; `nil` where no such pair of days is known.
  public private(set) var medianDaysToClose: Double?
  /// How many pairs of days that median is of.
  public private(set) var daysKnown = 0
  /// The share of complaints that name a point or a place; `nil` without complaints.
  public private(set) var locatedShare: Double?
  /// The share of complaints that repeat an earlier one of the same category about the same point; `nil` without
  /// complaints about named points.
  public private(set) var repeatShare: Double?
  /// The row that has been open longest, of equally old ones the first; `nil` where none is open.
  public private(set) var oldestOpen: Int?

  /// Counts.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(_ feedback: FeedbackTable) {
    total = feedback.count
    var days: [Double] = []
    var located = 0
    var known: [[Int32]: Int] = [:]
    for row in 0..<feedback.count {
      switch feedback.isResolved[row] {
      case nil: notStated += 1
      case true?: resolved += 1
      case false?:
        open += 1
        if let oldest = oldestOpen {
          if feedback.dates[row] < feedback.dates[oldest] { oldestOpen = row }
        } else {
          oldestOpen = row
        }
      }
      if let from = dayNumber(feedback.dates[row]), let to = dayNumber(feedback.resolvedOn[row]), to >= from {
        days.append(Double(to - from))
      }
      guard feedback.isComplaint(row) else { continue }
      complaints += 1
      if feedback.points[row] >= 0 || feedback.places[row] >= 0 { located += 1 }
      if feedback.points[row] >= 0 {
        known[[feedback.points[row], feedback.categories[row]], default: 0] += 1
      }
    }
    medianDaysToClose = median(days)
    daysKnown = days.count
    locatedShare = complaints == 0 ? nil : Double(located) / Double(complaints)
    let named = known.values.reduce(0, +)
    repeatShare = named == 0 ? nil : Double(named - known.count) / Double(named)
  }
}

/// The day's number, counted from 1 March of year 0 in the Gregorian calendar; `nil` where `text` is no day `YYYY-MM-DD`.
///
///     dayNumber("2016-03-01")! - dayNumber("2016-02-28")!  // 2
///
/// Years begin in March, so that the leap day is the last (Richards, in the Explanatory Supplement to the Astronomical
/// Almanac, 3rd edition, 15.11).
func dayNumber(_ text: String) -> Int? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
    let day = Int(parts[2]), year >= 0, (1...12).contains(month), (1...31).contains(day)
  else { return nil }
  let marchMonth = (month + 9) % 12
  let marchYear = month < 3 ? year - 1 : year
  let leaps =
    Int((Double(marchYear) / 4).rounded(.down)) - Int((Double(marchYear) / 100).rounded(.down))
    + Int((Double(marchYear) / 400).rounded(.down))
  return 365 * marchYear + leaps + (153 * marchMonth + 2) / 5 + day - 1
}
