/// Which places lie within a time of each point.
///
///     let within = search.within(600_000, of: points, to: places)
///     within.entries(ofPoint: 3).map { within.places[$0] }  // the places it serves
public struct RoadsWithin: Hashable, Sendable {
  /// The entries of point `p` are `start[p]..<start[p + 1]`; one more than there are points.
  public let start: [Int]
  /// The places, ascending within a point.
  public let places: [UInt32]
  /// The times.
  public let milliseconds: [UInt32]
  /// The lengths of the ways.
  public let millimeters: [UInt32]

  /// The entries of a point, as positions in the columns.
  public func entries(ofPoint point: Int) -> Range<Int> { start[point]..<start[point + 1] }
}

/// Times and lengths between all points and all places, point by point.
public struct RoadTable: Hashable, Sendable {
  /// How many places each row has.
  public let placeCount: Int
  /// The times: that of point `p` and place `i` is at `p * placeCount + i`; `RoadSearch.unreached` where it is past the limit.
  public let milliseconds: [UInt32]
  /// The lengths of the ways, in millimeters, at the same positions.
  public let millimeters: [UInt32]
}

extension RoadSearch {
  /// All places within a time of each point, by one bounded search a point, on all cores.
  ///
  /// - Parameters:
  ///   - limit: the longest time, for a round trip there and back together; the rim counts as within.
  ///   - points: where the points are.
  ///   - places: where the places are.
  ///   - direction: to the point, from it, or there and back.
  /// - Precondition: `limit` is at most `longestMilliseconds`.
  /// - Complexity: O(*n* + *p* + Σ *r*), where *n* counts nodes, *p* points and places, and *r* the nodes, arcs and
  ///   places within the limit of each point.
  public func within(
    _ limit: UInt32, of points: [RoadPosition?], to places: [RoadPosition?], direction: Direction = .toPoint
  ) -> RoadsWithin {
    let rows = rows(limit, points, places, direction) { part, row in part.append(row) }
    var start = [0]
    start.reserveCapacity(points.count + 1)
    for part in rows {
      let base = start[start.count - 1]
      start += part.ends.map { base + $0 }
    }
    return RoadsWithin(
      start: start, places: rows.flatMap(\.places), milliseconds: rows.flatMap(\.milliseconds),
      millimeters: rows.flatMap(\.millimeters))
  }

  /// The times between all points and all places, as far as the limit goes, by one bounded search a point, on all cores.
  ///
  /// Searches start from the points: where there are fewer places, swap the two, and the direction.
  ///
  /// - Precondition: `limit` is at most `longestMilliseconds`.
  /// - Complexity: that of `within`, and O(*p* × *q*) memory for *p* points and *q* places.
  public func table(
    of points: [RoadPosition?], to places: [RoadPosition?], within limit: UInt32,
    direction: Direction = .toPoint
  ) -> RoadTable {
    let count = points.count * places.count
    var milliseconds = [UInt32](repeating: Self.unreached, count: count)
    var millimeters = milliseconds
    milliseconds.withUnsafeMutableBufferPointer { milliseconds in
      millimeters.withUnsafeMutableBufferPointer { millimeters in
        nonisolated(unsafe) let milliseconds = milliseconds
        nonisolated(unsafe) let millimeters = millimeters
        _ = rows(limit, points, places, direction) { part, row in
          let base = row.point * places.count
          for place in row.places {
            milliseconds[base + Int(place)] = row.milliseconds[Int(place)]
            millimeters[base + Int(place)] = row.millimeters[Int(place)]
          }
        }
      }
    }
    return RoadTable(placeCount: places.count, milliseconds: milliseconds, millimeters: millimeters)
  }

  /// Searches from each point and hands `body` what it reaches; one part of the answer for each part of the points.
  private func rows(
    _ limit: UInt32, _ points: [RoadPosition?], _ places: [RoadPosition?], _ direction: Direction,
    _ body: (inout RoadRows, ReachedPlaces) -> Void
  ) -> [RoadRows] {
    precondition(limit <= Self.longestMilliseconds, "a limit of at most 2³⁰ - 1 ms is expected")
    precondition(places.count <= Int(Int32.max), "fewer places are expected")
    let views = direction == .roundTrip ? [view(.toPoint), view(.fromPoint)] : [view(direction)]
    let located = views.map { PlacesByNode(places, $0) }
    var parts = [RoadRows](repeating: RoadRows(), count: min(64, points.count))
    parts.withUnsafeMutableBufferPointer { parts in
      nonisolated(unsafe) let parts = parts
      inParallel(over: points.count) { part, range in
        var rows = RoadRows()
        var searches = located.map { PlaceSearch($0, limit: limit) }
        defer { for search in searches { search.deallocate() } }
        for point in range {
          for i in searches.indices { searches[i].run(from: points[point], number: point) }
          if searches.count == 2 { searches[0].found.add(searches[1].found, limit: limit) }
          body(&rows, searches[0].found)
        }
        parts[part] = rows
      }
    }
    return Array(parts)
  }
}

/// Rows of `RoadsWithin` for some of the points.
private struct RoadRows {
  var ends: [Int] = []
  var places: [UInt32] = []
  var milliseconds: [UInt32] = []
  var millimeters: [UInt32] = []

  mutating func append(_ row: ReachedPlaces) {
    for place in row.places {
      places.append(place)
      milliseconds.append(row.milliseconds[Int(place)])
      millimeters.append(row.millimeters[Int(place)])
    }
    ends.append(places.count)
  }
}
