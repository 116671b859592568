import Travel

/// Adds verdicts up to figures.
struct Summarizer {
  let network: PaymentNetwork
  let answer: Coverage
  let hasBackup: [Bool]
  let ladder: VillageLadder
  let weight: CoverageOptions.Weight

  /// The figures of the places at `indices`.
  ///
  /// - Complexity: O(*n* log *n*) for *n* places.
  func summary(of indices: some Collection<Int>) -> CoverageSummary {
    let places = network.places
    var summary = CoverageSummary()
    var backedUp = 0
    var elderly = Tally()
    var knowsElderly = false
    var townships = [Tally](repeating: Tally(), count: places.townshipNames.count)
    var onTheWay: [Weighted] = []
    var distances: [Weighted] = []
    // Exact up to 2^53, which no county reaches; past it rounded, where an `Int` would overflow.
    var burdenSeconds = 0.0
    for i in indices {
      let customers = places.customers[i]
      let isServed = answer.isServed[i]
      summary.all.add(customers: customers, isServed: isServed)
      switch places.settings[i] {
      case .town: summary.town.add(customers: customers, isServed: isServed)
      case .village: summary.village.add(customers: customers, isServed: isServed)
      }
      townships[Int(places.townships[i])].add(customers, isServed: isServed)
      if hasBackup[i] { backedUp += customers }
      if !places.elderlyShares[i].isNaN {
        knowsElderly = true
        elderly.add(places.weight(of: i, by: .elderly), isServed: isServed)
      }
      let placeWeight = places.weight(of: i, by: weight)
      summary.weighted.add(placeWeight, isServed: isServed)
      switch speedMatters(to: i) {
      case .lost: summary.sensitivity.lost += customers
      case .gained: summary.sensitivity.gained += customers
      case nil: break
      }
      if answer.nearestPoints[i] < 0 {
        summary.unreachable += 1
      } else {
        onTheWay.append(Weighted(value: Int(answer.seconds[i]), weight: placeWeight))
        distances.append(Weighted(value: Int(answer.meters[i]), weight: placeWeight))
        burdenSeconds += Double(places.weight(of: i, by: .payments) * 12 * 2) * Double(answer.seconds[i])
      }
    }
    onTheWay.sort()
    distances.sort()
    summary.villages = villages(of: indices)
    summary.seconds = .init(onTheWay)
    summary.meters = .init(distances)
    summary.backupShare =
      summary.all.customers.total == 0 ? nil : Double(backedUp) / Double(summary.all.customers.total)
    summary.roundTripHoursPerYear = burdenSeconds / 3600
    summary.equity.worstTenthMeanSeconds = worstTenthMean(onTheWay)
    summary.equity.gini = gini(onTheWay)
    if knowsElderly, let allShare = summary.all.customers.share, let elderlyShare = elderly.share {
      summary.equity.elderlyGap = allShare - elderlyShare
    }
    summary.equity.lowestTownshipShare = townships.compactMap(\.share).min()
    return summary
  }

  private enum Change { case lost, gained }

  /// What becomes of the verdict on place `i` when everybody is slower or faster by `SpeedSensitivity.percent`: whole
  /// seconds are compared, so the change is exact. Places judged by a point in the village know no speeds.
  private func speedMatters(to i: Int) -> Change? {
    let limit: TravelTime
    switch (network.places.settings[i], answer.options.standard.village) {
    case (.town, _): limit = answer.options.standard.townLimit
    case (.village, .within(let time, _)): limit = time
    case (.village, .pointInVillage): return nil
    }
    guard answer.nearestPoints[i] >= 0 else { return nil }
    let percent = CoverageSummary.SpeedSensitivity.percent
    var hundredfold = Int(answer.seconds[i]) * 100
    var left = limit.seconds
    if let waits = answer.waits, waits.points[i] >= 0 {
      // Nobody waits less for walking faster. Judged where people are done first today, so a change of point is not foreseen.
      let delay = Int(waits.delaySeconds[Int(waits.points[i])])
      hundredfold = (Int(waits.seconds[i]) - delay) * 100
      left -= delay
    }
    if answer.isServed[i] { return hundredfold > left * (100 - percent) ? .lost : nil }
    return hundredfold <= left * (100 + percent) ? .gained : nil
  }

  private func villages(of indices: some Collection<Int>) -> CoverageSummary.VillageLadder {
    var isMember = [Bool](repeating: false, count: ladder.isVillage.count)
    for i in indices where network.places.settings[i] == .village {
      isMember[Int(network.places.villages[i])] = true
    }
    func count(_ level: [Bool]) -> Int { zip(isMember, level).count { $0 && $1 } }
    var result = CoverageSummary.VillageLadder()
    result.total = isMember.count { $0 }
    result.remote = count(ladder.isRemote)
    result.reachable = count(ladder.isReachable)
    result.withPoint = count(ladder.hasPoint)
    result.effective = ladder.isEffective.map(count)
    result.secured = ladder.isSecured.map(count)
    result.effectiveProRata = ladder.openMinutes.map { minutes in
      // Whole minutes are added, so that no order of the villages shows.
      let sum = zip(isMember, minutes).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
      return Double(sum) / Double(VillageLadder.fullMinutes)
    }
    result.partTime = ladder.partTime.map {
      zip(isMember, $0).reduce(into: .init()) { if $1.0 { $0 += $1.1 } }
    }
    return result
  }
}

extension Tally {
  mutating func add(_ amount: Int, isServed: Bool) {
    total += amount
    if isServed { served += amount }
  }
}

extension CoverageSummary.Population {
  mutating func add(customers count: Int, isServed: Bool) {
    places.add(1, isServed: isServed)
    customers.add(count, isServed: isServed)
  }
}

/// A value and how much it weighs.
struct Weighted: Comparable {
  var value: Int
  var weight: Int

  static func < (a: Weighted, b: Weighted) -> Bool { a.value < b.value }
}

extension CoverageSummary.Distribution {
  /// The distribution of `sorted`, which ascends by value. The maximum is that of all values, whatever they weigh.
  init(_ sorted: [Weighted]) {
    self.init()
    max = sorted.last?.value
    let total = sorted.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return }
    mean = sorted.reduce(0.0) { $0 + Double($1.value) * Double($1.weight) } / Double(total)
    func percentile(_ percent: Int) -> Int? {
      var below = 0
      for item in sorted {
        below += item.weight
        // below ÷ total ≥ percent ÷ 100, without a division that could round.
        if below.multipliedFullWidth(by: 100) >= total.multipliedFullWidth(by: percent) { return item.value }
      }
      return nil
    }
    p50 = percentile(50)
    p90 = percentile(90)
    p95 = percentile(95)
  }
}

private func >= (a: (high: Int, low: UInt), b: (high: Int, low: UInt)) -> Bool {
  a.high != b.high ? a.high > b.high : a.low >= b.low
}

/// The mean over the worst-served tenth of the weight (conditional value at risk, CVaR90; Rockafellar and Uryasev
/// 2000); the place on the border of the tenth counts with the part of its weight that falls inside.
func worstTenthMean(_ sorted: [Weighted]) -> Double? {
  let total = sorted.reduce(0) { $0 + $1.weight }
  guard total > 0 else { return nil }
  let tenth = Double(total) / 10
  var left = tenth
  var sum = 0.0
  for item in sorted.reversed() where left > 0 {
    let part = min(left, Double(item.weight))
    sum += part * Double(item.value)
    left -= part
  }
  return sum / tenth
}

/// The Gini coefficient of the values: half the mean absolute difference of two people, relative to the mean.
///
/// From the Lorenz curve of the sorted values; 0 where all are alike, also where all are 0.
func gini(_ sorted: [Weighted]) -> Double? {
  let total = Double(sorted.reduce(0) { $0 + $1.weight })
  guard total > 0 else { return nil }
  let sum = sorted.reduce(0.0) { $0 + Double($1.value) * Double($1.weight) }
  guard sum > 0 else { return 0 }
  var below = 0.0
  var area = 0.0
  for item in sorted {
    let share = Double(item.value) * Double(item.weight)
    area += Double(item.weight) * (2 * below + share)
    below += share
  }
  return max(0, 1 - area / (total * sum))
}
