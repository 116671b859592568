import Geo

extension PaymentNetwork {
  /// The network with a point opened at some of the sites, after the points there are, in the order given.
  ///
  ///     let after = network.opening([4, 0], of: network.candidates)
  ///
  /// What opens is active, takes every method, and has no hours yet, so that it counts at any moment; its operator is not stated.
  /// The order of ids no longer holds in the point table. Volumes and everything else stay as they are.
  ///
  /// - Parameters:
  ///   - sites: positions in `table`.
  ///   - table: the candidates; their places are positions in the network's place table.
  ///   - kind: what opens where the table does not say.
  /// - Complexity: O(points + sites).
  public func opening(
    _ sites: [Int], of table: CandidateTable, unstated kind: PointKind = .villageCommittee
  ) -> PaymentNetwork {
    var network = self
    network.points.open(sites, of: table, unstated: kind)
    return network
  }
}

extension PaymentNetwork {
  /// The network with some points closed: they stay in the table, and serve nobody.
  ///
  /// - Parameter points: positions in the point table.
  /// - Complexity: O(points).
  public func closing(_ points: [Int]) -> PaymentNetwork {
    var network = self
    for point in points { network.points.statuses[point] = .closed }
    return network
  }
}

extension PointTable {
  mutating func open(_ sites: [Int], of table: CandidateTable, unstated kind: PointKind) {
    if !sites.isEmpty, operatorNames.first != "" {
      operatorNames.insert("", at: 0)
      for point in operators.indices { operators[point] += 1 }
    }
    let everything = PaymentMethods.all.reduce(into: PaymentMethods()) { $0.formUnion($1.method) }
    for site in sites {
      ids.append(table.ids[site])
      names.append(table.names[site])
      kinds.append(table.kinds[site] ?? kind)
      latitudes.append(table.latitudes[site])
      longitudes.append(table.longitudes[site])
      methods.append(everything)
      statuses.append(.active)
      hours.append(-1)
      places.append(table.places[site])
      operators.append(0)
      counters.append(table.counters[site])
      monthlyCostsFen.append(table.monthlyCostsFen[site] ?? -1)
      feesPerPaymentFen.append(-1)
      openedOn.append("")
      closedOn.append("")
      phones.append("")
    }
  }
}

extension CoverageOptions {
  /// What opens at a site whose kind is not stated: a village committee, which demand models measure all others by, unless only
  /// other kinds count; then the first of those.
  public var unstatedKind: PointKind {
    kinds.isEmpty || kinds.contains(.villageCommittee)
      ? .villageCommittee : kinds.min { $0.rawValue < $1.rawValue } ?? .villageCommittee
  }
}
