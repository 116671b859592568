/// How the roads of a plan run between its sites: smooth through the joints, winding where the land is steep.
///
/// Each side of a triangulation has ground of its own, the triangles to the centers of the circles inscribed left
/// and right of it; no two such grounds overlap. A road that stays on its own ground crosses no other, so nothing
/// has to be tried again.
struct Bends {
  private let plan: RoadPlan
  /// For each site, the two built sides that go on as one road, if any do.
  private let through: [(Int, Int)?]

  init(_ plan: RoadPlan) {
    self.plan = plan
    through = plan.sites.spots.indices.map { Bends.pair(at: $0, in: plan) }
  }

  /// The spots between the two ends of a built side, from its `from` to its `to`.
  func spots(along side: Int, using dice: inout Dice) -> [Spot] {
    let ends = plan.sides[side]
    let (a, b) = (plan.spots[ends.from], plan.spots[ends.to])
    let length = plan.lengths[side]
    guard let road = plan.built[side], !(road.isStreet && length < 260), !plan.crossesWater[side] else {
      return []
    }
    let isMain = road.highway.rank <= Highway.secondary.rank
    let (step, wave, swing) =
      switch plan.terrains[side] {
      case .plain: (75.0, 210.0, 0.25)
      case .hill: (55.0, 170.0, isMain ? 0.35 : 0.55)
      case .mountain: (38.0, 130.0, isMain ? 0.75 : 1)
      }
    let pieces = Int((length / step).rounded())
    guard pieces >= 2 else { return [] }
    let waves = max(1, Int((length / wave + 1.2 * dice.unit()).rounded(.down)))
    let flip = dice.happens(0.5) ? 1.0 : -1.0
    let swings = (0...waves).map { _ in swing * dice.number(in: 0.5...1) }
    let (slopeA, slopeB) = (slope(of: side, at: ends.from), -slope(of: side, at: ends.to))
    let (left, right) = (ground(a, b, plan.spots[ends.left]), ground(a, b, plan.spots[ends.right]))

    return (1..<pieces).map { k in
      let t = Double(k) / Double(pieces)
      let phase = t * Double(waves)
      let number = Int(phase)
      let arch = 4 * (phase - Double(number)) * (1 - (phase - Double(number)))
      let sign = number.isMultiple(of: 2) ? flip : -flip
      let room = sign > 0 ? left.width(at: t) : right.width(at: t)
      // Hermite's cubic leaves both ends in the direction of the neighbors.
      let smooth = length * (slopeA * t * (1 - t) * (1 - t) - slopeB * t * t * (1 - t))
      let wanted = sign * swings[number] * arch * room + smooth
      let offset = min(left.width(at: t), max(-right.width(at: t), wanted))
      let (ux, uy) = ((b.east - a.east) / length, (b.north - a.north) / length)
      return a.moved(
        east: t * length * ux - offset * uy, north: t * length * uy + offset * ux)
    }
  }

  /// The ground at one side of the line: a triangle over it, less a tenth, so that neighbors keep apart.
  private struct Ground {
    let top: Double
    let height: Double

    func width(at t: Double) -> Double { 0.88 * height * (t < top ? t / top : (1 - t) / (1 - top)) }
  }

  private func ground(_ a: Spot, _ b: Spot, _ apex: Spot) -> Ground {
    let (ab, bc, ca) = (a.meters(to: b), b.meters(to: apex), apex.meters(to: a))
    let area =
      abs((b.east - a.east) * (apex.north - a.north) - (b.north - a.north) * (apex.east - a.east)) / 2
    return Ground(top: (ab + ca - bc) / 2 / ab, height: 2 * area / (ab + bc + ca))
  }

  /// The slope, across the line, at which the road leaves `site` along `side`, seen from that site to the other.
  private func slope(of side: Int, at site: Int) -> Double {
    guard let pair = through[site], pair.0 == side || pair.1 == side else { return 0 }
    let before = plan.spots[plan.other(of: pair.0 == side ? pair.1 : pair.0, than: site)]
    let (here, after) = (plan.spots[site], plan.spots[plan.other(of: side, than: site)])
    let (dx, dy) = (after.east - before.east, after.north - before.north)
    let (ex, ey) = (after.east - here.east, after.north - here.north)
    let along = dx * ex + dy * ey
    guard along > 0 else { return 0 }
    return min(0.8, max(-0.8, (ex * dy - ey * dx) / along))
  }

  /// The two sides at `site` that one would drive straight through: the two best, if the turn is less than 75°.
  private static func pair(at site: Int, in plan: RoadPlan) -> (Int, Int)? {
    let built = plan.links(at: site).filter { plan.built[$0.side] != nil }
      .sorted { (plan.built[$0.side]!.highway.rank, $0.side) < (plan.built[$1.side]!.highway.rank, $1.side) }
    guard built.count >= 2 else { return nil }
    let (a, b, here) = (plan.spots[built[0].site], plan.spots[built[1].site], plan.spots[site])
    let (px, py, qx, qy) = (
      here.east - a.east, here.north - a.north, b.east - here.east, b.north - here.north
    )
    let cosine = (px * qx + py * qy) / (here.meters(to: a) * here.meters(to: b))
    return cosine > 0.26 ? (built[0].side, built[1].side) : nil
  }
}
