/// Heights from several grids, as if they were one.
///
///     let heights = try ElevationMosaic(files)
///     try heights.height(latitude: 35.1, longitude: 112.6)  // 141.5
///
/// Of grids that overlap, the first that knows a height says it. Blocks are read when they are asked for, and the latest
/// are kept, so that a world-wide grid costs no more memory than a county's.
final class ElevationMosaic {
  /// The most bytes a block may have.
  static let largestBlockBytes = 64 << 20

  private let files: [any ElevationFile]
  private var blocks: [BlockKey: [Float]] = [:]
  // From the oldest to the latest.
  private var order: [BlockKey] = []
  private var cells = 0
  private static let mostCells = 16 << 20

  private var latestKey: BlockKey?
  private var latest: [Float] = []

  private struct BlockKey: Hashable {
    var file: Int
    var column: Int
    var row: Int
  }

  init(_ files: [any ElevationFile]) { self.files = files }

  /// The height at a place: the mean of the four cells around it, each weighted by how near its middle is (bilinear).
  ///
  /// - Returns: meters, or `nil` where no grid knows all of the cells that count.
  /// - Throws: `ImportError` when a block cannot be read.
  /// - Complexity: O(files), and the reading of a block now and then.
  func height(latitude: Double, longitude: Double) throws(ImportError) -> Double? {
    for file in files.indices {
      guard let place = files[file].frame.position(latitude: latitude, longitude: longitude) else { continue }
      let (column, row) = (Int(place.column), Int(place.row))
      let (east, south) = (place.column - Double(column), place.row - Double(row))
      var height = 0.0
      for (cellRow, rowShare) in [(row, 1 - south), (row + 1, south)] where rowShare > 0 {
        for (cellColumn, columnShare) in [(column, 1 - east), (column + 1, east)] where columnShare > 0 {
          height += rowShare * columnShare * Double(try cell(file, column: cellColumn, row: cellRow))
        }
      }
      if !height.isNaN { return height }
    }
    return nil
  }

  private func cell(_ position: Int, column: Int, row: Int) throws(ImportError) -> Float {
    let file = files[position]
    let (width, height) = (file.blockColumns, file.blockRows)
    let key = BlockKey(file: position, column: column / width, row: row / height)
    if key != latestKey {
      latest = try block(key)
      latestKey = key
    }
    return latest[(row % height) * width + column % width]
  }

  private func block(_ key: BlockKey) throws(ImportError) -> [Float] {
    if let known = blocks[key] { return known }
    let block = try files[key.file].block(column: key.column, row: key.row)
    while cells + block.count > Self.mostCells, let oldest = order.first {
      order.removeFirst()
      cells -= blocks.removeValue(forKey: oldest)?.count ?? 0
    }
    blocks[key] = block
    order.append(key)
    cells += block.count
    return block
  }
}
