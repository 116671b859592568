/// Where to put `p` sites so that the farthest row is as near as can be, with a proof.
///
///     let question = PCenter(distances, p: 5)   // costs are distances, or seconds
///     let answer = question.solve { false }
///     answer.radius  // no five sites serve everybody within less
///
/// Whether p sites serve all rows within r is a question of covering: a row within r costs nothing, another costs one, and
/// a plan of cost 0 is looked for by `PMedian`. The radii that can be the answer are the distances that occur, so the
/// least is found by halving (Minieka 1970, "The m-center problem", SIAM Review 12).
public struct PCenter: Sendable {
  /// The distances; the base of a row is that to its existing point.
  public let distances: AssignmentCosts
  /// How many sites a plan may have, the open ones included.
  public let p: Int
  /// Sites that every plan has.
  public var open: [Int] = []
  /// Sites that no plan has.
  public var closed: [Int] = []

  /// Asks for `p` sites.
  public init(_ distances: AssignmentCosts, p: Int) {
    self.distances = distances
    self.p = p
  }

  /// The plan of least radius, and the proof that no less will do.
  ///
  /// - Parameter shouldStop: asked now and then; once it says so, the best so far is the answer.
  /// - Complexity: log₂ of the number of different distances questions of covering.
  public func solve(shouldStop: () -> Bool) -> PCenterAnswer {
    var radii = Set(distances.costs)
    radii.formUnion(distances.base)
    let sorted = radii.sorted()
    // Everybody is within the greatest base without any site.
    let worst = distances.base.max() ?? 0
    var answer = PCenterAnswer(plan: open.sorted(), radius: radius(of: open), bound: 0, proof: nil)
    answer.radius = min(answer.radius, worst)
    // sorted[low] is known to be too little; sorted[high] is known to do.
    var low = -1
    var high = sorted.firstIndex(of: answer.radius) ?? sorted.count - 1
    while high - low > 1, !shouldStop() {
      let middle = (low + high) / 2
      var question = PMedian(covering(within: sorted[middle]), p: p)
      question.open = open
      question.closed = closed
      question.below = 1
      let found = question.solve(shouldStop: shouldStop)
      if found.value == 0 {
        let radius = radius(of: found.plan)
        answer.plan = found.plan
        answer.radius = radius
        high = min(middle, sorted.firstIndex(of: radius) ?? middle)
      } else if found.bound >= 1 {
        low = middle
        answer.proof = found.proof
      } else {
        break
      }
    }
    answer.bound = low + 1 < sorted.count ? sorted[max(0, low + 1)] : answer.radius
    if sorted.isEmpty { answer.bound = answer.radius }
    return answer
  }

  /// How far the farthest row is from its nearest of `plan`.
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

  /// Nothing within `radius`, one beyond: rows whose existing point is within are served already.
  private func covering(within radius: Int) -> AssignmentCosts {
    var start = [0]
    var sites: [Int32] = []
    var base: [Int] = []
    for row in 0..<distances.rowCount where distances.base[row] > radius {
      base.append(1)
      var entry = distances.rowStart[row]
      while entry < distances.rowStart[row + 1], distances.costs[entry] <= radius {
        sites.append(distances.sites[entry])
        entry += 1
      }
      start.append(sites.count)
    }
    return AssignmentCosts(
      siteCount: distances.siteCount, base: base, rowStart: start, sites: sites,
      costs: [Int](repeating: 0, count: sites.count))
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
  /// That not all rows can be served within the greatest distance below the bound; `nil` where there is none such.
  public var proof: PMedianProof?
}
