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
        // Each row belongs to one place, so no two threads write to the same entry.
        nonisolated(unsafe) let (indices, meters) = (indices, meters)
        forEachPart(of: latitudes, longitudes) { tree, places in
          var search = NearestSearch(tree: tree, k: k)
          defer { search.deallocate() }
          places { row, place in
            search.find(from: place)
            for (rank, found) in search.found.enumerated() {
              indices[row * k + rank] = Int32(truncatingIfNeeded: found.point)
              meters[row * k + rank] = found.meters
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
      nonisolated(unsafe) let counts = counts
      forEachPart(of: latitudes, longitudes) { tree, places in
        places { row, place in
          let circle = Circle(tree: tree, radius: radius, bounds: bounds, place: place)
          counts[row] = Int32(truncatingIfNeeded: circle.count())
        }
      }
    }
    return counts
  }

  /// Hands parts of the places to `body` in parallel, each part in an order in which neighbors follow each other.
  private func forEachPart(
    of latitudes: [Double], _ longitudes: [Double],
    _ body: (GridTree, ((Int, GridTree.Place) -> Void) -> Void) -> Void
  ) {
    let vectors = turnedVectors(latitudes, longitudes, rotation)
    let order = mortonOrder(of: vectors)
    _ = withTree { tree in
      inParallel(over: order.count) { part in
        body(tree) { ask in
          for position in part {
            let row = Int(order[position])
            ask(
              row,
              GridTree.Place(latitude: latitudes[row], longitude: longitudes[row], vector: vectors[row]))
          }
        }
      }
    }
  }
}
