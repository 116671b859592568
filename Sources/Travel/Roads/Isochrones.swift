import Dispatch
public import Geo

/// Draws the areas that are reached by road within a limit.
///
///     let isochrones = Isochrones(on: roads, by: .walk)
///     let reach = search.reach(of: points, within: 600_000)
///     let area = try isochrones.area(of: reach, within: .minutes(10))
///
/// **Method.** On a lattice (10 m on foot, 25 m by car) the distance of each vertex to the nearest stretch of road that is reached
/// is compared with that to the nearest stretch that is not. The area is where the former is smaller, at most as wide as
/// the roadside of the style; its outline runs midway between reached and unreached roads, found by linear
/// interpolation between vertices. Edges that are reached in part are cut where the limit passes, in the direction
/// of travel. Distances are straight, exact to a centimeter, on a sphere of radius `earthRadiusMeters`; they are taken
/// from the lines themselves and not passed from cell to cell, so the outline has no steps. Only roads that the mode may use count.
///
/// The area follows the roads: what it says of a position off the road is that a reached road is near. The way from a
/// place to the road is part of the time of points, but it is not drawn; a place far from any road lies outside even
/// where it is reached.
///
/// The index is made once for a network and a mode, never changes, and is shared between threads without a lock.
public struct Isochrones: Sendable {
  /// How finely areas are drawn.
  public let style: IsochroneStyle

  let network: RoadNetwork
  let mode: TravelMode
  let tiles: IsochroneTiles

  /// Sorts the roads of one mode into tiles.
  ///
  /// - Parameters:
  ///   - network: the roads.
  ///   - mode: who travels.
  ///   - style: how finely areas are drawn; that of the mode where nothing is given.
  /// - Precondition: cells of at least 1 m, and a roadside between one cell and 1 km.
  /// - Complexity: O(*n* log *n*) for *n* edges; about 10 bytes are kept for each.
  public init(on network: RoadNetwork, by mode: TravelMode, style: IsochroneStyle? = nil) {
    let style = style ?? IsochroneStyle(for: mode)
    precondition(
      style.cell.meters >= 1 && style.roadside.meters >= style.cell.meters && style.roadside.meters <= 1_000,
      "cells of at least 1 m and a roadside between one cell and 1 km are expected")
    self.network = network
    self.mode = mode
    self.style = style
    let south = network.junctionLatitudes.min() ?? 0
    let north = network.junctionLatitudes.max() ?? 0
    let lattice = IsochroneLattice(style: style, latitudes: south...north)
    tiles = IsochroneTiles(network, lattice: lattice) { edge in
      [false, true].contains {
        network.milliseconds(ofEdge: edge, by: mode, backward: $0) != RoadNetwork.noWay
      }
    }
  }

  /// The area within `limit` of the points that a search started from: of one point, or of a whole network at once.
  ///
  /// - Parameters:
  ///   - reach: what the search found, on the same network and for the same mode.
  ///   - limit: the longest time, which counts as within; at most that of the search.
  /// - Returns: valid polygons in the form and order of `coverageArea`: apart from each other, exterior
  ///   counter-clockwise, holes clockwise, coordinates of at most 7 decimals. What crosses the 180th meridian is cut there;
  ///   holes across it are never filled.
  ///   The same on any number of threads.
  /// - Throws: `CoverageAreaError` when the geometry library fails, which is asked only at the 180th meridian.
  /// - Complexity: O(*e* + *c*) for *e* edges in the tiles around those reached and *c* lattice cells near roads in
  ///   them. Memory is needed for the outlines and for one tile a thread, however large the network is.
  public func area(of reach: RoadReach, within limit: TravelTime) throws(CoverageAreaError) -> [Polygon] {
    precondition(reach.mode == mode, "the reach of the mode the roads were sorted for is expected")
    precondition(
      reach.network.edgeCount == network.edgeCount, "the reach on the network that was sorted is expected")
    precondition(limit.seconds <= Int(reach.limit) / 1_000, "a limit at most that of the search is expected")
    let reached = IsochroneReach(reach, within: UInt32(limit.seconds) * 1_000)
    let rows = rowsOfTiles(tiles.positions(near: reached.edges, of: network))
    // One point's area is drawn on the thread that asks: callers draw those of many points at once.
    let size = max(16, rows.count / 64)
    var parts = [IsochroneOutlines](
      repeating: IsochroneOutlines(), count: (rows.count + size - 1) / size)
    parts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: slots.count) { part in
        let drawing = IsochroneDrawing(self, reached)
        slots[part] = drawing.outlines(of: rows[(part * size)..<min((part + 1) * size, rows.count)])
      }
    }
    var outlines = IsochroneOutlines()
    for part in parts { outlines.append(part) }
    return try finished(outlines)
  }

  /// Positions of tiles, which ascend, by rows.
  func rowsOfTiles(_ positions: [Int]) -> [ArraySlice<Int>] {
    var rows: [ArraySlice<Int>] = []
    var start = 0
    for index in positions.indices.dropFirst()
    where tiles.row(at: positions[index]) != tiles.row(at: positions[start]) {
      rows.append(positions[start..<index])
      start = index
    }
    if !positions.isEmpty { rows.append(positions[start...]) }
    return rows
  }

  /// The polygons in the form that is promised.
  func finished(_ outlines: IsochroneOutlines) throws(CoverageAreaError) -> [Polygon] {
    var polygons: [Polygon] = []
    for rings in outlines.polygons(style) {
      let half = IsochroneLattice.halfTurn
      if rings[0].allSatisfy({ abs($0.x) <= half }) {
        polygons.append(polygon(of: rings))
      } else {
        polygons += try cutAtAntimeridian(rings)
      }
    }
    return polygons.sorted { $0.exterior.lexicographicallyPrecedes($1.exterior, by: isWestOf) }
  }

  private func polygon(of rings: [[MapUnit]]) -> Polygon {
    var ordered = rings.map { ring in
      let first = ring.indices.min { (ring[$0].x, ring[$0].y) < (ring[$1].x, ring[$1].y) } ?? 0
      return (ring[first...] + ring[..<first]).compactMap {
        Coordinate<WGS84>(latitude: Double($0.y) / 1e7, longitude: Double($0.x) / 1e7)
      }
    }
    let exterior = ordered.removeFirst()
    return Polygon(
      exterior: exterior, holes: ordered.sorted { $0.lexicographicallyPrecedes($1, by: isWestOf) })
  }

  /// The part of a polygon between 180° west and east. What lies beyond is drawn once more on the other side.
  private func cutAtAntimeridian(_ rings: [[MapUnit]]) throws(CoverageAreaError) -> [Polygon] {
    let overlay = try GeometryOverlay()
    return try overlay.onTheMap(rings.map { ring in ring.map { SIMD2(Int($0.x), Int($0.y)) } })
      .compactMap(tidied)
  }
}
