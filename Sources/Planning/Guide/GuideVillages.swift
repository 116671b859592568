import Geo

extension PlaceTable {
  /// One place for each administrative village that has a place among `places`: the one with most customers of the whole
  /// village, the first in the table where several have as many. Ascending.
  ///
  /// A chart of a village hangs where most of its people pass.
  ///
  /// - Complexity: O(*n*) for all *n* places.
  public func seats(ofVillagesOf places: [Int]) -> [Int] {
    var isAsked = [Bool](repeating: false, count: villageNames.count)
    for place in places { isAsked[Int(villages[place])] = true }
    var seats = [Int](repeating: -1, count: villageNames.count)
    for place in 0..<count where isAsked[Int(villages[place])] {
      let seat = seats[Int(villages[place])]
      if seat < 0 || customers[place] > customers[seat] { seats[Int(villages[place])] = place }
    }
    return seats.filter { $0 >= 0 }.sorted()
  }
}

extension PaymentNetwork {
  /// The township of each point, as a position in the places' `townshipNames`: that of the place it is assigned to, else
  /// that of the place nearest to it by great circle; -1 where there are no places.
  ///
  /// - Complexity: O(*n* + *m* log *n*) for *n* places and *m* points.
  public var pointTownships: [Int32] {
    let nearest = GridIndex(latitudes: places.latitudes, longitudes: places.longitudes).nearestIndices(
      toEach: PlaceBatch(latitudes: points.latitudes, longitudes: points.longitudes))
    return (0..<points.count).map { point in
      let place = points.places[point] >= 0 ? points.places[point] : nearest[point]
      return place < 0 ? -1 : places.townships[Int(place)]
    }
  }
}
