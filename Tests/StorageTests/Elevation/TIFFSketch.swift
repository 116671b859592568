import Foundation

/// A GeoTIFF written byte by byte, so that each of its promises can be broken.
struct TIFFSketch {
  var columns = 8
  var rows = 6
  var isBigEndian = false
  /// 16 for signed whole numbers, 32 for floating point.
  var bits = 16
  var rowsPerStrip = 4
  /// The side of tiles (a multiple of 16); strips where `nil`.
  var tileSide: Int?
  /// The longitude and latitude of the north-west corner of the first cell, and the side of a cell.
  var west = 112.0
  var north = 35.01
  var cell = 0.001
  /// Model, geographic system, and what a position means.
  var keys: [(UInt16, UInt16)] = [(1024, 2), (1025, 1), (2048, 4326)]
  var noData: String?
  /// Added or put in the place of what is above: tag, type, count, value or offset.
  var overrides: [UInt16: (UInt16, UInt32, UInt32)] = [:]
  /// Tags left out.
  var omitted: Set<UInt16> = []

  /// - Parameter height: by column and row.
  func bytes(_ height: (Int, Int) -> Double) -> Data {
    var data = Data((isBigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]) as [UInt8])
    func add<T: FixedWidthInteger>(_ value: T, to data: inout Data) {
      withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { data.append(contentsOf: $0) }
    }
    add(UInt32(0), to: &data)
    // The blocks of cells.
    var (offsets, counts): ([UInt32], [UInt32]) = ([], [])
    let width = tileSide ?? columns
    let depth = tileSide ?? rowsPerStrip
    for top in stride(from: 0, to: rows, by: depth) {
      for left in stride(from: 0, to: columns, by: width) {
        offsets.append(UInt32(data.count))
        for row in top..<(tileSide == nil ? min(top + depth, rows) : top + depth) {
          for column in left..<left + width {
            let value = column < columns && row < rows ? height(column, row) : 0
            if bits == 16 {
              add(Int16(value), to: &data)
            } else {
              add(Float(value).bitPattern, to: &data)
            }
          }
        }
        counts.append(UInt32(data.count) - offsets[offsets.count - 1])
      }
    }
    var entries: [UInt16: (UInt16, UInt32, UInt32)] = [:]
    // A value that fits four bytes stands in the entry itself, others behind the blocks.
    func shorts(_ tag: UInt16, _ values: [UInt16]) {
      guard values.count > 1 else {
        entries[tag] = (3, 1, isBigEndian ? UInt32(values[0]) << 16 : UInt32(values[0]))
        return
      }
      entries[tag] = (3, UInt32(values.count), UInt32(data.count))
      for value in values { add(value, to: &data) }
    }
    func longs(_ tag: UInt16, _ values: [UInt32]) {
      entries[tag] = (4, UInt32(values.count), values.count == 1 ? values[0] : UInt32(data.count))
      if values.count > 1 { for value in values { add(value, to: &data) } }
    }
    func doubles(_ tag: UInt16, _ values: [Double]) {
      entries[tag] = (12, UInt32(values.count), UInt32(data.count))
      for value in values { add(value.bitPattern, to: &data) }
    }
    longs(256, [UInt32(columns)])
    longs(257, [UInt32(rows)])
    shorts(258, [UInt16(bits)])
    shorts(259, [1])
    shorts(262, [1])
    shorts(277, [1])
    shorts(339, [bits == 16 ? 2 : 3])
    if let tileSide {
      longs(322, [UInt32(tileSide)])
      longs(323, [UInt32(tileSide)])
      longs(324, offsets)
      longs(325, counts)
    } else {
      longs(273, offsets)
      longs(278, [UInt32(rowsPerStrip)])
      longs(279, counts)
    }
    doubles(33550, [cell, cell, 0])
    doubles(33922, [0, 0, 0, west, north, 0])
    shorts(34735, [1, 1, 0, UInt16(keys.count)] + keys.flatMap { [$0.0, 0, 1, $0.1] })
    if let noData {
      let text = Data((noData + "\0\0\0\0").utf8)
      entries[42113] = (2, UInt32(text.count), UInt32(data.count))
      data.append(text)
    }
    for (tag, entry) in overrides { entries[tag] = entry }
    for tag in omitted { entries[tag] = nil }
    if data.count % 2 == 1 { data.append(0) }
    var offset = Data()
    add(UInt32(data.count), to: &offset)
    data.replaceSubrange(4..<8, with: offset)
    add(UInt16(entries.count), to: &data)
    for (tag, entry) in entries.sorted(by: { $0.key < $1.key }) {
      add(tag, to: &data)
      add(entry.0, to: &data)
      add(entry.1, to: &data)
      add(entry.2, to: &data)
    }
    add(UInt32(0), to: &data)
    return data
  }
}
