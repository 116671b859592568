import Foundation
import Geo
import Planning
import Testing
import Travel
import Words

@testable import Reporting

@Suite struct CoverageReportTests {
  private func report(
    _ county: SeededCounty, _ language: Language = .chinese, stamp: String? = nil
  ) -> CoverageReport {
    CoverageReport(
      network: county.network, coverage: townshipCoverage(of: county.network), circles: county.circles,
      version: "1.2.3", stamp: stamp, language: language)
  }

  private static let county = SeededCounty(places: 400, points: 60)

  @Test(arguments: Language.allCases)
  func `the page is one well-formed document with what a reader and a screen reader need`(language: Language)
    throws
  {
    let html = report(Self.county, language).html()
    let page = try MarkupReader(html)
    #expect(html.hasPrefix("<!DOCTYPE html>\n"))
    #expect(page.elements.first?.attributes["lang"] == (language == .chinese ? "zh-CN" : "en"))
    #expect(page.count("h1") == 1 && page.count("main") == 1 && page.count("header") == 1)
    // Eleven chapters, and a sheet for each township.
    let townships = SeededCounty(places: 400, points: 60).network.places.townshipNames.count
    #expect(page.count("section") == 11 + townships)
    for (name, attributes) in page.elements where name == "th" {
      #expect(["row", "col"].contains(attributes["scope"] ?? ""))
    }
    let drawings = page.elements.filter { $0.name == "svg" && $0.attributes["role"] == "img" }
    // Two maps, the histogram, the tenths, and a map a township.
    #expect(drawings.count == 4 + townships)
    #expect(drawings.allSatisfy { $0.attributes["aria-label"]?.isEmpty == false })
    #expect(page.count("desc") == drawings.count && page.count("title") == drawings.count + 1)
    for (name, attributes) in page.elements where name == "svg" && attributes["class"] == "bar" {
      #expect(attributes["aria-hidden"] == "true")
    }
  }

  @Test(arguments: Language.allCases)
  func `nothing is run and nothing is fetched`(language: Language) throws {
    let html = report(Self.county, language).html()
    let page = try MarkupReader(html)
    let forbidden: Set = [
      "script", "link", "img", "image", "iframe", "object", "embed", "base", "form", "a", "use",
    ]
    #expect(page.elements.allSatisfy { !forbidden.contains($0.name) })
    for (_, attributes) in page.elements {
      for (key, value) in attributes where key != "xmlns" {
        #expect(!["src", "href", "xlink:href", "style"].contains(key) && !key.hasPrefix("on"))
        #expect(!value.contains("://") && !value.contains("url("))
      }
    }
    #expect(!html.contains("url(") && !html.contains("@import") && !html.contains("@font-face"))
  }

  @Test(arguments: Language.allCases)
  func `a map passed on alone is the report's own, without its frame, and says what the report says`(
    language: Language
  ) throws {
    let report = report(Self.county, language)
    let svg = report.mapSVG()
    let whole = try #require(
      MapDrawing(
        .whole, of: Self.county.network, coverage: townshipCoverage(of: Self.county.network),
        circles: Self.county.circles, language: language))
    // All that is drawn in the window, but for the frame of the part that the report enlarges.
    let marks = whole.svg().matches(of: #/<(path|text|rect) [^>]*>/#).map { String($0.0) }
    let lost = marks.filter { !svg.contains($0) }
    #expect(whole.detail != nil && report.html().contains(whole.svg()))
    // The frame, and the white below everything, which is higher.
    #expect(lost.count == 2 && lost.allSatisfy { $0.hasPrefix("<rect") }, "\(lost)")
    let drawing = try MarkupReader(svg)
    let root = try #require(drawing.elements.first)
    #expect(root.name == "svg" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    #expect(root.attributes["width"] == "1000" && Int(root.attributes["height"] ?? "") ?? 0 > 400)
    #expect(drawing.elements.allSatisfy { $0.attributes["class"] == nil && $0.attributes["style"] == nil })
    #expect(drawing.texts.contains(ReportWord.syntheticShort[language]))
    #expect(
      drawing.texts.hasSuffix(" · \(Glossary.promise[language])\(ReportWord.internalMaterial[language])"))
    for kind in PointKind.allCases where Self.county.network.points.kinds.contains(kind) {
      #expect(drawing.texts.contains(kind.words[language]))
    }
  }

  @Test func `the same network makes the same bytes`() {
    #expect(report(Self.county).html() == report(SeededCounty(places: 400, points: 60)).html())
  }

  @Test func `the time of making is printed only when given`() {
    #expect(report(Self.county, stamp: "2025-03-01 08:00").html().contains("制作时间：2025-03-01 08:00"))
    #expect(!report(Self.county).html().contains("制作时间"))
  }

  @Test func `an english report on english names holds no chinese`() throws {
    var county = Self.county
    county.network = county.network.renamed { "Name \($0)" }
    var coverage = townshipCoverage(of: county.network)
    coverage.options.moment = WeekMinute(minute: 540)
    coverage.options.methods = [.cash]
    let html = CoverageReport(
      network: county.network, coverage: coverage, circles: county.circles, version: "1",
      stamp: "x",
      language: .english
    ).html()
    #expect(!html.unicodeScalars.contains { (0x2E80...0xFFEF).contains($0.value) })
    #expect(html.contains("Monday at 09:00"))
  }

  @Test func `a chinese report holds no english but names and signs`() throws {
    var county = Self.county
    county.network = county.network.renamed { _ in "名称" }
    let html = report(county).html()
    let page = try MarkupReader(
      String(
        html[(try #require(html.firstRange(of: "<body>"))).lowerBound...]
          .prefix { _ in true }
      ).replacingOccurrences(of: "</html>", with: ""))
    let allowed: Set = [
      "IUGG", "R", "Moritz", "Newell", "O", "Sullivan", "Morrall", "P", "L", "CVaR", "GB", "SHA", "paycircle",
      "Lorenz", "Delbosc", "Currie", "Rockafellar", "Uryasev", "compare", "with", "sites",
    ]
    let words = Set(page.texts.split { !($0.isASCII && $0.isLetter) }.map(String.init)).subtracting(allowed)
    // What is left is the hexadecimal of the checksums.
    #expect(words.allSatisfy { $0.allSatisfy(\.isHexDigit) }, "\(words)")
  }

  @Test(arguments: Language.allCases)
  func `hostile names stay names`(language: Language) throws {
    var county = Self.county
    let name = "<script>alert(1)</script>&\"'\u{0}\u{8}\u{FFFE}]]><!--\\\n{}</style>"
    county.network = county.network.renamed { _ in name }
    for i in county.network.boundaries.indices { county.network.boundaries[i].name = name }
    var coverage = townshipCoverage(of: county.network)
    coverage.options.standard.name = name
    let report = CoverageReport(
      network: county.network, coverage: coverage, circles: county.circles, version: name,
      stamp: name,
      language: language)
    let page = try MarkupReader(report.html())
    #expect(page.count("script") == 0 && page.count("style") == 1 && page.count("h1") == 1)
    #expect(page.texts.contains("<script>alert(1)</script>&\"'\u{FFFD}\u{FFFD}\u{FFFD}]]><!--\\ {}</style>"))
    _ = try MarkupReader(report.mapSVG())
  }

  @Test(arguments: Language.allCases)
  func `an empty network makes a page that says so`(language: Language) throws {
    let network = PaymentNetwork()
    let report = CoverageReport(
      network: network, coverage: Coverage(options: CoverageOptions()), circles: [], version: "1",
      stamp: nil, language: language)
    let page = try MarkupReader(report.html())
    for word in [ReportWord.noPlaces, .noPoints, .noSources, .nothingOnMap] {
      #expect(page.texts.contains(word[language]))
    }
    #expect(!page.texts.contains("nan") && !page.texts.contains("inf"))
    _ = try MarkupReader(report.mapSVG())
  }

  @Test(arguments: Language.allCases)
  func `one place and no point make a page`(language: Language) throws {
    let county = SeededCounty(places: 1, points: 0)
    let page = try MarkupReader(report(county, language).html())
    #expect(page.texts.contains(county.network.places.names[0]))
    #expect(page.texts.contains(ReportWord.noPoints[language]))
  }

  @Test func `a county on the 180th meridian is drawn like any other`() throws {
    let here = report(SeededCounty(places: 400, points: 60)).mapSVG()
    let there = report(SeededCounty(places: 400, points: 60, west: 179.7)).mapSVG()
    let height = try #require(try MarkupReader(here).elements.first?.attributes["height"])
    #expect(try MarkupReader(there).elements.first?.attributes["height"] == height)
    #expect(abs(here.utf8.count - there.utf8.count) < here.utf8.count / 50)
  }

  @Test func `above twenty thousand places cells are drawn, and none is lost`() throws {
    var county = SeededCounty(places: 20_001, points: 30)
    county.circles = []
    var coverage = Coverage(options: CoverageOptions())
    let count = county.network.places.count
    coverage.isServed = (0..<count).map { $0 % 3 > 0 }
    coverage.nearestPoints = [Int32](repeating: 0, count: count)
    coverage.seconds = (0..<count).map { Int32($0 % 2_000) }
    coverage.meters = coverage.seconds
    coverage.reasons = coverage.isServed.map { $0 ? nil : .tooFar }
    coverage.counts = county.network.points.statuses.map { $0 == .active }
    let map = try #require(
      MapDrawing(.whole, of: county.network, coverage: coverage, circles: [], language: .english))
    #expect(map.places.areCells && map.places.onSheet + map.placesOutside == count)
    #expect(map.cellMeters ?? 0 > 0)
    // The judge: every place on the sheet lies in a cell of its verdict, or in one of mixed verdict.
    func cell(_ position: SheetPosition) -> SheetPosition {
      SheetPosition(x: position.x / MapDrawing.cellSide, y: position.y / MapDrawing.cellSide)
    }
    let served = Set(map.places.served.map(cell))
    let partly = Set(map.places.partly.map(cell))
    let unserved = Set(map.places.unserved.map(cell))
    #expect(!served.isEmpty && !partly.isEmpty && !unserved.isEmpty)
    #expect(
      served.isDisjoint(with: partly) && served.isDisjoint(with: unserved)
        && partly.isDisjoint(with: unserved))
    for i in 0..<count {
      let position = map.projection.position(
        latitude: county.network.places.latitudes[i], longitude: county.network.places.longitudes[i])
      guard map.projection.shows(position) else { continue }
      #expect(
        partly.contains(cell(position)) || (coverage.isServed[i] ? served : unserved).contains(cell(position))
      )
    }
    #expect(map.svg().utf8.count < 500_000)
  }

  @Test func `above twenty thousand points one sign stands for its kind, and the legend counts them all`()
    throws
  {
    let network = SeededCounty(places: 300, points: 20_001).network
    var coverage = Coverage(options: CoverageOptions())
    coverage.isServed = [Bool](repeating: true, count: 300)
    coverage.nearestPoints = [Int32](repeating: 0, count: 300)
    coverage.seconds = coverage.nearestPoints
    coverage.meters = coverage.nearestPoints
    coverage.reasons = [UnservedReason?](repeating: nil, count: 300)
    coverage.counts = network.points.statuses.map { $0 == .active }
    let map = try #require(
      MapDrawing(.whole, of: network, coverage: coverage, circles: [], language: .english))
    #expect(map.points.areThinned)
    #expect(
      map.points.kinds.reduce(map.points.others.count + map.points.outside) { $0 + $1.count } == 20_001)
    let shops = (0..<20_001).count { coverage.counts[$0] && network.points.kinds[$0] == .shop }
    let group = map.points.kinds[Int(PointKind.shop.rawValue)]
    #expect(
      map.svg().contains("shop \(Figures.whole(group.count))<") && group.count <= shops && group.count > 0)
    func cell(_ position: SheetPosition) -> SheetPosition {
      SheetPosition(x: position.x / PointSigns.cellSide, y: position.y / PointSigns.cellSide)
    }
    #expect(Set(group.positions.map(cell)).count == group.positions.count)
    let drawn = Set(group.positions.map(cell))
    for i in 0..<20_001 where coverage.counts[i] && network.points.kinds[i] == .shop {
      let position = map.projection.position(
        latitude: network.points.latitudes[i], longitude: network.points.longitudes[i])
      #expect(!map.projection.shows(position) || drawn.contains(cell(position)))
    }
    #expect(ReportSentences(.english).mapCaption(map).contains("one sign stands for all of its kind"))
  }

  @Test func `what lies beside the county is counted, not drawn`() throws {
    var county = Self.county
    county.network.places.latitudes[0] = 20
    county.network.points.longitudes[0] = 100
    let coverage = townshipCoverage(of: county.network)
    let map = try #require(
      MapDrawing(.whole, of: county.network, coverage: coverage, circles: [], language: .english))
    #expect(map.placesOutside == 1 && map.points.outside == 1)
    #expect(
      ReportSentences(.english).mapCaption(map).contains("Outside the map lie 1 places and 1 payment points.")
    )
    #expect(
      map.points.kinds.reduce(map.points.others.count) { $0 + $1.count } == county.network.points.count - 1)
  }

  @Test func `without a county everything is on the map`() throws {
    var county = Self.county
    county.network.boundaries = []
    let coverage = townshipCoverage(of: county.network)
    let map = try #require(
      MapDrawing(.whole, of: county.network, coverage: coverage, circles: county.circles, language: .english))
    #expect(map.placesOutside == 0 && map.points.outside == 0)
    #expect(map.places.served.count == coverage.isServed.count { $0 })
    #expect(map.places.unserved.count == coverage.isServed.count { !$0 })
    // Townships without an outline are named amid their places.
    #expect(map.svg().contains("王屋镇"))
  }
}

extension PaymentNetwork {
  /// The network with every name of its own replaced; `name` is given a running number.
  func renamed(_ name: (Int) -> String) -> PaymentNetwork {
    var network = self
    network.places.names = TextColumn((0..<places.count).map(name))
    network.places.villageNames = TextColumn((0..<places.villageNames.count).map(name))
    network.places.townshipNames = places.townshipNames.indices.map(name)
    network.points.names = TextColumn((0..<points.count).map(name))
    network.boundaries = boundaries.enumerated().map {
      Boundary(name: name($0.offset), level: $0.element.level, polygons: $0.element.polygons)
    }
    for i in channels.indices {
      network.channels[i].name = name(i)
      network.channels[i].provider = name(i)
    }
    for i in sources.indices { network.sources[i].file = name(i) }
    return network
  }
}
