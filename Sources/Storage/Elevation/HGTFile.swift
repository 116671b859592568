import Foundation
import Words

/// A tile of the Shuttle Radar Topography Mission: heights in meters, one degree by one degree.
///
/// 1201 × 1201 or 3601 × 3601 signed 16-bit numbers, the more significant byte first, rows from the north; the name says
/// the south-west corner, such as `N35E112.hgt`; −32768 is a void (NASA/USGS, "SRTM Topography", 2005, sections 2.1 and
/// 2.2). The outer rows and columns lie on whole degrees and are shared with the neighbors.
final class HGTFile: ElevationFile {
  let name: String
  let sha256: String
  let frame: GridFrame
  var blockColumns: Int { frame.columns }
  let blockRows = 16

  private let descriptor: Int32

  /// Takes over the open file.
  init(_ descriptor: Int32, name: String, bytes: Int, sha256: String) throws(ImportError) {
    self.descriptor = descriptor
    self.name = name
    self.sha256 = sha256
    // Every path below must close the file once: deinit does only when all members are set.
    let side = [1201, 3601].first { $0 * $0 * 2 == bytes }
    let corner = Self.corner(FilePath(name).name)
    frame = GridFrame(
      columns: side ?? 1, rows: side ?? 1, west: Double(corner?.longitude ?? 0),
      north: Double(corner?.latitude ?? 0) + 1, columnDegrees: 1 / Double((side ?? 2) - 1),
      rowDegrees: 1 / Double((side ?? 2) - 1))
    guard side != nil else {
      throw .refusing(
        name,
        Bilingual(
          en: "\(bytes) bytes, and not a TIFF", zh: "\(bytes) 字节,且不是 TIFF"),
        Bilingual(
          en: "a GeoTIFF, or an unpacked SRTM tile (.hgt) of 2884802 or 25934402 bytes",
          zh: "GeoTIFF,或已解压的 SRTM 分幅(.hgt,2884802 或 25934402 字节)"))
    }
    guard corner != nil else {
      throw .refusing(
        name, Bilingual(en: "an SRTM tile whose name does not say where it lies", zh: "SRTM 分幅,但文件名未说明位置"),
        Bilingual(en: "a name such as N35E112.hgt: the south-west corner", zh: "形如 N35E112.hgt 的文件名(西南角)"))
    }
  }

  deinit { close(descriptor) }

  /// The south-west corner that a name such as `N35E112.hgt` says, in degrees.
  static func corner(_ name: String) -> (latitude: Int, longitude: Int)? {
    let letters = Array(name.uppercased().utf8.prefix(7))
    guard letters.count == 7 else { return nil }
    func digits(_ range: Range<Int>) -> Int? {
      range.reduce(0 as Int?) { sum, position in
        guard let sum, (48...57).contains(letters[position]) else { return nil }
        return sum * 10 + Int(letters[position] - 48)
      }
    }
    guard let latitude = digits(1..<3), let longitude = digits(4..<7), latitude <= 90, longitude <= 180
    else { return nil }
    let isSouth = letters[0] == UInt8(ascii: "S")
    let isWest = letters[3] == UInt8(ascii: "W")
    guard isSouth || letters[0] == UInt8(ascii: "N"), isWest || letters[3] == UInt8(ascii: "E") else {
      return nil
    }
    return (isSouth ? -latitude : latitude, isWest ? -longitude : longitude)
  }

  func block(column: Int, row: Int) throws(ImportError) -> [Float] {
    let first = row * blockRows
    let count = min(blockRows, frame.rows - first) * frame.columns
    var bytes = [UInt8](repeating: 0, count: 2 * count)
    var filled = 0
    while filled < bytes.count {
      let step = bytes.withUnsafeMutableBytes { block in
        pread(
          descriptor, block.baseAddress! + filled, block.count - filled, 2 * first * frame.columns + filled)
      }
      if step < 0, errno == EINTR { continue }
      guard step > 0 else { throw .damagedGrid(name) }
      filled += step
    }
    return bytes.withUnsafeBytes { raw in
      (0..<count).map { cell in
        let height = Float(Int16(bigEndian: raw.loadUnaligned(fromByteOffset: 2 * cell, as: Int16.self)))
        return plausibleHeights.contains(height) ? height : .nan
      }
    }
  }
}
