/// A choice of sites that is brought to keep the rules, and then improved by opening sites and by exchanging one for another.
struct RuledExchange {
  private let instance: RuledInstance
  /// Sites that are decided for good.
  private let isFixed: [Bool]
  private(set) var isOpen: [Bool]
  /// The weight covered.
  private(set) var value = 0
  private var sitesOn: [Int32]
  private var ways: AssignmentSwaps?
  /// By rule, what the open sites amount to.
  private var activity: [Int]
  // What a closed site would add, what an open one would take away.
  private var effect: [Int]
  private var saved: [Int]
  private let reciprocals: [Double]

  /// Starts with these sites, and those decided to be open.
  init(_ instance: RuledInstance, decided: [Int8], open sites: [Int]) {
    self.instance = instance
    isFixed = decided.map { $0 != 0 }
    isOpen = [Bool](repeating: false, count: instance.siteCount)
    sitesOn = [Int32](repeating: 0, count: instance.weights.count)
    activity = [Int](repeating: 0, count: instance.rules.count)
    effect = [Int](repeating: 0, count: instance.siteCount)
    saved = effect
    reciprocals = instance.rules.map { rule in 1 / Double(max(1, rule.amounts.map(abs).max() ?? 1)) }
    for site in decided.indices where decided[site] == 1 { isOpen[site] = true }
    for site in sites where decided[site] == 0 { isOpen[site] = true }
    for site in isOpen.indices where isOpen[site] {
      for row in instance.sites[site] { sitesOn[Int(row)] += 1 }
      for (rule, amount) in instance.rulesOfSite[site] { activity[rule] += amount }
    }
    if let costs = instance.ways {
      var swaps = AssignmentSwaps(costs, state: [Int8](repeating: 0, count: costs.siteCount))
      for site in isOpen.indices where isOpen[site] { swaps.add(site) }
      value = costs.base.reduce(0, +) - swaps.value
      ways = swaps
    }
    for row in sitesOn.indices where Int(sitesOn[row]) >= instance.needs[row] {
      value += instance.weights[row]
    }
    for site in effect.indices { recount(site) }
  }

  /// Whether all rules are kept.
  var keepsRules: Bool { activity.indices.allSatisfy { activity[$0] <= instance.rules[$0].limit } }

  private mutating func recount(_ site: Int) {
    let missing = isOpen[site] ? 0 : -1
    let ofWays = (isOpen[site] ? ways?.loss(of: site) : ways?.saving(of: site)) ?? 0
    effect[site] = instance.sites[site].reduce(ofWays) { sum, row in
      Int(sitesOn[Int(row)]) - instance.needs[Int(row)] == missing ? sum + instance.weights[Int(row)] : sum
    }
  }

  private mutating func flip(_ site: Int) {
    value += isOpen[site] ? -effect[site] : effect[site]
    isOpen[site].toggle()
    let (by, sign): (Int32, Int) = isOpen[site] ? (1, 1) : (-1, -1)
    for (rule, amount) in instance.rulesOfSite[site] { activity[rule] += sign * amount }
    if isOpen[site] { ways?.add(site) } else { ways?.remove(site) }
    var touched: Set<Int32> = [Int32(site)]
    for row in instance.sites[site] {
      sitesOn[Int(row)] += by
      touched.formUnion(instance.rows[Int(row)])
    }
    // Ways are long: whatever changes one, most sites notice.
    if ways != nil { touched.formUnion((0..<Int32(effect.count))) }
    for other in touched { recount(Int(other)) }
  }

  /// By how much the breaking of rules changes, in largest amounts, if these sites are flipped.
  private func strain(flipping sites: Int...) -> Double {
    var change = 0.0
    for (k, site) in sites.enumerated() {
      for (rule, amount) in instance.rulesOfSite[site] {
        // A rule that an earlier site of the list is in was counted with that one.
        if sites[..<k].contains(where: { other in instance.rulesOfSite[other].contains { $0.rule == rule } })
        {
          continue
        }
        var more = isOpen[site] ? -amount : amount
        for other in sites[(k + 1)...] {
          for entry in instance.rulesOfSite[other] where entry.rule == rule {
            more += isOpen[other] ? -entry.amount : entry.amount
          }
        }
        let (old, limit) = (activity[rule], instance.rules[rule].limit)
        change += Double(max(0, old + more - limit) - max(0, old - limit)) * reciprocals[rule]
      }
    }
    return change
  }

  /// Flips the sites that mend most, the one that costs least weight first of equals, until nothing is broken or nothing helps.
  ///
  /// - Complexity: O(sites) for each flip, and O(sites × open) where only exchanges help.
  mutating func mend(_ patience: () -> Bool) {
    while !keepsRules, !patience() {
      var best: (sites: [Int], strain: Double, loss: Int)?
      func offer(_ sites: [Int], _ strain: Double, _ loss: Int) {
        guard strain < -1e-12 else { return }
        if let old = best, (old.strain, old.loss) <= (strain, loss) { return }
        best = (sites, strain, loss)
      }
      for site in isOpen.indices where !isFixed[site] {
        offer([site], strain(flipping: site), isOpen[site] ? effect[site] : -effect[site])
      }
      if best == nil {
        let open = isOpen.indices.filter { isOpen[$0] && !isFixed[$0] }
        for site in isOpen.indices where !isOpen[site] && !isFixed[site] {
          for other in open {
            offer([site, other], strain(flipping: site, other), effect[other] - effect[site])
          }
        }
      }
      guard let best else { return }
      for site in best.sites { flip(site) }
    }
  }

  /// Opens and exchanges sites as long as it covers more and keeps the rules.
  mutating func improve(_ patience: () -> Bool) {
    fill()
    var sinceChange = 0
    var site = 0
    while sinceChange < isOpen.count, !patience() {
      if !isOpen[site], !isFixed[site], tryToOpen(site) { sinceChange = 0 } else { sinceChange += 1 }
      site = site + 1 == isOpen.count ? 0 : site + 1
    }
    fill()
  }

  /// Opens the site that adds most for what it uses up of the rules, again and again.
  private mutating func fill() {
    while true {
      var best: (site: Int, merit: Double)?
      for site in isOpen.indices where !isOpen[site] && !isFixed[site] && effect[site] > 0 {
        var use = 1e-9
        for (rule, amount) in instance.rulesOfSite[site] where amount > 0 {
          use += Double(amount) / Double(max(1, instance.rules[rule].limit - activity[rule]))
        }
        let merit = Double(effect[site]) / use
        if let old = best, old.merit >= merit { continue }
        if strain(flipping: site) <= 0 { best = (site, merit) }
      }
      guard let best else { return }
      flip(best.site)
    }
  }

  private mutating func tryToOpen(_ site: Int) -> Bool {
    if effect[site] > 0, strain(flipping: site) <= 0 {
      flip(site)
      return true
    }
    var savers: Set<Int32> = []
    for row in instance.sites[site] {
      let missing = instance.needs[Int(row)] - Int(sitesOn[Int(row)])
      // With one site more than needed any may go; with the last one missing, none.
      guard missing == 0 || missing == 1 else { continue }
      for other in instance.rows[Int(row)] where isOpen[Int(other)] {
        saved[Int(other)] += missing == 0 ? instance.weights[Int(row)] : -instance.weights[Int(row)]
        savers.insert(other)
      }
    }
    if var ways {
      var spared = [Int](repeating: 0, count: ways.plan.count)
      _ = ways.enter(site, &spared)
      for (place, other) in ways.plan.enumerated() {
        saved[other] += spared[place]
        savers.insert(Int32(other))
      }
    }
    var best: (site: Int, gain: Int) = (-1, 0)
    for other in isOpen.indices where isOpen[other] && !isFixed[other] {
      let gain = effect[site] - effect[other] + saved[other]
      if gain > best.gain, strain(flipping: site, other) <= 0 { best = (other, gain) }
    }
    for saver in savers { saved[Int(saver)] = 0 }
    guard best.site >= 0 else { return false }
    flip(best.site)
    flip(site)
    return true
  }
}
