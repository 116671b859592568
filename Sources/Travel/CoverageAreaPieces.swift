import Foundation
import Geo

/// A circle, or the part of one that lies on one side of the 180th meridian, ready to be merged.
struct CirclePiece: Sendable {
  /// A rectangle that it lies in.
  let box: GridBox
  let drawing: Drawing

  enum Drawing: Sendable {
    /// A circle on the map whose corners are at equal bearings: drawn when needed, which costs less than to be kept.
    case plain(Circle)
    /// Any other, drawn already.
    case drawn(GridPolygon)
  }
}

extension CircleOutline {
  /// The pieces that `circle` is merged from.
  func pieces(of circle: Circle, _ overlay: borrowing GeometryOverlay) throws(CoverageAreaError)
    -> [CirclePiece]
  {
    if isPlain(circle), let box = box(around: circle), GridBox.world.contains(box) {
      return [CirclePiece(box: box, drawing: .plain(circle))]
    }
    func positions(_ corners: [Corner]) -> [SIMD2<Int>] {
      withoutRepeats(corners.reversed().map { gridPosition($0.longitude, $0.latitude) })
    }
    let world = GridPolygon(rings: [GridBox.world.ring])
    let polygons: [GridPolygon]
    switch shape(of: circle) {
    case .everything: polygons = [world]
    case .allBut(let corners):
      polygons = try overlay.difference(world, try overlay.polygons(within: positions(corners)))
    case .ring(let corners), .polarCap(let corners):
      polygons = try overlay.polygons(within: positions(corners))
    }
    return polygons.map { CirclePiece(box: GridBox(around: $0.rings[0]), drawing: .drawn($0)) }
  }

  /// The ring of a plain circle, counter-clockwise.
  func ring(of circle: Circle) -> [SIMD2<Int>] {
    guard case .ring(let corners) = shape(of: circle) else { return [] }
    let positions = withoutRepeats(corners.reversed().map { gridPosition($0.longitude, $0.latitude) })
    // Corners eight units apart keep their order around the center when each is moved by less than one.
    let spacing = circle.radius.meters / earthRadiusMeters * 180 / .pi * gridUnitsPerDegree * bearings[1]
    return spacing < 8 ? convexHull(of: positions) : positions
  }

  /// The rectangle around a circle that reaches no pole; `nil` for one past the 180th meridian by more than a turn.
  private func box(around circle: Circle) -> GridBox? {
    let radius = circle.radius.meters / earthRadiusMeters
    let width = asin(min(1, sin(radius) / cos(circle.center.latitude * .pi / 180))) * 180 / .pi
    let height = radius * 180 / .pi
    let low = gridPosition(circle.center.longitude - width, circle.center.latitude - height) &- 1
    let high = gridPosition(circle.center.longitude + width, circle.center.latitude + height) &+ 1
    guard let west = Int32(exactly: low.x), let south = Int32(exactly: low.y),
      let east = Int32(exactly: high.x),
      let north = Int32(exactly: high.y)
    else { return nil }
    return GridBox(low: GridCorner(west, south), high: GridCorner(east, north))
  }

  /// Whether `circle` covers all of `box`; `false` where that is not sure.
  func surelyCovers(_ box: GridBox, _ piece: CirclePiece) -> Bool {
    guard case .plain(let circle) = piece.drawing, piece.box.contains(box) else { return false }
    // An edge comes nearer to the center than a corner by the share 1 - cos(π / corners), and a twentieth more where
    // the map is stretched. The ring is convex, so it covers the box when it covers the corners.
    let sure = circle.radius.meters * (1 - 1.5 * (1 - cos(bearings[1] / 2))) - 1
    return box.ring.allSatisfy { corner in
      let place = coordinate(of: corner)
      return place.map { $0.distance(to: circle.center).meters <= sure } ?? false
    }
  }
}

/// The position of a corner.
func coordinate(of corner: GridCorner) -> Coordinate<WGS84>? {
  Coordinate(
    latitude: Double(corner.y) / gridUnitsPerDegree, longitude: Double(corner.x) / gridUnitsPerDegree)
}

/// The ring without corners that follow an equal one.
func withoutRepeats<Corner: Equatable>(_ ring: [Corner]) -> [Corner] {
  var corners: [Corner] = []
  corners.reserveCapacity(ring.count)
  for corner in ring where corner != corners.last { corners.append(corner) }
  while corners.count > 1, corners.first == corners.last { corners.removeLast() }
  return corners
}
