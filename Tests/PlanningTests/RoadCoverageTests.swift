import Geo
import Planning
import TestSupport
import Testing
import Travel

@Suite("Coverage on roads")
struct RoadCoverageTests {
  /// The options a seed asks with: those of straight lines, on roads, some there and back.
  private static func options(seed: Int) -> CoverageOptions {
    var options = CoverageTests.options(seed: seed)
    options.travel = .roads
    options.standard.countsReturn = seed % 4 == 1
    if seed % 3 == 2 { options.standard.limit(to: .seconds([150, 400, 1_200][seed % 9 / 3])) }
    return options
  }

  @Test("says of every place what trying every way says", arguments: 0..<36)
  func verdicts(seed: Int) {
    let county = RoadCounty.random(seed: seed, points: seed % 11 == 10 ? 2 : 16)
    let options = Self.options(seed: seed)
    let judge = RoadScan(county: county, options: options)
    let answer = coverage(of: county.network, options)
    for (i, place) in judge.places.enumerated() {
      #expect(answer.reasons[i] == judge.reason(i), "\(place.id)")
      #expect(answer.isServed[i] == (judge.reason(i) == nil), "\(place.id)")
      let nearest = judge.nearest(i).first
      #expect(answer.nearestPoints[i] == nearest.map(Int32.init) ?? -1, "\(place.id)")
      let way = nearest.flatMap { judge.way(i, $0) }
      #expect(Int(answer.seconds[i]) == way?.seconds ?? 0, "\(place.id)")
      #expect(Int(answer.meters[i]) == way?.meters ?? 0, "\(place.id)")
    }
    #expect(answer.pointsOffRoads == judge.pointsOffRoads)
  }

  @Test("adds up to what trying every way adds up to", arguments: 0..<36)
  func figures(seed: Int) {
    let county = RoadCounty.random(seed: seed)
    let options = Self.options(seed: seed)
    let judge = RoadScan(county: county, options: options)
    let summary = coverage(of: county.network, options).summary
    let all = judge.places.indices
    func customers(_ places: [Int]) -> Int { places.reduce(0) { $0 + judge.places[$1].customers } }
    let served = all.filter { judge.reason($0) == nil }
    #expect(summary.all.places.served == served.count)
    #expect(summary.all.customers.served == customers(served))
    #expect(
      summary.backupShare == Double(customers(all.filter(judge.hasBackup))) / Double(customers(Array(all))))
    #expect(summary.unreachable == all.count { judge.nearest($0).isEmpty })
    #expect(
      summary.seconds.max
        == all.compactMap { i in judge.nearest(i).first.flatMap { judge.way(i, $0)?.seconds } }.max())
    #expect(
      summary.meters.max
        == all.compactMap { i in judge.nearest(i).first.flatMap { judge.way(i, $0)?.meters } }.max())
    let secured =
      judge.points.contains { judge.scan.counts($0) && $0.hours != nil } ? judge.securedVillages() : nil
    #expect(summary.villages.secured == secured)
    let numbers = Dictionary(uniqueKeysWithValues: judge.places.enumerated().map { ($1.id, $0) })
    let foot = judge.scan.foot(judge.places) { place in
      let number = numbers[place.id]!
      return judge.nearest(number).first.flatMap { judge.way(number, $0)?.seconds }
    }
    #expect(summary.villages.remote == foot.remote)
    #expect(summary.villages.reachable == foot.reachable)

    // At 85 % of the speed a way takes 1 ÷ 0.85 of the time; what counts are whole seconds.
    func seconds(_ place: Int) -> Int? {
      judge.nearest(place).first.flatMap { judge.way(place, $0)?.seconds }
    }
    let lost = served.filter { place in
      guard let limit = judge.limit(place), let seconds = seconds(place) else { return false }
      return 20 * seconds > 17 * limit
    }
    let gained = all.filter { place in
      guard let limit = judge.limit(place), let seconds = seconds(place), judge.reason(place) != nil else {
        return false
      }
      return 20 * seconds <= 23 * limit
    }
    #expect(summary.sensitivity.lost == customers(lost))
    #expect(summary.sensitivity.gained == customers(gained))
  }

  @Test("the towns tried hold every reason, places off the roads, backups and changes of speed")
  func variety() {
    var reasons: Set<UnservedReason> = []
    var (lost, gained, offRoads, pointsOffRoads, backups, secured) = (0, 0, 0, 0, 0.0, 0)
    for seed in 0..<36 {
      let answer = coverage(of: RoadCounty.random(seed: seed).network, Self.options(seed: seed))
      reasons.formUnion(answer.reasons.compactMap(\.self))
      lost += answer.summary.sensitivity.lost
      gained += answer.summary.sensitivity.gained
      offRoads += answer.offRoads.count
      pointsOffRoads += answer.pointsOffRoads.count
      backups += answer.summary.backupShare ?? 0
      secured += answer.summary.villages.secured ?? 0
    }
    #expect(reasons == Set(UnservedReason.allCases))
    #expect(lost > 0 && gained > 0 && offRoads > 0 && pointsOffRoads > 0 && backups > 0 && secured > 0)
  }

  // MARK: By hand

  /// A road of junctions on a meridian, 0.001° apart, that takes so many milliseconds from each to the next.
  private func line(
    walk: [EdgeSketch.Times], car: [EdgeSketch.Times]? = nil, south: Double = 35
  ) -> RoadNetworkFile {
    var sketch = EdgeSketch()
    for step in 0...walk.count { _ = sketch.junction(south + 0.001 * Double(step), 112.5) }
    for step in walk.indices {
      sketch.edge(
        UInt32(step), UInt32(step + 1), millimeters: 111_195, walk: walk[step], ebike: walk[step],
        car: car?[step] ?? walk[step])
    }
    return RoadNetworkFile(sketch.network)
  }

  private func answer(
    _ sketch: NetworkSketch, _ file: RoadNetworkFile, _ change: (inout CoverageOptions) -> Void = { _ in }
  ) -> Coverage {
    var options = CoverageOptions()
    options.travel = .roads
    change(&options)
    return coverage(of: RoadCounty(sketch: sketch, file: file).network, options)
  }

  private func pair(_ setting: Setting = .town, pointAt latitude: Double = 35.001) -> NetworkSketch {
    var sketch = NetworkSketch()
    sketch.places = [.init(id: "v", setting: setting)]
    sketch.points = [.init(id: "p", latitude: latitude)]
    return sketch
  }

  @Test(
    "the rim of the limit counts as within, to the millisecond; so do those of the speeds",
    arguments: [
      (599_999, 600, true, true, false), (600_000, 600, true, true, false),
      (600_001, 601, false, false, true),
      (510_000, 510, true, false, false), (510_001, 511, true, true, false),
      (690_000, 690, false, false, true), (690_001, 691, false, false, false), (0, 0, true, false, false),
    ] as [(UInt32, Int32, Bool, Bool, Bool)])
  func rim(milliseconds: UInt32, seconds: Int32, isServed: Bool, isLost: Bool, isGained: Bool) {
    let found = answer(pair(), line(walk: [(milliseconds, milliseconds)]))
    #expect(found.seconds == [seconds])
    #expect(found.meters == [111])
    #expect(found.isServed == [isServed])
    #expect(found.reasons == [isServed ? nil : .tooFar])
    #expect(found.summary.sensitivity.lost == (isLost ? 100 : 0))
    #expect(found.summary.sensitivity.gained == (isGained ? 100 : 0))
    #expect(found.offRoads.isEmpty && found.pointsOffRoads.isEmpty)
  }

  @Test(
    "the village radius stays a great circle, however long the road; minutes are those of the mode asked for")
  func villages() {
    let road = line(walk: [(7_200_000, 7_200_000)], car: [(60_000, 60_000)])
    let byRadius = answer(pair(.village), road)
    #expect(byRadius.isServed == [true] && byRadius.seconds == [7_200])
    #expect(byRadius.summary.sensitivity == .init())
    let onFoot = answer(pair(.village), road) { $0.standard.village = .within(.minutes(10), .walk) }
    #expect(onFoot.reasons == [.tooFar])
    let byCar = answer(pair(.village), road) { $0.standard.village = .within(.minutes(1), .car) }
    #expect(byCar.isServed == [true] && byCar.seconds == [60])
    #expect(byCar.summary.sensitivity.lost == 100)
    // The town goes on walking.
    #expect(answer(pair(.town), road) { $0.standard.village = .within(.minutes(1), .car) }.seconds == [7_200])
    // Two kilometers away as the crow flies, and a point of the village's own that no road leads to.
    var own = pair(.village, pointAt: 35.3)
    own.points[0].place = "v"
    let assigned = answer(own, road)
    #expect(assigned.isServed == [true] && assigned.nearestPoints == [-1])
    #expect(assigned.pointsOffRoads == [0])
  }

  @Test("who has no road within reach is listed with the distance, and reaches nothing")
  func offRoads() {
    var sketch = pair()
    sketch.places.append(.init(id: "w", latitude: 34.97))
    sketch.places.append(.init(id: "x", setting: .village, latitude: 34.9))
    sketch.points.append(.init(id: "q", latitude: 34.97))
    let found = answer(sketch, line(walk: [(1_000, 1_000)]))
    // A degree of a meridian is 111,195.080 m.
    #expect(found.offRoads.map(\.place) == [1, 2])
    #expect(found.offRoads.map(\.meters) == [3_336, 11_120])
    #expect(found.pointsOffRoads == [1])
    #expect(found.reasons == [nil, .unreachable, .noPointInVillage])
    #expect(found.nearestPoints == [0, -1, -1])
    #expect(found.summary.unreachable == 2)
    let nowhere = answer(sketch, line(walk: [(nil, nil)]))
    #expect(nowhere.offRoads.map(\.meters) == [nil, nil, nil])
    #expect(nowhere.pointsOffRoads == [0, 1])
  }

  @Test("a point off the roads of one of the modes asked for is listed, of a mode not asked for is not")
  func pointsOffRoads() {
    var sketch = pair(.village)
    sketch.points.append(.init(id: "q", latitude: 35.05))
    // Cars can go to the far end; walkers only on the first stretch.
    let road = line(
      walk: [(1_000, 1_000)] + Array(repeating: (nil, nil), count: 49),
      car: Array(repeating: (1_000, 1_000), count: 50))
    #expect(answer(sketch, road) { $0.standard.travel(by: .car) }.pointsOffRoads.isEmpty)
    #expect(answer(sketch, road).pointsOffRoads == [1])
    #expect(answer(sketch, road) { $0.standard.village = .within(.minutes(10), .car) }.pointsOffRoads == [1])
    let both = answer(sketch, road) {
      $0.standard.townMode = .car
      $0.standard.village = .within(.minutes(10), .walk)
    }
    #expect(both.pointsOffRoads == [1])
  }

  @Test("there and back counts both ways, and finds them within horizons and beyond")
  func roundTrips() {
    var sketch = NetworkSketch()
    sketch.places = (0..<3).map { .init(id: "v\($0)", latitude: 35 + 0.001 * Double($0)) }
    sketch.points = [.init(id: "p", latitude: 35.003), .init(id: "q", latitude: 35.002)]
    func trips(_ walk: [EdgeSketch.Times], _ limit: TravelTime = .minutes(10)) -> Coverage {
      answer(sketch, line(walk: walk)) {
        $0.standard.countsReturn = true
        $0.standard.limit(to: limit)
      }
    }
    // Downhill there, uphill back: q is at v2's door, p one step on.
    let short = trips([(100_000, 200_000), (50_000, 249_000), (1_000, 1_000)])
    #expect(short.seconds == [599, 299, 0] && short.meters == [445, 222, 0])
    #expect(short.nearestPoints == [1, 1, 1])
    #expect(short.isServed == [true, true, true])
    #expect(short.summary.backupShare == 2.0 / 3)
    // The nearest there is not the nearest there and back.
    let uphill = trips([(1_000, 1_000), (500_000, 1_000), (1_000, 2_000_000)])
    #expect(uphill.nearestPoints == [1, 1, 1] && uphill.seconds == [503, 501, 0])
    // An hour and a half each way: past the first horizons, within a day.
    let long = trips([(5_400_000, 5_400_001), (1_000, 1_000), (1_000, 1_000)], .seconds(10_801))
    #expect(long.seconds == [10_803, 2, 0])
    #expect(long.isServed == [false, true, true])
    // More than a day, and no way back at all.
    #expect(trips([(43_200_000, 43_200_000), (1_000, 1_000), (1_000, 1_000)]).nearestPoints == [-1, 1, 1])
    #expect(trips([(43_199_000, 43_199_000), (1_000, 1_000), (1_000, 1_000)]).seconds == [86_400, 2, 0])
    let trap = trips([(1_000, 1_000), (1_000, nil), (1_000, 1_000)])
    #expect(trap.nearestPoints == [-1, -1, 1] && trap.reasons == [.unreachable, .unreachable, nil])
    let source = trips([(1_000, 1_000), (nil, 1_000), (1_000, 1_000)])
    #expect(source.nearestPoints == [-1, -1, 1] && source.reasons == [.unreachable, .unreachable, nil])
  }

  // MARK: What must hold

  @Test("straight lines know nothing of the roads", arguments: 0..<12)
  func straight(seed: Int) {
    let county = RoadCounty.random(seed: seed)
    var options = Self.options(seed: seed)
    options.travel = .straight
    let (with, without) = (
      coverage(of: county.network, options), coverage(of: county.sketch.network, options)
    )
    #expect(with.summary == without.summary)
    #expect(with.lines.map(\.summary) == without.lines.map(\.summary))
    #expect(with.isServed == without.isServed && with.reasons == without.reasons)
    #expect(with.seconds == without.seconds && with.meters == without.meters)
    #expect(with.nearestPoints == without.nearestPoints)
    #expect(with.offRoads.isEmpty && with.pointsOffRoads.isEmpty)
  }

  @Test("a new road makes no way longer, where it takes nobody from theirs", arguments: 0..<24)
  func newRoad(seed: Int) {
    let county = RoadCounty.random(seed: seed, forbidsTurns: false)
    var random = SeededGenerator(seed: seed)
    var options = CoverageOptions()
    options.travel = .roads
    options.standard.travel(by: [.walk, .ebike, .car][seed % 3])
    options.standard.countsReturn = seed % 4 == 0
    let old = coverage(of: county.network, options)

    // From the last junction on, so that the edges keep their numbers.
    let roads = county.file.network
    let from = UInt32(roads.junctionCount - 1)
    var longer = roads
    longer.edgeFrom = FlatArray(Array(roads.edgeFrom) + [from])
    longer.edgeTo = FlatArray(Array(roads.edgeTo) + [UInt32.random(in: 0..<from, using: &random)])
    longer.edgeMillimeters = FlatArray(Array(roads.edgeMillimeters) + [1_000])
    longer.edgeClasses = FlatArray(Array(roads.edgeClasses) + [roads.edgeClasses[0]])
    longer.shapeStart = FlatArray(Array(roads.shapeStart) + [roads.shapeStart[roads.edgeCount]])
    for mode in longer.times.indices {
      let times = longer.times[mode]
      longer.times[mode] = .init(
        forward: FlatArray(Array(times.forward) + [1_000]),
        backward: FlatArray(Array(times.backward) + [1_000]))
    }
    var network = county.network
    let file = RoadNetworkFile(longer)
    network.roads = NetworkRoads(file)
    let new = coverage(of: network, options)

    let mode = options.standard.townMode
    func isMoved(_ latitude: Double, _ longitude: Double) -> Bool {
      let position = Coordinate<WGS84>(latitude: latitude, longitude: longitude)!
      return file.snapping.snap(position, mode: mode) != county.file.snapping.snap(position, mode: mode)
    }
    let points = network.points
    if (0..<points.count).contains(where: {
      new.counts[$0] && isMoved(points.latitudes[$0], points.longitudes[$0])
    }) {
      return
    }
    let kept = (0..<network.places.count).filter {
      !isMoved(network.places.latitudes[$0], network.places.longitudes[$0])
    }
    #expect(kept.count > 20)
    for place in kept where old.nearestPoints[place] >= 0 {
      #expect(new.nearestPoints[place] >= 0 && new.seconds[place] <= old.seconds[place], "place \(place)")
    }
  }

  @Test("the same question has the same answer", arguments: 0..<6)
  func determinism(seed: Int) {
    let network = RoadCounty.random(seed: seed).network
    let options = Self.options(seed: 4 * seed + 1)
    let (one, two) = (coverage(of: network, options), coverage(of: network, options))
    #expect(one.summary == two.summary && one.seconds == two.seconds && one.meters == two.meters)
    #expect(one.nearestPoints == two.nearestPoints && one.reasons == two.reasons)
  }
}
