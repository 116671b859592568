import Foundation
import Planning

/// Answers questions that another program asks: one JSON object on each line of the standard input, one on each of the output.
///
///     {"goal": "coverage", "siteCount": 2, "weights": [3, 4], "rows": [[0], [0, 1]], "choose": 1}
///     {"sites": [0], "value": 7, "bound": 7, "isInterrupted": false, "certificate": {...}}
struct Asked: Decodable {
  /// `coverage`, `everyone`, `share`, `distance`, `worst`, `curve` or `visits`.
  let goal: String
  let siteCount: Int
  /// The sites that cover each place, or, with `ways`, the ones whose cost is known.
  let rows: [[Int32]]
  var weights: [Int]?
  var ways: [[Int]]?
  /// With `visits`: what people of each row choose now, and how strongly each of its sites draws.
  var standing: [Int]?
  var strengths: [[Int]]?
  /// What each row costs without a site.
  var base: [Int]?
  var choose: Int?
  var budget: Int?
  var costs: [Int]?
  var target: Int?
  var kept: [Int]?
  var forbidden: [Int]?
  /// With `visits`: what plans must keep to besides.
  var rules: [SiteRule]?
  /// After how many questions whether to stop the answer is yes.
  var patience: Int?
  /// How many numbers a certificate may hold.
  var certificateLimit: Int?
}

struct Answered: Encodable {
  enum Certificate: Encodable {
    case covering(CoveringCertificate)
    case median(MedianCertificate)
    case center(CenterCertificate)
    case capture(CaptureCertificate)
    case ruled(RuledCertificate)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .covering(let certificate): try certificate.encode(to: encoder)
      case .median(let certificate): try certificate.encode(to: encoder)
      case .center(let certificate): try certificate.encode(to: encoder)
      case .capture(let certificate): try certificate.encode(to: encoder)
      case .ruled(let certificate): try certificate.encode(to: encoder)
      }
    }
  }

  var sites: [Int] = []
  var value = 0
  var bound = 0
  var isInterrupted = false
  /// Places that nothing covers, where everyone is to be covered.
  var unservable: [Int] = []
  /// Whether there is a plan at all.
  var isPossible = true
  var curve: [[Int]] = []
  var certificate: Certificate?
}

extension Asked {
  static func answerAll() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    while let line = readLine() {
      let asked = try JSONDecoder().decode(Asked.self, from: Data(line.utf8))
      say(String(decoding: try encoder.encode(asked.answer()), as: UTF8.self))
    }
  }

  private func answer() -> Answered {
    var asked = 0
    let patience = patience ?? .max
    let shouldStop = {
      asked += 1
      return asked > patience
    }
    let (kept, forbidden) = (kept ?? [], forbidden ?? [])
    switch goal {
    case "distance", "worst":
      let costs = AssignmentCosts(
        siteCount: siteCount, base: base ?? [],
        rows: zip(rows, ways ?? []).map { row, ways in zip(row, ways).map { (Int($0), $1) } })
      return goal == "distance"
        ? distance(costs, kept, forbidden, shouldStop) : worst(costs, kept, forbidden, shouldStop)
    case "visits": return visits(kept, forbidden, shouldStop)
    default: break
    }
    let table = CoverTable(siteCount: siteCount, weights: weights ?? [], sitesOfPlaces: FlatRows(rows))
    switch goal {
    case "coverage":
      var question = MaximalCovering(
        choose.map { .sites($0) } ?? .budget(budget ?? 0, costs: costs ?? []))
      (question.kept, question.forbidden) = (kept, forbidden)
      if let certificateLimit { question.certificateLimit = certificateLimit }
      return Answered(question.plan(for: table, shouldStop: shouldStop))
    case "share":
      var question = PartialCovering(target: target ?? 0, costs: costs)
      (question.kept, question.forbidden) = (kept, forbidden)
      if let certificateLimit { question.certificateLimit = certificateLimit }
      guard let plan = question.plan(for: table, shouldStop: shouldStop) else {
        return Answered(isPossible: false)
      }
      return Answered(plan)
    case "everyone":
      var question = SetCovering(costs: costs)
      (question.kept, question.forbidden) = (kept, forbidden)
      if let certificateLimit { question.certificateLimit = certificateLimit }
      let answer = question.plan(for: table, shouldStop: shouldStop)
      var answered = Answered(answer.plan)
      answered.unservable = answer.unservable
      return answered
    case "curve":
      let curve = CoverageCurve(
        of: table, upTo: choose ?? 0, kept: kept, forbidden: forbidden, shouldStop: shouldStop)
      return Answered(curve: curve.values.indices.map { [curve.values[$0], curve.bounds[$0]] })
    default: preconditionFailure("a goal that does not exist: \(goal)")
    }
  }

  private func distance(
    _ costs: AssignmentCosts, _ kept: [Int], _ forbidden: [Int], _ shouldStop: @escaping () -> Bool
  ) -> Answered {
    var question = PMedian(costs, p: choose ?? 0)
    (question.open, question.closed) = (kept, forbidden)
    if let certificateLimit { question.longestProof = certificateLimit / max(1, costs.rowCount) }
    let answer = question.solve(shouldStop: shouldStop)
    return Answered(
      sites: answer.plan, value: answer.value, bound: answer.bound, isInterrupted: !answer.isProven,
      certificate: .median(MedianCertificate(of: answer, to: question)))
  }

  private func worst(
    _ costs: AssignmentCosts, _ kept: [Int], _ forbidden: [Int], _ shouldStop: @escaping () -> Bool
  ) -> Answered {
    var question = PCenter(costs, p: choose ?? 0)
    (question.open, question.closed) = (kept, forbidden)
    let answer = question.solve(shouldStop: shouldStop)
    return Answered(
      sites: answer.plan, value: answer.radius, bound: answer.bound, isInterrupted: !answer.isProven,
      certificate: .center(CenterCertificate(of: answer, to: question)))
  }

  private func visits(_ kept: [Int], _ forbidden: [Int], _ shouldStop: @escaping () -> Bool) -> Answered {
    let problem = CapturedVisits(
      siteCount: siteCount,
      rows: rows.indices.map { i in
        CapturedVisits.Row(
          payments: Double(weights?[i] ?? 0), standing: Double(standing?[i] ?? 0),
          sites: zip(rows[i], strengths?[i] ?? []).map { (site: Int($0), weight: Double($1)) })
      })
    var question = MaximumCapture(problem, choosing: choose ?? 0)
    (question.open, question.closed, question.rules) = (kept, forbidden, rules ?? [])
    if let certificateLimit { question.certificateLimit = certificateLimit }
    let answer = question.solve(shouldStop: shouldStop)
    return Answered(
      sites: answer.sites, value: answer.value, bound: answer.bound, isInterrupted: answer.isInterrupted,
      isPossible: answer.isPlan,
      certificate: answer.conflict.map { .ruled($0) } ?? .capture(answer.certificate))
  }
}

extension Answered {
  fileprivate init(_ plan: SitePlan) {
    self.init(
      sites: plan.sites, value: plan.value, bound: plan.bound, isInterrupted: plan.isInterrupted,
      certificate: .covering(plan.certificate))
  }
}
