/// The spots that roads may run through: crossings of streets, spots along the main roads, one near every place,
/// and between them enough others that a road finds its way anywhere.
struct RoadSites {
  /// Meters between the spots on open ground.
  static let openSpacing = 380.0
  /// Meters between the spots along a main road.
  static let mainSpacing = 190.0

  private(set) var spots: [Spot] = []
  /// For each place, the site nearest to its door.
  private(set) var siteOfPlace: [Int] = []
  /// Along each of the main lines, its sites in order.
  private(set) var mainLines: [[Int]] = []
  /// The street grids: the city's first, then one for each town's seat.
  private(set) var grids: [StreetGrid] = []
  /// For each grid, the site at each of its crossings that was kept.
  private(set) var crossings: [[GridCrossing: Int]] = []
  private var index = SpotIndex(cell: 120)

  init(_ county: County, mainLines lines: [[Spot]], using dice: inout Dice) {
    let ring = county.partition.county
    addGrids(county, using: &dice)
    let streetCount = spots.count
    for line in lines {
      var own: [Int] = []
      let inside = line.filter { ring.contains($0) }
      for (number, spot) in inside.enumerated() {
        let site = nearest(spot, within: 75) ?? add(spot)
        // Inside a town the main road takes the streets it finds.
        let isEnd = number == 0 || number == inside.count - 1
        if own.last != site, isEnd || site >= streetCount { own.append(site) }
      }
      mainLines.append(own)
    }
    for place in county.places {
      if let site = nearest(place.spot, within: 45) {
        siteOfPlace.append(site)
        continue
      }
      // The road passes the door at 12 to 38 m.
      let (x, y) = dice.inDisc()
      let length = max(0.2, (x * x + y * y).squareRoot())
      let meters = dice.number(in: 12...38)
      let door = place.spot.moved(east: meters * x / length, north: meters * y / length)
      siteOfPlace.append(nearest(door, within: 30) ?? add(ring.contains(door) ? door : place.spot))
    }
    addOpenGround(ring, using: &dice)
  }

  /// The site nearest to `spot`, the earlier of two, if one lies within `meters`.
  func nearest(_ spot: Spot, within meters: Double) -> Int? {
    index.near(spot, within: meters).min { a, b in
      (spots[a].meters(to: spot), a) < (spots[b].meters(to: spot), b)
    }
  }

  private mutating func add(_ spot: Spot) -> Int {
    index.add(spot)
    spots.append(spot)
    return spots.count - 1
  }

  private mutating func addGrids(_ county: County, using dice: inout Dice) {
    let city = county.places.filter { Township.all[$0.township].isSubdistrict }.map(\.spot)
    grids.append(
      StreetGrid(
        center: Township.cityCenter, spacing: 92, halfLines: 58, reach: 300, around: city, using: &dice))
    for (v, village) in county.villages.enumerated() where village.isSeat {
      let own = county.places.filter { $0.village == v }.map(\.spot)
      grids.append(
        StreetGrid(center: own[0], spacing: 84, halfLines: 8, reach: 170, around: own, using: &dice))
    }
    for grid in grids {
      var kept: [GridCrossing: Int] = [:]
      for crossing in grid.crossings {
        let spot = grid.spot(at: crossing)
        guard county.partition.county.contains(spot), nearest(spot, within: 50) == nil else { continue }
        kept[crossing] = add(spot)
      }
      crossings.append(kept)
    }
  }

  /// A hexagonal lattice, shaken, wherever nothing is nearby.
  private mutating func addOpenGround(_ ring: Ring, using dice: inout Dice) {
    let spacing = RoadSites.openSpacing
    let (east, north) = (ring.map(\.east), ring.map(\.north))
    let rowHeight = spacing * 0.866
    for row in 0...Int((north.max()! - north.min()!) / rowHeight) {
      for column in 0...Int((east.max()! - east.min()!) / spacing) {
        let (x, y) = dice.inDisc()
        let spot = Spot(
          east: east.min()! + spacing * (Double(column) + (row % 2 == 0 ? 0 : 0.5) + 0.36 * x),
          north: north.min()! + rowHeight * Double(row) + 0.36 * spacing * y)
        guard ring.contains(spot), ring.meters(to: spot) > 120, nearest(spot, within: 0.45 * spacing) == nil
        else { continue }
        _ = add(spot)
      }
    }
  }

  /// The sites, row of squares by row, each row against the run of the one before.
  var snake: [Int] {
    let keys = spots.map { spot in
      let row = Int((spot.north / 600).rounded(.down))
      return (row, row % 2 == 0 ? spot.east : -spot.east)
    }
    return spots.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }
  }
}

/// Spots in square cells, to ask which are near.
struct SpotIndex {
  private let cell: Double
  private var cells: [Cell: [Int]] = [:]
  private var spots: [Spot] = []

  private struct Cell: Hashable {
    let column: Int
    let row: Int
  }

  init(cell: Double) { self.cell = cell }

  init(_ spots: [Spot], cell: Double) {
    self.init(cell: cell)
    for spot in spots { add(spot) }
  }

  /// Adds `spot` under the next number, from 0.
  mutating func add(_ spot: Spot) {
    cells[Cell(column: part(spot.east), row: part(spot.north)), default: []].append(spots.count)
    spots.append(spot)
  }

  /// The numbers of the spots within `meters` of `spot`, in no order that means anything, though always the same.
  func near(_ spot: Spot, within meters: Double) -> [Int] {
    var found: [Int] = []
    for column in part(spot.east - meters)...part(spot.east + meters) {
      for row in part(spot.north - meters)...part(spot.north + meters) {
        for i in cells[Cell(column: column, row: row)] ?? [] where spots[i].meters(to: spot) <= meters {
          found.append(i)
        }
      }
    }
    return found
  }

  private func part(_ meters: Double) -> Int { Int((meters / cell).rounded(.down)) }
}
