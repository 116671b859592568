/// The motorway through the county, two carriageways over everything else, with ramps to the main roads.
///
/// That a motorway runs from east to west south of the city and on into the mountains is real; its course, its
/// number and its interchanges are made up.
struct Motorway {
  /// Meters between the nodes of a carriageway.
  private static let step = 110.0
  /// Meters from the middle of the motorway to a carriageway; nobody sees the strip between.
  private static let halfWidth = 13.0
  /// Meters along the motorway between interchanges, at least.
  private static let betweenInterchanges = 7_000.0
  private static let corners: [(Int, Int)] = [
    (112_765, 35_050), (112_700, 35_047), (112_640, 35_052), (112_590, 35_058), (112_540, 35_046),
    (112_480, 35_036),
    (112_420, 35_058), (112_350, 35_082), (112_290, 35_090), (112_230, 35_108), (112_170, 35_142),
    (112_120, 35_148),
    (112_066, 35_160),
  ]

  private let middle: [Spot]
  private var obstacles: Segments
  /// The two nodes and the layer of each obstacle.
  private var owners: [(a: Int, b: Int, layer: Int)] = []

  private init(_ making: RoadMapMaking, within ring: Ring) {
    let spots = Motorway.corners.map { Spot(longitudeE6: $0.0 * 1_000, latitudeE6: $0.1 * 1_000) }
    middle = Motorway.curve(through: spots).filter { ring.contains($0) && ring.meters(to: $0) > 60 }
    obstacles = Segments([], cell: 500)
    for piece in making.pieces { add(piece, in: making) }
  }

  static func lay(on making: inout RoadMapMaking, within ring: Ring) {
    var motorway = Motorway(making, within: ring)
    let interchanges = motorway.interchanges(making)
    // Westward traffic keeps to the north, eastward to the south.
    let north = motorway.carriageway(offset: halfWidth).map { making.add($0) }
    let south = motorway.carriageway(offset: -halfWidth).map { making.add($0) }
    let road = Road(highway: .motorway, name: "济运高速", ref: "G9901", isOneWay: true)
    motorway.span(Piece(nodes: south, road: road), in: &making)
    motorway.span(Piece(nodes: north.reversed(), road: road), in: &making)
    let ramp = Road(highway: .motorwayLink, isOneWay: true)
    for interchange in interchanges {
      let (k, n) = (interchange.at, motorway.middle.count)
      guard k >= 6, k + 6 < n else { continue }
      let (before, after) = (k - 5, k + 5)
      for (carriageway, joint, offset) in [
        (south, interchange.south, -45.0), (north, interchange.north, 45.0),
      ] {
        guard let joint else { continue }
        let first = making.add(motorway.offset(k - 3, by: offset))
        let second = making.add(motorway.offset(k + 3, by: offset))
        let west = [carriageway[before], first, joint]
        let east = [joint, second, carriageway[after]]
        let isSouth = offset < 0
        motorway.span(Piece(nodes: isSouth ? west : west.reversed(), road: ramp), in: &making)
        motorway.span(Piece(nodes: isSouth ? east : east.reversed(), road: ramp), in: &making)
      }
    }
  }

  private typealias Piece = RoadMapMaking.Piece

  /// A smooth curve through `corners` (Catmull and Rom, 1974), in steps.
  private static func curve(through corners: [Spot]) -> [Spot] {
    var curve: [Spot] = []
    for i in 0..<corners.count - 1 {
      let (p0, p1, p2) = (corners[max(0, i - 1)], corners[i], corners[i + 1])
      let p3 = corners[min(corners.count - 1, i + 2)]
      let pieces = max(1, Int((p1.meters(to: p2) / step).rounded()))
      for k in 0..<pieces {
        let t = Double(k) / Double(pieces)
        func blend(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
          b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        }
        curve.append(
          Spot(
            east: blend(p0.east, p1.east, p2.east, p3.east),
            north: blend(p0.north, p1.north, p2.north, p3.north)))
      }
    }
    // From west to east.
    return curve.reversed()
  }

  /// The spot `meters` to the left of the middle's node `k`, to the right where negative.
  private func offset(_ k: Int, by meters: Double) -> Spot {
    let (a, b) = (middle[max(0, k - 1)], middle[min(middle.count - 1, k + 1)])
    let length = a.meters(to: b)
    return middle[k].moved(
      east: -meters * (b.north - a.north) / length, north: meters * (b.east - a.east) / length)
  }

  private func carriageway(offset meters: Double) -> [Spot] { middle.indices.map { offset($0, by: meters) } }

  // MARK: Interchanges

  private struct Interchange {
    /// The node of the middle nearest before the crossing.
    let at: Int
    var south: Int?
    var north: Int?
  }

  /// Where the motorway crosses a main road, far enough from the one before, with the road's nodes to join.
  private func interchanges(_ making: RoadMapMaking) -> [Interchange] {
    var mainNodes: [Int] = []
    var isMain: Set<Int> = []
    for piece in making.pieces
    where piece.road.highway.rank <= Highway.secondary.rank && piece.road.bridgeLayer == 0 {
      for node in piece.nodes where isMain.insert(node).inserted { mainNodes.append(node) }
    }
    let index = SpotIndex(mainNodes.map { making.spots[$0] }, cell: 400)
    var found: [Interchange] = []
    var last = -1_000
    for k in middle.indices.dropLast() {
      guard Double(k - last) * Motorway.step >= Motorway.betweenInterchanges else { continue }
      let (a, b) = (middle[k], middle[k + 1])
      let crossed = obstacles.near(a, b).contains { i in
        let owner = owners[i]
        return isMain.contains(owner.a) && isMain.contains(owner.b)
          && crossing(a, b, obstacles.ends[i].0, obstacles.ends[i].1) != nil
      }
      guard crossed else { continue }
      var interchange = Interchange(at: k)
      let near = index.near(a, within: 380).map { mainNodes[$0] }
        .sorted { (making.spots[$0].meters(to: a), $0) < (making.spots[$1].meters(to: a), $1) }
      for node in near {
        let spot = making.spots[node]
        let left =
          ((b.east - a.east) * (spot.north - a.north) - (b.north - a.north) * (spot.east - a.east))
          / a.meters(to: b)
        if left > 90, interchange.north == nil { interchange.north = node }
        if left < -90, interchange.south == nil { interchange.south = node }
      }
      guard interchange.north != nil, interchange.south != nil else { continue }
      found.append(interchange)
      last = k
    }
    return found
  }

  // MARK: Bridges

  private mutating func add(_ piece: Piece, in making: RoadMapMaking) {
    for (a, b) in zip(piece.nodes, piece.nodes.dropFirst()) {
      obstacles.add(making.spots[a], making.spots[b])
      owners.append((a, b, piece.road.bridgeLayer))
    }
  }

  /// Adds `piece`, as bridges wherever it crosses something, 32 m to both sides, and as road between them.
  private mutating func span(_ piece: Piece, in making: inout RoadMapMaking) {
    var spans: [(from: Double, to: Double, layer: Int)] = []
    var along = 0.0
    for (a, b) in zip(piece.nodes, piece.nodes.dropFirst()) {
      let (p, q) = (making.spots[a], making.spots[b])
      let length = p.meters(to: q)
      for i in obstacles.near(p, q) {
        let owner = owners[i]
        guard ![owner.a, owner.b].contains(a), ![owner.a, owner.b].contains(b),
          let share = crossing(p, q, obstacles.ends[i].0, obstacles.ends[i].1)
        else { continue }
        spans.append((along + share * length - 32, along + share * length + 32, owner.layer + 1))
      }
      along += length
    }
    var merged: [(from: Double, to: Double, layer: Int)] = []
    for span in spans.sorted(by: <) {
      if let last = merged.last, span.from < last.to + 70 {
        merged[merged.count - 1] = (last.from, max(last.to, span.to), max(last.layer, span.layer))
      } else {
        merged.append(span)
      }
    }
    cut(piece, length: along, at: merged, in: &making)
  }

  private mutating func cut(
    _ piece: Piece, length: Double, at spans: [(from: Double, to: Double, layer: Int)],
    in making: inout RoadMapMaking
  ) {
    // Where the road changes: meters from the start, and the layer from there on. A change within 3 m of an end of
    // the piece, or of a node, happens at that node.
    var changes: [(at: Double, layer: Int)] = []
    for span in spans { changes += [(max(0, span.from), span.layer), (min(length, span.to), 0)] }
    var (nodes, layer, next, along) = ([piece.nodes[0]], 0, 0, 0.0)
    func finish(_ making: inout RoadMapMaking, _ motorway: inout Motorway) {
      if nodes.count > 1 {
        var part = Piece(nodes: nodes, road: piece.road)
        part.road.bridgeLayer = layer
        making.add(part)
        motorway.add(part, in: making)
      }
      nodes = [nodes.last!]
    }
    for (a, b) in zip(piece.nodes, piece.nodes.dropFirst()) {
      let (p, q) = (making.spots[a], making.spots[b])
      let length = p.meters(to: q)
      while next < changes.count, changes[next].at <= along + length {
        let share = (changes[next].at - along) / length
        if share * length > 3, (1 - share) * length > 3 {
          nodes.append(
            making.add(p.moved(east: share * (q.east - p.east), north: share * (q.north - p.north))))
        } else if share > 0.5 {
          nodes.append(b)
        }
        finish(&making, &self)
        layer = changes[next].layer
        next += 1
      }
      if nodes.last != b { nodes.append(b) }
      along += length
    }
    finish(&making, &self)
  }
}
