import Foundation
import GRDB
public import Travel
import Words

/// An OpenStreetMap file on its way into an atlas.
///
///     let request = RoadImport(file: "jiyuan.osm.pbf", stamp: "2015-12-31T00:00:00Z")
///     let result = try request.run(into: "county.gpkg")
///     result.edges  // 48210
///
/// The roads of the file take the place of the atlas's earlier ones. Its nodes and ways are OpenStreetMap's, whose
/// license asks to be named (`DataSource.attribution`); made-up files ask for nothing.
public struct RoadImport: Sendable {
  /// The file, `.osm.pbf` or `.osm`.
  public var file: String
  /// What its tags mean.
  public var rules = RoadRules.standard
  /// The time written to the journal, as `YYYY-MM-DDThh:mm:ssZ`.
  public var stamp: String
  /// Whether only to say what would happen.
  public var isDryRun = false
  /// Whether the roads are made up. A file whose name contains `synthetic` or `合成` is, whatever this says.
  public var isSynthetic = false
  /// How long to wait for another writer, in seconds.
  public var waitSeconds = 10

  /// Asks for `file` to be imported.
  public init(file: String, stamp: String) {
    self.file = file
    self.stamp = stamp
  }

  /// What became of it.
  public struct Result: Sendable {
    /// What was read, used and dropped.
    public var counts: RoadImportCounts
    /// How many junctions the network has.
    public var junctions: Int
    /// How many edges it has.
    public var edges: Int
    /// Whether the atlas had these very roads already, with the same times.
    public var isUnchanged: Bool
    /// The files whose heights stretched the times of the roads before; they must be imported again.
    public var forgottenElevation: String?
  }

  /// Imports the roads, all or nothing.
  ///
  /// - Parameter path: the atlas, which is made when missing.
  /// - Throws: `ImportError` when the file cannot be read, or is not a whole OpenStreetMap file with roads; `AtlasError`.
  /// - Complexity: O(bytes + *n* log *n*) for *n* nodes of roads.
  public func run(into path: String) throws -> Result {
    let (network, counts) = try OpenStreetMapFile(path: file).roadNetwork(rules: rules)
    let sha256 = try hash()
    let journal = ImportJournal(stamp: stamp, isSynthetic: isSynthetic)
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db in
      let earlier = try RoadRecord.fetch(db)
      let (sidecar, hasChanged) = try replaceRoads(
        with: network,
        RoadDescription(
          counts: counts.json, rules: rules.yaml, elevation: nil,
          attribution: journal.isMadeUp(file) ? nil : openStreetMapAttribution),
        atlas: path, fillingTable: !isDryRun, db)
      let result = Result(
        counts: counts, junctions: network.junctionCount, edges: network.edgeCount, isUnchanged: !hasChanged,
        forgottenElevation: earlier?.elevation)
      if isDryRun { return .discard(result) }
      try journal.append(
        .init(
          kind: "roads", file: file, sha256: sha256, datum: "wgs84", replacedAll: true, read: counts.waysRead,
          added: hasChanged ? network.edgeCount : 0, updated: 0,
          unchanged: hasChanged ? 0 : network.edgeCount, refused: 0), to: db)
      try journal.close(changing: ["roads", "road_network"], addedRows: 1, db)
      return .keep(result, roads: sidecar)
    }
  }

  private func hash() throws(ImportError) -> String {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: file, reason: Atlas.systemReason()) }
    defer { close(descriptor) }
    guard let sha256 = SHA256.ofFile(descriptor) else {
      throw .unreadable(file: file, reason: Atlas.systemReason())
    }
    return sha256
  }
}
