import Foundation
import Geo

/// Geometries as GeoPackage stores them: a header (OGC 12-128r17, 2.1.3) and ISO well-known binary.
enum GeometryBlob {
  /// A bounding box in degrees.
  struct Box: Equatable {
    var minX = Double.infinity
    var maxX = -Double.infinity
    var minY = Double.infinity
    var maxY = -Double.infinity

    mutating func include(x: Double, y: Double) {
      minX = min(minX, x)
      maxX = max(maxX, x)
      minY = min(minY, y)
      maxY = max(maxY, y)
    }

    func union(_ other: Box) -> Box {
      var box = self
      box.include(x: other.minX, y: other.minY)
      box.include(x: other.maxX, y: other.maxY)
      return box
    }
  }

  /// The system of what an atlas holds (EPSG:4326).
  static let wgs84: Int32 = 4326

  /// A point: 29 bytes, little-endian, without an envelope, as GDAL writes it.
  static func point(at position: Coordinate<WGS84>) -> [UInt8] {
    point(longitude: position.longitude, latitude: position.latitude, system: wgs84)
  }

  /// A point of another reference system, by its number in `gpkg_spatial_ref_sys`.
  static func point(longitude: Double, latitude: Double, system: Int32) -> [UInt8] {
    var bytes = header(envelope: nil, system: system)
    bytes.reserveCapacity(29)
    bytes.append(1)
    bytes.append(little: UInt32(1))
    bytes.append(little: longitude.bitPattern)
    bytes.append(little: latitude.bitPattern)
    return bytes
  }

  /// A multipolygon with its envelope.
  static func multiPolygon(_ polygons: [Polygon]) -> [UInt8] {
    multiPolygon(
      polygons.map { polygon in
        ([polygon.exterior] + polygon.holes).map { ring in
          (ring + ring.prefix(1)).map { (x: $0.longitude, y: $0.latitude) }
        }
      }, system: wgs84)
  }

  /// A multipolygon with its envelope, of closed rings, the exterior of each polygon first; empty ones have no envelope.
  static func multiPolygon(_ polygons: [[[(x: Double, y: Double)]]], system: Int32) -> [UInt8] {
    var box = Box()
    for corner in polygons.flatMap({ $0.first ?? [] }) { box.include(x: corner.x, y: corner.y) }
    var bytes = header(envelope: polygons.isEmpty ? nil : box, system: system)
    bytes.append(1)
    bytes.append(little: UInt32(6))
    bytes.append(little: UInt32(polygons.count))
    for rings in polygons {
      bytes.append(1)
      bytes.append(little: UInt32(3))
      bytes.append(little: UInt32(rings.count))
      for ring in rings {
        bytes.append(little: UInt32(ring.count))
        for corner in ring {
          bytes.append(little: corner.x.bitPattern)
          bytes.append(little: corner.y.bitPattern)
        }
      }
    }
    return bytes
  }

  /// A line of at least two points with its envelope.
  ///
  /// - Parameter points: in degrees.
  static func line(through points: [(longitude: Double, latitude: Double)]) -> [UInt8] {
    var box = Box()
    for point in points { box.include(x: point.longitude, y: point.latitude) }
    var bytes = header(envelope: box)
    bytes.reserveCapacity(bytes.count + 9 + 16 * points.count)
    bytes.append(1)
    bytes.append(little: UInt32(2))
    bytes.append(little: UInt32(points.count))
    for point in points {
      bytes.append(little: point.longitude.bitPattern)
      bytes.append(little: point.latitude.bitPattern)
    }
    return bytes
  }

  private static func header(envelope: Box?, system: Int32 = wgs84) -> [UInt8] {
    // Magic, version 0, flags: bit 0 little-endian, bits 1-3 the envelope's kind.
    var bytes: [UInt8] = [0x47, 0x50, 0, envelope == nil ? 0b0000_0001 : 0b0000_0011]
    bytes.append(little: system)
    if let envelope {
      for value in [envelope.minX, envelope.maxX, envelope.minY, envelope.maxY] {
        bytes.append(little: value.bitPattern)
      }
    }
    return bytes
  }

  /// The longitude and latitude of a point, or `nil` when the bytes are something else.
  ///
  /// The common layout is read without a parser: a million of these are read at each start.
  static func point(_ blob: UnsafeRawBufferPointer) -> (longitude: Double, latitude: Double)? {
    guard blob.count == 29, blob[0] == 0x47, blob[1] == 0x50, blob[3] == 1, blob[8] == 1,
      blob.loadUnaligned(fromByteOffset: 9, as: UInt32.self).littleEndian == 1
    else {
      guard let box = box(of: blob), box.minX == box.maxX, box.minY == box.maxY else { return nil }
      return (box.minX, box.minY)
    }
    return (
      Double(bitPattern: blob.loadUnaligned(fromByteOffset: 13, as: UInt64.self).littleEndian),
      Double(bitPattern: blob.loadUnaligned(fromByteOffset: 21, as: UInt64.self).littleEndian)
    )
  }

  /// The polygons of a polygon or multipolygon, or `nil` when the bytes are something else.
  static func polygons(_ blob: UnsafeRawBufferPointer) -> [Polygon]? {
    guard var reader = WellKnownBinary(geoPackage: blob), let rings = reader.polygons() else { return nil }
    return rings.map { Polygon(exterior: $0.first ?? [], holes: Array($0.dropFirst())) }
  }

  /// The extent of a point, line, polygon or multipolygon, or `nil` when the bytes are something else or empty.
  static func box(of blob: UnsafeRawBufferPointer) -> Box? {
    guard let start = WellKnownBinary(geoPackage: blob) else { return nil }
    var box = Box()
    var pointReader = start
    if let point = pointReader.point() {
      box.include(x: point.longitude, y: point.latitude)
    } else if let line = start.line {
      for corner in line { box.include(x: corner.longitude, y: corner.latitude) }
    } else {
      var polygonReader = start
      guard let polygons = polygonReader.polygons() else { return nil }
      for corner in polygons.joined().joined() { box.include(x: corner.longitude, y: corner.latitude) }
    }
    return box.minX <= box.maxX ? box : nil
  }
}

/// A cursor over well-known binary in either byte order, with Z and M skipped. It never reads past the end.
struct WellKnownBinary {
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var isLittle = true

  /// Starts behind the GeoPackage header, or returns `nil` when there is none.
  init?(geoPackage blob: UnsafeRawBufferPointer) {
    guard blob.count >= 8, blob[0] == 0x47, blob[1] == 0x50 else { return nil }
    let envelopeBytes = [0, 32, 48, 48, 64]
    let kind = Int(blob[3] >> 1 & 0b111)
    guard kind < envelopeBytes.count, blob.count >= 8 + envelopeBytes[kind] else { return nil }
    bytes = blob
    position = 8 + envelopeBytes[kind]
  }

  private mutating func word() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    defer { position += 4 }
    let raw = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
    return isLittle ? UInt32(littleEndian: raw) : UInt32(bigEndian: raw)
  }

  private mutating func number() -> Double? {
    guard position + 8 <= bytes.count else { return nil }
    defer { position += 8 }
    let raw = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    return Double(bitPattern: isLittle ? UInt64(littleEndian: raw) : UInt64(bigEndian: raw))
  }

  /// The geometry's kind (1 point, 3 polygon, 6 multipolygon ...) and how many numbers a position has.
  private mutating func kind() -> (code: UInt32, dimensions: Int)? {
    guard position < bytes.count, bytes[position] <= 1 else { return nil }
    isLittle = bytes[position] == 1
    position += 1
    guard let word = word() else { return nil }
    // ISO: 1000 for Z, 2000 for M, 3000 for both.
    guard word < 4000 else { return nil }
    return (word % 1000, 2 + [0, 1, 1, 2][Int(word / 1000)])
  }

  private mutating func coordinate(_ dimensions: Int) -> Coordinate<WGS84>? {
    guard let x = number(), let y = number() else { return nil }
    position += 8 * (dimensions - 2)
    return Coordinate(latitude: y, longitude: x)
  }

  /// A point on the earth.
  mutating func point() -> Coordinate<WGS84>? {
    guard let kind = kind(), kind.code == 1 else { return nil }
    return coordinate(kind.dimensions)
  }

  /// The points of the line that starts here.
  var line: [Coordinate<WGS84>]? {
    var reader = self
    guard let kind = reader.kind(), kind.code == 2 else { return nil }
    return reader.ring(kind.dimensions)
  }

  /// The rings of each polygon, closed without repeating the first corner.
  mutating func polygons() -> [[[Coordinate<WGS84>]]]? {
    guard let kind = kind() else { return nil }
    if kind.code == 3 { return rings(kind.dimensions).map { [$0] } }
    guard kind.code == 6, let count = word() else { return nil }
    var polygons: [[[Coordinate<WGS84>]]] = []
    for _ in 0..<count {
      guard let part = self.kind(), part.code == 3, let rings = rings(part.dimensions) else { return nil }
      polygons.append(rings)
    }
    return polygons
  }

  private mutating func rings(_ dimensions: Int) -> [[Coordinate<WGS84>]]? {
    guard let count = word() else { return nil }
    var rings: [[Coordinate<WGS84>]] = []
    for _ in 0..<count {
      guard var ring = ring(dimensions) else { return nil }
      if ring.count > 1, ring.first == ring.last { ring.removeLast() }
      rings.append(ring)
    }
    return rings
  }

  private mutating func ring(_ dimensions: Int) -> [Coordinate<WGS84>]? {
    guard let corners = word() else { return nil }
    var ring: [Coordinate<WGS84>] = []
    for _ in 0..<corners {
      guard let corner = coordinate(dimensions) else { return nil }
      ring.append(corner)
    }
    return ring
  }
}

extension [UInt8] {
  fileprivate mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
