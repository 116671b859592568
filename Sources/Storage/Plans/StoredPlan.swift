import Foundation
import GRDB
public import Geo

/// A proposal as an atlas keeps it: under a name, as the JSON document that `sites --json` prints.
public struct StoredPlan: Hashable, Sendable {
  /// A site to open.
  public struct Site: Hashable, Sendable {
    /// The id planners know the site by.
    public var id: String
    /// The name.
    public var name: String
    /// Where it is.
    public var position: Coordinate<WGS84>
    /// When to open it: 1 first.
    public var order: Int
    /// What it adds to the ones before it, to the nearest whole.
    public var gain: Int
    /// What it costs, in fen; `nil` where not known.
    public var costFen: Int?
    /// Payments a month that it can expect; `nil` where not known.
    public var expectedPayments: Int?
    /// Where those of a single month lie with 95 % probability; `nil` where not known.
    public var expectedLow: Double?, expectedHigh: Double?
    /// Customers who are served by it and by none before it; `nil` where the plan does not say.
    public var customersGained: Int?
  }

  /// What the planner calls it.
  public var name: String
  /// The whole document.
  public var document: String
  /// The sites to open, in the order of the document.
  public var sites: [Site]
  /// When it was kept, as the atlas writes times: `YYYY-MM-DDThh:mm:ss.sssZ`; empty for one that is not kept yet.
  public var savedAt = ""

  /// Reads a document, or returns `nil` where it is none of a plan.
  public init?(name: String, document: String) {
    guard !name.isEmpty, let plan = try? JSONDecoder().decode(Document.self, from: Data(document.utf8)) else {
      return nil
    }
    var sites: [Site] = []
    for row in plan.chosen {
      guard let position = Coordinate<WGS84>(latitude: row.latitude, longitude: row.longitude) else {
        return nil
      }
      // Gains by degrees have decimals.
      guard abs(row.gain) < 9e18 else { return nil }
      var costFen: Int?
      if let yuan = row.cost_yuan {
        guard abs(yuan) < 1e13 else { return nil }
        costFen = Int((yuan * 100).rounded())
      }
      sites.append(
        Site(
          id: row.candidate_id, name: row.name, position: position, order: row.order,
          gain: Int(row.gain.rounded()),
          costFen: costFen, expectedPayments: row.expected_payments_per_month,
          expectedLow: row.expected_low, expectedHigh: row.expected_high,
          customersGained: row.gains?.newly_served.customers))
    }
    self.name = name
    self.document = document
    self.sites = sites
  }

  // Named as in the document.
  private struct Document: Decodable {
    struct Row: Decodable {
      var candidate_id: String
      var name: String
      var longitude: Double
      var latitude: Double
      var order: Int
      var gain: Double
      var cost_yuan: Double?
      var expected_payments_per_month: Int?
      var expected_low: Double?
      var expected_high: Double?
      var gains: Gains?
    }
    struct Gains: Decodable {
      struct Group: Decodable { var customers: Int }
      var newly_served: Group
    }
    var chosen: [Row]
  }
}

extension Atlas {
  /// The plan of a name, or the newest; `nil` when there is none, or the atlas is older than plans.
  ///
  /// - Throws: `AtlasError.damaged` when it is not one that this program writes.
  public func plan(named name: String? = nil) throws(AtlasError) -> StoredPlan? {
    let row = try read { db -> (name: String, document: String, savedAt: String)? in
      guard try db.tableExists("plans") else { return nil }
      let found = try Row.fetchOne(
        db,
        sql:
          "SELECT name, proposal, saved_at FROM plans WHERE ?1 IS NULL OR name = ?1 ORDER BY id DESC LIMIT 1",
        arguments: [name])
      return found.map { ($0["name"], $0["proposal"], $0["saved_at"]) }
    }
    guard let row else { return nil }
    guard var plan = StoredPlan(name: row.name, document: row.document) else {
      throw .damaged(path: path, detail: "plan \(row.name): not a proposal")
    }
    plan.savedAt = row.savedAt
    return plan
  }

  /// Keeps a plan as the newest, all or nothing; one of the same name is replaced. The same plan again leaves the atlas as it is.
  ///
  /// - Parameters:
  ///   - stamp: the time, as `YYYY-MM-DDThh:mm:ssZ`.
  ///   - waitSeconds: how long to wait for another writer.
  public func keep(_ plan: StoredPlan, stamp: String, waitSeconds: Int = 10) throws {
    let time = ImportJournal(stamp: stamp, isSynthetic: false).time
    try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db -> AtlasUpdate.Outcome<Void> in
      let newest = try Row.fetchOne(db, sql: "SELECT name, proposal FROM plans ORDER BY id DESC LIMIT 1")
      if let newest, newest["name"] == plan.name, newest["proposal"] == plan.document { return .discard(()) }
      let id = try Int.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM plans")
      try db.execute(sql: "DELETE FROM plans WHERE name = ?", arguments: [plan.name])
      try db.execute(
        sql: "INSERT INTO plans (id, name, proposal, saved_at) VALUES (?, ?, ?, ?)",
        arguments: [id, plan.name, plan.document, time])
      try db.execute(
        sql: "UPDATE gpkg_contents SET last_change = ? WHERE table_name = 'plans'", arguments: [time])
      return .keep(())
    }
  }
}
