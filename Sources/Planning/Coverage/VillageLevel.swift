/// How far up the ladder of service an administrative village has come (domain K2); see `CoverageSummary.VillageLadder`.
///
///     coverage.villageLevels[village] ?? .secured < .withPoint  // no point in the village
public enum VillageLevel: Int, CaseIterable, Comparable, Sendable {
  /// L0: no point that counts within an hour of any of its places.
  case remote = 0
  /// Between L0 and L1: some of its places are within an hour, not all within half an hour.
  case halfway
  /// L1: a point that counts within half an hour of each of its places.
  case reachable
  /// L2: a point that counts is assigned to it.
  case withPoint
  /// L3: one of those is effective.
  case effective
  /// L4: another effective point within half an hour.
  case secured

  /// The lower level comes first.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension VillageLadder {
  /// The level of each village; `nil` where it is not on the ladder. At most L2 where volumes or hours are missing.
  var levels: [VillageLevel?] {
    isVillage.indices.map { village in
      guard isVillage[village] else { return nil }
      return VillageLevel(
        isRemote: isRemote[village], isReachable: isReachable[village], hasPoint: hasPoint[village],
        isEffective: isEffective?[village] ?? false, isSecured: isSecured?[village] ?? false)
    }
  }
}

extension VillageSteps {
  /// The level of each village, as `VillageLadder.levels` has it.
  var levels: [VillageLevel?] {
    standings.indices.map { village in
      guard !places(of: village).isEmpty else { return nil }
      let steps = standings[village].steps
      return VillageLevel(
        isRemote: steps.contains(.remote), isReachable: steps.contains(.reachable),
        hasPoint: steps.contains(.withPoint), isEffective: steps.contains(.effective),
        isSecured: steps.contains(.secured))
    }
  }
}

extension VillageLevel {
  /// The highest step that was reached.
  fileprivate init(
    isRemote: Bool, isReachable: Bool, hasPoint: Bool, isEffective: Bool, isSecured: Bool
  ) {
    self =
      if isSecured {
        .secured
      } else if isEffective {
        .effective
      } else if hasPoint {
        .withPoint
      } else if isReachable {
        .reachable
      } else {
        isRemote ? .remote : .halfway
      }
  }
}
