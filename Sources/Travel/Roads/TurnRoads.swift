/// The edges of a network that is being made, as turn restrictions name them: by way and node, for cars.
struct TurnRoads {
  private let pieces: RoadPieces
  // Ascending.
  private let wayIDs: [Int64]
  /// The nodes parted by a barrier.
  let parted: Set<UInt32>
  private let nodeCount: Int
  // By piece, its edge.
  private let positions: [UInt32]
  private let forward: [UInt32]
  private let backward: [UInt32]

  /// - Parameters:
  ///   - nodeCount: nodes from here on are copies of parted ones.
  ///   - positions: the edge of each piece.
  init(
    _ pieces: RoadPieces, wayIDs: [Int64], parted: Set<UInt32>, nodeCount: Int, positions: [UInt32],
    columns: RoadNetworkBuilder.Columns
  ) {
    self.pieces = pieces
    self.wayIDs = wayIDs
    self.parted = parted
    self.nodeCount = nodeCount
    self.positions = positions
    forward = columns.forward[TravelMode.car.column]
    backward = columns.backward[TravelMode.car.column]
  }

  /// An edge as seen from a node it ends at.
  struct Arm {
    var edge: UInt32
    var way: UInt32
    /// The direction by which cars arrive, if they may: twice the edge's number, plus 1 backward.
    var arriving: UInt32?
    /// The one by which they leave.
    var leaving: UInt32?
  }

  /// The edges that end at each of `nodes`; a loop is there twice.
  func arms(at nodes: Set<UInt32>) -> [UInt32: [Arm]] {
    var arms: [UInt32: [Arm]] = [:]
    for node in nodes { arms[node] = [] }
    for (number, piece) in pieces.edges.enumerated() {
      let (along, against) = (arc(number, backward: false), arc(number, backward: true))
      arms[piece.from]?.append(
        Arm(edge: positions[number], way: piece.way, arriving: against, leaving: along))
      arms[piece.to]?.append(Arm(edge: positions[number], way: piece.way, arriving: along, leaving: against))
    }
    return arms
  }

  private func arc(_ piece: Int, backward isBackward: Bool) -> UInt32? {
    let edge = positions[piece]
    let time = isBackward ? backward[Int(edge)] : forward[Int(edge)]
    return time == RoadNetwork.noWay ? nil : 2 * edge + (isBackward ? 1 : 0)
  }

  /// Of each way the one arm that cars may use.
  func arms(of ways: [Int64], among arms: [Arm]) -> Result<[Arm], TurnDropped> {
    var result: [Arm] = []
    for id in ways {
      let found = arms.filter {
        wayIDs[Int($0.way)] == id && ($0.arriving != nil || $0.leaving != nil)
      }
      guard let arm = found.first else { return .failure(TurnDropped(.missingMember)) }
      guard found.count == 1 else { return .failure(TurnDropped(.ambiguous)) }
      result.append(arm)
    }
    return .success(result)
  }

  /// The edges of ways that follow each other.
  struct Chain {
    /// The nodes they end at, one more than there are edges.
    var nodes: [UInt32]
    /// The directions from the first node to the last, `nil` where cars may not go.
    var along: [UInt32?]
    /// The opposite direction of each.
    var against: [UInt32?]

    /// From the last node to the first.
    var reversed: Chain {
      Chain(nodes: nodes.reversed(), along: against.reversed(), against: along.reversed())
    }
  }

  /// No chain has more edges: only damaged data has such restrictions, and what they forbid grows with the square.
  static let longestChain = 256

  /// The edges of `ways` from end to end, whatever the order of the ways and their directions.
  ///
  /// - Complexity: O(*k* log *n*) for *k* edges of *n* ways.
  func chain(of ways: [Int64]) -> Result<Chain, TurnDropped> {
    var links: [Int] = []
    for id in Set(ways).sorted() {
      guard let edges = edges(ofWay: id), !edges.isEmpty else { return .failure(TurnDropped(.missingMember)) }
      links += edges
    }
    guard links.count <= Self.longestChain else { return .failure(TurnDropped(.notUnderstood)) }
    var ends: [UInt32: [Int]] = [:]
    for link in links {
      guard arc(link, backward: false) != nil || arc(link, backward: true) != nil else {
        return .failure(TurnDropped(.missingMember))
      }
      for node in [pieces.edges[link].from, pieces.edges[link].to] {
        guard Int(node) < nodeCount, !parted.contains(node) else { return .failure(TurnDropped(.noEffect)) }
        ends[node, default: []].append(link)
      }
    }
    guard ends.values.allSatisfy({ $0.count <= 2 }) else { return .failure(TurnDropped(.ambiguous)) }
    let tips = ends.filter { $0.value.count == 1 }.keys.sorted()
    guard let first = tips.first else { return .failure(TurnDropped(.ambiguous)) }

    var chain = Chain(nodes: [first], along: [], against: [])
    var node = first
    var last: Int?
    while let link = ends[node]?.first(where: { $0 != last }) {
      let isBackward = pieces.edges[link].to == node
      node = isBackward ? pieces.edges[link].from : pieces.edges[link].to
      chain.nodes.append(node)
      chain.along.append(arc(link, backward: isBackward))
      chain.against.append(arc(link, backward: !isBackward))
      last = link
    }
    return chain.along.count == links.count ? .success(chain) : .failure(TurnDropped(.missingMember))
  }

  private func edges(ofWay id: Int64) -> Range<Int>? {
    func first(_ count: Int, where isPast: (Int) -> Bool) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if isPast(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let way = first(wayIDs.count) { wayIDs[$0] >= id }
    guard way < wayIDs.count, wayIDs[way] == id else { return nil }
    return first(pieces.edges.count) {
      pieces.edges[$0].way >= way
    }..<first(pieces.edges.count) {
      pieces.edges[$0].way > way
    }
  }
}
