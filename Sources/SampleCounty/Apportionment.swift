/// `total` things dealt out in proportion to `weights`, whole, adding up exactly (Hamilton's largest remainders;
/// equal remainders go to the earlier).
///
///     apportioned(10, by: [1, 1, 1])  // [4, 3, 3]
///
/// - Parameters:
///   - least: what everyone gets before the rest is dealt out.
/// - Complexity: O(*n* log *n*).
func apportioned(_ total: Int, by weights: [Double], least: Int = 0) -> [Int] {
  let sum = weights.reduce(0, +)
  let rest = total - least * weights.count
  precondition(rest >= 0 && sum > 0, "\(total) is too little to deal out among \(weights.count)")
  let exact = weights.map { Double(rest) * $0 / sum }
  var dealt = exact.map { Int($0) }
  let byRemainder = weights.indices.sorted {
    let (a, b) = (exact[$0] - Double(dealt[$0]), exact[$1] - Double(dealt[$1]))
    return a != b ? a > b : $0 < $1
  }
  for i in byRemainder.prefix(rest - dealt.reduce(0, +)) { dealt[i] += 1 }
  return dealt.map { $0 + least }
}

/// Shares in thousandths, moved until their mean weighted by `customers` is `target` thousandths.
///
/// Every share moves by about the same, stays in `10...990`, and the weighted total ends within the customers of
/// one place of the target.
func tuned(_ shares: [Int], weightedBy customers: [Int], to target: Double) -> [Int] {
  var shares = shares
  let wanted = Int((target * Double(customers.reduce(0, +))).rounded())
  var missing = wanted - zip(shares, customers).reduce(0) { $0 + $1.0 * $1.1 }
  let largestFirst = customers.indices.sorted { (customers[$0], $1) > (customers[$1], $0) }
  var moved = true
  while moved {
    moved = false
    for i in largestFirst where abs(missing) >= customers[i] && customers[i] > 0 {
      let step = missing > 0 ? 1 : -1
      guard (10...990).contains(shares[i] + step) else { continue }
      shares[i] += step
      missing -= step * customers[i]
      moved = true
    }
  }
  return shares
}
