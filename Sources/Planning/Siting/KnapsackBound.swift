/// The most that sites of given worth and cost can bring within a budget when the last may be taken in part (Dantzig 1957,
/// "Discrete-variable extremum problems"), in whole numbers.
///
/// With unit costs it is the sum of the largest worths.
struct KnapsackBound {
  /// The most, a part of a site rounded up.
  let value: Int
  /// A price per cost at which taking every site worth more than it costs is best: `worth` per `cost`. Of the prices for which
  /// that holds, the highest.
  let highPrice: (worth: Int, cost: Int)
  /// The lowest of these prices.
  let lowPrice: (worth: Int, cost: Int)

  /// - Parameters:
  ///   - worths: not negative.
  ///   - costs: not negative; sites that cost nothing are all taken, sites that cost more than the budget never.
  /// - Returns: nil where the value does not fit 63 bits.
  /// - Complexity: O(*n* log *n*).
  init?(worths: [Int], costs: [Int], budget: Int) {
    var sum = 0
    var order: [Int32] = []
    order.reserveCapacity(worths.count)
    for site in worths.indices where worths[site] > 0 && costs[site] <= budget {
      if costs[site] == 0 {
        let (more, overflow) = sum.addingReportingOverflow(worths[site])
        if overflow { return nil }
        sum = more
      } else {
        order.append(Int32(site))
      }
    }
    order.sort { a, b in
      let (left, right) = (product(worths[Int(a)], costs[Int(b)]), product(worths[Int(b)], costs[Int(a)]))
      return left == right ? a < b : left > right
    }
    var left = budget
    var high = (worth: 0, cost: 1)
    var low = (worth: 0, cost: 1)
    for site in order {
      let (worth, cost) = (worths[Int(site)], costs[Int(site)])
      if left == 0 {
        low = (worth, cost)
        break
      }
      high = (worth, cost)
      var part = worth
      if cost > left {
        // worth × left ÷ cost, rounded up; at most `worth`, so that it fits.
        let (quotient, remainder) = cost.dividingFullWidth(worth.multipliedFullWidth(by: left))
        part = remainder > 0 ? quotient + 1 : quotient
        low = high
      }
      let (more, overflow) = sum.addingReportingOverflow(part)
      if overflow { return nil }
      sum = more
      if cost > left {
        left = 0
        break
      }
      left -= cost
    }
    // A budget that is not used up has no price.
    if left > 0 { high = (0, 1) }
    value = sum
    highPrice = high
    lowPrice = low
  }
}

/// A product of numbers that are not negative, in 126 bits.
func product(_ a: Int, _ b: Int) -> WideProduct {
  let (high, low) = a.multipliedFullWidth(by: b)
  return WideProduct(high: high, low: low)
}

/// A product of two whole numbers that are not negative.
struct WideProduct: Comparable {
  let high: Int
  let low: UInt

  static func < (a: WideProduct, b: WideProduct) -> Bool {
    a.high == b.high ? a.low < b.low : a.high < b.high
  }
}
