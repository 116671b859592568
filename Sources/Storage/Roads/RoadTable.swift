import GRDB
import Travel

/// The edges of a road network as features, so that any GIS shows the roads.
struct RoadTable {
  private let network: RoadNetwork

  init(_ network: RoadNetwork) { self.network = network }

  /// Puts the edges in the place of those before, in a transaction of the caller's.
  ///
  /// - Complexity: O(edges · log edges + points of their shapes).
  func replace(_ db: Database) throws {
    let index = SpatialIndex(table: "roads")
    try index.dropTriggers(db)
    try db.execute(sql: "DELETE FROM roads")
    let insert = try db.makeStatement(
      sql: """
        INSERT INTO roads (fid, geom, edge, class, meters, walk, walk_kmh, ebike, ebike_kmh, car, car_kmh)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let classes = RoadClass.allCases.map { ($0.rawValue, SQLValue.text($0.name)) }
    let classNames = Dictionary(uniqueKeysWithValues: classes)
    // TravelMode.allCases is the order of the times and of the columns.
    for edge in 0..<network.edgeCount {
      var values: [SQLValue] = [
        .integer(Int64(edge) + 1), .blob(GeometryBlob.line(through: points(of: edge))),
        .integer(Int64(edge)), classNames[network.edgeClasses[edge]] ?? .text("unknown"),
        .real(Double(network.edgeMillimeters[edge]) / 1000),
      ]
      for times in network.times {
        values += usability(
          millimeters: network.edgeMillimeters[edge], times.forward[edge], times.backward[edge])
      }
      try insert.step(binding: values)
    }
    try index.rebuild(db)
  }

  private func points(of edge: Int) -> [(longitude: Double, latitude: Double)] {
    func junction(_ position: UInt32) -> (Double, Double) {
      (
        Double(network.junctionLongitudes[Int(position)]) / 1e7,
        Double(network.junctionLatitudes[Int(position)]) / 1e7
      )
    }
    let between = Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1])
    return [junction(network.edgeFrom[edge])]
      + between.map { (Double(network.shapeLongitudes[$0]) / 1e7, Double(network.shapeLatitudes[$0]) / 1e7) }
      + [junction(network.edgeTo[edge])]
  }

  /// Which directions may be used, and how fast on level ground in km/h, to one decimal; the faster where they differ.
  private func usability(millimeters: UInt32, _ forward: UInt32, _ backward: UInt32) -> [SQLValue] {
    let noWay = RoadNetwork.noWay
    let word: String
    switch (forward != noWay, backward != noWay) {
    case (true, true): word = "both"
    case (true, false): word = "forward"
    case (false, true): word = "backward"
    case (false, false): return [.text("no"), .null]
    }
    let milliseconds = min(forward, backward)
    guard milliseconds > 0 else { return [.text(word), .null] }
    // Millimeters in a millisecond are meters in a second.
    let speed = Double(millimeters) / Double(milliseconds) * 3.6
    return [.text(word), .real((speed * 10).rounded() / 10)]
  }
}

extension RoadClass {
  /// The value of OpenStreetMap's `highway` tag; `ferry` for ferries.
  var name: String { self == .livingStreet ? "living_street" : "\(self)" }
}
