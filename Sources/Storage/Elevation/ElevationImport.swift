import Foundation
import GRDB
public import Travel
import Words

/// Grids of heights on their way into the times of an atlas's roads.
///
///     let request = ElevationImport(files: ["N35E112.hgt"], stamp: "2015-12-31T00:00:00Z")
///     let result = try request.run(into: "county.gpkg")
///     result.counts.edgesKnown  // 48210
///
/// GeoTIFF in degrees, or SRTM HGT. The heights themselves are not kept: they are in the times then, until roads are
/// imported again.
public struct ElevationImport: Sendable {
  /// The files; of those that overlap, the first that knows a height says it.
  public var files: [String]
  /// The time written to the journal, as `YYYY-MM-DDThh:mm:ssZ`.
  public var stamp: String
  /// Whether only to say what would happen.
  public var isDryRun = false
  /// Whether the heights are made up. A file whose name contains `synthetic` or `合成` is, whatever this says.
  public var isSynthetic = false
  /// How long to wait for another writer, in seconds.
  public var waitSeconds = 10

  /// Asks for `files` to be imported.
  public init(files: [String], stamp: String) {
    self.files = files
    self.stamp = stamp
  }

  /// What became of it.
  public struct Result: Sendable {
    /// What the heights say of the edges.
    public var counts: RoadNetwork.TerrainCounts
    /// How many edges the network has.
    public var edges: Int
    /// How many edges now take another time, walking or by e-bike.
    public var edgesChanged: Int
  }

  /// Stretches the times of walkers and e-bikes by the slope of the roads.
  ///
  /// - Throws: `ImportError` when a file cannot be read, is not a grid of heights, or none knows a height on any road;
  ///   `AtlasError`, `.noRoads` among them.
  /// - Complexity: O(length of all roads); memory does not grow with the files.
  public func run(into path: String) throws -> Result {
    let grids = try files.map { file throws(ImportError) in try openElevationFile(file) }
    // Nothing is made where there is nothing to be stretched.
    guard try Atlas(path: path).roads() != nil else { throw AtlasError.noRoads(path: path) }
    return try AtlasUpdate(path: path, waitSeconds: waitSeconds).run { db in
      // Read again under the lock, that nobody's new roads are lost.
      guard let roads = try Atlas(path: path).roads(), let record = try RoadRecord.fetch(db) else {
        throw AtlasError.noRoads(path: path)
      }
      let mosaic = ElevationMosaic(grids)
      let (network, counts) = try roads.file.network.stretchedByTerrain {
        latitude, longitude throws(ImportError) in
        try mosaic.height(latitude: latitude, longitude: longitude)
      }
      guard counts.edgesKnown + counts.edgesPartlyKnown > 0 || network.edgeCount == 0 else {
        throw ImportError.refusing(
          files.joined(separator: ", "),
          Bilingual(en: "no height at any road of the atlas", zh: "图集道路所在处没有任何高程"),
          Bilingual(en: "a grid that covers the roads", zh: "覆盖道路的高程格网"))
      }
      let result = Result(
        counts: counts, edges: network.edgeCount, edgesChanged: changedEdges(roads.file.network, network))
      if isDryRun { return .discard(result) }
      let names = files.map { FilePath($0).name }.joined(separator: ", ")
      let (sidecar, _) = try replaceRoads(
        with: network,
        RoadDescription(
          counts: record.counts, rules: record.rules, elevation: names, attribution: record.attribution),
        atlas: path, fillingTable: false, db)
      let journal = ImportJournal(stamp: stamp, isSynthetic: isSynthetic)
      for (number, grid) in grids.enumerated() {
        let isFirst = number == 0
        try journal.append(
          .init(
            kind: "elevation", file: grid.name, sha256: grid.sha256, datum: "wgs84", replacedAll: isFirst,
            read: isFirst ? result.edges : 0, added: 0, updated: isFirst ? result.edgesChanged : 0,
            unchanged: isFirst ? result.edges - result.edgesChanged : 0, refused: 0), to: db)
      }
      try journal.close(changing: ["roads", "road_network"], addedRows: files.count, db)
      return .keep(result, roads: sidecar)
    }
  }

  private func changedEdges(_ before: RoadNetwork, _ after: RoadNetwork) -> Int {
    (0..<after.edgeCount).count { edge in
      zip(before.times, after.times).contains { old, new in
        func slope(_ run: FlatArray<UInt16>) -> UInt16 { run.isEmpty ? Slope.level : run[edge] }
        return slope(old.forwardSlope) != slope(new.forwardSlope)
          || slope(old.backwardSlope) != slope(new.backwardSlope)
      }
    }
  }
}
