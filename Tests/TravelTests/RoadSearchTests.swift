import TestSupport
import Testing
import Travel

@Suite struct RoadSearchTests {
  static let seeds = Array(1...6)

  struct Scene {
    let network: RoadNetwork
    let places: [RoadPosition?]
    let points: [RoadPosition?]

    init(seed: Int) {
      network = randomRoads(seed: seed)
      places = randomPositions(18, on: network, seed: 1_000 + seed)
      points = randomPositions(9, on: network, seed: 2_000 + seed)
    }

    func judged(_ mode: TravelMode, _ direction: RoadSearch.Direction) -> [[RoadJudge.Way?]] {
      let judge = RoadJudge(network: network, mode: mode)
      let there = judge.table(from: places, to: points)
      let back = judge.table(from: points, to: places)
      return places.indices.map { place in
        points.indices.map { point in
          switch direction {
          case .toPoint: there[place][point]
          case .fromPoint: back[point][place]
          case .roundTrip:
            there[place][point].flatMap { way in back[point][place].map { way.then($0) } }
          }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `the nearest points of each place are those of a plain search from every place`(seed: Int) {
    let scene = Scene(seed: seed)
    for mode in TravelMode.allCases {
      let search = RoadSearch(RoadGraph(scene.network, mode: mode))
      for direction in [RoadSearch.Direction.toPoint, .fromPoint] {
        let judged = scene.judged(mode, direction)
        for k in [1, 2, 5, 12] {
          for limit in [RoadSearch.longestMilliseconds, 4_000] {
            let table = search.nearest(
              k, of: scene.points, to: scene.places, direction: direction, within: limit)
            for place in scene.places.indices {
              let expected = judged[place].enumerated()
                .compactMap { point, way in way.map { (point: point, way: $0) } }
                .filter { $0.way.milliseconds <= UInt64(limit) }
                .sorted { ($0.way.milliseconds, $0.point) < ($1.way.milliseconds, $1.point) }.prefix(k)
              let row = place * k..<place * k + k
              #expect(
                table.points[row].prefix { $0 >= 0 }.map(Int.init) == expected.map(\.point),
                "\(mode) \(place)")
              #expect(
                table.milliseconds[row].prefix { $0 != RoadSearch.unreached }.map(UInt64.init)
                  == expected.map(\.way.milliseconds), "\(mode) \(place)")
              #expect(
                table.millimeters[row].prefix { $0 != RoadSearch.unreached }.map(UInt64.init)
                  == expected.map(\.way.millimeters), "\(mode) \(place)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `what points take besides the way counts in times and order, and in no length`(seed: Int) {
    let scene = Scene(seed: seed)
    var random = SeededGenerator(seed: 3_000 + seed)
    // Some wait longer than any way takes, some so long that nobody is ever done.
    let delays = scene.points.map { _ in
      [0, 700, 5_000, 60_000, RoadSearch.longestMilliseconds, .max].randomElement(using: &random)!
    }
    for mode in TravelMode.allCases {
      let search = RoadSearch(RoadGraph(scene.network, mode: mode))
      for direction in [RoadSearch.Direction.toPoint, .fromPoint] {
        let judged = scene.judged(mode, direction)
        for k in [1, 2, 9] {
          let table = search.nearest(
            k, of: scene.points, to: scene.places, direction: direction, delays: delays)
          for place in scene.places.indices {
            let expected = judged[place].enumerated()
              .compactMap { point, way in
                way.map {
                  (time: $0.milliseconds + UInt64(delays[point]), point: point, length: $0.millimeters)
                }
              }
              .filter { $0.time <= UInt64(RoadSearch.longestMilliseconds) }
              .sorted { ($0.time, $0.point) < ($1.time, $1.point) }.prefix(k)
            let row = (place * k..<place * k + k).prefix { table.points[$0] >= 0 }
            #expect(row.map { Int(table.points[$0]) } == expected.map(\.point), "\(mode) \(place)")
            #expect(row.map { UInt64(table.milliseconds[$0]) } == expected.map(\.time))
            #expect(row.map { UInt64(table.millimeters[$0]) } == expected.map(\.length))
          }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `the places within a time are those of a plain search, the rim among them`(seed: Int) {
    let scene = Scene(seed: seed)
    for mode in TravelMode.allCases {
      let search = RoadSearch(RoadGraph(scene.network, mode: mode))
      for direction in RoadSearch.Direction.allCases {
        let judged = scene.judged(mode, direction)
        // Limits that some way just meets, and just misses.
        let times = judged.flatMap { $0.compactMap { $0?.milliseconds } }.sorted()
        let middle = UInt32(times.isEmpty ? 3_000 : times[times.count / 2])
        for limit in [0, middle, max(1, middle) - 1, RoadSearch.longestMilliseconds] {
          let within = search.within(limit, of: scene.points, to: scene.places, direction: direction)
          let table = search.table(of: scene.points, to: scene.places, within: limit, direction: direction)
          for point in scene.points.indices {
            let expected = scene.places.indices.filter {
              judged[$0][point].map { $0.milliseconds <= UInt64(limit) } ?? false
            }
            let entries = within.entries(ofPoint: point)
            #expect(within.places[entries].map(Int.init) == expected, "\(mode) \(direction) \(limit)")
            #expect(
              within.milliseconds[entries].map(UInt64.init)
                == expected.map { judged[$0][point]!.milliseconds })
            #expect(
              within.millimeters[entries].map(UInt64.init) == expected.map { judged[$0][point]!.millimeters })
            for place in scene.places.indices {
              let at = point * scene.places.count + place
              let entry = entries.first { within.places[$0] == UInt32(place) }
              #expect(table.milliseconds[at] == entry.map { within.milliseconds[$0] } ?? RoadSearch.unreached)
              #expect(table.millimeters[at] == entry.map { within.millimeters[$0] } ?? RoadSearch.unreached)
            }
          }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `each point reaches the same places alone as among many searched in parallel`(seed: Int) {
    let scene = Scene(seed: seed)
    let points = randomPositions(150, on: scene.network, seed: seed)
    let search = RoadSearch(RoadGraph(scene.network, mode: .ebike))
    let together = search.within(3_000, of: points, to: scene.places, direction: .roundTrip)
    for (i, point) in points.enumerated() {
      let alone = search.within(3_000, of: [point], to: scene.places, direction: .roundTrip)
      let entries = together.entries(ofPoint: i)
      #expect(Array(together.places[entries]) == alone.places)
      #expect(Array(together.milliseconds[entries]) == alone.milliseconds)
      #expect(Array(together.millimeters[entries]) == alone.millimeters)
    }
  }

  @Test(arguments: seeds)
  func `no arc improves a label, and every label is supported by an arc or a point`(seed: Int) {
    let network = randomRoads(seed: seed, junctions: 300, edges: 700)
    let points = randomPositions(40, on: network, seed: seed)
    for mode in TravelMode.allCases {
      let graph = RoadGraph(network, mode: mode)
      let labels = RoadSearch(graph).labels(of: points)
      let judge = RoadJudge(network: network, mode: mode)
      // What each node would have through its arcs: the lowest time, and of those the lowest owner.
      var supported = [UInt64](repeating: .max, count: graph.nodeCount)
      for node in 0..<graph.nodeCount {
        for k in Int(graph.forward.start[node])..<Int(graph.forward.start[node + 1]) {
          let (next, time) = (Int(graph.forward.arcs[k].node), graph.forward.arcs[k].milliseconds)
          guard labels.milliseconds[next] != RoadSearch.unreached else { continue }
          let way = UInt64(labels.milliseconds[next] + time) << 32 | UInt64(labels.owners[next])
          supported[node] = min(supported[node], way)
        }
        // And what it has because a point lies on an arc that leaves it.
        for (owner, point) in points.enumerated() {
          guard let point else { continue }
          for k in Int(graph.forward.start[node])..<Int(graph.forward.start[node + 1])
          where graph.forward.edges[k] / 2 == point.edge {
            let run = RoadJudge.Run(edge: Int(point.edge), backward: graph.forward.edges[k] % 2 == 1)
            let way = judge.beginning(of: run, to: point)!.then(judge.gap(point))
            supported[node] = min(supported[node], way.milliseconds << 32 | UInt64(owner))
          }
        }
        let label =
          labels.milliseconds[node] == RoadSearch.unreached
          ? UInt64.max : UInt64(labels.milliseconds[node]) << 32 | UInt64(labels.owners[node])
        #expect(label == supported[node], "\(mode) node \(node)")
      }
    }
  }

  @Test func `a one-way street is driven around, and walked against`() {
    let town = TownSketch(
      """
      A-->B
      |   |
      C---D
      """)
    let (west, east) = (town.position("A", "B", meters: 100), town.position("A", "B", meters: 300))
    let driving = RoadSearch(RoadGraph(town.network, mode: .car))
    let walking = RoadSearch(RoadGraph(town.network, mode: .walk))
    #expect(driving.nearest(1, of: [east], to: [west]).milliseconds == [20_000])
    // 100 m to B, then 200 + 400 + 200 m around, then 100 m from A.
    #expect(driving.nearest(1, of: [west], to: [east]).milliseconds == [100_000])
    #expect(driving.nearest(1, of: [west], to: [east]).millimeters == [1_000_000])
    #expect(walking.nearest(1, of: [west], to: [east]).milliseconds == [200_000])
    #expect(
      driving.within(120_000, of: [west], to: [east], direction: .roundTrip).milliseconds == [120_000])
    #expect(driving.within(119_999, of: [west], to: [east], direction: .roundTrip).places.isEmpty)
  }

  @Test func `a forbidden turn is driven around, also by who starts in the middle of the street`() {
    let drawing = """
      A---B---C
          |   |
          D---E
      """
    let free = TownSketch(drawing)
    let town = TownSketch(drawing, forbidding: ["ABD", "BCB"])
    let (home, shop) = (town.position("A", "B", meters: 300), town.position("B", "D", meters: 100))
    #expect(
      RoadSearch(RoadGraph(free.network, mode: .car)).nearest(1, of: [shop], to: [home]).millimeters == [
        200_000
      ])
    // Not right at B, nor by turning around at C: by C, E and D.
    let driving = RoadSearch(RoadGraph(town.network, mode: .car))
    #expect(
      driving.nearest(1, of: [shop], to: [home]).millimeters == [
        100_000 + 400_000 + 200_000 + 400_000 + 100_000
      ])
    #expect(
      RoadSearch(RoadGraph(town.network, mode: .walk)).nearest(1, of: [shop], to: [home]).millimeters == [
        200_000
      ])
    // Who comes from C may turn.
    let neighbor = town.position("C", "B", meters: 300)
    #expect(driving.nearest(1, of: [shop], to: [neighbor]).millimeters == [200_000])
    #expect(driving.graph.nodeCount == town.network.junctionCount + 2)
  }

  @Test(arguments: 1...8)
  func `long paths that share edges are obeyed from every edge to every edge`(seed: Int) {
    var network = randomRoads(seed: 70 + seed, junctions: 6, edges: 8)
    var random = SeededGenerator(seed: seed)
    network.forbid(randomPaths(14, on: network, longest: 6, &random))
    let everywhere = (0..<network.edgeCount).map {
      Optional(RoadPosition(edge: UInt32($0), millimeters: network.edgeMillimeters[$0] / 2))
    }
    let judged = RoadJudge(network: network, mode: .car).table(from: everywhere, to: everywhere)
    let search = RoadSearch(RoadGraph(network, mode: .car))
    for direction in [RoadSearch.Direction.toPoint, .fromPoint] {
      let table = search.table(
        of: everywhere, to: everywhere, within: RoadSearch.longestMilliseconds, direction: direction)
      for point in everywhere.indices {
        for place in everywhere.indices {
          let way = direction == .toPoint ? judged[place][point] : judged[point][place]
          let at = point * everywhere.count + place
          #expect(
            table.milliseconds[at] == way.map { UInt32($0.milliseconds) } ?? RoadSearch.unreached,
            "\(direction) \(place) \(point)")
          #expect(table.millimeters[at] == way.map { UInt32($0.millimeters) } ?? RoadSearch.unreached)
        }
      }
    }
  }

  @Test func `a forbidden path is forbidden to who drives all of it, and to nobody else`() {
    let drawing = """
      A---B---C
          |
      D---E---F
          |
          G---H
      """
    let free = RoadSearch(RoadGraph(TownSketch(drawing).network, mode: .car))
    let town = TownSketch(drawing, forbidding: ["ABED", "ABEB"])
    let driving = RoadSearch(RoadGraph(town.network, mode: .car))
    let (west, east) = (town.position("A", "B", meters: 300), town.position("C", "B", meters: 300))
    let (street, home) = (town.position("B", "E", meters: 100), town.position("E", "D", meters: 100))
    let shop = town.position("E", "F", meters: 100)
    #expect(free.nearest(1, of: [home], to: [west]).millimeters == [400_000])
    // On to the corner of F, where he turns round: there is no corner but the end of the street.
    #expect(driving.nearest(1, of: [home], to: [west]).millimeters == [100_000 + 200_000 + 400_000 + 100_000])
    // From C, from the street between, and to elsewhere nothing has changed.
    #expect(driving.nearest(1, of: [home], to: [east]).millimeters == [400_000])
    #expect(driving.nearest(1, of: [home], to: [street]).millimeters == [200_000])
    #expect(driving.nearest(1, of: [shop], to: [west]).millimeters == [400_000])
    // B is left for E as by A, and E as by A and B.
    #expect(driving.graph.nodeCount == town.network.junctionCount + 2)
    let reach = driving.reach(of: [home], within: 40_000)
    #expect(reach.edges.contains(town.edge("B", "C")))
    #expect(!holds(reach, west, 40_000))
    #expect(holds(reach, east, 40_000))
    #expect(
      RoadComponents(of: driving.graph).ofEdge == RoadComponents(of: free.graph).ofEdge)
  }

  @Test func `a shorter path within a longer one is not forgotten on the way`() {
    // Who comes by A, B and C has begun a path and gone on with another: both hold.
    let town = TownSketch(
      "A---B---C---D---E\n        |   |\n        F---G", forbidding: ["ABCDE", "BCDG", "BCF"])
    let driving = RoadSearch(RoadGraph(town.network, mode: .car))
    let home = town.position("A", "B", meters: 100)
    func meters(_ a: Character, _ b: Character) -> UInt32 {
      driving.nearest(1, of: [town.position(a, b, meters: 100)], to: [home]).millimeters[0] / 1_000
    }
    #expect(meters("C", "D") == 300 + 400 + 100)
    // Straight on and down by D are forbidden there, unless he turns round at C or D and comes again.
    #expect(meters("D", "E") == 300 + 400 + 400 + 2 * 400 + 100)
    #expect(meters("D", "G") == 300 + 400 + 400 + 2 * 400 + 100)
  }

  @Test func `what cannot be driven anyhow makes no copies of junctions`() {
    let town = TownSketch("A-->B---C")
    var network = town.network
    let (ab, bc) = (2 * town.edge("A", "B"), 2 * town.edge("B", "C"))
    // Against the one-way street; from B to where only C leads; and a single edge.
    network.forbid([[ab + 1, ab], [ab, bc + 1], [ab]])
    #expect(RoadGraph(network, mode: .car).nodeCount == 3)
    network.forbid([[ab, bc]])
    #expect(RoadGraph(network, mode: .car).nodeCount == 4)
    #expect(RoadGraph(network, mode: .walk).nodeCount == 3)
  }

  @Test func `of equally fast ways the shorter is told, and of equally near points the lower`() {
    var sketch = EdgeSketch()
    let (a, b) = (sketch.junction(35, 112), sketch.junction(35, 112.01))
    sketch.edge(a, b, millimeters: 900, walk: (1_000, 1_000))
    sketch.edge(a, b, millimeters: 800, walk: (1_000, 1_000))
    sketch.edge(a, a, millimeters: 100, walk: (200, 200))
    sketch.edge(b, b, millimeters: 100, walk: (200, 200))
    let numbers = sketch.numbers
    let search = RoadSearch(RoadGraph(sketch.network, mode: .walk))
    let home = RoadPosition(edge: numbers[2], millimeters: 0)
    let shop = RoadPosition(edge: numbers[3], millimeters: 0)
    let table = search.nearest(2, of: [nil, shop, shop], to: [home])
    #expect(table.points == [1, 2])
    #expect(table.milliseconds == [1_000, 1_000])
    #expect(table.millimeters == [800, 800])
  }

  @Test func `times past twelve days are out of reach, and lengths stop at their largest number`() {
    var sketch = EdgeSketch()
    let junctions = (0..<5).map { sketch.junction(35, 112 + Double($0)) }
    for i in 0..<4 {
      sketch.edge(
        junctions[i], junctions[i + 1], millimeters: 4_000_000_000, walk: (400_000_000, 400_000_000),
        car: (1 << 30, (1 << 30) - 1))
    }
    let places = [0, 1, 2].map { RoadPosition(edge: $0, millimeters: 0) }
    let shop = RoadPosition(edge: 3, millimeters: 0)
    let walked = RoadSearch(RoadGraph(sketch.network, mode: .walk)).nearest(1, of: [shop], to: places)
    #expect(walked.milliseconds == [RoadSearch.unreached, 800_000_000, 400_000_000])
    #expect(walked.millimeters == [RoadSearch.unreached, .max, 4_000_000_000])
    let driving = RoadGraph(sketch.network, mode: .car)
    #expect(driving.forward.arcs.count == 4)
  }

  @Test func `nothing is reached where there is nothing`() {
    let empty = RoadSearch(RoadGraph(EdgeSketch().network, mode: .car))
    #expect(empty.nearest(2, of: [nil], to: [nil]).points == [-1, -1])
    #expect(empty.nearest(2, of: [], to: []).points.isEmpty)
    #expect(empty.within(600_000, of: [nil, nil], to: [nil]).start == [0, 0, 0])
    #expect(empty.reach(of: [nil], within: 600_000).edges.isEmpty)
    #expect(empty.labels(of: []).milliseconds.isEmpty)
  }

  @Test(arguments: seeds)
  func `the parts of edges reached are those from where a plain search is fast enough`(seed: Int) {
    let scene = Scene(seed: seed)
    for mode in [TravelMode.walk, .car] {
      let judge = RoadJudge(network: scene.network, mode: mode)
      let search = RoadSearch(RoadGraph(scene.network, mode: mode))
      let fromPoints = scene.points.map { $0.map { judge.ends(from: $0) } ?? [:] }
      for direction in [RoadSearch.Direction.toPoint, .fromPoint] {
        let together = search.reach(of: scene.points, direction: direction, within: 2_500)
        let alone = search.mapReaches(of: scene.points, direction: direction, within: 2_500) { $1 }
        var random = SeededGenerator(seed: seed)
        for edge in 0..<scene.network.edgeCount {
          let length = scene.network.edgeMillimeters[edge]
          for along in [
            0, length, .random(in: 0...length, using: &random), .random(in: 0...length, using: &random),
          ] {
            let here = RoadPosition(edge: UInt32(edge), millimeters: along)
            let fromHere = judge.ends(from: here)
            let times = scene.points.enumerated().map { i, point -> UInt64? in
              guard let point else { return nil }
              return direction == .toPoint
                ? judge.way(from: here, fromHere, to: point)?.milliseconds
                : judge.way(from: point, fromPoints[i], to: here)?.milliseconds
            }
            for limit in [2_500, 1_234] as [UInt32] {
              #expect(
                holds(together, here, limit) == times.contains { $0.map { $0 <= UInt64(limit) } ?? false },
                "\(mode) \(direction) edge \(edge) at \(along)")
              for (point, time) in times.enumerated() {
                #expect(holds(alone[point], here, limit) == time.map { $0 <= UInt64(limit) } ?? false)
              }
            }
          }
        }
      }
    }
  }

  private func holds(_ reach: RoadReach, _ position: RoadPosition, _ limit: UInt32) -> Bool {
    guard let i = reach.edges.firstIndex(of: position.edge) else { return false }
    return reach.parts(at: i, within: limit).contains { $0.contains(position.millimeters) }
  }
}
