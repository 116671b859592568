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

  /// The same of a township's map, of which a report has dozens.
  static let mostCornersOfSheet = 3_500

  /// Lays out the roads of `network` on the sheet of `projection`: small roads only on an enlarged map, and from the
  /// greatest to the least for as long as there is room.
  ///
  /// - Parameter edges: which roads to look at, ascending; `nil` for all.
  /// - Complexity: O(*n* log *n*) for *n* corners of the roads looked at.
  init(
    of network: RoadNetwork, in projection: MapProjection, enlarged: Bool,
    mostCorners: Int = Self.mostCorners,
    edges: [Int]? = nil
  ) {
    isEnlarged = enlarged
    var left = mostCorners
    for rank in Rank.allCases.reversed() where rank != .small || enlarged {
      guard let lines = Self.lines(of: rank, edges, network, in: projection, atMost: left) else {
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
    of rank: Rank, _ looked: [Int]?, _ network: RoadNetwork, in projection: MapProjection, atMost: Int
  ) -> [[SheetPosition]]? {
    let ranks = (0...UInt8.max).map { RoadClass(rawValue: $0).map(Rank.init) }
    func isOfRank(_ edge: Int) -> Bool { ranks[Int(network.edgeClasses[edge])] == rank }
    let edges = looked?.filter(isOfRank) ?? (0..<network.edgeCount).filter(isOfRank)
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

  private let edges: [Int]
  // By position in `edges`, the junctions at its two ends, as positions among the junctions that occur.
  private let ends: [(from: Int32, to: Int32)]
  // The edges at junction j: atJunction[start[j]..<start[j + 1]], as positions in `edges`, ascending.
  private let start: [Int32]
  private let atJunction: [Int32]

  /// - Parameter edges: which edges, ascending.
  /// - Complexity: O(*m* log *m*) for *m* edges, however many the network has.
  init(_ edges: [Int], of network: RoadNetwork) {
    self.edges = edges
    var junctions = edges.flatMap { [network.edgeFrom[$0], network.edgeTo[$0]] }.sorted()
    var count = 0
    for junction in junctions where count == 0 || junctions[count - 1] != junction {
      junctions[count] = junction
      count += 1
    }
    junctions.removeLast(junctions.count - count)
    func local(_ junction: UInt32) -> Int32 {
      var low = 0
      var high = junctions.count
      while low < high {
        let middle = (low + high) / 2
        if junctions[middle] < junction { low = middle + 1 } else { high = middle }
      }
      return Int32(low)
    }
    let ends = edges.map { (from: local(network.edgeFrom[$0]), to: local(network.edgeTo[$0])) }
    var start = [Int32](repeating: 0, count: junctions.count + 1)
    for (from, to) in ends {
      start[Int(from) + 1] += 1
      start[Int(to) + 1] += 1
    }
    for junction in junctions.indices { start[junction + 1] += start[junction] }
    var next = start
    var atJunction = [Int32](repeating: 0, count: 2 * edges.count)
    for (position, (from, to)) in ends.enumerated() {
      for junction in [Int(from), Int(to)] {
        atJunction[Int(next[junction])] = Int32(position)
        next[junction] += 1
      }
    }
    self.ends = ends
    self.start = start
    self.atJunction = atJunction
  }

  /// Hands over the chains: each starts with the lowest edge not yet in one and is prolonged at both ends by the lowest
  /// such edge there, for as long as there is one.
  ///
  /// - Complexity: O(*m*) for *m* edges.
  func forEach(_ body: ([Link]) -> Void) {
    var isUsed = [Bool](repeating: false, count: edges.count)
    var next = start

    func prolong(from junction: Int32) -> [Link] {
      var links: [Link] = []
      var junction = Int(junction)
      search: while true {
        while next[junction] < start[junction + 1] {
          let position = Int(atJunction[Int(next[junction])])
          next[junction] += 1
          if isUsed[position] { continue }
          isUsed[position] = true
          let isForward = Int(ends[position].from) == junction
          links.append(Link(edge: edges[position], isForward: isForward))
          junction = Int(isForward ? ends[position].to : ends[position].from)
          continue search
        }
        return links
      }
    }

    for position in edges.indices where !isUsed[position] {
      isUsed[position] = true
      let onward = prolong(from: ends[position].to)
      let backward = prolong(from: ends[position].from)
      body(
        backward.reversed().map { Link(edge: $0.edge, isForward: !$0.isForward) }
          + [Link(edge: edges[position], isForward: true)] + onward)
    }
  }
}
