/// Who is served at each hour of the week.
///
///     let week = coverageByHour(of: network, CoverageOptions())
///     week.hours[5 * 24 + 18].customers.share  // Saturdays at 18:30
public struct CoverageByHour: Sendable {
  /// By hour of the week, 0 is Monday from 00:00 to 01:00: everybody, judged at half past.
  public let hours: [CoverageSummary.Population]
  /// How many different sets of open points there were: so often coverage was asked for.
  public let distinct: Int
  /// Points that would count and whose hours are not known: they are taken to be open all week.
  public let assumedOpen: Int

  /// The hour's minute that is asked for: most points open and close on the hour or at half past, where a point is open that
  /// opens then, and closed that closes then.
  public static let minute = 30
}

/// Who is served at each hour of the week.
///
/// Hours at which the same points are open have the same answer, so that a county's week takes as many questions as it has different
/// hours, not 168. Each is `coverage(of:_:)` with the moment `CoverageByHour.minute` past the hour.
///
/// - Complexity: that of `coverage` times the different hours, 168 at most.
public func coverageByHour(of network: PaymentNetwork, _ options: CoverageOptions) -> CoverageByHour {
  let points = network.points
  var options = options
  options.breakdown = nil
  // By hours text, whether open: points share few different hours.
  var answers: [[Bool]: CoverageSummary.Population] = [:]
  var assumedOpen = 0
  let hours = (0..<7 * 24).map { hour -> CoverageSummary.Population in
    let moment = WeekMinute(minute: hour * 60 + CoverageByHour.minute)
    let open = points.openingHours.map { hours in moment.map(hours.contains) ?? false }
    if let known = answers[open] { return known }
    options.moment = moment
    let answer = coverage(of: network, options)
    assumedOpen = answer.assumedOpen
    answers[open] = answer.summary.all
    return answer.summary.all
  }
  return CoverageByHour(hours: hours, distinct: answers.count, assumedOpen: assumedOpen)
}
