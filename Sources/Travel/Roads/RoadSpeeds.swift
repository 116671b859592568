/// How fast one mode goes, door to door and without regard to slope, by the kind of road and what it is made of.
///
///     RoadSpeeds.walk.kilometersPerHour(on: "steps")  // 2.0
///
/// Speeds are in kilometers per hour. The tables are those of OSRM 5 (github.com/Project-OSRM/osrm-backend: `car.lua` and
/// `bicycle.lua` of `api_version` 4, `foot.lua` of 2), with the differences named at each; every number here was compared
/// with the source named beside it.
public struct RoadSpeeds: Hashable, Sendable {
  /// The speed on roads that `byHighway` does not name.
  public var standard: Double

  /// The kinds of service road that may have a speed of their own.
  public static let services = ["alley", "parking_aisle", "driveway", "drive-through"]

  /// The speed by the value of `highway`; by the value of `service` for `services`; and for `ferry`.
  ///
  /// 0 means that the mode may not use it, unless a tag made for the mode (`foot=yes`, `motorcar=yes`) says so.
  public var byHighway: [String: Double]

  /// What a surface, a `tracktype` or a `smoothness` does to the speed.
  public var surface: [String: SpeedChange]
  /// The same for the value of `tracktype`.
  public var tracktype: [String: SpeedChange]
  /// The same for the value of `smoothness`.
  public var smoothness: [String: SpeedChange]

  /// A change of speed.
  public enum SpeedChange: Hashable, Sendable {
    /// So many times the speed; more than 0, at most 1.
    case times(Double)
    /// No faster than this, in kilometers per hour.
    case atMost(Double)
    /// Not passable.
    case no
  }

  /// The speed on a kind of road before surface and posted limits, 0 where the mode may not use it by default.
  public func kilometersPerHour(on highway: String) -> Double { byHighway[highway] ?? standard }

  /// `speed` on a road of this surface, track type and smoothness; values that are not in the tables change nothing.
  func slowed(_ speed: Double, by tags: RoadTags) -> Double {
    var speed = speed
    for (tag, table) in [(RoadTag.surface, surface), (.tracktype, tracktype), (.smoothness, smoothness)] {
      guard let value = tags[tag], let change = table[value] else { continue }
      switch change {
      case .times(let factor): speed *= factor
      case .atMost(let most): speed = min(speed, most)
      case .no: speed = 0
      }
    }
    return speed
  }
}

extension RoadSpeeds {
  /// Walking at 1.25 m/s, as `StraightLine` does, so that both can be compared.
  ///
  /// OSRM walks at 5 km/h; soft ground slows by its factors (`surface_speeds` of `foot.lua`), and ferries go at its 5 km/h.
  /// Steps at 2 km/h along their length on the map, where OSRM does not slow and GraphHopper takes 3 km/h
  /// (`FootAverageSpeedParser`): horizontal speeds of 0.4-0.5 m/s were most common up a long stairway, about twice that
  /// on a short one (Kretz et al. 2008, "Upstairs walking speed distributions on a long stairway", Safety Science 46,
  /// abstract). People walk along every road that is not a motorway: the default of
  /// the OpenStreetMap wiki (OSM tags for routing/Access restrictions, worldwide) that leaves trunk roads open,
  /// which in China are the national roads that villages lie along.
  public static let walk = RoadSpeeds(
    standard: 4.5,
    byHighway: ["steps": 2, "motorway": 0, "motorway_link": 0, "ferry": 5],
    surface: [
      "fine_gravel": .times(0.75), "gravel": .times(0.75), "pebblestone": .times(0.75), "mud": .times(0.5),
      "sand": .times(0.5),
    ],
    tracktype: [:],
    smoothness: [:])

  /// Electric bicycles at 15 km/h.
  ///
  /// That is their limit in cycle lanes by article 58 of the Road Traffic Safety Law of the People's Republic of
  /// China, and OSRM's `default_speed` for bicycles; the vehicles themselves stop helping at 25 km/h (GB 17761-2018).
  /// Surfaces, tracks and paths as in `bicycle.lua`; on footways and pedestrian streets they are pushed at 4 km/h; steps are
  /// not used.
  public static let ebike = RoadSpeeds(
    standard: 15,
    byHighway: [
      "motorway": 0, "motorway_link": 0, "steps": 0, "bridleway": 0, "ferry": 5,
      "track": 12, "path": 13, "footway": 4, "pedestrian": 4,
    ],
    surface: [
      "wood": .atMost(10), "metal": .atMost(10), "cobblestone:flattened": .atMost(10),
      "paving_stones": .atMost(10), "compacted": .atMost(10), "cobblestone": .atMost(7),
      "unpaved": .atMost(6),
      "fine_gravel": .atMost(10), "gravel": .atMost(6), "pebblestone": .atMost(6), "grass_paver": .atMost(6),
      "ground": .atMost(10), "dirt": .atMost(8), "earth": .atMost(6), "grass": .atMost(6), "mud": .atMost(3),
      "sand": .atMost(3), "woodchips": .atMost(3), "sett": .atMost(9),
    ],
    tracktype: [:],
    smoothness: ["impassable": .no])

  /// Cars, by the tables of `car.lua`: `speeds`, `surface_speeds`, `tracktype_speeds`, `smoothness_speeds`.
  ///
  /// Tracks, which OSRM leaves out, are used at 15 km/h as GraphHopper's `car` does (`CarAverageSpeedParser`): in the
  /// countryside they are often the only way to a village. Service roads of a named kind go at 5 km/h, as in
  /// `service_speeds` of the releases of OSRM 5 that had one; later ones weigh them instead.
  public static let car = RoadSpeeds(
    standard: 25,
    byHighway: [
      "motorway": 90, "motorway_link": 45, "trunk": 85, "trunk_link": 40, "primary": 65, "primary_link": 30,
      "secondary": 55, "secondary_link": 25, "tertiary": 40, "tertiary_link": 20, "living_street": 10,
      "service": 15, "alley": 5, "parking_aisle": 5, "driveway": 5, "drive-through": 5, "track": 15,
      "ferry": 5,
      "pedestrian": 0, "footway": 0, "path": 0, "cycleway": 0, "bridleway": 0, "steps": 0,
    ],
    surface: [
      "cement": .atMost(80), "compacted": .atMost(80), "fine_gravel": .atMost(80),
      "paving_stones": .atMost(60),
      "metal": .atMost(60), "bricks": .atMost(60), "grass": .atMost(40), "wood": .atMost(40),
      "sett": .atMost(40),
      "grass_paver": .atMost(40), "gravel": .atMost(40), "unpaved": .atMost(40), "ground": .atMost(40),
      "dirt": .atMost(40), "pebblestone": .atMost(40), "tartan": .atMost(40), "cobblestone": .atMost(30),
      "clay": .atMost(30),
      "earth": .atMost(20), "stone": .atMost(20), "rocky": .atMost(20), "sand": .atMost(20),
      "mud": .atMost(10),
    ],
    tracktype: [
      "grade1": .atMost(60), "grade2": .atMost(40), "grade3": .atMost(30), "grade4": .atMost(25),
      "grade5": .atMost(20),
    ],
    smoothness: [
      "intermediate": .atMost(80), "bad": .atMost(40), "very_bad": .atMost(20), "horrible": .atMost(10),
      "very_horrible": .atMost(5), "impassable": .no,
    ])
}
