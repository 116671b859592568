extension RoadNetworkBuilder {
  /// The paths that a restriction over ways takes from cars.
  ///
  /// `no_` forbids to drive from an entry over all of the ways between and out by an exit; whoever leaves them on the way,
  /// or comes from elsewhere, is not concerned. Turning round on the ways between, at a junction, is forbidden too to who
  /// comes from an entry: he would come back as somebody who does not.
  ///
  /// `only_` holds from the moment the ways between are entered from the entry: at every junction on them, and at their
  /// end, every other turn is forbidden. Whether they are entered is left to the driver.
  func forbidden(
    _ restriction: Restriction, over chain: TurnRoads.Chain, _ arms: [UInt32: [TurnRoads.Arm]],
    _ roads: TurnRoads
  ) -> Result<[[UInt32]], TurnDropped> {
    // Where the ways lead is said by the roads at their ends, not by the order of the members.
    let readings = [chain, chain.reversed].map { forbidden(restriction, along: $0, arms, roads) }
    let paths = readings.compactMap { try? $0.get() }
    if paths.count == 2 { return .failure(TurnDropped(.ambiguous)) }
    if let paths = paths.first { return .success(paths) }
    // Of two failures, the one that came farther.
    let whys = readings.compactMap { if case .failure(let dropped) = $0 { dropped.why } else { nil } }
    let why = [TurnDrop.noEffect, .ambiguous].first(where: whys.contains) ?? .missingMember
    return .failure(TurnDropped(why))
  }

  private func forbidden(
    _ restriction: Restriction, along chain: TurnRoads.Chain, _ arms: [UInt32: [TurnRoads.Arm]],
    _ roads: TurnRoads
  ) -> Result<[[UInt32]], TurnDropped> {
    let between = Set((chain.along + chain.against).compactMap { $0 })
    func others(at node: UInt32) -> [TurnRoads.Arm] {
      (arms[node] ?? []).filter { !between.contains(2 * $0.edge) && !between.contains(2 * $0.edge + 1) }
    }
    return roads.arms(of: restriction.from, among: others(at: chain.nodes[0])).flatMap { from in
      roads.arms(of: restriction.to, among: others(at: chain.nodes[chain.nodes.count - 1])).flatMap { to in
        let entries = from.compactMap(\.arriving)
        let exits = to.compactMap(\.leaving)
        let steps = chain.along.compactMap(\.self)
        guard !entries.isEmpty, !exits.isEmpty, steps.count == chain.along.count else {
          return .failure(TurnDropped(.noEffect))
        }
        // What must not follow after each step.
        let forbidden = steps.indices.map { step -> [UInt32] in
          let isLast = step == steps.count - 1
          guard restriction.isOnly else {
            return [chain.against[step]].compactMap(\.self) + (isLast ? exits : [])
          }
          let allowed = isLast ? exits[0] : steps[step + 1]
          return (arms[chain.nodes[step + 1]] ?? []).compactMap(\.leaving).filter { $0 != allowed }
        }
        let paths = entries.flatMap { entry in
          steps.indices.flatMap { step in
            forbidden[step].map { [entry] + steps[...step] + [$0] }
          }
        }
        return paths.isEmpty ? .failure(TurnDropped(.noEffect)) : .success(paths)
      }
    }
  }
}
