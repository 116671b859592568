/// What no plan can capture more than, by what each site claims of each row.
///
/// Whatever the claims c_ij, a plan T captures at most
///
///     Σ over rows of (the most over sets S of f_i(S) − Σ over j in S of c_ij) + Σ over the sites j of T of C_j,  C_j = Σ over rows of c_ij,
///
/// f_i(S) being what S draws from row i: each row may take the set that is best for it, T among them. The last sum is at most that of
/// the open sites and of the p free ones with the largest C_j. The least over all claims is the bound of the concave hulls of the f_i, far
/// below that of the tangents of share and weight where sites draw much more than what stands there: parts of sites then draw nearly
/// as much as whole ones (on the sample county 3,432 and 10,464 payments for ten sites). Everything is a whole number of thousandths.
///
/// Rules have prices q from 0 up, and for a plan that keeps to them Σ C_j ≤ Σ q · limit + Σ (C_j − Σ q · amount): the p largest of what is
/// left of the C_j count, as far as it is above 0 (the Lagrangian of `RuledCertificate`, with a count besides).
struct CaptureBound {
  let part: CapturePart
  /// By entry of the part, in thousandths.
  private(set) var claims: [Int]
  /// By rule of the part, in thousandths per amount, times 2^`CaptureRules.shift`.
  private(set) var prices: [Int]
  /// The bound, in thousandths.
  private(set) var value = Int.max
  /// C by site of the part, less what the rules charge.
  private(set) var worths: [Int]
  /// The sites that the bound takes, by their place in the part; the one worth most first.
  private(set) var taken: [Int] = []
  /// Whether the row's best set holds the site, by entry.
  private(set) var isWanted: [Bool]
  /// The least worth taken and the greatest left.
  private(set) var lastTaken = 0
  private(set) var firstLeft = 0

  /// Claims between what a site adds to all the others, and what it draws alone: nothing outside is any better.
  init(_ part: CapturePart, claims: (Int) -> Int, prices: (Int) -> Int) {
    self.part = part
    self.prices = part.rules.ruleID.map { prices(Int($0)) }
    self.claims = part.weights.indices.map {
      min(part.greatest[$0], max(part.least[$0], claims(Int(part.entry[$0]))))
    }
    worths = part.worths
    isWanted = [Bool](repeating: false, count: part.weights.count)
  }

  /// Whole payments that no plan of the part captures more than.
  var payments: Int { value / 1_000 }

  /// Computes the bound at the present claims, and everything beside it.
  mutating func evaluate(room: Int, scratch: inout CaptureRow) {
    var sum = Int128(part.constant)
    worths = part.worths
    for row in part.rows.indices {
      let entries = part.rowStart[row]..<part.rowStart[row + 1]
      let most = part.weights.withUnsafeBufferPointer { weights in
        claims.withUnsafeBufferPointer { claims in
          scratch.most(
            part.rows[row], UnsafeBufferPointer(rebasing: weights[entries]),
            UnsafeBufferPointer(rebasing: claims[entries]))
        }
      }
      sum += Int128(most)
      for entry in entries {
        isWanted[entry] = false
        worths[Int(part.site[entry])] += claims[entry]
      }
      for slot in scratch.taken { isWanted[entries.lowerBound + slot] = true }
    }
    if !prices.isEmpty {
      let charges = part.rules.charges(prices)
      sum += charges.limits
      for site in worths.indices { worths[site] -= charges.sites[site] }
    }
    let order = worths.indices.sorted { (worths[$1], $0) < (worths[$0], $1) }
    taken = Array(order.prefix(room).prefix { worths[$0] >= 0 })
    for site in taken { sum += Int128(worths[site]) }
    lastTaken = taken.count == room ? taken.last.map { worths[$0] } ?? 0 : 0
    firstLeft = taken.count == room && room < order.count ? max(0, worths[order[room]]) : 0
    // A bound beyond all payments says nothing; one below nothing says that there is no plan.
    value = Int(max(-1 << 61, min(1 << 61, sum)))
  }

  /// Moves claims against a slope, down where it is positive, and prices against another.
  mutating func move(_ slope: [Double], _ priceSlope: [Double], by step: Double) {
    for rule in prices.indices {
      prices[rule] = part.rules.moved(prices[rule], of: rule, against: priceSlope[rule], by: step)
    }
    for entry in claims.indices {
      let moved = Double(claims[entry]) - step * slope[entry]
      claims[entry] =
        moved <= Double(part.least[entry])
        ? part.least[entry]
        : moved >= Double(part.greatest[entry]) ? part.greatest[entry] : Int(moved.rounded())
    }
  }

  /// The free sites that no plan of more than `whole` payments opens, and those that all such plans open.
  func decided(beating whole: Int, room: Int) -> (closes: [Int], opens: [Int]) {
    var isTaken = [Bool](repeating: false, count: worths.count)
    for site in taken { isTaken[site] = true }
    var (closes, opens): ([Int], [Int]) = ([], [])
    for site in worths.indices {
      if isTaken[site] {
        if (value - worths[site] + firstLeft) / 1_000 <= whole { opens.append(Int(part.siteID[site])) }
      } else if room == 0 || (value - lastTaken + worths[site]) / 1_000 <= whole {
        closes.append(Int(part.siteID[site]))
      }
    }
    return (closes, opens)
  }
}

/// What is left of a question of captured payments once some sites are open and some closed.
struct CapturePart {
  /// The free sites that draw anything, and where there are rules the others, too; sites of the part are places in here.
  let siteID: [Int32]
  /// The rules that may still bind.
  let rules: CaptureRules
  /// By site, what it draws from the rows where no other free site draws anything.
  let worths: [Int]
  /// What the open sites draw from all rows that are not in `rows`.
  let constant: Int
  /// The rows where more than one free site draws something.
  let rows: [CaptureRow.Row]
  // Row i has the entries rowStart[i]..<rowStart[i + 1].
  let rowStart: [Int]
  let site: [Int32]
  let weights: [Int]
  /// The entry of the problem that each entry is.
  let entry: [Int32]
  /// What a site adds to all other free ones, and what it adds to the open ones alone. One less, rounding included, is less than what it adds
  /// to any: so cheap a site is in every row's best set, which many sites that are open anyhow need.
  let least: [Int]
  let greatest: [Int]
  /// The entries of the problem that have a row for themselves, and what they draw.
  let alone: [(entry: Int32, drawn: Int)]

  /// - Parameter state: 0 for a free site, 1 for an open one, -1 for a closed one.
  init(_ problem: CapturedVisits, _ state: [Int8], _ rules: CaptureRules.Source) {
    var number = [Int32](repeating: -1, count: state.count)
    var siteID: [Int32] = []
    for site in state.indices
    where state[site] == 0
      && (rules.isRuled || problem.columnStart[site] < problem.columnStart[site + 1])
    {
      number[site] = Int32(siteID.count)
      siteID.append(Int32(site))
    }
    var worths = [Int](repeating: 0, count: siteID.count)
    var constant = 0
    var rows: [CaptureRow.Row] = []
    var rowStart = [0]
    var (sites, weights, entries): ([Int32], [Int], [Int32]) = ([], [], [])
    var (least, greatest): ([Int], [Int]) = ([], [])
    var alone: [(entry: Int32, drawn: Int)] = []
    for i in problem.payments.indices {
      var row = CaptureRow.Row(payments: problem.payments[i], standing: problem.standing[i], opened: 0)
      var (all, free) = (0, 0)
      let range = problem.rowStart[i]..<problem.rowStart[i + 1]
      for entry in range {
        let site = Int(problem.rowSites[entry])
        if state[site] == 1 { row.opened += problem.rowWeights[entry] }
        if state[site] == 0 {
          all += problem.rowWeights[entry]
          free += 1
        }
      }
      if free < 2 { constant += row.drawn(0) }
      if free == 0 { continue }
      for entry in range where state[Int(problem.rowSites[entry])] == 0 {
        let (site, weight) = (number[Int(problem.rowSites[entry])], problem.rowWeights[entry])
        let drawn = row.drawn(weight) - row.drawn(0)
        if free == 1 {
          worths[Int(site)] += drawn
          alone.append((Int32(entry), drawn))
          continue
        }
        sites.append(site)
        weights.append(weight)
        entries.append(Int32(entry))
        least.append(max(0, row.drawn(all) - row.drawn(all - weight) - 1))
        greatest.append(max(drawn, least[least.count - 1]))
      }
      if free > 1 {
        rows.append(row)
        rowStart.append(sites.count)
      }
    }
    self.siteID = siteID
    self.rules = CaptureRules(rules, state, number, each: sites.count / max(1, siteID.count))
    self.worths = worths
    self.constant = constant
    (self.rows, self.rowStart, site, self.weights, entry) = (rows, rowStart, sites, weights, entries)
    (self.least, self.greatest, self.alone) = (least, greatest, alone)
  }
}
