import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("Charts of where to pay")
struct PaymentGuideTests {
  /// A way as the judge sees it.
  private struct Seen: Equatable {
    var point: Int
    var seconds: Int
    var meters: Int
    var isNearest: Bool
  }

  private static func options(seed: Int) -> GuideOptions {
    var options = GuideOptions(CoverageTests.options(seed: seed))
    options.nearest = [1, 3, 5, 10][seed % 4]
    options.reach = [.seconds(0), .seconds(240), .minutes(30), .minutes(600)][seed / 4 % 4]
    return options
  }

  /// The list of a place from all ways to points that count, nearest first: the first k, then of each kind and method the
  /// first, if it is within reach.
  private func list(_ nearest: [Seen], _ sketch: [NetworkSketch.Point], _ options: GuideOptions) -> [Seen] {
    var chosen = nearest.prefix(options.nearest).map {
      Seen(point: $0.point, seconds: $0.seconds, meters: $0.meters, isNearest: true)
    }
    func consider(_ isMeant: (NetworkSketch.Point) -> Bool) {
      guard let first = nearest.first(where: { isMeant(sketch[$0.point]) }),
        first.seconds <= options.reach.seconds, !chosen.contains(where: { $0.point == first.point })
      else { return }
      chosen.append(first)
    }
    for kind in PointKind.allCases { consider { $0.kind == kind } }
    for (_, method) in PaymentMethods.all { consider { $0.methods.contains(method) } }
    return chosen.sorted { ($0.seconds, $0.meters, $0.point) < ($1.seconds, $1.meters, $1.point) }
  }

  private func seen(_ sheet: PaymentGuide.Sheet) -> [Seen] {
    sheet.ways.map {
      Seen(point: Int($0.point), seconds: Int($0.seconds), meters: Int($0.meters), isNearest: $0.isNearest)
    }
  }

  @Test("by straight line list what looking at every point lists", arguments: 0..<48)
  func straight(seed: Int) {
    let sketch = NetworkSketch.random(seed: seed, points: seed % 12 == 11 ? 2 : 40)
    let options = Self.options(seed: seed)
    let network = sketch.network
    let judge = FullScan(sketch: sketch, options: options.coverage)
    let places = sketch.places.sorted { $0.id < $1.id }
    let points = sketch.points.sorted { $0.id < $1.id }
    // Any places in any order.
    let asked = seed % 3 == 0 ? [7, 3, 3] : Array(places.indices)
    let guide = paymentGuide(of: network, for: asked, options)
    #expect(guide.counts == points.map { judge.counts($0) })
    #expect(guide.sheets.map(\.place) == asked)
    for sheet in guide.sheets {
      let place = places[sheet.place]
      let nearest = points.indices.filter { judge.counts(points[$0]) }
        .sorted { (judge.meters(place, points[$0]), $0) < (judge.meters(place, points[$1]), $1) }
        .map {
          Seen(
            point: $0, seconds: judge.seconds(place, points[$0]),
            meters: Int(judge.meters(place, points[$0]).rounded()), isNearest: false)
        }
      #expect(seen(sheet) == list(nearest, points, options), "\(place.id)")
      for way in sheet.ways {
        #expect(way.straightMeters == way.meters)
        let home = Coordinate<WGS84>.at(place.latitude, place.longitude)
        let there = Coordinate<WGS84>.at(points[Int(way.point)].latitude, points[Int(way.point)].longitude)
        #expect(way.direction == home.direction(to: there))
        #expect(way.minutes * 60 >= Int(way.seconds) && way.minutes * 60 < Int(way.seconds) + 60)
      }
      #expect(
        guide.waysWithinReach(of: sheet) == sheet.ways.count { Int($0.seconds) <= options.reach.seconds })
    }
  }

  @Test(
    "on roads list what trying every way lists, one way even where the way home counts", arguments: 0..<24)
  func roads(seed: Int) {
    let county = RoadCounty.random(seed: seed, points: seed % 11 == 10 ? 2 : 16)
    var options = Self.options(seed: seed)
    options.coverage.travel = .roads
    let judge = RoadScan(county: county, options: options.coverage)
    options.coverage.standard.countsReturn = seed % 2 == 0
    let guide = paymentGuide(of: county.network, for: Array(judge.places.indices), options)
    for (i, sheet) in guide.sheets.enumerated() {
      let nearest = judge.nearest(i).map {
        Seen(
          point: $0, seconds: judge.way(i, $0)!.seconds, meters: judge.way(i, $0)!.meters, isNearest: false)
      }
      #expect(seen(sheet) == list(nearest, judge.points, options), "\(judge.places[i].id)")
      for way in sheet.ways {
        let meters = judge.scan.meters(judge.places[i], judge.points[Int(way.point)])
        #expect(Int(way.straightMeters) == Int(meters.rounded()))
      }
    }
  }

  @Test("of nothing are nothing: no places, no points, no point that counts")
  func nothing() {
    #expect(paymentGuide(of: PaymentNetwork(), for: [], GuideOptions()).sheets.isEmpty)
    let sketch = NetworkSketch(places: [.init(id: "a")], points: [.init(id: "p", status: .closed)])
    let guide = paymentGuide(of: sketch.network, for: [0], GuideOptions())
    #expect(guide.sheets == [.init(place: 0, ways: [])])
    let figures = guide.completeness(in: sketch.network)
    #expect(figures.points == 0 && figures.sheets == 1 && figures.sheetsWithChoice == 0)
    #expect(GuideCompleteness.share(0, of: 0) == nil && GuideCompleteness.share(1, of: 4) == 0.25)
  }

  @Test("a village's chart starts where most of its people live, whichever of its places was asked about")
  func seats() {
    let sketch = NetworkSketch(
      places: [
        .init(id: "a1", customers: 10, village: "a"), .init(id: "a2", customers: 90, village: "a"),
        .init(id: "a3", customers: 90, village: "a"), .init(id: "b", customers: 0),
        .init(id: "c", customers: 5),
      ])
    let places = sketch.network.places
    #expect(places.seats(ofVillagesOf: [0]) == [1])
    #expect(places.seats(ofVillagesOf: [2, 0, 1]) == [1])
    #expect(places.seats(ofVillagesOf: [0, 1, 2, 3, 4]) == [1, 3, 4])
    #expect(places.seats(ofVillagesOf: []).isEmpty)
  }

  @Test("a point is of the township of its place, or else of the place nearest to it")
  func townships() {
    let sketch = NetworkSketch(
      places: [
        .init(id: "a", longitude: 112, township: "A"), .init(id: "b", longitude: 113, township: "B"),
      ],
      points: [
        .init(id: "1", longitude: 112.9, place: "a"), .init(id: "2", longitude: 112.9),
        .init(id: "3", longitude: 112.1),
      ])
    #expect(sketch.network.pointTownships == [0, 1, 0])
    #expect(NetworkSketch(points: [.init(id: "1")]).network.pointTownships == [-1])
  }

  @Test("are as complete as what is known of the points that count")
  func completeness() {
    let sketch = NetworkSketch(
      places: [.init(id: "a"), .init(id: "b", latitude: 36)],
      points: [
        .init(id: "1", hours: "24/7"), .init(id: "2", methods: []), .init(id: "3", longitude: 112.6),
        .init(id: "4", latitude: 0, longitude: 0), .init(id: "5", hours: "24/7", status: .closed),
      ])
    var network = sketch.network
    var options = GuideOptions()
    options.reach = .minutes(10)
    let guide = paymentGuide(of: network, for: [0, 1], options)
    var figures = guide.completeness(in: network)
    #expect(figures.points == 4 && figures.located == 3 && figures.withHours == 1 && figures.withMethods == 3)
    #expect(figures.sheets == 2 && figures.sheetsWithChoice == 0)
    let corners = [(34.9, 112.4), (34.9, 112.55), (35.1, 112.55), (35.1, 112.4)]
    network.boundaries = [
      Boundary(
        name: "C", level: "county", polygons: [Polygon(exterior: corners.map { .at($0.0, $0.1) })])
    ]
    figures = guide.completeness(in: network)
    #expect(figures.located == 2)
    options.reach = .minutes(300)
    let farther = paymentGuide(of: network, for: [0, 1], options).completeness(in: network)
    #expect(farther.sheetsWithChoice == 1)
  }
}
