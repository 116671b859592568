import Planning
import Travel

/// What is kept with a plan besides its answer, so that `sites --verify` can hold it against what came.
struct SitesForecastJSON {
  let answer: SitesAnswer

  var members: [(String, JSON)] { [("question", question), ("forecast", forecast)] }

  /// What every point can expect once the plan is open, and which months that is known from.
  private var forecast: JSON {
    guard let expectations = answer.expectations else { return .null }
    let network = answer.network
    return .object([
      ("volumes_until", JSON(network.volumes.months.last)),
      (
        "points",
        .array(
          (0..<network.points.count).map { point in
            let expected = expectations.points[point]
            return .object([
              ("point_id", .string(network.points.ids[point])),
              ("expected_payments_per_month", .rounded(expected?.expected)),
              ("low", .rounded(expected?.interval.lowerBound)),
              ("high", .rounded(expected?.interval.upperBound)),
            ])
          })
      ),
    ])
  }

  private var question: JSON {
    .object(
      answer.proposal.question.coverage.words.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }
}

extension CoverageOptions {
  /// Whom the question counts as served, by name and value, to tell whether two questions are the same.
  var words: [String: String] {
    let village =
      switch standard.village {
      case .pointInVillage(let radius): "point in village or within \(radius)"
      case .within(let limit, let mode): "within \(limit.seconds) s, \(mode.rawValue)"
      }
    return [
      "standard": standard.name, "travel": travel.rawValue,
      "town": "within \(standard.townLimit.seconds) s, \(standard.townMode.rawValue)", "village": village,
      "return_trip": "\(standard.countsReturn)", "weight": weight.rawValue,
      "kinds": kinds.map(\.name).sorted().joined(separator: ","),
      "methods": methods.names.joined(separator: ","),
      "at": moment.map { "minute \($0.minute) of the week" } ?? "",
    ]
  }
}
