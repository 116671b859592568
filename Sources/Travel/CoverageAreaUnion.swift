import Dispatch
import Foundation
import Geo

/// Merges circles into polygons.
///
/// Circles whose boxes hang together make a group. A small group is united at once. A large one is divided into tiles of a
/// few circles each: a tile that one circle covers is done, and in the others GEOS unites the circles' parts. Then the seams
/// between tiles are dropped, in whole numbers. Which circles meet where depends on their positions alone, so the answer is
/// the same on any number of threads.
func merged(_ circles: [Circle], outlinedBy outline: CircleOutline) throws(CoverageAreaError) -> [Polygon] {
  let pieces = try inBatches(circles.count) { rows throws(CoverageAreaError) in
    let overlay = try GeometryOverlay()
    var pieces: [CirclePiece] = []
    for circle in circles[rows] { pieces += try outline.pieces(of: circle, overlay) }
    return pieces
  }
  let groups = groups(of: pieces.map(\.box))
  let small = groups.filter { $0.count <= TileMerger.mostInOneTile }
  var polygons = try inBatches(small.count) { rows throws(CoverageAreaError) in
    var merger = try TileMerger(pieces, outlinedBy: outline)
    for group in small[rows] { try merger.merge(group: group) }
    return merger.patches.map(\.polygon)
  }
  for group in groups where group.count > TileMerger.mostInOneTile {
    let tiles = Tile(around: group, pieces).parts(ofAtMost: batchSize, pieces, outline)
    let patches = try inParallel(tiles.count) { index throws(CoverageAreaError) in
      var merger = try TileMerger(pieces, outlinedBy: outline)
      try merger.merge(tiles[index])
      return merger.patches
    }
    polygons += SeamJoiner.joined(patches.flatMap(\.self))
  }
  let all = polygons
  return try inBatches(all.count) { rows throws(CoverageAreaError) in all[rows].compactMap(tidied) }
    .sorted { $0.exterior.lexicographicallyPrecedes($1.exterior, by: isWestOf) }
}

/// Circles that one thread takes at once.
private let batchSize = 1_024

/// The polygon in the form that is promised, or `nil` where it is too small to keep.
func tidied(_ polygon: GridPolygon) -> Polygon? {
  let kept = polygon.rings.filter { areaInSquareMeters(of: $0) >= smallestAreaInSquareMeters }
  guard let exterior = polygon.rings.first, kept.first == exterior else { return nil }
  return Polygon(
    exterior: ring(exterior),
    holes: kept.dropFirst().map(ring).sorted { $0.lexicographicallyPrecedes($1, by: isWestOf) })
}

private let smallestAreaInSquareMeters = 1.0

/// The ring from its westernmost, then southernmost corner on.
private func ring(_ corners: GridRing) -> [Coordinate<WGS84>] {
  let first = corners.indices.min { (corners[$0].x, corners[$0].y) < (corners[$1].x, corners[$1].y) } ?? 0
  return (corners[first...] + corners[..<first]).compactMap(coordinate)
}

func isWestOf(_ a: Coordinate<WGS84>, _ b: Coordinate<WGS84>) -> Bool {
  (a.longitude, a.latitude) < (b.longitude, b.latitude)
}

/// The area on the ground, good enough to tell a sliver: the ring's map area, shrunk by its first corner's latitude.
private func areaInSquareMeters(of ring: GridRing) -> Double {
  guard let first = ring.first else { return 0 }
  let metersPerUnit = earthRadiusMeters * .pi / 180 / gridUnitsPerDegree
  let narrowing = max(1e-3, cos(Double(first.y) / gridUnitsPerDegree * .pi / 180))
  return abs(doubledArea(of: ring)) / 2 * metersPerUnit * metersPerUnit * narrowing
}

/// What `body` makes of `0..<count`, in batches on all cores.
private func inBatches<Element: Sendable>(
  _ count: Int, _ body: @Sendable (Range<Int>) throws(CoverageAreaError) -> [Element]
) throws(CoverageAreaError) -> [Element] {
  try inParallel((count + batchSize - 1) / batchSize) { index throws(CoverageAreaError) in
    try body((index * batchSize)..<min((index + 1) * batchSize, count))
  }.flatMap(\.self)
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
