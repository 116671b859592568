/// Which sites draw the most payments, where people choose among points by attraction and time: the problem as flat rows.
///
///     // One place of 100 payments, whose points of today weigh 3; a site there would weigh 1.
///     let problem = CapturedVisits(
///       siteCount: 1, rows: [.init(payments: 100, standing: 3, sites: [(site: 0, weight: 1)])])
///     problem.captured(by: [0])  // 25
///
/// A row's payments go to the opened sites by the share W ÷ (S + W), W being the sum of their weights and S what stands there already
/// (Huff 1964; Benati and Hansen 2002, "The maximum capture problem with random utilities", EJOR 143). Weights are kept as whole multiples
/// of 2⁻²⁴ of a row's sum, payments as thousandths, so that what a plan captures is a whole number on any machine. Where nothing stands,
/// one such multiple does: all but millionths of the row are captured.
public struct CapturedVisits: Hashable, Sendable {
  /// A place.
  public struct Row {
    /// Payments a month that can be captured.
    public var payments: Double
    /// The weight of what people choose now.
    public var standing: Double
    /// The weights of sites, each site once.
    public var sites: [(site: Int, weight: Double)]

    /// Describes a place.
    public init(payments: Double, standing: Double, sites: [(site: Int, weight: Double)]) {
      (self.payments, self.standing, self.sites) = (payments, standing, sites)
    }
  }

  /// How many sites there are, points that may close among them.
  public let siteCount: Int
  /// Points of today that may close, as positions in the point table, ascending: the last sites, in this order. Each stays open unless a plan
  /// closes it.
  public var points: [Int] = []
  /// Payments of each row, in thousandths.
  private(set) var payments: [Int]
  /// S of each row.
  private(set) var standing: [Int]
  // Row i is rowSites[rowStart[i]..<rowStart[i + 1]] with weights beside them; site j serves columnRows[columnStart[j]..<columnStart[j + 1]].
  private(set) var rowStart: [Int]
  private(set) var rowSites: [Int32]
  private(set) var rowWeights: [Int]
  private(set) var columnStart: [Int]
  private(set) var columnRows: [Int32]
  private(set) var columnWeights: [Int]

  /// The sum of a row's weights.
  private static let unit = Double(1 << 24)
  /// The most payments a row may have: thousandths times weights then stay below 2⁶³.
  static let mostPayments = 1e8

  /// Takes rows; those without payments or sites say nothing and are left out.
  ///
  /// - Precondition: payments are in 0...10⁸, weights finite and at least 0, sites in `0..<siteCount`.
  /// - Complexity: O(entries).
  public init(siteCount: Int, rows: [Row]) {
    var (payments, standing, start): ([Int], [Int], [Int]) = ([], [], [0])
    var (sites, weights): ([Int32], [Int]) = ([], [])
    for row in rows {
      precondition((0...Self.mostPayments).contains(row.payments), "payments from 0 to 10⁸ are expected")
      let sum = row.sites.reduce(row.standing) { $0 + $1.weight }
      precondition(sum.isFinite && row.standing >= 0, "finite weights from 0 up are expected")
      let amount = Int((row.payments * 1_000).rounded())
      guard amount > 0, sum > 0 else { continue }
      let before = sites.count
      for entry in row.sites.sorted(by: { $0.site < $1.site }) {
        precondition(
          (0..<siteCount).contains(entry.site) && entry.weight >= 0, "known sites and weights are expected")
        let weight = Int((entry.weight / sum * Self.unit).rounded())
        if weight == 0 { continue }
        sites.append(Int32(entry.site))
        weights.append(weight)
      }
      if sites.count == before { continue }
      payments.append(amount)
      standing.append(max(1, Int((row.standing / sum * Self.unit).rounded())))
      start.append(sites.count)
    }
    self.siteCount = siteCount
    (self.payments, self.standing, rowStart, rowSites, rowWeights) = (
      payments, standing, start, sites, weights
    )
    (columnStart, columnRows, columnWeights) = ([], [], [])
    readColumns()
  }

  /// The same, with whole payments more for each of some sites that is open.
  func granting(_ more: Int, for sites: some Sequence<Int>) -> CapturedVisits {
    var granting = self
    let weight = Int(Self.unit) - 1
    // Of this much, rounded up, a site of this weight beside a standing of 1 draws what it is to.
    let amount = more * 1_000
    let drawn = amount + (amount + weight - 1) / weight
    for site in sites {
      granting.payments.append(drawn)
      granting.standing.append(1)
      granting.rowSites.append(Int32(site))
      granting.rowWeights.append(weight)
      granting.rowStart.append(granting.rowSites.count)
    }
    granting.readColumns()
    return granting
  }

  /// Reads the rows by site.
  private mutating func readColumns() {
    let (start, sites, weights) = (rowStart, rowSites, rowWeights)
    var columnStart = [Int](repeating: 0, count: siteCount + 1)
    for site in sites { columnStart[Int(site) + 1] += 1 }
    for j in 0..<siteCount { columnStart[j + 1] += columnStart[j] }
    var next = columnStart
    var columnRows = [Int32](repeating: 0, count: sites.count)
    var columnWeights = [Int](repeating: 0, count: sites.count)
    for i in payments.indices {
      for entry in start[i]..<start[i + 1] {
        let slot = next[Int(sites[entry])]
        next[Int(sites[entry])] += 1
        columnRows[slot] = Int32(i)
        columnWeights[slot] = weights[entry]
      }
    }
    (self.columnStart, self.columnRows, self.columnWeights) = (columnStart, columnRows, columnWeights)
  }

  /// Thousandths of payments that a row loses to sites of weight `sum` together, rounded down.
  @inline(__always)
  func captured(_ row: Int, _ sum: Int) -> Int { payments[row] * sum / (standing[row] + sum) }

  /// Whole payments that sites capture together.
  ///
  /// - Complexity: O(entries of the sites + rows).
  public func captured(by sites: some Sequence<Int>) -> Int { thousandths(by: sites) / 1_000 }

  func thousandths(by sites: some Sequence<Int>) -> Int {
    let sums = sums(of: sites)
    return sums.indices.reduce(0) { $0 + captured($1, sums[$1]) }
  }

  /// The weight of sites in each row.
  func sums(of sites: some Sequence<Int>) -> [Int] {
    var sums = [Int](repeating: 0, count: payments.count)
    for site in sites { add(site, to: &sums) }
    return sums
  }

  func add(_ site: Int, to sums: inout [Int]) {
    for entry in columnStart[site]..<columnStart[site + 1] {
      sums[Int(columnRows[entry])] += columnWeights[entry]
    }
  }

  /// Sites in the order in which each adds most to others and to those before it, the lower one of equals first, and the whole payments
  /// that each adds.
  ///
  /// - Complexity: O(sites² × entries of a site).
  func order(of sites: [Int], after others: [Int]) -> [(site: Int, gain: Int)] {
    var left = sites.sorted()
    var order: [(site: Int, gain: Int)] = []
    var sums = sums(of: others)
    var value = sums.indices.reduce(0) { $0 + captured($1, sums[$1]) }
    while !left.isEmpty {
      let gains = left.map { gain(of: $0, beside: sums) }
      let slot = gains.indices.max { gains[$0] == gains[$1] ? $0 > $1 : gains[$0] < gains[$1] } ?? 0
      let site = left.remove(at: slot)
      add(site, to: &sums)
      order.append((site, (value + gains[slot]) / 1_000 - value / 1_000))
      value += gains[slot]
    }
    return order
  }

  /// Thousandths that a site adds to what sites of these sums capture; to nothing where there are none.
  func gain(of site: Int, beside sums: [Int]?) -> Int {
    var gain = 0
    for entry in columnStart[site]..<columnStart[site + 1] {
      let row = Int(columnRows[entry])
      let sum = sums?[row] ?? 0
      gain += captured(row, sum + columnWeights[entry]) - captured(row, sum)
    }
    return gain
  }
}
