import Foundation
import GRDB
import GRDBSQLite

/// The R*Tree of a feature table's `geom` column, as the GeoPackage extension gpkg_rtree_index describes it
/// (OGC 12-128r17, annex F.3).
///
/// A bulk import goes without the triggers and fills the tree at the end: packing a million points takes 3 s of CPU,
/// inserting them one by one 13 s.
struct SpatialIndex {
  let table: String

  private var name: String { "rtree_\(table)_geom" }

  /// Makes the empty index, registers the extension, and sets the triggers.
  func create(_ db: Database) throws {
    try db.execute(sql: "CREATE VIRTUAL TABLE \(name) USING rtree(id, minx, maxx, miny, maxy)")
    try db.execute(
      sql: """
        INSERT INTO gpkg_extensions VALUES ('\(table)', 'geom', 'gpkg_rtree_index',
          'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
        """)
    try createTriggers(db)
  }

  /// The triggers that keep the tree in step when another program changes a row. They call the ST_ functions that
  /// every GeoPackage program brings.
  func createTriggers(_ db: Database) throws {
    let present = "NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)"
    let absent = "NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)"
    let insert = """
      INSERT OR REPLACE INTO \(name) VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), \
      ST_MaxY(NEW.geom))
      """
    try db.execute(
      sql: """
        CREATE TRIGGER \(name)_insert AFTER INSERT ON \(table) WHEN (\(present))
          BEGIN \(insert); END;
        CREATE TRIGGER \(name)_update1 AFTER UPDATE OF geom ON \(table)
          WHEN OLD.fid = NEW.fid AND (\(present))
          BEGIN \(insert); END;
        CREATE TRIGGER \(name)_update2 AFTER UPDATE OF geom ON \(table)
          WHEN OLD.fid = NEW.fid AND (\(absent))
          BEGIN DELETE FROM \(name) WHERE id = OLD.fid; END;
        CREATE TRIGGER \(name)_update3 AFTER UPDATE ON \(table)
          WHEN OLD.fid != NEW.fid AND (\(present))
          BEGIN DELETE FROM \(name) WHERE id = OLD.fid; \(insert); END;
        CREATE TRIGGER \(name)_update4 AFTER UPDATE ON \(table)
          WHEN OLD.fid != NEW.fid AND (\(absent))
          BEGIN DELETE FROM \(name) WHERE id IN (OLD.fid, NEW.fid); END;
        CREATE TRIGGER \(name)_delete AFTER DELETE ON \(table) WHEN OLD.geom NOT NULL
          BEGIN DELETE FROM \(name) WHERE id = OLD.fid; END;
        """)
  }

  /// Removes the triggers, for the time of a bulk import.
  func dropTriggers(_ db: Database) throws {
    for event in ["insert", "update1", "update2", "update3", "update4", "delete"] {
      try db.execute(sql: "DROP TRIGGER IF EXISTS \(name)_\(event)")
    }
  }

  /// Fills the tree again from the table, sets the extent in gpkg_contents, and sets the triggers.
  ///
  /// - Complexity: O(*n* log *n*) for *n* rows.
  func rebuild(_ db: Database) throws {
    let (boxes, extent) = try boxes(db)
    try db.execute(sql: "DELETE FROM \(name)_node; DELETE FROM \(name)_rowid; DELETE FROM \(name)_parent")
    try PackedTree(boxes).write(to: name, db)
    try db.execute(
      sql: "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
      arguments: [extent?.minX, extent?.minY, extent?.maxX, extent?.maxY, table])
    try createTriggers(db)
  }

  private func boxes(_ db: Database) throws -> ([PackedTree.Box], extent: GeometryBlob.Box?) {
    let statement = try db.makeStatement(sql: "SELECT fid, geom FROM \(table) ORDER BY fid")
    var boxes: [PackedTree.Box] = []
    var extent: GeometryBlob.Box?
    try statement.forEachRow { row in
      let fid = sqlite3_column_int64(row, 0)
      guard let box = GeometryBlob.box(of: row.blob(1)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "\(table) row \(fid): geom is not a GeoPackage geometry")
      }
      boxes.append(.init(id: fid, around: box))
      extent = extent?.union(box) ?? box
    }
    return (boxes, extent)
  }
}

/// An R*Tree packed bottom-up by sort-tile-recursive (Leutenegger, Lopez and Edgington, ICDE 1997), in the page format
/// of SQLite's rtree module: full nodes, few of them, all leaves at one depth.
struct PackedTree {
  /// One entry: a row's or a node's bounding box.
  ///
  /// In the single precision the tree stores, rounded outward: a million of them are held and sorted at once.
  struct Box {
    var id: Int64
    var minX: Float
    var maxX: Float
    var minY: Float
    var maxY: Float
  }

  // SQLite's rtree.c: a node holds at most 51 cells of 8 + 4 × 4 bytes behind 4 bytes of header, where the page allows.
  private static let cellsPerNode = 51
  private static let cellBytes = 24
  private static let nodeBytes = 4 + cellsPerNode * cellBytes

  private let levels: [[[Box]]]

  init(_ boxes: [Box]) {
    var levels: [[[Box]]] = []
    var level = boxes
    // Node numbers are given from the root down when writing; here an id is a position in the level below.
    repeat {
      let nodes = Self.tiles(level)
      levels.append(nodes)
      level = nodes.enumerated().map { Self.box(around: $1, id: Int64($0)) }
    } while level.count > 1
    self.levels = levels
  }

  private static func tiles(_ boxes: [Box]) -> [[Box]] {
    guard boxes.count > cellsPerNode else { return [boxes] }
    let nodes = (boxes.count + cellsPerNode - 1) / cellsPerNode
    let slices = Int(Double(nodes).squareRoot().rounded(.up))
    let perSlice = (nodes + slices - 1) / slices * cellsPerNode
    // The id breaks ties, so that the same rows always make the same file.
    let byX = boxes.sorted { ($0.minX + $0.maxX, $0.id) < ($1.minX + $1.maxX, $1.id) }
    var result: [[Box]] = []
    for start in stride(from: 0, to: byX.count, by: perSlice) {
      let slice = byX[start..<min(start + perSlice, byX.count)]
        .sorted { ($0.minY + $0.maxY, $0.id) < ($1.minY + $1.maxY, $1.id) }
      for first in stride(from: 0, to: slice.count, by: cellsPerNode) {
        result.append(Array(slice[first..<min(first + cellsPerNode, slice.count)]))
      }
    }
    return result
  }

  private static func box(around boxes: [Box], id: Int64) -> Box {
    boxes.reduce(into: Box(id: id, minX: .infinity, maxX: -.infinity, minY: .infinity, maxY: -.infinity)) {
      $0.minX = min($0.minX, $1.minX)
      $0.maxX = max($0.maxX, $1.maxX)
      $0.minY = min($0.minY, $1.minY)
      $0.maxY = max($0.maxY, $1.maxY)
    }
  }

  /// Writes the nodes to the shadow tables of the virtual table `name`, which are empty.
  func write(to name: String, _ db: Database) throws {
    let insertNode = try db.makeStatement(sql: "INSERT INTO \(name)_node VALUES (?, ?)")
    let insertRow = try db.makeStatement(sql: "INSERT INTO \(name)_rowid VALUES (?, ?)")
    let insertParent = try db.makeStatement(sql: "INSERT INTO \(name)_parent VALUES (?, ?)")
    // Node 1 is the root; the nodes of each level follow those of the level above.
    var firstNumber: [Int64] = Array(repeating: 1, count: levels.count)
    for depth in levels.indices.dropLast().reversed() {
      firstNumber[depth] = firstNumber[depth + 1] + Int64(levels[depth + 1].count)
    }
    var rows: [(id: Int64, node: Int64)] = []
    for depth in levels.indices.reversed() {
      for (position, cells) in levels[depth].enumerated() {
        let number = firstNumber[depth] + Int64(position)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.nodeBytes)
        // Only the root's depth field is read.
        bytes.append(bigEndian: UInt16(number == 1 ? depth : 0))
        bytes.append(bigEndian: UInt16(cells.count))
        for cell in cells {
          let id = depth == 0 ? cell.id : firstNumber[depth - 1] + cell.id
          bytes.append(bigEndian: UInt64(bitPattern: id))
          bytes.append(bigEndian: cell.minX.bitPattern)
          bytes.append(bigEndian: cell.maxX.bitPattern)
          bytes.append(bigEndian: cell.minY.bitPattern)
          bytes.append(bigEndian: cell.maxY.bitPattern)
          if depth == 0 {
            rows.append((id, number))
          } else {
            try insertParent.step(binding: [.integer(id), .integer(number)])
          }
        }
        bytes.append(contentsOf: repeatElement(0, count: Self.nodeBytes - bytes.count))
        try insertNode.step(binding: [.integer(number), .blob(bytes)])
      }
    }
    for row in rows.sorted(by: { $0.id < $1.id }) {
      try insertRow.step(binding: [.integer(row.id), .integer(row.node)])
    }
  }
}

extension PackedTree.Box {
  /// The smallest single-precision box around `box`.
  init(id: Int64, around box: GeometryBlob.Box) {
    func floor(_ value: Double) -> Float {
      let rounded = Float(value)
      return Double(rounded) > value ? rounded.nextDown : rounded
    }
    func ceiling(_ value: Double) -> Float {
      let rounded = Float(value)
      return Double(rounded) < value ? rounded.nextUp : rounded
    }
    self.init(
      id: id, minX: floor(box.minX), maxX: ceiling(box.maxX), minY: floor(box.minY), maxY: ceiling(box.maxY))
  }
}

extension [UInt8] {
  fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
