extension RoadNetworkBuilder {
  /// The turns that restrictions take from cars, as ascending triples (edge arrived by, junction, edge left by).
  ///
  /// `only_` forbids every other turn from the same edge, turning round included. A restriction whose node is parted by
  /// a barrier has no effect: nobody turns there.
  mutating func forbiddenTurns(
    vias: [Int?], _ pieces: RoadPieces, parted: Set<UInt32>, positions: [UInt32], columns: Columns,
    junction: (Int) -> UInt32
  ) -> [UInt32] {
    guard !restrictions.isEmpty else { return [] }
    var arms: [UInt32: [Arm]] = [:]
    for case let via? in vias { arms[UInt32(via)] = [] }
    let car = TravelMode.allCases.firstIndex(of: .car) ?? 0
    for (number, edge) in pieces.edges.enumerated() {
      let row = Int(positions[number])
      let isForward = columns.forward[car][row] != RoadNetwork.noWay
      let isBackward = columns.backward[car][row] != RoadNetwork.noWay
      arms[edge.from]?.append(
        Arm(edge: positions[number], way: edge.way, arrives: isBackward, leaves: isForward))
      arms[edge.to]?.append(
        Arm(edge: positions[number], way: edge.way, arrives: isForward, leaves: isBackward))
    }

    var turns: Set<Turn> = []
    for (restriction, via) in zip(restrictions, vias) {
      guard let via, !parted.contains(UInt32(via)), let arms = arms[UInt32(via)], !arms.isEmpty else {
        let isParted = via.map { parted.contains(UInt32($0)) } ?? false
        counts.restrictionsDropped[isParted ? .noEffect : .missingMember, default: 0] += 1
        continue
      }
      switch forbidden(restriction, arms: arms, junction: junction(via)) {
      case .success(let forbidden):
        counts.restrictionsUsed += 1
        turns.formUnion(forbidden)
      case .failure(let drop): counts.restrictionsDropped[drop.why, default: 0] += 1
      }
    }
    return turns.sorted { ($0.from, $0.junction, $0.to) < ($1.from, $1.junction, $1.to) }
      .flatMap { [$0.from, $0.junction, $0.to] }
  }

  /// An edge as seen from a junction it ends at.
  private struct Arm {
    var edge: UInt32
    var way: UInt32
    /// Whether cars may arrive by it, and leave by it.
    var arrives: Bool
    var leaves: Bool
  }

  private struct Turn: Hashable {
    var from: UInt32
    var junction: UInt32
    var to: UInt32
  }

  private struct Dropped: Error {
    var why: TurnDrop
    init(_ why: TurnDrop) { self.why = why }
  }

  private func forbidden(
    _ restriction: Restriction, arms: [Arm], junction: UInt32
  ) -> Result<[Turn], Dropped> {
    var arriving: [UInt32] = []
    for way in restriction.from {
      switch arm(of: way, among: arms) {
      case .success(let arm): if arm.arrives { arriving.append(arm.edge) }
      case .failure(let drop): return .failure(drop)
      }
    }
    var named: [UInt32] = []
    for way in restriction.to {
      switch arm(of: way, among: arms) {
      case .success(let arm): if arm.leaves { named.append(arm.edge) }
      case .failure(let drop): return .failure(drop)
      }
    }
    // A single turn that cannot be made would leave no turn at all.
    guard !named.isEmpty else { return .failure(Dropped(.noEffect)) }
    let leaving =
      restriction.isOnly ? arms.filter { $0.leaves && !named.contains($0.edge) }.map(\.edge) : named
    let turns = arriving.flatMap { from in
      leaving.map { Turn(from: from, junction: junction, to: $0) }
    }
    return turns.isEmpty ? .failure(Dropped(.noEffect)) : .success(turns)
  }

  /// The one edge of a way that ends at a junction.
  private func arm(of id: Int64, among arms: [Arm]) -> Result<Arm, Dropped> {
    let found = arms.filter { wayIDs[Int($0.way)] == id && ($0.arrives || $0.leaves) }
    guard let arm = found.first else { return .failure(Dropped(.missingMember)) }
    return found.count == 1 ? .success(arm) : .failure(Dropped(.ambiguous))
  }
}
