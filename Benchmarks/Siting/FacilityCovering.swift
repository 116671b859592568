/// The instances of Cordeau, Furini and Ljubić 2019 ("Benders decomposition for very large scale partial set covering and maximal
/// covering location problems"): points anywhere in a square of 30, weights from 1 to 100, by the C library's `rand`.
///
/// Written after their published generator: the same seed gives the same instance to the sixth decimal.
func facilityCovering(places: Int, sites: Int = 100, seed: UInt32 = 1, radius: Double, count: Int) -> Instance
{
  var dice = LibraryRandom(seed: seed)
  func point() -> (x: Double, y: Double) {
    let x = Double(dice.next()) / 2_147_483_647 * 30
    let y = Double(dice.next()) / 2_147_483_647 * 30
    return ((x * 1e6).rounded(.toNearestOrEven) / 1e6, (y * 1e6).rounded(.toNearestOrEven) / 1e6)
  }
  let sitePoints = (0..<sites).map { _ in point() }
  let placePoints = (0..<places).map { _ in point() }
  for _ in 0..<sites { _ = dice.next() }
  let weights = (0..<places).map { _ in Int(dice.next() % 100 + 1) }
  return Instance(places: placePoints, weights: weights, sites: sitePoints, radius: radius, count: count)
}

/// `srand` and `rand` of the GNU C library: an additive feedback of 31 words (Knuth, "The Art of Computer Programming", volume 2,
/// 3.2.2), written here so that it gives the same on every system.
private struct LibraryRandom {
  private var words: [UInt32]
  // The first three words count as thirty-one steps newer than they are, as in the library.
  private var at = 3

  init(seed: UInt32) {
    var filled = [Int64(seed == 0 ? 1 : seed)]
    for _ in 1..<31 {
      let next = 16_807 * filled[filled.count - 1] % 2_147_483_647
      filled.append(next < 0 ? next + 2_147_483_647 : next)
    }
    words = filled.map { UInt32(truncatingIfNeeded: $0) }
    for _ in 0..<310 { _ = next() }
  }

  mutating func next() -> UInt32 {
    // words[at] is the oldest of 31: 31 back; 3 back is 28 places on.
    words[at] = words[at] &+ words[(at + 28) % 31]
    defer { at = (at + 1) % 31 }
    return words[at] >> 1
  }
}
