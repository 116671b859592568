import Foundation
import Geo
import TestSupport
import Testing

struct PolygonTests {
  private let square = Polygon(
    exterior: [.at(0, 0), .at(0, 10), .at(10, 10), .at(10, 0)],
    holes: [[.at(4, 4), .at(6, 4), .at(6, 6), .at(4, 6)]])

  @Test("A polygon contains its inside and its rim, not its holes, but their rims")
  func rim() {
    #expect(square.contains(.at(2, 2)))
    #expect(!square.contains(.at(5, 5)))
    #expect(!square.contains(.at(-1, 5)) && !square.contains(.at(5, -1)))
    #expect(!square.contains(.at(11, 5)) && !square.contains(.at(5, 11)))
    for corner in square.exterior + square.holes[0] { #expect(square.contains(corner)) }
    for middle in [Coordinate.at(0, 5), .at(5, 10), .at(10, 5), .at(5, 0), .at(4, 5), .at(5, 6)] {
      #expect(square.contains(middle))
    }
    // In line with an edge, but beyond its end.
    #expect(!square.contains(.at(0, 11)) && !square.contains(.at(0, -1)) && !square.contains(.at(11, 0)))
  }

  @Test("A ray through corners counts each crossing once")
  func corners() {
    let diamond = Polygon(exterior: [.at(0, -1), .at(-1, 0), .at(0, 1), .at(1, 0)])
    #expect(diamond.contains(.at(0, 0)))
    #expect(!diamond.contains(.at(0, -2)) && !diamond.contains(.at(0, 2)))
    #expect(!diamond.contains(.at(1, -0.5)) && !diamond.contains(.at(-1, -0.5)))
    let comb = Polygon(exterior: [
      .at(0, 0), .at(0, 6), .at(2, 5), .at(1, 4), .at(2, 3), .at(1, 2), .at(2, 1),
    ])
    #expect(comb.contains(.at(1, 3)) && comb.contains(.at(1, 1)) && comb.contains(.at(0.5, 2)))
    #expect(!comb.contains(.at(1.5, 4)) && !comb.contains(.at(1, 0)) && !comb.contains(.at(2, 0)))
  }

  @Test("Nothing is in an empty polygon")
  func empty() {
    let nothing = Polygon(exterior: [])
    #expect(!nothing.contains(.at(0, 0)))
    #expect(nothing.areaSquareMeters == 0)
    #expect(nothing.boundingBox == nil)
    #expect(nothing.normalized == nothing)
  }

  @Test("Cut by a line, every position is in exactly one half, or on the cut in both", arguments: 0..<10)
  func halves(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    // A star around (35, 112), cut into two by the line through two of its corners.
    let star = star(corners: 40, using: &generator)
    let cut = Int.random(in: 2..<38, using: &generator)
    let center = Coordinate.at(35, 112)
    let halves = [
      Polygon(exterior: [center] + star[0...cut]), Polygon(exterior: [center] + star[cut...] + [star[0]]),
    ]
    let whole = Polygon(exterior: star)
    for _ in 0..<500 {
      let p = Coordinate.at(
        .random(in: 33.9...36.1, using: &generator), .random(in: 110.9...113.1, using: &generator))
      #expect(halves.filter { $0.contains(p) }.count == (whole.contains(p) ? 1 : 0))
    }
    let sum = halves.reduce(0) { $0 + $1.areaSquareMeters }
    #expect(abs(sum / whole.areaSquareMeters - 1) < 1e-12)
  }

  @Test("The area between two parallels and two meridians is the textbook's")
  func zone() {
    for (south, north) in [(0.0, 10.0), (35, 35.001), (-89, 90), (-20, 20)] {
      let zone = Polygon(exterior: [.at(south, 5), .at(south, 8), .at(north, 8), .at(north, 5)])
      let expected =
        earthRadiusMeters * earthRadiusMeters * 3 * .pi / 180
        * (sin(north * .pi / 180) - sin(south * .pi / 180))
      #expect(abs(zone.areaSquareMeters / expected - 1) < 1e-10)
    }
    #expect(
      abs(square.areaSquareMeters / Polygon(exterior: square.exterior).areaSquareMeters - 0.96) < 0.001)
  }

  @Test("A slanting edge is straight in degrees: the area is that of many thin strips")
  func strips() {
    let triangle = Polygon(exterior: [.at(30, 100), .at(30, 110), .at(45, 103)])
    var expected = 0.0
    let strips = 20_000
    for strip in 0..<strips {
      let share = (Double(strip) + 0.5) / Double(strips)
      expected += 10 * (1 - share) * .pi / 180 * cos((30 + 15 * share) * .pi / 180)
    }
    expected *= earthRadiusMeters * earthRadiusMeters * (15 * .pi / 180) / Double(strips)
    #expect(abs(triangle.areaSquareMeters / expected - 1) < 1e-8)
  }

  @Test("Normalized, the exterior runs counter-clockwise and holes clockwise, from the same corner")
  func normalized() {
    let proper = square
    #expect(proper.normalized == proper)
    let turned = Polygon(
      exterior: [proper.exterior[0]] + proper.exterior.dropFirst().reversed(),
      holes: proper.holes.map { [$0[0]] + $0.dropFirst().reversed() })
    #expect(turned != proper)
    #expect(turned.normalized == proper)
    #expect(
      turned.areaSquareMeters == proper.areaSquareMeters
        || abs(turned.areaSquareMeters / proper.areaSquareMeters - 1) < 1e-12)
    let flat = Polygon(exterior: [.at(0, 0), .at(1, 1), .at(0, 0)])
    #expect(flat.normalized == flat)
  }

  @Test("The box around a polygon is that of its exterior")
  func boundingBox() {
    #expect(square.boundingBox?.values == [0, 0, 10, 10])
    #expect(
      Polygon(exterior: [.at(1, -170), .at(2, 170), .at(3, 0)]).boundingBox?.values == [-170, 1, 170, 3])
  }

  @Test("Rings from files must be closed and have four positions, and go back as they came")
  func rings() throws {
    let (a, b, c) = (Coordinate.at(0, 0), Coordinate.at(0, 1), Coordinate.at(1, 1))
    let triangle = try Polygon(closedRings: [[a, b, c, a]])
    #expect(triangle.exterior == [a, b, c])
    #expect(triangle.closedRings == [[a, b, c, a]])
    #expect(try Polygon(closedRings: square.closedRings) == square)
    #expect(throws: Polygon.RingDefect(ring: 0, reason: .noRing)) { try Polygon(closedRings: []) }
    #expect(throws: Polygon.RingDefect(ring: 0, reason: .tooFewPositions(found: 0))) {
      try Polygon(closedRings: [[]])
    }
    #expect(throws: Polygon.RingDefect(ring: 1, reason: .tooFewPositions(found: 3))) {
      try Polygon(closedRings: [[a, b, c, a], [a, b, a]])
    }
    #expect(throws: Polygon.RingDefect(ring: 0, reason: .notClosed(first: a, last: c))) {
      try Polygon(closedRings: [[a, b, b, c]])
    }
  }

  private func star(corners: Int, using generator: inout SeededGenerator) -> [Coordinate<WGS84>] {
    (0..<corners).map { corner in
      let angle = 2 * Double.pi * Double(corner) / Double(corners)
      let reach = Double.random(in: 0.2...1, using: &generator)
      return .at(35 + reach * sin(angle), 112 + reach * cos(angle))
    }
  }
}
