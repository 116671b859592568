import Travel

/// Travel on roads by the definition, slowly: from edge to edge, with all edges driven so far that anything forbidden could
/// ask for, asking at each junction whether the turn, or a path that ends with it, is forbidden.
struct RoadJudge {
  let network: RoadNetwork
  let mode: TravelMode
  // The runs that can be traveled, by the junction they leave, and the forbidden turns.
  private var leaving: [UInt32: [Run]] = [:]
  private var forbidden: Set<[UInt32]> = []
  private var forbiddenPaths: Set<[Run]> = []
  private var memory = 1

  init(network: RoadNetwork, mode: TravelMode) {
    self.network = network
    self.mode = mode
    for edge in 0..<network.edgeCount {
      for run in [Run(edge: edge, backward: false), Run(edge: edge, backward: true)] where time(run) != nil {
        leaving[tail(run), default: []].append(run)
      }
    }
    let turns = Array(network.forbiddenTurns)
    if mode == .car {
      for i in stride(from: 0, to: turns.count, by: 3) { forbidden.insert(Array(turns[i..<i + 3])) }
      for (start, end) in zip(network.forbiddenPathStart, network.forbiddenPathStart.dropFirst()) {
        let path = (start..<end).map { network.forbiddenPathArcs[Int($0)] }
        forbiddenPaths.insert(path.map { Run(edge: Int($0 / 2), backward: $0 % 2 == 1) })
        memory = max(memory, path.count - 1)
      }
    }
  }

  struct Way: Comparable {
    var milliseconds: UInt64
    var millimeters: UInt64
    static func < (a: Way, b: Way) -> Bool {
      (a.milliseconds, a.millimeters) < (b.milliseconds, b.millimeters)
    }
    func then(_ other: Way) -> Way {
      Way(milliseconds: milliseconds + other.milliseconds, millimeters: millimeters + other.millimeters)
    }
  }

  /// A direction of an edge.
  struct Run: Hashable {
    var edge: Int
    var backward: Bool
  }

  func tail(_ run: Run) -> UInt32 { run.backward ? network.edgeTo[run.edge] : network.edgeFrom[run.edge] }
  func head(_ run: Run) -> UInt32 { run.backward ? network.edgeFrom[run.edge] : network.edgeTo[run.edge] }

  func time(_ run: Run) -> UInt64? {
    let times = network.times[TravelMode.allCases.firstIndex(of: mode)!]
    let flat = run.backward ? times.backward[run.edge] : times.forward[run.edge]
    guard flat != RoadNetwork.noWay else { return nil }
    let slopes = run.backward ? times.backwardSlope : times.forwardSlope
    guard !slopes.isEmpty else { return UInt64(flat) }
    return UInt64((Double(flat) * Double(slopes[run.edge]) / 1_000).rounded(.toNearestOrAwayFromZero))
  }

  /// The runs driven last, the last one at the end.
  typealias History = [Run]

  func isForbidden(_ history: History, then next: Run) -> Bool {
    let last = history[history.count - 1]
    if forbidden.contains([UInt32(last.edge), head(last), UInt32(next.edge)]) { return true }
    let driven = history + [next]
    return !forbiddenPaths.isEmpty
      && (2...max(2, driven.count)).contains { forbiddenPaths.contains(driven.suffix($0)) }
  }

  /// Part of a run, between two lengths along it in its own direction.
  func part(_ run: Run, from: UInt64, to: UInt64) -> Way? {
    guard let time = time(run) else { return nil }
    let length = UInt64(network.edgeMillimeters[run.edge])
    let exact = Double(time) * Double(to - from) / Double(length)
    return Way(milliseconds: UInt64(exact.rounded(.toNearestOrAwayFromZero)), millimeters: to - from)
  }

  /// How far along a run a position is.
  func along(_ position: RoadPosition, _ run: Run) -> UInt64 {
    let length = UInt64(network.edgeMillimeters[run.edge])
    return run.backward ? length - UInt64(position.millimeters) : UInt64(position.millimeters)
  }

  func gap(_ position: RoadPosition) -> Way {
    Way(milliseconds: UInt64(position.gapMilliseconds), millimeters: UInt64(position.approachMillimeters))
  }

  /// From a position to the end of a run on its edge.
  func rest(of run: Run, from position: RoadPosition) -> Way? {
    let length = UInt64(network.edgeMillimeters[run.edge])
    if length == 0 { return time(run).map { Way(milliseconds: run.backward ? 0 : $0, millimeters: 0) } }
    return part(run, from: along(position, run), to: length)
  }

  /// From the beginning of a run to a position on its edge.
  func beginning(of run: Run, to position: RoadPosition) -> Way? {
    if network.edgeMillimeters[run.edge] == 0 {
      return time(run).map { Way(milliseconds: run.backward ? $0 : 0, millimeters: 0) }
    }
    return part(run, from: 0, to: along(position, run))
  }

  /// The best way to the end of every run that can be reached from `start`, gap included, by what was driven before.
  func ends(from start: RoadPosition) -> [History: Way] {
    var best: [History: Way] = [:]
    var open: [History] = []
    for backward in [false, true] {
      let run = Run(edge: Int(start.edge), backward: backward)
      if let rest = rest(of: run, from: start) {
        best[[run]] = gap(start).then(rest)
        open.append([run])
      }
    }
    // Until nothing gets better.
    var next = 0
    while next < open.count {
      let history = open[next]
      next += 1
      let way = best[history]!
      for run in leaving[head(history[history.count - 1])] ?? [] where !isForbidden(history, then: run) {
        let driven = Array((history + [run]).suffix(memory))
        let longer = way.then(
          Way(milliseconds: time(run)!, millimeters: UInt64(network.edgeMillimeters[run.edge])))
        if best[driven].map({ longer < $0 }) ?? true {
          best[driven] = longer
          open.append(driven)
        }
      }
    }
    return best
  }

  /// The best way from `start` to `end`, given the ends of runs reached from `start`.
  func way(from start: RoadPosition, _ ends: [History: Way], to end: RoadPosition) -> Way? {
    var best: Way?
    func consider(_ way: Way?) {
      if let way, best.map({ way < $0 }) ?? true { best = way }
    }
    for backward in [false, true] {
      let last = Run(edge: Int(end.edge), backward: backward)
      guard let arriving = beginning(of: last, to: end) else { continue }
      for (history, way) in ends
      where head(history[history.count - 1]) == tail(last) && !isForbidden(history, then: last) {
        consider(way.then(arriving).then(gap(end)))
      }
      if start.edge == end.edge, along(start, last) <= along(end, last) {
        let between =
          along(start, last) == along(end, last)
          ? Way(milliseconds: 0, millimeters: 0) : part(last, from: along(start, last), to: along(end, last))
        consider(between.map { gap(start).then($0).then(gap(end)) })
      }
    }
    return best
  }

  /// The best ways from each of `starts` to each of `ends`, row by row.
  func table(from starts: [RoadPosition?], to ends: [RoadPosition?]) -> [[Way?]] {
    starts.map { start in
      guard let start else { return ends.map { _ in nil } }
      let reached = self.ends(from: start)
      return ends.map { end in end.flatMap { way(from: start, reached, to: $0) } }
    }
  }
}
