import Geo
import Planning

// What a map shows, which part of it is enlarged, and where names go.
extension MapDrawing {
  /// What the whole map shows: the county where its outline is known, otherwise everything.
  ///
  /// A stray coordinate must not shrink the county to a speck; it is counted as outside instead.
  static func extent(of network: PaymentNetwork) -> MapExtent {
    var extent = MapExtent()
    for boundary in network.boundaries where boundary.level == "county" { extent.include(boundary.polygons) }
    guard extent.isEmpty else { return extent }
    for boundary in network.boundaries { extent.include(boundary.polygons) }
    for i in 0..<network.places.count {
      extent.include(latitude: network.places.latitudes[i], longitude: network.places.longitudes[i])
    }
    for i in 0..<network.points.count {
      extent.include(latitude: network.points.latitudes[i], longitude: network.points.longitudes[i])
    }
    return extent
  }

  /// What a township's map shows: its outline where one is known, otherwise its places.
  static func extent(ofTownship township: Int, in network: PaymentNetwork) -> MapExtent {
    let places = network.places
    var extent = MapExtent()
    let name = places.townshipNames[township]
    for boundary in network.boundaries where boundary.level == "township" && boundary.name == name {
      extent.include(boundary.polygons)
    }
    guard extent.isEmpty else { return extent }
    for i in 0..<places.count where Int(places.townships[i]) == township {
      extent.include(latitude: places.latitudes[i], longitude: places.longitudes[i])
    }
    return extent
  }

  /// The height of the sheet that enlarges a part of `whole`: as high as `whole` where both fit on one printed
  /// page, less where they would not, but never under 400 units.
  ///
  /// A page of A4 is 267 mm high inside its margins, which is 1,435 units of a drawing 186 mm wide; the heading,
  /// the legend and the captions take 335.
  static func detailHeight(beside whole: MapProjection) -> Int {
    min(whole.height, max(400, 1_100 - whole.height))
  }

  /// The middle of the part of `whole` with most customers that a sheet `detailHeight(beside:)` high enlarges.
  ///
  /// Found on a raster of 24 columns and cells as high as wide; the first one, row by row from the upper left,
  /// where several have as many. `nil` where there is too little to enlarge: fewer than 200 places, or fewer than
  /// 20 in that part.
  static func busiestPart(of places: PlaceTable, in whole: MapProjection) -> SheetPosition? {
    guard places.count >= 200 else { return nil }
    let columns = 24
    let cell = MapProjection.width * 10 / columns
    let rows = whole.height * 10 / cell + 1
    let wide = columns / zoom
    let high = max(1, detailHeight(beside: whole) * 10 / zoom / cell)
    var customers = [Int](repeating: 0, count: columns * rows)
    var members = customers
    for i in 0..<places.count {
      let position = whole.position(latitude: places.latitudes[i], longitude: places.longitudes[i])
      guard whole.shows(position) else { continue }
      let index = position.y / cell * columns + min(columns - 1, position.x / cell)
      customers[index] += places.customers[i]
      members[index] += 1
    }
    func sum(_ raster: [Int], _ row: Int, _ column: Int) -> Int {
      (row..<row + high).reduce(0) { sum, r in
        sum + raster[r * columns + column..<r * columns + column + wide].reduce(0, +)
      }
    }
    var best: (customers: Int, row: Int, column: Int) = (0, 0, 0)
    for row in 0...(rows - high) {
      for column in 0...(columns - wide) {
        let inside = sum(customers, row, column)
        if inside > best.customers { best = (inside, row, column) }
      }
    }
    guard best.customers > 0, sum(members, best.row, best.column) >= 20 else { return nil }
    return SheetPosition(
      x: (best.column * 2 + wide) * cell / 2, y: (best.row * 2 + high) * cell / 2)
  }

  /// Where each township's name goes: into its outline where one is known, else amid its places.
  func labelAnchors() -> [(String, SheetPosition)] {
    var anchors: [(String, SheetPosition)] = []
    var named = Set<String>()
    for boundary in network.boundaries where boundary.level == "township" {
      guard let anchor = boundary.labelAnchor else { continue }
      named.insert(boundary.name)
      anchors.append(
        (boundary.name, projection.position(latitude: anchor.latitude, longitude: anchor.longitude)))
    }
    var sums = [(x: Int, y: Int, count: Int)](
      repeating: (0, 0, 0), count: network.places.townshipNames.count)
    for i in 0..<network.places.count {
      let position = projection.position(
        latitude: network.places.latitudes[i], longitude: network.places.longitudes[i])
      let township = Int(network.places.townships[i])
      sums[township].x += position.x
      sums[township].y += position.y
      sums[township].count += 1
    }
    for (name, sum) in zip(network.places.townshipNames, sums) where sum.count > 0 && !named.contains(name) {
      anchors.append((name, SheetPosition(x: sum.x / sum.count, y: sum.y / sum.count)))
    }
    return anchors
  }
}
