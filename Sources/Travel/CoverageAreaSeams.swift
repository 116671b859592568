/// Joins the patches of tiles that lie side by side: where two meet along a seam, the seam goes.
///
/// Everything is exact. Each patch is valid, has whole coordinates and stays within its tile, so the areas have no
/// inner point in common, and edges of different tiles meet only along seams. A stretch of a seam with area on both
/// sides is dropped, and the patches on its sides are one polygon from then on; a stretch with area on one side stays
/// an edge. It does not matter whether the two sides agree on where circles cross the seam.
struct SeamJoiner {
  private var chains: [BoundaryChain] = []
  /// What the chains are ranges of.
  private var corners: [GridCorner] = []
  private var stretches: [Stretch] = []
  private var ends: [SeamPoint] = []
  private var forest: Forest
  /// Rings that touch no seam, each with its patch.
  private var finished: [(patch: Int32, ring: GridRing)] = []

  /// A part of a patch's boundary that lies on a seam.
  private struct Stretch {
    let line: SeamLine
    /// The coordinates along the line it goes from and to; north and west of it is `patch` where it goes up.
    let from: Int32
    let to: Int32
    let patch: Int32
  }

  /// A corner on a seam line.
  private struct SeamPoint {
    let line: SeamLine
    let along: Int32
  }

  /// The polygons that `patches` are together.
  ///
  /// - Complexity: O(*c* log *c*) for *c* corners on seams, and O(*n* log *n*) for *n* corners in all.
  static func joined(_ patches: [Patch]) -> [GridPolygon] {
    var joiner = SeamJoiner(forest: Forest(count: patches.count))
    for (number, patch) in patches.enumerated() {
      for ring in patch.polygon.rings { joiner.add(ring, of: patch.tile, Int32(number)) }
    }
    joiner.dropSeams()
    return joiner.polygons(patchCount: patches.count)
  }

  private init(forest: Forest) { self.forest = forest }

  /// Cuts a ring at the seams.
  private mutating func add(_ ring: GridRing, of tile: GridBox, _ patch: Int32) {
    guard let start = ring.firstIndex(where: tile.hasOnRim) else {
      finished.append((patch, ring))
      return
    }
    var chain = [ring[start]]
    for step in 1...ring.count {
      let corner = ring[(start + step) % ring.count]
      chain.append(corner)
      guard tile.hasOnRim(corner) else { continue }
      for axis in 0..<2 where corner[axis] == tile.low[axis] || corner[axis] == tile.high[axis] {
        ends.append(SeamPoint(line: SeamLine(axis: axis, at: corner[axis]), along: corner[1 - axis]))
      }
      let from = chain[0]
      if chain.count == 2,
        let axis = (0..<2).first(where: {
          from[$0] == corner[$0] && (corner[$0] == tile.low[$0] || corner[$0] == tile.high[$0])
        })
      {
        let line = SeamLine(axis: axis, at: corner[axis])
        stretches.append(Stretch(line: line, from: from[1 - axis], to: corner[1 - axis], patch: patch))
      } else {
        append(chain, of: patch)
      }
      chain = [corner]
    }
  }

  private mutating func append(_ chain: [GridCorner], of patch: Int32) {
    chains.append(BoundaryChain(corners: corners.count..<(corners.count + chain.count), patch: patch))
    corners += chain
  }

  /// Unites patches across seams, and makes chains of the stretches that have area on one side only.
  private mutating func dropSeams() {
    stretches.sort { ($0.line, min($0.from, $0.to)) < ($1.line, min($1.from, $1.to)) }
    ends.sort { ($0.line, $0.along) < ($1.line, $1.along) }
    var nextEnd = 0
    var next = 0
    // The stretch with area on the one and on the other side, at the point that was reached; at most one each.
    while next < stretches.count {
      let line = stretches[next].line
      var (up, down): (Stretch?, Stretch?) = (nil, nil)
      while nextEnd < ends.count, ends[nextEnd].line < line { nextEnd += 1 }
      while nextEnd < ends.count, ends[nextEnd].line == line {
        let along = ends[nextEnd].along
        while nextEnd < ends.count, ends[nextEnd].line == line, ends[nextEnd].along == along { nextEnd += 1 }
        if let stretch = up, stretch.to <= along { up = nil }
        if let stretch = down, stretch.from <= along { down = nil }
        while next < stretches.count, stretches[next].line == line,
          min(stretches[next].from, stretches[next].to) == along
        {
          let stretch = stretches[next]
          if stretch.from < stretch.to { up = stretch } else { down = stretch }
          next += 1
        }
        guard nextEnd < ends.count, ends[nextEnd].line == line else { break }
        let beyond = ends[nextEnd].along
        switch (up, down) {
        case (let up?, let down?): forest.unite(up.patch, down.patch)
        case (let up?, nil):
          append([line.corner(along), line.corner(beyond)], of: up.patch)
        case (nil, let down?):
          append([line.corner(beyond), line.corner(along)], of: down.patch)
        case (nil, nil): break
        }
      }
    }
  }

  /// Puts rings together, those of each connected set of patches as one polygon.
  private mutating func polygons(patchCount: Int) -> [GridPolygon] {
    var rings = finished
    rings += closedRings(of: chains, corners)
    var polygons = [GridPolygon](repeating: GridPolygon(rings: []), count: patchCount)
    for (patch, ring) in rings { polygons[Int(forest.root(patch))].rings.append(ring) }
    for index in polygons.indices where polygons[index].rings.count > 1 {
      // The boundary of a connected area has one ring that goes around all others.
      let areas = polygons[index].rings.map(doubledArea)
      if let outer = areas.indices.max(by: { areas[$0] < areas[$1] }) {
        polygons[index].rings.swapAt(0, outer)
      }
    }
    return polygons.filter { !$0.rings.isEmpty }
  }
}

/// A line of the grid, on which the coordinate `axis` is `at`.
struct SeamLine: Comparable {
  let axis: Int
  let at: Int32

  /// The corner `along` it.
  func corner(_ along: Int32) -> GridCorner { axis == 0 ? GridCorner(at, along) : GridCorner(along, at) }

  static func < (a: Self, b: Self) -> Bool { (a.axis, a.at) < (b.axis, b.at) }
}

/// A part of a boundary, with the area on its left.
struct BoundaryChain {
  /// Where its corners are; at least two.
  let corners: Range<Int>
  let patch: Int32
}
