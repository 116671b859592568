extension RoadNetworkBuilder {
  /// The network, and what was used of the file. The builder is used up: it gives its memory to the network.
  ///
  /// - Precondition: `finishWays` was called.
  public mutating func network() -> (network: RoadNetwork, counts: RoadImportCounts) {
    // What the columns are made of is gone before they are copied.
    let (columns, forbidden) = columns()
    return (columns.network(forbidden), counts)
  }

  private mutating func columns() -> (Columns, Forbidden) {
    guard var table = nodes else { preconditionFailure("a network before the ways are finished") }
    nodes = nil
    counts.nodesRepeated = table.repeated
    let wayModes = wayUses.map { use in
      TravelModes(TravelMode.allCases.filter { uses[Int(use)][$0].isOpen }.map { TravelModes($0) })
    }
    let places = self.places
    self.places = []
    let vias = restrictions.map { $0.viaNode.flatMap { table.index(of: $0) } }
    table.forgetIDs()
    var pieces = RoadPieces(
      table, places: places, starts: refStarts, wayModes: wayModes, vias: vias.compactMap(\.self),
      keepsEveryNode: keepsEveryNode, counts: &counts)
    countUsed(wayModes)
    let barriers = RoadBarriers(table, wayModes: wayModes, pieces: &pieces, counts: &counts)

    // Junctions are the nodes that edges end at, in the order of the table, then the copies beside barriers.
    var corners: [UInt32] = []
    var cornerNumbers = [UInt32](repeating: UInt32.max, count: table.count + barriers.copies.count)
    for edge in pieces.edges {
      cornerNumbers[Int(edge.from)] = 0
      cornerNumbers[Int(edge.to)] = 0
    }
    for link in barriers.links { cornerNumbers[Int(link.from)] = 0 }
    for node in cornerNumbers.indices where cornerNumbers[node] == 0 {
      cornerNumbers[node] = UInt32(corners.count)
      corners.append(UInt32(node))
    }
    func tableNode(_ node: UInt32) -> Int {
      Int(node) < table.count ? Int(node) : Int(barriers.copies[Int(node) - table.count])
    }
    let latitudes = corners.map { table.latitudes[tableNode($0)] }
    let longitudes = corners.map { table.longitudes[tableNode($0)] }

    var from = pieces.edges.map { cornerNumbers[Int($0.from)] }
    var to = pieces.edges.map { cornerNumbers[Int($0.to)] }
    from += barriers.links.map { cornerNumbers[Int($0.from)] }
    to += barriers.links.map { cornerNumbers[Int($0.to)] }
    let junctions = RoadOrder.depthFirst(
      order: RoadOrder.alongCurve(latitudes: latitudes, longitudes: longitudes), from: from, to: to)
    for edge in from.indices {
      from[edge] = junctions[Int(from[edge])]
      to[edge] = junctions[Int(to[edge])]
    }
    let order = Self.edgeOrder(from: from, to: to, junctionCount: corners.count)

    var columns = Columns(junctions: corners.count, edges: order.count, shapePoints: pieces.shapeCount)
    for (corner, junction) in junctions.enumerated() {
      columns.latitudes[Int(junction)] = latitudes[corner]
      columns.longitudes[Int(junction)] = longitudes[corner]
    }
    let seconds = ferrySeconds(pieces)
    var positions = [UInt32](repeating: 0, count: order.count)
    for (position, edge) in order.enumerated() {
      positions[Int(edge)] = UInt32(position)
      columns.from[position] = from[Int(edge)]
      columns.to[position] = to[Int(edge)]
      if Int(edge) < pieces.edges.count {
        let piece = pieces.edges[Int(edge)]
        columns.add(piece, of: pieces, use: uses[Int(wayUses[Int(piece.way)])], table, at: position)
        if let whole = seconds[piece.way] { columns.spread(whole, over: piece, at: position) }
      } else {
        let link = barriers.links[Int(edge) - pieces.edges.count]
        columns.add(link, roadClass: uses[Int(wayUses[Int(link.way)])].roadClass, at: position)
      }
    }
    let roads = TurnRoads(
      pieces, wayIDs: wayIDs, parted: Set(barriers.copies), nodeCount: table.count, positions: positions,
      columns: columns)
    let forbidden = forbidden(on: roads, vias: vias) { junctions[Int(cornerNumbers[Int($0)])] }
    return (columns, forbidden)
  }

  private mutating func countUsed(_ wayModes: [TravelModes]) {
    counts.waysUsed = counts.waysRead - counts.waysDropped.values.reduce(0, +)
    for mode in TravelMode.allCases {
      counts.waysUsedByMode[mode] = wayModes.count { $0.contains(mode) }
    }
  }

  /// The edges by first junction, then by second, then as they came: a counting sort, and small sorts within.
  private static func edgeOrder(from: [UInt32], to: [UInt32], junctionCount: Int) -> [UInt32] {
    var starts = [Int](repeating: 0, count: junctionCount + 1)
    for junction in from { starts[Int(junction) + 1] += 1 }
    for junction in 0..<junctionCount { starts[junction + 1] += starts[junction] }
    var next = starts
    var order = [UInt32](repeating: 0, count: from.count)
    for edge in from.indices {
      order[next[Int(from[edge])]] = UInt32(edge)
      next[Int(from[edge])] += 1
    }
    for junction in 0..<junctionCount where starts[junction + 1] - starts[junction] > 1 {
      order[starts[junction]..<starts[junction + 1]].sort { (to[Int($0)], $0) < (to[Int($1)], $1) }
    }
    return order
  }

  /// Of ferries that say how long they take: the milliseconds, and the length of the whole crossing.
  private func ferrySeconds(_ pieces: RoadPieces) -> [UInt32: (milliseconds: Double, millimeters: Double)] {
    guard uses.contains(where: { $0.seconds != nil }) else { return [:] }
    var result: [UInt32: (milliseconds: Double, millimeters: Double)] = [:]
    for piece in pieces.edges {
      guard let seconds = uses[Int(wayUses[Int(piece.way)])].seconds else { continue }
      result[piece.way, default: (Double(seconds) * 1_000, 0)].millimeters += Double(piece.millimeters)
    }
    return result
  }
}
