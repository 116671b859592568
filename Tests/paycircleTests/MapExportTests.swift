import Foundation
import Testing

/// `export --layer map`, as a stranger runs it.
@Suite("The map, exported")
struct MapExportTests {
  private let program = Program()

  private func text(_ name: String) -> String {
    String(decoding: program.bytes(name) ?? Data(), as: UTF8.self)
  }

  private func export(
    _ atlas: String, _ arguments: String..., environment: [String: String] = [:]
  ) -> Program.Ending {
    program.run(["export", atlas, "--layer", "map"] + arguments, environment: environment)
  }

  @Test("as SVG is the map that the report writes beside itself, the same bytes each time")
  func svg() {
    let atlas = program.makeAtlas()
    let report = program.run(
      "report", atlas, "--to", program.file("r.html"), "--map", program.file("r.svg"), "--language", "zh")
    #expect(report.status == 0)
    let ending = export(atlas, "--format", "svg", "--to", program.file("m.svg"), "--language", "zh", "--json")
    #expect(ending.status == 0 && ending.json["format"] as? String == "svg", "\(ending)")
    #expect(
      text("m.svg") == text("r.svg") && text("m.svg").hasPrefix("<svg ") && text("m.svg").contains("交费圈分布图"))
    #expect(text("m.svg").contains("内部资料"))
  }

  /// A folder with a renderer that does what `script` says.
  private func renderer(_ script: String) -> [String: String] {
    let folder = program.file("bin")
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = program.write("#!/bin/sh\n" + script, to: "bin/rsvg-convert")
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return ["PATH": folder + ":/usr/bin:/bin"]
  }

  @Test("without a renderer, or with one that fails, there is no picture, but a sentence and status 73")
  func noRenderer() throws {
    let atlas = program.makeAtlas()
    let environments = [["PATH": program.file("nowhere")], renderer("exit 3\n"), renderer("exit 0\n")]
    for environment in environments {
      for language in ["en", "zh"] {
        let ending = export(
          atlas, "--format", "png", "--to", program.file("m.png"), "--language", language,
          environment: environment)
        #expect(
          ending.status == 73 && ending.error.contains("rsvg-convert") && ending.output.isEmpty, "\(ending)")
        #expect(program.bytes("m.png") == nil)
      }
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: program.folder).allSatisfy {
        !$0.contains("paycircle-new")
      })
  }

  @Test(
    "as PNG it is as wide as asked, as high as its shape wants, and not blank",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert"), "librsvg2-bin is needed"),
    arguments: [
      ([], 2_000), (["--width", "600"], 600), (["--scale", "1.5"], 1_500), (["--width", "200"], 200),
    ] as [([String], Int)])
  func png(arguments: [String], width: Int) throws {
    let atlas = program.makeAtlas()
    #expect(export(atlas, "--format", "svg", "--to", program.file("m.svg")).status == 0)
    let root = try #require(text("m.svg").firstMatch(of: #/width="1000" height="(\d+)"/#))
    let height = try #require(Int(root.1))
    let ending = program.run(
      ["export", atlas, "--layer", "map", "--format", "png", "--to", program.file("m.png")] + arguments)
    #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
    // Width and height stand in the first chunk of the file (ISO/IEC 15948, 11.2.2).
    let bytes = [UInt8](try #require(program.bytes("m.png")))
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == width)
    #expect(abs(Double(number(20)) - Double(height * width) / 1_000) < 1)
    // A blank picture of this size packs into far less.
    #expect(bytes.count > width * 10)
  }

  @Test(
    "is refused with a sentence where the question makes no sense",
    arguments: [
      (["--layer", "map", "--format", "geojson"], 64), (["--layer", "places", "--format", "svg"], 64),
      (["--layer", "all", "--format", "png"], 64),
      (["--layer", "map", "--format", "svg", "--width", "500"], 64),
      (["--layer", "map", "--format", "png", "--width", "199"], 64),
      (["--layer", "map", "--format", "png", "--width", "16001"], 64),
      (["--layer", "map", "--format", "png", "--scale", "0.1"], 64),
      (["--layer", "map", "--format", "png", "--scale", "nan"], 64),
      (["--layer", "map", "--format", "png", "--scale", "1", "--width", "1000"], 64),
      (["--layer", "map", "--format", "svg", "--datum", "gcj02"], 64),
      (["--layer", "map", "--format", "svg", "--plan", "x"], 64),
      (["--layer", "map", "--format", "svg", "--travel", "roads"], 66),
    ] as [([String], Int32)])
  func refusals(arguments: [String], status: Int32) {
    let atlas = program.makeAtlas()
    for language in ["en", "zh"] {
      let ending = program.run(
        ["export", atlas, "--to", program.file("m"), "--language", language] + arguments)
      #expect(ending.status == status && !ending.error.isEmpty && ending.output.isEmpty, "\(ending)")
    }
    #expect(program.bytes("m") == nil)
  }

  @Test("leaves the atlas alone")
  func target() {
    let atlas = program.makeAtlas()
    let before = program.bytes("a.gpkg")
    for format in ["svg", "png"] { #expect(export(atlas, "--format", format, "--to", atlas).status == 64) }
    #expect(program.bytes("a.gpkg") == before)
  }

  @Test("a layer in another datum whose file's name does not say so is written, with a word on it")
  func datum() {
    let atlas = program.makeAtlas()
    func say(_ file: String, _ language: String) -> Program.Ending {
      program.run(
        "export", atlas, "--layer", "points", "--format", "geojson", "--datum", "gcj02", "--to",
        program.file(file),
        "--language", language)
    }
    #expect(say("a.geojson", "en").error.contains("a_gcj02.geojson"))
    #expect(say("a.geojson", "zh").error.contains("建议文件名注明"))
    #expect(say("b_GCJ02.geojson", "en").error.isEmpty)
    #expect(
      text("a.geojson") == text("b_GCJ02.geojson") && text("a.geojson").contains("\"datum\": \"gcj02\""))
  }
}
