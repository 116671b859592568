import Testing

@testable import Travel

@Suite("What the tags of a way mean")
struct RoadRulesTests {
  /// The speeds as `walk ebike car`, each `forward/backward` or one number for both; `-` is closed.
  private func speeds(_ tags: [String: String], _ rules: RoadRules = .standard) -> String {
    switch rules.verdict(on: RoadTags(tags)) {
    case .dropped(let why): return why.rawValue
    case .road(let use):
      return TravelMode.allCases.map { mode in
        func text(_ speed: Double) -> String {
          if speed == 0 { return "-" }
          return speed == speed.rounded() ? String(Int(speed)) : String((speed * 1_000).rounded() / 1_000)
        }
        let (forward, backward) = (text(use[mode].forward), text(use[mode].backward))
        return forward == backward ? forward : "\(forward)/\(backward)"
      }.joined(separator: " ")
    }
  }

  private func expect(_ cases: [([String: String], String)], _ rules: RoadRules = .standard) {
    for (tags, expected) in cases { #expect(speeds(tags, rules) == expected, "\(tags)") }
  }

  @Test("every class has its modes and speeds")
  func classes() {
    expect(
      [
        ("motorway", "- - 90/-"), ("motorway_link", "- - 45"), ("trunk", "4.5 15 85"),
        ("trunk_link", "4.5 15 40"),
        ("primary", "4.5 15 65"), ("primary_link", "4.5 15 30"), ("secondary", "4.5 15 55"),
        ("secondary_link", "4.5 15 25"), ("tertiary", "4.5 15 40"), ("tertiary_link", "4.5 15 20"),
        ("unclassified", "4.5 15 25"), ("residential", "4.5 15 25"), ("living_street", "4.5 15 10"),
        ("service", "4.5 15 15"), ("track", "4.5 12 15"), ("pedestrian", "4.5 4 -"), ("footway", "4.5 4 -"),
        ("path", "4.5 13 -"), ("cycleway", "4.5 15 -"), ("bridleway", "4.5 - -"), ("steps", "2 - -"),
      ].map { (["highway": $0], $1) })
  }

  @Test("what is no road is dropped, and it is said why")
  func dropped() {
    expect([
      (["highway": "bus_stop"], "notARoad"), (["highway": "road"], "notARoad"), (["highway": ""], "notARoad"),
      (["building": "yes"], "notARoad"), (["highway": "elevator", "foot": "yes"], "notARoad"),
      (["highway": "construction", "construction": "primary"], "construction"),
      (["highway": "proposed"], "construction"),
      (["highway": "primary", "construction": "yes"], "construction"),
      (["highway": "primary", "construction": "minor"], "4.5 15 65"),
      (["highway": "primary", "proposed": "yes"], "construction"),
      (["highway": "track", "impassable": "yes"], "construction"),
      (["highway": "pedestrian", "area": "yes"], "area"),
      (["highway": "pedestrian", "area": "no"], "4.5 4 -"),
      (["route": "ferry"], "ferry"), (["route": "bus"], "notARoad"),
      (["highway": "service", "access": "private"], "access"),
      (["highway": "motorway", "motor_vehicle": "no"], "access"),
    ])
  }

  @Test("the key made for a mode decides, else the next wider one")
  func hierarchy() {
    expect([
      (["highway": "service", "access": "no", "foot": "yes"], "4.5 - -"),
      (["highway": "service", "access": "private", "bicycle": "permissive"], "- 15 -"),
      (["highway": "service", "access": "no", "vehicle": "yes"], "- 15 15"),
      (["highway": "service", "vehicle": "no"], "4.5 - -"),
      (["highway": "service", "vehicle": "no", "motorcar": "yes"], "4.5 - 15"),
      (["highway": "service", "vehicle": "no", "moped": "yes"], "4.5 15 -"),
      (["highway": "service", "vehicle": "no", "mofa": "no"], "4.5 - -"),
      (["highway": "service", "bicycle": "no", "moped": "yes"], "4.5 - 15"),
      (["highway": "service", "mofa": "no", "moped": "no"], "4.5 15 15"),
      (["highway": "service", "bicycle": "no", "electric_bicycle": "yes"], "4.5 15 15"),
      (["highway": "service", "electric_bicycle": "no", "bicycle": "yes"], "4.5 - 15"),
      (["highway": "track", "motor_vehicle": "agricultural"], "4.5 12 -"),
      (["highway": "track", "motor_vehicle": "no", "motorcar": "destination"], "4.5 12 15"),
      (["highway": "track", "motor_vehicle": "yes", "motorcar": "no"], "4.5 12 -"),
      (["highway": "residential", "foot": "no"], "- 15 25"),
      (["highway": "residential", "motor_vehicle:backward": "no"], "4.5 15 25/-"),
      (["highway": "residential", "vehicle:forward": "no"], "4.5 -/15 -/25"),
      (["highway": "residential", "foot:backward": "no"], "4.5/- 15 25"),
      (["highway": "residential", "bicycle:forward": "no", "bicycle": "yes"], "4.5 -/15 25"),
      (["highway": "residential", "motorcar:backward": "no"], "4.5 15 25/-"),
    ])
  }

  @Test("each value of access opens, closes, or says nothing")
  func accessValues() {
    for value in [
      "yes", "designated", "permissive", "official", "public", "destination", "customers", "discouraged",
      "unknown", "delivery;destination", "",
    ] {
      #expect(speeds(["highway": "residential", "access": value]) == "4.5 15 25", "\(value)")
    }
    for value in [
      "no", "private", "permit", "residents", "delivery", "agricultural", "forestry", "military", "emergency",
      "psv", "bus", "use_sidepath", "agricultural;forestry", "no; private",
    ] {
      #expect(speeds(["highway": "residential", "access": value]) == "access", "\(value)")
    }
  }

  @Test("only a key of the mode itself opens what is closed to it by default")
  func opening() {
    expect([
      (["highway": "footway", "access": "yes", "vehicle": "yes"], "4.5 4 -"),
      (["highway": "footway", "bicycle": "yes"], "4.5 13 -"),
      (["highway": "pedestrian", "motor_vehicle": "yes", "bicycle": "yes"], "4.5 13 10"),
      (["highway": "path", "motorcar": "yes"], "4.5 13 10"),
      (["highway": "bridleway", "bicycle": "yes"], "4.5 13 -"),
      (["highway": "motorway", "foot": "yes", "bicycle": "yes"], "4.5 13/- 90/-"),
      (["highway": "trunk", "motorroad": "yes"], "- - 85"),
      (["highway": "trunk", "motorroad": "yes", "foot": "yes"], "4.5 - 85"),
    ])
  }

  @Test("e-bikes are pushed where people walk, unless they may not")
  func pushing() {
    expect([
      (["highway": "footway", "bicycle": "no"], "4.5 - -"),
      (["highway": "footway", "foot": "no"], "access"),
      (["highway": "pedestrian", "foot": "private", "bicycle": "yes"], "- 13 -"),
      (["highway": "residential", "bicycle": "dismount"], "4.5 4 25"),
      (["highway": "path", "bicycle": "dismount"], "4.5 4 -"),
    ])
  }

  @Test("one-way roads bind cars and e-bikes, and walkers only by their own key")
  func oneWays() {
    expect([
      (["highway": "residential", "oneway": "yes"], "4.5 15/- 25/-"),
      (["highway": "residential", "oneway": "1"], "4.5 15/- 25/-"),
      (["highway": "residential", "oneway": "true"], "4.5 15/- 25/-"),
      (["highway": "residential", "oneway": "-1"], "4.5 -/15 -/25"),
      (["highway": "residential", "oneway": "reverse"], "4.5 -/15 -/25"),
      (["highway": "residential", "oneway": "no"], "4.5 15 25"),
      (["highway": "residential", "oneway": "reversible"], "4.5 - -"),
      (["highway": "residential", "oneway": "alternating"], "4.5 15 25"),
      (["highway": "residential", "oneway": "perhaps"], "4.5 15 25"),
      (["highway": "residential", "oneway": "yes", "oneway:bicycle": "no"], "4.5 15 25/-"),
      (["highway": "residential", "oneway:bicycle": "yes"], "4.5 15/- 25"),
      (["highway": "residential", "oneway": "yes", "oneway:motorcar": "no"], "4.5 15/- 25"),
      (["highway": "residential", "oneway:motor_vehicle": "-1"], "4.5 15 -/25"),
      (["highway": "residential", "oneway:vehicle": "yes"], "4.5 15/- 25/-"),
      (["highway": "residential", "oneway": "yes", "cycleway": "opposite"], "4.5 15 25/-"),
      (["highway": "residential", "oneway": "yes", "cycleway": "lane"], "4.5 15/- 25/-"),
      (["highway": "residential", "oneway": "yes", "cycleway:left": "opposite_lane"], "4.5 15 25/-"),
      (["highway": "residential", "oneway": "yes", "cycleway:right": "opposite_track"], "4.5 15 25/-"),
      (["highway": "residential", "oneway": "-1", "cycleway:both": "opposite_lane"], "4.5 15 -/25"),
      (
        ["highway": "residential", "oneway": "yes", "oneway:bicycle": "yes", "cycleway": "opposite"],
        "4.5 15/- 25/-"
      ),
      (["highway": "residential", "junction": "roundabout"], "4.5 15/- 25/-"),
      (["highway": "residential", "junction": "circular"], "4.5 15/- 25/-"),
      (["highway": "residential", "junction": "roundabout", "cycleway": "opposite"], "4.5 15 25/-"),
      (["highway": "residential", "junction": "roundabout", "oneway": "no"], "4.5 15 25"),
      (["highway": "residential", "junction": "roundabout", "oneway": "-1"], "4.5 -/15 -/25"),
      (["highway": "residential", "junction": "yes"], "4.5 15 25"),
      (["highway": "motorway", "oneway": "no"], "- - 90"),
      (["highway": "footway", "oneway": "yes"], "4.5 4/- -"),
      (["highway": "residential", "oneway:foot": "yes"], "4.5/- 15 25"),
      (["highway": "residential", "foot:oneway": "-1"], "-/4.5 15 25"),
    ])
  }

  @Test("a posted limit sets the speed of cars at four fifths, and bounds that of e-bikes")
  func posted() {
    expect([
      (["highway": "residential", "maxspeed": "50"], "4.5 15 40"),
      (["highway": "primary", "maxspeed": "30 mph"], "4.5 15 38.624"),
      (["highway": "residential", "maxspeed": "10"], "4.5 10 8"),
      (["highway": "primary", "maxspeed": "CN:urban"], "4.5 15 40"),
      (["highway": "primary", "maxspeed": "CN:rural"], "4.5 15 56"),
      (["highway": "primary", "maxspeed": "DE:rural"], "4.5 15 72"),
      (["highway": "motorway", "maxspeed": "CN:motorway"], "- - 96/-"),
      (["highway": "motorway", "maxspeed": "none"], "- - 112/-"),
      (["highway": "primary", "maxspeed": "signals"], "4.5 15 65"),
      (["highway": "primary", "maxspeed": "50", "maxspeed:backward": "30"], "4.5 15 40/24"),
      (["highway": "primary", "maxspeed:forward": "100"], "4.5 15 80/65"),
      (["highway": "primary", "maxspeed": "-5"], "4.5 15 65"),
    ])
  }

  @Test(
    "limits are read with their units and zones",
    arguments: [
      ("50", 50), ("50 km/h", 50), ("50kmh", 50), ("30 mph", 48.28032), ("10 knots", 18.52), ("walk", 10),
      ("none", 140), ("CN:urban", 50), ("FR:urban", 50), ("CN:trunk", 70), ("FR:trunk", 110),
      ("FR:motorway", 130),
      ("DE:zone:30", 30), ("DE:zone30", 30), ("BE:living_street", 10), ("60;40", 40), ("60|80", 60),
      ("5.5", 5.5),
      ("", nil), ("fast", nil), ("0", nil), ("1e9", nil), ("999999999999999999999", nil), ("50 parsecs", nil),
      ("CN:", nil), (":", nil), (";", nil), ("301", nil), ("nan", nil), ("30.0.1", nil),
    ] as [(String, Double?)])
  func limits(text: String, expected: Double?) {
    #expect(PostedSpeed.kilometersPerHour(of: text) == expected)
  }

  @Test("bad ground slows each mode by its own table")
  func surfaces() {
    expect([
      (["highway": "tertiary", "surface": "gravel"], "3.375 6 40"),
      (["highway": "primary", "surface": "gravel"], "3.375 6 40"),
      (["highway": "primary", "surface": "asphalt"], "4.5 15 65"),
      (["highway": "track", "surface": "mud"], "2.25 3 10"),
      (["highway": "primary", "tracktype": "grade5"], "4.5 15 20"),
      (["highway": "primary", "smoothness": "bad"], "4.5 15 40"),
      (["highway": "path", "smoothness": "impassable"], "4.5 - -"),
      (["highway": "track", "smoothness": "impassable"], "4.5 - -"),
      (["highway": "primary", "surface": "unheard-of"], "4.5 15 65"),
      // A road does not get faster by its surface.
      (["highway": "residential", "surface": "compacted"], "4.5 10 25"),
    ])
  }

  @Test("service roads of a named kind are slow for cars, and may be used")
  func service() {
    expect([
      (["highway": "service", "service": "driveway"], "4.5 15 5"),
      (["highway": "service", "service": "parking_aisle"], "4.5 15 5"),
      (["highway": "service", "service": "alley"], "4.5 15 5"),
      (["highway": "service", "service": "unheard-of"], "4.5 15 15"),
      (["highway": "service", "service": "motorway"], "4.5 15 15"),
      (["highway": "residential", "service": "driveway"], "4.5 15 25"),
    ])
  }

  @Test("ferries are used when asked for, and keep the time they state")
  func ferries() throws {
    var rules = RoadRules()
    rules.usesFerries = true
    expect(
      [
        (["route": "ferry"], "5 5 5"), (["route": "ferry", "foot": "no"], "- 5 5"),
        (["route": "ferry", "motor_vehicle": "no"], "5 5 -"),
        (["route": "ferry", "oneway": "yes"], "5 5/- 5/-"),
        (["route": "ferry", "maxspeed": "50"], "5 5 5"),
      ], rules)
    for (text, seconds) in [
      ("1:30", 5_400), ("00:20:30", 1_230), ("45", 2_700), ("x", nil), ("", nil), ("1:", nil), ("-1", nil),
      ("0", nil), ("1:2:3:4", nil), ("99999999999999999999", nil),
    ] as [(String, Int?)] {
      guard case .road(let use) = rules.verdict(on: ["route": "ferry", "duration": text]) else {
        Issue.record("no road")
        continue
      }
      #expect(use.seconds == seconds, "\(text)")
    }
    // A road with a ferry's route is a road, and no road states a time.
    let both: RoadTags = ["highway": "service", "route": "ferry", "duration": "1:00"]
    guard case .road(let use) = rules.verdict(on: both) else {
      Issue.record("no road")
      return
    }
    #expect(use.roadClass == .service && use.seconds == nil)
  }

  @Test("rules of the user's own take the place of the table")
  func ownRules() {
    var rules = RoadRules()
    rules.walk.standard = 5
    rules.car.byHighway["track"] = 0
    rules.car.byHighway["unclassified"] = 40
    rules.shareOfPostedSpeed = 1
    rules.walk.byHighway["trunk"] = 0
    rules.ebike.surface["gravel"] = .times(0.5)
    rules.car.surface["mud"] = .no
    expect(
      [
        (["highway": "track"], "5 12 -"), (["highway": "unclassified"], "5 15 40"),
        (["highway": "steps"], "2 - -"),
        (["highway": "trunk", "maxspeed": "60"], "- 15 60"),
        (["highway": "residential", "surface": "gravel"], "3.75 7.5 25"),
        (["highway": "residential", "surface": "mud"], "2.5 3 -"),
      ], rules)
  }

  @Test("walking on roads is as fast as in a straight line, and so are e-bikes")
  func comparable() {
    for mode in [TravelMode.walk, .ebike] {
      let straight = StraightLine(mode: mode).metersPerSecond(in: .plain) * 3.6
      #expect(abs(RoadRules.standard[mode].standard - straight) < 1e-9)
    }
  }

  @Test("the keys are distinct, and tags are kept and forgotten")
  func tags() {
    #expect(Set(RoadTag.allCases.map(\.key)).count == RoadTag.allCases.count)
    #expect(RoadTag.allCases.count <= 64)
    #expect(RoadTag.allCases.enumerated().allSatisfy { Int($1.rawValue) == $0 })
    var tags: RoadTags = ["highway": "path", "name": "王屋街", "except": "psv"]
    #expect(tags[.highway] == "path" && tags[.except] == "psv" && tags[.type] == nil)
    tags[.highway] = nil
    #expect(tags[.highway] == nil && tags[.except] == "psv")
    tags.removeAll()
    #expect(RoadTag.allCases.allSatisfy { tags[$0] == nil })
  }
}

@Suite("What barriers stop")
struct RoadBarrierTests {
  private func stopped(_ tags: [String: String]) -> String {
    let modes = RoadRules.standard.modesStopped(by: RoadTags(tags))
    return TravelMode.allCases.filter { modes.contains($0) }.map(\.rawValue).joined(separator: " ")
  }

  @Test("each kind stops the modes it stops")
  func kinds() {
    for (kinds, modes) in [
      (
        "gate lift_gate swing_gate toll_booth cattle_grid border_control entrance no sally_port height_restrictor",
        ""
      ),
      ("bollard block cycle_barrier chain jersey_barrier unheard-of", "car"),
      ("stile kissing_gate turnstile full-height_turnstile log step", "ebike car"),
      ("wall fence hedge ditch yes city_wall retaining_wall guard_rail", "walk ebike car"),
    ] {
      for kind in kinds.split(separator: " ") {
        #expect(stopped(["barrier": String(kind)]) == modes, "\(kind)")
      }
    }
  }

  @Test("access tags decide where there are any")
  func access() {
    for (tags, modes) in [
      (["barrier": "gate", "access": "no"], "walk ebike car"),
      (["barrier": "gate", "access": "private"], "walk ebike car"),
      (["barrier": "gate", "access": "private", "foot": "yes"], "ebike car"),
      (["barrier": "gate", "foot": "no"], "walk"),
      (["barrier": "gate", "locked": "yes"], "walk ebike car"),
      (["barrier": "gate", "locked": "yes", "foot": "yes"], "ebike car"),
      (["barrier": "bollard", "access": "yes"], "car"),
      (["barrier": "bollard", "motor_vehicle": "yes"], ""),
      (["barrier": "bollard", "bicycle": "no"], "ebike car"),
      (["barrier": "fence", "foot": "yes", "bicycle": "dismount"], "car"),
      (["barrier": "entrance", "access": "no"], ""),
      (["highway": "crossing", "bicycle": "no"], ""),
    ] as [([String: String], String)] {
      #expect(stopped(tags) == modes, "\(tags)")
    }
  }
}

extension RoadTags {
  init(_ tags: [String: String]) {
    self.init()
    for tag in RoadTag.allCases { self[tag] = tags[tag.key] }
  }
}
