import Geo
import Planning
import TestSupport
import Testing
import Travel
import Words

@testable import Reporting

@Suite struct MapRoadsTests {
  private static let county = RoadCounty()

  private func map(
    _ part: MapDrawing.Part, _ network: PaymentNetwork = county.network
  ) throws -> MapDrawing {
    try #require(
      MapDrawing(part, of: network, coverage: Self.county.coverage, circles: [], language: .english))
  }

  /// The `d` of the road paths in a drawing, by their stroke, in the order drawn.
  private func paths(_ svg: String) -> [(stroke: String, data: String)] {
    let strokes = Set(MapRoads.Rank.allCases.map(\.stroke))
    return svg.matches(of: #/<path d="([^"]+)" fill="none" stroke="(#\w+)"/#)
      .map { (String($0.2), String($0.1)) }
      // Those of the legend are drawn with an h.
      .filter { strokes.contains($0.0) && !$0.1.contains("h") }
  }

  @Test func `each rank is one path, small roads only where the map is enlarged, and the greatest come last`()
    throws
  {
    let whole = try map(.whole)
    #expect(whole.roads?.ranks == [.tertiary, .main, .express])
    #expect(paths(whole.svg()).map(\.stroke) == [.tertiary, .main, .express].map(\MapRoads.Rank.stroke))
    let detail = try map(.busiest)
    #expect(detail.roads?.ranks == [.small, .tertiary, .main, .express])
    #expect(paths(detail.svg()).count == 4)
    let sentences = ReportSentences(.english)
    #expect(sentences.mapCaption(whole).contains("Small roads are not drawn."))
    #expect(!sentences.mapCaption(detail).contains("not drawn"))
    #expect(whole.svg().contains(">roads</text>"))
  }

  @Test func `roads lie under circles and signs`() throws {
    let county = Self.county.county
    let map = try #require(
      MapDrawing(
        .whole, of: Self.county.network, coverage: Self.county.coverage, circles: county.circles,
        language: .chinese))
    let svg = map.svg()
    let last = try #require(svg.firstRange(of: MapRoads.Rank.express.stroke))
    let circles = try #require(svg.firstRange(of: "fill-opacity=\".28\""))
    #expect(last.upperBound < circles.lowerBound)
    #expect(svg.contains(">道路</text>"))
  }

  @Test func `without roads the map is as it was`() throws {
    let map = try map(.whole, Self.county.county.network)
    #expect(map.roads == nil && paths(map.svg()).isEmpty && !map.svg().contains(">roads<"))
    #expect(!ReportSentences(.english).mapCaption(map).contains("roads are not drawn"))
  }

  @Test func `a straight road of a thousand pieces is one stroke`() throws {
    var sketch = EdgeSketch()
    let junctions = (0...1_000).map { sketch.junction(35.08, 112.1 + 0.0005 * Double($0)) }
    // Every other piece was drawn the other way round.
    for (index, (a, b)) in zip(junctions, junctions.dropFirst()).enumerated() {
      let (from, to) = index % 2 == 0 ? (a, b) : (b, a)
      sketch.edge(from, to, millimeters: 45_000, walk: (36_000, 36_000))
    }
    var roads = sketch.network
    roads.edgeClasses = FlatArray(roads.edgeFrom.map { _ in RoadClass.primary.rawValue })
    var network = Self.county.county.network
    network.roads = NetworkRoads(RoadNetworkFile(roads))
    let data = try #require(paths(try map(.whole, network).svg()).first?.data)
    #expect(data.count { $0 == "M" } == 1 && data.utf8.count < 30, "\(data)")
  }

  @Test func `roads for which there is no room are left out from the least on, and the caption says so`()
    throws
  {
    let network = Self.county.network
    let roads = try #require(network.roads?.file.network)
    let projection = try map(.busiest).projection
    let all = MapRoads(of: roads, in: projection, enlarged: true)
    #expect(!all.leavesOut && all.ranks.count == 4)
    let some = MapRoads(of: roads, in: projection, enlarged: true, mostCorners: 30)
    #expect(some.leavesOut && some.ranks.last == .express && some.ranks.count < 4)
    let none = MapRoads(of: roads, in: projection, enlarged: true, mostCorners: 0)
    #expect(none.leavesOut && none.isEmpty)
    #expect(
      ReportSentences(.english).roadsLeftOut(some, .busiest).contains("no room for so many")
        && ReportSentences(.chinese).roadsLeftOut(none, .whole).contains("过密"))
  }

  @Test func `a nation's roads stay small`() throws {
    // A grid of 1,000 × 400 crossings of main roads that wind, over 40° by 16°.
    var sketch = EdgeSketch()
    let (columns, rows) = (1_000, 400)
    for row in 0..<rows {
      for column in 0..<columns { _ = sketch.junction(20 + 0.04 * Double(row), 80 + 0.04 * Double(column)) }
    }
    for junction in 0..<UInt32(columns * rows) where Int(junction) % columns > 0 {
      let east = 80 + 0.04 * Double(Int(junction) % columns) - 0.02
      let north = 20 + 0.04 * Double(Int(junction) / columns)
      sketch.edge(
        junction - 1, junction, millimeters: 4_000_000, walk: (3_200_000, 3_200_000),
        shape: [(latitude: north + 0.03, longitude: east)])
    }
    var roads = sketch.network
    roads.edgeClasses = FlatArray(roads.edgeFrom.map { _ in RoadClass.secondary.rawValue })
    var extent = MapExtent()
    extent.include(latitude: 20, longitude: 80)
    extent.include(latitude: 36, longitude: 120)
    let drawn = MapRoads(of: roads, in: MapProjection(showing: extent), enlarged: false)
    var sheet = MarkupWriter()
    drawn.draw(on: &sheet)
    #expect(sheet.text.utf8.count < 6 * MapRoads.mostCorners)
  }

  @Test(arguments: 1...30)
  func `chains hold every edge once and go from junction to junction`(seed: Int) {
    let roads = randomRoads(seed: seed, junctions: 30, edges: 60)
    let edges = roads.edgeFrom.indices.filter { $0 % 5 != seed % 5 }
    var found: [Int] = []
    RoadChains(edges, of: roads).forEach { chain in
      found += chain.map(\.edge)
      for (a, b) in zip(chain, chain.dropFirst()) {
        let end = a.isForward ? roads.edgeTo[a.edge] : roads.edgeFrom[a.edge]
        let start = b.isForward ? roads.edgeFrom[b.edge] : roads.edgeTo[b.edge]
        #expect(start == end)
      }
    }
    #expect(found.sorted() == edges)
  }

  @Test(arguments: 1...50)
  func `a simplified line keeps its ends and stays within the tolerance of every corner`(seed: Int) {
    var random = SeededGenerator(seed: seed)
    var position = SheetPosition(x: 500, y: 500)
    let line = (0..<60).map { _ in
      position.x += Int.random(in: -4...12, using: &random)
      position.y += Int.random(in: -6...6, using: &random)
      return position
    }
    let kept = SheetLine.simplified(line)
    #expect(kept.first == line.first && kept.last == line.last && kept.count < line.count)
    // The judge: the nearest of a thousand positions along every stroke that is left.
    for corner in line {
      var nearest = Double.infinity
      for (a, b) in zip(kept, kept.dropFirst()) {
        for step in 0...1_000 {
          let part = Double(step) / 1_000
          let x = Double(a.x) + Double(b.x - a.x) * part - Double(corner.x)
          let y = Double(a.y) + Double(b.y - a.y) * part - Double(corner.y)
          nearest = min(nearest, (x * x + y * y).squareRoot())
        }
      }
      // Squares are compared in whole numbers: ten are past nine.
      #expect(nearest <= 10.0.squareRoot() + 0.01)
    }
  }

  @Test func `what never leaves its place is not drawn`() {
    let spot = SheetPosition(x: 7, y: 7)
    #expect(SheetLine.simplified([spot, SheetPosition(x: 9, y: 8), spot]).isEmpty)
    #expect(SheetLine.simplified([]).isEmpty && SheetLine.simplified([spot]).isEmpty)
  }

  @Test func `whom the roads' license asks to be named stands in the map, under it, and in the table`() throws
  {
    var county = Self.county
    let name = "© OpenStreetMap contributors (ODbL)"
    county.network.sources.append(
      DataSource(
        kind: "roads", file: "roads.osm.pbf", sha256: "00", rows: 3, isSynthetic: false, attribution: name))
    for language in Language.allCases {
      let report = CoverageReport(
        network: county.network, coverage: county.coverage, circles: [], version: "1", stamp: nil,
        language: language)
      let html = report.html()
      #expect(report.mapSVG().contains(name))
      #expect(html.contains(#/<figcaption>[^<]*© OpenStreetMap contributors \(ODbL\)[^<]*<\/figcaption>/#))
      #expect(html.contains(#/<td[^>]*>[^<]*© OpenStreetMap contributors \(ODbL\)<\/td>/#))
    }
    // By straight line no road is drawn, and the map names nobody.
    county.network.roads = nil
    #expect(try map(.whole, county.network).attributions.isEmpty)
    #expect(try map(.whole, Self.county.network).attributions.isEmpty)
  }
}
