import TestSupport
import Testing

@testable import SampleCounty

@Suite("The triangulation")
struct TriangulationTests {
  private static let frame = [(-9_000, -9_000), (9_000, -9_000), (9_000, 9_000), (-9_000, 9_000)].map {
    Spot(east: Double($0.0), north: Double($0.1))
  }

  /// Spots in no order, on a lattice where four lie on every circle, in a row, and many at one spot.
  private static func spots(_ arrangement: String) -> [Spot] {
    var rng = SeededGenerator(seed: 5)
    switch arrangement {
    case "scattered":
      return (0..<150).map { _ in
        Spot(
          east: Double.random(in: 0...3_000, using: &rng), north: Double.random(in: 0...3_000, using: &rng))
      }
    case "lattice":
      return (0..<144).map { Spot(east: Double($0 % 12) * 100, north: Double($0 / 12) * 100) }
    case "row": return (0..<60).map { Spot(longitudeE6: 112_400_000 + 900 * $0, latitudeE6: 35_100_000) }
    default: return (0..<40).map { Spot(east: Double($0 % 4) * 50, north: 7) }
    }
  }

  @Test("joins every spot, and no line crosses another", arguments: ["scattered", "lattice", "row", "heap"])
  func planar(arrangement: String) {
    let given = TriangulationTests.spots(arrangement)
    let mesh = Triangulation(given, within: TriangulationTests.frame, order: Array(given.indices))
    #expect(Set(mesh.spots).count == given.count + 4)
    for (moved, spot) in zip(mesh.spots, given) { #expect(moved.meters(to: spot) < 5) }
    #expect(Set(mesh.sides.flatMap { [$0.from, $0.to] }) == Set(given.indices))
    for (i, p) in mesh.sides.enumerated() {
      for q in mesh.sides[..<i] where Set([p.from, p.to, q.from, q.to]).count == 4 {
        #expect(!crosses(mesh.spots[p.from], mesh.spots[p.to], mesh.spots[q.from], mesh.spots[q.to]))
      }
    }
  }

  @Test("has nobody inside the circle of a triangle, and the third corners on their sides")
  func emptyCircles() {
    let given = TriangulationTests.spots("scattered")
    let mesh = Triangulation(given, within: TriangulationTests.frame, order: Array(given.indices))
    // Euler: without the frame's lines, fewer than 3n - 3 remain, but the hull keeps most.
    #expect((2 * given.count...3 * given.count - 3).contains(mesh.sides.count))
    for side in mesh.sides {
      let (a, b) = (mesh.spots[side.from], mesh.spots[side.to])
      #expect(turn(a, b, mesh.spots[side.left]) > 0 && turn(a, b, mesh.spots[side.right]) < 0)
      // The circle through a, b and the left corner, by its center.
      let c = mesh.spots[side.left]
      let (bx, by, cx, cy) = (b.east - a.east, b.north - a.north, c.east - a.east, c.north - a.north)
      let d = 2 * (bx * cy - by * cx)
      let x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d
      let y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d
      let radius = (x * x + y * y).squareRoot()
      for spot in given {
        let (ex, ey) = (spot.east - a.east - x, spot.north - a.north - y)
        #expect((ex * ex + ey * ey).squareRoot() > radius - 0.2)
      }
    }
  }
}

/// Positive where `c` lies left of the line from `a` to `b`.
func turn(_ a: Spot, _ b: Spot, _ c: Spot) -> Int {
  ((b.longitudeE6 - a.longitudeE6) * (c.latitudeE6 - a.latitudeE6)
    - (b.latitudeE6 - a.latitudeE6) * (c.longitudeE6 - a.longitudeE6)).signum()
}

/// Whether two lines without a common end meet, touching included, in whole numbers.
func crosses(_ a: Spot, _ b: Spot, _ c: Spot, _ d: Spot) -> Bool {
  let turns = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b))
  if turns == (0, 0, 0, 0) {
    // All in one row: they meet where their boxes do.
    return max(min(a.longitudeE6, b.longitudeE6), min(c.longitudeE6, d.longitudeE6))
      <= min(max(a.longitudeE6, b.longitudeE6), max(c.longitudeE6, d.longitudeE6))
      && max(min(a.latitudeE6, b.latitudeE6), min(c.latitudeE6, d.latitudeE6))
        <= min(max(a.latitudeE6, b.latitudeE6), max(c.latitudeE6, d.latitudeE6))
  }
  return turns.0 != turns.1 && turns.2 != turns.3
}
