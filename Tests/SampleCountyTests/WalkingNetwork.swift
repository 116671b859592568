@testable import SampleCounty

/// The roads of a map that people may walk on, in decimeters: the plain way, to judge the map by.
struct WalkingNetwork {
  let map: RoadMap
  let links: [[(node: Int, decimeters: Int)]]
  /// For each node, the number of its piece of network, or -1 where nobody walks.
  let pieces: [Int]
  /// How many nodes each piece has.
  let sizes: [Int]
  private let stretches: [(a: Int, b: Int)]
  private let cells: [[Int]: [Int]]

  init(_ map: RoadMap) {
    self.map = map
    var links = map.nodes.map { _ in [(node: Int, decimeters: Int)]() }
    var stretches: [(a: Int, b: Int)] = []
    for way in map.ways {
      guard let highway = way.value("highway"), !highway.hasPrefix("motorway") else { continue }
      for (a, b) in zip(way.nodes, way.nodes.dropFirst()) {
        let decimeters = Int((10 * map.nodes[a].spot.meters(to: map.nodes[b].spot)).rounded(.up))
        links[a].append((b, decimeters))
        links[b].append((a, decimeters))
        stretches.append((a, b))
      }
    }
    var pieces = map.nodes.map { _ in -1 }
    var sizes: [Int] = []
    for start in links.indices where !links[start].isEmpty && pieces[start] < 0 {
      var (open, size) = ([start], 0)
      pieces[start] = sizes.count
      while let node = open.popLast() {
        size += 1
        for link in links[node] where pieces[link.node] < 0 {
          pieces[link.node] = sizes.count
          open.append(link.node)
        }
      }
      sizes.append(size)
    }
    (self.links, self.pieces, self.sizes, self.stretches) = (links, pieces, sizes, stretches)
    var cells: [[Int]: [Int]] = [:]
    for (i, stretch) in stretches.enumerated() {
      let (p, q) = (map.nodes[stretch.a].spot, map.nodes[stretch.b].spot)
      for column in cell(min(p.east, q.east))...cell(max(p.east, q.east)) {
        for row in cell(min(p.north, q.north))...cell(max(p.north, q.north)) {
          cells[[column, row], default: []].append(i)
        }
      }
    }
    self.cells = cells
  }

  /// The piece with the most nodes.
  var largest: Int { sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0 }

  /// The nearest stretch of road within 2.5 km that `counts`, by its piece: meters to it, and its nearer end.
  func nearest(to spot: Spot, where counts: (Int) -> Bool) -> (meters: Double, node: Int)? {
    var best: (meters: Double, node: Int)?
    // Rings of cells, until what is found is nearer than the next ring.
    for ring in 0...5 {
      if let best, best.meters < Double(ring - 1) * 500 { break }
      for column in -ring...ring {
        for row in -ring...ring where max(column.magnitude, row.magnitude) == ring {
          for i in cells[[cell(spot.east) + column, cell(spot.north) + row]] ?? [] {
            let stretch = stretches[i]
            guard counts(pieces[stretch.a]) else { continue }
            let (p, q) = (map.nodes[stretch.a].spot, map.nodes[stretch.b].spot)
            let meters = [p, q].meters(to: spot)
            guard meters < best?.meters ?? 2_500 else { continue }
            best = (meters, p.meters(to: spot) < q.meters(to: spot) ? stretch.a : stretch.b)
          }
        }
      }
    }
    return best
  }

  /// Decimeters from `start` to every node, or `.max` beyond `limit`: Dijkstra with a list for each decimeter.
  func decimeters(from start: Int, within limit: Int) -> [Int] {
    var lists = [[Int]](repeating: [], count: limit + 1)
    var best = links.map { _ in Int.max }
    best[start] = 0
    lists[0] = [start]
    for reached in 0...limit {
      for node in lists[reached] where best[node] == reached {
        for link in links[node] where reached + link.decimeters <= limit {
          if reached + link.decimeters < best[link.node] {
            best[link.node] = reached + link.decimeters
            lists[reached + link.decimeters].append(link.node)
          }
        }
      }
    }
    return best
  }
}

private func cell(_ meters: Double) -> Int { Int((meters / 500).rounded(.down)) }
