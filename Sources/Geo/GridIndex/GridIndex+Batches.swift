extension GridIndex {
  /// The `k` nearest points of each place, on all cores: `nearest(k, toEach:)` of a batch made for this question only.
  ///
  /// - Precondition: the arrays are equally long and hold only values that a `Coordinate` accepts.
  /// - Complexity: as for a batch, and O(*m*) more.
  public func nearest(
    _ k: Int, toEachLatitude latitudes: [Double], longitude longitudes: [Double]
  ) -> NearestTable {
    nearest(k, toEach: PlaceBatch(latitudes: latitudes, longitudes: longitudes))
  }

  /// The `k` nearest points of each place, on all cores.
  ///
  /// The row of a place holds what `nearest(k, to:)` answers; how many cores there are changes nothing.
  ///
  /// - Precondition: `k` is at least 0.
  /// - Complexity: O(*m* (*k* log *k* + log *n*)) for *m* places and *n* points spread like a country's towns.
  public func nearest(_ k: Int, toEach batch: PlaceBatch) -> NearestTable {
    precondition(k >= 0, "a number of points cannot be negative: \(k)")
    var indices = [Int32](repeating: -1, count: k * batch.count)
    var meters = [Double](repeating: .infinity, count: k * batch.count)
    guard k > 0 else { return NearestTable(k: k, indices: indices, meters: meters) }
    indices.withUnsafeMutableBufferPointer { indices in
      meters.withUnsafeMutableBufferPointer { meters in
        forEachPart(of: batch) { tree, places in
          let search = NearestSearch(tree: tree, k: k)
          places.forEach(in: tree) { place, row in
            search.find(from: place)
            let row = row * k
            let found = search.found
            for rank in 0..<found.count {
              indices[row + rank] = Int32(truncatingIfNeeded: found[rank].point)
              meters[row + rank] = found[rank].meters
            }
          }
        }
      }
    }
    return NearestTable(k: k, indices: indices, meters: meters)
  }

  /// The point nearest to each place, on all cores: the first column of `nearest(1, toEach:)`, for those who need not know
  /// how far it is. -1 everywhere where there are no points.
  ///
  /// - Complexity: O(*m* log *n*) for *m* places and *n* points spread like a country's towns.
  public func nearestIndices(toEach batch: PlaceBatch) -> [Int32] {
    var indices = [Int32](repeating: -1, count: batch.count)
    indices.withUnsafeMutableBufferPointer { indices in
      forEachPart(of: batch) { tree, places in
        let search = NearestSearch(tree: tree, k: 1)
        places.forEach(in: tree) { place, row in
          indices[row] = Int32(truncatingIfNeeded: search.index(from: place))
        }
      }
    }
    return indices
  }

  /// How many points are at most `radius` from each place, on all cores: `counts(within:ofEach:)` of a batch made for
  /// this question only.
  ///
  /// - Precondition: the arrays are equally long and hold only values that a `Coordinate` accepts.
  /// - Complexity: as for a batch, and O(*m*) more.
  public func counts(
    within radius: Distance, ofEachLatitude latitudes: [Double], longitude longitudes: [Double]
  ) -> [Int32] {
    counts(within: radius, ofEach: PlaceBatch(latitudes: latitudes, longitudes: longitudes))
  }

  /// How many points are at most `radius` from each place, on all cores; the rim counts as within.
  ///
  /// - Complexity: O(*m* *c*) for *m* places, where *c* is the number of points in the cells a circle's rim touches.
  public func counts(within radius: Distance, ofEach batch: PlaceBatch) -> [Int32] {
    var counts = [Int32](repeating: 0, count: batch.count)
    let bounds = ChordBounds(radius: radius)
    counts.withUnsafeMutableBufferPointer { counts in
      forEachPart(of: batch) { tree, places in
        places.forEach(in: tree) { place, row in
          let circle = Circle(tree: tree, bounds: bounds, place: place)
          counts[row] = Int32(truncatingIfNeeded: circle.count())
        }
      }
    }
    return counts
  }

  /// Hands parts of the places to `body` in parallel, each part in an order in which neighbors follow each other.
  ///
  /// Each row belongs to one place, so threads that write only to their places' rows never meet.
  func forEachPart(
    of batch: PlaceBatch, _ body: (GridTree, UnsafeBufferPointer<PlaceBatch.Entry>) -> Void
  ) {
    _ = withTree { tree in
      batch.entries.withUnsafeBufferPointer { entries in
        inParallel(over: entries.count) { part in
          body(tree, UnsafeBufferPointer(rebasing: entries[part]))
        }
      }
    }
  }
}

extension UnsafeBufferPointer<PlaceBatch.Entry> {
  /// Hands over each place, turned as the tree's sites are, and its row.
  ///
  /// Vectors are made a few hundred at a time: their arithmetic is one long chain, which the processor overlaps with
  /// the next place's here, but not with a search, whose branches it cannot foretell. Measured, a quarter of the time.
  @inline(__always)
  func forEach(in tree: GridTree, _ body: (GridTree.Place, Int) -> Void) {
    withUnsafeTemporaryAllocation(of: GridTree.Place.self, capacity: 256) { places in
      var start = 0
      while start < count {
        let block = Swift.min(256, count - start)
        for i in 0..<block {
          let entry = self[start + i]
          (places.baseAddress! + i).initialize(
            to: GridTree.Place(
              latitude: entry.latitude, longitude: entry.longitude,
              vector: tree.rotation.turned(
                UnitVector(latitude: entry.latitude, longitude: entry.longitude))))
        }
        for i in 0..<block { body(places[i], Int(self[start + i].row)) }
        start += block
      }
    }
  }
}
