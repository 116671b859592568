/// What has become of coverage between two snapshots of a network that were asked the same question.
///
///     let change = CoverageChange(from: spring, springAnswer, to: autumn, autumnAnswer)
///     change.lost          // places of autumn that were served in spring and no longer are
///     change.isComparable  // false where the roads, the way of travel or the standard differ
///
/// Places and points are the same ones where they have the same id. Positions are those in the later network's tables but for
/// `removed` and `closed`, which are in the earlier one's; all ascending.
public struct CoverageChange: Sendable {
  /// Why figures of two snapshots are not of one kind.
  public enum Difference: Hashable, Sendable {
    /// One answer was asked along roads, the other by straight line.
    case travel(earlier: Travel, later: Travel)
    /// The roads, or their heights, come from other files.
    case roads
    /// Another standard, or other points that count, or another weight.
    case question
    /// Other speeds or circuities.
    case factors
  }

  /// The earlier answer's figures.
  public let earlier: CoverageSummary
  /// The later one's.
  public let later: CoverageSummary
  /// The earlier answer's breakdown.
  public let earlierLines: [Coverage.Line]
  /// Places in both that are served now and were not.
  public private(set) var gained: [Int] = []
  /// Places in both that were served and no longer are.
  public private(set) var lost: [Int] = []
  /// Places that were not there.
  public private(set) var added: [Int] = []
  /// Places of the earlier network that are gone.
  public private(set) var removed: [Int] = []
  /// Points that count now and did not, or were not there.
  public private(set) var opened: [Int] = []
  /// Points of the earlier network that counted and no longer do, or are gone.
  public private(set) var closed: [Int] = []
  /// The ids and names of `closed`, as the earlier network has them.
  public private(set) var closedNames: [String] = []
  /// How many points count in the earlier network.
  public let earlierPoints: Int
  /// What sets the two answers apart besides the network.
  public let differences: [Difference]

  /// Whether the change is the network's alone.
  public var isComparable: Bool { differences.isEmpty }

  /// Sets two answers side by side.
  ///
  /// - Precondition: each answer is of its network.
  /// - Complexity: O(places + points).
  public init(
    from earlierNetwork: PaymentNetwork, _ earlierAnswer: Coverage, to network: PaymentNetwork,
    _ answer: Coverage
  ) {
    precondition(
      earlierAnswer.isServed.count == earlierNetwork.places.count
        && answer.isServed.count == network.places.count
        && earlierAnswer.counts.count == earlierNetwork.points.count
        && answer.counts.count == network.points.count, "each answer must be that of its network")
    earlier = earlierAnswer.summary
    later = answer.summary
    earlierLines = earlierAnswer.lines
    earlierPoints = earlierAnswer.counts.count { $0 }
    differences = Self.differences(earlierNetwork, earlierAnswer.options, network, answer.options)
    forEachPair(of: earlierNetwork.places.ids, network.places.ids) { before, now in
      switch (before, now) {
      case (let before?, let now?):
        if earlierAnswer.isServed[before] != answer.isServed[now] {
          if answer.isServed[now] { gained.append(now) } else { lost.append(now) }
        }
      case (let before?, nil): removed.append(before)
      case (nil, let now?): added.append(now)
      case (nil, nil): break
      }
    }
    forEachPair(of: earlierNetwork.points.ids, network.points.ids) { before, now in
      let counted = before.map { earlierAnswer.counts[$0] } ?? false
      let counts = now.map { answer.counts[$0] } ?? false
      if let now, counts, !counted { opened.append(now) }
      if let before, counted, !counts { closed.append(before) }
    }
    closedNames = closed.map { "\(earlierNetwork.points.ids[$0]) \(earlierNetwork.points.names[$0])" }
  }

  private static func differences(
    _ earlier: PaymentNetwork, _ before: CoverageOptions, _ later: PaymentNetwork, _ now: CoverageOptions
  ) -> [Difference] {
    var differences: [Difference] = []
    if before.travel != now.travel {
      differences.append(.travel(earlier: before.travel, later: now.travel))
    } else if now.travel == .roads, roadFiles(of: earlier) != roadFiles(of: later) {
      differences.append(.roads)
    }
    var same = before
    same.travel = now.travel
    same.factors = now.factors
    same.calibration = now.calibration
    same.breakdown = now.breakdown
    if same != now { differences.append(.question) }
    if before.factors != now.factors { differences.append(.factors) }
    return differences
  }

  /// The files that roads and heights came from, by their bytes.
  private static func roadFiles(of network: PaymentNetwork) -> [String] {
    network.sources.filter { $0.kind == "roads" || $0.kind == "elevation" }.map(\.sha256).sorted()
  }
}

/// Goes through two columns of ids, both ascending by their UTF-8 bytes, and hands over the positions of each id.
///
/// - Complexity: O(*m* + *n*).
private func forEachPair(of a: TextColumn, _ b: TextColumn, _ body: (Int?, Int?) -> Void) {
  var (i, j) = (0, 0)
  while i < a.count || j < b.count {
    guard i < a.count else {
      body(nil, j)
      j += 1
      continue
    }
    guard j < b.count else {
      body(i, nil)
      i += 1
      continue
    }
    let order = a.withUTF8(at: i) { left in
      b.withUTF8(at: j) { right in
        left.elementsEqual(right) ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
      }
    }
    body(order <= 0 ? i : nil, order >= 0 ? j : nil)
    if order <= 0 { i += 1 }
    if order >= 0 { j += 1 }
  }
}
