extension GridIndex {
  /// What the points in rings around each place add up to, on all cores.
  ///
  ///     let sums = index.ringSums(of: counters, within: [.meters(800), .kilometers(2)], ofEach: homes)
  ///     sums[2 * home]      // counters at most 800 m away
  ///     sums[2 * home + 1]  // counters beyond, at most 2 km away
  ///
  /// Rims count as within, to the bit: a point lies in the first ring whose radius is at least `distance(to:)`. Sums of whole
  /// numbers below 2⁵³ are exact; others add up in an order that depends on the points alone, so they are the same on any
  /// number of threads.
  ///
  /// - Parameters:
  ///   - values: what each point weighs, by its position.
  ///   - radii: the rings' outer radii, ascending; at least one.
  ///   - batch: the places.
  /// - Returns: row by row, one sum for each radius.
  /// - Precondition: there is one value for each point, and radii ascend.
  /// - Complexity: O(*m* *c*) for *m* places, where *c* is the number of points in the cells the widest circle meets.
  public func ringSums(of values: [Double], within radii: [Distance], ofEach batch: PlaceBatch) -> [Double] {
    precondition(values.count == count, "one value for each point is expected")
    precondition(!radii.isEmpty, "at least one radius is expected")
    precondition(
      zip(radii, radii.dropFirst()).allSatisfy { $0 < $1 }, "radii in ascending order are expected")
    let bounds = radii.map(ChordBounds.init(radius:))
    var sums = [Double](repeating: 0, count: radii.count * batch.count)
    let valueOfSite = withTree { tree in
      (0..<tree.siteCount).map { site in
        tree.pointRange(ofSites: site..<site + 1).reduce(0.0) { $0 + values[Int(tree.points[$1])] }
      }
    }
    (valueOfSite ?? []).withUnsafeBufferPointer { values in
      bounds.withUnsafeBufferPointer { bounds in
        sums.withUnsafeMutableBufferPointer { sums in
          forEachPart(of: batch) { tree, places in
            places.forEach(in: tree) { place, row in
              var adder = RingAdder(
                tree: tree, place: place, bounds: bounds, values: values.baseAddress!,
                sums: sums.baseAddress! + row * bounds.count)
              tree.visit(bounds[bounds.count - 1], around: place.vector, with: &adder)
            }
          }
        }
      }
    }
    return sums
  }
}

/// Adds each site's value to the sum of the ring it lies in.
private struct RingAdder: CircleVisitor {
  let tree: GridTree
  let place: GridTree.Place
  let bounds: UnsafeBufferPointer<ChordBounds>
  let values: UnsafePointer<Double>
  let sums: UnsafeMutablePointer<Double>

  mutating func visit(within sites: Range<Int>) { visit(near: sites) }

  @inline(__always)
  mutating func visit(near sites: Range<Int>) {
    let vector = place.vector
    for site in sites {
      let squaredChord = vector.squaredChord(to: tree.sites[site])
      var ring = 0
      while ring < bounds.count, !holds(site, squaredChord, bounds[ring]) { ring += 1 }
      if ring < bounds.count { sums[ring] += values[site] }
    }
  }

  @inline(__always)
  private func holds(_ site: Int, _ squaredChord: Double, _ bounds: ChordBounds) -> Bool {
    squaredChord <= bounds.surelyWithin
      || squaredChord <= bounds.possiblyWithin
        && tree.meters(from: place, cosLatitude: place.cosLatitude, toSite: site) <= bounds.radiusMeters
  }
}
