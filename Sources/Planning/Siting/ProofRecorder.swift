/// Writes down the proof while it is found, as long as it is of reasonable size.
struct ProofRecorder {
  typealias Node = CoveringCertificate.Node

  private(set) var nodes: [Node] = []
  /// Whether everything is written down.
  private(set) var isWhole = true
  /// The nodes up to the last multipliers before anything was branched on, which prove `trunkBound`.
  private(set) var trunk: [Node] = []
  private(set) var trunkBound: Int?

  private let weights: [Int]
  private let shift: Int
  private let limit: Int
  private let isCapped: Bool
  private var numbers = 0
  private var hasBranched = false

  /// - Parameters:
  ///   - weights: of the rows that the proof speaks of.
  ///   - limit: how many numbers may be kept.
  ///   - isCapped: whether multipliers are at most the rows' weights; otherwise the first of merged rows takes all.
  init(weights: [Int], shift: Int, limit: Int, isCapped: Bool = true) {
    self.isCapped = isCapped
    self.weights = weights
    self.shift = shift
    self.limit = limit
  }

  /// The proof of what was found: all nodes where they are whole, otherwise the trunk.
  ///
  /// - Parameters:
  ///   - bound: what the search says is proven.
  ///   - isDone: whether nothing was left out of the search.
  func proof(of bound: Int, isDone: Bool) -> (nodes: [Node], bound: Int, isWhole: Bool) {
    if isWhole, isDone { return (nodes, bound, true) }
    return (trunk, trunkBound ?? bound, false)
  }

  /// Starts a node and returns its number.
  mutating func start() -> Int {
    guard isWhole else { return 0 }
    nodes.append(Node())
    return nodes.count - 1
  }

  /// Changes a node, unless the proof has become too large.
  mutating func edit(_ node: Int, _ change: (inout Node) -> Void) {
    guard isWhole else { return }
    change(&nodes[node])
    if nodes[node].branch != nil { hasBranched = true }
  }

  /// Adds multipliers of merged rows to a node, spread over the rows that were merged.
  ///
  /// - Parameters:
  ///   - rowMap: the merged row of each row of the proof; -1 where it is covered, -2 where nothing can cover it any more.
  ///   - bound: what the multipliers prove at this node.
  mutating func multiply(_ node: Int, _ multipliers: [Int], rowMap: [Int32], bound: Int) {
    guard isWhole else { return }
    numbers += weights.count
    if numbers > limit, trunkBound != nil {
      isWhole = false
      nodes = []
      return
    }
    var left = multipliers
    var spread = [Int](repeating: 0, count: weights.count)
    for row in weights.indices {
      let merged = Int(rowMap[row])
      if merged >= 0 {
        spread[row] = isCapped ? min(left[merged], weights[row] << shift) : left[merged]
        left[merged] -= spread[row]
      } else if merged == -2, isCapped {
        spread[row] = weights[row] << shift
      }
    }
    nodes[node].multipliers = spread
    if !hasBranched {
      trunk = nodes
      trunkBound = bound
    }
  }
}
