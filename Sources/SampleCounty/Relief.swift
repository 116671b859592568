/// The lie of the land, as the import format names it.
enum Terrain: String, CaseIterable {
  case plain, hill, mountain
}

/// Where the county is flat, hilly and mountainous: a made-up relief with the county's pattern, a basin around
/// the city opening to the east (about an eighth of the area), hills on its rim and along the Yellow River,
/// mountains in the west and along the northern border.
struct Relief {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// How high `spot` lies, on a scale of its own: below 0 the basin, above 1 the mountains.
  func height(at spot: Spot) -> Double {
    let (x, y) = (spot.east / 1_000, spot.north / 1_000)
    let roughness = noise(x / 5, y / 5) - 0.5

    // The basin is an ellipse of 16 by 5.6 km around a spot east of the city's center.
    let (u, v) = ((x - 21.5) / 16, (y + 1.5) / 5.6)
    let fromBasin = (u * u + v * v).squareRoot() - 1 + 0.35 * roughness
    guard fromBasin > 0 else { return fromBasin }

    let west = max(0, 4 - x) / 26
    let north = max(0, y - 5) / 9
    let river = max(0, -11 - y) / 22
    return max(0, 0.3 + 0.25 * fromBasin + 0.8 * west + 0.9 * north - river + 0.7 * roughness)
  }

  /// The terrain at `spot`.
  func terrain(at spot: Spot) -> Terrain {
    let height = height(at: spot)
    return height < 0 ? .plain : height < 1 ? .hill : .mountain
  }

  /// Value noise: random numbers on a lattice, smoothly joined; in `0...1`.
  private func noise(_ x: Double, _ y: Double) -> Double {
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (u, v) = (smooth(x - column), smooth(y - row))
    let (i, j) = (Int(column), Int(row))
    let south = lattice(i, j) * (1 - u) + lattice(i + 1, j) * u
    let north = lattice(i, j + 1) * (1 - u) + lattice(i + 1, j + 1) * u
    return south * (1 - v) + north * v
  }

  private func smooth(_ t: Double) -> Double { t * t * (3 - 2 * t) }

  private func lattice(_ i: Int, _ j: Int) -> Double {
    let cell = UInt64(bitPattern: Int64(i)) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(j))
    return Double(scrambled(cell ^ scrambled(seed)) >> 11) / 9_007_199_254_740_992
  }
}
