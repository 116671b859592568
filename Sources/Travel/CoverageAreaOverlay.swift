/// The union of polygons in whole numbers, by snap rounding.
///
/// Where edges cross, the nearest corner of the grid becomes a corner of both, and an edge that passes within half a
/// unit of any corner is led through it (Hobby 1999, "Practical segment intersection with finite precision output",
/// Computational Geometry 13): then edges meet at corners only. What has area on one side only is kept. Edges move by
/// less than a unit.
///
/// - Returns: valid polygons whose interiors are connected and have no point in common.
/// - Complexity: O(*n*²) for *n* edges, of which edges that share no longitude cost next to nothing.
func union(of polygons: [GridPolygon]) -> [GridPolygon] {
  if polygons.count < 2 { return polygons }
  var corners: [GridCorner] = []
  var chains: [BoundaryChain] = []
  for (low, high, isForward) in boundary(of: fragments(of: snapped(edges(of: polygons)))) {
    chains.append(BoundaryChain(corners: corners.count..<(corners.count + 2), patch: 0))
    corners += isForward ? [low, high] : [high, low]
  }
  return nested(closedRings(of: chains, corners).map(\.ring))
}

/// A stretch of a boundary from its west to its east end, the south end first where it is vertical.
private struct Edge {
  var low: SIMD2<Int>
  var high: SIMD2<Int>
  /// How many more polygons cover its left than its right.
  var weight: Int

  init(_ a: SIMD2<Int>, _ b: SIMD2<Int>, weight: Int) {
    let isForward = (a.x, a.y) < (b.x, b.y)
    (low, high, self.weight) = isForward ? (a, b, weight) : (b, a, -weight)
  }

  /// Where it begins in the ring it comes from.
  var start: SIMD2<Int> { weight > 0 ? low : high }
  var width: Int { high.x - low.x }
  var south: Int { min(low.y, high.y) }
  var north: Int { max(low.y, high.y) }
}

/// The edges of all rings, from west to east.
private func edges(of polygons: [GridPolygon]) -> [Edge] {
  var edges: [Edge] = []
  for polygon in polygons {
    for ring in polygon.rings {
      guard var last = ring.last.map(wide) else { continue }
      for corner in ring {
        let next = wide(corner)
        edges.append(Edge(last, next, weight: 1))
        last = next
      }
    }
  }
  return sorted(edges)
}

/// The edges by their west ends, those that begin together by their east ends.
private func sorted(_ edges: [Edge]) -> [Edge] {
  let keys = edges.enumerated().map { index, edge in
    (low: narrowKey(edge.low), high: narrowKey(edge.high), index: index)
  }
  return keys.sorted { $0.low != $1.low ? $0.low < $1.low : ($0.high, $0.index) < ($1.high, $1.index) }
    .map { edges[$0.index] }
}

private func narrowKey(_ position: SIMD2<Int>) -> UInt64 { key(GridCorner(truncatingIfNeeded: position)) }

/// The edges divided and moved so that they meet at their ends only.
private func snapped(_ edges: [Edge]) -> [Edge] {
  // The corners that edges are led through, each with the edge that must pass, or -1 for all that do.
  var nodes: [(key: UInt64, edge: Int)] = []
  for (rank, a) in edges.enumerated() {
    nodes.append((narrowKey(a.start), -1))
    for other in (rank + 1)..<max(rank + 1, edges.count) {
      let b = edges[other]
      if b.low.x > a.high.x { break }
      guard b.south <= a.north, a.south <= b.north, let corner = crossing(a, b) else { continue }
      let key = narrowKey(corner)
      nodes += [(key, -1), (key, rank), (key, other)]
    }
  }
  nodes.sort { $0.key != $1.key ? $0.key < $1.key : $0.edge < $1.edge }
  var unique: [(corner: SIMD2<Int>, edge: Int)] = []
  unique.reserveCapacity(nodes.count)
  for (index, node) in nodes.enumerated() where index == 0 || node != nodes[index - 1] {
    unique.append((wide(corner(node.key)), node.edge))
  }

  var fragments: [Edge] = []
  fragments.reserveCapacity(edges.count + unique.count)
  var stops: [(distance: Double, corner: SIMD2<Int>)] = []
  var first = 0
  for (rank, edge) in edges.enumerated() {
    while first < unique.count, unique[first].corner.x < edge.low.x { first += 1 }
    stops.removeAll(keepingCapacity: true)
    var index = first
    while index < unique.count, unique[index].corner.x <= edge.high.x {
      let (corner, owner) = unique[index]
      index += 1
      guard corner.y >= edge.south, corner.y <= edge.north, corner != edge.low, corner != edge.high,
        owner == rank || owner < 0 && passes(edge, corner)
      else { continue }
      let (way, part) = (SIMD2<Double>(edge.high &- edge.low), SIMD2<Double>(corner &- edge.low))
      stops.append(((way * part).sum(), corner))
    }
    stops.sort { ($0.distance, $0.corner.x, $0.corner.y) < ($1.distance, $1.corner.x, $1.corner.y) }
    var last = edge.low
    for (_, corner) in stops where corner != last {
      fragments.append(Edge(last, corner, weight: edge.weight))
      last = corner
    }
    fragments.append(Edge(last, edge.high, weight: edge.weight))
  }
  return fragments
}

/// The corner nearest to where two edges cross between their ends.
private func crossing(_ a: Edge, _ b: Edge) -> SIMD2<Int>? {
  let (fromLow, fromHigh) = (turn(a.low, a.high, b.low), turn(a.low, a.high, b.high))
  if fromLow >= 0 && fromHigh >= 0 || fromLow <= 0 && fromHigh <= 0 { return nil }
  let (low, high) = (turn(b.low, b.high, a.low), turn(b.low, b.high, a.high))
  if low >= 0 && high >= 0 || low <= 0 && high <= 0 { return nil }
  let share = Double(low) / (Double(low) - Double(high))
  let way = SIMD2<Double>(a.high &- a.low) * share
  return a.low &+ SIMD2<Int>(way, rounding: .toNearestOrEven)
}

/// Whether the edge passes through the unit square around a corner within its box; of the square's rim the west and the
/// south side belong to it.
private func passes(_ edge: Edge, _ corner: SIMD2<Int>) -> Bool {
  let way = edge.high &- edge.low
  let once = turn(edge.low, edge.high, corner)
  let reach = abs(way.x) + abs(way.y)
  guard abs(once) <= reach else { return false }
  // Doubled, so that half a unit is whole.
  let side = 2 * once
  return abs(side) < reach || abs(side) == reach && side - way.x + way.y == 0
}

/// The edges with those between the same corners as one; without those whose sides are alike.
private func fragments(of edges: [Edge]) -> [Edge] {
  var fragments: [Edge] = []
  for edge in sorted(edges) {
    if let last = fragments.last, last.low == edge.low, last.high == edge.high {
      fragments[fragments.count - 1].weight += edge.weight
    } else {
      if fragments.last?.weight == 0 { fragments.removeLast() }
      fragments.append(edge)
    }
  }
  if fragments.last?.weight == 0 { fragments.removeLast() }
  return fragments
}

/// The fragments with area on one side only, and whether it is the left one.
///
/// Along a ray from afar to the middle of a fragment, each fragment on the way adds its weight. Rays come from the south,
/// and to those that lie north and south from the west. Few fragments are wide, as the rims of tiles are; of the others
/// only those that begin shortly west of a ray can cross it.
private func boundary(of fragments: [Edge]) -> [(low: GridCorner, high: GridCorner, isForward: Bool)] {
  let wide = 1 + 4 * fragments.reduce(0) { $0 + $1.width } / max(1, fragments.count)
  let wideOnes = fragments.indices.filter { fragments[$0].width > wide }
  var boundary: [(low: GridCorner, high: GridCorner, isForward: Bool)] = []
  var first = 0
  for edge in fragments {
    // Doubled, so that it is whole.
    let middle = edge.low &+ edge.high
    var depth = 0
    if edge.width == 0 {
      for other in fragments {
        if 2 * other.low.x > middle.x { break }
        depth += other.gainFromWest(to: middle)
      }
      depth -= edge.weight
    } else {
      while 2 * (fragments[first].low.x + wide) <= 2 * edge.low.x { first += 1 }
      for index in first..<fragments.count {
        let other = fragments[index]
        if 2 * other.low.x > middle.x { break }
        if other.width <= wide { depth += other.gainFromSouth(to: middle) }
      }
      for index in wideOnes { depth += fragments[index].gainFromSouth(to: middle) }
    }
    // What lies south or east of the fragment, and beyond.
    if (depth + edge.weight > 0) != (depth > 0) {
      boundary.append(
        (
          GridCorner(truncatingIfNeeded: edge.low), GridCorner(truncatingIfNeeded: edge.high),
          depth + edge.weight > 0
        ))
    }
  }
  return boundary
}

extension Edge {
  /// What a ray from the south to a position, given twice as large, gains by crossing the edge.
  fileprivate func gainFromSouth(to position: SIMD2<Int>) -> Int {
    guard 2 * low.x <= position.x, 2 * high.x > position.x, side(of: position, low, high) > 0 else {
      return 0
    }
    return weight
  }

  /// What a ray from the west gains by crossing the edge.
  fileprivate func gainFromWest(to position: SIMD2<Int>) -> Int {
    guard 2 * south <= position.y, 2 * north > position.y else { return 0 }
    let side = Travel.side(of: position, low, high)
    // The left of an edge that goes north is the west.
    if high.y > low.y { return side < 0 ? -weight : 0 }
    return side > 0 ? weight : 0
  }
}

/// Exteriors with the holes within each.
private func nested(_ rings: [GridRing]) -> [GridPolygon] {
  let sized = rings.map { (ring: $0, area: doubledArea(of: $0)) }
  let exteriors = sized.filter { $0.area > 0 }.sorted { $0.area < $1.area }
  var polygons = exteriors.map { GridPolygon(rings: [$0.ring]) }
  for (hole, area) in sized where area < 0 {
    // No other ring passes through the middle of an edge.
    let middle = wide(hole[0]) &+ wide(hole[1])
    let owner = exteriors.firstIndex { $0.area > -area && surrounds($0.ring, doubled: middle) }
    if let owner { polygons[owner].rings.append(hole) }
  }
  return polygons
}

/// Whether a position, given twice as large, lies inside the ring.
private func surrounds(_ ring: GridRing, doubled position: SIMD2<Int>) -> Bool {
  var isInside = false
  guard var last = ring.last.map(wide) else { return false }
  for corner in ring {
    let next = wide(corner)
    if (2 * last.y > position.y) != (2 * next.y > position.y) {
      if (side(of: position, last, next) > 0) == (next.y > last.y) { isInside.toggle() }
    }
    last = next
  }
  return isInside
}

/// Positive where a position, given twice as large, lies left of the way from *a* to *b*, negative where right.
private func side(of position: SIMD2<Int>, _ a: SIMD2<Int>, _ b: SIMD2<Int>) -> Double {
  let (way, part) = (b &- a, position &- a &* 2)
  let estimate = Double(way.x) * Double(part.y) - Double(way.y) * Double(part.x)
  // On the map a product is below 2^64, and rounding takes no more than 2^12 from it. Near zero whole numbers decide.
  return abs(estimate) > 1e6 ? estimate : Double(way.x &* part.y &- way.y &* part.x)
}
