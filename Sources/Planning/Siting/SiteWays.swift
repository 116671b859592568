/// How long the way of each place is without a plan, and to which sites it would be shorter: sites are the candidates by their positions,
/// then the points that may close by theirs in `closable`.
///
/// Where at most *n* points close, one of the *n* + 1 nearest that may close stays open: the way to the last of these is the longest that any
/// plan can leave a place with, and points farther away say nothing. That keeps rows short, however many points there are.
struct SiteWays {
  /// How many of the sites are candidates.
  let candidateCount: Int
  /// How many sites there are.
  let siteCount: Int
  /// By place, the seconds to a point that stays whatever closes, at most `SiteReach.horizonSeconds`; that where there is none.
  private(set) var base: [Int32]
  /// By place, whether today it has a point to go to.
  let isReached: [Bool]
  /// By place, the sites within `base`, and how long the way to them is.
  private(set) var rows: [[Reach.Entry]]

  /// With all points of today open.
  init(_ before: Coverage, _ reach: SiteReach, candidates: Int) {
    candidateCount = candidates
    siteCount = candidates
    isReached = before.nearestPoints.map { $0 >= 0 }
    base = before.seconds.indices.map {
      before.nearestPoints[$0] < 0
        ? Int32(SiteReach.horizonSeconds) : min(Int32(SiteReach.horizonSeconds), before.seconds[$0])
    }
    rows = reach.within(base)
  }

  /// Where some points may close.
  ///
  /// - Parameters:
  ///   - closable: the points, ascending.
  ///   - most: how many of them close at most.
  /// - Complexity: that of finding the `most` + 1 nearest points of each place.
  init(
    _ network: PaymentNetwork, _ before: Coverage, _ reach: SiteReach, candidates: Int, closable: [Int],
    atMost most: Int, _ options: CoverageOptions
  ) {
    self.init(before, reach, candidates: candidates, closable: closable.count)
    let horizon = Int32(SiteReach.horizonSeconds)
    var number = [Int32](repeating: -1, count: network.points.count)
    for (k, point) in closable.enumerated() { number[point] = Int32(candidates + k) }
    let points = SiteReach(points: network.points, in: network, options)
    var limits = before.seconds.indices.map { isReached[$0] ? min(horizon, before.seconds[$0]) : -1 }
    var mayClose = [[Reach.Entry]](repeating: [], count: limits.count)
    while limits.contains(where: { $0 >= 0 }) {
      for (place, entries) in points.within(limits).enumerated() where limits[place] >= 0 {
        let nearest = entries.sorted { ($0.seconds, $0.point) < ($1.seconds, $1.point) }
        // The first point that stays, or the one after as many as may close.
        let last = nearest.indices.first { $0 == most || number[Int(nearest[$0].point)] < 0 }
        guard last != nil || limits[place] == horizon else {
          limits[place] = limits[place] > horizon / 2 - 60 ? horizon : 2 * limits[place] + 60
          continue
        }
        limits[place] = -1
        base[place] = last.map { nearest[$0].seconds } ?? horizon
        mayClose[place] = nearest[..<(last ?? nearest.endIndex)].map {
          Reach.Entry(point: number[Int($0.point)], seconds: $0.seconds, meters: $0.meters)
        }
      }
    }
    rows = reach.within(base)
    for place in rows.indices { rows[place] += mayClose[place] }
  }

  private init(_ before: Coverage, _ reach: SiteReach, candidates: Int, closable: Int) {
    candidateCount = candidates
    siteCount = candidates + closable
    isReached = before.nearestPoints.map { $0 >= 0 }
    base = [Int32](repeating: Int32(SiteReach.horizonSeconds), count: before.seconds.count)
    rows = []
  }
}
