/// What it takes to check both aims of a relief plan by whole-number arithmetic, without trusting the program that made it.
///
/// `unplaced` is the same plan where a payment without a place costs 1 and ways cost nothing: its bound is that of the first aim. In
/// `travel` a payment without a place costs λ seconds, which is the base of every row, besides ways: where no plan costs less than L
/// there, none that leaves at most V payments without a place has ways below L − λ V, whatever λ. `Tests/check-certificate` checks
/// both, that they are of the same sites and rows, and adds up what follows.
public struct ReliefCertificate: Hashable, Sendable, Codable {
  /// Always `relief`.
  public var goal = "relief"
  /// Of payments that find no place.
  public var unplaced: CapacitatedCertificate
  /// Of ways.
  public var travel: CapacitatedCertificate
  /// All ways of the plan together, in payment-seconds.
  public var ways: Int
  /// No plan that leaves as few payments without a place has shorter ones.
  public var waysBound: Int
}

/// The search for a relief plan: several prices of a payment without a place, each of which makes one sum of both aims.
///
/// A price above all ways together would put the aims in their order by itself, but what it costs to be without a place then drowns the ways in
/// every bound. Any price gives true bounds of both: of ways by what the plan leaves, of payments without a place by the prices of the rows
/// less the longest way, in parts of λ. So a small price comes first, and larger ones only where it proves too little.
struct ReliefSearch {
  let longest: Int
  let problem: (_ exchange: Int, _ countsWays: Bool) -> CapacitatedAssignment
  /// The prices that are tried, ascending.
  let exchanges: [Int]

  private(set) var plan: CapacitatedAnswer?
  private(set) var unplaced = (value: Int.max, bound: 0)
  private(set) var ways = (value: Int.max, bound: 0)
  private(set) var isInterrupted = false
  private var unplacedProof: CapacitatedPrices?
  private var waysProofs: [(exchange: Int, answer: CapacitatedAnswer)] = []

  /// Over how many steps of prices the first aim is proven.
  private static let rounds = 100

  init(
    longest: Int, exchanges: [Int],
    problem: @escaping (_ exchange: Int, _ countsWays: Bool) -> CapacitatedAssignment
  ) {
    (self.longest, self.exchanges, self.problem) = (longest, exchanges, problem)
  }

  /// - Returns: the certificate of both aims.
  mutating func run(_ shouldStop: @escaping () -> Bool) -> ReliefCertificate? {
    let units = problem(1, false)
    for exchange in exchanges {
      let answer = problem(exchange, true).solve(shouldStop: shouldStop)
      waysProofs.append((exchange, answer))
      take(answer)
      var solver = CapacitatedSolver(units)
      var counted = answer
      counted.value = left(by: answer, units)
      let scale = Double(solver.scale) / Double(answer.proof.scale)
      let prices = answer.proof.rows.indices.map { row -> Int in
        let size = units.isSplit ? 1 : units.demands[row]
        let above = Double(answer.proof.rows[row] - longest * size * answer.proof.scale)
        return Int((max(0, above) / Double(exchange - longest) * scale).rounded())
      }
      let rulePrices = answer.proof.rules.map { Double($0) / Double(exchange) * scale }
      let proven = solver.proven(
        counted, from: prices, rulePrices: rulePrices, rounds: Self.rounds, shouldStop)
      take(proven)
      if unplacedProof == nil || proven.bound > unplaced.bound {
        (unplaced.bound, unplacedProof) = (proven.bound, proven.proof)
      }
      if unplaced.bound >= unplaced.value || shouldStop() { break }
    }
    let certificate = certificate(units)
    isInterrupted = shouldStop() && (unplaced.bound < unplaced.value || ways.bound < ways.value)
    return certificate
  }

  private mutating func take(_ answer: CapacitatedAnswer) {
    let question = problem(1, false)
    let missing = left(by: answer, question)
    let real = problem(exchanges[0], true)
    var length = 0
    for (row, shares) in answer.assignment.enumerated() {
      for share in shares { length += share.units * real.costs.cost(of: row, from: share.site) }
    }
    if (missing, length) < (unplaced.value, ways.value) {
      (plan, unplaced.value, ways.value) = (answer, missing, length)
    }
  }

  /// Units that find no place.
  private func left(by answer: CapacitatedAnswer, _ question: CapacitatedAssignment) -> Int {
    answer.assignment.enumerated().reduce(0) { sum, one in
      one.element.reduce(sum + question.demands[one.offset]) { $0 - $1.units }
    }
  }

  private mutating func certificate(_ units: CapacitatedAssignment) -> ReliefCertificate? {
    guard var answer = plan, let unplacedProof else { return nil }
    unplaced.bound = min(unplaced.bound, unplaced.value)
    (answer.value, answer.bound, answer.proof) = (unplaced.value, unplaced.bound, unplacedProof)
    let first = CapacitatedCertificate(of: answer, to: units)
    let best = waysProofs.max {
      $0.answer.bound - $0.exchange * unplaced.value < $1.answer.bound - $1.exchange * unplaced.value
    }
    guard let (exchange, proof) = best else { return nil }
    answer.value = ways.value + exchange * unplaced.value
    (answer.bound, answer.proof) = (min(answer.value, proof.bound), proof.proof)
    ways.bound = max(0, answer.bound - exchange * unplaced.value)
    return ReliefCertificate(
      unplaced: first, travel: CapacitatedCertificate(of: answer, to: problem(exchange, true)),
      ways: ways.value, waysBound: ways.bound)
  }
}

extension AssignmentCosts {
  /// What a unit of a row costs from one of its sites; its base from any other.
  fileprivate func cost(of row: Int, from site: Int) -> Int {
    (rowStart[row]..<rowStart[row + 1]).first { sites[$0] == Int32(site) }.map { costs[$0] } ?? base[row]
  }
}
