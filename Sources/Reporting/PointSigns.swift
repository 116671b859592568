import Planning

/// Where the points of a network are drawn, by kind: one sign each, or one for a cell where they are many.
struct PointSigns {
  /// The counting points of one kind, or the points that do not count.
  struct Group {
    /// Where a sign is drawn.
    var positions: [SheetPosition] = []
    /// How many points the signs stand for.
    var count = 0
  }

  /// The points that count, by kind in the order of `PointKind.allCases`.
  private(set) var kinds = [Group](repeating: Group(), count: PointKind.allCases.count)
  /// The points that do not count.
  private(set) var others = Group()
  /// Whether one sign may stand for several points.
  let areThinned: Bool
  /// How many points lie beside the sheet.
  private(set) var outside = 0

  /// Whether the sheet would be full of signs, so that none is drawn.
  private(set) var areLeftOut = false

  /// Above this number of points, a cell holds one sign of each kind.
  static let mostSinglePoints = 20_000
  /// The side of such a cell, in tenths of a unit: a little more than a sign is wide.
  static let cellSide = 120

  /// Sorts the points that fall on the sheet of `projection`.
  ///
  /// - Complexity: O(*n*) expected.
  init(of points: PointTable, coverage: Coverage, in projection: MapProjection) {
    var taken = [Set<SheetPosition>](repeating: [], count: kinds.count + 1)
    areThinned = points.count > Self.mostSinglePoints
    for i in 0..<points.count {
      let position = projection.position(latitude: points.latitudes[i], longitude: points.longitudes[i])
      guard projection.shows(position) else {
        outside += 1
        continue
      }
      let slot = coverage.counts[i] ? Int(points.kinds[i].rawValue) : kinds.count
      let cell = SheetPosition(x: position.x / Self.cellSide, y: position.y / Self.cellSide)
      let isDrawn = !areThinned || taken[slot].insert(cell).inserted
      if slot < kinds.count {
        kinds[slot].add(position, isDrawn: isDrawn)
      } else {
        others.add(position, isDrawn: isDrawn)
      }
    }
    // As many signs as there is room for side by side hide everything else.
    let cells = MapProjection.width * 10 / Self.cellSide * (projection.height * 10 / Self.cellSide)
    areLeftOut = areThinned && kinds.reduce(others.positions.count) { $0 + $1.positions.count } > 2 * cells
    if areLeftOut {
      for kind in kinds.indices { kinds[kind].positions = [] }
      others.positions = []
    }
  }
}

extension PointSigns.Group {
  fileprivate mutating func add(_ position: SheetPosition, isDrawn: Bool) {
    count += 1
    if isDrawn { positions.append(position) }
  }
}
