/// The questions of distance and of the farthest place as ones of assignment: each place goes to its nearest point, or to an opened
/// site that is nearer.
///
/// Ways are seconds by the mode of the place's setting, as coverage tells them, at most `SiteReach.horizonSeconds`, a day: having no
/// point at all counts as that. Places that neither a point nor an allowed site can be reached from are left out, because no
/// plan changes anything for them. Distance weighs ways by in-person payments a month; of the farthest place all places count, whatever they
/// weigh, as in the longest time that coverage tells. Gradual coverage counts of each place's weight what its decay leaves after the
/// way, in thousandths: what is lost is what the assignment costs.
struct SiteAssignment {
  private let question: SiteQuestion
  let costs: AssignmentCosts
  let beyondReach: [Int]
  /// The place of each row.
  let rowPlaces: [Int]
  /// The payments that ways are weighed by, all together.
  let totalWeight: Int
  private let merging: SiteMerging?
  /// Gradual coverage counts weights in parts of this.
  static let gradualUnits = 1_000
  /// What gradual coverage would count if nobody had any way.
  let everything: Int

  init(
    _ network: PaymentNetwork, _ ways: SiteWays, _ question: SiteQuestion, merges: Bool = true
  ) throws(SiteQuestionError) {
    self.question = question
    let places = network.places
    let decay = question.goal == .coverage ? question.gradual : nil
    let weights = (0..<places.count).map { i in
      question.goal == .worst
        ? 1 : places.weight(of: i, by: decay == nil ? .payments : question.coverage.weight)
    }
    let largest = decay == nil ? SiteReach.horizonSeconds : Self.gradualUnits
    _ = try checkedSum(weights, atMost: (1 << 52) / largest)
    let each = decay.map { decay in
      (0...SiteReach.horizonSeconds).map { Self.gradualUnits - decay.thousandths(after: $0) }
    }
    func cost(_ seconds: Int32, _ i: Int) -> Int { (each?[Int(seconds)] ?? Int(seconds)) * weights[i] }
    var isForbidden = [Bool](repeating: false, count: ways.siteCount)
    for site in question.forbidden { isForbidden[site] = true }
    if question.costsMatter {
      precondition(
        question.costsFen.count == ways.candidateCount, "one cost for each site is expected")
      for site in question.costsFen.indices where question.costsFen[site] == nil { isForbidden[site] = true }
      _ = try checkedSum(question.costsFen.map { $0 ?? 0 }, atMost: 1 << 50)
    }
    var (beyond, bases, rowPlaces): ([Int], [Int], [Int]) = ([], [], [])
    var total = 0
    var entries: [[(site: Int, cost: Int)]] = []
    for i in 0..<places.count {
      let allowed = ways.rows[i].filter { !isForbidden[Int($0.point)] }
      if !ways.isReached[i], allowed.isEmpty {
        beyond.append(i)
      } else {
        rowPlaces.append(i)
        total += weights[i]
        bases.append(cost(ways.base[i], i))
        entries.append(allowed.map { (Int($0.point), cost($0.seconds, i)) })
      }
    }
    let all = AssignmentCosts(siteCount: ways.siteCount, base: bases, rows: entries)
    // Where sites differ in cost or rules tell them apart, none stands for another.
    let merging =
      !merges || question.costsMatter || !question.rules.isEmpty
      ? nil : all.merging(kept: question.kept, forbidden: question.forbidden)
    let standIns = Set((merging?.standIns ?? []).map(\.site))
    costs = standIns.isEmpty ? all : all.filtered { !standIns.contains($0) }
    self.merging = merging
    beyondReach = beyond
    self.rowPlaces = rowPlaces
    totalWeight = total
    everything =
      decay == nil
      ? 0 : (weights.reduce(0, +) - beyond.reduce(0) { $0 + weights[$1] }) * Self.gradualUnits
  }

  /// What sites cost where that matters, those of unknown cost nothing.
  private var siteCosts: [Int]? { question.costsMatter ? question.costsFen.map { $0 ?? 0 } : nil }

  /// The sites that no plan opens.
  private var closed: [Int] {
    guard question.costsMatter else { return question.forbidden }
    return question.forbidden + question.costsFen.indices.filter { question.costsFen[$0] == nil }
  }

  func findings(_ shouldStop: @escaping () -> Bool) -> SiteFindings {
    let p: Int
    switch question.limit {
    case .sites(let count): p = min(count, costs.siteCount)
    case .budget(let fen): p = min(fen, 1 << 50)
    case .within(let seconds, _):
      return question.goal == .worst ? nobodyFarther(than: seconds, shouldStop) : meanWay(seconds, shouldStop)
    case .target: preconditionFailure("distance and worst are asked with sites, a budget or seconds")
    }
    var found = SiteFindings(unit: question.goal == .worst ? .seconds : .paymentSeconds)
    found.beyondReach = beyondReach
    found.details.merging = merging
    if question.goal == .worst {
      var solver = PCenter(costs, p: p)
      (solver.open, solver.closed, solver.costs) = (question.kept, closed, siteCosts)
      let answer = solver.solve(shouldStop: shouldStop)
      (found.value, found.bound) = (answer.radius, answer.bound)
      found.chosen = order(answer.plan) { $0.max() ?? 0 }
      found.proof = .center(CenterCertificate(of: answer, to: solver))
    } else {
      var solver = PMedian(costs, p: p)
      (solver.open, solver.closed) = (question.kept, question.forbidden)
      let answer = solver.solve(shouldStop: shouldStop)
      (found.value, found.bound) = (answer.value, answer.bound)
      found.chosen = order(answer.plan) { $0.reduce(0, +) }
      found.proof = .median(MedianCertificate(of: answer, to: solver))
    }
    found.isInterrupted = found.value != found.bound
    if question.goal == .coverage {
      found.unit = SiteProposal.Unit(question.coverage.weight)
      found.details.divisor = Self.gradualUnits
      (found.value, found.bound) = (everything - found.value, everything - found.bound)
    }
    return found
  }

  /// The fewest or cheapest sites that leave nobody farther away than so many seconds.
  private func nobodyFarther(than seconds: Int, _ shouldStop: @escaping () -> Bool) -> SiteFindings {
    var found = SiteFindings(unit: question.costsMatter ? .fen : .sites)
    let nearest = costs.nearest(of: (0..<costs.siteCount).map { $0 })
    let tooFar = nearest.indices.filter { nearest[$0] > seconds }
    if !tooFar.isEmpty || !beyondReach.isEmpty {
      let unservable = (tooFar.map { rowPlaces[$0] } + beyondReach).sorted()
      let all = rowPlaces.count + beyondReach.count
      found.shortfall = .init(
        unservable: unservable, mostWeight: all - unservable.count, totalWeight: all,
        relaxation: SiteRelaxation(
          leastSeconds: nearest.max() ?? 0, helps: beyondReach.isEmpty, nearest: nearestSites(of: unservable))
      )
      return found
    }
    var table = CoverTable.Builder(siteCount: costs.siteCount)
    for row in 0..<costs.rowCount where costs.base[row] > seconds {
      let near = (costs.rowStart[row]..<costs.rowStart[row + 1]).filter { costs.costs[$0] <= seconds }
      table.append(weight: 1, sites: near.map { costs.sites[$0] }.sorted())
    }
    var solver = SetCovering(costs: siteCosts)
    (solver.kept, solver.forbidden, solver.gap) = (question.kept, closed, question.gap)
    let plan = solver.plan(for: table.finished(), shouldStop: shouldStop).plan
    let kept = question.kept.reduce(0) { $0 + (siteCosts?[$1] ?? 1) }
    (found.value, found.bound, found.isInterrupted) = (
      kept + plan.value, kept + plan.bound, plan.isInterrupted
    )
    found.chosen = order(question.kept + plan.sites) { $0.max() ?? 0 }
    found.proof = .covering(plan.certificate)
    return found
  }

  /// The fewest sites with which payments have ways of at most so many seconds on average: halved among numbers of sites.
  private func meanWay(_ seconds: Int, _ shouldStop: @escaping () -> Bool) -> SiteFindings {
    var found = SiteFindings(unit: .sites)
    found.beyondReach = beyondReach
    found.details.merging = merging
    let wanted = totalWeight * seconds
    let barred = Set(closed)
    let all = (0..<costs.siteCount).filter { !barred.contains($0) }
    let least = costs.value(of: all)
    if least > wanted {
      let mean = totalWeight == 0 ? 0 : (least - 1) / totalWeight + 1
      found.shortfall = .init(
        unservable: [], mostWeight: 0, totalWeight: 0,
        relaxation: SiteRelaxation(leastSeconds: mean, helps: true, nearest: []))
      return found
    }
    var best = all
    var (low, high) = (question.kept.count, all.count)
    if costs.value(of: question.kept) <= wanted { (best, high) = (question.kept, low) }
    while low < high, !found.isInterrupted {
      let middle = (low + high) / 2
      var solver = PMedian(costs, p: middle)
      (solver.open, solver.closed, solver.below) = (question.kept, closed, wanted + 1)
      let answer = solver.solve(shouldStop: shouldStop)
      if answer.value <= wanted {
        best = answer.plan
        high = min(middle, Set(answer.plan).union(question.kept).count)
      } else if answer.bound > wanted {
        low = middle + 1
        found.proof = .median(MedianCertificate(of: answer, to: solver))
      } else {
        found.isInterrupted = true
      }
    }
    (found.value, found.bound) = (max(low, Set(best).union(question.kept).count), low)
    found.chosen = order(best) { $0.reduce(0, +) }
    return found
  }

  /// How far the nearest allowed site is from each of some places.
  func nearestSites(of places: [Int]) -> [SiteRelaxation.Nearest] {
    var rowOfPlace: [Int: Int] = [:]
    for (row, place) in rowPlaces.enumerated() { rowOfPlace[place] = row }
    return places.map { place in
      guard let row = rowOfPlace[place], costs.rowStart[row] < costs.rowStart[row + 1] else {
        return .init(place: place, site: nil, seconds: nil, meters: nil)
      }
      let entry = costs.rowStart[row]
      return .init(place: place, site: Int(costs.sites[entry]), seconds: costs.costs[entry], meters: nil)
    }
  }

  /// The sites in the order in which each lowers the total most, the lower position first of equals. Sites that change nothing for
  /// anybody are left out, unless they are kept or `leavesOut` is false.
  ///
  /// - Parameter open: what is open besides.
  /// - Complexity: O(*p*² rows) for *p* sites.
  func order(
    _ plan: [Int], besides open: [Int] = [], leavesOut: Bool = true, by total: ([Int]) -> Int
  ) -> [SiteProposal.Chosen] {
    var left = Set(plan).union(question.kept).sorted()
    let kept = Set(leavesOut ? question.kept : left)
    var best = costs.nearest(of: open)
    var value = total(best)
    var chosen: [SiteProposal.Chosen] = []
    while !left.isEmpty {
      var pick = (slot: 0, value: Int.max, best: best)
      for (slot, site) in left.enumerated() {
        let next = costs.nearest(best, with: site)
        let nextValue = total(next)
        if nextValue < pick.value { pick = (slot, nextValue, next) }
      }
      let site = left.remove(at: pick.slot)
      if pick.best != best || kept.contains(site) {
        chosen.append(.init(site: site, gain: value - pick.value))
      }
      (best, value) = (pick.best, pick.value)
    }
    return chosen
  }
}

extension AssignmentCosts {
  /// What each row costs from the cheapest of some sites, or without any.
  func nearest(of sites: [Int]) -> [Int] { sites.reduce(base) { nearest($0, with: $1) } }

  /// What each row costs where a site is opened besides those that `best` comes from.
  ///
  /// - Complexity: O(rows).
  func nearest(_ best: [Int], with site: Int) -> [Int] {
    var best = best
    for entry in columnStart[site]..<columnStart[site + 1] {
      let row = Int(rows[entry])
      best[row] = min(best[row], columnCosts[entry])
    }
    return best
  }
}
