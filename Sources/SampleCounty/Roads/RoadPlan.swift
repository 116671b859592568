/// What a road is in OpenStreetMap's words, the most important first.
enum Highway: String, CaseIterable {
  case motorway
  case motorwayLink = "motorway_link"
  case primary, secondary, tertiary, unclassified, residential, pedestrian, service, track, footway, steps,
    path

  var rank: Int { Highway.allCases.firstIndex(of: self)! }
}

/// A road as built on one side of the plan; neighbors that are equal become one way.
struct Road: Hashable {
  var highway: Highway
  var name = ""
  var ref = ""
  /// Whether it lies in a street grid.
  var isStreet = false
  var isOneWay = false
  var terrain = Terrain.plain
  /// OpenStreetMap's `layer` where the road is a bridge.
  var bridgeLayer = 0
  var isRoundabout = false
}

/// The lines along which roads can be built, and what is built on each.
struct RoadPlan {
  let sites: RoadSites
  /// The sites' spots, and after them the four corners of the frame.
  let spots: [Spot]
  let sides: [Triangulation.Side]
  let lengths: [Double]
  let terrains: [Terrain]
  /// Whether the side crosses a river.
  let crossesWater: [Bool]
  /// How much harder than its length the side is to go: valleys and slopes finer than the relief knows.
  let hardness: [Double]
  /// Sites around hamlets that no road reaches.
  private(set) var closed: [Bool]
  var built: [Road?]
  /// On a one-way street, the site where traffic enters the side.
  var flowFrom: [Int?]
  private let starts: [Int]
  private let links: [Link]

  /// A step from a site to a neighbor.
  struct Link {
    let site: Int
    let side: Int
  }

  init(_ county: County, sites: RoadSites, rivers: [[Spot]], closed around: [Spot], using dice: inout Dice) {
    self.sites = sites
    let frame = [(111_800, 34_700), (113_000, 34_700), (113_000, 35_500), (111_800, 35_500)]
      .map { Spot(longitudeE6: $0.0 * 1_000, latitudeE6: $0.1 * 1_000) }
    let mesh = Triangulation(sites.spots, within: frame, order: sites.snake)
    spots = mesh.spots
    let spots = mesh.spots
    // A side far longer than the spacing closes a bay of the outline, outside the county.
    sides = mesh.sides.filter {
      spots[$0.from].meters(to: spots[$0.to]) < 2.2 * RoadSites.openSpacing
        && county.partition.county.contains(displacedMiddle(of: spots[$0.from], and: spots[$0.to], by: 0))
    }
    lengths = sides.map { spots[$0.from].meters(to: spots[$0.to]) }
    terrains = sides.map {
      county.relief.terrain(at: displacedMiddle(of: spots[$0.from], and: spots[$0.to], by: 0))
    }
    let water = Segments(rivers.flatMap { zip($0, $0.dropFirst()) }, cell: 900)
    crossesWater = sides.map { water.crossed(by: spots[$0.from], spots[$0.to]) }
    let roughness = sites.spots.map { _ in dice.unit() }
    hardness = zip(sides, terrains).map { side, terrain in
      let rough = (roughness[side.from] + roughness[side.to]) / 2
      return switch terrain {
      case .plain: 1 + 0.2 * rough
      case .hill: 1 + 0.8 * rough
      case .mountain: 1 + 1.6 * rough
      }
    }
    closed = sites.spots.map { spot in around.contains { $0.meters(to: spot) < 2_250 } }
    built = sides.map { _ in nil }
    flowFrom = sides.map { _ in nil }
    var degrees = spots.map { _ in 0 }
    for side in sides {
      degrees[side.from] += 1
      degrees[side.to] += 1
    }
    var starts = [0]
    for degree in degrees { starts.append(starts.last! + degree) }
    var next = starts
    var links = [Link](repeating: Link(site: 0, side: 0), count: starts.last!)
    for (number, side) in sides.enumerated() {
      links[next[side.from]] = Link(site: side.to, side: number)
      links[next[side.to]] = Link(site: side.from, side: number)
      next[side.from] += 1
      next[side.to] += 1
    }
    (self.starts, self.links) = (starts, links)
  }

  /// The neighbors of `site`.
  func links(at site: Int) -> ArraySlice<Link> { links[starts[site]..<starts[site + 1]] }

  /// The side between two sites, if there is one.
  func side(between a: Int, _ b: Int) -> Int? { links(at: a).first { $0.site == b }?.side }

  /// The site at the other end of `side`.
  func other(of side: Int, than site: Int) -> Int {
    sides[side].from == site ? sides[side].to : sides[side].from
  }

  /// The length that the road on `side` will have once it winds, about.
  func windingLength(_ side: Int) -> Double {
    switch terrains[side] {
    case .plain: 1.02 * lengths[side]
    case .hill: 1.10 * lengths[side]
    case .mountain: 1.2 * lengths[side]
    }
  }

  /// What it takes to lead a road along `side`: less where there is one, much more across water.
  ///
  /// - Returns: `nil` where no road is to be.
  func cost(_ side: Int, reuse: Double, bridge: Double) -> Double? {
    if let road = built[side] {
      // In a grid every street is as straight: the larger draw the traffic.
      let draw =
        road.isStreet
        ? (road.highway.rank <= Highway.secondary.rank ? 0.7 : road.highway == .tertiary ? 1 : 1.6) : 1
      return draw * reuse * windingLength(side)
    }
    if closed[sides[side].from] || closed[sides[side].to] { return nil }
    return hardness[side] * lengths[side] + (crossesWater[side] ? bridge : 0)
  }

  /// Builds `road` where nothing is; a better road that is there stays, a lesser one gives way.
  mutating func build(_ road: Road, on side: Int) {
    var road = road
    road.terrain = terrains[side]
    if let old = built[side] {
      guard road.highway.rank < old.highway.rank else { return }
      road.isStreet = old.isStreet
      if old.isStreet && !old.name.isEmpty { road.name = old.name }
    }
    built[side] = road
    flowFrom[side] = nil
  }
}

/// Lines between two spots each, in square cells, to ask which are crossed.
struct Segments {
  private let cell: Double
  private var cells: [Int: [Int]] = [:]
  private(set) var ends: [(Spot, Spot)] = []

  init(_ ends: [(Spot, Spot)], cell: Double) {
    self.cell = cell
    for (a, b) in ends { add(a, b) }
  }

  mutating func add(_ a: Spot, _ b: Spot) {
    for key in keys(a, b) { cells[key, default: []].append(ends.count) }
    ends.append((a, b))
  }

  private func keys(_ a: Spot, _ b: Spot) -> [Int] {
    func part(_ meters: Double) -> Int { Int((meters / cell).rounded(.down)) + 1_000 }
    var keys: [Int] = []
    for column in part(min(a.east, b.east))...part(max(a.east, b.east)) {
      for row in part(min(a.north, b.north))...part(max(a.north, b.north)) {
        keys.append(column * 10_000 + row)
      }
    }
    return keys
  }

  /// The lines near the one from `a` to `b`, by rising number.
  func near(_ a: Spot, _ b: Spot) -> [Int] {
    let found = keys(a, b).flatMap { cells[$0] ?? [] }.sorted()
    return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
  }

  func crossed(by a: Spot, _ b: Spot) -> Bool {
    near(a, b).contains { crossing(a, b, ends[$0].0, ends[$0].1) != nil }
  }
}

/// How far along from `a` to `b`, in 0...1, the line from `c` to `d` crosses it, if it does.
func crossing(_ a: Spot, _ b: Spot, _ c: Spot, _ d: Spot) -> Double? {
  let (rx, ry, sx, sy) = (b.east - a.east, b.north - a.north, d.east - c.east, d.north - c.north)
  let area = rx * sy - ry * sx
  guard area != 0 else { return nil }
  let (qx, qy) = (c.east - a.east, c.north - a.north)
  let (t, u) = ((qx * sy - qy * sx) / area, (qx * ry - qy * rx) / area)
  return (0...1).contains(t) && (0...1).contains(u) ? t : nil
}
