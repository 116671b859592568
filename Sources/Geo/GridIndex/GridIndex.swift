/// A fixed set of points, arranged so that "who is near here?" looks at few of them.
///
///     let shops = GridIndex(shopCoordinates)
///     shops.nearest(to: home)?.distance        // 212 m
///     shops.indices(within: .meters(800), of: home)  // [3, 17, 42]
///
/// Points are named by their position in what the initializer was given. Several may share one place. The set
/// cannot change afterwards: a million points are arranged in a tenth of a second, and an index that never
/// changes is shared between threads without a lock.
///
/// Answers are exact: they equal those of a full scan with `Coordinate.distance(to:)`, to the bit, with ties going
/// to the lower index; anywhere on earth, at the poles and across the 180th meridian too. The grid compares chords
/// and leaves every case that rounding could turn to `distance(to:)`.
///
/// Inside: points become unit vectors, turned so that their mean direction is the x axis, and are sorted into a
/// grid over (y, z) whose dense cells hold grids of their own. Memory is about 60 bytes a point.
public struct GridIndex: Sendable {
  /// How many points there are.
  public let count: Int

  private let rotation: Rotation
  private let nodes: [GridNode]
  private let starts: [Int32]
  private let children: [Int32]
  private let sites: [UnitVector]
  private let positions: [SitePosition]
  private let points: [Int32]
  private let firstPoints: [Int32]

  /// Indexes the points at `coordinates`.
  ///
  /// - Complexity: O(*n*) time and space.
  public init(_ coordinates: [Coordinate<WGS84>]) {
    self.init(latitudes: coordinates.map(\.latitude), longitudes: coordinates.map(\.longitude))
  }

  /// Indexes the points whose coordinates, in degrees, stand at the same position of both arrays.
  ///
  /// - Precondition: the arrays are equally long, below 2³¹, and hold only values that a `Coordinate` accepts.
  /// - Complexity: O(*n*) time and space.
  public init(latitudes: [Double], longitudes: [Double]) {
    requireCoordinates(latitudes, longitudes)
    precondition(latitudes.count < Int(Int32.max), "an index holds fewer than 2³¹ points")
    let rotation = Rotation(bringingToX: meanDirection(latitudes, longitudes))
    let vectors = unitVectors(latitudes, longitudes, rotation)
    let built = GridTreeBuilder(turned: vectors, latitudes: latitudes, longitudes: longitudes)

    count = latitudes.count
    self.rotation = rotation
    nodes = built.nodes
    starts = built.starts
    children = built.children
    sites = built.sites
    points = built.points
    firstPoints = built.firstPoints
    positions = [SitePosition](unsafeUninitializedCapacity: built.sites.count) { positions, count in
      for site in built.sites.indices {
        let point = Int(built.points[built.firstPoints.isEmpty ? site : Int(built.firstPoints[site])])
        (positions.baseAddress! + site).initialize(
          to: SitePosition(latitude: latitudes[point], longitude: longitudes[point]))
      }
      count = built.sites.count
    }
  }

  /// Lends the arrays to a kernel, or returns `nil` where there are no points.
  func withTree<Answer>(_ body: (GridTree) -> Answer) -> Answer? {
    guard count > 0 else { return nil }
    return nodes.withUnsafeBufferPointer { nodes in
      starts.withUnsafeBufferPointer { starts in
        children.withUnsafeBufferPointer { children in
          sites.withUnsafeBufferPointer { sites in
            points.withUnsafeBufferPointer { points in
              firstPoints.withUnsafeBufferPointer { firstPoints in
                positions.withUnsafeBufferPointer { positions in
                  body(
                    GridTree(
                      rotation: rotation, nodes: nodes.baseAddress!, starts: starts.baseAddress!,
                      children: children.baseAddress!, sites: sites.baseAddress!, siteCount: sites.count,
                      points: points.baseAddress!, pointCount: points.count,
                      firstPoints: firstPoints.isEmpty ? nil : firstPoints.baseAddress,
                      positions: positions.baseAddress!))
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Traps with a sentence where two arrays are no coordinates.
func requireCoordinates(_ latitudes: [Double], _ longitudes: [Double]) {
  precondition(latitudes.count == longitudes.count, "every latitude needs a longitude")
  precondition(latitudes.allSatisfy { abs($0) <= 90 }, "latitudes are in -90...90 degrees")
  precondition(longitudes.allSatisfy { abs($0) <= 180 }, "longitudes are in -180...180 degrees")
}

/// About where the points lie: the mean of at most some four thousand of them, for any direction will do that most of
/// them are on the near side of.
private func meanDirection(_ latitudes: [Double], _ longitudes: [Double]) -> UnitVector {
  let step = max(1, latitudes.count / 4_096)
  var sum = UnitVector(x: 0, y: 0, z: 0)
  var count = 0.0
  for i in stride(from: 0, to: latitudes.count, by: step) {
    let v = UnitVector(latitude: latitudes[i], longitude: longitudes[i])
    sum = UnitVector(x: sum.x + v.x, y: sum.y + v.y, z: sum.z + v.z)
    count += 1
  }
  let scale = 1 / max(1, count)
  return UnitVector(x: sum.x * scale, y: sum.y * scale, z: sum.z * scale)
}

/// The places on the unit sphere, turned.
private func unitVectors(
  _ latitudes: [Double], _ longitudes: [Double], _ rotation: Rotation
) -> [UnitVector] {
  latitudes.withUnsafeBufferPointer { latitudes in
    longitudes.withUnsafeBufferPointer { longitudes in
      [UnitVector](unsafeUninitializedCapacity: latitudes.count) { vectors, count in
        for i in 0..<latitudes.count {
          (vectors.baseAddress! + i).initialize(
            to: rotation.turned(UnitVector(latitude: latitudes[i], longitude: longitudes[i])))
        }
        count = latitudes.count
      }
    }
  }
}
