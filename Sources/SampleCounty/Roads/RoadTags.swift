extension Road {
  /// The road in OpenStreetMap's tags, by key. `chance` is a number in 0..<1 of the way's own.
  func tags(chance: Double) -> [Tag] {
    var tags: [String: String] = ["highway": highway.rawValue, "source": "synthetic"]
    if !name.isEmpty { tags["name"] = name }
    if !ref.isEmpty { tags["ref"] = ref }
    if isOneWay && !isRoundabout { tags["oneway"] = "yes" }
    if isRoundabout { tags["junction"] = "roundabout" }
    if bridgeLayer > 0 {
      tags["bridge"] = "yes"
      tags["layer"] = String(bridgeLayer)
    }
    tags["surface"] = surface(chance)
    tags["maxspeed"] = maxspeed(chance)
    if highway == .track { tags["tracktype"] = trackType(chance) }
    if highway == .primary { tags["lanes"] = isStreet ? "4" : "2" }
    if highway == .footway, chance < 0.1 { tags["lit"] = "yes" }
    return tags.sorted { $0.key < $1.key }.map { Tag(key: $0.key, value: $0.value) }
  }

  private func surface(_ chance: Double) -> String? {
    switch highway {
    case .motorway, .motorwayLink, .primary, .secondary: "asphalt"
    case .tertiary: terrain == .mountain && chance < 0.3 ? "concrete" : "asphalt"
    case .unclassified:
      terrain == .mountain ? (chance < 0.25 ? "gravel" : "concrete") : chance < 0.7 ? "concrete" : nil
    case .residential: chance < 0.5 ? (isStreet ? "asphalt" : "concrete") : nil
    case .service: chance < 0.3 ? "concrete" : nil
    case .track:
      terrain == .plain
        ? (chance < 0.5 ? "compacted" : "dirt") : chance < 0.4 ? "gravel" : chance < 0.9 ? "dirt" : nil
    case .path: chance < 0.6 ? "ground" : nil
    case .pedestrian, .footway: chance < 0.5 ? "paving_stones" : nil
    case .steps: "concrete"
    }
  }

  private func maxspeed(_ chance: Double) -> String? {
    switch highway {
    case .motorway: terrain == .mountain ? "80" : "120"
    case .motorwayLink: "40"
    case .primary: isStreet ? "60" : terrain == .mountain ? "60" : "80"
    case .secondary: isStreet ? "50" : terrain == .mountain ? "40" : "60"
    case .tertiary: chance < 0.5 ? "40" : nil
    case .unclassified: chance < 0.15 ? "30" : nil
    case .residential: chance < 0.1 ? "30" : nil
    case .pedestrian, .service, .track, .footway, .steps, .path: nil
    }
  }

  private func trackType(_ chance: Double) -> String? {
    switch terrain {
    case .plain: chance < 0.5 ? "grade2" : "grade3"
    case .hill: chance < 0.4 ? "grade2" : chance < 0.9 ? "grade3" : nil
    case .mountain: chance < 0.4 ? "grade3" : chance < 0.8 ? "grade4" : chance < 0.9 ? "grade5" : nil
    }
  }
}
