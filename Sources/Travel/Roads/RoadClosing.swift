public import Geo

extension RoadNetwork {
  /// The roads with some edges closed to some modes, both ways.
  ///
  ///     let after = RoadNetworkFile(roads.closing([17, 18], to: [.car]))
  ///
  /// - Precondition: the edges exist.
  /// - Complexity: O(*m*) for *m* edges, for each mode.
  public func closing(_ edges: some Collection<Int>, to modes: Set<TravelMode>) -> RoadNetwork {
    precondition(edges.allSatisfy { (0..<edgeCount).contains($0) }, "edges of these roads are expected")
    var roads = self
    for mode in modes {
      func closed(_ column: FlatArray<UInt32>) -> FlatArray<UInt32> {
        var values = Array(column)
        for edge in edges { values[edge] = Self.noWay }
        return FlatArray(values)
      }
      roads.times[mode.column].forward = closed(times[mode.column].forward)
      roads.times[mode.column].backward = closed(times[mode.column].backward)
    }
    return roads
  }

  /// The edges that a straight line on the map touches, ascending. Links of no length at a barrier are none.
  ///
  /// Straight is meant in degrees, as on a map; a line over the 180th meridian touches nothing beyond it.
  ///
  /// - Complexity: O(*s*) for *s* segments of edges.
  public func edges(touching from: Coordinate<WGS84>, _ to: Coordinate<WGS84>) -> [Int] {
    let cut = MapSegment(MapSpot(from), MapSpot(to))
    return (0..<edgeCount).filter { edge in
      var here = spot(ofJunction: edgeFrom[edge])
      let shape = Int(shapeStart[edge])..<Int(shapeStart[edge + 1])
      let corners = shape.map { MapSpot(x: Int(shapeLongitudes[$0]), y: Int(shapeLatitudes[$0])) }
      for next in corners + [spot(ofJunction: edgeTo[edge])] {
        if next != here, cut.touches(MapSegment(here, next)) { return true }
        here = next
      }
      return false
    }
  }

  private func spot(ofJunction junction: UInt32) -> MapSpot {
    MapSpot(x: Int(junctionLongitudes[Int(junction)]), y: Int(junctionLatitudes[Int(junction)]))
  }
}

/// A position in whole 10⁻⁷ degrees, as roads have them.
private struct MapSpot: Equatable {
  var x: Int
  var y: Int

  init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  init(_ coordinate: Coordinate<WGS84>) {
    x = Int((coordinate.longitude * 1e7).rounded())
    y = Int((coordinate.latitude * 1e7).rounded())
  }
}

/// A straight line between two positions.
private struct MapSegment {
  let a: MapSpot
  let b: MapSpot

  init(_ a: MapSpot, _ b: MapSpot) {
    self.a = a
    self.b = b
  }

  /// Whether the two have a position in common, their ends among it; exact.
  func touches(_ other: MapSegment) -> Bool {
    guard min(a.x, b.x) <= max(other.a.x, other.b.x), min(other.a.x, other.b.x) <= max(a.x, b.x),
      min(a.y, b.y) <= max(other.a.y, other.b.y), min(other.a.y, other.b.y) <= max(a.y, b.y)
    else { return false }
    // With boxes that meet, the segments do unless one lies wholly on one side of the other.
    return side(of: other.a) * side(of: other.b) <= 0 && other.side(of: a) * other.side(of: b) <= 0
  }

  /// On which side of the line through the segment a position lies: -1, 0 on it, or 1.
  private func side(of spot: MapSpot) -> Int {
    let left = (b.x - a.x).multipliedFullWidth(by: spot.y - a.y)
    let right = (b.y - a.y).multipliedFullWidth(by: spot.x - a.x)
    if left.high != right.high { return left.high > right.high ? 1 : -1 }
    return left.low == right.low ? 0 : left.low > right.low ? 1 : -1
  }
}
