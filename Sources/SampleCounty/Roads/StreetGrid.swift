/// Where two lines of a street grid cross.
struct GridCrossing: Hashable {
  let column: Int
  let row: Int
}

/// What runs along a line of a street grid.
enum GridLine: Int {
  case alley, street, collector, arterial

  /// Every other line is a street, every fourth a collector, every eighth an arterial.
  init(number: Int) {
    self = number % 8 == 0 ? .arterial : number % 4 == 0 ? .collector : number % 2 == 0 ? .street : .alley
  }
}

/// A town's streets before they are built: lines at uneven distances, turned a little and bent a little, as far as
/// people live.
struct StreetGrid {
  let halfLines: Int
  let center: Spot
  private let axis: (east: Double, north: Double)
  private let columns: [Double]
  private let rows: [Double]
  private let bends: [(east: Double, north: Double)]
  private let homes: SpotIndex
  private let reach: Double

  init(
    center: Spot, spacing: Double, halfLines: Int, reach: Double, around homes: [Spot], using dice: inout Dice
  ) {
    self.center = center
    self.halfLines = halfLines
    self.reach = reach
    self.homes = SpotIndex(homes, cell: reach)
    // Chinese towns keep to the compass, within a few degrees.
    let tilt = dice.number(in: -0.12...0.12)
    let length = (1 + tilt * tilt).squareRoot()
    axis = (1 / length, tilt / length)
    func lines(_ dice: inout Dice) -> [Double] {
      var offsets = [0.0]
      for _ in 0..<2 * halfLines { offsets.append(offsets.last! + spacing * dice.number(in: 0.82...1.2)) }
      return offsets.map { $0 - offsets[halfLines] }
    }
    columns = lines(&dice)
    rows = lines(&dice)
    bends = (0..<400).map { _ in dice.inDisc() }
  }

  /// Every crossing within reach of a home, row by row; the larger its streets, the farther out they go.
  var crossings: [GridCrossing] {
    var kept: [GridCrossing] = []
    for row in -halfLines...halfLines {
      for column in -halfLines...halfLines {
        let crossing = GridCrossing(column: column, row: row)
        let larger = max(GridLine(number: column).rawValue, GridLine(number: row).rawValue)
        let within = reach * [0.75, 1, 1.6, 2.6][larger]
        if !homes.near(spot(at: crossing), within: within).isEmpty { kept.append(crossing) }
      }
    }
    return kept
  }

  /// Where the crossing is: on its two lines, moved by up to 45 m together with its neighbors.
  func spot(at crossing: GridCrossing) -> Spot {
    let (x, y) = (columns[crossing.column + halfLines], rows[crossing.row + halfLines])
    let (u, v) = ((x + 8_000) / 800, (y + 8_000) / 800)
    let (i, j) = (Int(u), Int(v))
    func bend(_ column: Int, _ row: Int) -> (east: Double, north: Double) {
      bends[(min(max(column, 0), 19) + 20 * min(max(row, 0), 19))]
    }
    let (s, t) = (u - Double(i), v - Double(j))
    let weights = [(0, 0, (1 - s) * (1 - t)), (1, 0, s * (1 - t)), (0, 1, (1 - s) * t), (1, 1, s * t)]
    var (dx, dy) = (0.0, 0.0)
    for (column, row, weight) in weights {
      dx += 45 * weight * bend(i + column, j + row).east
      dy += 45 * weight * bend(i + column, j + row).north
    }
    return center.moved(
      east: (x + dx) * axis.east - (y + dy) * axis.north, north: (x + dx) * axis.north + (y + dy) * axis.east)
  }
}
