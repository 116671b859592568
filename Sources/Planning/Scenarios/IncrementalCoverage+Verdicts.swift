import Geo
import Travel

extension IncrementalCoverage {
  /// Judges place `i` by the points there are now.
  func judge(_ i: Int) -> Verdict {
    let places = network.places
    var verdict = Verdict()
    let ways = ways(of: i, set: 0)
    if let first = ways.first {
      (verdict.nearest, verdict.seconds, verdict.meters) = (first.point, first.seconds, first.meters)
    }
    let serving = servingPoints(of: i, set: 0, ways)
    verdict.isServed = serving > 0
    verdict.hasBackup = serving > 1
    if !verdict.isServed {
      verdict.reason =
        reasons.indices.first { servingPoints(of: i, set: 1 + $0) > 0 }.map { reasons[$0] }
        ?? options.standard.reason(places.settings[i], reachesPoint: ways.first != nil)
    }
    if let effectiveSet, places.settings[i] == .village {
      verdict.isInsecure = isInsecure(i, effectiveSet)
    }
    return verdict
  }

  /// Counts place `i` in everything that is summed up, or takes it out with a sign of -1.
  mutating func count(_ sign: Int, _ i: Int, _ verdict: Verdict) {
    let places = network.places
    tallies.count(sign, i, figures(of: i, verdict))
    if let reason = verdict.reason {
      unserved[Int(reason.rawValue) - 1].places += sign
      unserved[Int(reason.rawValue) - 1].customers += sign * places.customers[i]
    }
    if places.settings[i] == .village {
      steps.count(
        Int32(sign), village: Int(places.villages[i]), seconds: verdict.nearest < 0 ? nil : verdict.seconds,
        isInsecure: verdict.isInsecure)
    }
  }

  /// What place `i` adds to the figures.
  func figures(of i: Int, _ verdict: Verdict) -> PlaceFigures {
    let isReached = verdict.nearest >= 0
    let change = options.standard.limit(of: network.places.settings[i]).flatMap { limit in
      isReached ? VerdictChange(isServed: verdict.isServed, seconds: Int(verdict.seconds), limit: limit) : nil
    }
    return PlaceFigures(
      of: i, in: network.places, weight: options.weight, isServed: verdict.isServed,
      hasBackup: verdict.hasBackup, change: change,
      way: isReached ? (Int(verdict.seconds), Int(verdict.meters)) : nil)
  }

  private func ways(of i: Int, set: Int) -> CountingPoints.Ways {
    let setting = network.places.settings[i]
    if let ways {
      return sets[set].waysOnRoads(ofPlace: i, ways, mode: options.standard.mode(of: setting))
    }
    return rules.ways(sets[set].nearestTwo(ofPlace: i), setting, network.places.terrains[i])
  }

  /// Points each of which alone would serve place `i`, counted up to two, as `Judge` counts them.
  private func servingPoints(of i: Int, set: Int, _ known: CountingPoints.Ways? = nil) -> Int {
    let setting = network.places.settings[i]
    guard let limit = options.standard.limit(of: setting) else {
      let village = network.places.villages[i]
      let nearest = sets[set].nearestTwo(ofPlace: i)
      func isStranger(_ point: Int32, _ meters: Double) -> Bool {
        point >= 0 && villages[Int(point)] != village && meters <= rules.radiusMeters ?? 0
      }
      var count = Int(sets[set].inVillage[Int(village)])
      if isStranger(nearest.first, nearest.firstMeters) { count += 1 }
      if isStranger(nearest.second, nearest.secondMeters) { count += 1 }
      return min(2, count)
    }
    let ways = known ?? ways(of: i, set: set)
    func serves(_ entry: Reach.Entry?) -> Bool { entry.map { Int($0.seconds) <= limit.seconds } ?? false }
    return (serves(ways.first) ? 1 : 0) + (serves(ways.second) ? 1 : 0)
  }

  /// Whether no effective point could stand in for that of the village, as `VillageLadder` asks.
  private func isInsecure(_ i: Int, _ set: Int) -> Bool {
    let village = network.places.villages[i]
    // With two effective points of its own, either can stand in for the other; with one, it takes a stranger.
    let takesStranger = sets[set].inVillage[Int(village)] <= 1
    let ways = ways(of: i, set: set)
    func standsIn(_ entry: Reach.Entry?) -> Bool {
      guard let entry, Int(entry.seconds) <= VillageLadder.secondPointLimit.seconds else { return false }
      return !takesStranger || villages[Int(entry.point)] != village
    }
    return !standsIn(ways.first) && !standsIn(ways.second)
  }
}
