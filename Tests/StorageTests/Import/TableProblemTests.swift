import Foundation
import Testing
import Words

@testable import Storage

@Suite("What is wrong with a table is said")
struct TableProblemTests {
  /// Reads places that differ from a good one in some cells.
  private func places(_ changes: [String: String]...) throws -> ImportedFile {
    let good = [
      "place_id": "b1", "name": "甲", "setting": "village", "longitude": "112.59", "latitude": "35.09",
      "customers": "120", "terrain": "", "fee_control_share": "", "arrears_yuan": "",
    ]
    let columns = good.keys.sorted()
    let rows = changes.map { change in
      columns.map { "\"" + (change[$0] ?? good[$0]!).replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        .joined(separator: ",")
    }
    return try ImportedFile(.places, ([columns.joined(separator: ",")] + rows).joined(separator: "\n"))
  }

  @Test(
    "cell by cell",
    arguments: [
      ("longitude", "1125.9", "longitude \"1125.9\": expected -180...180"),
      ("latitude", "-90.01", "latitude \"-90.01\": expected -90...90"),
      ("longitude", "", "longitude \"\": expected -180...180"),
      ("longitude", "112°35'", "longitude \"112°35'\": expected -180...180"),
      ("longitude", "nan", "longitude \"nan\": expected -180...180"),
      ("latitude", "３５", "latitude \"３５\": expected -90...90 in half-width digits"),
      ("latitude", "35,09", "latitude \"35,09\": expected -90...90 with a decimal point and no commas"),
      ("customers", "12.0", "customers \"12.0\": expected a whole number 0...10000000"),
      ("customers", "-1", "customers \"-1\": expected a whole number 0...10000000"),
      ("customers", "10000001", "customers \"10000001\": expected a whole number 0...10000000"),
      (
        "customers", "1,200",
        "customers \"1,200\": expected a whole number 0...10000000 with a decimal point and no commas"
      ),
      ("setting", "suburb", "setting \"suburb\": expected one of town, village"),
      ("terrain", "swamp", "terrain \"swamp\": expected one of plain, hill, mountain"),
      ("fee_control_share", "1.01", "fee_control_share \"1.01\": expected 0...1"),
      ("fee_control_share", "50%", "fee_control_share \"50%\": expected 0...1"),
      (
        "arrears_yuan", "1.005",
        "arrears_yuan \"1.005\": expected yuan 0...10000000000 with at most two decimals"
      ),
      ("arrears_yuan", "-3", "arrears_yuan \"-3\": expected yuan 0...10000000000 with at most two decimals"),
      ("place_id", "", "place_id \"\": expected an id of 1 to 200 bytes without control characters"),
      ("place_id", "a\tb", "place_id \"a\\tb\": expected an id of 1 to 200 bytes without control characters"),
      ("name", "  ", "name \"\": expected a text"),
      ("name", "a\u{1B}[2Jb", "name \"a\\u{1B}[2Jb\": expected a text without control characters"),
    ])
  func cells(column: String, value: String, sentence: String) throws {
    let file = try places([column: value], [:])
    #expect(file.sentences == ["t.csv:2: " + sentence])
    #expect(file.rows.count == 1)
    #expect(file.reading?.rowsRead == 2 && file.reading?.rowsRefused == 1)
  }

  @Test("in Chinese, too")
  func chinese() throws {
    let problem = try #require(places(["longitude": "1125.9"]).problems.first)
    #expect(problem.sentence.chinese.hasSuffix("t.csv:2: longitude “1125.9”:应为 -180...180"))
    #expect(try places(["setting": "郊区"]).problems.first?.expected.chinese == "其中之一:town(城区)、village(农村)")
  }

  @Test("all of it, and a good row is not kept back by a bad one")
  func all() throws {
    let file = try places(["customers": "x", "setting": "y", "longitude": "z"], [:], ["name": ""])
    #expect(file.problems.map(\.column) == ["setting", "longitude", "customers", "name"])
    #expect(file.problems.map(\.line) == [2, 2, 2, 4])
    #expect(file.reading?.rowsRefused == 2)
    #expect(file.lines == [3])
  }

  @Test("shortly, however long the cell")
  func long() throws {
    let file = try places(["customers": String(repeating: "长", count: 5_000)])
    #expect(file.problems.first?.found[.english] == String(repeating: "长", count: 80) + "…")
    let exactly = String(repeating: "9", count: 80)
    #expect(try places(["customers": exactly]).problems.first?.found[.english] == exactly)
    #expect(try places(["place_id": String(repeating: "i", count: 200)]).rows.count == 1)
    #expect(try places(["place_id": String(repeating: "i", count: 201)]).problems.count == 1)
  }

  @Test("with the question that a swapped or missing position raises")
  func positions() throws {
    #expect(
      try places(["longitude": "35.09", "latitude": "112.59"]).sentences == [
        "t.csv:2: latitude \"112.59\": expected -90...90; are longitude and latitude swapped?"
      ])
    #expect(
      try places(["longitude": "0", "latitude": "0.000"]).sentences == [
        "t.csv:2: longitude \"0, 0.000\": expected a position; 0, 0 says that none is known there"
      ])
    #expect(
      try places(["longitude": "0", "latitude": "0.1"], ["longitude": "180", "latitude": "-90"]).rows.count
        == 2)
    // Swapping would not help here.
    #expect(
      try places(["longitude": "112.5", "latitude": "112.59"]).sentences == [
        "t.csv:2: latitude \"112.59\": expected -90...90"
      ])
    #expect(
      try places(["longitude": "500", "latitude": "500"]).problems.map(\.column) == ["longitude", "latitude"])
  }

  @Test("for rows of the wrong length and broken quotes")
  func shapes() throws {
    let file = try ImportedFile(
      .channels, "channel_id,name,in_person\nc,甲\nd,乙,yes,x\ne,\"丙\"x,yes\nf,a\"b,yes\ng,丁,yes\n")
    #expect(
      file.sentences == [
        "t.csv:2: 2 fields; expected 3 fields as in the header",
        "t.csv:3: 4 fields; expected 3 fields as in the header",
        "t.csv:4: text behind a closing quote; expected quotes around the whole field and doubled inside it",
        "t.csv:5: a quote inside a field that does not begin with one; "
          + "expected quotes around the whole field and doubled inside it",
      ])
    #expect(file.lines == [6])
  }

  @Test("for headers that lack a column or have one twice")
  func headers() throws {
    #expect(
      try ImportedFile(.channels, "\nname,id\nc,d\n").sentences == [
        "t.csv:2: channel_id, in_person \"name, id\": expected a header with channel_id, in_person"
      ])
    #expect(
      try ImportedFile(.channels, "channel_id,name,名称,in_person\n").sentences == [
        "t.csv:1: name \"name, 名称\": expected this column once"
      ])
    #expect(
      try ImportedFile(.channels, "channel_id,na\"me,in_person\n").sentences == [
        "t.csv:1: a quote inside a field that does not begin with one; "
          + "expected quotes around the whole field and doubled inside it"
      ])
    let ignored = try ImportedFile(.channels, "x,channel_id,,name,in_person,\"a\u{3000}\"\n1,c,2,甲,yes,3\n")
    #expect(ignored.reading?.ignoredColumns == ["x", "#3", "a"])
    #expect(ignored.rows.count == 1)
    let wide = try ImportedFile(.channels, String(repeating: "c,", count: 5_000))
    #expect(wide.sentences == ["t.csv:1: 5001 columns; expected at most 4096"])
  }

  @Test(
    "for what one column says against another",
    arguments: [
      (
        ImportKind.points,
        "point_id,name,kind,longitude,latitude,opened_on,closed_on\np,a,bank,1,1,2015-02-02,2015-02-01",
        "closed_on \"2015-02-01\": expected a day not before opened_on 2015-02-02"
      ),
      (
        .points, "point_id,name,kind,longitude,latitude,phone\np,a,bank,1,1,ask 12",
        "phone \"ask 12\": expected a phone number such as 0391-6633333"
      ),
      (
        .points, "point_id,name,kind,longitude,latitude,methods\np,a,bank,1,1,cash;gold",
        "methods \"gold\": expected one of cash, card, qr, citizen_card, separated by ;"
      ),
      (
        .points, "point_id,name,kind,longitude,latitude,hours\np,a,bank,1,1,Mo 8-9",
        "hours \"Mo 8-9\": expected opening hours such as Mo-Fr 08:30-17:30; Sa 09:00-12:00 "
          + "(reading stopped at character 4)"
      ),
      (
        .volumes, "point_id,month,payments,busiest_day_payments\np,2015-01,3,4",
        "busiest_day_payments \"4\": expected at most the month's payments, 3"
      ),
      (.volumes, "point_id,month,payments\np,2015-13,3", "month \"2015-13\": expected a month YYYY-MM"),
      (
        .distanceSurveys, "survey_id,place_id,point_id,mode,meters,minutes\ns,b,p,walk,,",
        "meters \"\": expected meters or minutes"
      ),
      (
        .distanceSurveys, "survey_id,place_id,point_id,mode,meters\ns,b,p,walk,-1",
        "meters \"-1\": expected 0...1000000"
      ),
      (
        .serviceSurveys, "survey_id,point_id,handling_seconds\ns,p,86401",
        "handling_seconds \"86401\": expected a whole number 0...86400"
      ),
      (
        .visits, "visit_id,point_id,date,present\nx,p,2015-06-01,perhaps",
        "present \"perhaps\": expected one of yes, no"
      ),
      (
        .visits, "visit_id,point_id,date,present\nx,p,,yes", "date \"\": expected a date YYYY-MM-DD"
      ),
      (
        .feedback, "feedback_id,date,rating\nf,2015-02-29,5",
        "date \"2015-02-29\": expected a date YYYY-MM-DD"
      ),
      (.feedback, "feedback_id,date,rating\nf,2015-02-28,6", "rating \"6\": expected a whole number 1...5"),
      (.feedback, "feedback_id,date,rating\nf,2015-02-28,0", "rating \"0\": expected a whole number 1...5"),
      (.channels, "channel_id,name,in_person\nc,a,maybe", "in_person \"maybe\": expected one of yes, no"),
    ])
  func rules(kind: ImportKind, text: String, sentence: String) throws {
    let file = try ImportedFile(kind, text)
    #expect(file.sentences == ["t.csv:2: " + sentence])
    #expect(file.rows.isEmpty)
  }

  @Test("for boundaries, which are no table")
  func boundaries() throws {
    #expect(
      try ImportedFile(.boundaries, "name,level\n").sentences == [
        "t.csv: this is a table of text; expected boundaries as GeoJSON or GeoPackage"
      ])
  }

  @Test("without letting a file name move the cursor")
  func fileNames() {
    let problem = ImportProblem(
      file: "a\u{1B}\u{202E}.csv", found: .words(en: "x", zh: "y"), expected: Bilingual(en: "z", zh: "w"))
    #expect(problem.sentence.english == "a\\u{1B}\\u{202E}.csv: x; expected z")
  }
}
