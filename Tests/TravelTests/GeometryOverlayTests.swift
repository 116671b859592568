import Geo
import Testing

@testable import Travel

@Suite("Polygons on the grid of seven decimals")
struct GeometryOverlayTests {
  @Test("are left alone where they are on it, and rounded where they are not")
  func rounding() throws {
    let onGrid = MapPolygon(rings: [[[0, 0], [1, 0], [1, 1], [0, 0]]])
    #expect(try GeometryOverlay().onGrid(onGrid).map(\.rings) == [onGrid.rings])
    let off = MapPolygon(rings: [[[0, 0], [1.00000004, 0], [1, 1.00000006], [0, 0]]])
    #expect(
      try GeometryOverlay().onGrid(off).map(\.rings) == [[[[0, 0], [1, 0], [1, 1.0000001], [0, 0]]]])
  }

  @Test("fall into pieces where rounding closes a neck")
  func neck() throws {
    // The notch ends four millimeters above the base, which it would touch when rounded.
    let notched = MapPolygon(rings: [[[0, 0], [1, 0], [1, 1], [0.5, 4e-8], [0, 1], [0, 0]]])
    let pieces = try GeometryOverlay().onGrid(notched)
    #expect(pieces.count == 2)
    for piece in pieces {
      #expect(isValid(polygon(piece)))
      for corner in piece.rings[0] { #expect(sevenDecimals(corner) == corner) }
    }
  }

  @Test("vanish where they are narrower than the grid")
  func sliver() throws {
    let sliver = MapPolygon(rings: [[[0, 0], [1, 0], [1, 3e-8], [0, 3e-8], [0, 0]]])
    #expect(try GeometryOverlay().onGrid(sliver).isEmpty)
  }

  @Test("lose holes that vanish, and keep the others")
  func holes() throws {
    let holed = MapPolygon(rings: [
      [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]],
      [[0.2, 0.2], [0.2, 0.20000001], [0.20000001, 0.2], [0.2, 0.2]],
      [[0.5, 0.5], [0.5, 0.6], [0.6, 0.5], [0.5, 0.5]],
    ])
    #expect(try GeometryOverlay().onGrid(holed).map { $0.rings.count } == [2])
  }

  private func polygon(_ polygon: MapPolygon) -> Polygon {
    let rings = polygon.rings.map {
      $0.dropLast().map { Coordinate<WGS84>(latitude: $0.y, longitude: $0.x)! }
    }
    return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
  }
}
