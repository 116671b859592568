/// Turns a plan with roads built on it into a map: bends the roads, spans rivers, rounds the roundabouts, lays the
/// motorway over everything, and strings pieces of equal roads into ways.
struct RoadMapMaking {
  /// A bit of road between two nodes where others may join.
  struct Piece {
    var nodes: [Int]
    var road: Road
  }

  private(set) var spots: [Spot]
  private(set) var pieces: [Piece] = []
  /// Nodes where every way ends, because a turn restriction needs that.
  var breaks: Set<Int> = []
  private let plan: RoadPlan

  init(_ plan: RoadPlan, rivers: [[Spot]], using dice: inout Dice) {
    self.plan = plan
    spots = plan.spots
    let bends = Bends(plan)
    let water = Segments(rivers.flatMap { zip($0, $0.dropFirst()) }, cell: 900)
    for (side, ends) in plan.sides.enumerated() {
      guard let road = plan.built[side] else { continue }
      var nodes = [ends.from] + bends.spots(along: side, using: &dice).map { add($0) } + [ends.to]
      if road.isOneWay, plan.flowFrom[side] == ends.to { nodes.reverse() }
      if plan.crossesWater[side] {
        addSpan(Piece(nodes: nodes, road: road), over: water)
      } else {
        pieces.append(Piece(nodes: nodes, road: road))
      }
    }
  }

  mutating func add(_ spot: Spot) -> Int {
    spots.append(spot)
    return spots.count - 1
  }

  mutating func add(_ piece: Piece) { pieces.append(piece) }

  /// A new node in the middle of a piece that has none between its ends.
  mutating func addMiddle(of piece: Int) -> Int {
    let (a, b) = (spots[pieces[piece].nodes[0]], spots[pieces[piece].nodes[1]])
    let middle = add(displacedMiddle(of: a, and: b, by: 0))
    pieces[piece].nodes.insert(middle, at: 1)
    return middle
  }

  /// Cuts a straight piece into ramp, bridge and ramp around the water.
  private mutating func addSpan(_ piece: Piece, over water: Segments) {
    let (a, b) = (piece.nodes[0], piece.nodes[1])
    let length = spots[a].meters(to: spots[b])
    let shares = water.near(spots[a], spots[b]).compactMap {
      crossing(spots[a], spots[b], water.ends[$0].0, water.ends[$0].1)
    }
    guard let first = shares.min(), let last = shares.max() else { return pieces.append(piece) }
    let (begin, end) = (max(0.08, first - 28 / length), min(0.92, last + 28 / length))
    guard begin < end else { return pieces.append(piece) }
    let onset = add(onLine(a, b, begin))
    let offset = add(onLine(a, b, end))
    var bridge = piece.road
    bridge.bridgeLayer = 1
    pieces.append(Piece(nodes: [a, onset], road: piece.road))
    pieces.append(Piece(nodes: [onset, offset], road: bridge))
    pieces.append(Piece(nodes: [offset, b], road: piece.road))
  }

  private func onLine(_ a: Int, _ b: Int, _ share: Double) -> Spot {
    spots[a].moved(
      east: share * (spots[b].east - spots[a].east), north: share * (spots[b].north - spots[a].north))
  }

  /// Puts a ring of 24 m around the crossing `center` and lets its roads end there.
  mutating func makeRoundabout(at center: Int) {
    let arms = pieces.indices.filter { pieces[$0].nodes.first == center || pieces[$0].nodes.last == center }
    guard arms.count >= 3 else { return }
    // Twelve corners, 30° apart, against the clock, as traffic goes where it keeps to the right.
    let (c, s) = (0.866_025_403_784, 0.5)
    let unit = [
      (1.0, 0.0), (c, s), (s, c), (0, 1), (-s, c), (-c, s), (-1, 0), (-c, -s), (-s, -c), (0, -1), (s, -c),
      (c, -s),
    ]
    let ring = unit.map { add(spots[center].moved(east: 24 * $0.0, north: 24 * $0.1)) }
    for arm in arms {
      let starts = pieces[arm].nodes.first == center
      let next = starts ? pieces[arm].nodes[1] : pieces[arm].nodes[pieces[arm].nodes.count - 2]
      let nearest = ring.min {
        (spots[$0].meters(to: spots[next]), $0) < (spots[$1].meters(to: spots[next]), $1)
      }!
      if starts {
        pieces[arm].nodes[0] = nearest
      } else {
        pieces[arm].nodes[pieces[arm].nodes.count - 1] = nearest
      }
    }
    var road = pieces[arms[0]].road
    (road.isRoundabout, road.isOneWay) = (true, true)
    pieces.append(Piece(nodes: ring + [ring[0]], road: road))
  }

  // MARK: Ways

  /// The pieces strung together: equal roads that meet become one way, straight on where there is a choice.
  func strung() -> [Piece] {
    var ends: [Int: [Int]] = [:]
    for (number, piece) in pieces.enumerated() where !piece.road.isRoundabout {
      ends[piece.nodes.first!, default: []].append(number)
      ends[piece.nodes.last!, default: []].append(number)
    }
    var used = pieces.map { _ in false }
    var ways: [Piece] = []
    for (number, piece) in pieces.enumerated() where !used[number] {
      used[number] = true
      var way = piece
      if !piece.road.isRoundabout {
        extend(&way, ends: ends, used: &used, forward: true)
        extend(&way, ends: ends, used: &used, forward: false)
      }
      ways.append(way)
    }
    return ways
  }

  private func extend(_ way: inout Piece, ends: [Int: [Int]], used: inout [Bool], forward: Bool) {
    while way.nodes.count < 400 {
      let end = forward ? way.nodes.last! : way.nodes.first!
      let before = forward ? way.nodes[way.nodes.count - 2] : way.nodes[1]
      if breaks.contains(end) { return }
      var best: (cosine: Double, piece: Int, nodes: [Int])?
      for candidate in ends[end] ?? [] where !used[candidate] && pieces[candidate].road == way.road {
        var nodes = pieces[candidate].nodes
        // `nodes` is to lead away from the end.
        if nodes.first != end {
          if way.road.isOneWay && forward { continue }
          nodes.reverse()
        } else if way.road.isOneWay && !forward {
          continue
        }
        let turn = cosine(before, end, nodes[1])
        if turn > best?.cosine ?? -0.3 { best = (turn, candidate, nodes) }
      }
      guard let best else { return }
      used[best.piece] = true
      if forward {
        way.nodes += best.nodes.dropFirst()
      } else {
        way.nodes = best.nodes.reversed() + way.nodes.dropFirst()
      }
    }
  }

  /// 1 where the way from `a` over `b` to `c` goes straight on, -1 where it turns back.
  private func cosine(_ a: Int, _ b: Int, _ c: Int) -> Double {
    let (px, py) = (spots[b].east - spots[a].east, spots[b].north - spots[a].north)
    let (qx, qy) = (spots[c].east - spots[b].east, spots[c].north - spots[b].north)
    return (px * qx + py * qy) / max(1e-9, spots[a].meters(to: spots[b]) * spots[b].meters(to: spots[c]))
  }
}
