import CGEOS
import Foundation
import Geo
import TestSupport
import Testing

@testable import Travel

@Suite("The area reached by road")
struct IsochroneTests {
  @Test(
    "is where a reached road is near and no other is nearer: judged at scattered positions",
    arguments: 0..<4, [RoadSearch.Direction.toPoint, .fromPoint])
  func matchesDistances(seed: Int, direction: RoadSearch.Direction) throws {
    let town = IsochroneTown.town(seed: seed)
    let network = town.network
    var rng = SeededGenerator(seed: 50 + seed)
    let points = positions(seed % 2 == 0 ? 1 : 4, on: network, using: &rng)
    var style = IsochroneStyle(for: .walk)
    (style.smallestBlock, style.smallestSpeck) = (0, 0)
    let area = try Isochrones(on: network, by: .walk, style: style)
      .area(of: reach(network, points, 300_000, direction), within: .seconds(300))
    let judge = IsochroneJudge(
      town, network, from: points, within: 300_000, toPoints: direction == .toPoint)
    let reached = zip(judge.nodes, judge.spots).filter(\.0.isReached).map(\.1)
    let drawn = AreaJudge(area)
    expectPromisedForm(area)
    #expect(isValid(area))
    // A position is in a cell whose corners are at most its diagonal away; corners left out may add the tolerance.
    let slack = 10 * 2.0.squareRoot() + style.tolerance.meters + 1
    var (insiders, outsiders, close, agreeing) = (0, 0, 0, 0)
    for _ in 0..<600 {
      let near = (Bool.random(using: &rng) ? reached : town.junctions).randomElement(using: &rng)!
      let spot = near + [.random(in: -60...60, using: &rng), .random(in: -60...60, using: &rng)]
      let depth = judge.depth(spot, roadside: style.roadside.meters)
      let isInside = drawn.contains(town.coordinate(spot))
      if depth < -slack { #expect(isInside, "\(spot) is \(-depth) m inside") }
      if depth > slack { #expect(!isInside, "\(spot) is \(depth) m outside") }
      insiders += depth < -slack ? 1 : 0
      outsiders += depth > slack ? 1 : 0
      if abs(depth) > 2.5 {
        close += 1
        agreeing += isInside == (depth < 0) ? 1 : 0
      }
    }
    #expect(insiders > 40)
    #expect(outsiders > 40)
    // What is narrower than a cell may be lost, but little is.
    #expect(Double(agreeing) > 0.99 * Double(close))
  }

  @Test("holds at least 99 % of the reached nodes, and of those inside at most 1 % are not reached")
  func fidelity() throws {
    var (reached, reachedInside, unreachedInside) = (0, 0, 0)
    for seed in 0..<20 {
      // Junctions that one-ways leave lie on the rim: they may fall on either side of it.
      let town = IsochroneTown.town(seed: seed, oneWays: 0.02)
      let network = town.network
      var rng = SeededGenerator(seed: seed)
      let points = positions(1, on: network, using: &rng)
      let area = try Isochrones(on: network, by: .walk)
        .area(of: reach(network, points, 400_000), within: .seconds(400))
      let drawn = AreaJudge(area)
      for node in IsochroneJudge(town, network, from: points, within: 400_000).nodes {
        let isInside = drawn.contains(node.place)
        reached += node.isReached ? 1 : 0
        reachedInside += node.isReached && isInside ? 1 : 0
        unreachedInside += !node.isReached && isInside ? 1 : 0
      }
    }
    #expect(reached > 2_000)
    #expect(Double(reachedInside) >= 0.99 * Double(reached))
    #expect(Double(unreachedInside) <= 0.01 * Double(reachedInside + unreachedInside))
  }

  @Test(
    "is made of valid polygons apart from each other, whatever the cells", arguments: 0..<6, [3.0, 10, 40])
  func isValid(seed: Int, cell: Double) throws {
    let network = IsochroneTown.town(seed: 100 + seed).network
    var rng = SeededGenerator(seed: seed)
    var style = IsochroneStyle(for: .walk)
    (style.cell, style.roadside, style.tolerance) = (.meters(cell), .meters(40), .meters(cell / 2))
    (style.smallestBlock, style.smallestSpeck) = (0, 0)
    let isochrones = Isochrones(on: network, by: .walk, style: style)
    for seconds in [60, 200, 700] {
      let points = positions(3, on: network, using: &rng)
      let area = try isochrones.area(of: reach(network, points, 1_000_000), within: .seconds(seconds))
      expectPromisedForm(area)
      #expect(self.isValid(area))
    }
  }

  @Test("is the same drawn by one thread or many, alone or among others")
  func determinism() throws {
    let network = IsochroneTown.town(seed: 3, side: 24).network
    var rng = SeededGenerator(seed: 9)
    let points = positions(12, on: network, using: &rng)
    let isochrones = Isochrones(on: network, by: .walk)
    let search = RoadSearch(RoadGraph(network, mode: .walk))
    let together = search.mapReaches(of: points, within: 500_000) {
      try? isochrones.area(of: $1, within: .seconds(500))
    }
    for (point, area) in zip(points, together) {
      #expect(try isochrones.area(of: reach(network, [point], 500_000), within: .seconds(500)) == area)
    }
    // Rows of tiles by one pen, and each by its own.
    let reached = IsochroneReach(reach(network, points, 500_000), within: 500_000)
    let rows = isochrones.rowsOfTiles(isochrones.tiles.positions(near: reached.edges, of: network))
    #expect(rows.count > 2)
    var apart = IsochroneOutlines()
    for row in rows { apart.append(IsochroneDrawing(isochrones, reached).outlines(of: [row])) }
    let whole = IsochroneDrawing(isochrones, reached).outlines(of: rows)
    #expect(try isochrones.finished(apart) == isochrones.finished(whole))
  }

  @Test("does not depend on where the tiles' rims are", arguments: [0, 137.0, 411])
  func tiles(shift: Double) throws {
    // Moved by whole cells the town lies elsewhere in the tiles, and must look the same.
    let (network, moved) = (0...1).map { turn in
      IsochroneTown.town(seed: 21, side: 12, origin: .at(0, 112 + Double(turn) * shift * 899e-7)).network
    }.reduce(into: (RoadNetwork?.none, RoadNetwork?.none)) { $0 = ($0.1, $1) }
    let areas = try [network, moved].map { network throws -> [Polygon] in
      let network = try #require(network)
      let start = RoadPosition(edge: 100, millimeters: 1_000)
      return try Isochrones(on: network, by: .walk).area(
        of: reach(network, [start], 400_000), within: .seconds(400))
    }
    #expect(areas[0].count == areas[1].count)
    #expect(areas[0].map(\.holes.count) == areas[1].map(\.holes.count))
    let (a, b) = (
      areas[0].reduce(0) { $0 + $1.areaSquareMeters }, areas[1].reduce(0) { $0 + $1.areaSquareMeters }
    )
    #expect(abs(a - b) < 0.002 * a)
  }

  @Test("ends where the limit passes, on roads used in both directions and in one")
  func partialEdges() throws {
    var town = IsochroneTown()
    let (a, b) = (town.junction(-1_000, 0), town.junction(1_000, 0))
    let (c, d) = (town.junction(-1_000, 500), town.junction(1_000, 500))
    town.road(a, b)
    town.road(c, d, isTwoWay: false)
    let network = town.network
    let points = [
      RoadPosition(edge: 0, millimeters: network.edgeMillimeters[0] / 2),
      RoadPosition(edge: 1, millimeters: network.edgeMillimeters[1] / 2, gapMilliseconds: 100_000),
    ]
    let there = AreaJudge(try area(network, points, 333))
    let away = AreaJudge(try area(network, points, 333, .fromPoint))
    for side in [-1.0, 1] {
      for judge in [there, away] {
        #expect(judge.contains(town.coordinate([side * 330, 0])))
        #expect(!judge.contains(town.coordinate([side * 336, 0])))
      }
      // Who comes to the second point comes from the west; who leaves it goes east.
      #expect(there.contains(town.coordinate([side * 230, 500])) == (side < 0))
      #expect(away.contains(town.coordinate([side * 230, 500])) == (side > 0))
      #expect(!there.contains(town.coordinate([side * 236, 500])))
    }
    // As wide as the roadside, less what corners left out take off.
    #expect(there.contains(town.coordinate([0, 37])))
    #expect(!there.contains(town.coordinate([0, 43])))
  }

  @Test("goes by the time of the direction traveled where the two differ")
  func slopes() throws {
    var town = IsochroneTown()
    let (a, b, c) = (town.junction(-1_000, 0), town.junction(0, 0), town.junction(1_000, 0))
    town.road(a, b)
    town.road(b, c)
    var network = town.network
    network.times[0].backward = FlatArray([100_000, 100_000])
    let point = [RoadPosition(edge: 1, millimeters: 0)]
    let there = AreaJudge(try area(network, point, 500))
    let away = AreaJudge(try area(network, point, 500, .fromPoint))
    for spot in [-505.0, -950] {
      #expect(!there.contains(town.coordinate([spot, 0])))
      #expect(away.contains(town.coordinate([spot, 0])))
      #expect(there.contains(town.coordinate([-spot, 0])))
      #expect(!away.contains(town.coordinate([-spot, 0])))
    }
  }

  @Test("goes over a bridge and not down to the road below")
  func bridge() throws {
    var town = IsochroneTown()
    let (a, b) = (town.junction(-300, -20), town.junction(300, 40))
    let (c, d) = (town.junction(20, -300), town.junction(-10, 300))
    town.road(a, b)
    town.road(c, d)
    let judge = AreaJudge(try area(town.network, [RoadPosition(edge: 0, millimeters: 0)], 1_000))
    #expect(judge.contains(town.coordinate([-100, 0])))
    #expect(judge.contains(town.coordinate([100, 20])))
    #expect(judge.contains(town.coordinate([-25, 7.5])))
    #expect(!judge.contains(town.coordinate([10, -40])))
    #expect(!judge.contains(town.coordinate([0, 60])))
  }

  @Test("has a hole in a large block, fills a small one, and keeps one around a road that is not reached")
  func holes() throws {
    func ring(_ half: Double, withYard: Bool) -> RoadNetwork {
      var town = IsochroneTown()
      let corners = [(-half, -half), (half, -half), (half, half), (-half, half)].map {
        town.junction($0.0, $0.1)
      }
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) { town.road(a, b) }
      if withYard { town.road(town.junction(-12, -5), town.junction(12, 5)) }
      return town.network
    }
    let start = [RoadPosition(edge: 0, millimeters: 0)]
    // The hole in a block of 200 m is 120 m wide, or 1.44 ha; in one of 160 m 80 m, or 0.64 ha.
    let large = try area(ring(100, withYard: false), start, 3_600)
    #expect(large.map(\.holes.count) == [1])
    let hole = Polygon(exterior: try #require(large.first?.holes.first))
    #expect(abs(hole.areaSquareMeters - 14_400) < 700)
    #expect(try area(ring(80, withYard: false), start, 3_600).map(\.holes.count) == [0])
    let kept = try area(ring(60, withYard: true), start, 3_600)
    #expect(kept.map(\.holes.count) == [1])
    for area in [large, kept] {
      expectPromisedForm(area)
      #expect(!AreaJudge(area).contains(.at(35, 112)))
    }
  }

  @Test("keeps a hole with another piece in it, and leaves out specks")
  func islands() throws {
    var town = IsochroneTown()
    let half = 70.0
    let corners = [(-half, -half), (half, -half), (half, half), (-half, half)].map {
      town.junction($0.0, $0.1)
    }
    for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) { town.road(a, b) }
    let yard = town.junction(-6, 0)
    town.road(yard, town.junction(6, 0))
    let network = town.network
    var style = IsochroneStyle(for: .walk)
    (style.cell, style.roadside, style.tolerance, style.smallestBlock) = (
      .meters(4), .meters(12), .meters(0.5), 1e6
    )
    let points = [RoadPosition(edge: 0, millimeters: 0), RoadPosition(edge: 4, millimeters: 3_000)]
    let isochrones = Isochrones(on: network, by: .walk, style: style)
    let both = try isochrones.area(of: reach(network, points, 600_000), within: .seconds(600))
    #expect(both.count == 2)
    #expect(both.map(\.holes.count).sorted() == [0, 1])
    expectPromisedForm(both)
    #expect(isValid(both))
    style.smallestSpeck = 2_000
    let one = try Isochrones(on: network, by: .walk, style: style)
      .area(of: reach(network, points, 600_000), within: .seconds(600))
    #expect(one.map(\.holes.count) == [1])
  }

  @Test("is empty without roads, without points, off the network, and at no time")
  func nothing() throws {
    let nowhere = IsochroneTown().network
    #expect(
      try Isochrones(on: nowhere, by: .walk).area(of: reach(nowhere, [], 600_000), within: .minutes(10))
        .isEmpty)
    let network = IsochroneTown.town(seed: 1, side: 5).network
    #expect(try area(network, [], 600).isEmpty)
    #expect(try area(network, [nil], 600).isEmpty)
    #expect(try area(network, [RoadPosition(edge: 3, millimeters: 10)], 0).isEmpty)
    #expect(
      try area(network, [RoadPosition(edge: 3, millimeters: 10, gapMilliseconds: 601_000)], 600).isEmpty)
  }

  @Test("is a band around all roads where all are reached, and ignores roads the mode may not use")
  func everything() throws {
    var town = IsochroneTown()
    let (a, b) = (town.junction(-400, 0), town.junction(400, 0))
    town.road(a, b)
    town.road(town.junction(-400, 20), town.junction(400, 20), isClosed: true)
    let area = try area(town.network, [RoadPosition(edge: 0, millimeters: 0)], 10_000)
    #expect(area.count == 1)
    // 800 m by 80 m and a round at both ends.
    let expected = 800.0 * 80 + .pi * 40 * 40
    #expect(abs(area[0].areaSquareMeters / expected - 1) < 0.02)
  }

  @Test("leaves out corners within the tolerance, and moves none")
  func simplification() throws {
    let network = IsochroneTown.town(seed: 5).network
    let point = [RoadPosition(edge: 60, millimeters: 0)]
    var style = IsochroneStyle(for: .walk)
    (style.smallestBlock, style.smallestSpeck) = (0, 0)
    let simple = try Isochrones(on: network, by: .walk, style: style)
      .area(of: reach(network, point, 400_000), within: .seconds(400))
    style.tolerance = .zero
    let full = try Isochrones(on: network, by: .walk, style: style)
      .area(of: reach(network, point, 400_000), within: .seconds(400))
    let rings = { (area: [Polygon]) in area.flatMap { [$0.exterior] + $0.holes } }
    let (few, all) = (rings(simple), rings(full))
    #expect(few.count == all.count)
    #expect(few.joined().count * 2 < all.joined().count)
    for corner in few.joined() { #expect(meters(from: corner, to: all) < 0.02) }
    for corner in all.joined() { #expect(meters(from: corner, to: few) < 2.02) }
  }

  /// How far a position is from the nearest of some rings.
  private func meters(from position: Coordinate<WGS84>, to rings: [[Coordinate<WGS84>]]) -> Double {
    let plane = LocalPlane(origin: position)
    return rings.flatMap { zip($0, $0.dropFirst() + $0.prefix(1)) }.reduce(.infinity) { best, edge in
      let (p, q) = (plane.meters(of: edge.0), plane.meters(of: edge.1))
      let (ux, uy) = (q.east - p.east, q.north - p.north)
      let share = min(1, max(0, -(p.east * ux + p.north * uy) / (ux * ux + uy * uy)))
      return min(best, hypot(p.east + share * ux, p.north + share * uy))
    }
  }

  @Test("is cut at the 180th meridian and the same size as elsewhere", arguments: [-17.0, 66])
  func antimeridian(latitude: Double) throws {
    // Small holes are filled, except where the meridian cuts them: so none here.
    var style = IsochroneStyle(for: .walk)
    style.smallestBlock = 0
    let areas = try [179.9995, -179.9995, 20].map { longitude in
      let network = IsochroneTown.town(seed: 8, side: 10, origin: .at(latitude, longitude)).network
      return try Isochrones(on: network, by: .walk, style: style).area(
        of: reach(network, [RoadPosition(edge: 40, millimeters: 2_000)], 400_000), within: .seconds(400))
    }
    let sizes = areas.map { $0.reduce(0) { $0 + $1.areaSquareMeters } }
    for (area, size) in zip(areas, sizes) {
      expectPromisedForm(area)
      #expect(isValid(area))
      #expect(
        abs(size / sizes[2] - 1) < 0.01)
    }
    for area in areas.prefix(2) {
      let corners = area.flatMap(\.exterior)
      #expect(corners.contains { $0.longitude == 180 })
      #expect(corners.contains { $0.longitude == -180 })
      #expect(corners.allSatisfy { abs($0.longitude) > 179.9 })
    }
  }

  @Test("comes to an end at a pole", arguments: [1.0, -1])
  func poles(side: Double) throws {
    var town = IsochroneTown(origin: .at(side * 89.9999, 30))
    town.road(town.junction(-2, 0), town.junction(2, 5))
    let area = try area(town.network, [RoadPosition(edge: 0, millimeters: 0)], 600)
    #expect(!area.isEmpty)
    expectPromisedForm(area)
  }

  @Test("reaches along a road much longer than a tile")
  func longRoad() throws {
    var town = IsochroneTown()
    let (a, b) = (town.junction(-30_000, -9_000), town.junction(30_000, 9_000))
    town.road(a, b, shape: [[0, 50]], metersPerSecond: 50)
    let network = town.network
    let area = try area(network, [RoadPosition(edge: 0, millimeters: network.edgeMillimeters[0])], 1_000)
    #expect(area.count == 1)
    let judge = AreaJudge(area)
    for share in [0.25, 0.5, 0.9, 0.99] {
      #expect(judge.contains(town.coordinate([30_000 - share * 30_000, 9_000 - share * 8_950])))
    }
    #expect(judge.contains(town.coordinate([-17_800, -5_319])))
    #expect(!judge.contains(town.coordinate([-18_500, -5_532])))
  }

  // MARK: -

  private func positions(
    _ count: Int, on network: RoadNetwork, using rng: inout SeededGenerator
  ) -> [RoadPosition] {
    (0..<count).map { _ in
      let edge = Int.random(in: 0..<network.edgeCount, using: &rng)
      return RoadPosition(
        edge: UInt32(edge), millimeters: .random(in: 0...network.edgeMillimeters[edge], using: &rng),
        gapMilliseconds: .random(in: 0...30_000, using: &rng))
    }
  }

  private func reach(
    _ network: RoadNetwork, _ points: [RoadPosition?], _ milliseconds: UInt32,
    _ direction: RoadSearch.Direction = .toPoint
  ) -> RoadReach {
    RoadSearch(RoadGraph(network, mode: .walk)).reach(of: points, direction: direction, within: milliseconds)
  }

  private func area(
    _ network: RoadNetwork, _ points: [RoadPosition?], _ seconds: Int,
    _ direction: RoadSearch.Direction = .toPoint
  ) throws -> [Polygon] {
    try Isochrones(on: network, by: .walk)
      .area(of: reach(network, points, UInt32(seconds) * 1_000, direction), within: .seconds(seconds))
  }

  /// Whether the polygons are valid and have no area in common, as the geometry library sees it.
  private func isValid(_ area: [Polygon]) -> Bool {
    let polygons = area.map { polygon in
      "("
        + ([polygon.exterior] + polygon.holes).map { ring in
          "(" + (ring + [ring[0]]).map { "\($0.longitude) \($0.latitude)" }.joined(separator: ",") + ")"
        }.joined(separator: ",") + ")"
    }
    if polygons.isEmpty { return true }
    let geos = GEOS_init_r()
    let reader = GEOSWKTReader_create_r(geos)
    let geometry = GEOSWKTReader_read_r(geos, reader, "MULTIPOLYGON(" + polygons.joined(separator: ",") + ")")
    defer {
      GEOSGeom_destroy_r(geos, geometry)
      GEOSWKTReader_destroy_r(geos, reader)
      GEOS_finish_r(geos)
    }
    return geometry != nil && GEOSisValid_r(geos, geometry) == 1
  }
}
