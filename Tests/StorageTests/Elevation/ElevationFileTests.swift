import Foundation
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("Files of heights")
struct ElevationFileTests {
  let folder = ScratchFolder()

  private func write(_ data: Data, _ name: String) -> String {
    try! data.write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  private func mosaic(_ files: String...) throws -> ElevationMosaic {
    ElevationMosaic(try files.map { try openElevationFile($0) })
  }

  /// A tile of 1201 × 1201 cells.
  private func hgt(_ height: (Int, Int) -> Int16) -> Data {
    var data = Data(capacity: 1201 * 1201 * 2)
    for row in 0..<1201 {
      for column in 0..<1201 {
        withUnsafeBytes(of: height(column, row).bigEndian) { data.append(contentsOf: $0) }
      }
    }
    return data
  }

  private func refusal(_ file: String) -> String {
    do {
      let file = try openElevationFile(file)
      _ = try ElevationMosaic([file]).height(latitude: 35.0075, longitude: 112.0025)
      return ""
    } catch let error as ImportError {
      guard case .refused = error else { return "unreadable" }
      #expect(!error.sentence.chinese.isEmpty)
      return error.sentence.english
    } catch {
      return "\(error)"
    }
  }

  // MARK: GeoTIFF

  @Test(
    "a cell's own height in its middle, and the weighted mean between, however the file is laid out",
    arguments: [
      TIFFSketch(), TIFFSketch(isBigEndian: true), TIFFSketch(bits: 32),
      TIFFSketch(isBigEndian: true, bits: 32),
      TIFFSketch(rowsPerStrip: 1), TIFFSketch(rowsPerStrip: 100),
      TIFFSketch(columns: 40, rows: 37, tileSide: 16),
      TIFFSketch(columns: 40, rows: 37, isBigEndian: true, bits: 32, tileSide: 32),
    ])
  func layouts(sketch: TIFFSketch) throws {
    func height(_ column: Int, _ row: Int) -> Double { Double(column * 7 + row * row * 3 - 50) }
    let heights = try mosaic(write(sketch.bytes(height), "g.tif"))
    func at(_ column: Double, _ row: Double) throws -> Double? {
      try heights.height(
        latitude: sketch.north - (row + 0.5) * sketch.cell,
        longitude: sketch.west + (column + 0.5) * sketch.cell)
    }
    for row in 0..<sketch.rows {
      for column in 0..<sketch.columns {
        #expect(abs(try #require(try at(Double(column), Double(row))) - height(column, row)) < 1e-3)
      }
    }
    let between = try #require(try at(2.25, 3.5))
    let judge =
      (0.75 * height(2, 3) + 0.25 * height(3, 3)) / 2 + (0.75 * height(2, 4) + 0.25 * height(3, 4)) / 2
    #expect(abs(between - judge) < 1e-3)
    // The outer half of the cells at the rim is theirs; beyond is nobody's.
    #expect(abs(try #require(try at(-0.49, -0.49)) - height(0, 0)) < 1e-3)
    #expect(try at(-0.51, 0) == nil)
    #expect(try at(0, -0.51) == nil)
    #expect(try at(Double(sketch.columns) - 0.49, 0) == nil)
    #expect(try at(0, Double(sketch.rows) - 0.49) == nil)
  }

  @Test("where positions mean the middle of cells, they are taken so")
  func pixelIsPoint() throws {
    var sketch = TIFFSketch()
    sketch.keys[1] = (1025, 2)
    let heights = try mosaic(write(sketch.bytes { column, _ in Double(column) }, "g.tif"))
    let height = try #require(try heights.height(latitude: 35.0095, longitude: 112.003))
    #expect(abs(height - 3) < 1e-9)
  }

  @Test("cells without data and heights no road can have are not known", arguments: [16, 32])
  func voids(bits: Int) throws {
    var sketch = TIFFSketch(bits: bits, noData: "7")
    sketch.keys.append((4099, 9001))
    let data = sketch.bytes { column, row in
      switch (column, row) {
      case (2, 2): 7
      case (5, 2): -9999
      case (5, 4): bits == 32 ? .nan : -32768
      default: 100
      }
    }
    let heights = try mosaic(write(data, "g.tif"))
    func at(_ column: Double, _ row: Double) throws -> Double? {
      try heights.height(latitude: 35.01 - (row + 0.5) * 0.001, longitude: 112 + (column + 0.5) * 0.001)
    }
    #expect(try at(2, 2) == nil)
    #expect(try at(1.5, 2.5) == nil)
    #expect(try at(5, 2) == nil)
    #expect(try at(5, 4) == nil)
    // What has no weight has no say.
    #expect(try at(1, 2) == 100)
    #expect(try at(2, 3) == 100)
    #expect(try at(3.2, 2) == 100)
  }

  @Test("of overlapping grids the first that knows says it")
  func order() throws {
    let first = write(TIFFSketch(noData: "7").bytes { column, _ in column < 4 ? 7 : 10 }, "1.tif")
    let second = write(TIFFSketch(columns: 12).bytes { _, _ in 20 }, "2.tif")
    let heights = try mosaic(first, second)
    #expect(try heights.height(latitude: 35.0075, longitude: 112.0065) == 10)
    #expect(try heights.height(latitude: 35.0075, longitude: 112.0015) == 20)
    #expect(try heights.height(latitude: 35.0075, longitude: 112.0105) == 20)
    #expect(try heights.height(latitude: 36, longitude: 112) == nil)
  }

  @Test("other systems, units, samples and bands are refused with what is expected")
  func foreign() {
    func sentence(_ change: (inout TIFFSketch) -> Void) -> String {
      var sketch = TIFFSketch()
      change(&sketch)
      return refusal(write(sketch.bytes { _, _ in 1 }, "g.tif"))
    }
    #expect(sentence { _ in } == "")
    #expect(sentence { $0.keys[2] = (2048, 4490) } == "")
    #expect(sentence { $0.keys = [(1024, 1), (3072, 32649)] }.contains("EPSG:32649"))
    #expect(sentence { $0.keys[2] = (2048, 4214) }.contains("EPSG:4214"))
    #expect(sentence { $0.omitted = [34735] }.contains("does not say where"))
    #expect(sentence { $0.omitted = [33550] }.contains("no scale"))
    #expect(sentence { $0.omitted = [33922] }.contains("no scale"))
    #expect(sentence { $0.keys.append((4099, 9002)) }.contains("EPSG:9002"))
    #expect(sentence { $0.overrides[277] = (3, 1, 3) }.contains("bands"))
    #expect(sentence { $0.overrides[258] = (3, 1, 8) }.contains("8-bit"))
    #expect(sentence { $0.overrides[339] = (3, 1, 3) }.contains("16-bit"))
    #expect(sentence { $0.overrides[259] = (3, 1, 34712) }.contains("compression"))
    #expect(sentence { $0.north = 95 }.contains("beyond the earth"))
    #expect(sentence { $0.west = .nan }.contains("beyond the earth"))
    #expect(sentence { $0.cell = -0.001 }.contains("beyond the earth"))
    // A scale of whole numbers would be read as what it is not.
    #expect(sentence { $0.overrides[33550] = (4, 3, 8) }.contains("no scale"))
  }

  @Test("headers that promise a giant are refused, not believed")
  func giants() {
    func sentence(_ change: (inout TIFFSketch) -> Void) -> String {
      var sketch = TIFFSketch()
      change(&sketch)
      return refusal(write(sketch.bytes { _, _ in 1 }, "g.tif"))
    }
    #expect(
      sentence { $0.overrides = [256: (4, 1, 4_000_000_000), 278: (4, 1, 4_000_000_000)] }.contains(
        "expected"))
    #expect(
      sentence {
        $0.overrides = [256: (4, 1, 2_000_000_000), 257: (4, 1, 2_000_000_000), 278: (4, 1, 1 << 31)]
      }
      .contains("expected"))
    #expect(
      sentence {
        $0.tileSide = 16
        $0.overrides = [322: (4, 1, 1 << 30), 323: (4, 1, 1 << 30)]
      }.contains("expected"))
    #expect(sentence { $0.overrides = [273: (4, 0x7FFF_FFFF, 8)] }.contains("expected"))
    #expect(sentence { $0.overrides = [256: (4, 1, 0)] }.contains("expected"))
    #expect(sentence { $0.overrides = [34735: (3, 0x7FFF_FFFF, 8)] }.contains("expected"))
  }

  @Test(
    "cut or damaged anywhere, a GeoTIFF earns a sentence or still a height, never a trap", arguments: 0..<400)
  func fuzzed(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    var sketch = TIFFSketch()
    if seed % 3 == 0 { sketch.tileSide = 16 }
    var data = sketch.bytes { column, row in Double(column + row) }
    if seed % 2 == 0 {
      data = data.prefix(Int.random(in: 0..<data.count, using: &rng))
    } else {
      for _ in 0..<Int.random(in: 1...6, using: &rng) {
        data[Int.random(in: 0..<data.count, using: &rng)] = UInt8.random(in: 0...255, using: &rng)
      }
    }
    let sentence = refusal(write(Data(data), "g.tif"))
    #expect(sentence.isEmpty || sentence.contains("expected"))
    // The directory stands at the end: no cut file is whole.
    if seed % 2 == 0 { #expect(!sentence.isEmpty) }
  }

  static let gdal = "/usr/bin/gdal_translate"

  @Test(
    "what GDAL writes compressed, tiled, sparse or as BigTIFF is read as what it was made of",
    .enabled(if: FileManager.default.isExecutableFile(atPath: gdal), "gdal_translate is not installed"),
    arguments: [
      ["COMPRESS=DEFLATE", "PREDICTOR=2"], ["COMPRESS=LZW", "TILED=YES"], ["COMPRESS=ZSTD"],
      ["BIGTIFF=YES", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=32", "SPARSE_OK=TRUE"], ["COMPRESS=PACKBITS"],
      ["COMPRESS=DEFLATE", "PREDICTOR=3", "-float"],
    ])
  func byGDAL(options: [String]) throws {
    let sketch = TIFFSketch(columns: 90, rows: 70, noData: "0")
    func height(_ column: Int, _ row: Int) -> Double { column < 40 ? 0 : Double(column * 3 - row) }
    let plain = write(sketch.bytes(height), "plain.tif")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.gdal)
    process.arguments =
      ["-q"] + (options.contains("-float") ? ["-ot", "Float32"] : [])
      + options.filter { $0 != "-float" }.flatMap { ["-co", $0] } + [plain, folder.file("made.tif")]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let heights = try mosaic(folder.file("made.tif"))
    for (column, row) in [(45, 3), (89, 69), (40, 0), (60, 33), (39, 3), (0, 0)] {
      let found = try heights.height(
        latitude: 35.01 - (Double(row) + 0.5) * 0.001, longitude: 112 + (Double(column) + 0.5) * 0.001)
      if column < 40 {
        #expect(found == nil)
      } else {
        #expect(abs((found ?? 0) - height(column, row)) < 1e-3)
      }
    }
    // Cut short, it is refused or gives only what is there.
    let made = folder.bytes("made.tif")!
    for share in 0..<10 {
      let sentence = refusal(write(made.prefix(made.count * share / 10), "cut.tif"))
      #expect(sentence.isEmpty || sentence.contains("expected"))
    }
  }

  // MARK: SRTM

  @Test("an SRTM tile lies where its name says, and its voids are not known")
  func srtm() throws {
    let data = hgt { column, row in column == 600 && row == 600 ? -32768 : Int16(column + 2 * row) }
    let north = try mosaic(write(data, "N35E112.hgt"))
    #expect(try north.height(latitude: 36, longitude: 112) == 0)
    #expect(try north.height(latitude: 35, longitude: 113) == 3600)
    let quarter = try #require(try north.height(latitude: 35.75, longitude: 112.25))
    #expect(abs(quarter - 900) < 1e-6)
    #expect(try north.height(latitude: 35.5, longitude: 112.5) == nil)
    #expect(try north.height(latitude: 36.01, longitude: 112.5) == nil)
    let south = try mosaic(write(data, "s01w001.SRTMGL3.hgt"))
    #expect(try south.height(latitude: 0, longitude: -1) == 0)
    #expect(try south.height(latitude: -1, longitude: -1) == 2400)
  }

  @Test(
    "tiles are told by length and name, anything else is refused",
    arguments: [
      ("N35E112.hgt", 0, "0 bytes"), ("N35E112.hgt", 2_884_801, "2884801 bytes"),
      ("N35E112.hgt.zip", 40_000, "40000 bytes"), ("heights.hgt", 2_884_802, "name"),
      ("N3xE112.hgt", 2_884_802, "name"), ("N91E112.hgt", 2_884_802, "name"),
      ("X35E112.hgt", 2_884_802, "name"),
    ])
  func notTiles(name: String, bytes: Int, part: String) {
    let sentence = refusal(write(Data(count: bytes), name))
    #expect(sentence.contains(part) && sentence.contains("expected"), "\(sentence)")
  }

  @Test("what cannot be read is said to be so")
  func unreadable() {
    #expect(refusal(folder.file("none.tif")) == "unreadable")
    #expect(refusal(folder.path) == "unreadable")
  }
}
