import Foundation
import Geo

extension IsochroneOutlines {
  /// A closed outline, counter-clockwise around the area, clockwise around a hole.
  private struct Ring {
    var corners: [MapUnit]
    /// In square meters; holes have less than none.
    var area: Double
    var isRoadside = false
    /// The area it bounds, and what lies outside it: rings with the same number are of the same polygon, or look into
    /// the same hole.
    var within = 0
    var beyond = 0
  }

  /// The polygons with their holes, each ring without a repeated corner.
  func polygons(_ style: IsochroneStyle) -> [[[MapUnit]]] {
    var within = Groups(count: chains.count)
    var beyond = Groups(count: chains.count)
    for (index, chain) in chains.enumerated() {
      if chain.acrossArea >= 0 { within.join(index, chain.acrossArea) }
      if chain.acrossOutside >= 0 { beyond.join(index, chain.acrossOutside) }
    }
    var rings = closedRings(&within, &beyond)
    for index in rings.indices {
      rings[index].within = within.root(rings[index].within)
      rings[index].beyond = beyond.root(rings[index].beyond)
    }
    // Pieces first, so that holes know whether something is in them.
    var pieces: [Int: [[MapUnit]]] = [:]
    var occupied = Set<Int>()
    for ring in rings where ring.area > 0 {
      occupied.insert(ring.beyond)
      if ring.area >= style.smallestSpeck { pieces[ring.within] = [ring.corners] }
    }
    for ring in rings where ring.area <= 0 {
      let least = ring.isRoadside ? style.smallestSpeck : max(style.smallestBlock, style.smallestSpeck)
      guard -ring.area >= least || occupied.contains(ring.beyond) else { continue }
      pieces[ring.within]?.append(ring.corners)
    }
    return pieces.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Joins the lines from tile to tile.
  private func closedRings(_ within: inout Groups, _ beyond: inout Groups) -> [Ring] {
    var chainStartingAt: [UInt64: Int] = [:]
    for (index, chain) in chains.enumerated() {
      if let ends = chain.ends { chainStartingAt[ends.start] = index }
    }
    var isUsed = [Bool](repeating: false, count: chains.count)
    var rings: [Ring] = []
    for first in chains.indices where !isUsed[first] {
      var ring = Ring(corners: [], area: 0, within: first, beyond: first)
      var next: Int? = first
      while let index = next, !isUsed[index] {
        let chain = chains[index]
        isUsed[index] = true
        within.join(first, index)
        beyond.join(first, index)
        ring.isRoadside = ring.isRoadside || chain.isRoadside
        // A line's last corner is the first of the line that goes on.
        for corner in chain.ends == nil ? chain.corners : chain.corners.dropLast() {
          ring.corners.append(MapUnit(x: Int(longitudes[corner]), y: Int(latitudes[corner])))
        }
        next = chain.ends.flatMap { chainStartingAt[$0.end] }
      }
      ring.area = areaInSquareMeters(ring.corners)
      rings.append(ring)
    }
    return rings
  }
}

/// Positive where the ring runs counter-clockwise; good enough to tell a small one.
private func areaInSquareMeters(_ ring: [MapUnit]) -> Double {
  guard let first = ring.first, var last = ring.last else { return 0 }
  var sum = 0.0
  for corner in ring {
    sum +=
      Double(last.x - first.x) * Double(corner.y - first.y)
      - Double(corner.x - first.x) * Double(last.y - first.y)
    last = corner
  }
  let unit = IsochroneLattice.unitMeters
  return sum / 2 * unit * unit * max(0, cos(Double(first.y) / 1e7 * .pi / 180))
}

/// Numbers in groups; each group is named by one of its numbers.
private struct Groups {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    parents[max(a, b)] = min(a, b)
  }
}
