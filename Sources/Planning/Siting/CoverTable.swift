/// Which candidate sites would serve each place, with places that the same sites serve made one row.
///
///     var table = CoverTable.Builder(siteCount: 3)
///     table.append(weight: 120, sites: [0, 2])
///     table.append(weight: 80, sites: [0, 2])
///     table.append(weight: 45, sites: [])
///     let cover = table.finished()
///     cover.weights                 // [200]
///     cover.unservableWeight        // 45: no site serves the third place
///
/// Everything that covering models ask of geography is in it. A county of 100,000 places and 100 sites becomes a few thousand
/// rows, and nothing is lost: places that the same sites serve are served together or not at all (the aggregation of demand in
/// Church and ReVelle's covering models; exact, unlike aggregation by nearness).
public struct CoverTable: Sendable {
  /// How many candidate sites there are.
  public let siteCount: Int
  /// The sites that cover each row, ascending; rows in the order in which they first came.
  public let rows: FlatRows
  /// What each row weighs, in any one whole unit.
  public let weights: [Int]
  /// The row of each place, in the order in which places came; -1 for a place that no site serves.
  public let rowOfPlace: [Int32]
  /// The weight of all places that no site serves.
  public let unservableWeight: Int
  /// How many places weigh nothing. They matter only where everyone is to be covered.
  public let weightlessPlaces: Int

  /// The weight of all places that some site serves.
  public var servableWeight: Int { weights.reduce(0, +) }
  /// The places that no site serves, ascending.
  public var unservablePlaces: [Int] { rowOfPlace.indices.filter { rowOfPlace[$0] < 0 } }
  /// How many places were made one with an earlier one.
  public var mergedPlaces: Int { rowOfPlace.count { $0 >= 0 } - rows.count }

  /// The most that all places together may weigh: sums of scaled weights then stay below 2⁶³.
  public static let greatestTotalWeight = 1 << 60

  /// Takes places one by one.
  public struct Builder: Sendable {
    private let siteCount: Int
    private var merger = RowMerger()
    private var rowOfPlace: [Int32] = []
    private var unservableWeight = 0
    private var weightlessPlaces = 0
    private var total = 0

    /// Starts a table without places.
    public init(siteCount: Int) {
      precondition((0..<Int(Int32.max)).contains(siteCount), "a number of sites below 2³¹ is expected")
      self.siteCount = siteCount
    }

    /// Adds a place and the sites that serve it, in any order; a site named twice counts once.
    ///
    /// - Precondition: the weight is not negative, all weights together are at most `greatestTotalWeight`, and sites lie in
    ///   `0..<siteCount`.
    /// - Complexity: O(*k*) for *k* ascending sites, O(*k* log *k*) otherwise.
    public mutating func append(weight: Int, sites: some Collection<Int32>) {
      let isReady =
        sites.withContiguousStorageIfAvailable { buffer in
          if isAscending(buffer) {
            add(weight, buffer)
            return true
          }
          return false
        } ?? false
      if isReady { return }
      var tidy: [Int32] = []
      for site in sites.sorted() where tidy.last != site { tidy.append(site) }
      tidy.withUnsafeBufferPointer { add(weight, $0) }
    }

    private func isAscending(_ sites: UnsafeBufferPointer<Int32>) -> Bool {
      for k in 1..<max(1, sites.count) where sites[k - 1] >= sites[k] { return false }
      return true
    }

    private mutating func add(_ weight: Int, _ sites: UnsafeBufferPointer<Int32>) {
      precondition(weight >= 0, "a weight cannot be negative: \(weight)")
      precondition(
        weight <= CoverTable.greatestTotalWeight - total, "the places together weigh more than 2⁶⁰")
      total += weight
      if weight == 0 { weightlessPlaces += 1 }
      guard let first = sites.first, let last = sites.last else {
        unservableWeight += weight
        rowOfPlace.append(-1)
        return
      }
      precondition(first >= 0 && Int(last) < siteCount, "a site that does not exist")
      rowOfPlace.append(merger.add(sites, weight: weight))
    }

    /// The table.
    public consuming func finished() -> CoverTable {
      CoverTable(
        siteCount: siteCount, rows: merger.rows, weights: merger.weights, rowOfPlace: rowOfPlace,
        unservableWeight: unservableWeight, weightlessPlaces: weightlessPlaces)
    }
  }
}

extension CoverTable {
  /// A table from the sites of each place.
  ///
  /// - Parameters:
  ///   - weights: one for each place.
  ///   - sitesOfPlaces: as many rows as weights.
  /// - Complexity: O(pairs + places).
  public init(siteCount: Int, weights: [Int], sitesOfPlaces: FlatRows) {
    precondition(weights.count == sitesOfPlaces.count, "one weight for each place is expected")
    var builder = Builder(siteCount: siteCount)
    for place in weights.indices { builder.append(weight: weights[place], sites: sitesOfPlaces[place]) }
    self = builder.finished()
  }

  /// A table from the places of each site.
  ///
  /// - Parameters:
  ///   - weights: one for each place.
  ///   - placesOfSites: one row for each site.
  /// - Complexity: O(pairs + places + sites).
  public init(weights: [Int], placesOfSites: FlatRows) {
    self.init(
      siteCount: placesOfSites.count, weights: weights,
      sitesOfPlaces: placesOfSites.transposed(columnCount: weights.count))
  }
}
