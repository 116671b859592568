import Foundation
import Geo

/// A flat map around the position that is snapped, in meters.
struct SnapPlane {
  // The position in 10⁻⁷ degrees, and the meters in each of them.
  let latitude: Double
  let longitude: Double
  let metersNorth: Double
  let metersEast: Double

  init(latitude: Double, longitude: Double) {
    self.latitude = latitude * 1e7
    self.longitude = longitude * 1e7
    metersNorth = earthRadiusMeters * .pi / 180 * 1e-7
    metersEast = metersNorth * cos(latitude * .pi / 180)
  }

  @inline(__always)
  func offset(of point: (latitude: Int32, longitude: Int32)) -> (east: Double, north: Double) {
    ((Double(point.longitude) - longitude) * metersEast, (Double(point.latitude) - latitude) * metersNorth)
  }

  /// How near anything in a box can be, squared.
  @inline(__always)
  func squaredMeters(to box: SegmentTree.Box) -> Double {
    let east = max(Double(box.west) - longitude, longitude - Double(box.east), 0) * metersEast
    let north = max(Double(box.south) - latitude, latitude - Double(box.north), 0) * metersNorth
    return east * east + north * north
  }

  /// The nearest position on a segment: how near, squared, and which part of the segment lies before it.
  @inline(__always)
  func nearest(
    from a: (latitude: Int32, longitude: Int32), to b: (latitude: Int32, longitude: Int32)
  ) -> (squaredMeters: Double, part: Double) {
    let (ax, ay) = offset(of: a)
    let (bx, by) = offset(of: b)
    let dx = bx - ax
    let dy = by - ay
    let along = -(ax * dx + ay * dy)
    let squaredLength = dx * dx + dy * dy
    // At an end the distance is that of the end, to the bit, so that edges that meet there are equally near.
    if along <= 0 { return (ax * ax + ay * ay, 0) }
    if along >= squaredLength { return (bx * bx + by * by, 1) }
    let across = ax * dy - ay * dx
    return (across * across / squaredLength, along / squaredLength)
  }
}

/// A segment tree as a search reads it. Lives in `withReader` only.
struct SegmentReader {
  struct Found {
    var edge: Int
    var piece: Int
    var part: Double
    var squaredMeters: Double
    var meters: Double { squaredMeters.squareRoot() }
  }

  let shapes: RoadShapes
  let edgeMillimeters: UnsafeBufferPointer<UInt32>
  let uses: UnsafeBufferPointer<UInt8>
  let leafEdges: UnsafeBufferPointer<UInt32>
  let boxes: UnsafeBufferPointer<SegmentTree.Box>
  let boxUses: UnsafeBufferPointer<UInt8>
  let levelStarts: UnsafeBufferPointer<Int>
  let segmentCount: Int

  /// A box to look into: how near anything in it can be.
  private struct Candidate {
    var squaredMeters: Double
    var level: Int
    var box: Int
  }

  /// The nearest segment of an edge that is good for `use`; of equally near ones that of the lowest edge, then the first.
  ///
  /// Branch and bound: boxes are looked into nearest first, and passed over when nothing in them can be nearer than what
  /// was found.
  func nearest(to plane: SnapPlane, using use: UInt8, within meters: Double = .infinity) -> Found? {
    guard let root = boxUses.last, root & use != 0 else { return nil }
    let levels = levelStarts.count - 1
    var best = Found(edge: .max, piece: 0, part: 0, squaredMeters: meters * meters)

    return withUnsafeTemporaryAllocation(of: Candidate.self, capacity: levels * SegmentTree.fanOut) {
      open in
      open[0] = Candidate(
        squaredMeters: plane.squaredMeters(to: boxes[boxes.count - 1]), level: levels - 1,
        box: boxes.count - 1)
      var depth = 1
      while depth > 0 {
        depth -= 1
        let candidate = open[depth]
        // The two are rounded differently: what is a hair beyond is looked into.
        if candidate.squaredMeters > best.squaredMeters * (1 + 1e-9) + 1e-6 { continue }
        guard candidate.level > 0 else {
          look(intoLeaf: candidate.box, plane, use, &best)
          continue
        }
        let level = candidate.level - 1
        let first =
          levelStarts[level] + (candidate.box - levelStarts[candidate.level]) * SegmentTree.fanOut
        let bottom = depth
        for child in first..<min(levelStarts[candidate.level], first + SegmentTree.fanOut)
        where boxUses[child] & use != 0 {
          let near = plane.squaredMeters(to: boxes[child])
          if near > best.squaredMeters * (1 + 1e-9) + 1e-6 { continue }
          // Kept in order, the nearest on top.
          var slot = depth
          while slot > bottom, open[slot - 1].squaredMeters < near {
            open[slot] = open[slot - 1]
            slot -= 1
          }
          open[slot] = Candidate(squaredMeters: near, level: level, box: child)
          depth += 1
        }
      }
      return best.edge == .max ? nil : best
    }
  }

  @inline(__always)
  private func look(intoLeaf leaf: Int, _ plane: SnapPlane, _ use: UInt8, _ best: inout Found) {
    let first = leaf * SegmentTree.leafSize
    let end = min(segmentCount, first + SegmentTree.leafSize)
    var edge = Int(leafEdges[leaf])
    var segment = first
    while segment < end {
      let piece = segment - shapes.firstSegment(ofEdge: edge)
      guard piece < shapes.segmentCount(ofEdge: edge) else {
        edge += 1
        continue
      }
      if uses[edge] & use != 0 {
        let (near, part) = plane.nearest(
          from: shapes.point(piece, ofEdge: edge), to: shapes.point(piece + 1, ofEdge: edge))
        // The first bound is within reach itself; after that ties go to the lower edge, then the earlier piece.
        if near < best.squaredMeters
          || near == best.squaredMeters && (edge, piece) < (best.edge, best.piece)
        {
          best = Found(edge: edge, piece: piece, part: part, squaredMeters: near)
        }
      }
      segment += 1
    }
  }

  /// The position on the road of what was found.
  func position(
    _ found: Found, from plane: SnapPlane, _ options: RoadSnapping.Options, passesIsland: Bool
  ) -> RoadPosition {
    var before = 0.0
    var whole = 0.0
    for piece in 0..<shapes.segmentCount(ofEdge: found.edge) {
      let a = plane.offset(of: shapes.point(piece, ofEdge: found.edge))
      let b = plane.offset(of: shapes.point(piece + 1, ofEdge: found.edge))
      let length = ((b.east - a.east) * (b.east - a.east) + (b.north - a.north) * (b.north - a.north))
        .squareRoot()
      if piece < found.piece { before += length }
      if piece == found.piece { before += length * found.part }
      whole += length
    }
    let length = edgeMillimeters[found.edge]
    let along = whole > 0 ? (Double(length) * (before / whole)).rounded() : 0
    let a = shapes.point(found.piece, ofEdge: found.edge)
    let b = shapes.point(found.piece + 1, ofEdge: found.edge)
    let gap = UInt64((found.meters * 1_000).rounded())
    let approach = gap * UInt64(options.circuityThousandths)
    let speed = UInt64(options.offRoadMillimetersPerSecond)
    return RoadPosition(
      edge: UInt32(found.edge), millimeters: UInt32(min(Double(length), along)),
      gapMillimeters: UInt32(clamping: gap), approachMillimeters: UInt32(clamping: (approach + 500) / 1_000),
      // Thousandths of millimeters over millimeters a second are milliseconds; rounded to the nearest, halves up.
      gapMilliseconds: UInt32(clamping: (2 * approach + speed) / (2 * speed)),
      latitude: between(a.latitude, b.latitude, found.part),
      longitude: between(a.longitude, b.longitude, found.part), passesIsland: passesIsland)
  }

  private func between(_ a: Int32, _ b: Int32, _ part: Double) -> Int32 {
    Int32((Double(a) + (Double(b) - Double(a)) * part).rounded())
  }
}

extension SegmentTree {
  /// Hands the tree to `body` as a search reads it.
  func withReader<R>(_ network: RoadNetwork, _ body: (SegmentReader) -> R) -> R {
    network.withShapes { shapes in
      network.edgeMillimeters.withUnsafeBufferPointer { edgeMillimeters in
        uses.withUnsafeBufferPointer { uses in
          leafEdges.withUnsafeBufferPointer { leafEdges in
            boxes.withUnsafeBufferPointer { boxes in
              boxUses.withUnsafeBufferPointer { boxUses in
                levelStarts.withUnsafeBufferPointer { levelStarts in
                  body(
                    SegmentReader(
                      shapes: shapes, edgeMillimeters: edgeMillimeters, uses: uses, leafEdges: leafEdges,
                      boxes: boxes, boxUses: boxUses, levelStarts: levelStarts,
                      segmentCount: network.segmentCount))
                }
              }
            }
          }
        }
      }
    }
  }
}
