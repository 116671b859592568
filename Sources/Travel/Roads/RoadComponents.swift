/// The parts of a mode's graph within which every node can be reached from every other, and back.
///
///     let parts = RoadComponents(of: drivingGraph)
///     parts.islands.first?.edgeCount
///
/// Strongly connected components, because people travel to a payment point and home again: a one-way street out of which
/// no way leads back, or into which none leads, is an island for cars although it touches the network. For walking, where
/// nearly every way goes both directions, they are the same as the weak ones.
///
/// Components are numbered by their lowest node. By Tarjan's algorithm (1972, "Depth-First Search and Linear Graph
/// Algorithms", SIAM Journal on Computing 1(2)), without recursion.
///
/// - Complexity: O(*n* + *m*).
public struct RoadComponents: Sendable {
  /// The component of what belongs to none: a node without arcs, or an edge whose ends lie in different components.
  public static let none = UInt32.max

  /// One component.
  public struct Component: Hashable, Sendable {
    /// How many nodes it has, copies for forbidden turns counted too.
    public var nodeCount = 0
    /// How many edges lie in it.
    public var edgeCount = 0
    /// How long they are together.
    public var millimeters: UInt64 = 0
    /// The lowest of them; `none` where there is none.
    public var firstEdge = RoadComponents.none
    /// Whether it counts as leading somewhere: it is the largest, or has at least one in a hundred of the nodes.
    public var leadsSomewhere = false
  }

  /// The component of each node.
  public let ofNode: [UInt32]
  /// The component that each edge lies in.
  public let ofEdge: [UInt32]
  /// All components.
  public let all: [Component]

  /// The components that hold edges and do not lead somewhere, in their order.
  public var islands: [Component] { all.filter { !$0.leadsSomewhere && $0.edgeCount > 0 } }

  /// Whether an edge lies in a component that leads somewhere.
  ///
  /// - Complexity: O(1).
  public func leadsSomewhere(edge: Int) -> Bool {
    ofEdge[edge] != Self.none && all[Int(ofEdge[edge])].leadsSomewhere
  }

  /// Finds them.
  public init(of graph: RoadGraph) {
    let ofNode = Self.numberedByLowestNode(stronglyConnected(graph), graph)
    var all: [Component] = []
    var used = 0
    for component in ofNode where component != Self.none {
      while all.count <= component { all.append(Component()) }
      all[Int(component)].nodeCount += 1
      used += 1
    }
    var ofEdge = [UInt32](repeating: Self.none, count: graph.network.edgeCount)
    for tail in 0..<graph.nodeCount {
      for k in Int(graph.forward.start[tail])..<Int(graph.forward.start[tail + 1])
      where ofNode[tail] == ofNode[Int(graph.forward.arcs[k].node)] {
        let edge = Int(graph.forward.edges[k] / 2)
        ofEdge[edge] = min(ofEdge[edge], ofNode[tail])
      }
    }
    for (edge, component) in ofEdge.enumerated() where component != Self.none {
      let at = Int(component)
      all[at].edgeCount += 1
      all[at].millimeters += UInt64(graph.network.edgeMillimeters[edge])
      all[at].firstEdge = min(all[at].firstEdge, UInt32(edge))
    }
    let largest = all.indices.max { (all[$0].nodeCount, -$0) < (all[$1].nodeCount, -$1) }
    for at in all.indices { all[at].leadsSomewhere = at == largest || all[at].nodeCount * 100 >= used }
    self.ofNode = ofNode
    self.ofEdge = ofEdge
    self.all = all
  }

  private static func numberedByLowestNode(_ roots: [UInt32], _ graph: RoadGraph) -> [UInt32] {
    var number = [UInt32](repeating: none, count: roots.count)
    var count: UInt32 = 0
    return roots.indices.map { node in
      let isUsed =
        graph.forward.start[node] < graph.forward.start[node + 1]
        || graph.reverse.start[node] < graph.reverse.start[node + 1]
      guard isUsed else { return none }
      let root = Int(roots[node])
      if number[root] == none {
        number[root] = count
        count += 1
      }
      return number[root]
    }
  }
}

/// For each node, a node that names its component.
private func stronglyConnected(_ graph: RoadGraph) -> [UInt32] {
  let none = RoadComponents.none
  let start = graph.forward.start
  let arcs = graph.forward.arcs
  var root = [UInt32](repeating: none, count: graph.nodeCount)
  var discovered = root  // in which order nodes are first seen
  var lowest = root  // the earliest node on the stack that a node's descendants reach
  var position = start.dropLast().map { $0 }
  var open: [UInt32] = []  // nodes whose component is not yet known
  var path: [UInt32] = []
  var order: UInt32 = 0
  for first in 0..<graph.nodeCount where discovered[first] == none {
    path.append(UInt32(first))
    while let node = path.last.map(Int.init) {
      if discovered[node] == none {
        discovered[node] = order
        lowest[node] = order
        order += 1
        open.append(UInt32(node))
      }
      var descends = false
      while position[node] < start[node + 1] {
        let next = Int(arcs[Int(position[node])].node)
        if discovered[next] == none {
          path.append(UInt32(next))
          descends = true
          break
        }
        // A child just left, or any node still open, hands up how far back it reaches.
        if root[next] == none { lowest[node] = min(lowest[node], lowest[next]) }
        position[node] += 1
      }
      if descends { continue }
      path.removeLast()
      if lowest[node] == discovered[node] {
        while let member = open.popLast() {
          root[Int(member)] = UInt32(node)
          if member == UInt32(node) { break }
        }
      }
    }
  }
  return root
}
