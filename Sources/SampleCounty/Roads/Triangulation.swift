/// Spots joined to their neighbors, no line crossing another: a Delaunay triangulation, by insertion and flips
/// (Lawson, 1977).
///
/// Turns are decided in whole numbers, so the lines never cross; which of two diagonals is drawn is decided in
/// floating point, which at worst draws the other one.
struct Triangulation {
  /// A line between two spots, and the third corners of the triangles at its left and right.
  struct Side {
    let from: Int
    let to: Int
    let left: Int
    let right: Int
  }

  /// The spots as given; one that lay exactly on a line or on another spot is some decimeters away from there.
  private(set) var spots: [Spot]
  /// Three corners a triangle, counter-clockwise.
  private var corners: [Int] = []
  /// The triangle across the side opposite to each corner, or -1 at the frame.
  private var across: [Int] = []
  private var latest = 0

  /// - Parameters:
  ///   - frame: a counter-clockwise rectangle of four spots around all others.
  /// - Complexity: O(*n*) where each spot lies near the one before, as along a snake through the county.
  init(_ given: [Spot], within frame: [Spot], order: [Int]) {
    precondition(frame.count == 4, "the frame is a rectangle")
    let n = given.count
    spots = given + frame
    corners = [n, n + 1, n + 2, n, n + 2, n + 3]
    across = [-1, 3, -1, -1, -1, 0].map { $0 < 0 ? -1 : $0 / 3 }
    for spot in order { insert(spot) }
    count = n
  }

  /// How many spots were given.
  private var count = 0

  /// Every line between two given spots, once.
  var sides: [Side] {
    var sides: [Side] = []
    for slot in corners.indices {
      let (triangle, other) = (slot / 3, across[slot])
      guard other > triangle else { continue }
      let (from, to) = (corners[next(slot)], corners[next(next(slot))])
      guard from < count, to < count else { continue }
      sides.append(
        Side(from: from, to: to, left: corners[slot], right: corners[self.slot(in: other, of: triangle)]))
    }
    return sides
  }

  private func next(_ slot: Int) -> Int { slot % 3 == 2 ? slot - 2 : slot + 1 }

  /// The slot in `triangle` whose opposite side is shared with `other`.
  private func slot(in triangle: Int, of other: Int) -> Int {
    let first = 3 * triangle
    return across[first] == other ? first : across[first + 1] == other ? first + 1 : first + 2
  }

  /// Positive where `c` lies left of the line from `a` to `b`.
  private func turn(_ a: Int, _ b: Int, _ c: Int) -> Int {
    let (p, q, r) = (spots[a], spots[b], spots[c])
    return (q.longitudeE6 - p.longitudeE6) * (r.latitudeE6 - p.latitudeE6)
      - (q.latitudeE6 - p.latitudeE6) * (r.longitudeE6 - p.longitudeE6)
  }

  private mutating func insert(_ p: Int) {
    for attempt in 0... {
      let t = triangle(around: p)
      let (a, b, c) = (corners[3 * t], corners[3 * t + 1], corners[3 * t + 2])
      if turn(a, b, p) > 0, turn(b, c, p) > 0, turn(c, a, p) > 0 {
        split(t, at: p)
        latest = t
        return
      }
      // East and north in turn, so as not to stay on one line.
      let east = attempt.isMultiple(of: 2)
      spots[p] = Spot(
        longitudeE6: spots[p].longitudeE6 + (east ? 1 : 0), latitudeE6: spots[p].latitudeE6 + (east ? 0 : 1))
    }
  }

  /// Walks from triangle to triangle toward `p`.
  private func triangle(around p: Int) -> Int {
    var t = latest
    walk: while true {
      for slot in 3 * t..<3 * t + 3 where across[slot] >= 0 {
        if turn(corners[next(slot)], corners[next(next(slot))], p) < 0 {
          t = across[slot]
          continue walk
        }
      }
      return t
    }
  }

  private mutating func split(_ t: Int, at p: Int) {
    let (a, b, c) = (corners[3 * t], corners[3 * t + 1], corners[3 * t + 2])
    let (atA, atB, atC) = (across[3 * t], across[3 * t + 1], across[3 * t + 2])
    let second = corners.count / 3
    let third = second + 1
    corners += [p, b, c, p, c, a]
    across += [atA, third, t, atB, t, second]
    set(t, [p, a, b], [atC, second, third])
    point(atA, from: t, to: second)
    point(atB, from: t, to: third)
    legalize([t, second, third])
  }

  private mutating func set(_ t: Int, _ own: [Int], _ others: [Int]) {
    for i in 0..<3 { (corners[3 * t + i], across[3 * t + i]) = (own[i], others[i]) }
  }

  private mutating func point(_ t: Int, from old: Int, to new: Int) {
    if t >= 0 { across[slot(in: t, of: old)] = new }
  }

  /// Flips sides until no triangle's circle holds the corner across; the new spot is each triangle's first.
  private mutating func legalize(_ triangles: [Int]) {
    var open = triangles
    while let t = open.popLast() {
      let n = across[3 * t]
      guard n >= 0 else { continue }
      let (p, u, v) = (corners[3 * t], corners[3 * t + 1], corners[3 * t + 2])
      let slotQ = slot(in: n, of: t)
      let q = corners[slotQ]
      guard inCircle(p, u, v, q), turn(p, u, q) > 0, turn(q, v, p) > 0 else { continue }
      let (beyondUQ, beyondQV) = (across[next(slotQ)], across[next(next(slotQ))])
      let (beyondVP, beyondPU) = (across[3 * t + 1], across[3 * t + 2])
      set(t, [p, u, q], [beyondUQ, n, beyondPU])
      set(n, [p, q, v], [beyondQV, beyondVP, t])
      point(beyondUQ, from: n, to: t)
      point(beyondVP, from: t, to: n)
      open += [t, n]
    }
  }

  /// Whether `q` lies inside the circle through three corners that run counter-clockwise.
  private func inCircle(_ a: Int, _ b: Int, _ c: Int, _ q: Int) -> Bool {
    let origin = spots[q]
    func relative(_ i: Int) -> (x: Double, y: Double, square: Double) {
      let (x, y) = (spots[i].east - origin.east, spots[i].north - origin.north)
      return (x, y, x * x + y * y)
    }
    let (p, r, s) = (relative(a), relative(b), relative(c))
    let determinant =
      p.square * (r.x * s.y - s.x * r.y) - r.square * (p.x * s.y - s.x * p.y)
      + s.square * (p.x * r.y - r.x * p.y)
    // Above the rounding of corners a few hundred meters apart: four on a circle must not flip for ever.
    return determinant > 1e-3
  }
}
