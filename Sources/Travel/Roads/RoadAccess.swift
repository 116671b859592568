/// Whether a mode may use a way or pass a barrier, by the tags of the access family.
///
/// The key made for the mode decides, else the next wider one, down to `access`: `access=no` with `foot=yes` may be
/// walked. Keys, most special first: on foot `foot`; by e-bike `electric_bicycle`, `bicycle`, `vehicle`; by car
/// `motorcar`, `motor_vehicle`, `vehicle`; then `access`. A key with `:forward` or `:backward` comes before the plain
/// one. An e-bike is a non-motor vehicle by article 119 of China's Road Traffic Safety Law, so it goes where bicycles
/// go, and `motor_vehicle` says nothing of it; `moped=yes` and `mofa=yes` open what only `vehicle` or `access` closes.
///
/// Open: `yes`, `designated`, `permissive`, `official`, `public`, `destination`, `customers`, `discouraged`. Whoever goes
/// to pay or comes from home is at a destination. Closed: `no`, `private`, `permit`, `residents`, `delivery`,
/// `agricultural`, `forestry`, `military`, `emergency`, `psv`, `bus`, `use_sidepath`. `dismount` means pushed. Other values
/// say nothing, and of several values (`agricultural;destination`) one that opens is enough.
///
/// Only a key of the mode itself opens what is closed to it by default: `access=yes` on a footway lets no car in.
enum RoadAccess {
  /// Nothing is said, or something general is: the table of speeds decides.
  case byDefault
  /// Opened for this mode by name.
  case granted
  /// Open to those who get off and push.
  case pushed
  case denied

  /// The access of `mode` to a way of a kind, or to a barrier where the kind is empty.
  init(of mode: TravelMode, to kind: String, _ tags: RoadTags, _ direction: RoadDirection? = nil) {
    self = Self.decided(by: mode, tags, direction)
    // Pushed means walking: where walking is forbidden, or riding by name, an e-bike is not pushed either.
    if mode == .ebike, kind == "footway" || kind == "pedestrian", case .byDefault = self,
      case .denied = Self.decided(by: .walk, tags, direction)
    {
      self = .denied
    }
  }

  private static func decided(
    by mode: TravelMode, _ tags: RoadTags, _ direction: RoadDirection?
  ) -> RoadAccess {
    for key in ownKeys(of: mode) {
      switch Value(of: key, tags, direction) {
      case .open: return .granted
      case .closed: return .denied
      case .dismount: return mode == .ebike ? .pushed : .byDefault
      case .unsaid: continue
      }
    }
    let general: [Key] = mode == .walk ? [.access] : [.vehicle, .access]
    for key in general {
      switch Value(of: key, tags, direction) {
      case .closed:
        let isOpenToMopeds =
          mode == .ebike
          && [Key.moped, .mofa].contains {
            if case .open = Value(of: $0, tags, direction) { true } else { false }
          }
        return isOpenToMopeds ? .granted : .denied
      case .open, .dismount: return .byDefault
      case .unsaid: continue
      }
    }
    return .byDefault
  }

  private static func ownKeys(of mode: TravelMode) -> [Key] {
    switch mode {
    case .walk: [.foot]
    case .ebike: [.electricBicycle, .bicycle]
    case .car: [.motorcar, .motorVehicle]
    }
  }

  /// A key with its variants for each direction, where the rules read them.
  private struct Key {
    var tag: RoadTag
    var forward: RoadTag?
    var backward: RoadTag?

    static let access = Key(tag: .access)
    static let foot = Key(tag: .foot, forward: .footForward, backward: .footBackward)
    static let vehicle = Key(tag: .vehicle, forward: .vehicleForward, backward: .vehicleBackward)
    static let bicycle = Key(tag: .bicycle, forward: .bicycleForward, backward: .bicycleBackward)
    static let electricBicycle = Key(tag: .electricBicycle)
    static let moped = Key(tag: .moped)
    static let mofa = Key(tag: .mofa)
    static let motorVehicle = Key(
      tag: .motorVehicle, forward: .motorVehicleForward, backward: .motorVehicleBackward)
    static let motorcar = Key(tag: .motorcar, forward: .motorcarForward, backward: .motorcarBackward)
  }

  private enum Value {
    case open, closed, dismount, unsaid

    init(of key: Key, _ tags: RoadTags, _ direction: RoadDirection?) {
      let directed =
        switch direction {
        case .forward: key.forward.flatMap { tags[$0] }
        case .backward: key.backward.flatMap { tags[$0] }
        case nil: String?.none
        }
      guard let text = directed ?? tags[key.tag] else {
        self = .unsaid
        return
      }
      self = .unsaid
      for part in text.split(separator: ";") {
        switch Self.meaning(of: part.drop { $0 == " " }) {
        case .open:
          self = .open
          return
        case .unsaid: continue
        case let other: self = other
        }
      }
    }

    private static func meaning(of value: Substring) -> Value {
      switch value {
      case "yes", "designated", "permissive", "official", "public", "destination", "customers", "discouraged":
        .open
      case "no", "private", "permit", "residents", "delivery", "agricultural", "forestry", "military",
        "emergency",
        "psv", "bus", "use_sidepath":
        .closed
      case "dismount": .dismount
      default: .unsaid
      }
    }
  }
}
