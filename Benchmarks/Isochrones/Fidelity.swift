import Foundation
import Geo
import Travel

/// How well an area tells the reached nodes of a road network from the others.
///
/// A node is a junction with an edge that the mode may use, or a shape point of such an edge.
struct Fidelity {
  var reached = 0
  var reachedInside = 0
  var unreachedInside = 0

  /// The share of the reached nodes that lie inside.
  var insideShare: Double { reached == 0 ? 1 : Double(reachedInside) / Double(reached) }
  /// The share of the nodes inside that are not reached.
  var leakShare: Double {
    let inside = reachedInside + unreachedInside
    return inside == 0 ? 0 : Double(unreachedInside) / Double(inside)
  }
}

/// Counts nodes inside areas.
struct FidelityJudge {
  private struct Node {
    let place: Coordinate<WGS84>
    /// A way of being reached: an edge, and the millimeters along it.
    let edge: Int
    let millimeters: UInt32
  }
  private let network: RoadNetwork
  /// From south to north.
  private let nodes: [Node]
  private let latitudes: [Double]
  /// The edges at each junction that a node stands for, by node.
  private let others: [Int: [(edge: Int, millimeters: UInt32)]]

  init(_ network: RoadNetwork, _ mode: TravelMode) {
    self.network = network
    var nodes: [Node] = []
    var atJunction: [Int: [(edge: Int, millimeters: UInt32)]] = [:]
    for edge in 0..<network.edgeCount {
      let isUsable = [false, true].contains {
        network.milliseconds(ofEdge: edge, by: mode, backward: $0) != RoadNetwork.noWay
      }
      guard isUsable else { continue }
      let length = network.edgeMillimeters[edge]
      atJunction[Int(network.edgeFrom[edge]), default: []].append((edge, 0))
      atJunction[Int(network.edgeTo[edge]), default: []].append((edge, length))
      // Shape points by their share of the length of the shape.
      var last = at(
        network.junctionLatitudes[Int(network.edgeFrom[edge])],
        network.junctionLongitudes[Int(network.edgeFrom[edge])])
      var places: [Coordinate<WGS84>] = []
      var lengths = [0.0]
      let end = at(
        network.junctionLatitudes[Int(network.edgeTo[edge])],
        network.junctionLongitudes[Int(network.edgeTo[edge])])
      let shape = Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1])
      for place in shape.map({ at(network.shapeLatitudes[$0], network.shapeLongitudes[$0]) }) + [end] {
        lengths.append(lengths[lengths.count - 1] + last.distance(to: place).meters)
        places.append(place)
        last = place
      }
      let total = max(lengths[lengths.count - 1], 1e-9)
      for (place, along) in zip(places.dropLast(), lengths.dropFirst()) {
        nodes.append(Node(place: place, edge: edge, millimeters: UInt32(along / total * Double(length))))
      }
    }
    var others: [Int: [(edge: Int, millimeters: UInt32)]] = [:]
    var order = nodes.map { ($0, [(edge: Int, millimeters: UInt32)]()) }
    for (junction, ways) in atJunction {
      let place = at(network.junctionLatitudes[junction], network.junctionLongitudes[junction])
      order.append((Node(place: place, edge: ways[0].edge, millimeters: ways[0].millimeters), ways))
    }
    order.sort { ($0.0.place.latitude, $0.0.place.longitude) < ($1.0.place.latitude, $1.0.place.longitude) }
    for (index, entry) in order.enumerated() where !entry.1.isEmpty { others[index] = entry.1 }
    self.nodes = order.map(\.0)
    self.others = others
    latitudes = self.nodes.map(\.place.latitude)
  }

  /// Counts the nodes of an area that a search's reach was drawn as.
  func judge(_ area: [Polygon], _ reach: RoadReach, within milliseconds: UInt32) -> Fidelity {
    var parts: [Int: [ClosedRange<UInt32>]] = [:]
    for (index, edge) in reach.edges.enumerated() {
      parts[Int(edge)] = reach.parts(at: index, within: milliseconds)
    }
    var fidelity = Fidelity()
    let inside = Crossings(area)
    for (index, node) in nodes.enumerated() {
      let ways = others[index] ?? [(node.edge, node.millimeters)]
      let isReached = ways.contains { way in
        parts[way.edge]?.contains { $0.contains(way.millimeters) } ?? false
      }
      guard isReached || inside.mayContain(node.place) else { continue }
      let isInside = inside.contains(node.place)
      if isReached { fidelity.reached += 1 }
      if isReached && isInside { fidelity.reachedInside += 1 }
      if !isReached && isInside { fidelity.unreachedInside += 1 }
    }
    return fidelity
  }
}

private func at(_ latitude: Int32, _ longitude: Int32) -> Coordinate<WGS84> {
  Coordinate(latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7)!
}

/// Polygons sorted into strips of latitude, to count how often a ray to the east crosses their rings.
private struct Crossings {
  private var strips: [[(Coordinate<WGS84>, Coordinate<WGS84>)]] = []
  private var south = 90.0
  private var north = -90.0
  private var west = 180.0
  private var east = -180.0

  init(_ area: [Polygon]) {
    let rings = area.flatMap { [$0.exterior] + $0.holes }
    for corner in rings.joined() {
      (south, north) = (min(south, corner.latitude), max(north, corner.latitude))
      (west, east) = (min(west, corner.longitude), max(east, corner.longitude))
    }
    strips = Array(repeating: [], count: 1_000)
    for ring in rings {
      for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
        for strip in self.strip(min(a.latitude, b.latitude))...self.strip(max(a.latitude, b.latitude)) {
          strips[strip].append((a, b))
        }
      }
    }
  }

  private func strip(_ latitude: Double) -> Int {
    north > south ? min(999, max(0, Int((latitude - south) / (north - south) * 1_000))) : 0
  }

  func mayContain(_ place: Coordinate<WGS84>) -> Bool {
    (south...max(south, north)).contains(place.latitude) && (west...max(west, east)).contains(place.longitude)
  }

  func contains(_ place: Coordinate<WGS84>) -> Bool {
    guard mayContain(place) else { return false }
    var isInside = false
    for (a, b) in strips[strip(place.latitude)]
    where (a.latitude > place.latitude) != (b.latitude > place.latitude) {
      let share = (place.latitude - a.latitude) / (b.latitude - a.latitude)
      if place.longitude < a.longitude + share * (b.longitude - a.longitude) { isInside.toggle() }
    }
    return isInside
  }
}
