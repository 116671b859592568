public import Geo

import Foundation

extension CandidateTable {
  /// A site at every place, under the place's id and name, and assigned to it; kind and costs are not known.
  ///
  /// - Complexity: O(*n*).
  public init(atPlaces places: PlaceTable) {
    self.init()
    for i in 0..<places.count {
      append(
        id: places.ids[i], name: places.names[i], latitude: places.latitudes[i],
        longitude: places.longitudes[i],
        place: Int32(i))
    }
  }

  /// A site in the middle of every cell of a grid where somebody lives, named `grid:ROW:COLUMN`; rows count from the south pole,
  /// columns from the 180th meridian eastward. Kind, place and costs are not known.
  ///
  /// Rows are `side` high. The columns of a row are as many as make cells at least `side` wide at its middle, so that the last closes the
  /// circle of latitude.
  ///
  /// - Precondition: `side` is above 0.
  /// - Complexity: O(*n* log *n*) for *n* places.
  public init(inCellsOf side: Distance, among places: PlaceTable) {
    precondition(side.meters > 0, "cells with a side are expected")
    self.init()
    let height = min(180, side.meters / earthRadiusMeters * 180 / .pi)
    let rowCount = max(1, (180 / height).rounded(.up))
    func middle(_ row: Double) -> Double { min(90, -90 + (row + 0.5) * height) }
    func columns(_ row: Double) -> Double {
      max(1, (360 / height * cos(middle(row) * .pi / 180)).rounded(.down))
    }
    var cells: Set<SIMD2<Double>> = []
    for i in 0..<places.count where places.customers[i] > 0 {
      let row = min(rowCount - 1, ((places.latitudes[i] + 90) / height).rounded(.down))
      let count = columns(row)
      let column = min(count - 1, ((places.longitudes[i] + 180) / 360 * count).rounded(.down))
      cells.insert(SIMD2(row, column))
    }
    for cell in cells.sorted(by: { ($0.x, $0.y) < ($1.x, $1.y) }) {
      let name = "grid:\(Int(cell.x)):\(Int(cell.y))"
      append(
        id: name, name: name, latitude: middle(cell.x),
        longitude: -180 + (cell.y + 0.5) * 360 / columns(cell.x),
        place: -1)
    }
  }

  private mutating func append(
    id: String, name: String, latitude: Double, longitude: Double, place: Int32
  ) {
    ids.append(id)
    names.append(name)
    kinds.append(nil)
    latitudes.append(latitude)
    longitudes.append(longitude)
    places.append(place)
    openingCostsFen.append(nil)
    monthlyCostsFen.append(nil)
    counters.append(0)
  }
}
