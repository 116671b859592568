import Foundation
import Testing

/// `guide`, and what `--pdf` does, as a stranger runs them.
@Suite("Charts, run")
struct GuideCommandTests {
  private let program = Program()

  private func text(_ name: String) -> String {
    String(decoding: program.bytes(name) ?? Data(), as: UTF8.self)
  }

  @Test("are a file for each township and an index that leads to them, the same bytes each time")
  func folder() throws {
    let atlas = program.makeAtlas()
    let ending = program.run("guide", atlas, "--to", program.file("charts"), "--language", "zh")
    #expect(ending.status == 0 && ending.error.isEmpty, "\(ending.error)")
    #expect(ending.output.contains("克井镇") && ending.output.contains("图表完整性"))
    let names = try FileManager.default.contentsOfDirectory(atPath: program.file("charts")).sorted()
    #expect(names == ["guide-克井镇.html", "guide-济水街道.html", "index.html"])
    let links = text("charts/index.html").matches(of: #/href="([^"]*)"/#).map { String($0.1) }
    #expect(links.compactMap(\.removingPercentEncoding).sorted() == names.dropLast())
    #expect(text("charts/guide-济水街道.html").contains("东北方向约 150 米"))
    let first = text("charts/guide-克井镇.html")
    #expect(program.run("guide", atlas, "--to", program.file("charts"), "--language", "zh").status == 0)
    #expect(text("charts/guide-克井镇.html") == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.file("charts")).count == 3)
  }

  @Test("say as JSON what was written and how complete it is")
  func json() throws {
    let atlas = program.makeAtlas()
    let json = program.run(
      "guide", atlas, "--to", program.file("g.html"), "--single", "--reach", "600min", "--json"
    ).json
    #expect(json["files"] as? [String] == [program.file("g.html")])
    #expect(
      json["sheets"] as? Int == 3 && json["ways"] as? Int == 6 && json["travel"] as? String == "straight")
    let complete = try #require(json["completeness"] as? [String: [String: Any]])
    #expect(complete["points"]?["total"] as? Int == 2 && complete["points"]?["with_hours"] as? Int == 1)
    #expect(complete["points"]?["with_hours_share"] as? Double == 0.5)
    #expect(complete["sheets"]?["with_3_ways"] as? Int == 0)
    let townships = try #require(json["townships"] as? [[String: Any]])
    #expect(townships.map { $0["name"] as? String } == ["克井镇", "济水街道"])
  }

  @Test("of chosen places or of one township, and as CSV and GeoJSON")
  func selection() {
    let atlas = program.makeAtlas()
    func sheets(_ arguments: String...) -> Int? {
      program.run(["guide", atlas, "--to", program.file("s.html"), "--single", "--json"] + arguments).json[
        "sheets"]
        as? Int
    }
    #expect(
      sheets("--place", "v1,t1") == 2 && sheets("--township", "克井镇") == 2 && sheets("--by", "village") == 3)
    #expect(text("s.html").contains("counted from"))
    #expect(program.run("guide", atlas, "--to", program.file("g.csv"), "--format", "csv").status == 0)
    #expect(text("g.csv").components(separatedBy: "\r\n").count == 1 + 6 + 1)
    #expect(program.run("guide", atlas, "--to", program.file("g.geojson"), "--format", "geojson").status == 0)
    #expect(text("g.geojson").contains("\"direction\": \"northeast\""))
  }

  @Test("are a workbook too, the same bytes each time")
  func workbook() {
    let atlas = program.makeAtlas()
    for name in ["a.xlsx", "b.xlsx"] {
      let ending = program.run(
        "guide", atlas, "--to", program.file(name), "--format", "xlsx", "--language", "zh")
      #expect(ending.status == 0 && ending.error.isEmpty && ending.output.contains(name), "\(ending)")
    }
    #expect(program.bytes("a.xlsx")?.starts(with: [0x50, 0x4B]) == true)
    #expect(program.bytes("a.xlsx") == program.bytes("b.xlsx"))
  }

  @Test(
    "are refused with a sentence where the question makes no sense",
    arguments: [
      (["--nearest", "0"], 64), (["--nearest", "11"], 64), (["--reach", "10"], 64),
      (["--format", "csv", "--pdf"], 64),
      (["--format", "csv", "--large"], 64), (["--format", "xlsx", "--single"], 64),
      (["--place", "a", "--township", "b"], 64),
      (["--place", "nobody"], 66),
      (["--place", ""], 66), (["--township", "无此镇"], 66), (["--travel", "roads"], 66),
    ] as [([String], Int32)])
  func refusals(arguments: [String], status: Int32) {
    let atlas = program.makeAtlas()
    for language in ["en", "zh"] {
      let ending = program.run(
        ["guide", atlas, "--to", program.file("r"), "--language", language] + arguments)
      #expect(ending.status == status && !ending.error.isEmpty && ending.output.isEmpty, "\(ending)")
    }
    #expect(
      program.bytes("r") == nil && !FileManager.default.fileExists(atPath: program.file("r/index.html")))
  }

  @Test("are not written over the atlas, nor where no folder can be")
  func targets() {
    let atlas = program.makeAtlas()
    let before = program.bytes("a.gpkg")
    #expect(program.run("guide", atlas, "--to", atlas, "--single").status == 64)
    #expect(program.run("guide", atlas, "--to", atlas, "--format", "csv").status == 64)
    #expect(program.run("guide", atlas, "--to", atlas + "/charts").status == 73)
    #expect(program.bytes("a.gpkg") == before)
  }

  /// A folder with a browser that writes what it was asked into the PDF, or fails, or writes nothing.
  private func browser(_ script: String) -> [String: String] {
    let folder = program.file("bin")
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = program.write("#!/bin/sh\n" + script, to: "bin/google-chrome")
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return ["PATH": folder]
  }

  private static let obeys = """
    for a in "$@"; do case "$a" in --print-to-pdf=*) to="${a#--print-to-pdf=}" ;; file://*) page="$a" ;; esac; done
    echo "PDF of $page" > "$to"

    """

  @Test(
    "and reports are printed by whatever browser is on the PATH, beside the HTML",
    arguments: ["guide", "report"])
  func printed(verb: String) throws {
    let atlas = program.makeAtlas()
    let arguments =
      [verb, atlas, "--to", program.file("x y.html"), "--pdf", "--json"]
      + (verb == "guide" ? ["--single"] : [])
    let ending = program.run(arguments, environment: browser(Self.obeys))
    #expect(ending.status == 0, "\(ending.error)")
    #expect(text("x y.pdf").hasPrefix("PDF of file:///") && text("x y.pdf").contains("x%20y.html"))
    #expect(ending.output.contains("x y.pdf"))
    let left = try FileManager.default.contentsOfDirectory(atPath: program.folder).filter {
      $0.contains("paycircle-new")
    }
    #expect(left.isEmpty)
  }

  @Test("without a browser, or with one that fails, the HTML is there, no PDF, a sentence and status 73")
  func notPrinted() {
    let atlas = program.makeAtlas()
    let environments = [["PATH": program.file("nowhere")], browser("exit 3\n"), browser("exit 0\n")]
    for environment in environments {
      for language in ["en", "zh"] {
        for verb in ["guide", "report"] {
          let arguments = [verb, atlas, "--to", program.file("n.html"), "--pdf", "--language", language]
          let ending = program.run(
            arguments + (verb == "guide" ? ["--single"] : []), environment: environment)
          #expect(
            ending.status == 73 && ending.error.contains("PDF") || ending.error.contains("n.pdf"), "\(ending)"
          )
          #expect(ending.error.contains("HTML") && text("n.html").hasSuffix("</html>\n"))
          #expect(program.bytes("n.pdf") == nil)
        }
      }
    }
  }

  private static let chromium = ["/usr/bin/chromium", "/usr/bin/pdfinfo", "/usr/bin/pdftotext"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    "are PDF with a page of A4 for each place, and Chinese that can be searched for",
    .enabled(if: chromium, "chromium and poppler-utils are needed"))
  func realPDF() throws {
    let atlas = program.makeAtlas()
    let ending = program.run(
      "guide", atlas, "--to", program.file("c.html"), "--single", "--language", "zh", "--pdf",
      environment: ["HOME": program.folder])
    #expect(ending.status == 0, "\(ending.error)")
    func output(_ tool: String, _ arguments: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/\(tool)")
      process.arguments = arguments
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
    let pages = try output("pdfinfo", "-f", "1", "-l", "99", program.file("c.pdf")).split(separator: "\n")
      .filter { $0.hasPrefix("Page ") && $0.contains(" size:") }.map {
        $0.contains("(A4)") ? "A4" : $0.contains("(A3)") ? "A3" : "\($0)"
      }
    // Two townships, of two places and of one.
    #expect(pages == ["A3", "A4", "A4", "A3", "A4"])
    let text = try output("pdftotext", program.file("c.pdf"), "-")
    for words in ["附近哪里交电费", "东北方向约 150 米", "周一至周五 8:30-17:30", "克井镇", "5 / 5"] {
      // Blanks are where the letters stand, not in the text.
      #expect(text.replacing(" ", with: "").contains(words.replacing(" ", with: "")), "\(words)")
    }
  }
}
