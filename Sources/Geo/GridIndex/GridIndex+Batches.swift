extension GridIndex {
  /// The `k` nearest points of each place, on all cores.
  ///
  /// The row of a place holds what `nearest(k, to:)` answers; how many cores there are changes nothing.
  ///
  /// - Parameters:
  ///   - k: how many points each place gets, at least 0.
  ///   - latitudes: the places' latitudes, in degrees.
  ///   - longitudes: their longitudes, in degrees, at the same positions.
  /// - Precondition: the arrays are equally long and hold only values that a `Coordinate` accepts.
  /// - Complexity: O(*m* (*k* log *k* + log *n*)) for *m* places and *n* points spread like a country's towns.
  public func nearest(
    _ k: Int, toEachLatitude latitudes: [Double], longitude longitudes: [Double]
  ) -> NearestTable {
    precondition(k >= 0, "a number of points cannot be negative: \(k)")
    requireCoordinates(latitudes, longitudes)
    var indices = [Int32](repeating: -1, count: k * latitudes.count)
    var meters = [Double](repeating: .infinity, count: k * latitudes.count)
    guard k > 0 else { return NearestTable(k: k, indices: indices, meters: meters) }
    indices.withUnsafeMutableBufferPointer { indices in
      meters.withUnsafeMutableBufferPointer { meters in
        forEachPart(of: latitudes, longitudes) { tree, places in
          var search = NearestSearch(tree: tree, k: k)
          defer { search.deallocate() }
          for i in 0..<places.count {
            search.find(from: places[i])
            let row = places.row(i) * k
            for (rank, found) in search.found.enumerated() {
              indices[row + rank] = Int32(truncatingIfNeeded: found.point)
              meters[row + rank] = found.meters
            }
          }
        }
      }
    }
    return NearestTable(k: k, indices: indices, meters: meters)
  }

  /// How many points are at most `radius` from each place, on all cores; the rim counts as within.
  ///
  /// - Precondition: the arrays are equally long and hold only values that a `Coordinate` accepts.
  /// - Complexity: O(*m* *c*) for *m* places, where *c* is the number of points in the cells a circle's rim touches.
  public func counts(
    within radius: Distance, ofEachLatitude latitudes: [Double], longitude longitudes: [Double]
  ) -> [Int32] {
    requireCoordinates(latitudes, longitudes)
    var counts = [Int32](repeating: 0, count: latitudes.count)
    let bounds = ChordBounds(radius: radius)
    counts.withUnsafeMutableBufferPointer { counts in
      forEachPart(of: latitudes, longitudes) { tree, places in
        for i in 0..<places.count {
          let circle = Circle(tree: tree, bounds: bounds, place: places[i])
          counts[places.row(i)] = Int32(truncatingIfNeeded: circle.count())
        }
      }
    }
    return counts
  }

  /// Hands parts of the places to `body` in parallel, each part in an order in which neighbors follow each other.
  ///
  /// Each row belongs to one place, so threads that write only to their places' rows never meet.
  private func forEachPart(
    of latitudes: [Double], _ longitudes: [Double], _ body: (GridTree, PlacesInOrder) -> Void
  ) {
    let order = mortonOrder(latitudes: latitudes, longitudes: longitudes)
    _ = withTree { tree in
      order.withUnsafeBufferPointer { order in
        latitudes.withUnsafeBufferPointer { latitudes in
          longitudes.withUnsafeBufferPointer { longitudes in
            inParallel(over: order.count) { part in
              let places = PlacesInOrder(
                order: UnsafeBufferPointer(rebasing: order[part]), latitudes: latitudes,
                longitudes: longitudes)
              body(tree, places)
            }
          }
        }
      }
    }
  }
}
