public import Geo

/// What the tags of OpenStreetMap mean for people on foot, on electric bicycles and in cars: which roads they may
/// use, in which direction and how fast. A pure function of tags.
///
///     let lane: RoadTags = ["highway": "residential", "oneway": "yes"]
///     RoadRules.standard.verdict(on: lane)
///     // .road: both ways on foot at 4.5 km/h, forward at 15 km/h by e-bike and 25 km/h by car
///
/// The files beside this one say the rest: `RoadAccess` who may use what, `RoadDirection` one-way roads,
/// `RoadBarrier` gates and bollards, `PostedSpeed` limits, `TurnRule` turns.
public struct RoadRules: Hashable, Sendable {
  /// Speeds on foot.
  public var walk = RoadSpeeds.walk
  /// Speeds by e-bike.
  public var ebike = RoadSpeeds.ebike
  /// Speeds by car.
  public var car = RoadSpeeds.car

  /// Whether ferries (`route=ferry`) are used. They are not, unless asked for: they run by a timetable, and a planner
  /// has to know that a village hangs on one.
  public var usesFerries = false

  /// The share of a posted limit that cars drive on average: 0.8, as OSRM's `speed_reduction`.
  public var shareOfPostedSpeed = 0.8

  /// How fast people walk between a door and the nearest road, in kilometers per hour: as fast as on it (1.25 m/s), the
  /// detours being counted in `offRoadCircuity`.
  public var offRoadKilometersPerHour = 4.5
  /// How much longer that walk is than a straight line.
  public var offRoadCircuity = 1.3
  /// How far, in a straight line, a road may be from a door.
  public var offRoadLimit = Distance.kilometers(2)

  /// The rules as they stand without a file of the user's.
  public static let standard = RoadRules()

  /// The standard rules, to be changed.
  public init() {}

  /// The speeds of a mode.
  public subscript(mode: TravelMode) -> RoadSpeeds {
    get {
      switch mode {
      case .walk: walk
      case .ebike: ebike
      case .car: car
      }
    }
    set {
      switch mode {
      case .walk: walk = newValue
      case .ebike: ebike = newValue
      case .car: car = newValue
      }
    }
  }
}

/// What the rules say of a way.
public enum RoadVerdict: Hashable, Sendable {
  /// At least one mode may use it.
  case road(RoadUse)
  /// Nobody may.
  case dropped(RoadDrop)
}

/// Why a way is no road.
public enum RoadDrop: String, CaseIterable, Sendable {
  /// Its `highway` is of no kind that the rules know, such as `bus_stop`, `raceway`, `road` or `elevator`.
  case notARoad
  /// It is not built, not open yet, or impassable.
  case construction
  /// It is an area, which has no line to go along.
  case area
  /// It is a ferry, and ferries are not used.
  case ferry
  /// Access is forbidden to all modes.
  case access
  /// Fewer than two of its nodes in a row are in the file.
  case missingNodes
  /// A way of this number came before.
  case repeated
}

/// How a way may be used.
public struct RoadUse: Hashable, Sendable {
  /// What kind of road it is.
  public var roadClass: RoadClass
  /// On foot.
  public var walk = Speeds()
  /// By e-bike.
  public var ebike = Speeds()
  /// By car.
  public var car = Speeds()
  /// How many seconds the whole way takes, where a ferry says so.
  public var seconds: Int?

  /// Kilometers per hour in both directions, 0 where the mode may not go.
  public struct Speeds: Hashable, Sendable {
    /// In the direction of the way.
    public var forward = 0.0
    /// Against it.
    public var backward = 0.0

    /// Whether the mode may go in some direction.
    public var isOpen: Bool { forward > 0 || backward > 0 }
  }

  /// Nobody may use it yet.
  public init(roadClass: RoadClass) { self.roadClass = roadClass }

  /// The speeds of a mode.
  public subscript(mode: TravelMode) -> Speeds {
    get {
      switch mode {
      case .walk: walk
      case .ebike: ebike
      case .car: car
      }
    }
    set {
      switch mode {
      case .walk: walk = newValue
      case .ebike: ebike = newValue
      case .car: car = newValue
      }
    }
  }
}

extension RoadRules {
  /// What the tags of a way say.
  ///
  /// - Complexity: O(1).
  public func verdict(on tags: RoadTags) -> RoadVerdict {
    let isFerry = tags[.highway] == nil && tags[.route] == "ferry"
    let kind = isFerry ? "ferry" : tags[.highway] ?? ""
    if kind == "construction" || kind == "proposed" { return .dropped(.construction) }
    guard let roadClass = RoadClass(highway: kind) else { return .dropped(.notARoad) }
    if isFerry && !usesFerries { return .dropped(.ferry) }
    if tags[.area] == "yes" { return .dropped(.area) }
    // Values that leave the road open while it is worked on, as in OSRM's `construction_whitelist`.
    if let works = tags[.construction], !["no", "minor", "widening"].contains(works) {
      return .dropped(.construction)
    }
    if tags[.proposed] == "yes" || tags[.impassable] == "yes" { return .dropped(.construction) }

    var use = RoadUse(roadClass: roadClass)
    for mode in TravelMode.allCases { use[mode] = speeds(of: mode, on: kind, tags) }
    if isFerry { use.seconds = tags[.duration].flatMap(seconds(ofDuration:)) }
    return TravelMode.allCases.contains { use[$0].isOpen } ? .road(use) : .dropped(.access)
  }

  private func speeds(of mode: TravelMode, on kind: String, _ tags: RoadTags) -> RoadUse.Speeds {
    let open = RoadDirection.open(to: mode, kind: kind, tags)
    return RoadUse.Speeds(
      forward: open.forward ? speed(of: mode, on: kind, tags, .forward) : 0,
      backward: open.backward ? speed(of: mode, on: kind, tags, .backward) : 0)
  }

  private func speed(
    of mode: TravelMode, on kind: String, _ tags: RoadTags, _ direction: RoadDirection
  ) -> Double {
    let table = self[mode]
    var speed = table.kilometersPerHour(on: kind)
    if kind == "service", let service = tags[.service], RoadSpeeds.services.contains(service) {
      speed = table.byHighway[service] ?? speed
    }

    switch RoadAccess(of: mode, to: kind, tags, direction) {
    case .denied: return 0
    case .byDefault:
      // A motorroad is for cars, whatever its class (OpenStreetMap wiki, Key:motorroad).
      if mode != .car, tags[.motorroad] == "yes" { return 0 }
    case .granted:
      // Opened by a tag of the mode itself: at the pace of the closest kind that is made for it.
      if speed == 0 || (mode == .ebike && (kind == "footway" || kind == "pedestrian")) {
        switch mode {
        case .walk: speed = table.standard
        case .ebike: speed = table.kilometersPerHour(on: "path")
        case .car: speed = table.kilometersPerHour(on: "living_street")
        }
      }
    case .pushed:
      speed = min(speed, table.kilometersPerHour(on: "footway"))
    }
    guard speed > 0 else { return 0 }

    if mode != .walk, kind != "ferry", let posted = PostedSpeed.kilometersPerHour(in: tags, direction) {
      speed = mode == .car ? posted * shareOfPostedSpeed : min(speed, posted)
    }
    return table.slowed(speed, by: tags)
  }

  /// Reads `1:30` (hours and minutes), `00:20:00`, `45` (minutes), as the OpenStreetMap wiki has it (Key:duration).
  private func seconds(ofDuration text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 3 else { return nil }
    var values: [Int] = []
    for part in parts {
      guard let part, (0...10_000).contains(part) else { return nil }
      values.append(part)
    }
    let seconds =
      switch values.count {
      case 1: values[0] * 60
      case 2: values[0] * 3_600 + values[1] * 60
      default: values[0] * 3_600 + values[1] * 60 + values[2]
      }
    return seconds > 0 ? seconds : nil
  }
}

extension RoadClass {
  /// The class of a value of `highway`, or of `ferry`; `nil` for values that are no roads.
  ///
  /// A ramp (`primary_link`) is of the class it leads to.
  public init?(highway: String) {
    switch highway {
    case "motorway", "motorway_link": self = .motorway
    case "trunk", "trunk_link": self = .trunk
    case "primary", "primary_link": self = .primary
    case "secondary", "secondary_link": self = .secondary
    case "tertiary", "tertiary_link": self = .tertiary
    case "unclassified": self = .unclassified
    case "residential": self = .residential
    case "living_street": self = .livingStreet
    case "service": self = .service
    case "track": self = .track
    case "pedestrian": self = .pedestrian
    case "footway": self = .footway
    case "path": self = .path
    case "cycleway": self = .cycleway
    case "bridleway": self = .bridleway
    case "steps": self = .steps
    case "ferry": self = .ferry
    default: return nil
    }
  }
}
