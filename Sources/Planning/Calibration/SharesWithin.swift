import Travel

/// The shares of those asked whose way takes at most `minutes`: all, then each mode.
///
/// Times of different modes are different distributions: each mode with 30 answers or more is fitted by itself, the others
/// together, and the whole is put together by their numbers.
///
/// - Complexity: O(draws · *n*) up to 10,000 answers a mode, then O(*n*).
func sharesWithin(
  _ minutes: Int, _ trips: SurveyTrips, _ isGross: [Bool], _ options: CalibrationOptions
) -> [Calibration.Share] {
  var answers = TravelMode.allCases.map { _ in MinuteCounts() }
  for row in 0..<trips.count where !isGross[row] {
    guard let mode = trips.mode(of: row), let told = trips.minutes(of: row) else { continue }
    answers[FactorEstimates.position(of: mode, .plain) / 3].add(told)
  }
  let named = zip(TravelMode.allCases, answers).map { (mode: $0 as TravelMode?, answers: $1) }
  let big = named.filter { $0.answers.total >= MinuteCounts.fewestByItself }
  let small = named.filter { $0.answers.total < MinuteCounts.fewestByItself }
  var rest = MinuteCounts()
  for (_, answers) in small { rest.add(answers) }

  let fitted = (big + (rest.total > 0 ? [(nil, rest)] : [])).enumerated().map { number, group in
    (group.mode, share(of: group.answers, mode: group.mode, within: minutes, question: 300 + number, options))
  }
  var all = MinuteCounts()
  for (_, answers) in named { all.add(answers) }
  var whole = Calibration.Share(
    mode: nil, naive: all.naive(within: minutes), heaping: all.heaping, answers: all.total)
  if fitted.allSatisfy({ $0.1.share.estimate != nil }), all.total > 0 {
    let n = Double(all.total)
    let estimate = fitted.reduce(0) { $0 + Double($1.1.share.answers) / n * ($1.1.share.estimate ?? 0) }
    let variance = fitted.reduce(0) {
      let part = Double($1.1.share.answers) / n * $1.1.error
      return $0 + part * part
    }
    let half = normal95 * variance.squareRoot()
    whole.estimate = tenThousandths(estimate)
    whole.interval = tenThousandths(max(0, estimate - half))...tenThousandths(min(1, estimate + half))
  }
  return [whole]
    + named.filter { $0.answers.total > 0 }.map { mode, answers in
      fitted.first { $0.0 == mode }?.1.share
        ?? Calibration.Share(
          mode: mode, naive: answers.naive(within: minutes), heaping: answers.heaping, answers: answers.total)
    }
}

/// How many told how many whole minutes.
private struct MinuteCounts {
  /// Fewer answers are fitted together with those of other modes.
  static let fewestByItself = 30

  var counts: [Int: Int] = [:]
  var total = 0

  /// Counts an answer, to the minute; less than half of one counts as one.
  mutating func add(_ minutes: Double) {
    counts[max(1, Int(minutes.rounded())), default: 0] += 1
    total += 1
  }

  mutating func add(_ other: MinuteCounts) {
    counts.merge(other.counts, uniquingKeysWith: +)
    total += other.total
  }

  func naive(within minutes: Int) -> Double? { portion { $0 <= minutes } }

  var heaping: Double? { portion { $0 % 5 == 0 } }

  private func portion(_ isCounted: (Int) -> Bool) -> Double? {
    guard total > 0 else { return nil }
    return tenThousandths(
      Double(counts.reduce(0) { $0 + (isCounted($1.key) ? $1.value : 0) }) / Double(total))
  }
}

/// The share of one group, and its standard error.
private func share(
  of answers: MinuteCounts, mode: TravelMode?, within minutes: Int, question: Int,
  _ options: CalibrationOptions
) -> (share: Calibration.Share, error: Double) {
  var share = Calibration.Share(
    mode: mode, naive: answers.naive(within: minutes), heaping: answers.heaping, answers: answers.total)
  guard let fit = RoundedTimesFit(minutes: answers.counts) else { return (share, 0) }
  let limit = Double(minutes)
  let estimate = fit.share(within: limit)
  let interval: ClosedRange<Double>
  let error: Double
  if answers.total <= RatioEstimate.mostDrawn {
    let numbers = SeededNumbers(seed: options.seed, question: question)
    let drawn = fit.drawn(options.draws, numbers: numbers).map { $0.share(within: limit) }
    guard let middle = middle95(drawn) else { return (share, 0) }
    interval = min(middle.lowerBound, estimate)...max(middle.upperBound, estimate)
    let mean = drawn.reduce(0, +) / Double(drawn.count)
    error = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(drawn.count - 1)).squareRoot()
  } else {
    guard let known = fit.standardErrors(within: limit) else { return (share, 0) }
    error = known.share
    interval = max(0, estimate - normal95 * error)...min(1, estimate + normal95 * error)
  }
  let parameters = fit.parameters
  let weights = parameters.weights
  share.estimate = tenThousandths(estimate)
  share.interval = tenThousandths(interval.lowerBound)...tenThousandths(interval.upperBound)
  share.medianMinutes = tenThousandths(parameters.medianMinutes)
  share.logSpread = tenThousandths(parameters.spread)
  share.rounding = [weights[0], weights[1], weights[2]].map(tenThousandths)
  return (share, error)
}
