import Geo

/// The township of every candidate site, and which townships are served worst.
struct SiteTownships {
  /// By site, the township as a position in `townshipNames`; -1 where it has none.
  let ofSite: [Int32]
  private let places: PlaceTable

  /// - Complexity: O((places + sites) · log places).
  init(_ sites: CandidateTable, _ places: PlaceTable) {
    self.places = places
    func township(_ place: Int32) -> Int32 {
      guard place >= 0 else { return -1 }
      let township = places.townships[Int(place)]
      return places.townshipNames[Int(township)].isEmpty ? -1 : township
    }
    let index = GridIndex(latitudes: places.latitudes, longitudes: places.longitudes)
    let nearest = index.nearest(1, toEachLatitude: sites.latitudes, longitude: sites.longitudes)
    ofSite = (0..<sites.count).map { site in
      township(sites.places[site] >= 0 ? sites.places[site] : nearest.indices[site])
    }
  }

  /// The sites of each township that has some, ascending.
  var groups: [[Int32]] {
    var groups = [[Int32]](repeating: [], count: places.townshipNames.count)
    for (site, township) in ofSite.enumerated() where township >= 0 {
      groups[Int(township)].append(Int32(site))
    }
    return groups.filter { !$0.isEmpty }
  }

  /// The townships with the lowest share of the weight served, the lowest first, of equals the one first by name.
  static func poorest(_ count: Int, _ places: PlaceTable, _ weights: [Int], _ isServed: [Bool]) -> [Int32] {
    var total = [Int](repeating: 0, count: places.townshipNames.count)
    var served = total
    for i in weights.indices {
      total[Int(places.townships[i])] += weights[i]
      if isServed[i] { served[Int(places.townships[i])] += weights[i] }
    }
    let known = total.indices.filter { total[$0] > 0 && !places.townshipNames[$0].isEmpty }
    return known.sorted { a, b in
      let (left, right) = (product(served[a], total[b]), product(served[b], total[a]))
      return left == right ? a < b : left < right
    }.prefix(count).map(Int32.init)
  }
}

/// Which sites lie too near to each other, and which too near to a point.
struct SiteSpacing {
  /// By site, the sites that are too near, ascending.
  let neighbors: [[Int32]]
  /// By site, the points that are too near, as positions in `points`, ascending.
  let points: [[Int32]]

  /// - Parameter points: where the points are.
  /// - Complexity: O((sites + points) · log + pairs).
  init(_ spacing: Distance, _ sites: CandidateTable, points: [Coordinate<WGS84>]) {
    let places = (0..<sites.count).map(sites.coordinate(of:))
    func near(_ others: [Coordinate<WGS84>], isSame: Bool) -> [[Int32]] {
      let index = GridIndex(latitudes: others.map(\.latitude), longitudes: others.map(\.longitude))
      return places.enumerated().map { site, here in
        index.indices(within: spacing, of: here).sorted().filter {
          !(isSame && $0 == site) && here.distance(to: others[$0]) < spacing
        }.map(Int32.init)
      }
    }
    neighbors = near(places, isSame: true)
    self.points = near(points, isSame: false)
  }

  /// Sets of sites of which at most one may be open, that together say all of `neighbors`: cliques, each grown from a pair that no earlier
  /// one holds.
  ///
  /// - Parameter edges: by site, sites that exclude it, ascending.
  static func cliques(_ edges: [[Int32]]) -> [[Int32]] {
    let sets = edges.map(Set.init)
    var left = sets
    var cliques: [[Int32]] = []
    for site in edges.indices {
      for other in edges[site] where left[site].contains(other) {
        var clique = [Int32(site), other]
        for third in edges[site] where !clique.contains(third) {
          if clique.allSatisfy({ sets[Int($0)].contains(third) }) { clique.append(third) }
        }
        for member in clique { left[Int(member)].subtract(clique) }
        cliques.append(clique.sorted())
      }
    }
    return cliques
  }
}

extension PaymentNetwork {
  /// The names of the townships with the lowest share of the weight served, the lowest first, of equals the one first by name.
  ///
  /// Townships that weigh nothing, and places without a township, are not among them.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - coverage: who is served, and what places weigh.
  /// - Complexity: O(places).
  public func poorestTownships(_ count: Int, by coverage: Coverage) -> [String] {
    let weights = (0..<places.count).map { places.weight(of: $0, by: coverage.options.weight) }
    return SiteTownships.poorest(count, places, weights, coverage.isServed).map {
      places.townshipNames[Int($0)]
    }
  }
}
