import Geo
import TestSupport
import Testing
import Travel

@testable import Planning

/// Plans that keep to capacities, judged by every set of sites with every way to send places to points within reach.
@Suite("Relief of crowded points")
struct SiteReliefTests {
  /// Places and points on a meridian: seconds on foot follow from the difference of latitudes.
  func county(_ seed: Int) -> (network: PaymentNetwork, sites: CandidateTable, question: SiteQuestion) {
    var random = SeededGenerator(seed: 60 + seed)
    func latitude() -> Double { 35 + Double(Int.random(in: 0...20, using: &random)) * 0.001 }
    var sketch = NetworkSketch()
    for i in 0..<5 {
      sketch.places.append(
        .init(
          id: "v\(i)", latitude: latitude(),
          customers: Int.random(in: 0..<5, using: &random) == 0 ? 0 : .random(in: 1...100, using: &random),
          township: ["A", "B"][i % 2]))
    }
    sketch.places.append(.init(id: "v9", latitude: 36, customers: 50))
    for i in 0..<2 {
      sketch.points.append(
        .init(id: "p\(i)", latitude: latitude(), status: i == 1 && seed % 4 == 0 ? .closed : .active))
    }
    var sites = CandidateTable()
    for i in 0..<3 {
      sites.ids.append("c\(i)")
      sites.names.append("site \(i)")
      sites.kinds.append(nil)
      sites.latitudes.append(latitude())
      sites.longitudes.append(112.5)
      sites.places.append(-1)
      sites.openingCostsFen.append(nil)
      sites.monthlyCostsFen.append(nil)
      sites.counters.append(0)
    }
    var question = SiteQuestion(
      seed % 2 == 0 ? .sites(Int.random(in: 1...3, using: &random)) : .budget(fen: 500))
    question.goal = .relief
    question.costsFen = (0..<3).map { _ in .random(in: 1...3, using: &random) * 100 }
    if seed % 5 == 0 { question.costsFen[2] = nil }
    question.relief.reach = .minutes(20)
    question.relief.counterCostFen = 100
    question.relief.pointCapacities = (0..<2).map { _ in .random(in: 0...80, using: &random) }
    question.relief.siteCapacities = (0..<3).map { _ in
      let one = Int.random(in: 10...60, using: &random)
      return [one, 2 * one]
    }
    if seed % 3 == 1 { question.kept = [0] }
    if seed % 3 == 2 { question.forbidden = [1] }
    return (sketch.network, sites, question)
  }

  /// Payments without a place and payment-seconds of the best plan; whole places only.
  private func optimum(
    _ network: PaymentNetwork, _ sites: CandidateTable, _ question: SiteQuestion, _ beyond: [Int]
  ) -> [Int] {
    let relief = question.relief
    let places = (0..<network.places.count).filter { !beyond.contains($0) }
    let demands = places.map { network.places.weight(of: $0, by: .payments) }
    func seconds(_ place: Int, _ latitude: Double) -> Int {
      let meters = abs(latitude - network.places.latitudes[place]) * .pi / 180 * 6_371_008.8
      return Int((meters * 1.3 / 1.25 - 1e-6).rounded(.up))
    }
    var best: [Int]?
    func send(_ k: Int, _ latitudes: [Double], _ room: [Int], _ unplaced: Int, _ ways: Int) {
      guard k < places.count else {
        if best.map({ [unplaced, ways].lexicographicallyPrecedes($0) }) ?? true { best = [unplaced, ways] }
        return
      }
      send(k + 1, latitudes, room, unplaced + demands[k], ways)
      for target in room.indices where room[target] >= demands[k] {
        let way = seconds(places[k], latitudes[target])
        guard way <= relief.reach.seconds else { continue }
        var left = room
        left[target] -= demands[k]
        send(k + 1, latitudes, left, unplaced, ways + way * demands[k])
      }
    }
    let active = (0..<2).filter { network.points.statuses[$0] == .active }
    let rules = question.rules
    func meters(_ a: Double, _ b: Double) -> Double { abs(a - b) * .pi / 180 * 6_371_008.8 }
    func township(_ site: Int) -> String {
      let nearest = (0..<network.places.count).min {
        meters(network.places.latitudes[$0], sites.latitudes[site])
          < meters(network.places.latitudes[$1], sites.latitudes[site])
      }
      return network.places.townshipNames[Int(network.places.townships[nearest ?? 0])]
    }
    for bits in 0..<27 << active.count {
      let points = active.enumerated().filter { (bits / 27) >> $0.offset & 1 == 0 }.map(\.element)
      let closed = active.count - points.count
      let counters = [bits % 3, bits / 3 % 3, bits / 9 % 3]
      let set = (0..<3).filter { counters[$0] > 0 }
      guard Set(set).isSuperset(of: question.kept), Set(set).isDisjoint(with: question.forbidden) else {
        continue
      }
      switch question.limit {
      case .sites(let count):
        guard closed >= rules.close, closed <= rules.close + rules.relocate,
          set.count <= count + closed - rules.close
        else { continue }
      case .budget(let fen):
        guard !set.contains(where: { question.costsFen[$0] == nil }) else { continue }
        let price = set.reduce(0) { $0 + (question.costsFen[$1] ?? 0) + (counters[$1] - 1) * 100 }
        guard price <= fen else { continue }
      case .target, .within: continue
      }
      if closed > 0, rules.close + rules.relocate == 0 { continue }
      if let spacing = rules.spacing?.meters {
        let others = points.map { network.points.latitudes[$0] }
        guard
          set.allSatisfy({ one in
            others.allSatisfy { meters($0, sites.latitudes[one]) >= spacing }
              && set.allSatisfy { $0 == one || meters(sites.latitudes[$0], sites.latitudes[one]) >= spacing }
          })
        else { continue }
      }
      if let most = rules.perTownship {
        guard ["A", "B"].allSatisfy({ name in set.count { township($0) == name } <= most }) else { continue }
      }
      send(
        0, points.map { network.points.latitudes[$0] } + set.map { sites.latitudes[$0] },
        points.map { relief.pointCapacities[$0] } + set.map { relief.siteCapacities[$0][counters[$0] - 1] },
        0, 0)
    }
    return best ?? []
  }

  @Test("leaves the fewest payments without a place, then the shortest ways, or says how far off it may be")
  func best() throws {
    var exact = 0
    for seed in 0..<30 where try isBest(county(seed)) == true { exact += 1 }
    #expect(exact >= 28, "\(exact) of 30 plans are the best")
  }

  @Test("keeps to spacing, townships, closings and relocations, or says that no plan does")
  func rules() throws {
    var (asked, exact, bound, impossible) = (0, 0, 0, 0)
    for seed in 0..<48 {
      var one = county(100 + seed)
      let free = try one.network.proposal(one.question, among: one.sites).details.levels.map(\.value)
      // Spacing of a width between the latitudes that places and points stand on.
      if seed % 2 == 0 { one.question.rules.spacing = .meters(Double(seed % 10) * 111 + 170) }
      if seed % 3 == 0 { one.question.rules.perTownship = 1 }
      if case .sites = one.question.limit {
        if seed % 16 == 2 { one.question.rules.close = 1 }
        if seed % 16 == 4 { one.question.rules.relocate = 1 }
        if seed % 16 == 6 { (one.question.rules.close, one.question.rules.relocate) = (1, 1) }
      }
      guard !one.question.rules.isEmpty else { continue }
      guard let isBest = try isBest(one) else {
        impossible += 1
        continue
      }
      asked += 1
      if isBest { exact += 1 }
      let ruled = try one.network.proposal(one.question, among: one.sites).details.levels.map(\.value)
      if ruled != free { bound += 1 }
    }
    #expect(
      asked > 20 && bound > 8 && impossible > 0, "\(asked) asked, \(bound) bound, \(impossible) without")
    #expect(exact >= asked - 3, "\(exact) of \(asked) plans are the best")
  }

  /// Checks a plan and its bounds, and says whether it is the best of all; `nil` where there is none.
  private func isBest(
    _ one: (network: PaymentNetwork, sites: CandidateTable, question: SiteQuestion)
  ) throws -> Bool? {
    let (network, sites, question) = one
    let proposal = try network.proposal(question, among: sites)
    guard let plan = proposal.details.relief else {
      let best = optimum(network, sites, question, [5])
      #expect(best.isEmpty && proposal.conflict != nil && !proposal.isAnswered)
      return nil
    }
    #expect(proposal.beyondReach.contains(5), "nobody reaches anything from v9")
    let best = optimum(network, sites, question, proposal.beyondReach)
    for closed in proposal.closed {
      #expect(plan.places.joined().allSatisfy { $0.target != .point(closed.point) })
    }
    let levels = proposal.details.levels
    #expect(levels.map(\.name) == [.paymentsUnplaced, .travel])
    #expect(levels[0].bound <= best[0] && best[0] <= levels[0].value)
    if levels[0].value == best[0] { #expect(levels[1].bound <= best[1] && best[1] <= levels[1].value) }
    // The plan itself: who goes where, within reach and capacity.
    var loads: [ReliefPlan.Target: Int] = [:]
    for (place, shares) in plan.places.enumerated() {
      let sum = shares.reduce(0) { $0 + $1.payments }
      if !proposal.beyondReach.contains(place) {
        #expect(sum + plan.unplaced[place] == network.places.weight(of: place, by: .payments))
        #expect(shares.count <= 1)
      }
      for share in shares { loads[share.target, default: 0] += share.payments }
    }
    for (target, payments) in loads {
      switch target {
      case .point(let point):
        #expect(
          payments <= question.relief.pointCapacities[point] && plan.points[point]?.payments == payments)
      case .site(let site):
        let order = try #require(proposal.chosen.firstIndex { $0.site == site })
        let load = plan.sites[order]
        #expect(
          load.payments == payments && payments <= load.capacity && proposal.chosen[order].gain == payments)
        let counters = try #require(load.counters)
        #expect(counters == 1 || question.relief.siteCapacities[site][counters - 2] < payments)
      }
    }
    #expect(
      plan.unplaced.reduce(0, +) == levels[0].value
        && (plan.unplacedBefore >= levels[0].value || !proposal.closed.isEmpty))
    guard case .relief(let certificate)? = proposal.proof else {
      Issue.record("a certificate is expected")
      return false
    }
    #expect(try checkedByAnother([certificate]) == [nil])
    return levels.map(\.value) == best
  }

  @Test("a certificate that claims more of either aim, or is of two questions, is refused")
  func tampered() throws {
    var tampered: [ReliefCertificate] = []
    for seed in 0..<10 {
      let (network, sites, question) = county(seed)
      guard case .relief(let certificate)? = try network.proposal(question, among: sites).proof else {
        Issue.record("a certificate is expected")
        continue
      }
      var one = certificate
      one.unplaced.bound = one.unplaced.value + 1
      tampered.append(one)
      one = certificate
      one.waysBound = one.ways + 1
      tampered.append(one)
      one = certificate
      one.ways += 1
      tampered.append(one)
      one = certificate
      one.unplaced.base = one.unplaced.base.map { $0 + 1 }
      tampered.append(one)
      one = certificate
      one.travel.limit += 1
      tampered.append(one)
    }
    for verdict in try checkedByAnother(tampered) { #expect(verdict != nil) }
  }

  @Test("divided places need no more room and no longer ways than whole ones", arguments: 0..<12)
  func split(seed: Int) throws {
    let (network, sites, question) = county(seed)
    var split = question
    split.relief.isSplit = true
    let whole = try network.proposal(question, among: sites).details.levels.map(\.value)
    let parts = try network.proposal(split, among: sites).details
    #expect(!whole.lexicographicallyPrecedes(parts.levels.map(\.value)))
    #expect(parts.relief?.places.allSatisfy { Set($0.map(\.target)).count == $0.count } ?? false)
  }

  @Test("capacities are the payments at which the peak is as busy as the limit", arguments: 0..<20)
  func capacities(seed: Int) {
    var sketch = NetworkSketch.random(seed: seed, places: 10, points: 12)
    for i in sketch.points.indices { sketch.points[i].counters = seed % 3 }
    let capacities = PointCapacities(of: sketch.network, ServiceSurveyTable(), atMost: 0.85)
    // Points are sorted by id; ask `waiting` of the same points with that many payments, and with one more.
    let order = sketch.points.indices.sorted { sketch.points[$0].id < sketch.points[$1].id }
    for more in [0, 1] {
      var full = sketch
      for (position, i) in order.enumerated() { full.points[i].volumes = [capacities[position] + more] }
      for (position, peak) in waiting(at: full.network, ServiceSurveyTable()).peaks.enumerated() {
        guard let peak else { continue }
        #expect(
          more == 0 ? peak.utilization <= 0.85 + 1e-9 : peak.utilization > 0.85 - 1e-9, "\(position)")
        #expect(peak.counters == capacities.counters[position])
      }
    }
  }
}
