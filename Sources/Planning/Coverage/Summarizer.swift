/// Adds verdicts up to figures.
struct Summarizer {
  let network: PaymentNetwork
  let answer: Coverage
  let hasBackup: [Bool]
  let ladder: VillageLadder
  let weight: CoverageOptions.Weight

  /// The figures of the places at `indices`.
  ///
  /// - Complexity: O(*n* + *s*) for *n* places that are at most *s* seconds away.
  func summary(of indices: some Collection<Int>) -> CoverageSummary {
    var tally = CoverageTally(townshipCount: network.places.townshipNames.count)
    for i in indices { tally.add(figures(of: i)) }
    var summary = tally.summary
    summary.villages = villages(of: indices)
    return summary
  }

  private func figures(of i: Int) -> PlaceFigures {
    PlaceFigures(
      of: i, in: network.places, weight: weight, isServed: answer.isServed[i], hasBackup: hasBackup[i],
      change: change(of: i),
      way: answer.nearestPoints[i] < 0 ? nil : (Int(answer.seconds[i]), Int(answer.meters[i])))
  }

  private func change(of i: Int) -> VerdictChange? {
    guard let limit = answer.options.standard.limit(of: network.places.settings[i]),
      answer.nearestPoints[i] >= 0
    else { return nil }
    guard let waits = answer.waits, waits.points[i] >= 0 else {
      return VerdictChange(isServed: answer.isServed[i], seconds: Int(answer.seconds[i]), limit: limit)
    }
    // Judged where people are done first today, so a change of point is not foreseen.
    let delay = Int(waits.delaySeconds[Int(waits.points[i])])
    return VerdictChange(
      isServed: answer.isServed[i], seconds: Int(waits.seconds[i]) - delay, delay: delay, limit: limit)
  }

  private func villages(of indices: some Collection<Int>) -> CoverageSummary.VillageLadder {
    var isMember = [Bool](repeating: false, count: ladder.isVillage.count)
    // Listed besides, so that a county of a thousand townships is not gone through once for each of them.
    var members: [Int] = []
    for i in indices where network.places.settings[i] == .village {
      let village = Int(network.places.villages[i])
      if !isMember[village] { members.append(village) }
      isMember[village] = true
    }
    func count(_ level: [Bool]) -> Int { members.count { level[$0] } }
    var result = CoverageSummary.VillageLadder()
    result.total = members.count
    result.remote = count(ladder.isRemote)
    result.reachable = count(ladder.isReachable)
    result.withPoint = count(ladder.hasPoint)
    result.effective = ladder.isEffective.map(count)
    result.secured = ladder.isSecured.map(count)
    result.effectiveProRata = ladder.openMinutes.map { minutes in
      // Whole minutes are added, so that no order of the villages shows.
      Double(members.reduce(0) { $0 + minutes[$1] }) / Double(VillageLadder.fullMinutes)
    }
    result.partTime = ladder.partTime.map { states in
      members.reduce(into: .init()) { $0 += states[$1] }
    }
    return result
  }
}
