/// Where to put `p` sites so that the farthest row is as near as can be, with a proof.
///
///     let answer = PCenter(distances, p: 5).solve { false }   // costs are distances, or seconds
///     answer.radius, answer.bound, answer.isProven
///
/// Whether p sites serve all rows within r is asked of `SetCovering`. The radii that can be the answer are the distances
/// that occur, so the least is found by halving (Minieka 1970, "The m-center problem", SIAM Review 12).
public struct PCenter: Sendable {
  /// The distances; the base of a row is that to its existing point.
  public let distances: AssignmentCosts
  /// How many sites a plan may have, or what it may cost, the open ones included.
  public let p: Int
  /// Sites that every plan has.
  public var open: [Int] = []
  /// Sites that no plan has.
  public var closed: [Int] = []
  /// What each site costs; `p` is then what a plan may cost. Without, each costs 1.
  public var costs: [Int]?

  /// Asks for `p` sites.
  ///
  /// - Precondition: `p` is at least 0.
  public init(_ distances: AssignmentCosts, p: Int) {
    precondition(p >= 0, "a number of sites of at least 0 is expected")
    self.distances = distances
    self.p = p
  }

  /// The plan of least radius, and the proof that no less will do.
  ///
  /// - Precondition: `open` and `closed` have nothing in common, and `open` costs at most `p`; costs are those of `SetCovering`.
  /// - Parameter shouldStop: asked now and then; once it says so, the best so far is the answer.
  /// - Complexity: log₂ of the number of different distances questions of covering.
  public func solve(shouldStop: @escaping () -> Bool) -> PCenterAnswer {
    precondition(Set(open).isDisjoint(with: closed), "a site is open or closed, not both")
    let spent = Set(open).reduce(0) { $0 + (costs?[$1] ?? 1) }
    precondition(spent <= p, "open sites within p are expected")
    let radii = Set(distances.costs).union(distances.base).sorted()
    var answer = PCenterAnswer(plan: open.sorted(), radius: radius(of: open), bound: 0, proof: nil)
    guard !radii.isEmpty else { return answer }
    // Open sites cost a covering nothing.
    let room = p - spent
    // radii[low] is known to be too little, radii[high] to do.
    var low = -1
    var high = radii.firstIndex(of: answer.radius) ?? radii.count - 1
    while high - low > 1, !shouldStop() {
      let middle = (low + high) / 2
      guard let question = covering(within: radii[middle]) else {
        // Somebody has no site that near.
        low = middle
        answer.proof = nil
        continue
      }
      var fewest = SetCovering(costs: costs)
      fewest.kept = open
      fewest.forbidden = closed
      fewest.sufficient = room
      let found = fewest.plan(for: question, shouldStop: shouldStop).plan
      if found.value <= room {
        answer.plan = (open + found.sites).sorted()
        answer.radius = radius(of: answer.plan)
        high = min(middle, radii.firstIndex(of: answer.radius) ?? middle)
      } else if found.bound > room {
        low = middle
        answer.proof = found.certificate
      } else {
        break
      }
    }
    answer.bound = radii[low + 1]
    return answer
  }

  /// How far the farthest row is from its nearest of `plan`, or from its existing point; 0 without rows.
  public func radius(of plan: [Int]) -> Int {
    var nearest = distances.base
    for site in plan {
      for entry in distances.columnStart[site]..<distances.columnStart[site + 1] {
        let row = Int(distances.rows[entry])
        nearest[row] = min(nearest[row], distances.columnCosts[entry])
      }
    }
    return nearest.max() ?? 0
  }

  /// Which sites serve each row within `radius`, rows whose existing point does left out; `nil` where a row has neither.
  private func covering(within radius: Int) -> CoverTable? {
    var isClosed = [Bool](repeating: false, count: distances.siteCount)
    for site in closed { isClosed[site] = true }
    var table = CoverTable.Builder(siteCount: distances.siteCount)
    for row in 0..<distances.rowCount where distances.base[row] > radius {
      var entry = distances.rowStart[row]
      var sites: [Int32] = []
      while entry < distances.rowStart[row + 1], distances.costs[entry] <= radius {
        if !isClosed[Int(distances.sites[entry])] { sites.append(distances.sites[entry]) }
        entry += 1
      }
      if sites.isEmpty { return nil }
      table.append(weight: 1, sites: sites.sorted())
    }
    return table.finished()
  }
}

/// A plan of p-center and its proof.
public struct PCenterAnswer: Sendable {
  /// The sites, ascending.
  public var plan: [Int]
  /// How far the farthest row is from its nearest site.
  public var radius: Int
  /// No plan has less.
  public var bound: Int
  /// Whether the plan is one of the best.
  public var isProven: Bool { radius == bound }
  /// That p sites do not serve everybody within the greatest distance below the bound; `nil` where some row has no site that
  /// near, or there is no such distance.
  public var proof: CoveringCertificate?
}
