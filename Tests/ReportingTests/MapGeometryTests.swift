import Geo
import TestSupport
import Testing
import Words

@testable import Reporting

@Suite struct MapGeometryTests {
  private func extent(_ positions: [(Double, Double)]) -> MapExtent {
    var extent = MapExtent()
    for (latitude, longitude) in positions { extent.include(latitude: latitude, longitude: longitude) }
    return extent
  }

  @Test(arguments: [
    ([(35.0, 112.2), (35.2, 112.9)], 112.2, 112.9),
    ([(35.0, 179.8), (35.2, -179.9)], 179.8, 180.1),
    ([(35.0, 180.0), (35.2, -180.0)], -180.0, -180.0),
    ([(35.0, 180.0), (35.2, 179.5)], 179.5, 180.0),
    ([(0.0, -10.0), (0.0, 10.0), (0.0, 170.0)], -10.0, 170.0),
    ([(35.0, 7.0)], 7.0, 7.0),
  ])
  func `longitudes are the shorter way round`(positions: [(Double, Double)], west: Double, east: Double) {
    let found = extent(positions).longitudes
    #expect(found.west == west)
    #expect(abs(found.east - east) < 1e-12)
  }

  @Test(arguments: 1...20)
  func `no shorter range of longitudes holds all positions`(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let positions = (0..<6).map { _ in (0.0, Double.random(in: -180...180, using: &random)) }
    let found = extent(positions).longitudes
    // The judge: the range that starts at each position in turn.
    let shortest = positions.map { start in
      positions.map { ($0.1 - start.1 + 360).truncatingRemainder(dividingBy: 360) }.max()!
    }.min()!
    #expect(found.east - found.west <= shortest + 1e-9)
    for position in positions {
      let eastward = (position.1 - found.west + 720).truncatingRemainder(dividingBy: 360)
      #expect(eastward <= found.east - found.west + 1e-9)
    }
  }

  @Test(arguments: [(35.1, 112.5), (-34.0, 179.99), (0.0, 0.0), (60.0, -100.0)])
  func `distances on the sheet are those on the ground within a hundredth`(
    latitude: Double, longitude: Double
  ) {
    let sheet = MapProjection(
      showing: extent([
        (latitude - 0.2, longitude - 0.3),
        (latitude + 0.2, longitude > 179 ? longitude - 359.7 : longitude + 0.3),
      ]))
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      func position() -> Coordinate<WGS84> {
        let east = longitude + Double.random(in: -0.25...0.25, using: &random)
        return Coordinate(
          latitude: latitude + Double.random(in: -0.2...0.2, using: &random),
          longitude: east > 180 ? east - 360 : east)!
      }
      let (a, b) = (position(), position())
      let from = sheet.position(latitude: a.latitude, longitude: a.longitude)
      let to = sheet.position(latitude: b.latitude, longitude: b.longitude)
      #expect(sheet.shows(from) && sheet.shows(to))
      let x = Double(to.x - from.x)
      let y = Double(to.y - from.y)
      let meters = (x * x + y * y).squareRoot() / 10 * sheet.metersPerUnit
      #expect(abs(meters - a.distance(to: b).meters) <= 0.01 * meters + 2 * sheet.metersPerUnit / 10)
    }
  }

  @Test func `north is up and east is right`() {
    let sheet = MapProjection(showing: extent([(35.0, 112.0), (35.4, 113.0)]))
    let southWest = sheet.position(latitude: 35.0, longitude: 112.0)
    let northEast = sheet.position(latitude: 35.4, longitude: 113.0)
    #expect(southWest.x < northEast.x && southWest.y > northEast.y)
    #expect(southWest.x == 300 && northEast.x == 9_700)
  }

  @Test func `a detail sheet shows its center four times larger`() {
    let whole = MapProjection(showing: extent([(35.0, 112.0), (35.4, 113.0)]))
    let center = whole.position(latitude: 35.3, longitude: 112.3)
    let detail = MapProjection(whole, center: center, zoom: 4, height: 500)
    let middle = detail.position(latitude: 35.3, longitude: 112.3)
    #expect(abs(middle.x - 5_000) <= 4 && abs(middle.y - detail.height * 5) <= 4)
    #expect(detail.height == 500)
    #expect(detail.metersPerUnit == whole.metersPerUnit / 4)
  }

  @Test(
    arguments: [[], [(90.0, 0.0)], [(-90.0, 12.0), (90.0, -170.0)], [(35.0, 112.0)]] as [[(Double, Double)]])
  func `nothing, a pole and one place still make a sheet`(positions: [(Double, Double)]) {
    let sheet = MapProjection(showing: extent(positions))
    #expect((400...1_060).contains(sheet.height))
    #expect(sheet.metersPerUnit.isFinite && sheet.metersPerUnit > 0)
    for (latitude, longitude) in positions where positions.count == 1 {
      #expect(
        sheet.position(latitude: latitude, longitude: longitude)
          == SheetPosition(x: 5_000, y: sheet.height * 5))
    }
  }

  @Test(arguments: [(0, "0"), (3, ".3"), (-3, "-.3"), (40, "4"), (125, "12.5"), (-1_005, "-100.5")])
  func `tenths are written in few bytes`(tenths: Int, text: String) {
    #expect(PathData.number(tenths) == text)
  }

  @Test func `a ring is drawn as far as the sheet goes`() {
    let sheet = MapProjection(showing: extent([(35.0, 112.0), (35.4, 113.0)]))
    func square(_ south: Double, _ west: Double, _ size: Double) -> Polygon {
      Polygon(
        exterior: [(0, 0), (0, 1), (1, 1), (1, 0)].map {
          Coordinate(latitude: south + size * $0.0, longitude: west + size * $0.1)!
        })
    }
    var inside = PathData()
    inside.outline(square(35.1, 112.4, 0.1), in: sheet)
    #expect(inside.text.hasPrefix("M") && inside.text.hasSuffix("z"))
    var far = PathData()
    far.outline(square(40, 100, 0.1), in: sheet)
    #expect(far.text.isEmpty)
    var around = PathData()
    around.outline(square(30, 105, 15), in: sheet)
    // All that is left of it is the sheet with its margin.
    #expect(around.text.hasPrefix("M") && around.text.contains("1020") && around.text.utf8.count < 60)
    var speck = PathData()
    speck.outline(square(35.1, 112.4, 1e-6), in: sheet)
    #expect(speck.text.isEmpty)
  }

  @Test func `names never touch each other nor leave the sheet`() {
    let sheet = MapProjection(showing: extent([(35.0, 112.0), (35.4, 113.0)]))
    var labels = MapLabels(in: sheet)
    var random = SeededGenerator(seed: 3)
    for i in 0..<60 {
      labels.add(
        "乡镇\(i)",
        at: SheetPosition(
          x: .random(in: 0...10_000, using: &random), y: .random(in: 0...sheet.height * 10, using: &random)))
    }
    #expect(labels.labels.count > 30)
    for (i, a) in labels.labels.enumerated() {
      let half = MapLabels.width(of: a.text) / 2
      #expect(a.center.x - half >= 0 && a.center.x + half <= 10_000)
      for b in labels.labels[..<i] {
        let isApart =
          abs(a.center.x - b.center.x) >= (MapLabels.width(of: a.text) + MapLabels.width(of: b.text)) / 2
          || abs(a.center.y - b.center.y) >= MapLabels.fontSize * 10
        #expect(isApart, "\(a) \(b)")
      }
    }
  }

  @Test(arguments: [(120.0, 20_000), (100.0, 20_000), (99.0, 10_000), (3.0, 500), (49.9, 5_000)])
  func `the scale bar is a round length of at most a fifth of the sheet`(metersPerUnit: Double, length: Int) {
    let degrees = metersPerUnit * 940 / 1_000 * 1_000 / (earthRadiusMeters * .pi / 180)
    let sheet = MapProjection(showing: extent([(0, 0), (0, degrees)]))
    #expect(abs(sheet.metersPerUnit - max(metersPerUnit, 1_000 / 940)) < 1e-6)
    let bar = MapFurniture(projection: sheet, language: .english).scaleMeters
    #expect(bar == length || metersPerUnit == 100 && bar == 10_000)
  }
}
