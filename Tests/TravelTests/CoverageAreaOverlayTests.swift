import Geo
import TestSupport
import Testing

@testable import Travel

@Suite("The union of polygons on the grid")
struct CoverageAreaOverlayTests {
  @Test("of rectangles covers the cells that they cover, in as many parts", arguments: 0..<60)
  func rectangles(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let field = CellField(side: 12, filledBy: Int.random(in: 1...14, using: &rng), using: &rng)
    field.expect(try GeometryOverlay().union(of: field.rectangles.map { GridPolygon(rings: [$0.ring]) }))
  }

  @Test("stays near what is united, and is valid, however edges cross", arguments: 0..<120)
  func slanted(seed: Int) throws {
    var rng = SeededGenerator(seed: 500 + seed)
    let side = [8, 30, 400][seed % 3]
    let rings = (0..<Int.random(in: 2...14, using: &rng)).map { _ in
      convexHull(of: (0..<6).map { _ in position(within: side, using: &rng) })
    }.filter { $0.count >= 3 }
    let united = try GeometryOverlay().union(
      of: rings.map { GridPolygon(rings: [$0.map { GridCorner(truncatingIfNeeded: $0) }]) })
    expectValidAndApart(united)
    // Each corner moves by less than a unit, and edges with them.
    for _ in 0..<300 {
      let place = SIMD2<Double>(
        .random(in: -3...Double(side + 3), using: &rng), .random(in: -3...Double(side + 3), using: &rng))
      let deepest = rings.map { depth(of: place, in: $0) }.max() ?? -1
      let isInside = united.contains { polygon in polygon.rings.filter { winds($0, around: place) }.count == 1
      }
      if deepest > 1.5 { #expect(isInside, "\(place) lies \(deepest) deep") }
      if deepest < -1.5 { #expect(!isInside, "\(place) lies \(-deepest) outside") }
    }
  }

  @Test(
    "lets areas touch at a corner that overlap by less than the grid, and joins those that overlap by more")
  func neck() throws {
    let left = GridPolygon(rings: [[[0, 0], [1_000, 0], [1_000, 1_000], [0, 1_000]]])
    for (west, parts) in [(Int32(1_001), 2), (999, 2), (900, 1)] {
      let right = GridPolygon(rings: [[[west, 500], [3_000, 0], [3_000, 999]]])
      let united = try GeometryOverlay().union(of: [left, right])
      #expect(united.count == parts)
      expectValidAndApart(united)
    }
  }

  @Test("of equal ones is one of them, and of one within another the larger")
  func swallowed() throws {
    let overlay = try GeometryOverlay()
    let large = GridPolygon(rings: [[[0, 0], [100, 0], [100, 100], [0, 100]]])
    let small = GridPolygon(rings: [[[10, 10], [20, 10], [20, 20]]])
    #expect(try overlay.union(of: [large, large]).map { Set($0.rings[0]) } == [Set(large.rings[0])])
    #expect(try overlay.union(of: [small, large]).map { Set($0.rings[0]) } == [Set(large.rings[0])])
  }

  @Test("fills what a ring encloses that crosses itself by rounding")
  func selfCrossing() throws {
    let bowTie: [SIMD2<Int>] = [[0, 0], [1_000, 1_000], [1_000, 0], [0, 1_000]]
    let polygons = try GeometryOverlay().polygons(within: bowTie)
    #expect(polygons.count == 2)
    expectValidAndApart(polygons)
  }

  @Test("of the tiles of an area is the area, whatever the tiles", arguments: 0..<60)
  func seams(seed: Int) throws {
    let overlay = try GeometryOverlay()
    var rng = SeededGenerator(seed: 900 + seed)
    let field = CellField(side: 12, filledBy: Int.random(in: 1...14, using: &rng), using: &rng)
    var patches: [Patch] = []
    for tile in tiles(of: GridBox(low: [0, 0], high: [12, 12]), using: &rng) {
      let parts = field.rectangles.compactMap { box -> GridPolygon? in
        guard let part = clipped(box.ring.map(wide), to: tile), !part.isEmpty else { return nil }
        return GridPolygon(rings: [part])
      }
      patches += try overlay.union(of: parts).map { Patch(tile: tile, polygon: $0) }
    }
    field.expect(SeamJoiner.joined(patches))
  }

  private func tiles(of box: GridBox, using rng: inout SeededGenerator) -> [GridBox] {
    guard box.width > 3 || box.height > 3 || Bool.random(using: &rng), let (a, b) = box.halves else {
      return [box]
    }
    return tiles(of: a, using: &rng) + tiles(of: b, using: &rng)
  }
}

@Suite("A convex ring cut by a rectangle")
struct ClippingTests {
  @Test("is what lies in both", arguments: 0..<80)
  func matchesGEOS(seed: Int) throws {
    var rng = SeededGenerator(seed: seed)
    let side = 100_000
    let ring = convexHull(of: (0..<12).map { _ in position(within: side, using: &rng) })
    let (a, b) = (position(within: side, using: &rng), position(within: side, using: &rng))
    let box = GridBox(around: [GridCorner(truncatingIfNeeded: a), GridCorner(truncatingIfNeeded: b)])
    guard let part = clipped(ring, to: box) else { return }
    let whole = GridPolygon(rings: [ring.map { GridCorner(truncatingIfNeeded: $0) }])
    let expected = try GeometryOverlay().intersection(whole, GridPolygon(rings: [box.ring]))
    let area = expected.reduce(0) { $0 + doubledArea(of: $1.rings[0]) }
    // Each crossing is off by half a unit at most.
    #expect(abs((part.isEmpty ? 0 : doubledArea(of: part)) - area) <= 8 * Double(side))
    #expect(part.allSatisfy { all($0 .>= box.low) && all($0 .<= box.high) })
    if !part.isEmpty { #expect(isConvex(part.map(wide))) }
  }

  @Test("is left whole within it, and none is left outside")
  func insideAndOutside() {
    let ring: [SIMD2<Int>] = [[10, 10], [20, 12], [15, 30]]
    #expect(clipped(ring, to: GridBox(low: [10, 10], high: [20, 30])) == [[10, 10], [20, 12], [15, 30]])
    #expect(clipped(ring, to: GridBox(low: [21, 0], high: [40, 40])) == [])
    #expect(clipped(ring, to: GridBox(low: [20, 0], high: [40, 40])) == [])
  }

  @Test("is known from one that is not convex")
  func convexity() {
    #expect(isConvex([[0, 0], [4, 0], [4, 4], [0, 4]]))
    #expect(isConvex([[0, 0], [2, 0], [4, 0], [4, 4], [0, 4]]))
    #expect(!isConvex([[0, 0], [4, 0], [2, 1], [0, 4]]))
    #expect(!isConvex([[0, 0], [0, 4], [4, 4], [4, 0]]))
    #expect(!isConvex([[0, 0], [4, 0], [2, 0]]))
    #expect(!isConvex([[0, 0], [6, 0], [4, 0], [4, 4], [0, 4]]))
    // A star of five points turns left everywhere, twice around.
    #expect(!isConvex([[0, 0], [10, 0], [2, 6], [5, -4], [8, 6]]))
  }
}

private func position(within side: Int, using rng: inout SeededGenerator) -> SIMD2<Int> {
  SIMD2(.random(in: 0...side, using: &rng), .random(in: 0...side, using: &rng))
}
