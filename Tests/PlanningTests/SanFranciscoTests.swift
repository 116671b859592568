import Foundation
import Planning
import Testing

/// San Francisco's 205 census tracts and 16 stores, as spopt's documentation solves them, with values proven by enumeration.
@Suite(
  "San Francisco",
  .enabled(
    if: ProcessInfo.processInfo.environment["PAYCIRCLE_SHARED_DATA"].map {
      FileManager.default.fileExists(atPath: $0 + "/benchmarks/sf")
    } ?? false,
    "set PAYCIRCLE_SHARED_DATA to the folder that holds benchmarks/sf"))
struct SanFranciscoTests {
  private let folder = URL(
    fileURLWithPath: (ProcessInfo.processInfo.environment["PAYCIRCLE_SHARED_DATA"] ?? "") + "/benchmarks")

  private func lines(_ path: String) throws -> [[String]] {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8).split(
      whereSeparator: \.isNewline
    )
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Tracts within 5,000 m of stores, the rim included.
  private func table() throws -> CoverTable {
    var tracts: [String: (weight: Int, sites: [Int32])] = [:]
    var names: [String] = []
    var stores: [String: Int32] = [:]
    for row in try lines("sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv").dropFirst() {
      let store = stores[row[1]] ?? Int32(stores.count)
      stores[row[1]] = store
      if tracts[row[2]] == nil {
        names.append(row[2])
        tracts[row[2]] = (try #require(Int(row[3])), [])
      }
      if try #require(Double(row[0])) <= 5_000 { tracts[row[2]]?.sites.append(store) }
    }
    #expect(tracts.count == 205 && stores.count == 16)
    var builder = CoverTable.Builder(siteCount: stores.count)
    for name in names {
      let tract = try #require(tracts[name])
      builder.append(weight: tract.weight, sites: tract.sites)
    }
    return builder.finished()
  }

  @Test("every proven value of maximal and set covering is found, and proven again")
  func values() throws {
    let table = try table()
    var compared = 0
    for row in try lines("verified_optima.csv") where row[0] == "spopt_SF" {
      let expected = try #require(Double(row[5]))
      if row[2] == "MCLP" {
        let plan = MaximalCovering(.sites(try #require(Int(row[3])))).plan(for: table)
        #expect(Double(plan.value) == expected && plan.isProven)
        compared += 1
      } else if row[2] == "LSCP" {
        let plan = SetCovering().plan(for: table).plan
        #expect(Double(plan.value) == expected && plan.isProven)
        compared += 1
      }
    }
    #expect(compared == 9)
  }
}
