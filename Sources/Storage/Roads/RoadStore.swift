import GRDB
import Travel

/// What is kept of a road network besides the network itself.
struct RoadDescription: Equatable {
  /// What became of the files' contents, in JSON.
  var counts: String
  /// The rules, in YAML.
  var rules: String
  /// The files whose heights stretch the times.
  var elevation: String?
  /// Whom to name.
  var attribution: String?
}

/// Puts a road network in the place of the atlas's earlier one, in a transaction of the caller's.
///
/// - Parameters:
///   - path: the atlas, which names the file.
///   - fillsTable: whether the features are written again; not needed where only slopes have changed.
/// - Returns: the file to be put beside the atlas, and whether it differs from the earlier one.
func replaceRoads(
  with network: RoadNetwork, _ description: RoadDescription, atlas path: String,
  fillingTable fillsTable: Bool,
  _ db: Database
) throws -> (sidecar: RoadSidecar, hasChanged: Bool) {
  let sidecar = RoadSidecar(RoadNetworkFile(network).encode())
  let earlier = try RoadRecord.fetch(db)
  let header = sidecar.bytes.withUnsafeBytes {
    SHA256.of(UnsafeRawBufferPointer(rebasing: $0.prefix(RoadRecord.headerBytes)))
  }
  try RoadRecord(
    file: RoadSidecar.name(atlas: resolvedPath(path), sha256: sidecar.sha256), bytes: sidecar.bytes.count,
    sha256: sidecar.sha256, headerSHA256: header, formatVersion: sidecar.formatVersion,
    junctions: network.junctionCount, edges: network.edgeCount, counts: description.counts,
    rules: description.rules, rulesSHA256: SHA256.of(Array(description.rules.utf8)),
    elevation: description.elevation,
    attribution: description.attribution
  ).replace(db)
  if fillsTable { try RoadTable(network).replace(db) }
  return (sidecar, earlier?.sha256 != sidecar.sha256)
}
