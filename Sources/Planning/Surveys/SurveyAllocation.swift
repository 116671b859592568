/// How many places of each stratum a sample of `n` takes: Neyman's allocation with a floor.
///
///     neymanAllocation(of: 100, sizes: [1_000, 100], spreads: [1, 10], floor: 12)  // [50, 50]
///
/// A stratum's part is proportional to *N·S*, its size times its standard deviation (Neyman 1934, "On the two different
/// aspects of the representative method", JRSS 97), but at least `floor` and at most all it has. What these bounds take
/// or leave is divided among the others in the same proportion. Whole numbers by largest remainder, equal remainders
/// to the first stratum. Where `n` does not pay for the floor, the floor is lowered to what it pays for; where even one
/// for each is too much, the strata of most *N·S* have one. A sample of more than there is takes everything.
///
/// - Parameters:
///   - sizes: *N*, how many places each stratum has, at least 0.
///   - spreads: *S*, above 0.
/// - Returns: as many numbers, whose sum is `n` or the sum of the sizes, whichever is less.
/// - Complexity: O(*h*²) for *h* strata.
func neymanAllocation(of n: Int, sizes: [Int], spreads: [Double], floor: Int) -> [Int] {
  precondition(n >= 0 && sizes.count == spreads.count, "a spread for each stratum is expected")
  if n >= sizes.reduce(0, +) { return sizes }
  var floor = floor
  while floor > 0, sizes.reduce(0, { $0 + min($1, floor) }) > n { floor -= 1 }
  let least = sizes.map { min($0, floor) }
  let weights = zip(sizes, spreads).map { Double($0) * $1 }

  // Strata at a bound are set aside until all others lie between theirs. Those whose part is too large first: what they
  // give back may lift others off their floor.
  var fixed = [Int?](repeating: nil, count: sizes.count)
  var shares = [Double](repeating: 0, count: sizes.count)
  while true {
    let free = sizes.indices.filter { fixed[$0] == nil }
    let left = Double(n - fixed.reduce(0) { $0 + ($1 ?? 0) })
    let weight = free.reduce(0) { $0 + weights[$1] }
    for h in free { shares[h] = weight > 0 ? left * weights[h] / weight : 0 }
    let over = free.filter { shares[$0] >= Double(sizes[$0]) }
    let under = free.filter { shares[$0] < Double(least[$0]) }
    let surplus = over.reduce(0) { $0 + shares[$1] - Double(sizes[$1]) }
    let shortage = under.reduce(0) { $0 + Double(least[$1]) - shares[$1] }
    if over.isEmpty, under.isEmpty { break }
    if surplus >= shortage { for h in over { fixed[h] = sizes[h] } }
    if shortage >= surplus { for h in under { fixed[h] = least[h] } }
  }

  var allocation = sizes.indices.map { fixed[$0] ?? Int(shares[$0]) }
  let free = sizes.indices.filter { fixed[$0] == nil }
  let byRemainder = free.sorted {
    let (a, b) = (shares[$0] - shares[$0].rounded(.down), shares[$1] - shares[$1].rounded(.down))
    return a == b ? $0 < $1 : a > b
  }
  for h in byRemainder.prefix(n - allocation.reduce(0, +)) { allocation[h] += 1 }
  return allocation
}
