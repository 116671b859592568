import Travel

/// Where each village stands on the ladder, counted place by place: a `VillageLadder` that changes.
struct VillageSteps: Hashable, Sendable {
  /// What a village has reached; bits.
  struct Steps: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let remote = Steps(rawValue: 1)
    static let reachable = Steps(rawValue: 2)
    static let withPoint = Steps(rawValue: 4)
    static let effective = Steps(rawValue: 8)
    static let secured = Steps(rawValue: 16)
  }

  /// What was last counted of a village.
  struct Standing: Hashable, Sendable {
    var steps: Steps = []
    /// The minutes a week that its active points are open, at most those of a full one.
    var minutes: Int32 = 0
  }

  /// Where the village places of each village begin in `members`; one more than there are villages.
  private let starts: [Int32]
  private let members: [Int32]
  /// By village, its places within an hour of a point.
  private var near: [Int32]
  /// By village, its places beyond half an hour.
  private var far: [Int32]
  /// By village, its places without another effective point within reach. Empty where no volumes are known.
  private var insecure: [Int32]
  /// By village, the minutes a week of its active points, each at most those of a full one. Empty where no volumes are known.
  private var minutes: [Int32]
  private(set) var standings: [Standing]

  init(_ places: PlaceTable, knowsVolumes: Bool) {
    let count = places.villageNames.count
    var starts = [Int32](repeating: 0, count: count + 1)
    for i in 0..<places.count where places.settings[i] == .village {
      starts[Int(places.villages[i]) + 1] += 1
    }
    for village in 0..<count { starts[village + 1] += starts[village] }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[count]))
    for i in 0..<places.count where places.settings[i] == .village {
      let village = Int(places.villages[i])
      members[Int(next[village])] = Int32(i)
      next[village] += 1
    }
    self.starts = starts
    self.members = members
    near = [Int32](repeating: 0, count: count)
    far = near
    insecure = knowsVolumes ? near : []
    minutes = insecure
    standings = .init(repeating: Standing(), count: count)
  }

  /// The village places of a village.
  func places(of village: Int) -> ArraySlice<Int32> {
    members[Int(starts[village])..<Int(starts[village + 1])]
  }

  /// Counts a village place, or takes it out with a sign of -1.
  mutating func count(_ sign: Int32, village: Int, seconds: Int32?, isInsecure: Bool) {
    if let seconds, Int(seconds) <= VillageLadder.remoteLimit.seconds { near[village] += sign }
    if Int(seconds ?? .max) > VillageLadder.reachableLimit.seconds { far[village] += sign }
    if isInsecure { insecure[village] += sign }
  }

  /// Counts the hours of an active point, or takes them out with a sign of -1.
  mutating func count(_ sign: Int32, minutes count: Int32, village: Int) { minutes[village] += sign * count }

  /// Looks where a village stands now, and says where it stood.
  ///
  /// - Parameters:
  ///   - points: how many points that count it has.
  ///   - effective: how many of them are effective.
  mutating func stand(_ village: Int, points: Int32, effective: Int32) -> Standing {
    let before = standings[village]
    guard starts[village] < starts[village + 1] else { return before }
    var now = Standing()
    if points > 0 { now.steps.insert(.withPoint) }
    if points == 0, near[village] == 0 { now.steps.insert(.remote) }
    if points > 0 || far[village] == 0 { now.steps.insert(.reachable) }
    if effective > 0 {
      now.steps.insert(.effective)
      if insecure[village] == 0 { now.steps.insert(.secured) }
    }
    if !minutes.isEmpty { now.minutes = min(Int32(VillageLadder.fullMinutes), minutes[village]) }
    standings[village] = now
    return before
  }
}

/// How many villages have reached what.
struct LadderTally: Hashable, Sendable {
  private var ladder = CoverageSummary.VillageLadder()
  private var effective = 0
  private var secured = 0
  private var minutes = 0

  /// Nobody.
  init() {}

  /// Counts a village, or takes it out with a sign of -1.
  mutating func count(_ sign: Int, _ standing: VillageSteps.Standing) {
    ladder.total += sign
    if standing.steps.contains(.remote) { ladder.remote += sign }
    if standing.steps.contains(.reachable) { ladder.reachable += sign }
    if standing.steps.contains(.withPoint) { ladder.withPoint += sign }
    if standing.steps.contains(.effective) { effective += sign }
    if standing.steps.contains(.secured) { secured += sign }
    minutes += sign * Int(standing.minutes)
  }

  /// The ladder; the upper rungs are `nil` where volumes or hours are missing.
  func ladder(knowsEffective: Bool) -> CoverageSummary.VillageLadder {
    var result = ladder
    guard knowsEffective else { return result }
    result.effective = effective
    result.secured = secured
    result.effectiveProRata = Double(minutes) / Double(VillageLadder.fullMinutes)
    return result
  }
}
