import CGEOS
import Foundation
import Geo
import TestSupport
import Testing
import Travel

@Suite("The area around sites")
struct CoverageAreaTests {
  @Test("is the circles: judged by distance at scattered positions", arguments: Arrangement.allCases, 0..<3)
  func matchesDistances(arrangement: Arrangement, seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let (sites, radii) = arrangement.sites(using: &rng)
    let area = try coverageArea(around: sites, radii: radii)
    let judge = AreaJudge(area)

    var insiders = 0
    var outsiders = 0
    for _ in 0..<600 {
      // Near a circle's rim as a rule, where a wrong outline shows.
      let i = Int.random(in: sites.indices, using: &rng)
      let share =
        Bool.random(using: &rng)
        ? Double.random(in: 0.98...1.02, using: &rng) : .random(in: 0...2, using: &rng)
      let place = position(
        from: sites[i], bearing: .random(in: 0..<(2 * .pi), using: &rng), meters: radii[i].meters * share)
      guard let place else { continue }
      // How deep the position lies in the deepest circle, against what the outline may be off by there.
      let margins = zip(sites, radii).map { site, radius in
        (depth: radius.meters - place.distance(to: site).meters, slack: slack(radius))
      }
      if margins.contains(where: { $0.depth > $0.slack }) {
        insiders += 1
        #expect(judge.contains(place), "\(place) is inside a circle")
      } else if margins.allSatisfy({ $0.depth < -$0.slack }) {
        outsiders += 1
        #expect(!judge.contains(place), "\(place) is outside all circles")
      }
    }
    #expect(insiders > 20)
    #expect(outsiders > 20 || arrangement == .dense)
  }

  @Test(
    "is made of valid, ordered polygons of at most seven decimals", arguments: Arrangement.allCases, 0..<3)
  func isValid(arrangement: Arrangement, seed: Int) throws {
    var rng = SeededGenerator(seed: 100 + seed)
    let (sites, radii) = arrangement.sites(using: &rng)
    let area = try coverageArea(around: sites, radii: radii)
    expectPromisedForm(area)
  }

  @Test("does not depend on the order of the sites, nor on repeated ones", arguments: Arrangement.allCases)
  func orderDoesNotMatter(arrangement: Arrangement) throws {
    var rng = SeededGenerator(seed: 7)
    let (sites, radii) = arrangement.sites(using: &rng)
    let area = try coverageArea(around: sites, radii: radii)
    let shuffled = (Array(sites.indices) + Array(sites.indices.prefix(50))).shuffled(using: &rng)
    #expect(try coverageArea(around: shuffled.map { sites[$0] }, radii: shuffled.map { radii[$0] }) == area)
  }

  @Test(
    "of one circle is that of a spherical cap, less what the corners cut off", arguments: [1.0, 577, 20_000])
  func areaOfOneCircle(meters: Double) throws {
    let site = Coordinate<WGS84>(latitude: 35.09, longitude: 112.59)!
    let area = try coverageArea(around: [site], radii: [.meters(meters)])
    let polygon = try #require(area.first)
    #expect(area.count == 1)
    #expect(polygon.exterior.count == 64)
    let cap = 2 * Double.pi * earthRadiusMeters * earthRadiusMeters * (1 - cos(meters / earthRadiusMeters))
    // A regular polygon of n corners on a circle has n sin(2π/n) / 2π of its area.
    let inscribed = cap * 64 * sin(2 * .pi / 64) / (2 * .pi)
    // Corners on a grid of a centimeter: one part in fifty of a circle of one meter.
    #expect(abs(sphericalArea(polygon.exterior) / inscribed - 1) < max(1e-4, 0.02 / meters))
    for corner in polygon.exterior { #expect(abs(corner.distance(to: site).meters - meters) < 0.01) }
  }

  @Test("begins each circle's corners due north")
  func bearings() throws {
    let site = Coordinate<WGS84>(latitude: 10, longitude: 20)!
    let polygon = try #require(try coverageArea(around: [site], radii: [.kilometers(5)], corners: 8).first)
    #expect(polygon.exterior.count == 8)
    let north = polygon.exterior.max { $0.latitude < $1.latitude }
    #expect(north?.longitude == 20)
  }

  @Test("of nothing is nothing")
  func nothing() throws {
    #expect(try coverageArea(around: [], radii: []).isEmpty)
    let site = Coordinate<WGS84>(latitude: 35, longitude: 112)!
    #expect(try coverageArea(around: [site, site], radii: [.zero, .meters(0.49)]).isEmpty)
  }

  @Test("takes the larger of two circles around one site, and leaves a larger circle as it is")
  func nested() throws {
    let site = Coordinate<WGS84>(latitude: 35, longitude: 112)!
    let beside = Coordinate<WGS84>(latitude: 35.001, longitude: 112)!
    let alone = try coverageArea(around: [site], radii: [.meters(900)])
    #expect(
      try coverageArea(around: [site, site, site], radii: [.meters(3), .meters(900), .meters(899)]) == alone)
    #expect(try coverageArea(around: [site, beside], radii: [.meters(900), .meters(400)]) == alone)
  }

  @Test("has a hole where circles close a ring")
  func hole() throws {
    let middle = Coordinate<WGS84>(latitude: 35, longitude: 112)!
    let ring = (0..<12).map { position(from: middle, bearing: Double($0) * .pi / 6, meters: 3_000)! }
    let area = try coverageArea(around: ring, radii: ring.map { _ in .meters(1_000) })
    #expect(area.count == 1)
    #expect(area.first?.holes.count == 1)
    expectPromisedForm(area)
    #expect(!AreaJudge(area).contains(middle))
  }

  @Test("is cut at the 180th meridian")
  func antimeridian() throws {
    let site = Coordinate<WGS84>(latitude: -17, longitude: 179.999)!
    let area = try coverageArea(around: [site], radii: [.meters(1_000)])
    #expect(area.count == 2)
    #expect(area[0].exterior.allSatisfy { $0.longitude < -179.9 })
    #expect(area[1].exterior.allSatisfy { $0.longitude > 179.9 })
    #expect(area[0].exterior.map(\.longitude).min() == -180)
    #expect(area[1].exterior.map(\.longitude).max() == 180)
    let latitudes = { (side: Double) in
      area.flatMap(\.exterior).filter { $0.longitude == side }.map(\.latitude).sorted()
    }
    #expect(latitudes(180) == latitudes(-180))
    expectPromisedForm(area)
  }

  @Test("reaches up to a pole within a circle", arguments: [1.0, -1.0], [89.999, 89.9, 90])
  func poles(side: Double, latitude: Double) throws {
    let site = Coordinate<WGS84>(latitude: side * latitude, longitude: 40)!
    let area = try coverageArea(around: [site], radii: [.kilometers(20)])
    #expect(area.count == 1)
    #expect(area.first?.exterior.contains { $0.latitude == 90 * side } == true)
    #expect(area.first?.exterior.map(\.longitude).min() == -180)
    #expect(area.first?.exterior.map(\.longitude).max() == 180)
    expectPromisedForm(area)
  }

  @Test(
    "follows the circle where straight lines on the map would not",
    arguments: [
      (89.991, 1_000.0), (89.991, 1_000.7), (89.991, 1_001), (-88, 222_000), (70, 2_000_000), (30, 6_600_000),
    ])
  func followsTheCircle(latitude: Double, meters: Double) throws {
    let site = Coordinate<WGS84>(latitude: latitude, longitude: -30)!
    let radius = Distance.meters(meters)
    let judge = AreaJudge(try coverageArea(around: [site], radii: [radius]))
    for step in 0..<3_600 {
      // Closest together near the poles, where the map is stretched most.
      let bearing = Double.pi * (step % 2 == 0 ? 0 : 1) + pow(Double(step - 1_800) / 1_800, 3) * .pi
      let inside = position(from: site, bearing: bearing, meters: meters - slack(radius))
      let outside = position(from: site, bearing: bearing, meters: meters + slack(radius))
      #expect(inside.map(judge.contains) == true)
      #expect(outside.map(judge.contains) == false)
    }
  }

  @Test(
    "stays within the error it states along every edge",
    arguments: [0.0, 35, -60, 80, 89, 89.9], [577, 5_000, 60_000.0])
  func statedError(latitude: Double, meters: Double) throws {
    let site = Coordinate<WGS84>(latitude: latitude, longitude: 20)!
    let lost = meters * (1 - cos(.pi / 64))
    let reach = abs(latitude) * .pi / 180 + meters / earthRadiusMeters
    let isPlain = reach < .pi / 2 && meters / earthRadiusMeters * tan(reach) < 0.05
    let allowed = isPlain ? (-0.03)...(1.06 * lost + 0.03) : (-2 * lost - 0.03)...(2 * lost + 0.03)
    var (least, most) = (Double.infinity, -Double.infinity)
    for polygon in try coverageArea(around: [site], radii: [.meters(meters)]) {
      for (a, b) in zip(polygon.exterior, polygon.exterior.dropFirst() + polygon.exterior.prefix(1)) {
        // The edges of a cap along the map's own rim are none of the circle's.
        if abs(a.longitude) == 180 && abs(b.longitude) == 180
          || a.latitude == b.latitude && abs(a.latitude) == 90
        {
          continue
        }
        for step in 0...40 {
          let share = Double(step) / 40
          let place = Coordinate<WGS84>(
            latitude: a.latitude + share * (b.latitude - a.latitude),
            longitude: a.longitude + share * (b.longitude - a.longitude))!
          let short = meters - place.distance(to: site).meters
          (least, most) = (min(least, short), max(most, short))
        }
      }
    }
    #expect(allowed.contains(least) && allowed.contains(most), "\(least) to \(most) m short, of \(allowed)")
  }

  @Test("of a wide net in many tiles is the circles, in valid polygons that have no area in common")
  func net() throws {
    var rng = SeededGenerator(seed: 11)
    let sites = (0..<900).map { index in
      let (row, column) = (Double(index / 30), Double(index % 30))
      return Coordinate<WGS84>(
        latitude: 35 + 0.0092 * (row + .random(in: -0.5...0.5, using: &rng)),
        longitude: 112 + 0.0112 * (column + .random(in: -0.5...0.5, using: &rng)))!
    }
    let area = try coverageArea(around: sites, radii: sites.map { _ in .meters(577) })
    expectPromisedForm(area)
    #expect(area.contains { $0.holes.count > 20 })
    let judge = AreaJudge(area)
    for _ in 0..<1_500 {
      let place = Coordinate<WGS84>(
        latitude: .random(in: 35...35.27, using: &rng), longitude: .random(in: 112...112.33, using: &rng))!
      let nearest = sites.map { $0.distance(to: place).meters }.min()!
      if nearest < 577 - slack(.meters(577)) { #expect(judge.contains(place), "\(place)") }
      if nearest > 577 + slack(.meters(577)) { #expect(!judge.contains(place), "\(place)") }
    }
  }

  @Test("of scattered sites is each circle as it is alone")
  func apart() throws {
    let sites = (0..<100).map { Coordinate<WGS84>(latitude: 30 + Double($0) * 0.02, longitude: 112)! }
    let area = try coverageArea(around: sites, radii: sites.map { _ in .meters(577) })
    let alone = try sites.flatMap { try coverageArea(around: [$0], radii: [.meters(577)]) }
    #expect(Set(area) == Set(alone))
  }

  @Test("covers the earth when the radius does, and leaves out a circle when it nearly does")
  func wholeEarth() throws {
    let site = Coordinate<WGS84>(latitude: 35, longitude: 112)!
    let earth = try coverageArea(around: [site], radii: [.kilometers(20_016)])
    #expect(earth.count == 1)
    #expect(earth.first?.exterior.count == 4)
    let nearly = try coverageArea(around: [site], radii: [.kilometers(19_000)])
    #expect(nearly.first?.holes.count == 1)
    let judge = AreaJudge(nearly)
    #expect(judge.contains(site))
    #expect(!judge.contains(Coordinate(latitude: -35, longitude: -68)!))
    expectPromisedForm(nearly)
  }

  @Test("leaves out slivers of less than a square meter between circles")
  func slivers() throws {
    // Three circles around the corners of an equilateral triangle, of a radius that leaves a gap of centimeters.
    let middle = Coordinate<WGS84>(latitude: 0, longitude: 112)!
    let corners = (0..<3).map { position(from: middle, bearing: Double($0) * 2 * .pi / 3, meters: 577)! }
    let area = try coverageArea(around: corners, radii: corners.map { _ in .meters(576.9) }, corners: 720)
    #expect(area.count == 1)
    #expect(area.first?.holes.isEmpty == true)
    let wider = try coverageArea(around: corners, radii: corners.map { _ in .meters(570) }, corners: 720)
    #expect(wider.first?.holes.count == 1)
  }
}

/// How far the outline of a circle may be off: twice what the corners cut off, and a decimeter for roundings.
private func slack(_ radius: Distance) -> Double { 2 * radius.meters * (1 - cos(.pi / 64)) + 0.1 }

/// The position `meters` away in the direction `bearing`, by rotating vectors in space.
private func position(from start: Coordinate<WGS84>, bearing: Double, meters: Double) -> Coordinate<WGS84>? {
  let (latitude, longitude) = (start.latitude * .pi / 180, start.longitude * .pi / 180)
  let up = SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
  let north = SIMD3(-sin(latitude) * cos(longitude), -sin(latitude) * sin(longitude), cos(latitude))
  let east = SIMD3(-sin(longitude), cos(longitude), 0)
  let angle = meters / earthRadiusMeters
  let end = up * cos(angle) + (north * cos(bearing) + east * sin(bearing)) * sin(angle)
  return Coordinate(
    latitude: atan2(end.z, (end.x * end.x + end.y * end.y).squareRoot()) * 180 / .pi,
    longitude: atan2(end.y, end.x) * 180 / .pi)
}

/// The area of a small ring on the sphere, in square meters: the trapezoids between its edges and the equator.
private func sphericalArea(_ ring: [Coordinate<WGS84>]) -> Double {
  let middle = ring.map(\.latitude).reduce(0, +) / Double(ring.count)
  let offset = sin(middle * .pi / 180)
  var sum = 0.0
  for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
    let step = (b.longitude - a.longitude) * .pi / 180
    sum -= step * ((sin(a.latitude * .pi / 180) + sin(b.latitude * .pi / 180)) / 2 - offset)
  }
  return sum * earthRadiusMeters * earthRadiusMeters
}
