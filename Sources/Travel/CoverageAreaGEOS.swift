import CGEOS
import Geo

/// A corner on the map of longitude (x) and latitude (y), in degrees.
typealias MapCorner = SIMD2<Double>

/// A polygon on the map: its closed rings, the exterior first, each ending with the corner it begins with.
struct MapPolygon: Sendable {
  let rings: [[MapCorner]]
  /// The rectangle around it.
  let box: MapBox

  init(rings: [[MapCorner]]) {
    self.rings = rings
    box = MapBox(around: rings.first ?? [])
  }
}

/// A rectangle of longitudes and latitudes; an empty one meets nothing.
struct MapBox: Sendable {
  private var lowest = MapCorner(repeating: .infinity)
  private var highest = MapCorner(repeating: -.infinity)

  init(around corners: [MapCorner]) {
    for corner in corners {
      lowest.replace(with: corner, where: corner .< lowest)
      highest.replace(with: corner, where: corner .> highest)
    }
  }

  init(around polygons: some Sequence<MapPolygon>) {
    for polygon in polygons {
      lowest = pointwiseMin(lowest, polygon.box.lowest)
      highest = pointwiseMax(highest, polygon.box.highest)
    }
  }

  /// Whether the two share a point.
  func meets(_ other: MapBox) -> Bool {
    all(lowest .<= other.highest) && all(other.lowest .<= highest)
  }

  /// The westernmost longitude.
  var west: Double { lowest.x }
  /// The easternmost longitude.
  var east: Double { highest.x }

  /// Whether it lies between 180° west and east.
  var isOnTheMap: Bool { lowest.x >= -180 && highest.x <= 180 }
}

/// The overlay operations of the geometry library GEOS (libgeos.org), in a context of their own.
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

  /// The area that lies in at least one of `polygons`.
  func union(_ polygons: [MapPolygon]) throws(CoverageAreaError) -> [MapPolygon] {
    if polygons.isEmpty { return [] }
    let all = try geometry(polygons)
    defer { GEOSGeom_destroy_r(context, all) }
    return try result(GEOSUnaryUnion_r(context, all))
  }

  /// The area that lies in both.
  func intersection(_ a: [MapPolygon], _ b: [MapPolygon]) throws(CoverageAreaError) -> [MapPolygon] {
    let (a, b) = (try geometry(a), try geometry(b))
    defer {
      GEOSGeom_destroy_r(context, a)
      GEOSGeom_destroy_r(context, b)
    }
    return try result(GEOSIntersection_r(context, a, b))
  }

  /// The area that lies in `a` and not in `b`.
  func difference(_ a: [MapPolygon], _ b: [MapPolygon]) throws(CoverageAreaError) -> [MapPolygon] {
    let (a, b) = (try geometry(a), try geometry(b))
    defer {
      GEOSGeom_destroy_r(context, a)
      GEOSGeom_destroy_r(context, b)
    }
    return try result(GEOSDifference_r(context, a, b))
  }

  /// The polygon with corners of seven decimals, still valid: in pieces, or none, where that cannot be had otherwise.
  func onGrid(_ polygon: MapPolygon) throws(CoverageAreaError) -> [MapPolygon] {
    let rounded = MapPolygon(rings: polygon.rings.map { withoutRepeats($0.map(sevenDecimals)) })
    if rounded.rings == polygon.rings { return [polygon] }
    if rounded.rings.allSatisfy({ $0.count >= 4 }) {
      let geometry = try geometry(rounded)
      defer { GEOSGeom_destroy_r(context, geometry) }
      if GEOSisValid_r(context, geometry) == 1 { return [rounded] }
    }
    // Corners that rounding alone would push over an edge: the library moves the edge along (Hobby 1999, "Practical
    // segment intersection with finite precision output"). Too slow to be done for every polygon.
    let exact = try geometry(polygon)
    defer { GEOSGeom_destroy_r(context, exact) }
    let snapped = try result(GEOSGeom_setPrecision_r(context, exact, 1e-7, 0))
    // The library's own rounding may differ from ours in the last bit.
    return snapped.map { MapPolygon(rings: $0.rings.map { $0.map(sevenDecimals) }) }
  }

  // MARK: Into the library's memory and back

  private func geometry(_ polygons: [MapPolygon]) throws(CoverageAreaError) -> Geometry {
    var parts: [Geometry?] = []
    for polygon in polygons { parts.append(try geometry(polygon)) }
    // From here on the parts belong to the collection.
    return try made(
      GEOSGeom_createCollection_r(context, Int32(GEOS_MULTIPOLYGON.rawValue), &parts, UInt32(parts.count)))
  }

  private func geometry(_ polygon: MapPolygon) throws(CoverageAreaError) -> Geometry {
    var rings: [Geometry?] = []
    for ring in polygon.rings {
      let corners = ring.withUnsafeBytes {
        GEOSCoordSeq_copyFromBuffer_r(
          context, $0.baseAddress?.assumingMemoryBound(to: Double.self), UInt32(ring.count), 0, 0)
      }
      rings.append(try made(GEOSGeom_createLinearRing_r(context, try made(corners))))
    }
    var holes = Array(rings.dropFirst())
    return try made(
      GEOSGeom_createPolygon_r(context, try made(rings.first ?? nil), &holes, UInt32(holes.count)))
  }

  /// The polygons in what an operation returned, which is freed.
  private func result(_ geometry: Geometry?) throws(CoverageAreaError) -> [MapPolygon] {
    let geometry = try made(geometry)
    defer { GEOSGeom_destroy_r(context, geometry) }
    var polygons: [MapPolygon] = []
    for index in 0..<GEOSGetNumGeometries_r(context, geometry) {
      let part = try made(GEOSGetGeometryN_r(context, geometry, index))
      // Where areas only touch there are points and lines too, which have no area.
      guard GEOSGeomTypeId_r(context, part) == Int32(GEOS_POLYGON.rawValue), GEOSisEmpty_r(context, part) == 0
      else {
        continue
      }
      var rings = [try corners(of: GEOSGetExteriorRing_r(context, part))]
      for hole in 0..<GEOSGetNumInteriorRings_r(context, part) {
        rings.append(try corners(of: GEOSGetInteriorRingN_r(context, part, hole)))
      }
      polygons.append(MapPolygon(rings: rings))
    }
    return polygons
  }

  private func corners(of ring: Geometry?) throws(CoverageAreaError) -> [MapCorner] {
    let sequence = try made(GEOSGeom_getCoordSeq_r(context, try made(ring)))
    var count: UInt32 = 0
    GEOSCoordSeq_getSize_r(context, sequence, &count)
    var corners = [MapCorner](repeating: .zero, count: Int(count))
    _ = corners.withUnsafeMutableBytes {
      GEOSCoordSeq_copyToBuffer_r(
        context, sequence, $0.baseAddress?.assumingMemoryBound(to: Double.self), 0, 0)
    }
    return corners
  }

  private func made(_ geometry: Geometry?) throws(CoverageAreaError) -> Geometry {
    guard let geometry else { throw CoverageAreaError(message: lastMessage.text) }
    return geometry
  }
}

/// The ring without corners that follow an equal one.
private func withoutRepeats(_ ring: [MapCorner]) -> [MapCorner] {
  var corners: [MapCorner] = []
  for corner in ring where corner != corners.last { corners.append(corner) }
  return corners
}

/// The corner with seven decimals.
func sevenDecimals(_ corner: MapCorner) -> MapCorner {
  (corner * 1e7).rounded(.toNearestOrAwayFromZero) / 1e7
}
