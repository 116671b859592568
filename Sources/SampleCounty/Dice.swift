/// The chance in the sample county: the same seed gives the same county on every machine.
///
/// Each table throws its own dice, named after it, so that a change to one table leaves the others as they were.
/// Nothing here calls the mathematical library or the standard library's random functions: additions,
/// multiplications, divisions and square roots are rounded exactly by IEEE 754, `exp` and `sin` are not, and
/// `Int.random(in:using:)` may change with the toolchain.
struct Dice {
  private var state: UInt64

  /// The dice of `table` in the county named by `seed`.
  init(seed: UInt64, for table: String) {
    // FNV-1a (Fowler, Noll, Vo) spreads the name over 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in table.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    state = seed ^ hash
  }

  /// The next 64 bits, by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return scrambled(state)
  }

  /// A number in `0..<1`.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// A number between the bounds of `range`.
  mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// A whole number in `range`, each as likely.
  mutating func whole(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next().multipliedFullWidth(by: UInt64(range.count)).high)
  }

  /// Whether something of probability `share` happens.
  mutating func happens(_ share: Double) -> Bool { unit() < share }

  /// A number with mean 0 and variance 1, in -6...6: twelve uniform numbers added (Irwin and Hall, 1927).
  mutating func bell() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }

  /// A factor around 1 whose logarithm has the standard deviation `spread`.
  mutating func factor(spread: Double) -> Double { exponential(spread * bell()) }

  /// One of `items`, each as likely.
  mutating func one<Item>(of items: [Item]) -> Item { items[whole(in: 0...items.count - 1)] }

  /// A position in `weights`, with a probability in proportion to the weight there.
  mutating func position(by weights: [Double]) -> Int {
    var rest = unit() * weights.reduce(0, +)
    for (i, weight) in weights.enumerated() where weight > 0 {
      rest -= weight
      if rest < 0 { return i }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// `count` positions in `weights`, each drawn as `position(by:)` draws one.
  ///
  /// - Complexity: O(*n* + `count` log *n*).
  mutating func positions(_ count: Int, by weights: [Double]) -> [Int] {
    var sums: [Double] = []
    var sum = 0.0
    for weight in weights {
      sum += weight
      sums.append(sum)
    }
    return (0..<count).map { _ in
      let drawn = unit() * sum
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > drawn { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  /// `items` in an order where each order is as likely (Fisher and Yates).
  mutating func shuffled<Item>(_ items: [Item]) -> [Item] {
    var items = items
    for i in stride(from: items.count - 1, to: 0, by: -1) { items.swapAt(i, whole(in: 0...i)) }
    return items
  }

  /// A vector in the unit disc, evenly spread.
  mutating func inDisc() -> (east: Double, north: Double) {
    while true {
      let (east, north) = (2 * unit() - 1, 2 * unit() - 1)
      if east * east + north * north <= 1 { return (east, north) }
    }
  }
}

/// The bits of `seed`, mixed until nothing of their order is left (the finalizer of SplitMix64).
func scrambled(_ seed: UInt64) -> UInt64 {
  var z = seed
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// About e to the power of `z`: (1 + z/1024)¹⁰²⁴, within 0.5 % for |z| ≤ 3, made of multiplications only.
func exponential(_ z: Double) -> Double {
  var power = 1 + z / 1_024
  for _ in 0..<10 { power *= power }
  return power
}
