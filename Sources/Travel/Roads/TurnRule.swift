/// What a relation of type `restriction` says to cars.
enum TurnRule: Hashable, Sendable {
  /// The turn is forbidden.
  case forbids
  /// It is the only one allowed.
  case allowsOnly
  case dropped(TurnDrop)

  /// What the tags say.
  ///
  /// `restriction:motorcar`, then `:motor_vehicle`, then `:vehicle`, then `restriction`; values beginning with `no_` and
  /// `only_`. `except` with `motorcar`, `motor_vehicle` or `vehicle` leaves cars alone. Restrictions that hold at certain
  /// times only (`restriction:conditional`) are not used: a plan has no time of day.
  init(_ tags: RoadTags) {
    let keys: [RoadTag] = [.restrictionMotorcar, .restrictionMotorVehicle, .restrictionVehicle, .restriction]
    guard let value = keys.lazy.compactMap({ tags[$0] }).first else {
      self = .dropped(tags[.restrictionConditional] == nil ? .notForCars : .conditional)
      return
    }
    let exceptions = (tags[.except] ?? "").split(separator: ";").map { $0.filter { $0 != " " } }
    if exceptions.contains(where: { ["motorcar", "motor_vehicle", "vehicle"].contains($0) }) {
      self = .dropped(.notForCars)
    } else if value.hasPrefix("no_") {
      self = .forbids
    } else if value.hasPrefix("only_") {
      self = .allowsOnly
    } else {
      self = .dropped(.notUnderstood)
    }
  }
}

/// Why a turn restriction is not used.
public enum TurnDrop: String, CaseIterable, Sendable {
  /// It is for other vehicles, or excepts cars.
  case notForCars
  /// It holds at certain times only.
  case conditional
  /// Its value, or its set of members, is none that the rules know.
  case notUnderstood
  /// A member is not in the file, not a road for cars, or does not touch the node or the ways between.
  case missingMember
  /// A member runs on through the node, so that it is not said which arm is meant; or the ways between fork, go round in
  /// a circle, or can be meant in both directions.
  case ambiguous
  /// The turn cannot be made anyhow, because of a one-way road or a barrier.
  case noEffect
}
