/// The most that sites draw from a row beyond what each of them claims of it: max over sets S of what S draws less the claims of S.
///
/// What a row gives grows ever more slowly with the weight of the sites, so a site that brings less than its claim to a set brings less to
/// every larger one, and a set gains at most the sum of what its sites gain each by itself (Nemhauser, Wolsey and Fisher 1978, "An analysis
/// of approximations for maximizing submodular set functions", Mathematical Programming 14). With that, and with the bound that parts of
/// sites give, few sets have to be looked at. Scratch space: made once, used for row after row.
struct CaptureRow {
  /// What is known of a site that may still be added to a set.
  private struct Option {
    var slot: Int
    /// What adding it gains at most, its claim taken off.
    var net: Int
  }

  private var options: [Option] = []
  private var path: [Int] = []
  private var looked = 0
  /// How many sets were looked at so far, in all rows.
  private(set) var sets = 0
  private var best = 0
  /// After `most`: the sites of the best set, by their place in the row.
  private(set) var taken: [Int] = []

  /// How many sets are looked at before a bound is the answer.
  private static let mostSets = 20_000

  /// A row: thousandths of payments, the weight of what people choose now, and that of the sites that are open in any case.
  struct Row {
    var payments: Int
    var standing: Int
    var opened: Int

    /// Thousandths that sites of weight `sum` and the open ones draw together, rounded down.
    @inline(__always)
    func drawn(_ sum: Int) -> Int { payments * (opened + sum) / (standing + opened + sum) }
  }

  /// - Parameters:
  ///   - weights: of the sites that may be added.
  ///   - claims: of the same sites, from 0 up.
  /// - Returns: what the open sites and the best set draw less the claims of the set; more than that only where too many sets would have
  ///   had to be looked at.
  mutating func most(_ row: Row, _ weights: UnsafeBufferPointer<Int>, _ claims: UnsafeBufferPointer<Int>)
    -> Int
  {
    options.removeAll(keepingCapacity: true)
    path.removeAll(keepingCapacity: true)
    taken.removeAll(keepingCapacity: true)
    looked = 0
    let start = row.drawn(0)
    best = start
    var ceiling = start
    for slot in weights.indices {
      let net = row.drawn(weights[slot]) - start + 1 - claims[slot]
      if net > 0 {
        insert(Option(slot: slot, net: net), after: 0)
        ceiling += net
      }
    }
    if options.isEmpty { return start }
    let whole = options.count
    if whole > 2 { ceiling = min(ceiling, relaxed(row, 0, start, 0..<whole, weights, claims)) }
    explore(row, 0, start, 0..<whole, weights, claims)
    sets += looked
    return looked > Self.mostSets ? max(best, ceiling) : best
  }

  /// Puts an option among those from `first` on, the one with most to gain first.
  private mutating func insert(_ option: Option, after first: Int) {
    options.append(option)
    var k = options.count - 1
    while k > first, options[k - 1].net < option.net {
      options[k] = options[k - 1]
      k -= 1
    }
    options[k] = option
  }

  /// Looks at all sets that hold the ones of the path and some of the options.
  ///
  /// - Parameters:
  ///   - sum: the weight of the path.
  ///   - value: what it draws, less its claims.
  private mutating func explore(
    _ row: Row, _ sum: Int, _ value: Int, _ range: Range<Int>, _ weights: UnsafeBufferPointer<Int>,
    _ claims: UnsafeBufferPointer<Int>
  ) {
    looked += 1
    if looked > Self.mostSets { return }
    var left = range.reduce(0) { $0 + options[$1].net }
    if value + left <= best { return }
    let drawn = row.drawn(sum)
    if range.count > 2, relaxed(row, sum, value, range, weights, claims) <= best { return }
    if force(row, sum, value, drawn, range, weights, claims) { return }
    for k in range {
      // Sums of gains rounded up are more than what any set of the rest gains.
      if value + left <= best { return }
      left -= options[k].net
      add(k, row, sum, value, drawn, k..<range.upperBound, weights, claims)
    }
  }

  /// Looks at all sets that hold the ones of the path and all options that are worth their claims beside all others, or claim nothing: these
  /// belong to a best set.
  ///
  /// - Returns: whether there are such options; otherwise nothing was looked at.
  private mutating func force(
    _ row: Row, _ sum: Int, _ value: Int, _ drawn: Int, _ range: Range<Int>,
    _ weights: UnsafeBufferPointer<Int>, _ claims: UnsafeBufferPointer<Int>
  ) -> Bool {
    let all = range.reduce(sum) { $0 + weights[options[$1].slot] }
    let most = row.drawn(all)
    let before = path.count
    var (heavier, next) = (sum, value - drawn)
    for k in range {
      let slot = options[k].slot
      guard claims[slot] == 0 || most - row.drawn(all - weights[slot]) - 1 >= claims[slot] else { continue }
      path.append(slot)
      heavier += weights[slot]
      next -= claims[slot]
      // Nobody else reads the options of this range.
      options[k].net = 0
    }
    if path.count == before { return false }
    let after = row.drawn(heavier)
    next += after
    if next > best {
      best = next
      taken.removeAll(keepingCapacity: true)
      taken.append(contentsOf: path)
    }
    let first = options.count
    for other in range where options[other].net > 0 {
      let slot = options[other].slot
      let net = row.drawn(heavier + weights[slot]) - after + 1 - claims[slot]
      if net > 0 { insert(Option(slot: slot, net: net), after: first) }
    }
    if options.count > first {
      explore(row, heavier, next, first..<options.count, weights, claims)
      options.removeLast(options.count - first)
    }
    path.removeLast(path.count - before)
    return true
  }

  /// Looks at all sets that hold the ones of the path, an option, and some of the others of a range.
  private mutating func add(
    _ option: Int, _ row: Row, _ sum: Int, _ value: Int, _ drawn: Int, _ range: Range<Int>,
    _ weights: UnsafeBufferPointer<Int>, _ claims: UnsafeBufferPointer<Int>
  ) {
    let slot = options[option].slot
    let heavier = sum + weights[slot]
    let after = row.drawn(heavier)
    let next = value + after - drawn - claims[slot]
    path.append(slot)
    if next > best {
      best = next
      taken.removeAll(keepingCapacity: true)
      taken.append(contentsOf: path)
    }
    let first = options.count
    for other in range where other != option {
      let slot = options[other].slot
      let net = row.drawn(heavier + weights[slot]) - after + 1 - claims[slot]
      if net > 0 { insert(Option(slot: slot, net: net), after: first) }
    }
    if options.count > first {
      explore(row, heavier, next, first..<options.count, weights, claims)
      options.removeLast(options.count - first)
    }
    path.removeLast()
  }

  /// What sets of the options gain at most if parts of sites may be taken: those that claim least for their weight come first, as long as
  /// the next bit of weight draws more than it claims.
  private func relaxed(
    _ row: Row, _ sum: Int, _ value: Int, _ range: Range<Int>, _ weights: UnsafeBufferPointer<Int>,
    _ claims: UnsafeBufferPointer<Int>
  ) -> Int {
    func ratio(_ k: Int) -> Double { Double(claims[options[k].slot]) / Double(weights[options[k].slot]) }
    let order = range.sorted { ratio($0) < ratio($1) }
    let (payments, standing) = (Double(row.payments), Double(row.standing))
    var (at, claimed) = (Double(row.opened + sum), 0.0)
    let before = payments * at / (standing + at)
    for k in order {
      let (weight, rate) = (Double(weights[options[k].slot]), ratio(k))
      // The slope a S ÷ (S + W)² falls to the rate at this weight.
      let least = rate > 0 ? (payments * standing / rate).squareRoot() - standing : .infinity
      if least <= at { break }
      let part = min(weight, least - at)
      at += part
      claimed += part * rate
      if part < weight { break }
    }
    let gain = payments * at / (standing + at) - before - claimed
    // The value is rounded down, and doubles are off by far less than the rest of what is added.
    return value + Int((gain + 1 + 1e-3 + payments * 1e-12).rounded(.down))
  }
}
