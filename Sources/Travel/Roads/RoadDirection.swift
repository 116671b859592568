/// A direction along a way, and who may go in which.
///
/// Cars keep to `oneway:motorcar`, `oneway:motor_vehicle`, `oneway:vehicle`, `oneway`, the first that is there; e-bikes to
/// `oneway:bicycle`, a cycle lane against the traffic (`cycleway=opposite`, `opposite_lane`, `opposite_track`, also with
/// `:left`, `:right`, `:both`), then as cars do. Roundabouts and motorways are one-way without saying so. A road whose
/// direction changes with the time (`reversible`) is closed to both; one where both directions take turns
/// (`alternating`) is open both ways. Walkers go both ways unless `oneway:foot` or `foot:oneway` says otherwise.
enum RoadDirection {
  case forward, backward

  static func open(to mode: TravelMode, kind: String, _ tags: RoadTags) -> (forward: Bool, backward: Bool) {
    let keys: [RoadTag]
    switch mode {
    case .walk: keys = [.onewayFoot, .footOneway]
    case .ebike: keys = [.onewayBicycle, .onewayVehicle, .oneway]
    case .car: keys = [.onewayMotorcar, .onewayMotorVehicle, .onewayVehicle, .oneway]
    }
    for key in keys {
      guard let value = tags[key], let open = meaning(of: value) else { continue }
      if mode == .ebike, key != .onewayBicycle, open != (true, true), hasOppositeLane(tags) {
        return (true, true)
      }
      return open
    }
    if mode == .walk { return (true, true) }
    let isOneWay =
      kind == "motorway" || tags[.junction] == "roundabout" || tags[.junction] == "circular"
    if isOneWay, mode == .ebike, hasOppositeLane(tags) { return (true, true) }
    return (true, !isOneWay)
  }

  private static func meaning(of value: String) -> (forward: Bool, backward: Bool)? {
    switch value {
    case "yes", "true", "1": (true, false)
    case "-1", "reverse": (false, true)
    case "no", "false", "0", "alternating": (true, true)
    case "reversible": (false, false)
    default: nil
    }
  }

  private static func hasOppositeLane(_ tags: RoadTags) -> Bool {
    [RoadTag.cycleway, .cyclewayLeft, .cyclewayRight, .cyclewayBoth].contains { key in
      tags[key].map { ["opposite", "opposite_lane", "opposite_track"].contains($0) } ?? false
    }
  }
}
