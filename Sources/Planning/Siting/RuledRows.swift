/// Rows of a covering question under rules as they come; those with the same sites and needs are made one.
struct RowBuilder {
  private let siteCount: Int
  private var single = RowMerger()
  private var double = RowMerger()
  /// The weight that needs nothing more.
  var base = 0

  init(siteCount: Int) { self.siteCount = siteCount }

  /// Adds a row that needs one or two of some sites, ascending; one that can never have as many is left out.
  mutating func append(_ weight: Int, _ sites: [Int32], needs: Int = 1) {
    precondition((1...2).contains(needs), "a row needs one site or two")
    guard sites.count >= needs else { return }
    sites.withUnsafeBufferPointer {
      _ = needs == 1 ? single.add($0, weight: weight) : double.add($0, weight: weight)
    }
  }

  /// Adds p-median in the radius formulation: a row for each step from one way of a place to the next longer one, which weighs the step and
  /// is covered by the sites that are nearer (Elloumi, Labbé and Pochet 2004, "A new formulation and resolution method for the p-center
  /// problem", for centers; Cornuéjols, Nemhauser and Wolsey 1980 for medians). What is covered is what the ways are shortened by.
  mutating func append(_ ways: AssignmentCosts) {
    for row in 0..<ways.rowCount {
      var near: [Int32] = []
      for entry in ways.rowStart[row]..<ways.rowStart[row + 1] {
        near.append(ways.sites[entry])
        let isLast = entry + 1 == ways.rowStart[row + 1]
        let next = isLast ? ways.base[row] : ways.costs[entry + 1]
        if next > ways.costs[entry] { append(next - ways.costs[entry], near.sorted()) }
      }
    }
  }

  /// The question, without rules.
  var problem: RuledCovering {
    var rows = single.rows
    for row in 0..<double.rows.count { rows.append(double.rows[row]) }
    var question = RuledCovering(
      siteCount: siteCount, rows: rows, weights: single.weights + double.weights)
    question.needs = single.weights.map { _ in 1 } + double.weights.map { _ in 2 }
    return question
  }
}

/// What each place lacks to be served by points of two operators.
struct SecondOperatorRows {
  /// By place, the operators of the points that serve it.
  private let operators: [Set<Int32>]
  /// The operator of all new points; `nil` where each has its own, -1 where it is none of today's.
  private let newOperator: Int32?

  /// - Complexity: that of finding which points serve each place.
  init(_ network: PaymentNetwork, _ options: CoverageOptions, _ newOperator: SiteRules.NewOperator) {
    let everybody = [Bool](repeating: false, count: network.places.count)
    let serving = SiteReach(points: network.points, in: network, options).serving(everybody)
    operators = serving.map { Set($0.map { network.points.operators[Int($0)] }) }
    switch newOperator {
    case .ownEach: self.newOperator = nil
    case .named(let name):
      self.newOperator = Int32(network.points.operatorNames.firstIndex(of: name) ?? -1)
    }
  }

  /// Adds the row of a place: nothing where two operators serve it, one site where one does, two where none does.
  func add(_ place: Int, _ weight: Int, _ sites: [Int32], to builder: inout RowBuilder) {
    let missing = 2 - operators[place].count
    if missing <= 0 {
      builder.base += weight
    } else if let newOperator {
      // New points of one operator are one more operator at most, and none where that is there already.
      if missing == 1, !operators[place].contains(newOperator) { builder.append(weight, sites) }
    } else {
      builder.append(weight, sites, needs: missing)
    }
  }
}

/// A plan under rules, with what each site is good for.
struct RuledTally {
  private let question: RuledCovering
  private let placesOfSites: FlatRows
  private(set) var isOpen: [Bool]
  private var sitesOn: [Int]
  private var ways: AssignmentSwaps?
  private(set) var value = 0

  init(_ question: RuledCovering, open sites: [Int]) {
    self.question = question
    placesOfSites = question.rows.transposed(columnCount: question.siteCount)
    isOpen = [Bool](repeating: false, count: question.siteCount)
    sitesOn = [Int](repeating: 0, count: question.weights.count)
    ways = question.ways.map { AssignmentSwaps($0, state: [Int8](repeating: 0, count: $0.siteCount)) }
    for site in sites { flip(site) }
  }

  /// What opening a closed site would add, or closing an open one take away.
  func effect(_ site: Int) -> Int {
    let ofWays = (isOpen[site] ? ways?.loss(of: site) : ways?.saving(of: site)) ?? 0
    return placesOfSites[site].reduce(ofWays) { sum, row in
      let missing = question.needs[Int(row)] - sitesOn[Int(row)]
      return missing == (isOpen[site] ? 0 : 1) ? sum + question.weights[Int(row)] : sum
    }
  }

  private mutating func flip(_ site: Int) {
    value += isOpen[site] ? -effect(site) : effect(site)
    isOpen[site].toggle()
    if isOpen[site] { ways?.add(site) } else { ways?.remove(site) }
    for row in placesOfSites[site] { sitesOn[Int(row)] += isOpen[site] ? 1 : -1 }
  }

  private var keepsRules: Bool {
    question.rules.allSatisfy { rule in
      zip(rule.sites, rule.amounts).reduce(0) { isOpen[Int($1.0)] ? $0 + $1.1 : $0 } <= rule.limit
    }
  }

  /// Flips sites if the rules stay kept and nothing is lost.
  private mutating func tryTo(flip sites: Int...) -> Bool {
    let before = value
    for site in sites { flip(site) }
    if value >= before, keepsRules { return true }
    for site in sites { flip(site) }
    return false
  }

  /// Leaves points open and sites closed as far as that loses nothing: plans change no more than they must.
  ///
  /// Of points that may close as well as others, those with the fewest payments do.
  ///
  /// - Parameters:
  ///   - count: how many of the sites are candidates; the others are points of today.
  ///   - payments: of each of the points.
  mutating func leaveAlone(candidates count: Int, payments: [Int]) {
    let kept = Set(question.kept)
    let forbidden = Set(question.forbidden)
    func idle(_ tally: RuledTally) -> [Int] {
      (0..<count).filter { tally.isOpen[$0] && !kept.contains($0) && tally.effect($0) == 0 }
    }
    let points = (count..<question.siteCount).filter { !forbidden.contains($0) }
    for point in points where !isOpen[point] { _ = tryTo(flip: point) }
    for site in idle(self).reversed() { _ = tryTo(flip: site) }
    for site in idle(self) {
      for point in points where !isOpen[point] {
        if tryTo(flip: site, point) { break }
      }
    }
    let quietest = payments.indices.sorted { (payments[$0], $0) < (payments[$1], $1) }
    for closed in quietest.reversed() where !isOpen[count + closed] && !forbidden.contains(count + closed) {
      for other in quietest where isOpen[count + other] {
        if payments[other] >= payments[closed] { break }
        if tryTo(flip: count + closed, count + other) { break }
      }
    }
  }

  /// The open candidates in the order in which each adds most to the points, the lower position first of equals.
  ///
  /// - Complexity: O(opened × their rows).
  func openingOrder(candidates count: Int, kept: Set<Int>) -> [(site: Int, gain: Int)] {
    var tally = self
    var left = (0..<count).filter { isOpen[$0] }
    for site in left { tally.flip(site) }
    var order: [(site: Int, gain: Int)] = []
    while !left.isEmpty {
      let gains = left.map { tally.effect($0) }
      let slot = gains.indices.max { gains[$0] == gains[$1] ? $0 > $1 : gains[$0] < gains[$1] } ?? 0
      order.append((left[slot], gains[slot]))
      tally.flip(left.remove(at: slot))
    }
    return order
  }
}
