/// What of a line on a sheet is worth drawing.
enum SheetLine {
  /// How far a drawn line may stray from the true one, in tenths of a unit: 0.05 mm on a printed page.
  static let tolerance = 3

  /// `line` without the corners that no eye misses: those within `tolerance` of the line drawn without them.
  ///
  /// Douglas and Peucker 1973, "Algorithms for the reduction of the number of points required to represent a digitized
  /// line", Cartographica 10(2). A line that never gets farther than the tolerance from its start is nothing.
  ///
  /// - Complexity: O(*n*²) at worst, O(*n* log *n*) on roads.
  static func simplified(_ line: [SheetPosition]) -> [SheetPosition] {
    guard let first = line.first, line.contains(where: { squared(first, $0) > tolerance * tolerance }) else {
      return []
    }
    var isKept = [Bool](repeating: false, count: line.count)
    isKept[0] = true
    isKept[line.count - 1] = true
    var open = [(0, line.count - 1)]
    while let (from, to) = open.popLast() {
      var worst = (distance: tolerance * tolerance, index: -1)
      for i in from + 1..<max(from + 1, to) {
        let distance = squaredDistance(of: line[i], from: line[from], to: line[to])
        if distance > worst.distance { worst = (distance, i) }
      }
      guard worst.index >= 0 else { continue }
      isKept[worst.index] = true
      open.append((from, worst.index))
      open.append((worst.index, to))
    }
    return line.indices.filter { isKept[$0] }.map { line[$0] }
  }

  /// Whether a part of the stroke between two positions may lie on the sheet, a little over its edge: not when both lie
  /// beyond the same side of it.
  static func mayShow(_ a: SheetPosition, _ b: SheetPosition, in projection: MapProjection) -> Bool {
    let margin = 100
    let right = MapProjection.width * 10 + margin
    let bottom = projection.height * 10 + margin
    return max(a.x, b.x) >= -margin && min(a.x, b.x) <= right && max(a.y, b.y) >= -margin
      && min(a.y, b.y) <= bottom
  }

  private static func squared(_ a: SheetPosition, _ b: SheetPosition) -> Int {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
  }

  /// The square of the distance of `point` from the stroke between two positions, rounded down.
  private static func squaredDistance(
    of point: SheetPosition, from a: SheetPosition, to b: SheetPosition
  ) -> Int {
    let length = squared(a, b)
    let along = (point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)
    if length == 0 || along <= 0 { return squared(a, point) }
    if along >= length { return squared(b, point) }
    let across = (point.x - a.x) * (b.y - a.y) - (point.y - a.y) * (b.x - a.x)
    // Sheet positions of anything on the earth at the largest scale drawn stay far below 2^31, but not their fourth power.
    return Int((Double(across) * Double(across) / Double(length)).rounded(.down))
  }
}
