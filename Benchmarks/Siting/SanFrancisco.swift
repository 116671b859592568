import Foundation
import Planning

/// The 205 census tracts and 16 stores that spopt's documentation solves, and the values that are known to be the best.
struct SanFrancisco {
  /// A question with a known answer.
  struct Known {
    let problem: String
    let count: Int
    let value: Double
  }

  private var weights: [Int] = []
  private var meters: [[(site: Int, meters: Double)]] = []
  private let storeCount: Int
  let known: [Known]

  /// Reads the folder that holds `sf` and `verified_optima.csv`.
  init(folder: String) throws {
    func lines(_ path: String) throws -> [[String]] {
      try String(contentsOfFile: folder + "/" + path, encoding: .utf8).split(whereSeparator: \.isNewline)
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }
    var stores: [String: Int] = [:]
    var tracts: [String: Int] = [:]
    for row in try lines("sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv").dropFirst() {
      guard row.count == 4, let length = Double(row[0]), let weight = Int(row[3]) else {
        throw CocoaError(.fileReadCorruptFile)
      }
      let store = stores[row[1]] ?? stores.count
      stores[row[1]] = store
      let tract = tracts[row[2]] ?? tracts.count
      if tracts[row[2]] == nil {
        tracts[row[2]] = tract
        weights.append(weight)
        meters.append([])
      }
      meters[tract].append((store, length))
    }
    storeCount = stores.count
    known = try lines("verified_optima.csv").filter { $0[0] == "spopt_SF" }.compactMap { row in
      guard let count = Int(row[3]), let value = Double(row[5]) else { return nil }
      return Known(problem: row[2], count: count, value: value)
    }
  }

  /// Tracts within 5,000 m of stores, the rim included.
  var table: CoverTable {
    CoverTable(
      siteCount: storeCount, weights: weights,
      sitesOfPlaces: FlatRows(meters.map { row in row.filter { $0.meters <= 5_000 }.map { Int32($0.site) } }))
  }

  /// How finely lengths are divided: whole numbers of 0.01 mm.
  static let unit = 1e5

  /// Lengths, times what tracts weigh where `areWeighted`, in whole units.
  func costs(areWeighted: Bool) -> AssignmentCosts {
    let rows = meters.indices.map { tract in
      meters[tract].map { entry in
        (
          site: entry.site,
          cost: Int((entry.meters * (areWeighted ? Double(weights[tract]) : 1) * Self.unit).rounded())
        )
      }
    }
    // Without a store a tract costs more than with any.
    return AssignmentCosts(
      siteCount: storeCount, base: rows.map { row in (row.map(\.cost).max() ?? 0) + 1 }, rows: rows)
  }
}
