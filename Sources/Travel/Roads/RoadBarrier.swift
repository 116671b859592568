/// Modes, as a set.
public struct TravelModes: OptionSet, Hashable, Sendable {
  /// One bit for each mode.
  public let rawValue: UInt8
  /// The modes of the bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Nothing but `mode`.
  public init(_ mode: TravelMode) {
    switch mode {
    case .walk: rawValue = 1
    case .ebike: rawValue = 2
    case .car: rawValue = 4
    }
  }

  /// Whether `mode` is among them.
  public func contains(_ mode: TravelMode) -> Bool { contains(TravelModes(mode)) }
}

extension RoadRules {
  /// The modes that cannot pass a node with these tags.
  ///
  /// A tag of the access family decides where there is one, as on ways (`foot=no`, `motor_vehicle=private`,
  /// `access=permissive`). Without: `locked=yes` stops all; cars pass what OSRM's `barrier_whitelist` names (gates, lift gates, toll
  /// booths, cattle grids, …) and are stopped by all else; e-bikes pass what a bicycle can be pushed past, which leaves
  /// out walls, fences, ditches, stiles and turnstiles; walkers pass all but walls, fences, hedges, ditches and `yes`.
  /// Nodes without `barrier` stop nobody, whatever their access: crossings carry tags of the way across.
  public func modesStopped(by tags: RoadTags) -> TravelModes {
    guard let barrier = tags[.barrier], barrier != "no", barrier != "entrance" else { return [] }
    var stopped: TravelModes = []
    for mode in TravelMode.allCases where !passes(mode, barrier, tags) { stopped.insert(TravelModes(mode)) }
    return stopped
  }

  private func passes(_ mode: TravelMode, _ barrier: String, _ tags: RoadTags) -> Bool {
    switch RoadAccess(of: mode, to: "", tags) {
    case .denied: return false
    case .granted, .pushed: return true
    case .byDefault:
      // General access (`access=yes`) opens a gate, but removes no bollard and no wall.
      if tags[.locked] == "yes" { return false }
    }
    let isWall = ["yes", "wall", "fence", "hedge", "ditch", "city_wall", "retaining_wall", "guard_rail"]
      .contains(barrier)
    switch mode {
    case .walk: return !isWall
    case .ebike:
      return !isWall
        && !["stile", "turnstile", "full-height_turnstile", "kissing_gate", "log", "step"].contains(barrier)
    case .car:
      return [
        "cattle_grid", "border_control", "toll_booth", "sally_port", "gate", "lift_gate", "swing_gate",
        "height_restrictor", "arch", "kerb", "checkpoint",
      ].contains(barrier)
    }
  }
}
