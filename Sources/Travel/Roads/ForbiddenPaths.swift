/// The copies of junctions that forbidden turns and paths ask for.
///
/// What is forbidden is a set of sequences of arcs, a turn being one of two. Of the way so far only this matters: the
/// longest end of it that is the beginning of a forbidden sequence. Each such beginning is a copy of the junction that it
/// ends at; the empty one is the junction itself. So a search over nodes obeys every sequence, also where several overlap
/// or share edges. This is the automaton of Aho and Corasick (1975, "Efficient String Matching", Communications of the
/// ACM 18(6)) with arcs for letters.
///
/// Sequences with an arc that may not be used are left out: nobody drives them.
struct ForbiddenPaths {
  /// A copy of a junction.
  struct Copy {
    var junction: UInt32
    fileprivate var beginning: Int
  }

  /// Ascending by junction.
  private(set) var copies: [Copy] = []
  private var junctionCount = 0
  // By arc whether anything forbidden begins with it, so that the dictionary is asked seldom.
  private var begins: [Bool] = []

  /// A beginning, or all, of a forbidden sequence, as a node of the trie; the first is the empty one.
  private struct Beginning {
    var parent = 0
    var lastArc: UInt32 = 0
    /// The longest proper end of it that is a beginning too.
    var fallback = 0
    /// Whether something forbidden ends here: the way so far may not be driven.
    var isForbidden = false
    /// The node of the graph.
    var node: UInt32 = 0
  }

  private var beginnings = [Beginning()]
  private var longer: [UInt64: Int] = [:]

  /// None.
  init() {}

  /// - Precondition: turns and paths name edges and junctions that exist.
  init(of network: RoadNetwork, _ mode: TravelMode) {
    guard !network.forbiddenTurns.isEmpty || !network.forbiddenPathArcs.isEmpty else { return }
    junctionCount = network.junctionCount
    begins = [Bool](repeating: false, count: 2 * network.edgeCount)
    addTurns(of: network, mode)
    addPaths(of: network, mode)
    setFallbacks()
    number(network)
  }

  private mutating func addTurns(of network: RoadNetwork, _ mode: TravelMode) {
    let turns = network.forbiddenTurns
    for turn in stride(from: 0, to: turns.count, by: 3) {
      let (edge, junction, out) = (turns[turn], turns[turn + 1], turns[turn + 2])
      precondition(
        Int(edge) < network.edgeCount && Int(out) < network.edgeCount && Int(junction) < junctionCount,
        "a turn between edges that exist is expected")
      // A turn at a junction where the edges do not end forbids nothing.
      for arriving in [2 * edge, 2 * edge + 1] where network.ends(ofArc: arriving).head == junction {
        for leaving in [2 * out, 2 * out + 1] where network.ends(ofArc: leaving).tail == junction {
          add([arriving, leaving], network, mode)
        }
      }
    }
  }

  private mutating func addPaths(of network: RoadNetwork, _ mode: TravelMode) {
    let arcs = Array(network.forbiddenPathArcs)
    precondition(arcs.allSatisfy { $0 < 2 * network.edgeCount }, "paths over edges that exist are expected")
    for path in 0..<network.forbiddenPathStart.count - 1 {
      let path = arcs[Int(network.forbiddenPathStart[path])..<Int(network.forbiddenPathStart[path + 1])]
      let follows = zip(path, path.dropFirst()).allSatisfy {
        network.ends(ofArc: $0).head == network.ends(ofArc: $1).tail
      }
      if path.count >= 2, follows { add(path, network, mode) }
    }
  }

  private mutating func add(_ path: some Collection<UInt32>, _ network: RoadNetwork, _ mode: TravelMode) {
    let isUsable = path.allSatisfy {
      network.milliseconds(ofEdge: Int($0 / 2), by: mode, backward: $0 & 1 == 1) != RoadNetwork.noWay
    }
    guard isUsable, let first = path.first else { return }
    begins[Int(first)] = true
    var at = 0
    for arc in path {
      let key = Self.key(at, arc)
      if let known = longer[key] {
        at = known
      } else {
        longer[key] = beginnings.count
        beginnings.append(Beginning(parent: at, lastArc: arc))
        at = beginnings.count - 1
      }
    }
    beginnings[at].isForbidden = true
  }

  /// From shorter to longer, for a fallback is shorter than what falls back on it.
  private mutating func setFallbacks() {
    var lengths = [0]
    for beginning in beginnings.dropFirst() { lengths.append(lengths[beginning.parent] + 1) }
    for at in beginnings.indices.dropFirst().sorted(by: { (lengths[$0], $0) < (lengths[$1], $1) }) {
      let beginning = beginnings[at]
      // Of a single arc only the empty end is shorter.
      let fallback =
        beginning.parent == 0
        ? 0 : extended(beginnings[beginning.parent].fallback, by: beginning.lastArc)
      beginnings[at].fallback = fallback
      // What goes on after something forbidden is never driven, and neither is what ends with it.
      beginnings[at].isForbidden =
        beginning.isForbidden || beginnings[beginning.parent].isForbidden || beginnings[fallback].isForbidden
    }
  }

  private mutating func number(_ network: RoadNetwork) {
    copies = beginnings.indices.dropFirst().filter { !beginnings[$0].isForbidden }.map {
      Copy(junction: network.ends(ofArc: beginnings[$0].lastArc).head, beginning: $0)
    }
    // Those of a junction by the arcs that lead to them, the last one first: neither the order of the paths nor anything
    // else but the roads themselves says which is which.
    func arcs(_ beginning: Int) -> some Sequence<UInt32> {
      sequence(first: beginning) { [beginnings] in beginnings[$0].parent }.lazy.prefix { $0 != 0 }
        .map { [beginnings] in beginnings[$0].lastArc }
    }
    copies.sort {
      $0.junction != $1.junction
        ? $0.junction < $1.junction : arcs($0.beginning).lexicographicallyPrecedes(arcs($1.beginning))
    }
    for (i, copy) in copies.enumerated() { beginnings[copy.beginning].node = UInt32(junctionCount + i) }
  }

  /// The longest end of a beginning and one more arc that is a beginning.
  private func extended(_ beginning: Int, by arc: UInt32) -> Int {
    var at = beginning
    while true {
      if let next = longer[Self.key(at, arc)] { return next }
      if at == 0 { return 0 }
      at = beginnings[at].fallback
    }
  }

  /// The node that arriving at `junction` by `arc` leads to, from where nothing is remembered.
  func node(at junction: UInt32, arrivedBy arc: UInt32) -> UInt32 {
    guard !begins.isEmpty, begins[Int(arc)], let beginning = longer[Self.key(0, arc)] else { return junction }
    return beginnings[beginning].node
  }

  /// The node that `arc` leads to from a copy; `nil` where it is forbidden.
  func node(at junction: UInt32, after copy: Copy, then arc: UInt32) -> UInt32? {
    let beginning = extended(copy.beginning, by: arc)
    if beginning == 0 { return junction }
    return beginnings[beginning].isForbidden ? nil : beginnings[beginning].node
  }

  private static func key(_ beginning: Int, _ arc: UInt32) -> UInt64 {
    UInt64(beginning) << 32 | UInt64(arc)
  }
}
