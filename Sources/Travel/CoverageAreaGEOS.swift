import CGEOS
import Geo

/// The overlay operations of the geometry library GEOS (libgeos.org), in a context of their own.
///
/// What comes out lies on the grid and is valid. All but `union` round to the grid while they compute, and move edges along
/// with the corners (Hobby 1999, "Practical segment intersection with finite precision output"; `OverlayNG` of GEOS 3.9).
struct GeometryOverlay: ~Copyable {
  private typealias Geometry = OpaquePointer

  private let context: GEOSContextHandle_t
  private let lastMessage: Message

  /// What the library complained of last; its callback needs an object to write to.
  private final class Message { var text = "" }

  init() throws(CoverageAreaError) {
    guard let context = GEOS_init_r() else { throw CoverageAreaError(message: "out of memory") }
    self.context = context
    lastMessage = Message()
    GEOSContext_setErrorMessageHandler_r(
      context,
      { text, message in
        guard let text, let message else { return }
        Unmanaged<Message>.fromOpaque(message).takeUnretainedValue().text = String(cString: text)
      }, Unmanaged.passUnretained(lastMessage).toOpaque())
  }

  deinit { GEOS_finish_r(context) }

  /// The area that lies in at least one of some valid polygons. Edges move by less than a unit.
  ///
  /// The buffer of no width counts for each edge how many polygons lie on its sides, in one pass over all of them. That takes
  /// a fifth of the time of `GEOSUnaryUnionPrec`, which unites two at a time and rounds each time, and leaves the rounding
  /// for later: the corners of the answer are moved to the grid. In a few tiles of ten thousand that makes an edge cross
  /// another or a corner of its own, which the library notices; only then are the polygons united the slow way.
  ///
  /// - Returns: polygons whose interiors are connected and have no point in common; they touch at corners only.
  /// - Complexity: O(*n* log *n*) for *n* edges and crossings of a few dozen polygons; more slowly than that for many.
  func union(of polygons: [GridPolygon]) throws(CoverageAreaError) -> [GridPolygon] {
    if polygons.count < 2 { return polygons }
    let all = try geometry(polygons)
    defer { GEOSGeom_destroy_r(context, all) }
    let united = GEOSBuffer_r(context, all, 0, cornersInQuarterTurn)
    defer { GEOSGeom_destroy_r(context, united) }
    if united != nil {
      let rounded = GEOSGeom_setPrecision_r(context, united, 1, Int32(GEOS_PREC_NO_TOPO.rawValue))
      if rounded != nil, GEOSisValid_r(context, rounded) == 1 { return try result(rounded) }
      GEOSGeom_destroy_r(context, rounded)
    }
    return try result(GEOSUnaryUnionPrec_r(context, all, 1))
  }

  /// The area that lies in both.
  func intersection(_ a: GridPolygon, _ b: GridPolygon) throws(CoverageAreaError) -> [GridPolygon] {
    let (a, b) = (try geometry(a), try geometry(b))
    defer {
      GEOSGeom_destroy_r(context, a)
      GEOSGeom_destroy_r(context, b)
    }
    return try result(GEOSIntersectionPrec_r(context, a, b, 1))
  }

  /// The part between 180° west and east of a polygon whose longitudes may run past that.
  func onTheMap(_ rings: [[SIMD2<Int>]]) throws(CoverageAreaError) -> [GridPolygon] {
    let polygon = try geometry(ofRings: rings)
    defer { GEOSGeom_destroy_r(context, polygon) }
    let world = try geometry(GridPolygon(rings: [GridBox.world.ring]))
    defer { GEOSGeom_destroy_r(context, world) }
    return try result(GEOSIntersectionPrec_r(context, polygon, world, 1))
  }

  /// The area that lies in `a` and in none of `others`.
  func difference(_ a: GridPolygon, _ others: [GridPolygon]) throws(CoverageAreaError) -> [GridPolygon] {
    let (a, b) = (try geometry(a), try geometry(others))
    defer {
      GEOSGeom_destroy_r(context, a)
      GEOSGeom_destroy_r(context, b)
    }
    return try result(GEOSDifferencePrec_r(context, a, b, 1))
  }

  /// The area within `ring`, whose longitudes may run past ±180°: valid polygons, even where corners close to each
  /// other were rounded across an edge.
  func polygons(within ring: [SIMD2<Int>]) throws(CoverageAreaError) -> [GridPolygon] {
    var pieces: [GridPolygon] = []
    for turns in [-1, 0, 1] {
      let turned = ring.map { SIMD2($0.x + turns * 3_600_000_000, $0.y) }
      if isConvex(turned), let piece = clipped(turned, to: .world) {
        if !piece.isEmpty { pieces.append(GridPolygon(rings: [piece])) }
        continue
      }
      let world = try geometry(GridPolygon(rings: [GridBox.world.ring]))
      defer { GEOSGeom_destroy_r(context, world) }
      var polygon = try made(geometry(ofRings: [turned]))
      defer { GEOSGeom_destroy_r(context, polygon) }
      if GEOSisValid_r(context, polygon) != 1 {
        let valid = try made(GEOSMakeValid_r(context, polygon))
        GEOSGeom_destroy_r(context, polygon)
        polygon = valid
      }
      pieces += try result(GEOSIntersectionPrec_r(context, polygon, world, 1))
    }
    return pieces
  }

  // MARK: Into the library's memory and back

  private func geometry(_ polygons: [GridPolygon]) throws(CoverageAreaError) -> Geometry {
    var parts: [Geometry?] = []
    for polygon in polygons { parts.append(try geometry(polygon)) }
    // From here on the parts belong to the collection.
    return try made(
      GEOSGeom_createCollection_r(context, Int32(GEOS_MULTIPOLYGON.rawValue), &parts, UInt32(parts.count)))
  }

  private func geometry(_ polygon: GridPolygon) throws(CoverageAreaError) -> Geometry {
    try geometry(ofRings: polygon.rings.map { $0.map(wide) })
  }

  private func geometry(ofRings polygon: [[SIMD2<Int>]]) throws(CoverageAreaError) -> Geometry {
    var rings: [Geometry?] = []
    for ring in polygon {
      var corners = ring.map { SIMD2<Double>($0) }
      if let first = corners.first { corners.append(first) }
      let sequence = corners.withUnsafeBytes {
        GEOSCoordSeq_copyFromBuffer_r(
          context, $0.baseAddress?.assumingMemoryBound(to: Double.self), UInt32(corners.count), 0, 0)
      }
      rings.append(try made(GEOSGeom_createLinearRing_r(context, try made(sequence))))
    }
    var holes = Array(rings.dropFirst())
    return try made(
      GEOSGeom_createPolygon_r(context, try made(rings.first ?? nil), &holes, UInt32(holes.count)))
  }

  /// The polygons in what an operation returned, which is freed.
  private func result(_ geometry: Geometry?) throws(CoverageAreaError) -> [GridPolygon] {
    let geometry = try made(geometry)
    defer { GEOSGeom_destroy_r(context, geometry) }
    var polygons: [GridPolygon] = []
    for index in 0..<GEOSGetNumGeometries_r(context, geometry) {
      let part = try made(GEOSGetGeometryN_r(context, geometry, index))
      // Where areas only touch there are points and lines too, which have no area.
      guard GEOSGeomTypeId_r(context, part) == Int32(GEOS_POLYGON.rawValue), GEOSisEmpty_r(context, part) == 0
      else {
        continue
      }
      var rings = [try ring(GEOSGetExteriorRing_r(context, part), isCounterClockwise: true)]
      for hole in 0..<GEOSGetNumInteriorRings_r(context, part) {
        rings.append(try ring(GEOSGetInteriorRingN_r(context, part, hole), isCounterClockwise: false))
      }
      polygons.append(GridPolygon(rings: rings))
    }
    return polygons
  }

  private func ring(_ ring: Geometry?, isCounterClockwise: Bool) throws(CoverageAreaError) -> GridRing {
    let sequence = try made(GEOSGeom_getCoordSeq_r(context, try made(ring)))
    var count: UInt32 = 0
    GEOSCoordSeq_getSize_r(context, sequence, &count)
    var corners = [SIMD2<Double>](repeating: .zero, count: Int(count))
    _ = corners.withUnsafeMutableBytes {
      GEOSCoordSeq_copyToBuffer_r(
        context, sequence, $0.baseAddress?.assumingMemoryBound(to: Double.self), 0, 0)
    }
    // The last corner is the first once more.
    let open = withoutRepeats(
      corners.dropLast().map { GridCorner(truncatingIfNeeded: SIMD2<Int>($0, rounding: .toNearestOrEven)) })
    return (doubledArea(of: open) > 0) == isCounterClockwise ? open : open.reversed()
  }

  private func made(_ geometry: Geometry?) throws(CoverageAreaError) -> Geometry {
    guard let geometry else { throw CoverageAreaError(message: lastMessage.text) }
    return geometry
  }
}

/// What a buffer wants to know of arcs, of which one of no width has none.
private let cornersInQuarterTurn: Int32 = 8
