/// The chance in resampling: the same seed gives the same draws on every machine, whatever the number of threads.
struct SeededNumbers {
  private var numbers: SplitMix64

  /// The numbers of one question among many that share a seed.
  init(seed: UInt64, question: Int) {
    // Neighboring questions must not have neighboring sequences.
    var first = SplitMix64(seed: seed &+ UInt64(truncatingIfNeeded: question) &* 0xD1B5_4A32_D192_ED03)
    numbers = SplitMix64(seed: first.next())
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 { numbers.next() }

  /// A position in `0..<count`, each equally likely to within 2⁻⁶⁴ of `count`.
  mutating func position(below count: Int) -> Int { Int(numbers.next(below: UInt64(count))) }
}

/// The middle 95 % of `draws` (percentile interval; Efron and Tibshirani 1993, chapter 13), between two draws by the line
/// through them. `nil` where there are fewer than 40 draws: the tails would be single draws.
///
/// - Complexity: O(*n* log *n*).
func middle95(_ draws: [Double]) -> ClosedRange<Double>? {
  guard draws.count >= 40, draws.allSatisfy(\.isFinite) else { return nil }
  let sorted = draws.sorted()
  func quantile(_ share: Double) -> Double {
    let rank = share * Double(sorted.count - 1)
    let below = Int(rank)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (rank - Double(below)) * (sorted[above] - sorted[below])
  }
  return quantile(0.025)...quantile(0.975)
}

/// How many standard errors of a normal estimate lie on either side of it in a 95 % interval.
let normal95 = 1.959_963_984_540_054
