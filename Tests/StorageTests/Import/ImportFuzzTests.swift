import Foundation
import GRDB
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("A damaged file ends in rows or sentences")
struct ImportFuzzTests {
  private static let table = """
    point_id,name,kind,longitude,latitude,methods,hours,counters,status,opened_on
    p1,供销社,shop,112.59,35.09,cash;qr,Mo-Fr 08:30-17:30,2,active,2015-03-01
    p2,"王屋 ""老街"" 代办点",商超,112.25,35.11,现金,"Mo-Sa 08:00-12:00,
    14:00-18:00",1,,\r
    p3,自助终端,self_service,112.60,35.10,,24/7,,planned,

    """

  private static let collection = #"""
    {"type": "FeatureCollection", "bbox": [112, 35, 113, 36], "features": [
      {"type": "Feature", "id": 1, "properties": {"point_id": "p1", "name": "\u4E2D\uD83D\uDE0E", "kind": "shop",
        "counters": 2, "level": null}, "geometry": {"type": "Point", "coordinates": [112.59, 35.09, 1e2]}},
      {"type": "Feature", "properties": {"name": "县", "level": "县"}, "geometry": {"type": "MultiPolygon",
        "coordinates": [[[[112, 35], [113, 35], [113, 36], [112, 35]]], [[[112, 35], [113, 35], [113, 36], [112, 35]]]]}}
    ]}
    """#

  private static let package: Result<[UInt8], any Error> = Result {
    let folder = ScratchFolder()
    let point = TestGeometry.header().begin(1).numbers(112.59, 35.09).data
    let ring = [(112.0, 35.0), (113.0, 36.0), (113.0, 35.0), (112.0, 35.0)]
    let area = TestGeometry.header(envelope: 1).begin(6).count(1).begin(3).count(1).ring(ring).data
    try TestPackage(table: "points", columns: "point_id TEXT, name TEXT, kind TEXT, counters REAL")
      .write(to: folder.file("a"), [[point, "p1", "甲", "shop", 2.0], [area, "p2", "乙", "bank", nil]])
    return Array(folder.bytes("a") ?? Data())
  }

  /// Reads `bytes` as both kinds of geometry, and expects no more than an orderly end.
  private func expectOrder(_ bytes: [UInt8], in folder: ScratchFolder, _ note: @autoclosure () -> String)
    throws
  {
    let path = folder.file("fuzz")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    for kind in [ImportKind.points, .boundaries] {
      let file = try ImportedFile(kind, path: path)
      guard file.error == nil else { continue }
      let reading = try #require(file.reading)
      let isOrderly =
        file.rows.count + reading.rowsRefused == reading.rowsRead
        && (reading.rowsRefused == 0) == file.problems.isEmpty
      if !isOrderly { Issue.record("\(kind) \(note()): \(reading)") }
    }
  }

  private func flip(_ original: [UInt8], seed: Int, times: Int) throws {
    let folder = ScratchFolder()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<times {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2:
          bytes.insert(contentsOf: Array("\",\n{}[]:0".utf8).shuffled(using: &random).prefix(2), at: position)
        default: bytes.removeSubrange(position..<min(bytes.count, position + 3))
        }
      }
      try expectOrder(bytes, in: folder, "seed \(seed)")
    }
  }

  @Test("when it is a table cut off at any byte")
  func tableCut() throws {
    let folder = ScratchFolder()
    let bytes = Array(Self.table.utf8)
    for end in 0...bytes.count { try expectOrder(Array(bytes[..<end]), in: folder, "cut at \(end)") }
  }

  @Test("when it is a table with bytes changed", arguments: 0..<4)
  func tableFlips(seed: Int) throws { try flip(Array(Self.table.utf8), seed: seed, times: 80) }

  @Test("when it is GeoJSON cut off at any byte, which is never whole")
  func collectionCut() throws {
    let folder = ScratchFolder()
    let bytes = Array(Self.collection.utf8)
    for end in 0..<bytes.count {
      try expectOrder(Array(bytes[..<end]), in: folder, "cut at \(end)")
      #expect(try ImportedFile(.points, path: folder.file("fuzz")).error != nil, "cut at \(end)")
    }
    try expectOrder(bytes, in: folder, "whole")
    #expect(try ImportedFile(.points, path: folder.file("fuzz")).rows.count == 1)
    #expect(try ImportedFile(.boundaries, path: folder.file("fuzz")).rows.count == 1)
  }

  @Test("when it is GeoJSON with bytes changed", arguments: 0..<4)
  func collectionFlips(seed: Int) throws { try flip(Array(Self.collection.utf8), seed: seed, times: 80) }

  @Test("when it is a GeoPackage cut off anywhere")
  func packageCut() throws {
    let folder = ScratchFolder()
    let bytes = try Self.package.get()
    for end in stride(from: 0, through: bytes.count, by: 257) {
      try expectOrder(Array(bytes[..<end]), in: folder, "cut at \(end)")
    }
  }

  @Test("when it is a GeoPackage with bytes changed", arguments: 0..<4)
  func packageFlips(seed: Int) throws {
    let original = try Self.package.get()
    let folder = ScratchFolder()
    var random = SeededGenerator(seed: seed)
    // Most of the file is empty pages; what is written there is where damage matters.
    let written = original.indices.filter { original[$0] != 0 }
    for _ in 0..<40 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[written.randomElement(using: &random) ?? 0] = UInt8.random(in: 0...255, using: &random)
      }
      try expectOrder(bytes, in: folder, "seed \(seed)")
    }
  }

  @Test("and a geometry is read from any bytes without reading past them", arguments: 0..<20)
  func geometries(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let ring = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]
    let whole = TestGeometry.header(envelope: seed % 5).begin(1_006).count(1).begin(1_003).count(2)
      .ring(ring, extra: 1).ring(ring, extra: 1).bytes
    for end in 0...whole.count {
      var bytes = Array(whole[..<end])
      if end == whole.count || seed > 0, !bytes.isEmpty, seed % 2 == 1 {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let geometry = bytes.withUnsafeBytes { blob in try? FeatureGeometry(blob, system: 4326) }
      if seed % 2 == 0 { #expect((geometry != nil) == (end == whole.count), "cut at \(end)") }
    }
  }
}
