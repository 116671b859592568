import CTIFF
import Foundation
import Words

/// A grid of heights in a GeoTIFF (OGC 19-008r4), decoded by libtiff.
///
/// One band of 16-bit whole numbers or 32-bit floating-point numbers, north up, in degrees on WGS-84 (EPSG:4326) or on
/// CGCS2000 (EPSG:4490), which differs from it by less than a meter. Cells that equal GDAL's tag for "no data" are not
/// known, nor are heights that no road can have. Only the first image of the file is read: the others are its overviews.
final class GeoTIFFFile: ElevationFile {
  let name: String
  let sha256: String
  let frame: GridFrame
  let blockColumns: Int
  let blockRows: Int

  private let image: TIFFImage
  private let sample: Sample
  private let noData: Float?

  private enum Sample {
    case signed16, unsigned16, float32

    var bytes: Int { self == .float32 ? 4 : 2 }
  }

  /// Takes over the open file.
  init(_ descriptor: Int32, name: String, sha256: String) throws(ImportError) {
    self.name = name
    self.sha256 = sha256
    guard let image = TIFFImage(descriptor, name: name) else { throw .damagedGrid(name) }
    self.image = image
    sample = try Self.sample(image, name)
    guard let columns = image.long(TIFFTAG_IMAGEWIDTH), let rows = image.long(TIFFTAG_IMAGELENGTH),
      columns > 0, rows > 0
    else { throw .damagedGrid(name) }
    (blockColumns, blockRows) = try Self.blockSize(image, columns: columns, rows: rows, sample, name)
    frame = try Self.frame(image, columns: columns, rows: rows, name)
    noData = image.text(TIFFImage.noDataTag).flatMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      .map { Float($0) }
  }

  private static func sample(_ image: TIFFImage, _ name: String) throws(ImportError) -> Sample {
    let expected = Bilingual(
      en: "one band of heights in meters: 16-bit whole numbers or 32-bit floating-point numbers",
      zh: "单波段高程(米):16 位整数或 32 位浮点数")
    guard image.short(TIFFTAG_SAMPLESPERPIXEL) == 1 else {
      throw .refusing(name, Bilingual(en: "a TIFF of several bands", zh: "多波段 TIFF"), expected)
    }
    switch (image.short(TIFFTAG_BITSPERSAMPLE), image.short(TIFFTAG_SAMPLEFORMAT).map(Int32.init)) {
    case (16, SAMPLEFORMAT_INT): return .signed16
    case (16, SAMPLEFORMAT_UINT): return .unsigned16
    case (32, SAMPLEFORMAT_IEEEFP): return .float32
    case (let bits, _):
      let found = bits.map(String.init) ?? "?"
      throw .refusing(
        name, Bilingual(en: "a TIFF of \(found)-bit samples", zh: "\(found) 位样本的 TIFF"), expected)
    }
  }

  private static func blockSize(
    _ image: TIFFImage, columns: Int, rows: Int, _ sample: Sample, _ name: String
  ) throws(ImportError) -> (columns: Int, rows: Int) {
    guard image.canDecode else {
      throw .refusing(
        name,
        Bilingual(
          en: "a TIFF in a compression this machine's libtiff does not know", zh: "本机 libtiff 不支持的压缩方式"),
        Bilingual(en: "LZW, Deflate or no compression", zh: "LZW、Deflate 压缩或不压缩"))
    }
    var size = (columns: columns, rows: rows)
    if image.isTiled {
      guard let width = image.long(TIFFTAG_TILEWIDTH), let height = image.long(TIFFTAG_TILELENGTH) else {
        throw .damagedGrid(name)
      }
      size = (width, height)
    } else if let perStrip = image.long(TIFFTAG_ROWSPERSTRIP) {
      size.rows = min(rows, perStrip)
    }
    guard size.columns > 0, size.rows > 0 else { throw .damagedGrid(name) }
    // Both are 32-bit numbers: their product fits, that times four may not.
    guard size.columns * size.rows <= ElevationMosaic.largestBlockBytes / sample.bytes else {
      throw .refusing(
        name,
        Bilingual(
          en: "a TIFF whose blocks have \(size.columns) × \(size.rows) cells",
          zh: "数据块为 \(size.columns) × \(size.rows) 像元的 TIFF"),
        Bilingual(
          en: "blocks of at most 64 MiB; `gdal_translate -co TILED=YES -co COMPRESS=DEFLATE` writes such",
          zh: "不超过 64 MiB 的数据块;可用 gdal_translate -co TILED=YES -co COMPRESS=DEFLATE 转换"))
    }
    return size
  }

  /// The cells' places, from the scale and the tie point (OGC 19-008r4, 7.3 and B.6).
  private static func frame(
    _ image: TIFFImage, columns: Int, rows: Int, _ name: String
  ) throws(ImportError) -> GridFrame {
    let inDegrees = Bilingual(
      en: "a GeoTIFF in EPSG:4326 (or 4490); `gdalwarp -t_srs EPSG:4326` writes such",
      zh: "EPSG:4326(或 4490)的 GeoTIFF;可用 gdalwarp -t_srs EPSG:4326 转换")
    let keys = GeoKeys(image.shorts(TIFFImage.keyTag))
    // 1024 the kind of model: 1 projected, 2 geographic. 2048 the geographic system. 1025 what a cell's position means:
    // 1 its corner, 2 its middle. 4099 the unit of heights: 9001 the meter.
    switch keys[1024] {
    case 2 where keys[2048] == 4326 || keys[2048] == 4490: break
    case 1:
      let code = keys[3072].map { " (EPSG:\($0))" } ?? ""
      throw .refusing(name, Bilingual(en: "a projected grid\(code)", zh: "投影坐标格网\(code)"), inDegrees)
    case 2:
      let code = keys[2048].map { "EPSG:\($0)" } ?? "?"
      throw .refusing(name, Bilingual(en: "a grid in \(code)", zh: "坐标系为 \(code) 的格网"), inDegrees)
    default:
      throw .refusing(
        name, Bilingual(en: "a TIFF that does not say where it lies", zh: "没有地理位置的 TIFF"), inDegrees)
    }
    if let unit = keys[4099], unit != 9001 {
      throw .refusing(
        name,
        Bilingual(en: "heights in a unit other than the meter (EPSG:\(unit))", zh: "高程单位不是米(EPSG:\(unit))"),
        Bilingual(en: "heights in meters", zh: "以米为单位的高程"))
    }
    let scale = image.doubles(TIFFImage.scaleTag)
    let tie = image.doubles(TIFFImage.tiePointTag)
    guard scale.count >= 2, tie.count >= 6 else {
      throw .refusing(
        name, Bilingual(en: "a grid that is rotated or has no scale", zh: "旋转的或没有比例的格网"), inDegrees)
    }
    let half = keys[1025] == 2 ? 0.0 : 0.5
    let frame = GridFrame(
      columns: columns, rows: rows, west: tie[3] + (half - tie[0]) * scale[0],
      north: tie[4] - (half - tie[1]) * scale[1], columnDegrees: scale[0], rowDegrees: scale[1])
    guard frame.isOnEarth else {
      throw .refusing(
        name, Bilingual(en: "a grid that reaches beyond the earth", zh: "超出地球范围的格网"),
        Bilingual(en: "longitudes in -180...180, latitudes in -90...90", zh: "经度 -180...180、纬度 -90...90"))
    }
    return frame
  }

  func block(column: Int, row: Int) throws(ImportError) -> [Float] {
    let cells = blockColumns * blockRows
    let across = (frame.columns + blockColumns - 1) / blockColumns
    guard let number = UInt32(exactly: row * across + column) else { throw .damagedGrid(name) }
    // GDAL leaves out blocks of nothing but "no data": they have no bytes.
    guard image.hasBytes(number) else { return [Float](repeating: .nan, count: cells) }
    guard let bytes = image.block(number, bytes: cells * sample.bytes, row: row * blockRows) else {
      throw .damagedGrid(name)
    }
    return bytes.withUnsafeBytes { raw in
      (0..<cells).map { cell in
        let height =
          switch sample {
          case .signed16: Float(raw.loadUnaligned(fromByteOffset: 2 * cell, as: Int16.self))
          case .unsigned16: Float(raw.loadUnaligned(fromByteOffset: 2 * cell, as: UInt16.self))
          case .float32: raw.loadUnaligned(fromByteOffset: 4 * cell, as: Float.self)
          }
        return height == noData || !plausibleHeights.contains(height) ? .nan : height
      }
    }
  }
}

/// The directory of a GeoTIFF's keys (OGC 19-008r4, 7.1.2): those whose value stands in the directory itself.
private struct GeoKeys {
  private var values: [UInt16: UInt16] = [:]

  init(_ directory: [UInt16]) {
    guard directory.count >= 4 else { return }
    for entry in 0..<min(Int(directory[3]), directory.count / 4 - 1) {
      let at = 4 * (entry + 1)
      if directory[at + 1] == 0 { values[directory[at]] = directory[at + 3] }
    }
  }

  subscript(key: UInt16) -> UInt16? { values[key] }
}

/// The first image of a TIFF, as libtiff sees it.
private final class TIFFImage {
  static let scaleTag: UInt32 = 33550
  static let tiePointTag: UInt32 = 33922
  static let keyTag: UInt32 = 34735
  static let noDataTag: UInt32 = 42113

  private let handle: OpaquePointer

  /// Takes over the open file, also where it is not a TIFF.
  init?(_ descriptor: Int32, name: String) {
    guard let handle = ctiff_open(descriptor, name, tmsize_t(ElevationMosaic.largestBlockBytes)) else {
      close(descriptor)
      return nil
    }
    self.handle = handle
  }

  deinit { TIFFClose(handle) }

  var isTiled: Bool { TIFFIsTiled(handle) != 0 }

  /// Whether this libtiff brings the decoder for the image's compression.
  var canDecode: Bool { short(TIFFTAG_COMPRESSION).map { TIFFIsCODECConfigured($0) == 1 } ?? false }

  func long(_ tag: Int32) -> Int? {
    var value: UInt32 = 0
    return ctiff_long(handle, UInt32(tag), &value) == 1 ? Int(value) : nil
  }

  func short(_ tag: Int32) -> UInt16? {
    var value: UInt16 = 0
    return ctiff_short(handle, UInt32(tag), &value) == 1 ? value : nil
  }

  func doubles(_ tag: UInt32) -> [Double] { values(tag, TIFF_DOUBLE) }

  func shorts(_ tag: UInt32) -> [UInt16] { values(tag, TIFF_SHORT) }

  func text(_ tag: UInt32) -> String? {
    let bytes: [UInt8] = values(tag, TIFF_ASCII)
    return bytes.isEmpty ? nil : String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  private func values<Value: BitwiseCopyable>(_ tag: UInt32, _ type: TIFFDataType) -> [Value] {
    var count: UInt32 = 0
    var start: UnsafeRawPointer?
    guard ctiff_values(handle, tag, type, &count, &start) == 1, let start else { return [] }
    return (0..<Int(count)).map {
      start.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Value>.stride, as: Value.self)
    }
  }

  /// Whether a block is in the file at all.
  func hasBytes(_ number: UInt32) -> Bool { TIFFGetStrileByteCount(handle, number) > 0 }

  /// A block's bytes in this machine's order, or `nil` when the file does not give all that the image has of it.
  ///
  /// - Parameter row: the block's first row of cells.
  func block(_ number: UInt32, bytes count: Int, row: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let read =
      isTiled
      ? TIFFReadEncodedTile(handle, number, &bytes, tmsize_t(count))
      : TIFFReadEncodedStrip(handle, number, &bytes, tmsize_t(count))
    // The last strip may have fewer rows than the others; libtiff knows how many.
    let expected = isTiled ? count : min(count, stripBytes(row: row))
    return read >= expected ? bytes : nil
  }

  private func stripBytes(row: Int) -> Int {
    guard let rows = long(TIFFTAG_IMAGELENGTH), let perStrip = long(TIFFTAG_ROWSPERSTRIP) else { return .max }
    return Int(TIFFVStripSize64(handle, UInt32(clamping: max(0, min(perStrip, rows - row)))))
  }
}
