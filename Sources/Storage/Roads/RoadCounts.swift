public import Travel

extension RoadImportCounts {
  /// The counts by their names in files: what was read, used, dropped and why. What did not occur is left out of the
  /// reasons.
  public var groups: [(name: String, counts: [(name: String, count: Int)])] {
    let modes = TravelMode.allCases
    return [
      (
        "read",
        [
          ("nodes", nodesRead), ("ways", waysRead), ("relations", relationsRead),
          ("restrictions", restrictionsRead),
        ]
      ),
      (
        "used",
        [("ways", waysUsed)] + modes.map { ($0.rawValue, waysUsedByMode[$0] ?? 0) }
          + [("restrictions", restrictionsUsed)]
      ),
      (
        "ways_dropped",
        RoadDrop.allCases.compactMap { drop in waysDropped[drop].map { (snakeCase(drop.rawValue), $0) } }
      ),
      (
        "restrictions_dropped",
        TurnDrop.allCases.compactMap { drop in
          restrictionsDropped[drop].map { (snakeCase(drop.rawValue), $0) }
        }
      ),
      (
        "damage",
        [
          ("nodes_missing", nodesMissing), ("ways_cut", waysCut), ("nodes_repeated", nodesRepeated),
          ("edges_too_long", edgesTooLong),
        ]
      ),
      ("barriers", modes.map { ($0.rawValue, barriers[$0] ?? 0) }),
    ]
  }

  /// The counts as one JSON object of objects.
  var json: String {
    let members = groups.map { group in
      let counts = group.counts.map { "\"\($0.name)\": \($0.count)" }.joined(separator: ", ")
      return "\"\(group.name)\": {\(counts)}"
    }
    return "{\(members.joined(separator: ", "))}"
  }
}

/// `missingNodes` as `missing_nodes`.
private func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
