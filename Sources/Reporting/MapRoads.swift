import Planning
import Travel

/// The roads under everything else on a map: one path for each rank, the finest as far as the sheet has room for them.
struct MapRoads {
  /// How much a road matters to those who look for their way, the least first, as they are drawn.
  enum Rank: Int, CaseIterable {
    case small, tertiary, main, express

    init(_ roadClass: RoadClass) {
      self =
        switch roadClass {
        case .motorway, .trunk: .express
        case .primary, .secondary: .main
        case .tertiary: .tertiary
        case .unclassified, .residential, .livingStreet, .service, .track, .pedestrian, .footway, .path,
          .cycleway, .bridleway, .steps, .ferry, .road:
          .small
        }
    }

    /// Light, so that the circles and signs above it are read as on white; warmer the more it matters.
    var stroke: String {
      switch self {
      case .express: "#EBB77A"
      case .main: "#EDD9A3"
      case .tertiary: "#CCCCC6"
      case .small: "#D6D6D1"
      }
    }

    /// In tenths of a unit, on the whole map and on the enlarged one.
    func width(enlarged: Bool) -> Int {
      switch self {
      case .express: enlarged ? 36 : 24
      case .main: enlarged ? 28 : 18
      case .tertiary: enlarged ? 20 : 12
      case .small: enlarged ? 12 : 8
      }
    }
  }

  /// The roads of one rank on the sheet.
  private struct Drawn {
    var rank: Rank
    var path: PathData
  }

  private var drawn: [Drawn] = []
  private let isEnlarged: Bool
  /// Whether some rank that the map would show has more roads than the sheet has room for.
  private(set) var leavesOut = false

  /// No roads are on the sheet.
  var isEmpty: Bool { drawn.isEmpty }

  /// The ranks drawn, the least first.
  var ranks: [Rank] { drawn.map(\.rank) }

  /// How many corners the roads of a sheet may have altogether, at about 5 bytes each. The sample county's enlarged map
  /// has a tenth of them; a nation's main roads alone would have more.
  static let mostCorners = 60_000

  /// Lays out the roads of `network` on the sheet of `projection`: small roads only on an enlarged map, and from the
  /// greatest to the least for as long as there is room.
  ///
  /// - Complexity: O(*n*) for *n* corners of the roads.
  init(
    of network: RoadNetwork, in projection: MapProjection, enlarged: Bool, mostCorners: Int = Self.mostCorners
  ) {
    isEnlarged = enlarged
    var left = mostCorners
    for rank in Rank.allCases.reversed() where rank != .small || enlarged {
      guard let lines = Self.lines(of: rank, network, in: projection, atMost: left) else {
        leavesOut = true
        break
      }
      if lines.isEmpty { continue }
      var path = PathData()
      for line in lines {
        path.line(line)
        left -= line.count
      }
      drawn.insert(Drawn(rank: rank, path: path), at: 0)
    }
  }

  /// Draws them, the ones that matter most last.
  func draw(on sheet: inout MarkupWriter) {
    for roads in drawn {
      sheet.empty(
        "path",
        [
          "d": roads.path.text, "fill": "none", "stroke": roads.rank.stroke,
          "stroke-width": PathData.number(roads.rank.width(enlarged: isEnlarged)),
          "stroke-linecap": "round", "stroke-linejoin": "round",
        ])
    }
  }

  /// The lines of a rank as far as they lie on the sheet; `nil` where they have more than `atMost` corners.
  private static func lines(
    of rank: Rank, _ network: RoadNetwork, in projection: MapProjection, atMost: Int
  ) -> [[SheetPosition]]? {
    let ranks = (0...UInt8.max).map { RoadClass(rawValue: $0).map(Rank.init) }
    let edges = (0..<network.edgeCount).filter { ranks[Int(network.edgeClasses[$0])] == rank }
    let chains = RoadChains(edges, of: network)
    var lines: [[SheetPosition]] = []
    var corners = 0
    var isOver = false
    chains.forEach { chain in
      guard !isOver else { return }
      for part in parts(of: chain, network, in: projection) {
        let line = SheetLine.simplified(part)
        if line.count < 2 { continue }
        lines.append(line)
        corners += line.count
      }
      isOver = corners > atMost
    }
    return isOver ? nil : lines
  }

  /// A chain as lines on the sheet, cut where it leaves the sheet; positions that do not move are left out.
  private static func parts(
    of chain: [RoadChains.Link], _ network: RoadNetwork, in projection: MapProjection
  ) -> [[SheetPosition]] {
    var parts: [[SheetPosition]] = []
    var part: [SheetPosition] = []
    var last: SheetPosition?
    func visit(_ latitude: Int32, _ longitude: Int32) {
      let position = projection.position(
        latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7)
      defer { last = position }
      guard let from = last else { return }
      if position == from { return }
      guard SheetLine.mayShow(from, position, in: projection) else {
        if !part.isEmpty { parts.append(part) }
        part = []
        return
      }
      if part.isEmpty { part.append(from) }
      part.append(position)
    }
    for (index, link) in chain.enumerated() {
      let ends = [Int(network.edgeFrom[link.edge]), Int(network.edgeTo[link.edge])]
      let shape = Int(network.shapeStart[link.edge])..<Int(network.shapeStart[link.edge + 1])
      func visitJunction(_ junction: Int) {
        visit(network.junctionLatitudes[junction], network.junctionLongitudes[junction])
      }
      func visitShape(_ i: Int) { visit(network.shapeLatitudes[i], network.shapeLongitudes[i]) }
      if index == 0 { visitJunction(ends[link.isForward ? 0 : 1]) }
      if link.isForward { shape.forEach(visitShape) } else { shape.reversed().forEach(visitShape) }
      visitJunction(ends[link.isForward ? 1 : 0])
    }
    if !part.isEmpty { parts.append(part) }
    return parts
  }
}

/// Edges strung together into long lines, each edge once, so that a road is one stroke and not one for each crossing.
struct RoadChains {
  /// An edge of a chain, and whether the chain runs from its first junction to its second.
  struct Link: Hashable {
    var edge: Int
    var isForward: Bool
  }

  private let network: RoadNetwork
  private let edges: [Int]
  // The edges at junction j: atJunction[start[j]..<start[j + 1]], ascending.
  private var start: [Int32]
  private var atJunction: [Int32]

  /// - Complexity: O(*n* + *m*) for *n* junctions and *m* edges.
  init(_ edges: [Int], of network: RoadNetwork) {
    self.network = network
    self.edges = edges
    start = [Int32](repeating: 0, count: network.junctionCount + 1)
    for edge in edges {
      start[Int(network.edgeFrom[edge]) + 1] += 1
      start[Int(network.edgeTo[edge]) + 1] += 1
    }
    for junction in 0..<network.junctionCount { start[junction + 1] += start[junction] }
    var next = start
    atJunction = [Int32](repeating: 0, count: 2 * edges.count)
    for edge in edges {
      for junction in [Int(network.edgeFrom[edge]), Int(network.edgeTo[edge])] {
        atJunction[Int(next[junction])] = Int32(edge)
        next[junction] += 1
      }
    }
  }

  /// Hands over the chains: each starts with the lowest edge not yet in one and is prolonged at both ends by the lowest
  /// such edge there, for as long as there is one.
  ///
  /// - Complexity: O(*m*) for *m* edges.
  func forEach(_ body: ([Link]) -> Void) {
    var isUsed = [Bool](repeating: false, count: network.edgeCount)
    var next = start

    func prolong(from junction: UInt32) -> [Link] {
      var links: [Link] = []
      var junction = Int(junction)
      search: while true {
        while next[junction] < start[junction + 1] {
          let edge = Int(atJunction[Int(next[junction])])
          next[junction] += 1
          if isUsed[edge] { continue }
          isUsed[edge] = true
          let isForward = Int(network.edgeFrom[edge]) == junction
          links.append(Link(edge: edge, isForward: isForward))
          junction = Int(isForward ? network.edgeTo[edge] : network.edgeFrom[edge])
          continue search
        }
        return links
      }
    }

    for edge in edges where !isUsed[edge] {
      isUsed[edge] = true
      let onward = prolong(from: network.edgeTo[edge])
      let backward = prolong(from: network.edgeFrom[edge])
      body(
        backward.reversed().map { Link(edge: $0.edge, isForward: !$0.isForward) }
          + [Link(edge: edge, isForward: true)] + onward)
    }
  }
}
