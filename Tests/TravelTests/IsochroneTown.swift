import Foundation
import Geo
import TestSupport
import Travel

/// Roads drawn in meters east and north of a place, for isochrones.
struct IsochroneTown {
  typealias Spot = SIMD2<Double>

  private struct Edge {
    var from: Int
    var to: Int
    var shape: [Spot]
    var isTwoWay: Bool
    var metersPerSecond: Double
    var isClosed: Bool
  }

  let origin: Coordinate<WGS84>
  private(set) var junctions: [Spot] = []
  private var edges: [Edge] = []

  init(origin: Coordinate<WGS84> = .at(35, 112)) { self.origin = origin }

  mutating func junction(_ east: Double, _ north: Double) -> Int {
    junctions.append([east, north])
    return junctions.count - 1
  }

  mutating func road(
    _ from: Int, _ to: Int, shape: [Spot] = [], isTwoWay: Bool = true, metersPerSecond: Double = 1,
    isClosed: Bool = false
  ) {
    edges.append(
      Edge(
        from: from, to: to, shape: shape, isTwoWay: isTwoWay, metersPerSecond: metersPerSecond,
        isClosed: isClosed))
  }

  /// A position in 10⁻⁷ degrees, between 180° west and east.
  private func units(_ spot: Spot) -> (latitude: Int32, longitude: Int32) {
    let place = coordinate(spot)
    return (Int32((place.latitude * 1e7).rounded()), Int32((place.longitude * 1e7).rounded()))
  }

  /// Where a spot is.
  func coordinate(_ spot: Spot) -> Coordinate<WGS84> {
    let degrees = 180 / .pi / earthRadiusMeters
    let latitude = origin.latitude + spot.y * degrees
    let longitude = origin.longitude + spot.x * degrees / cos(origin.latitude * .pi / 180)
    return .at(latitude, longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude)
  }

  /// The roads; edges keep the order they were drawn in only if they were drawn by their first junctions.
  var network: RoadNetwork {
    let ordered = edges.enumerated().sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
      .map(\.element)
    let lengths = ordered.map { edge in
      let line = [junctions[edge.from]] + edge.shape + [junctions[edge.to]]
      return zip(line, line.dropFirst()).reduce(0) {
        $0 + coordinate($1.0).distance(to: coordinate($1.1)).meters
      }
    }
    let times = zip(ordered, lengths).map { edge, meters in
      edge.isClosed ? RoadNetwork.noWay : UInt32((meters / edge.metersPerSecond * 1_000).rounded())
    }
    let back = zip(ordered, times).map { $0.isTwoWay ? $1 : RoadNetwork.noWay }
    let shape = ordered.flatMap(\.shape).map(units)
    return RoadNetwork(
      junctionLatitudes: FlatArray(junctions.map { units($0).latitude }),
      junctionLongitudes: FlatArray(junctions.map { units($0).longitude }),
      edgeFrom: FlatArray(ordered.map { UInt32($0.from) }), edgeTo: FlatArray(ordered.map { UInt32($0.to) }),
      edgeMillimeters: FlatArray(lengths.map { UInt32(($0 * 1_000).rounded()) }),
      edgeClasses: FlatArray(ordered.map { _ in RoadClass.residential.rawValue }),
      shapeStart: FlatArray(
        ordered.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.shape.count)) }),
      shapeLatitudes: FlatArray(shape.map(\.latitude)), shapeLongitudes: FlatArray(shape.map(\.longitude)),
      times: TravelMode.allCases.map { _ in .init(forward: FlatArray(times), backward: FlatArray(back)) },
      forbiddenTurns: FlatArray([]))
  }

  /// A town of crooked streets: a grid with jitter, curves, dead ends and one-ways, a river with few bridges, and
  /// motorways above it all that meet nothing but each other.
  static func town(
    seed: Int, side: Int = 14, block: Double = 90, oneWays: Double = 0.2,
    origin: Coordinate<WGS84> = .at(35, 112)
  ) -> IsochroneTown {
    var rng = SeededGenerator(seed: seed)
    func random(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &rng) }
    var town = IsochroneTown(origin: origin)
    let middle = Double(side - 1) / 2
    for row in 0..<side {
      for column in 0..<side {
        _ = town.junction(
          (Double(column) - middle + random(-0.3...0.3)) * block,
          (Double(row) - middle + random(-0.3...0.3)) * block + (row * 2 < side ? 0 : 120))
      }
    }
    func curve(_ a: Int, _ b: Int) -> [Spot] {
      let (p, q) = (town.junctions[a], town.junctions[b])
      return [0.25, 0.5, 0.75].filter { _ in random(0...1) < 0.6 }.map { share in
        p + share * (q - p) + Spot(random(-6...6), random(-6...6))
      }
    }
    for row in 0..<side {
      for column in 0..<side {
        let here = row * side + column
        let crossesRiver = row * 2 < side && (row + 1) * 2 >= side
        if column + 1 < side, random(0...1) < 0.85 {
          let next = here + 1
          town.road(
            here, next, shape: curve(here, next), isTwoWay: random(0...1) >= oneWays,
            metersPerSecond: random(0.8...1.6))
        }
        if row + 1 < side, crossesRiver ? column % 5 == 2 : random(0...1) < 0.85 {
          town.road(here, here + side, shape: curve(here, here + side), metersPerSecond: random(0.8...1.6))
        }
        if random(0...1) < 0.25 {
          let spot = town.junctions[here] + Spot(random(-40...40), random(-40...40))
          town.road(here, town.junction(spot.x, spot.y))
        }
      }
    }
    let reach = middle * block
    let west = town.junction(-reach - 200, -reach), east = town.junction(reach + 200, reach)
    town.road(west, east, metersPerSecond: 20)
    return town
  }
}

/// What is reached and what is not, by going over all the roads.
struct IsochroneJudge {
  let town: IsochroneTown
  private var reached: [(IsochroneTown.Spot, IsochroneTown.Spot)] = []
  private var unreached: [(IsochroneTown.Spot, IsochroneTown.Spot)] = []
  /// Every junction and shape point with whether it is reached.
  private(set) var nodes: [(place: Coordinate<WGS84>, isReached: Bool)] = []
  /// Where each of these is in the town.
  private(set) var spots: [IsochroneTown.Spot] = []
}

extension IsochroneJudge {
  /// Asks for the time of every meter of every edge.
  ///
  /// The times are those of a search that looks at all edges again and again until nothing improves (Bellman 1958).
  init(
    _ town: IsochroneTown, _ network: RoadNetwork, from points: [RoadPosition], within milliseconds: Double,
    toPoints: Bool = true
  ) {
    self.init(town: town)
    let times = network.times[0]
    func time(_ edge: Int, _ isBackward: Bool) -> Double {
      let time = isBackward ? times.backward[edge] : times.forward[edge]
      return time == RoadNetwork.noWay ? .infinity : Double(time)
    }
    // The time of a whole edge on the way between a position on it and its first or second junction.
    func toFirst(_ edge: Int) -> Double { time(edge, toPoints) }
    func toSecond(_ edge: Int) -> Double { time(edge, !toPoints) }
    func product(_ share: Double, _ time: Double) -> Double { share == 0 ? 0 : share * time }
    var labels = [Double](repeating: .infinity, count: network.junctionCount)
    func along(_ point: RoadPosition) -> Double {
      Double(point.millimeters) / Double(max(1, network.edgeMillimeters[Int(point.edge)]))
    }
    for point in points {
      let edge = Int(point.edge)
      let (from, to) = (Int(network.edgeFrom[edge]), Int(network.edgeTo[edge]))
      let gap = Double(point.gapMilliseconds)
      // From the first junction people come to the point as those do who go on to the second.
      labels[from] = min(labels[from], gap + product(along(point), toSecond(edge)))
      labels[to] = min(labels[to], gap + product(1 - along(point), toFirst(edge)))
    }
    var isDone = false
    while !isDone {
      isDone = true
      for edge in 0..<network.edgeCount {
        let (from, to) = (Int(network.edgeFrom[edge]), Int(network.edgeTo[edge]))
        let (a, b) = (labels[to] + toSecond(edge), labels[from] + toFirst(edge))
        if a < labels[from] { (labels[from], isDone) = (a, false) }
        if b < labels[to] { (labels[to], isDone) = (b, false) }
      }
    }
    func isReached(_ edge: Int, _ share: Double) -> Bool {
      var best = min(
        labels[Int(network.edgeFrom[edge])] + product(share, toFirst(edge)),
        labels[Int(network.edgeTo[edge])] + product(1 - share, toSecond(edge)))
      for point in points where Int(point.edge) == edge {
        let there = along(point)
        best = min(
          best,
          Double(point.gapMilliseconds)
            + (share <= there
              ? product(there - share, toSecond(edge)) : product(share - there, toFirst(edge))))
      }
      return best <= milliseconds
    }
    for edge in 0..<network.edgeCount where min(time(edge, false), time(edge, true)) < .infinity {
      let line = line(of: edge, network)
      let lengths = zip(line, line.dropFirst()).map { distance($0, $1) }
      let total = lengths.reduce(0, +)
      var start = 0.0
      for (index, length) in lengths.enumerated() {
        let (a, b) = (line[index], line[index + 1])
        nodes.append((town.coordinate(a), isReached(edge, start / total)))
        spots.append(a)
        let parts = max(1, Int(length.rounded(.up)))
        var low = 0
        while low < parts {
          let middle = { (part: Int) in (Double(part) + 0.5) / Double(parts) }
          let state = isReached(edge, (start + middle(low) * length) / total)
          var high = low + 1
          while high < parts, isReached(edge, (start + middle(high) * length) / total) == state { high += 1 }
          let (p, q) = (Double(low) / Double(parts), Double(high) / Double(parts))
          if state {
            reached.append((a + p * (b - a), a + q * (b - a)))
          } else {
            unreached.append((a + p * (b - a), a + q * (b - a)))
          }
          low = high
        }
        start += length
      }
      nodes.append((town.coordinate(line[line.count - 1]), isReached(edge, 1)))
      spots.append(line[line.count - 1])
    }
  }

  /// How far a spot is from the rim of the area in meters, at most: below zero inside.
  func depth(_ spot: IsochroneTown.Spot, roadside: Double) -> Double {
    let near = nearest(spot, reached)
    return max(near - roadside, (near - nearest(spot, unreached)) / 2)
  }

  private func nearest(_ spot: IsochroneTown.Spot, _ stretches: [(IsochroneTown.Spot, IsochroneTown.Spot)])
    -> Double
  {
    stretches.reduce(.infinity) { best, stretch in
      let (a, u) = (stretch.0, stretch.1 - stretch.0)
      let long = (u * u).sum()
      let share = long > 0 ? min(1, max(0, ((spot - a) * u).sum() / long)) : 0
      return min(best, distance(spot, a + share * u))
    }
  }

  private func line(of edge: Int, _ network: RoadNetwork) -> [IsochroneTown.Spot] {
    var line = [town.junctions[Int(network.edgeFrom[edge])]]
    for index in Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1]) {
      line.append(spot(network.shapeLatitudes[index], network.shapeLongitudes[index]))
    }
    return line + [town.junctions[Int(network.edgeTo[edge])]]
  }

  private func spot(_ latitude: Int32, _ longitude: Int32) -> IsochroneTown.Spot {
    let meters = earthRadiusMeters * .pi / 180
    let east = (Double(longitude) / 1e7 - town.origin.longitude).remainder(dividingBy: 360)
    return [
      east * meters * cos(town.origin.latitude * .pi / 180),
      (Double(latitude) / 1e7 - town.origin.latitude) * meters,
    ]
  }
}

private func distance(_ a: IsochroneTown.Spot, _ b: IsochroneTown.Spot) -> Double {
  let d = a - b
  return (d * d).sum().squareRoot()
}
