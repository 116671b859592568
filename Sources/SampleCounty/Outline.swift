/// The county's extent, generalized: corners of our own drawing about 3 to 5 km apart, in thousandths of a
/// degree, against the clock's run from the western end of the Yellow River's bank.
///
/// The extent is a fact (112°02'-112°46' E, 34°54'-35°17' N); the course between is a sketch.
private let sketch: [(longitude: Int, latitude: Int)] = [
  (112_033, 35_034), (112_070, 35_030), (112_110, 35_028), (112_160, 35_008), (112_180, 34_976),
  (112_216, 34_960), (112_258, 34_944), (112_290, 34_952), (112_330, 34_940), (112_380, 34_921),
  (112_430, 34_920), (112_480, 34_908), (112_520, 34_897), (112_527, 34_914), (112_500, 34_932),
  (112_548, 34_942), (112_570, 34_970), (112_600, 34_977), (112_640, 34_984), (112_672, 34_998),
  (112_698, 35_028), (112_728, 35_040), (112_742, 35_070), (112_742, 35_086), (112_762, 35_112),
  (112_752, 35_150), (112_761, 35_182), (112_750, 35_203), (112_716, 35_209), (112_701, 35_186),
  (112_700, 35_212), (112_676, 35_230), (112_645, 35_252), (112_622, 35_278), (112_608, 35_252),
  (112_630, 35_236), (112_590, 35_222), (112_550, 35_213), (112_510, 35_222), (112_470, 35_226),
  (112_430, 35_236), (112_392, 35_246), (112_357, 35_224), (112_320, 35_219), (112_288, 35_220),
  (112_286, 35_250), (112_250, 35_240), (112_206, 35_233), (112_202, 35_252), (112_160, 35_262),
  (112_110, 35_276), (112_056, 35_278), (112_073, 35_222), (112_046, 35_186), (112_068, 35_142),
  (112_052, 35_098), (112_062, 35_062),
]

/// The county's area, in square meters: 1,931 km² (the city's own figure).
let countyArea = 1_931e6

/// The county's outline: the sketch with a bend in every side, grown evenly until it has the county's area.
///
/// Counter-clockwise. Each corner moves by less than 0.01 degree.
func countyOutline(using dice: inout Dice) -> Ring {
  let corners = sketch.map { Spot(longitudeE6: $0.longitude * 1_000, latitudeE6: $0.latitude * 1_000) }
  var bent: Ring = []
  for (a, b) in zip(corners, corners[1...] + corners[..<1]) {
    bent.append(a)
    bent.append(displacedMiddle(of: a, and: b, by: 0.09 * dice.bell()))
  }

  // The area grows with every meter outward, so halving finds the growth.
  var (less, more) = (-1_000.0, 1_000.0)
  for _ in 0..<40 {
    let middle = (less + more) / 2
    if grown(bent, by: middle).signedArea < countyArea { less = middle } else { more = middle }
  }
  return grown(bent, by: less)
}

/// The middle of the side from `a` to `b`, moved across it by a `share` of its length, at most a fifth.
func displacedMiddle(of a: Spot, and b: Spot, by share: Double) -> Spot {
  let share = min(0.2, max(-0.2, share))
  let (dx, dy) = (b.east - a.east, b.north - a.north)
  return Spot(east: (a.east + b.east) / 2 - share * dy, north: (a.north + b.north) / 2 + share * dx)
}

/// `ring` with each corner moved outward, across the line between its neighbors.
private func grown(_ ring: Ring, by meters: Double) -> Ring {
  ring.indices.map { i in
    let (before, after) = (ring[(i + ring.count - 1) % ring.count], ring[(i + 1) % ring.count])
    let (dx, dy) = (after.east - before.east, after.north - before.north)
    let length = max(1, (dx * dx + dy * dy).squareRoot())
    return ring[i].moved(east: meters * dy / length, north: -meters * dx / length)
  }
}
