import Geo

/// Which stretches of the roads are reached within a time, edge by edge.
struct IsochroneReach: Sendable {
  /// What is reached of an edge.
  enum Part: Sendable {
    case nothing
    case everything
    /// Shares of the edge's length from its first junction on: apart from each other, ascending.
    case stretches([ClosedRange<Double>])
  }

  /// The edges of which something is reached, ascending.
  let edges: [UInt32]
  private let parts: [Part]

  init(_ reach: RoadReach, within milliseconds: UInt32) {
    var edges: [UInt32] = []
    var parts: [Part] = []
    edges.reserveCapacity(reach.edges.count)
    parts.reserveCapacity(reach.edges.count)
    for (index, edge) in reach.edges.enumerated() {
      let part = Self.part(reach, index, milliseconds)
      if case .nothing = part { continue }
      edges.append(edge)
      parts.append(part)
    }
    self.edges = edges
    self.parts = parts
  }

  private static func part(_ reach: RoadReach, _ index: Int, _ milliseconds: UInt32) -> Part {
    let edge = Int(reach.edges[index])
    for (label, isBackward) in [(reach.forward[index], false), (reach.backward[index], true)]
    where label <= milliseconds {
      let time = reach.network.milliseconds(ofEdge: edge, by: reach.mode, backward: isBackward)
      if time <= milliseconds - label { return .everything }
    }
    let length = reach.network.edgeMillimeters[edge]
    let parts = reach.parts(at: index, within: milliseconds).filter { $0.lowerBound < $0.upperBound }
    if parts == [0...length] { return .everything }
    return parts.isEmpty
      ? .nothing
      : .stretches(
        parts.map { Double($0.lowerBound) / Double(length)...Double($0.upperBound) / Double(length) })
  }

  /// Calls `body` with each of `others`, which ascend, and what is reached of it.
  @inline(__always)
  func forEach(of others: ArraySlice<UInt32>, _ body: (Int, Part) -> Void) {
    var position = 0
    for edge in others {
      // Neighbors on the ground are neighbors in the columns: what is looked for is seldom far ahead.
      var step = 1
      while position + step < edges.count, edges[position + step] <= edge {
        position += step
        step *= 2
      }
      while step > 0 {
        if position + step < edges.count, edges[position + step] <= edge { position += step }
        step /= 2
      }
      let isReached = position < edges.count && edges[position] == edge
      body(Int(edge), isReached ? parts[position] : .nothing)
    }
  }
}
