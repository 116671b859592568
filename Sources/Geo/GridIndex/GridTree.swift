import Foundation

/// A rectangle of the projection cut into square cells, dense ones of which are cut again.
///
/// The projection is orthographic: a unit vector (x, y, z) lies at (y, z). Leaving out x can only shorten, so
/// distance on this plane is a lower bound of the chord everywhere on earth; poles, the 180th meridian and the
/// far side need no special treatment, they only prune less well.
struct GridNode {
  /// The least box around the sites, in all three axes.
  var low: UnitVector
  var high: UnitVector
  /// The length of a cell's side, and its inverse.
  var cellSide: Double
  var cellsPerUnit: Double
  /// Rows go north (z), columns east (y).
  var rows: Int
  var columns: Int
  /// Where the node's cells begin in `starts`: row by row, and one more entry as the end of the last cell.
  var firstStart: Int
  /// Where they begin in `children`, or -1 where no cell is cut again.
  var firstChild: Int

  // The same monotone function says which cell a site lies in and which cells a window touches, so rounding
  // cannot separate the two. Clamping comes before the conversion, which would trap.
  @inline(__always)
  func row(_ z: Double) -> Int { Int(min(max((z - low.z) * cellsPerUnit, 0), Double(rows - 1))) }

  @inline(__always)
  func column(_ y: Double) -> Int { Int(min(max((y - low.y) * cellsPerUnit, 0), Double(columns - 1))) }

  /// The least squared chord from `v` to anything in the box.
  @inline(__always)
  func leastSquaredChord(from v: UnitVector) -> Double {
    let dx = max(max(low.x - v.x, v.x - high.x), 0)
    let dy = max(max(low.y - v.y, v.y - high.y), 0)
    let dz = max(max(low.z - v.z, v.z - high.z), 0)
    return dx * dx + dy * dy + dz * dz
  }

  /// The greatest squared chord from `v` to anything in the box.
  @inline(__always)
  func greatestSquaredChord(from v: UnitVector) -> Double {
    let dx = max(high.x - v.x, v.x - low.x)
    let dy = max(high.y - v.y, v.y - low.y)
    let dz = max(high.z - v.z, v.z - low.z)
    return dx * dx + dy * dy + dz * dz
  }
}

/// The index's arrays, as its kernels see them. Valid only inside `GridIndex.withTree`.
///
/// A *site* is a position that at least one point has; sites are numbered cell by cell, so that a cell, a run of
/// cells in a row, and a whole node are each one range of sites.
struct GridTree {
  let rotation: Rotation
  /// The root, followed by the nodes that its cells are cut into, and theirs.
  let nodes: UnsafePointer<GridNode>
  /// The first site of each cell.
  let starts: UnsafePointer<Int32>
  /// The node a cell is cut into, or -1.
  let children: UnsafePointer<Int32>
  let sites: UnsafePointer<UnitVector>
  let siteCount: Int
  /// The points, site by site, ascending within a site.
  let points: UnsafePointer<Int32>
  let pointCount: Int
  /// The first point of each site, and the end; `nil` where no two points share a position.
  let firstPoints: UnsafePointer<Int32>?
  /// Where each site is, in degrees.
  let positions: UnsafePointer<SitePosition>

  /// The range of `points` at the sites in `range`.
  @inline(__always)
  func pointRange(ofSites range: Range<Int>) -> Range<Int> {
    guard let firstPoints else { return range }
    return Int(firstPoints[range.lowerBound])..<Int(firstPoints[range.upperBound])
  }

  /// What `distance(to:)` says of a place, the cosine of whose latitude is given, and a site.
  @inline(__always)
  func meters(from place: Place, cosLatitude: Double, toSite site: Int) -> Double {
    let position = positions[site]
    return greatCircleMeters(
      place.latitude, place.longitude, cosLatitude,
      position.latitude, position.longitude, position.cosLatitude)
  }

  /// The sites in some cells of one row.
  @inline(__always)
  func sites(in node: UnsafePointer<GridNode>, row: Int, columns: ClosedRange<Int>) -> Range<Int> {
    let cells = starts + (node.pointee.firstStart + row * node.pointee.columns)
    return Int(cells[columns.lowerBound])..<Int(cells[columns.upperBound + 1])
  }

  /// All sites of a node.
  @inline(__always)
  func sites(in node: UnsafePointer<GridNode>) -> Range<Int> {
    let cells = starts + node.pointee.firstStart
    return Int(cells[0])..<Int(cells[node.pointee.rows * node.pointee.columns])
  }

  /// A place asked about.
  struct Place {
    let latitude: Double
    let longitude: Double
    /// Turned as the sites are.
    let vector: UnitVector

    /// What `distance(to:)` multiplies by; seldom needed, so not kept.
    @inline(__always)
    var cosLatitude: Double { cosine(ofDegrees: latitude) }
  }

  func place(_ coordinate: Coordinate<WGS84>) -> Place {
    Place(
      latitude: coordinate.latitude, longitude: coordinate.longitude,
      vector: rotation.turned(
        UnitVector(latitude: coordinate.latitude, longitude: coordinate.longitude)))
  }
}

/// Where a site is, in degrees, with the cosine that `distance(to:)` wants.
struct SitePosition {
  let latitude: Double
  let longitude: Double
  let cosLatitude: Double

  init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
    cosLatitude = cosine(ofDegrees: latitude)
  }
}
