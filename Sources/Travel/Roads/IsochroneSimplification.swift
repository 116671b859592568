import Geo

/// Leaves out corners of a tile's outlines that hardly show.
///
/// From each corner kept, the line goes on to the farthest corner such that every corner left out is within the
/// tolerance of it, as long as no other corner gets to the other side of the line: whenever one corner is left out, the
/// triangle that it forms with its two neighbors holds no corner of any outline. So outlines that did not touch
/// before do not touch after (the condition of de Berg, van Kreveld and Schirra 1998, "Topologically correct
/// subdivision simplification using the bandwidth criterion"). All in whole numbers.
struct IsochroneSimplification {
  let toleranceMeters: Double
  let lattice: IsochroneLattice
  /// The meters of one 10⁻⁷ degree of longitude.
  let longitudeMeters: Double
  /// Corners left out in a row, at most: what a step costs grows with it.
  private static let longestGap = 40

  /// The crossings of a chain that are kept, ascending along it; a ring's first is not repeated.
  ///
  /// Takes those that are left out off their lines.
  func kept(of path: [Int32], isRing: Bool, in contour: borrowing IsochroneContour) -> [Int32] {
    var fixed = [0, path.count - 1]
    var corners = path
    if isRing {
      // Three corners that are not in line, so that a ring stays a ring.
      guard path.count > 3 else { return path }
      let across = farthest(in: path, contour) { a, b in
        squared(a.x - b.x, a.y - b.y)
      }
      let aside = farthest(in: path, contour) { a, c in
        let b = contour.position(path[across])
        return Double(abs(turn(a, b, c)))
      }
      fixed = [0, min(across, aside), max(across, aside), path.count]
      corners.append(path[0])
    }
    var kept: [Int32] = [path[0]]
    for (start, end) in zip(fixed, fixed.dropFirst()) where start < end {
      reduce(corners[start...end], in: contour, into: &kept)
    }
    if isRing { kept.removeLast() }
    return kept
  }

  /// Adds the kept corners of `path` after its first one.
  private func reduce(
    _ path: ArraySlice<Int32>, in contour: borrowing IsochroneContour, into kept: inout [Int32]
  ) {
    var anchor = path.startIndex
    for next in path.indices.dropFirst(2) {
      let candidate = next - 1
      let canGo =
        next - anchor <= Self.longestGap && staysNear(path, anchor, next, contour)
        && isEmpty(path[anchor], path[candidate], path[next], contour)
      if canGo {
        contour.crossingOnLine[Int(contour.crossings[Int(path[candidate])].line)] = -1
      } else {
        kept.append(path[candidate])
        anchor = candidate
      }
    }
    kept.append(path[path.endIndex - 1])
  }

  private func farthest(
    in path: [Int32], _ contour: borrowing IsochroneContour, _ measure: (MapUnit, MapUnit) -> Double
  ) -> Int {
    let start = contour.position(path[0])
    var (best, most) = (1, -1.0)
    for index in 1..<path.count {
      let value = measure(start, contour.position(path[index]))
      if value > most { (best, most) = (index, value) }
    }
    return best
  }

  private func squared(_ x: Int, _ y: Int) -> Double {
    let (east, north) = (Double(x) * longitudeMeters, Double(y) * IsochroneLattice.unitMeters)
    return east * east + north * north
  }

  /// Whether all corners between two are within the tolerance of the line between these.
  private func staysNear(
    _ path: ArraySlice<Int32>, _ first: Int, _ last: Int, _ contour: borrowing IsochroneContour
  ) -> Bool {
    let (a, b) = (contour.position(path[first]), contour.position(path[last]))
    let (ux, uy) = (
      Double(b.x - a.x) * longitudeMeters, Double(b.y - a.y) * IsochroneLattice.unitMeters
    )
    let long = ux * ux + uy * uy
    for index in (first + 1)..<last {
      let c = contour.position(path[index])
      let (x, y) = (
        Double(c.x - a.x) * longitudeMeters, Double(c.y - a.y) * IsochroneLattice.unitMeters
      )
      let share = long > 0 ? min(1, max(0, (x * ux + y * uy) / long)) : 0
      let (dx, dy) = (x - share * ux, y - share * uy)
      if dx * dx + dy * dy > toleranceMeters * toleranceMeters { return false }
    }
    return true
  }

  /// Whether the triangle holds no corner but its own three.
  ///
  /// Its middle corner is within the tolerance of the line between the others, so the whole of it is.
  private func isEmpty(
    _ first: Int32, _ middle: Int32, _ last: Int32, _ contour: borrowing IsochroneContour
  ) -> Bool {
    let (a, b, c) = (contour.position(first), contour.position(middle), contour.position(last))
    let (width, height) = (lattice.width, lattice.height)
    let south = min(a.y, b.y, c.y) / height
    let north = min(IsochroneLattice.cells, max(a.y, b.y, c.y) / height)
    let (slackX, slackY) = (
      Int(toleranceMeters / longitudeMeters) + 1, Int(toleranceMeters / IsochroneLattice.unitMeters) + 1
    )
    for row in south...north {
      // The part of the line from `a` to `c` near the row of cells.
      var (low, high) = (min(a.x, c.x), max(a.x, c.x))
      if abs(c.y - a.y) > height {
        let (bottom, top) = (row * height - slackY - a.y, (row + 1) * height + slackY - a.y)
        let p = (c.x - a.x) * bottom / (c.y - a.y), q = (c.x - a.x) * top / (c.y - a.y)
        (low, high) = (max(low, a.x + min(p, q) - 1), min(high, a.x + max(p, q) + 1))
      }
      let west = max(0, low - slackX) / width
      let east = min(IsochroneLattice.cells, (high + slackX) / width)
      guard west <= east else { continue }
      for column in west...east {
        let line = row * IsochroneLattice.side + column
        for direction in 0...1 {
          let other = contour.crossingOnLine[line + direction * IsochroneField.count]
          guard other >= 0, other != first, other != middle, other != last else { continue }
          if holds(a, b, c, contour.position(other)) { return false }
        }
      }
    }
    return true
  }
}

extension IsochroneContour {
  @inline(__always)
  fileprivate func position(_ crossing: Int32) -> MapUnit {
    let crossing = crossings[Int(crossing)]
    return MapUnit(x: Int(crossing.x), y: Int(crossing.y))
  }
}

/// Twice the area of the triangle, positive where `c` lies left of the line from `a` to `b`.
@inline(__always)
private func turn(_ a: MapUnit, _ b: MapUnit, _ c: MapUnit) -> Int {
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether the triangle, rim included, holds `p`.
@inline(__always)
private func holds(_ a: MapUnit, _ b: MapUnit, _ c: MapUnit, _ p: MapUnit) -> Bool {
  let (u, v, w) = (turn(a, b, p), turn(b, c, p), turn(c, a, p))
  return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)
}
