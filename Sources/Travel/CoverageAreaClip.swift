import Geo

/// The part of a convex ring that lies within `box`, counter-clockwise: `nil` where it would not be convex any more,
/// empty where there is none.
///
/// Corners on the box's rim are rounded to the grid along it, from the edge alone: the tile beyond the rim finds the
/// same corner (Sutherland and Hodgman 1974, "Reentrant polygon clipping").
///
/// - Complexity: O(corners).
func clipped(_ ring: [SIMD2<Int>], to box: GridBox) -> GridRing? {
  var corners = ring
  var spare: [SIMD2<Int>] = []
  let (low, high) = (wide(box.low), wide(box.high))
  var wasCut = false
  for side in 0..<4 {
    let axis = side >> 1
    let isLow = side & 1 == 0
    let limit = isLow ? low[axis] : high[axis]
    func depth(_ corner: SIMD2<Int>) -> Int { isLow ? corner[axis] - limit : limit - corner[axis] }
    if corners.allSatisfy({ depth($0) >= 0 }) { continue }
    wasCut = true
    spare.removeAll(keepingCapacity: true)
    guard var last = corners.last else { return [] }
    var lastDepth = depth(last)
    for corner in corners {
      let nextDepth = depth(corner)
      // A corner on the line is itself the crossing.
      if (lastDepth > 0 && nextDepth < 0) || (lastDepth < 0 && nextDepth > 0) {
        spare.append(crossing(last, corner, axis: axis, at: limit))
      }
      if nextDepth >= 0 { spare.append(corner) }
      (last, lastDepth) = (corner, nextDepth)
    }
    swap(&corners, &spare)
  }
  guard wasCut else { return corners.map { GridCorner(truncatingIfNeeded: $0) } }
  let distinct = withoutRepeats(corners)
  if distinct.count < 3 { return [] }
  return isConvex(distinct) ? distinct.map { GridCorner(truncatingIfNeeded: $0) } : nil
}

/// Where the edge crosses the line on which the coordinate `axis` is `limit`, to the nearest unit along it.
private func crossing(_ a: SIMD2<Int>, _ b: SIMD2<Int>, axis: Int, at limit: Int) -> SIMD2<Int> {
  // The same answer from both ends.
  let (p, q) = a[axis] < b[axis] ? (a, b) : (b, a)
  let other = 1 - axis
  let share = Double(limit - p[axis]) / Double(q[axis] - p[axis])
  var corner = SIMD2(repeating: limit)
  corner[other] = p[other] + Int((share * Double(q[other] - p[other])).rounded())
  return corner
}

/// Whether the position lies in the convex counter-clockwise ring or on it.
func contains(_ ring: GridRing, _ position: GridCorner) -> Bool {
  guard var last = ring.last else { return false }
  for corner in ring {
    if turn(last, corner, position) < 0 { return false }
    last = corner
  }
  return true
}

/// The convex counter-clockwise ring around corners (Andrew 1979, "Another efficient algorithm for convex hulls in two
/// dimensions"); fewer than three where they lie on a line.
func convexHull(of corners: [SIMD2<Int>]) -> [SIMD2<Int>] {
  let sorted = corners.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  func chain(_ corners: some Sequence<SIMD2<Int>>) -> [SIMD2<Int>] {
    var hull: [SIMD2<Int>] = []
    for corner in corners {
      while hull.count >= 2, turn(hull[hull.count - 2], hull[hull.count - 1], corner) <= 0 {
        hull.removeLast()
      }
      if corner != hull.last { hull.append(corner) }
    }
    return hull
  }
  let (lower, upper) = (chain(sorted), chain(sorted.reversed()))
  return Array(lower.dropLast() + upper.dropLast())
}
