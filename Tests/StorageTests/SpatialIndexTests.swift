import Foundation
import GRDB
import Geo
import TestSupport
import Testing

@testable import Storage

@Suite("Spatial index of the atlas")
struct SpatialIndexTests {
  /// Inserts `count` places at seeded positions, without the triggers.
  private func fill(_ db: Database, count: Int, seed: Int) throws -> [(x: Double, y: Double)] {
    var rng = SeededGenerator(seed: seed)
    let positions = (0..<count).map { _ in
      (x: Double.random(in: -180...180, using: &rng), y: Double.random(in: -90...90, using: &rng))
    }
    try SpatialIndex(table: "places").dropTriggers(db)
    for (i, position) in positions.enumerated() {
      try db.execute(
        sql: "INSERT INTO places (geom, place_id, name, setting, customers) VALUES (?, ?, 'n', 'town', 1)",
        arguments: [
          Data(GeometryBlob.point(at: Coordinate(latitude: position.y, longitude: position.x)!)), "v\(i)",
        ])
    }
    return positions
  }

  @Test(
    "a packed tree passes SQLite's own check and finds what a full scan finds",
    arguments: [0, 1, 50, 51, 52, 2_601, 2_602, 6_000])
  func packed(count: Int) throws {
    let queue = try DatabaseQueue()
    try schema.migrate(queue)
    try queue.write { db in
      let positions = try fill(db, count: count, seed: count)
      try SpatialIndex(table: "places").rebuild(db)
      #expect(try String.fetchOne(db, sql: "SELECT rtreecheck('rtree_places_geom')") == "ok")
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM rtree_places_geom") == count)
      var rng = SeededGenerator(seed: count + 1)
      for _ in 0..<20 {
        let west = Double.random(in: -180...150, using: &rng)
        let south = Double.random(in: -90...60, using: &rng)
        let found = try Int.fetchAll(
          db,
          sql: """
            SELECT id FROM rtree_places_geom
            WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ? ORDER BY id
            """, arguments: [west + 30, west, south + 30, south])
        let inside = positions.indices.filter {
          (west...west + 30).contains(positions[$0].x) && (south...south + 30).contains(positions[$0].y)
        }.map { $0 + 1 }
        // Boxes are single precision, rounded outward: nothing is missed, and what is extra lies on the rim.
        #expect(Set(found).isSuperset(of: inside))
        #expect(found.count <= inside.count + 1)
      }
      if count > 0 {
        let extent = try Row.fetchOne(
          db, sql: "SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'places'")!
        #expect(extent["min_x"] == positions.map(\.x).min()!)
        #expect(extent["max_y"] == positions.map(\.y).max()!)
      }
    }
  }

  @Test("the table itself refuses nonsense, whoever writes it")
  func tableRefuses() throws {
    let queue = try DatabaseQueue()
    try schema.migrate(queue)
    try queue.write { db in
      _ = try fill(db, count: 1, seed: 1)
      for change in [
        "customers = -1", "customers = 'many'", "setting = 'city'", "terrain = 'flat'", "place_id = ''",
        "elderly_share = 1.5", "geom = x'00'", "name = NULL",
      ] {
        #expect(throws: DatabaseError.self, "\(change)") {
          try db.execute(sql: "UPDATE places SET \(change)")
        }
      }
    }
  }

  @Test("geometries are read back as they were written, and garbage is not read")
  func blobs() {
    let here = Coordinate<WGS84>(latitude: 35.5, longitude: -112.25)!
    let bytes = GeometryBlob.point(at: here)
    #expect(bytes.count == 29)
    bytes.withUnsafeBytes { blob in
      #expect(GeometryBlob.point(blob)?.latitude == 35.5)
      #expect(GeometryBlob.point(blob)?.longitude == -112.25)
      for length in 0..<29 {
        #expect(GeometryBlob.point(UnsafeRawBufferPointer(rebasing: blob[..<length])) == nil)
      }
    }
    let ring = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0)].map {
      Coordinate<WGS84>(latitude: $0.0, longitude: $0.1)!
    }
    let polygon = Polygon(
      exterior: ring,
      holes: [ring.map { Coordinate(latitude: $0.latitude / 4 + 0.5, longitude: $0.longitude / 4 + 0.5)! }])
    let shape = GeometryBlob.multiPolygon([polygon, polygon])
    shape.withUnsafeBytes { blob in
      #expect(GeometryBlob.polygons(blob) == [polygon, polygon])
      #expect(GeometryBlob.box(of: blob) == .init(minX: 0, maxX: 2, minY: 0, maxY: 2))
      for length in 0..<shape.count {
        #expect(GeometryBlob.polygons(UnsafeRawBufferPointer(rebasing: blob[..<length])) == nil)
      }
    }
  }
}
