extension RoadNetworkBuilder {
  /// What restrictions take from cars.
  struct Forbidden {
    /// Ascending triples (edge arrived by, junction, edge left by).
    var turns: [UInt32] = []
    /// Paths over three edges and more, as `RoadNetwork` has them; ascending.
    var pathStart: [UInt32] = [0]
    var pathArcs: [UInt32] = []
  }

  /// The turns and paths that restrictions take from cars.
  ///
  /// `only_` forbids every other turn from the same edge, turning round included. A restriction whose node is parted by
  /// a barrier has no effect: nobody turns there.
  ///
  /// - Parameters:
  ///   - vias: the node of each restriction as a position in the node table; `nil` where it is not there or leads over ways.
  ///   - junction: the junction that a node became.
  mutating func forbidden(
    on roads: TurnRoads, vias: [Int?], junction: (UInt32) -> UInt32
  ) -> Forbidden {
    guard !restrictions.isEmpty else { return Forbidden() }
    let chains = restrictions.map { restriction in
      restriction.viaWays.isEmpty ? nil : roads.chain(of: restriction.viaWays)
    }
    var nodes = Set(vias.compactMap { $0.map { UInt32($0) } })
    for case .success(let chain)? in chains { nodes.formUnion(chain.nodes) }
    let arms = roads.arms(at: nodes)

    var turns: Set<Turn> = []
    var paths: Set<[UInt32]> = []
    for (index, restriction) in restrictions.enumerated() {
      let drop: TurnDrop?
      if let chain = chains[index] {
        switch chain.flatMap({ forbidden(restriction, over: $0, arms, roads) }) {
        case .success(let forbidden):
          paths.formUnion(forbidden)
          drop = nil
        case .failure(let dropped): drop = dropped.why
        }
      } else {
        switch forbidden(restriction, at: vias[index].map { UInt32($0) }, arms, roads, junction) {
        case .success(let forbidden):
          turns.formUnion(forbidden)
          drop = nil
        case .failure(let dropped): drop = dropped.why
        }
      }
      if let drop {
        counts.restrictionsDropped[drop, default: 0] += 1
      } else {
        counts.restrictionsUsed += 1
      }
    }
    var result = Forbidden()
    result.turns = turns.sorted { ($0.from, $0.junction, $0.to) < ($1.from, $1.junction, $1.to) }
      .flatMap { [$0.from, $0.junction, $0.to] }
    for path in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      result.pathArcs += path
      result.pathStart.append(UInt32(result.pathArcs.count))
    }
    return result
  }

  private struct Turn: Hashable {
    var from: UInt32
    var junction: UInt32
    var to: UInt32
  }

  private func forbidden(
    _ restriction: Restriction, at via: UInt32?, _ arms: [UInt32: [TurnRoads.Arm]], _ roads: TurnRoads,
    _ junction: (UInt32) -> UInt32
  ) -> Result<[Turn], TurnDropped> {
    guard let via else { return .failure(TurnDropped(.missingMember)) }
    guard !roads.parted.contains(via) else { return .failure(TurnDropped(.noEffect)) }
    guard let arms = arms[via], !arms.isEmpty else { return .failure(TurnDropped(.missingMember)) }
    return roads.arms(of: restriction.from, among: arms).flatMap { from in
      roads.arms(of: restriction.to, among: arms).flatMap { to in
        let named = to.filter { $0.leaving != nil }.map(\.edge)
        // A single turn that cannot be made would leave no turn at all.
        guard !named.isEmpty else { return .failure(TurnDropped(.noEffect)) }
        let leaving =
          restriction.isOnly
          ? arms.filter { $0.leaving != nil && !named.contains($0.edge) }.map(\.edge) : named
        let turns = from.filter { $0.arriving != nil }.flatMap { from in
          leaving.map { Turn(from: from.edge, junction: junction(via), to: $0) }
        }
        return turns.isEmpty ? .failure(TurnDropped(.noEffect)) : .success(turns)
      }
    }
  }
}

/// A restriction is not used.
struct TurnDropped: Error {
  var why: TurnDrop
  init(_ why: TurnDrop) { self.why = why }
}
