import Dispatch
import Foundation
import Geo

/// Merges circles into polygons.
///
/// Chunks of neighbors are united first, then chunks with chunks, always those next to each other along the Morton
/// curve; the geometry library sees only polygons whose rectangles meet. One union of all circles visits every corner
/// again at each of its levels, and snapping every union to the grid of seven decimals instead of the last polygons
/// costs four times as much. Which polygons meet when depends on their positions alone, so the answer is the same on
/// any number of threads.
func merged(_ circles: [Circle], outlinedBy outline: CircleOutline) throws(CoverageAreaError) -> [Polygon] {
  let chunkSize = 128
  let chunks = stride(from: 0, to: circles.count, by: chunkSize).map { start in
    circles[start..<min(start + chunkSize, circles.count)]
  }
  var areas = try inParallel(chunks.count) { index throws(CoverageAreaError) in
    let overlay = try GeometryOverlay()
    var pieces: [MapPolygon] = []
    for circle in chunks[index] { pieces += try overlay.pieces(of: outline.shape(of: circle)) }
    return try overlay.union(pieces, sides: Array(pieces.indices))
  }
  while areas.count > 1 {
    let parts = areas
    areas = try inParallel((parts.count + 1) / 2) { index throws(CoverageAreaError) in
      let (a, b) = (2 * index, 2 * index + 1)
      return b < parts.count ? try union(parts[a], parts[b]) : parts[a]
    }
  }
  let area = areas.first ?? []
  let tidy = try inParallel((area.count + chunkSize - 1) / chunkSize) { index throws(CoverageAreaError) in
    let overlay = try GeometryOverlay()
    var polygons: [Polygon] = []
    for polygon in area[(index * chunkSize)..<min((index + 1) * chunkSize, area.count)] {
      polygons += try overlay.onGrid(polygon).compactMap(tidied)
    }
    return polygons
  }
  return tidy.flatMap { $0 }.sorted { $0.exterior.lexicographicallyPrecedes($1.exterior, by: isWestOf) }
}

/// The union of two areas.
private func union(_ a: [MapPolygon], _ b: [MapPolygon]) throws(CoverageAreaError) -> [MapPolygon] {
  // Polygons away from the other area need not be looked at one by one.
  let boxB = MapBox(around: b)
  let nearB = a.filter { $0.box.meets(boxB) }
  let boxA = MapBox(around: nearB)
  let nearA = b.filter { $0.box.meets(boxA) }
  if nearA.isEmpty { return a + b }
  let sides = nearB.map { _ in 0 } + nearA.map { _ in 1 }
  return try GeometryOverlay().union(nearB + nearA, sides: sides)
    + a.filter { !$0.box.meets(boxB) } + b.filter { !$0.box.meets(boxA) }
}

extension GeometryOverlay {
  /// The union of `polygons`, of which those on the same side have no area in common.
  fileprivate func union(_ polygons: [MapPolygon], sides: [Int]) throws(CoverageAreaError) -> [MapPolygon] {
    var united: [MapPolygon] = []
    for group in groups(of: polygons.map(\.box), sides: sides) {
      if group.count == 1 {
        united.append(polygons[group[0]])
      } else {
        united += try union(group.map { polygons[$0] })
      }
    }
    return united
  }
}

/// The positions of boxes in groups, so that boxes of different sides that meet are in one group; each ascending, in
/// the order of their first members.
///
/// - Complexity: O(*n* log *n* + pairs of boxes that share a longitude).
private func groups(of boxes: [MapBox], sides: [Int]) -> [[Int]] {
  // A forest in which every tree is a group, its root the least position.
  var parents = Array(boxes.indices)
  func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }
  let eastward = boxes.indices.sorted { (boxes[$0].west, $0) < (boxes[$1].west, $1) }
  for (rank, index) in eastward.enumerated() {
    for other in eastward[(rank + 1)...] {
      if boxes[other].west > boxes[index].east { break }
      guard sides[index] != sides[other], boxes[index].meets(boxes[other]) else { continue }
      let (a, b) = (root(index), root(other))
      parents[max(a, b)] = min(a, b)
    }
  }
  var members = [[Int]](repeating: [], count: boxes.count)
  for index in boxes.indices { members[root(index)].append(index) }
  return members.filter { !$0.isEmpty }
}

extension GeometryOverlay {
  /// The polygons a circle is drawn as, between 180° west and east.
  fileprivate func pieces(of shape: CircleOutline.Shape) throws(CoverageAreaError) -> [MapPolygon] {
    let world = polygon([(-180, -90), (180, -90), (180, 90), (-180, 90)])
    switch shape {
    case .everything: return world
    case .allBut(let corners): return try difference(world, try cut(corners, at: world))
    case .ring(let corners), .polarCap(let corners): return try cut(corners, at: world)
    }
  }

  /// The polygon in the pieces the 180th meridian cuts it into.
  private func cut(
    _ corners: [CircleOutline.Corner], at world: [MapPolygon]
  ) throws(CoverageAreaError) -> [MapPolygon] {
    let whole = polygon(corners)
    if whole.allSatisfy(\.box.isOnTheMap) { return whole }
    var pieces: [MapPolygon] = []
    for turn in [-360.0, 0, 360] {
      pieces += try intersection(polygon(corners.map { ($0.longitude + turn, $0.latitude) }), world)
    }
    return pieces
  }

  /// The polygon with these corners on the grid; none where fewer than three are left.
  private func polygon(_ corners: [CircleOutline.Corner]) -> [MapPolygon] {
    var ring: [MapCorner] = []
    for corner in corners {
      let corner = sevenDecimals(MapCorner(corner.longitude, corner.latitude))
      if corner != ring.last { ring.append(corner) }
    }
    if ring.count > 1, ring.first == ring.last { ring.removeLast() }
    return ring.count < 3 ? [] : [MapPolygon(rings: [ring + [ring[0]]])]
  }
}

/// The polygon in the form that is promised, or `nil` where it is too small to keep.
func tidied(_ polygon: MapPolygon) -> Polygon? {
  let rings = polygon.rings.map { ring in
    ring.dropLast().compactMap { Coordinate<WGS84>(latitude: $0.y, longitude: $0.x) }
  }
  let kept = rings.filter { areaInSquareMeters(of: $0) >= smallestAreaInSquareMeters }
  guard let exterior = rings.first, kept.first == exterior else { return nil }
  return Polygon(
    exterior: ring(exterior, isCounterClockwise: true),
    holes: kept.dropFirst().map { ring($0, isCounterClockwise: false) }.sorted {
      $0.lexicographicallyPrecedes($1, by: isWestOf)
    })
}

private let smallestAreaInSquareMeters = 1.0

/// The ring from its westernmost, then southernmost corner on, in the direction asked for.
private func ring(_ corners: [Coordinate<WGS84>], isCounterClockwise: Bool) -> [Coordinate<WGS84>] {
  let ordered = (doubledMapArea(of: corners) > 0) == isCounterClockwise ? corners : corners.reversed()
  guard let first = ordered.indices.min(by: { isWestOf(ordered[$0], ordered[$1]) }) else { return [] }
  return Array(ordered[first...] + ordered[..<first])
}

func isWestOf(_ a: Coordinate<WGS84>, _ b: Coordinate<WGS84>) -> Bool {
  (a.longitude, a.latitude) < (b.longitude, b.latitude)
}

/// Twice the area in square degrees of the map, positive where the ring runs counter-clockwise.
private func doubledMapArea(of ring: [Coordinate<WGS84>]) -> Double {
  guard let origin = ring.first, var last = ring.last else { return 0 }
  // Measured from the first corner, so that small rings far from the origin keep their digits.
  var sum = 0.0
  for corner in ring {
    sum +=
      (last.longitude - origin.longitude) * (corner.latitude - origin.latitude)
      - (corner.longitude - origin.longitude) * (last.latitude - origin.latitude)
    last = corner
  }
  return sum
}

/// The area on the ground, good enough to tell a sliver: the ring's map area, shrunk by its first corner's latitude.
private func areaInSquareMeters(of ring: [Coordinate<WGS84>]) -> Double {
  guard let first = ring.first else { return 0 }
  let metersPerDegree = earthRadiusMeters * .pi / 180
  let narrowing = max(1e-3, cos(first.latitude * .pi / 180))
  return abs(doubledMapArea(of: ring)) / 2 * metersPerDegree * metersPerDegree * narrowing
}

/// The results of `body` for `0..<count`, in that order, made on all cores; throws the first failure in that order.
private func inParallel<Element: Sendable>(
  _ count: Int, _ body: @Sendable (Int) throws(CoverageAreaError) -> Element
) throws(CoverageAreaError) -> [Element] {
  var results = [Result<Element, CoverageAreaError>?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    // Every iteration writes a slot of its own.
    nonisolated(unsafe) let slots = buffer
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do throws(CoverageAreaError) {
        slots[index] = .success(try body(index))
      } catch {
        slots[index] = .failure(error)
      }
    }
  }
  var elements: [Element] = []
  elements.reserveCapacity(count)
  for result in results {
    if let result { elements.append(try result.get()) }
  }
  return elements
}
