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

  /// Ways in whole units of 0.01 mm, times what tracts weigh where they are weighted; without a store, more than with any.
  private func costs(areWeighted: Bool) throws -> AssignmentCosts {
    var rows: [[(site: Int, cost: Int)]] = []
    var (tracts, stores): ([String: Int], [String: Int]) = ([:], [:])
    for row in try lines("sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv").dropFirst() {
      let store = stores[row[1]] ?? stores.count
      stores[row[1]] = store
      let tract = tracts[row[2]] ?? rows.count
      if tract == rows.count {
        tracts[row[2]] = tract
        rows.append([])
      }
      let weight = areWeighted ? try #require(Double(row[3])) : 1
      rows[tract].append((store, Int((try #require(Double(row[0])) * weight * Self.unit).rounded())))
    }
    return AssignmentCosts(
      siteCount: stores.count, base: rows.map { row in (row.map(\.cost).max() ?? 0) + 1 }, rows: rows)
  }

  private static let unit = 1e5

  @Test("every proven value is found, and proven again")
  func values() throws {
    let table = try table()
    let (weighted, plain) = (try costs(areWeighted: true), try costs(areWeighted: false))
    var compared: [String: Int] = [:]
    for row in try lines("verified_optima.csv") where row[0] == "spopt_SF" {
      let expected = try #require(Double(row[5]))
      let count = try #require(Int(row[3]))
      switch row[2] {
      case "MCLP":
        let plan = MaximalCovering(.sites(count)).plan(for: table)
        #expect(Double(plan.value) == expected && plan.isProven)
      case "LSCP":
        let plan = SetCovering().plan(for: table).plan
        #expect(Double(plan.value) == expected && plan.isProven)
      case "p-median":
        let answer = PMedian(weighted, p: count).solve { false }
        // Each of 205 ways is rounded by at most half a unit; the file has four decimals.
        #expect(abs(Double(answer.value) / Self.unit - expected) < 0.002 && answer.isProven)
      default:
        let answer = PCenter(plain, p: count).solve { false }
        #expect(abs(Double(answer.radius) / Self.unit - expected) < 0.0001 && answer.isProven)
      }
      compared[row[2], default: 0] += 1
    }
    #expect(compared == ["MCLP": 8, "LSCP": 1, "p-median": 8, "p-center": 8])
  }
}
