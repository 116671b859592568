/// Travel times on the roads: which points are nearest, what lies within a time, who reaches whom.
///
///     let search = RoadSearch(walkingGraph)
///     let nearest = search.nearest(2, of: points, to: places)
///     nearest.milliseconds[2 * place]  // the way from the place to its nearest point
///
/// Times are whole milliseconds and exact: those of a plain Dijkstra over the same graph. A way from a place to a point is
///
/// - the place's gap, then the rest of its edge up to the junction it is left by: `milliseconds` × rest ÷ length of the
///   edge, rounded to the nearest, halves up;
/// - whole edges;
/// - the part of the point's edge from the junction it is entered by, rounded in the same way, then the point's gap;
///
/// or, on the same edge, the two gaps and the part between the two, rounded once. Travel can start in both directions that
/// the edge allows. What takes longer than `longestMilliseconds` is out of reach.
///
/// Places and points are positions in the arrays given; `nil` stands for one that is off the network, and is never
/// reached. Equal times go to the lower point. Lengths are those of the fastest way, and of equally fast ones to the same
/// point the shortest; they stop at 2³² - 1 mm (4,295 km).
///
/// The answers depend neither on the number of threads nor on the order in which a search visits the graph.
public struct RoadSearch: Sendable {
  /// Which way people travel.
  public enum Direction: Hashable, CaseIterable, Sendable {
    /// From the place to the point.
    case toPoint
    /// From the point to the place.
    case fromPoint
    /// To the point and home again; the times are sums of both.
    case roundTrip
  }

  /// The time of what is not reached.
  public static let unreached = UInt32.max
  /// The longest time any question may ask for: 2³⁰ - 1 ms, twelve days.
  public static let longestMilliseconds = RoadGraph.longestMilliseconds - 1

  /// The graph searched.
  public let graph: RoadGraph

  /// Searches `graph`.
  public init(_ graph: RoadGraph) { self.graph = graph }
}

/// A node that a position touches, with the part of an edge and the gap between the two.
struct Access {
  var node: UInt32
  var milliseconds: UInt32
  var millimeters: UInt32
}

extension RoadGraph {
  /// The nodes that travel from `position` comes to first.
  ///
  /// - Complexity: O(*d*) for *d* arcs at the ends of the edge.
  func departures(from position: RoadPosition) -> [Access] {
    require(position)
    return [false, true].compactMap { backward in
      let arc = 2 * position.edge + (backward ? 1 : 0)
      let tail = Int(network.ends(ofArc: arc).tail)
      for k in Int(forward.start[tail])..<Int(forward.start[tail + 1]) where forward.edges[k] == arc {
        let rest = backward ? position.millimeters : length(of: position) - position.millimeters
        // Of an edge without length every position is the first junction.
        let milliseconds = length(of: position) == 0 && backward ? 0 : forward.arcs[k].milliseconds
        return access(forward.arcs[k].node, milliseconds, rest, position)
      }
      return nil
    }
  }

  /// The nodes that travel to `position` comes from last.
  ///
  /// - Complexity: O(*d*) for *d* arcs at the ends of the edge.
  func arrivals(at position: RoadPosition) -> [Access] {
    require(position)
    var accesses: [Access] = []
    for backward in [false, true] {
      let arc = 2 * position.edge + (backward ? 1 : 0)
      let junction = network.ends(ofArc: arc).tail
      let part = backward ? length(of: position) - position.millimeters : position.millimeters
      for node in [junction] + Array(copies(of: junction)) {
        for k in Int(forward.start[Int(node)])..<Int(forward.start[Int(node) + 1])
        where forward.edges[k] == arc {
          let milliseconds = length(of: position) == 0 && !backward ? 0 : forward.arcs[k].milliseconds
          accesses.append(access(node, milliseconds, part, position))
        }
      }
    }
    return accesses
  }

  /// What travel between two positions on the same edge takes, if its direction is allowed.
  func direct(from start: RoadPosition, to end: RoadPosition) -> (milliseconds: UInt64, millimeters: UInt32)?
  {
    guard start.edge == end.edge else { return nil }
    let backward = start.millimeters > end.millimeters
    let part = backward ? start.millimeters - end.millimeters : end.millimeters - start.millimeters
    let edge = Int(start.edge)
    let times = [false, true].map { network.milliseconds(ofEdge: edge, by: mode, backward: $0) }
    let taken: UInt32
    if part == 0 {
      // Who is there need not travel, if anyone may be there.
      guard times.contains(where: { $0 != RoadNetwork.noWay }) else { return nil }
      taken = 0
    } else {
      guard times[backward ? 1 : 0] != RoadNetwork.noWay else { return nil }
      taken = partialMilliseconds(times[backward ? 1 : 0], part: part, of: length(of: start))
    }
    return (
      UInt64(start.gapMilliseconds) + UInt64(taken) + UInt64(end.gapMilliseconds),
      saturatingSum(saturatingSum(start.approachMillimeters, part), end.approachMillimeters)
    )
  }

  private func length(of position: RoadPosition) -> UInt32 { network.edgeMillimeters[Int(position.edge)] }

  private func access(_ node: UInt32, _ milliseconds: UInt32, _ part: UInt32, _ position: RoadPosition)
    -> Access
  {
    let taken = partialMilliseconds(milliseconds, part: part, of: length(of: position))
    return Access(
      node: node, milliseconds: saturatingSum(taken, position.gapMilliseconds),
      millimeters: saturatingSum(part, position.approachMillimeters))
  }

  private func require(_ position: RoadPosition) {
    precondition(Int(position.edge) < network.edgeCount, "a position on an edge that exists is expected")
    precondition(
      position.millimeters <= network.edgeMillimeters[Int(position.edge)],
      "a position at most the edge's length along it is expected")
  }
}

/// The sum, or the largest number where it is larger.
@inline(__always)
func saturatingSum(_ a: UInt32, _ b: UInt32) -> UInt32 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? .max : sum
}

/// The arcs as a search reads them.
struct ArcTable {
  let nodeCount: Int
  let start: UnsafePointer<UInt32>
  let arcs: UnsafePointer<RoadGraph.Arc>
  let millimeters: UnsafePointer<UInt32>
  let edges: UnsafePointer<UInt32>
}

extension RoadGraph.Rows {
  /// Hands the arcs to `body`. Even without arcs there is a start to read.
  func withTable<R>(_ body: (ArcTable) -> R) -> R {
    start.withUnsafeBufferPointer { start in
      arcs.withUnsafeBufferPointer { arcs in
        millimeters.withUnsafeBufferPointer { millimeters in
          edges.withUnsafeBufferPointer { edges in
            body(
              ArcTable(
                nodeCount: start.count - 1, start: start.baseAddress!, arcs: arcs.baseAddress!,
                millimeters: millimeters.baseAddress!, edges: edges.baseAddress!))
          }
        }
      }
    }
  }
}

extension RoadSearch {
  /// The arcs to follow away from the points, and where the points' and the places' positions touch them.
  struct View {
    let graph: RoadGraph
    /// Travel goes from the points to the places.
    let isForward: Bool

    func withTable<R>(_ body: (ArcTable) -> R) -> R {
      (isForward ? graph.forward : graph.reverse).withTable(body)
    }

    func accesses(ofPoint position: RoadPosition) -> [Access] {
      isForward ? graph.departures(from: position) : graph.arrivals(at: position)
    }

    func accesses(ofPlace position: RoadPosition) -> [Access] {
      isForward ? graph.arrivals(at: position) : graph.departures(from: position)
    }

    func direct(place: RoadPosition, point: RoadPosition) -> (milliseconds: UInt64, millimeters: UInt32)? {
      isForward ? graph.direct(from: point, to: place) : graph.direct(from: place, to: point)
    }
  }

  /// - Precondition: the direction is not a round trip, which takes two searches.
  func view(_ direction: Direction) -> View {
    precondition(direction != .roundTrip, "a round trip has no single search")
    return View(graph: graph, isForward: direction == .fromPoint)
  }
}
