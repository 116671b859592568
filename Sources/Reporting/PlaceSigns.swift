import Planning

/// Where the places of a network are drawn, by verdict: one sign each, or one for a cell where they are many.
struct PlaceSigns {
  private(set) var served: [SheetPosition] = []
  /// Cells some of whose places are served; none where places are drawn singly.
  private(set) var partly: [SheetPosition] = []
  private(set) var unserved: [SheetPosition] = []
  /// How many places lie on the sheet.
  private(set) var onSheet = 0
  /// Whether a sign stands for a cell.
  let areCells: Bool

  /// Sorts the places that fall on the sheet of `projection`.
  ///
  /// - Complexity: O(*n*).
  init(of places: PlaceTable, coverage: Coverage, in projection: MapProjection) {
    var shown: [(position: SheetPosition, isServed: Bool)] = []
    for i in 0..<places.count {
      let position = projection.position(latitude: places.latitudes[i], longitude: places.longitudes[i])
      if projection.shows(position) { shown.append((position, coverage.isServed[i])) }
    }
    onSheet = shown.count
    areCells = shown.count > MapDrawing.mostSinglePlaces
    guard areCells else {
      for sign in shown {
        if sign.isServed { served.append(sign.position) } else { unserved.append(sign.position) }
      }
      return
    }
    let side = MapDrawing.cellSide
    let columns = MapProjection.width * 10 / side + 1
    let rows = projection.height * 10 / side + 1
    var totals = [Int32](repeating: 0, count: columns * rows)
    var servedCounts = totals
    for sign in shown {
      let cell = sign.position.y / side * columns + sign.position.x / side
      totals[cell] += 1
      if sign.isServed { servedCounts[cell] += 1 }
    }
    for cell in totals.indices where totals[cell] > 0 {
      let center = SheetPosition(x: cell % columns * side + side / 2, y: cell / columns * side + side / 2)
      switch servedCounts[cell] {
      case 0: unserved.append(center)
      case totals[cell]: served.append(center)
      default: partly.append(center)
      }
    }
  }
}
