import Foundation
import Geo
import Planning
import TestSupport
import Testing
import Words

@testable import Storage

@Suite("JSON is taken apart")
struct JSONReaderTests {
  private func read(_ text: String) throws -> JSONNode {
    let folder = ScratchFolder()
    let source = try SourceFile(path: folder.write(text, to: "t.json"), options: ImportOptions())
    let reader = JSONReader(try TextStream(source))
    let node = try reader.value()
    try reader.finish()
    return node
  }

  /// The node as Foundation would hold it.
  private func plain(_ node: JSONNode) -> NSObject {
    switch node.value {
    case .null: NSNull()
    case .bool(let flag): NSNumber(value: flag)
    case .number(let digits): NSNumber(value: Double(digits)!)
    case .string(let text): NSString(string: text)
    case .array(let nodes): NSArray(array: nodes.map(plain))
    case .object(let members):
      NSDictionary(
        dictionary: Dictionary(uniqueKeysWithValues: members.map { ($0.name as NSString, plain($0.node)) }))
    }
  }

  @Test(
    "as Foundation takes it apart",
    arguments: [
      "{}", "[]", "[1, -0, 0.5, 1e3, 1E-2, 12345678901234567890]", "[null]",
      #"{"a": {"b": [{}, [[]], ""]}, "名": "交费"}"#, #"["\"\\\/\b\f\n\r\t\u4E2D\uD83D\uDE0E\u0000\u00e9"]"#,
      " \n\t\r[ 1 ,\r\n2 ] \n", #"["😎", "é"]"#,
    ])
  func good(text: String) throws {
    let expected = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    #expect(try plain(read(text)).isEqual(expected))
  }

  @Test("and its truths are told from its numbers")
  func truths() throws {
    let values = try #require(read("[true, false, 1]").array)
    guard case .bool(true) = values[0].value, case .bool(false) = values[1].value,
      case .number("1") = values[2].value
    else {
      Issue.record("\(values)")
      return
    }
  }

  @Test(
    "and refused where it is not JSON, with line and byte",
    arguments: [
      ("{\n  \"a\": 1\n  \"b\": 2\n}", 3, "byte 3 of this line: \"\"b\": 2\"; expected a comma or }"),
      ("[1,]", 1, "byte 4 of this line: \"]\"; expected a value"),
      ("{\"a\":1,}", 1, "byte 8 of this line: \"}\"; expected a member's name in quotes"),
      ("[01]", 1, "byte 3 of this line: \"1]\"; expected a comma or ]"),
      ("[1.]", 1, "byte 4 of this line: \"]\"; expected a digit"),
      ("[-]", 1, "expected a digit"), ("[1e]", 1, "expected a digit"), ("[+1]", 1, "expected a value"),
      ("[.5]", 1, "expected a value"), ("[NaN]", 1, "expected a value"), ("[tru]", 1, "expected true"),
      ("[nul", 1, "the file ends at byte 5 of this line; expected null"),
      ("[\"\\x\"]", 1, "an escape such as"),
      ("[\"\\u12G4\"]", 1, "four hexadecimal digits"), ("[\"\\uD83D\"]", 1, "the two halves"),
      ("[\"\\uDE0E\"]", 1, "the two halves"), ("[\"\\uD83D\\u0041\"]", 1, "the two halves"),
      ("[\"a\tb\"]", 1, "control characters escaped"), ("[\"a", 1, "a closing quote"),
      ("[1] 2", 1, "the end of the file"),
      ("[1", 1, "a comma or ]"), ("{'a': 1}", 1, "a member's name in quotes"), ("[1 2]", 1, "a comma or ]"),
      ("{\"a\" 1}", 1, "a colon"), ("[// c\n1]", 1, "expected a value"),
      ("{\"a\":1,\r\n\r\n\"a\":2}", 3, "t.json:3: \"a\": expected each member's name once"),
      (String(repeating: "[", count: 200), 1, "at most 128 levels of nesting"),
    ])
  func bad(text: String, line: Int, sentence: String) throws {
    do {
      _ = try read(text)
      Issue.record("it was read")
    } catch ImportError.refused(let problem) {
      #expect(problem.line == line)
      let words = problem.sentence.english.replacingOccurrences(of: problem.file, with: "t.json")
      #expect(words.contains(sentence), "\(words)")
    }
  }

  @Test("at exactly the deepest nesting it is read")
  func nesting() throws {
    let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try read(text).array?.count == 1)
    #expect(throws: ImportError.self) { try read("[" + text + "]") }
  }

  @Test("and a member given twice is found among many, too", arguments: [0, 1, 14, 15, 16, 17, 40])
  func duplicates(position: Int) throws {
    var names = (0..<50).map { "\"n\($0)\": \($0)" }
    #expect(try read("{" + names.joined(separator: ", ") + "}")["n49"]?.double == 49)
    names.append("\"n\(position)\": 0")
    #expect(throws: ImportError.self) { try read("{" + names.joined(separator: ", ") + "}") }
  }

  @Test("and a value that never ends is refused after 16 MiB")
  func endless() throws {
    let start = "{\"type\": \"FeatureCollection\", \"features\": [\n\""
    let text = start + String(repeating: "a", count: 18 << 20)
    #expect(
      try ImportedFile(.points, text).sentences == [
        "t.csv:2: the value that begins here is longer than 16 MiB; expected smaller features"
      ])
  }

  @Test("and every value knows its line, whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
  func lines(lineEnd: String) throws {
    let node = try read(["[", "1,", "", "\"a\", {", "\"b\": 2}", "]"].joined(separator: lineEnd))
    #expect(node.line == 1)
    #expect(node.array?.map(\.line) == [2, 4, 4])
    #expect(node.array?[2]["b"]?.line == 5)
  }

  @Test("across the borders of blocks", arguments: 0..<3)
  func borders(shift: Int) throws {
    let cells = (0..<60_000).map { #""\#($0)文\\\u4E2D😎""# }
    let node = try read(String(repeating: " ", count: shift) + "[" + cells.joined(separator: ",\n") + "]")
    #expect(node.array?.count == 60_000)
    #expect(node.array?.enumerated().allSatisfy { $1.string == "\($0)文\\中😎" && $1.line == $0 + 1 } == true)
  }
}

@Suite("GeoJSON becomes rows")
struct GeoJSONImportTests {
  private func collection(_ features: String..., members: String = "") -> String {
    "{\"type\": \"FeatureCollection\", \(members)\"features\": [\n" + features.joined(separator: ",\n")
      + "\n]}"
  }

  private func candidate(
    _ properties: String = #""candidate_id": "c", "name": "甲""#, at place: String = "[112.59, 35.09]"
  )
    -> String
  {
    #"{"type": "Feature", "properties": {\#(properties)}, "geometry": {"type": "Point", "coordinates": \#(place)}}"#
  }

  private func outline(_ coordinates: String, type: String = "Polygon") -> String {
    #"{"type": "Feature", "properties": {"name": "县", "level": "县"}, "#
      + #""geometry": {"type": "\#(type)", "coordinates": \#(coordinates)}}"#
  }

  private let here = Coordinate<WGS84>(latitude: 35.09, longitude: 112.59)!

  @Test("of points, with the columns as properties")
  func points() throws {
    let text = collection(
      candidate(),
      candidate(
        #""编码": 17, "名称": "乙", "counters": 2, "opening_cost_yuan": 10.5, "kind": null, "x": [1], "latitude": 3"#
      ))
    let file = try ImportedFile(.candidates, named: "t.geojson", text)
    #expect(
      file.rows == [
        .candidate(CandidateRow(id: "c", name: "甲", coordinate: here)),
        .candidate(CandidateRow(id: "17", name: "乙", coordinate: here, openingCostFen: 1_050, counters: 2)),
      ])
    #expect(file.lines == [2, 3])
    #expect(file.reading?.format == .geoJSON)
    #expect(file.reading?.ignoredColumns == ["x", "latitude"])
  }

  @Test("of areas, whichever way their rings run")
  func areas() throws {
    let ring = "[[112, 35], [113, 35], [113, 36], [112, 35]]"
    let hole = "[[112.6, 35.2], [112.7, 35.2], [112.7, 35.3], [112.6, 35.2]]"
    let reversed = "[[112, 35], [113, 36], [113, 35], [112, 35]]"
    func at(_ longitude: Double, _ latitude: Double) -> Coordinate<WGS84> {
      Coordinate(latitude: latitude, longitude: longitude)!
    }
    let exterior = [at(112, 35), at(113, 35), at(113, 36)]
    let clockwise = [at(112.6, 35.2), at(112.7, 35.3), at(112.7, 35.2)]
    let expected = Polygon(exterior: exterior, holes: [clockwise])
    let file = try ImportedFile(
      .boundaries, named: "t.json",
      collection(
        outline("[\(ring), \(hole)]"), outline("[[\(reversed)], [\(ring), \(hole)]]", type: "MultiPolygon")))
    guard case .boundary(let first) = file.rows.first, case .boundary(let second) = file.rows.last else {
      Issue.record("\(file.sentences)")
      return
    }
    #expect(first.name == "县" && first.level == "county")
    #expect(first.polygons == [expected])
    #expect(second.polygons.count == 2)
    #expect(
      Set(second.polygons[0].exterior) == Set(exterior) && second.polygons[0] == second.polygons[0].normalized
    )
    #expect(second.polygons[1] == expected)
  }

  @Test("moved to WGS-84, which the file may name")
  func frames() throws {
    let gcj02 = here.gcj02
    let text = collection(
      candidate(at: "[\(gcj02.longitude), \(gcj02.latitude), 250]"), members: #""datum": "gcj02", "#)
    let file = try ImportedFile(.candidates, text, datum: .gcj02)
    guard case .candidate(let row) = file.row else {
      Issue.record("\(file.sentences)")
      return
    }
    #expect(row.coordinate.distance(to: here).meters < 0.02)
    #expect(
      try ImportedFile(.candidates, text).sentences == [
        "t.csv:1: datum \"gcj02\": expected the frame that was asked for, wgs84 (--datum says which)"
      ])
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"] {
      let crs = #""crs": {"type": "name", "properties": {"name": "\#(name)"}}, "#
      #expect(try ImportedFile(.candidates, collection(candidate(), members: crs)).rows.count == 1)
    }
    let foreign = #""crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "#
    #expect(
      try ImportedFile(.candidates, collection(candidate(), members: foreign)).sentences == [
        "t.csv:1: crs \"urn:ogc:def:crs:EPSG::3857\": "
          + "expected longitude and latitude on WGS-84 (EPSG:4326) or CGCS2000 (EPSG:4490)"
      ])
  }

  @Test("or a sentence about the feature")
  func features() throws {
    let cases: [(String, String)] = [
      ("null", "\"null\": expected a Feature"),
      (#"{"type": "feature"}"#, "type \"feature\": expected a Feature"),
      (
        candidate(at: "[112.59]"),
        "coordinates \"[112.59]\": expected longitude, latitude and perhaps a height"
      ),
      (
        candidate(at: "[1, 2, 3, 4]"),
        "coordinates \"[1, 2, 3, 4]\": expected longitude, latitude and perhaps a height"
      ),
      (
        candidate(at: "[\"1\", 2]"),
        "coordinates \"[1, 2]\": expected longitude, latitude and perhaps a height"
      ),
      (
        candidate(at: "[35.09, 112.59]"),
        "latitude \"112.59\": expected -90...90; are longitude and latitude swapped?"
      ),
      (
        candidate(at: "[0, 0.0]"),
        "longitude \"0.0, 0.0\": expected a position; 0, 0 says that none is known there"
      ),
      (
        #"{"type": "Feature", "properties": {"candidate_id": "c", "name": "a"}, "geometry": null}"#,
        "geometry \"null\": expected a Point"
      ),
      (outline("[]"), "candidate_id \"name, level\": expected a property candidate_id"),
      (
        candidate(#""candidate_id": "c", "name": true"#), "name \"true\": expected a text or a number"
      ),
      (
        candidate(#""candidate_id": "c", "name": "a", "名称": "b""#), "name \"名称\": expected this column once"
      ),
      (
        candidate(#""candidate_id": "c", "name": "a", "counters": -1"#),
        "counters \"-1\": expected a whole number 0...10000"
      ),
      (
        candidate(#""candidate_id": "c\u0000", "name": "a""#),
        "candidate_id \"c\\u{0}\": expected an id of 1 to 200 bytes without control characters"
      ),
      (
        #"{"type": "Feature", "id": {}, "properties": null, "geometry": null}"#,
        "id \"{...}\": expected a text or a number"
      ),
      (
        #"{"type": "Feature", "bbox": [1, 2, 3], "properties": null, "geometry": null}"#,
        "bbox \"[...]\": expected four or six numbers"
      ),
      (
        #"{"type": "Feature", "coordinates": [], "properties": null, "geometry": null}"#,
        "coordinates \"{...}\": expected no such member in a Feature"
      ),
      (
        #"{"type": "Feature", "properties": [], "geometry": null}"#,
        "properties \"[...]\": expected an object or null"
      ),
    ]
    for (feature, sentence) in cases {
      let file = try ImportedFile(.candidates, collection(candidate(), feature))
      #expect(file.sentences == ["t.csv:3: " + sentence] && file.rows.count == 1, "\(file.sentences)")
      #expect(file.reading?.rowsRefused == 1)
    }
  }

  @Test("or a sentence about the ring")
  func rings() throws {
    let cases: [(String, String)] = [
      (outline("[]"), "geometry: a polygon without a ring; expected an outer ring"),
      (outline("[[[1, 1], [2, 1], [1, 1]]]"), "geometry: ring 1 has 3 positions; expected at least four"),
      (
        outline("[[[1, 1], [2, 1], [2, 2], [1, 2]]]"),
        "geometry: ring 1 is not closed; expected a last position that repeats the first"
      ),
      (
        outline("[[[35, 112], [36, 112], [36, 113], [35, 112]]]"),
        "geometry \"35.0, 112.0\": expected longitude -180...180, latitude -90...90; "
          + "are longitude and latitude swapped?"
      ),
      (outline("[1]"), "coordinates \"1\": expected a ring of positions"),
      (outline("[]", type: "MultiPolygon"), "coordinates \"[...]\": expected polygons"),
      (outline("[1, 2]", type: "Point"), "geometry \"Point\": expected a Polygon or MultiPolygon"),
    ]
    for (feature, sentence) in cases {
      let file = try ImportedFile(.boundaries, collection(feature))
      #expect(file.sentences == ["t.csv:2: " + sentence], "\(file.sentences)")
    }
  }

  @Test("or a sentence about the file")
  func files() throws {
    let cases: [(String, String)] = [
      ("[]", "t.csv:1: this JSON is a list; expected a FeatureCollection with a list of features"),
      ("{}", "t.csv:1: the object has no type; expected a FeatureCollection with a list of features"),
      (
        "{\"type\": \"FeatureCollection\"}",
        "t.csv:1: the collection has no features; expected a FeatureCollection with a list of features"
      ),
      (candidate(), "t.csv:1: type \"Feature\": expected a FeatureCollection with a list of features"),
      (
        collection(members: "\"bbox\": [1], "), "t.csv:1: bbox \"[...]\": expected four or six numbers"
      ),
    ]
    for (text, sentence) in cases {
      #expect(try ImportedFile(.candidates, text).sentences == [sentence])
    }
    #expect(try ImportedFile(.candidates, collection()).reading?.rowsRead == 0)
    #expect(
      try ImportedFile(.volumes, collection()).sentences == [
        "t.csv: this is GeoJSON; expected volumes as CSV"
      ])
    // What is wrong behind the features is found as well, after their rows.
    let late = try ImportedFile(.candidates, "{\"features\": [\(candidate())], \"type\": \"x\"}")
    #expect(late.rows.count == 1 && late.error != nil)
  }

  @Test("one feature at a time, however many there are")
  func many() throws {
    let features = (0..<12_000).map { candidate(#""candidate_id": \#($0), "name": "名""#) }
    let text =
      "{\"type\": \"FeatureCollection\", \"features\": [\n" + features.joined(separator: ",\n") + "]}"
    #expect(text.utf8.count > SourceFile.blockSize)
    let file = try ImportedFile(.candidates, text)
    #expect(file.rows.count == 12_000 && file.lines == Array(2...12_001))
  }
}

@Suite(
  "GeoJSON of another project's test suite",
  .enabled(if: sharedData != nil, "set PAYCIRCLE_SHARED_DATA to the folder of shared data to run these"))
struct SharedGeoJSONTests {
  @Test(
    "is refused with a sentence where it is bad",
    arguments: sharedFiles("formats/geojson/bad", endingIn: ".geojson"))
  func bad(path: String) throws {
    for kind in [ImportKind.places, .points, .candidates, .boundaries] {
      let file = try ImportedFile(kind, path: path)
      #expect(!file.sentences.isEmpty && file.rows.isEmpty, "\(kind)")
      #expect(file.sentences.allSatisfy { $0.contains("expected") })
    }
  }

  @Test(
    "and never crashes where it is good", arguments: sharedFiles("formats/geojson/good", endingIn: ".geojson")
  )
  func good(path: String) throws {
    for kind in ImportKind.allCases {
      let file = try ImportedFile(kind, path: path)
      #expect(file.reading != nil || file.error != nil)
    }
  }

  @Test(
    "and a county's outline is read", arguments: sharedFiles("jiyuan", endingIn: "boundary_wgs84.geojson"))
  func outline(path: String) throws {
    let file = try ImportedFile(.boundaries, path: path)
    guard case .boundary(let row) = file.row else {
      Issue.record("\(file.sentences)")
      return
    }
    let squareMeters = row.polygons.map(\.areaSquareMeters).reduce(0, +)
    #expect((1_850e6...1_950e6).contains(squareMeters), "about 1,890 km2")
  }
}
