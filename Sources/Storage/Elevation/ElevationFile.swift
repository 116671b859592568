import Foundation
import Words

/// Where the cells of a grid of heights lie: rows from north to south, columns from west to east, in degrees.
struct GridFrame: Equatable {
  var columns: Int
  var rows: Int
  /// The longitude of the middle of the first column.
  var west: Double
  /// The latitude of the middle of the first row.
  var north: Double
  /// From one column to the next.
  var columnDegrees: Double
  /// From one row to the next.
  var rowDegrees: Double

  /// Whether the numbers describe a grid on the earth; a cell beyond the rim is allowed, as world-wide grids have it.
  var isOnEarth: Bool {
    guard columns > 0, rows > 0, columnDegrees > 0, rowDegrees > 0 else { return false }
    let east = west + Double(columns - 1) * columnDegrees
    let south = north - Double(rows - 1) * rowDegrees
    return west >= -180 - columnDegrees && east <= 180 + columnDegrees
      && north <= 90 + rowDegrees && south >= -90 - rowDegrees
  }

  /// A place in cells from the middle of the first, or `nil` outside of the grid. The outer half of the cells at the
  /// rim is inside, and taken as their middle: neighboring grids that touch leave no gap.
  func position(latitude: Double, longitude: Double) -> (column: Double, row: Double)? {
    // Degrees have too few digits to hit the middle of a cell; a millionth of a cell is no distance.
    func snapped(_ cells: Double) -> Double {
      abs(cells - cells.rounded()) < 1e-6 ? cells.rounded() : cells
    }
    let column = snapped((longitude - west) / columnDegrees)
    let row = snapped((north - latitude) / rowDegrees)
    guard column >= -0.5, column <= Double(columns) - 0.5, row >= -0.5, row <= Double(rows) - 0.5 else {
      return nil
    }
    return (min(max(column, 0), Double(columns - 1)), min(max(row, 0), Double(rows - 1)))
  }
}

/// A file with a grid of heights, read in blocks.
protocol ElevationFile: AnyObject {
  /// The file as the caller named it.
  var name: String { get }
  /// The SHA-256 of its bytes.
  var sha256: String { get }
  /// Where its cells lie.
  var frame: GridFrame { get }
  /// How many columns a block has; the last of a row of blocks may stand out over the grid.
  var blockColumns: Int { get }
  /// How many rows a block has.
  var blockRows: Int { get }

  /// The heights of a block in meters, row by row, NaN where not known.
  ///
  /// - Parameters:
  ///   - column: which block from the west, in blocks.
  ///   - row: which block from the north, in blocks.
  func block(column: Int, row: Int) throws(ImportError) -> [Float]
}

/// Heights on earth that a road can have, in meters: from below the shore of the Dead Sea (−430) to above Mount Everest
/// (8849). Others are marks for "not known" that the file does not declare, or damage.
let plausibleHeights: ClosedRange<Float> = -500...9000

/// Opens a file of heights, told by its bytes: GeoTIFF, else SRTM HGT.
///
/// - Throws: `ImportError` when it cannot be read, or is neither.
func openElevationFile(_ path: String) throws(ImportError) -> any ElevationFile {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw cannotRead(path) }
  var isHandedOn = false
  defer { if !isHandedOn { close(descriptor) } }
  var information = stat()
  guard fstat(descriptor, &information) == 0 else { throw cannotRead(path) }
  guard information.st_mode & S_IFMT == S_IFREG else {
    throw .unreadable(
      file: path,
      reason: Bilingual(en: "not a regular file; expected a grid of heights", zh: "不是普通文件;应为高程格网文件"))
  }
  var start = [UInt8](repeating: 0, count: 4)
  let count = pread(descriptor, &start, 4, 0)
  guard count >= 0 else { throw cannotRead(path) }
  guard let sha256 = SHA256.ofFile(descriptor) else { throw cannotRead(path) }
  isHandedOn = true
  switch start {
  case [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]:
    return try GeoTIFFFile(descriptor, name: path, sha256: sha256)
  default:
    return try HGTFile(descriptor, name: path, bytes: Int(information.st_size), sha256: sha256)
  }
}

/// What the last system call on `path` failed of.
private func cannotRead(_ path: String) -> ImportError {
  if errno == ENOENT || errno == ENOTDIR {
    return .unreadable(file: path, reason: Bilingual(en: "no such file", zh: "没有这个文件"))
  }
  return .unreadable(file: path, reason: Atlas.systemReason())
}

extension ImportError {
  /// A file of heights that is not what it should be.
  static func refusing(_ file: String, _ found: Bilingual, _ expected: Bilingual) -> ImportError {
    .refused(ImportProblem(file: file, line: nil, column: nil, found: .words(found), expected: expected))
  }

  /// A grid that ends early, or whose bytes make no sense.
  static func damagedGrid(_ file: String) -> ImportError {
    .refusing(
      file, Bilingual(en: "damaged or cut off", zh: "文件损坏或不完整"),
      Bilingual(en: "a whole grid of heights; download or copy it again", zh: "完整的高程格网;请重新下载或复制"))
  }
}
