import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("The payment circle of every point")
struct PaymentCircleTests {
  private func position(_ place: NetworkSketch.Place) -> Coordinate<WGS84> {
    Coordinate(latitude: place.latitude, longitude: place.longitude)!
  }

  @Test("by straight line holds the places within the limit and no others", arguments: 0..<12)
  func straight(seed: Int) throws {
    let sketch = NetworkSketch.random(seed: seed)
    var options = CoverageTests.options(seed: seed)
    options.standard.countsReturn = seed % 3 == 0
    let network = sketch.network
    let answer = coverage(of: network, options)
    let circles = try answer.paymentCircles(of: network)
    #expect(circles.map(\.point) == (0..<network.points.count).filter { answer.counts[$0] })
    let line = StraightLine(mode: options.standard.townMode, factors: options.factors)
    let limit = options.standard.townLimit.seconds / (options.standard.countsReturn ? 2 : 1)
    for circle in circles {
      let center = network.points.coordinate(of: circle.point)
      let own = sketch.points.first { $0.id == network.points.ids[circle.point] }!.place
      // Without a place of its own a point is in the terrain of the nearest place.
      let place = try #require(
        sketch.places.first { $0.id == own }
          ?? sketch.places.min {
            (position($0).distance(to: center), $0.id) < (position($1).distance(to: center), $1.id)
          })
      let radius = line.distance(within: .seconds(limit), in: place.terrain).meters
      #expect(circle.polygons.count == 1)
      for other in sketch.places {
        let meters = position(other).distance(to: center).meters
        let isInside = circle.polygons.contains { $0.contains(position(other)) }
        // The drawing is smaller by 0.13 % of the radius, and rounded to centimeters.
        if meters < radius * 0.9986 - 0.05 { #expect(isInside, "\(meters) of \(radius)") }
        if meters > radius + 0.05 { #expect(!isInside, "\(meters) of \(radius)") }
      }
    }
  }

  /// Places in the middle of streets, with no other street within 20 m: there an area cannot end at its neighbor's.
  private func placesOnRoads(_ roads: RoadNetwork, seed: Int) -> [NetworkSketch.Place] {
    func position(_ latitude: Int32, _ longitude: Int32) -> Coordinate<WGS84> {
      Coordinate(latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7)!
    }
    func between(_ a: Coordinate<WGS84>, _ b: Coordinate<WGS84>, _ part: Double) -> Coordinate<WGS84> {
      Coordinate(
        latitude: a.latitude + (b.latitude - a.latitude) * part,
        longitude: a.longitude + (b.longitude - a.longitude) * part)!
    }
    let lines = (0..<roads.edgeCount).map { edge in
      [roads.edgeFrom[edge], roads.edgeTo[edge]].map {
        position(roads.junctionLatitudes[Int($0)], roads.junctionLongitudes[Int($0)])
      }
    }
    let steps = lines.indices.map { edge in
      let bends = (Int(roads.shapeStart[edge])..<Int(roads.shapeStart[edge + 1])).map {
        position(roads.shapeLatitudes[$0], roads.shapeLongitudes[$0])
      }
      let corners = [lines[edge][0]] + bends + [lines[edge][1]]
      return zip(corners, corners.dropFirst()).flatMap { a, b in
        (0...30).map { between(a, b, Double($0) / 30) }
      }
    }
    var random = SeededGenerator(seed: seed)
    return lines.indices.compactMap { edge in
      let home = steps[edge][Int.random(in: 8..<steps[edge].count - 8, using: &random)]
      let isAlone = steps.indices.allSatisfy { other in
        other == edge || steps[other].allSatisfy { $0.distance(to: home).meters > 20 }
      }
      return isAlone
        ? NetworkSketch.Place(id: "v\(edge)", latitude: home.latitude, longitude: home.longitude) : nil
    }
  }

  /// How far a place is from its road; in millimeters.
  private func gap(_ place: NetworkSketch.Place, mode: TravelMode, _ county: RoadCounty) -> UInt32 {
    county.file.snapping.snap(position(place), mode: mode).position?.gapMillimeters ?? .max
  }

  @Test("on roads holds the places beside the roads that are within the limit", arguments: 0..<12)
  func onRoads(seed: Int) throws {
    var county = RoadCounty.random(seed: seed)
    county.sketch.places = placesOnRoads(county.file.network, seed: seed)
    var options = CoverageOptions()
    options.travel = .roads
    options.standard.countsReturn = seed % 4 == 3
    options.standard.travel(by: [.walk, .ebike, .car][seed % 3])
    options.standard.limit(to: .seconds([240, 120, 60][seed % 3]))
    let network = county.network
    let answer = coverage(of: network, options)
    let circles = try answer.paymentCircles(of: network)
    #expect(circles.map(\.point) == (0..<network.points.count).filter { answer.counts[$0] })

    var oneWay = options
    oneWay.standard.countsReturn = false
    let judge = RoadScan(county: county, options: oneWay)
    let limit = options.standard.townLimit.seconds / (options.standard.countsReturn ? 2 : 1)
    func isOnRoad(_ position: Coordinate<WGS84>) -> Bool {
      county.file.snapping.snap(position, mode: options.standard.townMode).position != nil
    }
    var held = 0
    for circle in circles {
      if !isOnRoad(network.points.coordinate(of: circle.point)) { #expect(circle.polygons.isEmpty) }
      for (i, place) in judge.places.enumerated()
      where gap(place, mode: options.standard.townMode, county) < 1_000 {
        // Where the limit passes, the drawing is a cell of the lattice off.
        guard let way = judge.way(i, circle.point), way.seconds <= limit * 17 / 20 else { continue }
        #expect(
          circle.polygons.contains { $0.contains(position(place)) },
          "\(place.id) of \(network.points.ids[circle.point])")
        held += 1
      }
    }
    #expect(held > 0)
  }

  @Test("on roads lies in the circle of all together, and the same each time", arguments: 0..<4)
  func together(seed: Int) throws {
    let network = RoadCounty.random(seed: seed).network
    var options = CoverageOptions()
    options.travel = .roads
    let answer = coverage(of: network, options)
    let circles = try answer.paymentCircles(of: network)
    #expect(circles == (try answer.paymentCircles(of: network)))
    let merged = try answer.paymentCircle(of: network)
    let area = merged.reduce(0) { $0 + $1.areaSquareMeters }
    for circle in circles {
      // Small blocks that are filled, and corners left out, make it no larger than that.
      #expect(circle.polygons.reduce(0) { $0 + $1.areaSquareMeters } <= area * 1.02)
    }
    #expect(circles.contains { !$0.polygons.isEmpty })
  }
}
