import Foundation

/// The geometry of one feature as GeoPackage stores it: a header (OGC 12-128r17, 2.1.3) and well-known binary
/// (ISO 13249-3, and the 25D flag of older writers), in either byte order, heights and measures skipped.
///
/// Unlike the atlas's own reader this one trusts nothing and says what is wrong.
enum FeatureGeometry {
  case point(longitude: Double, latitude: Double)
  /// The rings of each polygon, each repeating its first position at its end.
  case polygons([[[(longitude: Double, latitude: Double)]]])

  /// Why bytes are no point or polygon.
  enum Defect: Error, Equatable {
    /// They do not begin with a GeoPackage header.
    case noHeader
    /// They end too early or contradict themselves.
    case damaged
    /// They say that there is no geometry.
    case empty
    /// They are something else, such as a line.
    case otherKind(String)
    /// They are in another reference system than their table.
    case otherSystem(Int32)
  }

  /// Takes `blob` apart.
  ///
  /// - Parameter system: the `srs_id` of the table, which each geometry repeats.
  /// - Complexity: O(`blob.count`).
  init(_ blob: UnsafeRawBufferPointer, system: Int) throws(Defect) {
    guard blob.count >= 8, blob[0] == 0x47, blob[1] == 0x50, blob[2] == 0 else { throw .noHeader }
    let flags = blob[3]
    let envelopeBytes = [0, 32, 48, 48, 64]
    let envelope = Int(flags >> 1 & 0b111)
    guard envelope < envelopeBytes.count, flags & 0b0010_0000 == 0 else { throw .noHeader }
    let raw = blob.loadUnaligned(fromByteOffset: 4, as: Int32.self)
    let written = flags & 1 == 1 ? Int32(littleEndian: raw) : Int32(bigEndian: raw)
    guard Int(written) == system else { throw .otherSystem(written) }
    guard flags & 0b0001_0000 == 0 else { throw .empty }
    var cursor = Cursor(bytes: blob, position: 8 + envelopeBytes[envelope])

    let (code, numbers) = try cursor.kind()
    switch code {
    case 1:
      let (longitude, latitude) = try cursor.position(of: numbers)
      // An empty point is written as NaN.
      guard !longitude.isNaN, !latitude.isNaN else { throw .empty }
      self = .point(longitude: longitude, latitude: latitude)
    case 3: self = .polygons([try cursor.rings(of: numbers)])
    case 6:
      var polygons: [[[(longitude: Double, latitude: Double)]]] = []
      for _ in 0..<(try cursor.word()) {
        let (part, numbers) = try cursor.kind()
        guard part == 3 else { throw .damaged }
        polygons.append(try cursor.rings(of: numbers))
      }
      guard !polygons.isEmpty else { throw .empty }
      self = .polygons(polygons)
    default:
      let names = [
        "Geometry", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
      ]
      throw .otherKind(Int(code) < names.count ? names[Int(code)] : "geometry \(code)")
    }
  }
}

/// A place in well-known binary. It never reads past the end.
private struct Cursor {
  let bytes: UnsafeRawBufferPointer
  var position: Int
  private var isLittle = true

  init(bytes: UnsafeRawBufferPointer, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// The byte order and the geometry's code (1 point, 3 polygon, 6 multipolygon), and how many numbers a position has.
  mutating func kind() throws(FeatureGeometry.Defect) -> (code: UInt32, numbers: Int) {
    guard position < bytes.count, bytes[position] <= 1 else { throw .damaged }
    isLittle = bytes[position] == 1
    position += 1
    let word = try word()
    // ISO: 1000 for heights, 2000 for measures, 3000 for both. Before that, the two highest bits.
    let flags = [word & 0x8000_0000, word & 0x4000_0000].count { $0 != 0 }
    let code = word & 0x3FFF_FFFF
    guard code < 4_000 else { throw .damaged }
    return (code % 1_000, 2 + max(flags, [0, 1, 1, 2][Int(code / 1_000)]))
  }

  mutating func word() throws(FeatureGeometry.Defect) -> UInt32 {
    guard position + 4 <= bytes.count else { throw .damaged }
    defer { position += 4 }
    let raw = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
    return isLittle ? UInt32(littleEndian: raw) : UInt32(bigEndian: raw)
  }

  mutating func position(
    of numbers: Int
  ) throws(FeatureGeometry.Defect) -> (longitude: Double, latitude: Double) {
    guard position + 8 * numbers <= bytes.count else { throw .damaged }
    defer { position += 8 * numbers }
    return (double(at: position), double(at: position + 8))
  }

  private func double(at offset: Int) -> Double {
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return Double(bitPattern: isLittle ? UInt64(littleEndian: raw) : UInt64(bigEndian: raw))
  }

  mutating func rings(
    of numbers: Int
  ) throws(FeatureGeometry.Defect) -> [[(longitude: Double, latitude: Double)]] {
    var rings: [[(longitude: Double, latitude: Double)]] = []
    for _ in 0..<(try word()) {
      let count = try Int(word())
      // Before any memory is taken for them: a damaged count must not ask for gigabytes.
      guard count <= (bytes.count - position) / (8 * numbers) else { throw .damaged }
      var ring: [(longitude: Double, latitude: Double)] = []
      ring.reserveCapacity(count)
      for _ in 0..<count { ring.append(try position(of: numbers)) }
      rings.append(ring)
    }
    guard !rings.isEmpty else { throw .empty }
    return rings
  }
}
