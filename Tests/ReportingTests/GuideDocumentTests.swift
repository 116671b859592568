import Foundation
import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Reporting

@Suite("The document of charts")
struct GuideDocumentTests {
  private static let county = RoadCounty()

  private func document(
    _ network: PaymentNetwork, travel: Travel = .roads, language: Language = .chinese, nearest: Int = 5,
    places: [Int]? = nil, _ change: (inout GuideDocument.Layout) -> Void = { _ in }
  ) -> GuideDocument {
    var options = GuideOptions()
    options.coverage.travel = travel
    options.nearest = nearest
    let places = places ?? Array(stride(from: 0, to: network.places.count, by: 9))
    let guide = paymentGuide(of: network, for: places, options)
    var layout = GuideDocument.Layout()
    change(&layout)
    return GuideDocument(network: network, guide: guide, version: "1.2.3", language: language, layout: layout)
  }

  private func html(_ document: GuideDocument, _ townships: [GuideDocument.Township]? = nil) -> String {
    var text = ""
    document.write(townships ?? document.townships) { (piece: String) in text += piece }
    return text
  }

  @Test(
    "is one well-formed page that fetches and runs nothing, whose links all lead somewhere",
    arguments: Language.allCases)
  func wellFormed(language: Language) throws {
    let document = document(Self.county.network, language: language)
    let text = html(document)
    let page = try MarkupReader(text)
    #expect(text.hasPrefix("<!DOCTYPE html>\n"))
    #expect(page.count("script") == 0 && page.count("link") == 0 && page.count("img") == 0)
    #expect(
      !text.contains("http")
        || text.components(separatedBy: "http").count == text.components(separatedBy: "http-equiv").count
          + text.components(separatedBy: "http://www.w3.org/2000/svg").count - 1
    )
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = page.elements.compactMap { $0.attributes["href"] }
    #expect(!links.isEmpty)
    for link in Set(links) {
      #expect(link.hasPrefix("#") && ids.contains(String(link.dropFirst())), "\(link)")
    }
    let sheets = page.elements.filter { ($0.attributes["class"] ?? "").contains("page sheet") }
    #expect(sheets.count == document.guide.sheets.count)
    // Each township in the contents, and above the ways that need no visit on its poster.
    #expect(page.count("h2") == sheets.count + 2 * document.townships.count)
    #expect(text == html(self.document(Self.county.network, language: language)))
  }

  @Test("lists of each place its ways in their order, with minutes, direction and hours")
  func rows() throws {
    let document = document(Self.county.network)
    let network = Self.county.network
    for number in [0, 5, 20] {
      let sheet = document.guide.sheets[number]
      let text = GuideSheet(document: document, sheet: sheet, number: number, section: 0).html()
      let page = try MarkupReader(text)
      #expect(text.contains("<h2>\(network.places.names[sheet.place])</h2>"))
      #expect(page.elements.contains { $0.attributes["id"] == "s\(number)" })
      var rest = page.texts[...]
      for (index, way) in GuideSheet(document: document, sheet: sheet, number: 0, section: 0).rows
        .enumerated()
      {
        let row = [
          "\(index + 1)", network.points.names[Int(way.point)], "\(way.minutes)",
          way.directionWords[.chinese],
        ]
        for part in row {
          guard let found = rest.range(of: part) else {
            Issue.record("\(part) is missing in \(sheet.place)")
            return
          }
          rest = rest[found.upperBound...]
        }
      }
      #expect(rest.contains("未注明，请先询问"))
      #expect(page.texts.contains("网上国网") && !page.texts.contains("供电营业厅柜台"))
      #expect(page.texts.contains("合成数据") && page.texts.contains("不得公开"))
    }
  }

  @Test("says whom to call where that is known, in both sizes of letters and on the poster, and counts it")
  func phones() throws {
    var network = Self.county.network
    let guide = document(network).guide
    let point = Int(try #require(guide.sheets[0].ways.first).point)
    var phones = TextColumn()
    for i in 0..<network.points.count { phones.append(i == point ? "0391-000<1" : "") }
    network.points.phones = phones
    for isLarge in [false, true] {
      let document = document(network) { $0.isLarge = isLarge }
      let sheet = GuideSheet(document: document, sheet: document.guide.sheets[0], number: 0, section: 0)
        .html()
      #expect(sheet.contains(" · <span class=\"nb\">电话 0391-000&lt;1</span></small>"))
      #expect(html(document).contains("<span class=\"nb\">电话 0391-000&lt;1</span>"))
      #expect(document.completenessParts.contains { $0 == ("注明电话的网点", 1, document.figures.points) })
    }
    #expect(!html(document(Self.county.network)).contains("电话 "))
  }

  @Test(
    "has room for twelve rows and says how many it leaves out; in large letters for five with a business hall"
  )
  func limits() throws {
    let many = document(Self.county.network, travel: .straight, nearest: 30)
    let sheet = many.guide.sheets[0]
    #expect(sheet.ways.count >= 30)
    let rows = GuideSheet(document: many, sheet: sheet, number: 0, section: 0).rows
    #expect(rows == Array(sheet.ways.prefix(12)))
    #expect(many.definition(of: sheet, dropped: 18).contains("另有 18 处未列出"))

    let network = Self.county.network
    let large = document(network, travel: .straight) { $0.isLarge = true }
    var halls = 0
    for sheet in large.guide.sheets {
      let rows = GuideSheet(document: large, sheet: sheet, number: 0, section: 0).rows
      #expect(rows.count == min(5, sheet.ways.count))
      let hasHall = { (ways: [PaymentGuide.Way]) in
        ways.contains { network.points.kinds[Int($0.point)] == .businessHall }
      }
      #expect(hasHall(rows) == hasHall(sheet.ways))
      if hasHall(rows) { halls += 1 }
    }
    #expect(halls > 0)
    #expect(html(large).contains("page sheet t0 large"))
  }

  @Test("whatever names hold, the page stays well-formed and says it")
  func names() throws {
    var network = Self.county.network
    let odd = "<b>&\"'\u{1}村</b>]]>"
    network.places.names = TextColumn((0..<network.places.count).map { "\(odd)\($0)" })
    network.points.names = TextColumn((0..<network.points.count).map { "\(odd)点\($0)" })
    network.places.townshipNames[0] = "\"}</style>\\A镇"
    network.channels = [Channel(id: "", name: odd, inPerson: false, medium: "<", provider: "")]
    let page = try MarkupReader(html(document(network)))
    #expect(page.texts.contains("<b>&\"'\u{FFFD}村</b>]]>0"))
    #expect(page.count("b") > 0 && page.count("style") == 1)
  }

  @Test("a place that reaches nothing has a sheet that says so")
  func unreachable() throws {
    var network = Self.county.network
    network.points.statuses = network.points.statuses.map { _ in .closed }
    let document = document(network, places: [0])
    #expect(document.townships[0].points.isEmpty)
    let page = try MarkupReader(html(document))
    #expect(page.texts.contains("没有可到达的交费网点") && page.texts.contains("本乡镇（街道）没有交费网点"))
  }

  @Test("an index leads to every township's file, also with names that addresses cannot carry as they are")
  func index() throws {
    let document = document(Self.county.network)
    let files = document.townships.map { "guide-\($0.name) %.html" }
    let page = try MarkupReader(document.index(files: files))
    let links = page.elements.compactMap { $0.attributes["href"] }
    #expect(links.map { $0.removingPercentEncoding } == files)
    #expect(links.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: " ") } })
    #expect(page.texts.contains("图表完整性") && page.texts.contains("/ \(document.guide.sheets.count)"))
  }

  @Test("a long list of points goes on on pages of its own, each point once")
  func posters() throws {
    let county = SeededCounty(places: 40, points: 900)
    let document = document(county.network, travel: .straight, places: [0])
    let township = document.townships[0]
    let poster = GuidePoster(document: document, township: township, number: 0).html()
    let page = try MarkupReader("<main>\(poster)</main>")
    let names = page.texts
    for point in township.points { #expect(names.contains(county.network.points.names[point])) }
    let numbers = page.elements.filter { $0.attributes["class"] == "disk" }
    #expect(numbers.count == township.points.count && township.points.count > 40)
    #expect(page.elements.filter { $0.attributes["class"] == "page poster w0" }.count > 1)
  }

  @Test(
    "finds the roads of a small map among those of a country: all whose box is on it, few others",
    arguments: 0..<6)
  func cells(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let roads = RoadCounty.roads
    let cells = RoadCells(roads)
    for _ in 0..<20 {
      var extent = MapExtent()
      let middle = (
        Double.random(in: 34.85...35.3, using: &random), Double.random(in: 111.95...112.8, using: &random)
      )
      for _ in 0..<2 {
        extent.include(
          latitude: middle.0 + .random(in: -0.03...0.03, using: &random),
          longitude: middle.1 + .random(in: -0.03...0.03, using: &random))
      }
      let projection = MapProjection(showing: extent, height: 600, margin: 70)
      let near = cells.edges(on: projection)
      #expect(near == near.sorted() && Set(near).count == near.count && near.count < roads.edgeCount / 4)
      for edge in 0..<roads.edgeCount {
        let ends = [Int(roads.edgeFrom[edge]), Int(roads.edgeTo[edge])].map {
          projection.position(
            latitude: Double(roads.junctionLatitudes[$0]) / 1e7,
            longitude: Double(roads.junctionLongitudes[$0]) / 1e7)
        }
        let (x, y) = (ends.map(\.x), ends.map(\.y))
        // A tenth of a unit on the rim is rounding.
        let isOnSheet = x.max()! > 2 && x.min()! < 9_998 && y.max()! > 2 && y.min()! < 5_998
        if isOnSheet { #expect(near.contains(edge), "\(edge)") }
      }
    }
  }

  @Test(
    "numbers stand clear of each other and of the signs where there is room, and all on the sheet",
    arguments: 0..<10)
  func badges(seed: Int) {
    var random = SeededGenerator(seed: seed)
    var extent = MapExtent()
    extent.include(latitude: 35, longitude: 112)
    let projection = MapProjection(showing: extent, height: 500, margin: 70)
    var badges = NumberBadges(in: projection, letterSize: 16)
    let signs = (0..<12).map { _ in
      SheetPosition(x: .random(in: 0...10_000, using: &random), y: .random(in: 0...5_000, using: &random))
    }
    for sign in signs { badges.reserve(sign, half: 80) }
    for (number, sign) in signs.enumerated() { badges.add(number + 1, beside: sign) }
    for number in 13...20 {
      badges.addAtEdge(
        number, from: SheetPosition(x: 5_000, y: 2_500),
        towards: SheetPosition(
          x: .random(in: -90_000...90_000, using: &random), y: Bool.random(using: &random) ? -40_000 : 40_000)
      )
    }
    let all = badges.badges
    #expect(all.map(\.number) == Array(1...20))
    for badge in all {
      #expect((badges.radius...10_000 - badges.radius).contains(badge.center.x))
      #expect((badges.radius...5_000 - badges.radius).contains(badge.center.y))
    }
    for (i, a) in all.enumerated() {
      for b in all[(i + 1)...] {
        #expect(
          max(abs(a.center.x - b.center.x), abs(a.center.y - b.center.y)) >= 2 * badges.radius,
          "\(a) \(b)")
      }
    }
  }
}
