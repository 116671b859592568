extension GridIndex {
  /// The points at most `radius` from `place`, in ascending order. The rim counts as within.
  ///
  /// - Complexity: O(*c* + *m* log *m*), where *c* is the number of points in the cells the circle's rim touches
  ///   and *m* the number found.
  public func indices(within radius: Distance, of place: Coordinate<WGS84>) -> [Int] {
    let found = withTree { tree -> [Int] in
      let circle = Circle(tree: tree, bounds: ChordBounds(radius: radius), place: tree.place(place))
      var collector = WithinCollector(circle: circle)
      tree.visit(circle.bounds, around: circle.vector, with: &collector)
      return collector.points.sorted()
    }
    return found ?? []
  }

  /// How many points are at most `radius` from `place`: `indices(within:of:).count`, without naming them.
  ///
  /// - Complexity: O(*c*), where *c* is the number of points in the cells the circle's rim touches.
  public func count(within radius: Distance, of place: Coordinate<WGS84>) -> Int {
    let count = withTree { tree in
      Circle(tree: tree, bounds: ChordBounds(radius: radius), place: tree.place(place)).count()
    }
    return count ?? 0
  }
}

/// A circle around a place, and the tree it is drawn on.
struct Circle {
  let tree: GridTree
  let bounds: ChordBounds
  let place: GridTree.Place

  @inline(__always)
  var vector: UnitVector { place.vector }

  @inline(__always)
  func holds(_ site: Int) -> Bool {
    let squaredChord = vector.squaredChord(to: tree.sites[site])
    if squaredChord <= bounds.surelyWithin { return true }
    return squaredChord <= bounds.possiblyWithin
      && tree.meters(from: place, cosLatitude: place.cosLatitude, toSite: site) <= bounds.radiusMeters
  }

  func count() -> Int {
    var counter = WithinCounter(circle: self)
    tree.visit(bounds, around: vector, with: &counter)
    return counter.count
  }
}

private struct WithinCollector: CircleVisitor {
  let circle: Circle
  private(set) var points: [Int] = []

  init(circle: Circle) { self.circle = circle }

  mutating func visit(within sites: Range<Int>) {
    for i in circle.tree.pointRange(ofSites: sites) { points.append(Int(circle.tree.points[i])) }
  }

  mutating func visit(near sites: Range<Int>) {
    for site in sites where circle.holds(site) { visit(within: site..<site + 1) }
  }
}

private struct WithinCounter: CircleVisitor {
  let circle: Circle
  private(set) var count = 0

  init(circle: Circle) { self.circle = circle }

  @inline(__always)
  mutating func visit(within sites: Range<Int>) { count += circle.tree.pointRange(ofSites: sites).count }

  /// Adds without branching, for near the rim no branch can be foretold; and once more, by `distance(to:)`, in the
  /// rare case that a site lies on the rim.
  @inline(__always)
  mutating func visit(near sites: Range<Int>) {
    if circle.tree.firstPoints == nil {
      // c ≤ limit exactly where c - limit.nextUp is negative; written so, the compiler makes no branch of it.
      let sure = circle.bounds.surelyWithin.nextUp
      let possible = circle.bounds.possiblyWithin.nextUp
      let vector = circle.vector
      var surely: UInt64 = 0
      var possibly: UInt64 = 0
      for site in sites {
        let squaredChord = vector.squaredChord(to: circle.tree.sites[site])
        surely &+= (squaredChord - sure).bitPattern &>> 63
        possibly &+= (squaredChord - possible).bitPattern &>> 63
      }
      if surely == possibly {
        count &+= Int(truncatingIfNeeded: surely)
        return
      }
    }
    for site in sites where circle.holds(site) { visit(within: site..<site + 1) }
  }
}
