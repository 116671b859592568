import Foundation
import Geo
import Planning
import Testing
import Words

@testable import Reporting

@Suite struct DrawingTests {
  private func square(_ south: Double, _ west: Double, _ size: Double) -> Polygon {
    Polygon(
      exterior: [(0.0, 0.0), (0, 1), (1, 1), (1, 0)].map { north, east in
        let longitude = west + size * east
        return Coordinate(
          latitude: south + size * north, longitude: longitude > 180 ? longitude - 360 : longitude)!
      })
  }

  @Test(arguments: [0.0, 0.25, 1.0])
  func `a bar is as long as its share`(share: Double) {
    let bar = Charts.bar(share)
    let lengths = bar.matches(of: #/<rect width="([0-9.]+)"/#).map { Double($0.1) ?? -1 }
    #expect(lengths == (share == 0 ? [60] : [60, 60 * share]))
  }

  @Test func `a column is as high as its customers, town below village`() throws {
    var network = SeededCounty(places: 4, points: 1).network
    network.places.settings = [.town, .village, .town, .village]
    network.places.customers = [300, 100, 200, 0]
    var coverage = Coverage(options: CoverageOptions())
    coverage.seconds = [60, 60, 700, 60]
    coverage.nearestPoints = [0, 0, 0, 0]
    let svg = Charts.histogram(TravelTimeBands(of: network.places, coverage: coverage), language: .english)
    let columns = svg.matches(
      of: #/<rect x="(\d+)" y="([\d.]+)" width="\d+" height="([\d.]+)" fill="(#\w+)" stroke="#0072B2"/#
    )
    .map { (x: $0.1, y: Double($0.2) ?? 0, height: Double($0.3) ?? 0, fill: String($0.4)) }
    .filter { $0.x != "820" }
    #expect(columns.map(\.fill) == [MapSymbol.blue, "#BFDDEF", MapSymbol.blue])
    #expect(columns.map(\.height) == [147, 49, 98])
    #expect(columns[1].y + columns[1].height == columns[0].y)
    #expect(columns[0].y + columns[0].height == 262)
    // The limit stands after the fifth of sixteen columns.
    #expect(svg.contains("M320 40V262"))
  }

  @Test func `a name goes to the middle of the largest polygon, also over the 180th meridian`() throws {
    let boundary = Boundary(
      name: "a", level: "township", polygons: [square(10, 20, 1), square(30, 179, 2), square(0, 0, 1.5)])
    let anchor = try #require(boundary.labelAnchor)
    #expect(abs(anchor.latitude - 31) < 1e-9)
    #expect(abs(anchor.longitude - 180) < 1e-9)
    #expect(Boundary(name: "a", level: "", polygons: []).labelAnchor == nil)
    let flat = Boundary(
      name: "a", level: "", polygons: [Polygon(exterior: [Coordinate(latitude: 1, longitude: 2)!])])
    #expect(flat.labelAnchor?.latitude == 1 && flat.labelAnchor?.longitude == 2)
  }

  @Test func `the second map shows where most customers live`() throws {
    var network = SeededCounty(places: 400, points: 10).network
    // Half of all places, with all customers, into one corner of the county.
    network.places.customers = [Int](repeating: 0, count: 400)
    for i in 0..<200 {
      network.places.latitudes[i] = 35.17 + Double(i % 10) * 0.001
      network.places.longitudes[i] = 112.62 + Double(i / 10) * 0.001
      network.places.customers[i] = 1_000
    }
    let coverage = townshipCoverage(of: network)
    let whole = try #require(
      MapDrawing(.whole, of: network, coverage: coverage, circles: [], language: .english))
    let detail = try #require(
      MapDrawing(.busiest, of: network, coverage: coverage, circles: [], language: .english))
    for i in 0..<200 {
      let position = detail.projection.position(
        latitude: network.places.latitudes[i], longitude: network.places.longitudes[i])
      #expect(detail.projection.shows(position))
    }
    // The frame on the first map holds exactly what the second one shows, but for rounding on its edge.
    let center = try #require(whole.detail)
    for i in 0..<network.places.count {
      let (latitude, longitude) = (network.places.latitudes[i], network.places.longitudes[i])
      let onWhole = whole.projection.position(latitude: latitude, longitude: longitude)
      let isFramed =
        abs(onWhole.x - center.x) * 8 <= 10_000
        && abs(onWhole.y - center.y) * 8 <= detail.projection.height * 10
      let isShown = detail.projection.shows(
        detail.projection.position(latitude: latitude, longitude: longitude))
      let isOnEdge =
        abs(abs(onWhole.x - center.x) * 8 - 10_000) < 20
        || abs(abs(onWhole.y - center.y) * 8 - detail.projection.height * 10) < 20
      #expect(isFramed == isShown || isOnEdge)
    }
    #expect(
      detail.projection.height == min(whole.projection.height, max(400, 1_100 - whole.projection.height)))
    #expect(whole.places.onSheet + whole.placesOutside == 400)
    #expect(
      MapDrawing(
        .busiest, of: PaymentNetwork(), coverage: Coverage(options: CoverageOptions()), circles: [],
        language: .english) == nil)
  }

  @Test func `title and foot of printed sheets cannot end their strings or their element`() {
    let sheet = ReportStyle.sheet(
      title: "t\"</style>]]>\\\r\n\u{c}\u{0}\u{FFFE}z", foot: "a\\\"b</style>&\nc")
    #expect(sheet.contains(#"@top-left { content: "t/style]]z""#))
    #expect(sheet.contains("@page :first { @top-left { content: none; } }"))
    #expect(sheet.contains(#"@bottom-left { content: "ab/stylec""#))
    #expect(!sheet.contains("<") && !sheet.contains("&"))
    #expect(sheet.count { $0 == "{" } == sheet.count { $0 == "}" })
  }

  @Test func `a tall county is cut at its foot, not at its width`() {
    var extent = MapExtent()
    extent.include(latitude: 34, longitude: 112)
    extent.include(latitude: 36, longitude: 112.5)
    let sheet = MapProjection(showing: extent)
    #expect(sheet.height > 1_000)
    var path = PathData()
    path.outline(square(20, 100, 30), in: sheet)
    #expect(path.text.contains(PathData.number(sheet.height * 10 + 200)))
    var wide = MapExtent()
    wide.include(latitude: 35, longitude: 112)
    wide.include(latitude: 35.1, longitude: 114)
    var flat = PathData()
    flat.outline(square(20, 100, 30), in: MapProjection(showing: wide))
    #expect(flat.text.contains("420"))
  }
}
