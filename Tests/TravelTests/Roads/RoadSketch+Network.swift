import Geo
import TestSupport

@testable import Travel

extension RoadSketch {
  /// The network of the sketch, as if it had been read from a file.
  func network(
    rules: RoadRules = .standard, keepsEveryNode: Bool = false
  ) -> (network: RoadNetwork, counts: RoadImportCounts) {
    var builder = RoadNetworkBuilder(rules: rules, keepsEveryNode: keepsEveryNode)
    for way in ways {
      way.refs.withUnsafeBufferPointer { builder.addWay(id: way.id, refs: $0, tags: RoadTags(way.tags)) }
    }
    for relation in relations {
      let members = relation.members.map { member in
        let kind: RoadNetworkBuilder.Member.Kind =
          switch member.kind {
          case "node": .node
          case "way": .way
          default: .relation
          }
        return RoadNetworkBuilder.Member(id: member.id, kind: kind, role: member.role)
      }
      builder.addRelation(id: relation.id, members: members, tags: RoadTags(relation.tags))
    }
    builder.finishWays()
    for node in nodes {
      builder.addNode(
        id: node.id, latitude: node.latitude, longitude: node.longitude, tags: RoadTags(node.tags))
    }
    return builder.network()
  }

  /// The letters whose node lies where a junction lies.
  func letters(at junction: Int, of network: RoadNetwork) -> String {
    String(
      nodes.filter {
        $0.latitude == network.junctionLatitudes[junction]
          && $0.longitude == network.junctionLongitudes[junction]
      }.map { Character(Unicode.Scalar(UInt32($0.id))!) })
  }

  /// The edges as `a-b`, shapes between the ends as in `a(xy)-b`, in the order of the network.
  func edges(of network: RoadNetwork) -> [String] {
    (0..<network.edgeCount).map { edge in
      let shape = (network.shapeStart[edge]..<network.shapeStart[edge + 1]).map { position in
        nodes.first {
          $0.latitude == network.shapeLatitudes[Int(position)]
            && $0.longitude == network.shapeLongitudes[Int(position)]
        }.map { String(Character(Unicode.Scalar(UInt32($0.id))!)) } ?? "?"
      }.joined()
      let from = letters(at: Int(network.edgeFrom[edge]), of: network)
      let to = letters(at: Int(network.edgeTo[edge]), of: network)
      return from + (shape.isEmpty ? "" : "(\(shape))") + "-" + to
    }
  }

  /// The forbidden turns as `a-b-c`: from where, over which junction, to where; by the far ends of the edges.
  func turns(of network: RoadNetwork) -> [String] {
    stride(from: 0, to: network.forbiddenTurns.count, by: 3).map { position in
      let via = network.forbiddenTurns[position + 1]
      func farEnd(_ edge: UInt32) -> String {
        let edge = Int(edge)
        let end = network.edgeFrom[edge] == via ? network.edgeTo[edge] : network.edgeFrom[edge]
        return letters(at: Int(end), of: network)
      }
      return "\(farEnd(network.forbiddenTurns[position]))-\(letters(at: Int(via), of: network))-"
        + farEnd(network.forbiddenTurns[position + 2])
    }.sorted()
  }

  /// The forbidden paths as `a-b-c-d`, by the junctions they pass.
  func paths(of network: RoadNetwork) -> [String] {
    zip(network.forbiddenPathStart, network.forbiddenPathStart.dropFirst()).map { start, end in
      let arcs = (start..<end).map { network.forbiddenPathArcs[Int($0)] }
      let junctions =
        arcs.prefix(1).map { network.ends(ofArc: $0).tail } + arcs.map { network.ends(ofArc: $0).head }
      return junctions.map { letters(at: Int($0), of: network) }.joined(separator: "-")
    }.sorted()
  }
}

extension RoadNetwork {
  /// Milliseconds from any junction at a place to every junction, by a search without any cleverness.
  func milliseconds(from starts: [Int], by mode: TravelMode) -> [Int?] {
    let times = self.times[TravelMode.allCases.firstIndex(of: mode)!]
    var best = [Int?](repeating: nil, count: junctionCount)
    for start in starts { best[start] = 0 }
    var isBetter = true
    while isBetter {
      isBetter = false
      for edge in 0..<edgeCount {
        let (a, b) = (Int(edgeFrom[edge]), Int(edgeTo[edge]))
        for (from, to, time) in [(a, b, times.forward[edge]), (b, a, times.backward[edge])]
        where time != Self.noWay {
          guard let start = best[from] else { continue }
          if best[to] == nil || start + Int(time) < best[to]! {
            best[to] = start + Int(time)
            isBetter = true
          }
        }
      }
    }
    return best
  }

  /// Everything, for comparison.
  var columns: [[Int]] {
    [
      junctionLatitudes.map(Int.init), junctionLongitudes.map(Int.init), edgeFrom.map(Int.init),
      edgeTo.map(Int.init), edgeMillimeters.map(Int.init), edgeClasses.map(Int.init),
      shapeStart.map(Int.init),
      shapeLatitudes.map(Int.init), shapeLongitudes.map(Int.init), forbiddenTurns.map(Int.init),
      forbiddenPathStart.map(Int.init), forbiddenPathArcs.map(Int.init),
    ] + times.flatMap { [$0.forward.map(Int.init), $0.backward.map(Int.init)] }
  }
}
