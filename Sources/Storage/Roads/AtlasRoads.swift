import Foundation
import GRDB
public import Planning
public import Travel
import Words

/// The roads of an atlas, mapped from the file beside it.
public struct AtlasRoads: Sendable {
  /// The network, the graph of each mode, and the snapping.
  public var file: RoadNetworkFile
  /// What became of the imported files' contents, in JSON: the counts that `import roads --json` prints.
  public var counts: String
  /// The rules the network was made by, in the YAML of `RoadRules.yaml`.
  public var rules: String
  /// The files whose heights stretch the times, separated by `, `; `nil` where the ground is taken as level.
  public var elevation: String?
  /// Whom to name wherever the roads are shown; `nil` where nobody.
  public var attribution: String?
}

extension Atlas {
  /// The roads, or `nil` when the atlas has none.
  ///
  ///     if let roads = try Atlas(path: "jiyuan.gpkg").roads() { roads.file.graph(.walk).nodeCount }
  ///
  /// They lie in a file beside the atlas, which is mapped and shared, not copied. Every byte is verified: the atlas keeps
  /// the file's length and the SHA-256 of its first 4 KiB, which hold the checksum of each part of it, and the decoder
  /// compares these. `verifyRoads` compares the SHA-256 of the whole file, for those who fear forgery more than decay.
  ///
  /// - Throws: `AtlasError.roadsMissing` or `.roadsDamaged` with what to do about it, or what reading an atlas throws.
  public func roads() throws(AtlasError) -> AtlasRoads? {
    guard let (record, file) = try openRoads() else { return nil }
    let header = UnsafeRawBufferPointer(rebasing: file.bytes.prefix(RoadRecord.headerBytes))
    guard SHA256.of(header) == record.headerSHA256 else { throw foreign(record) }
    do {
      return AtlasRoads(
        file: try RoadNetworkFile.decode(bytes: file.bytes, keeper: file), counts: record.counts,
        rules: record.rules, elevation: record.elevation, attribution: record.attribution)
    } catch {
      throw .roadsDamaged(path: sidecarPaths(record)[0], atlas: path, detail: error.words)
    }
  }

  /// The roads as a network holds them, or `nil` when the atlas has none.
  ///
  ///     network.roads = try atlas.networkRoads()
  ///
  /// - Throws: as `roads` and `roadRules`.
  public func networkRoads() throws(AtlasError) -> NetworkRoads? {
    guard let roads = try roads() else { return nil }
    return NetworkRoads(roads.file, snapping: try roadRules(of: roads).snapping)
  }

  /// Makes sure that every byte of the saved roads is as it was written. Without roads there is nothing to verify.
  ///
  /// - Throws: as `roads`.
  /// - Complexity: O(bytes): a second for 1 GB.
  public func verifyRoads() throws(AtlasError) {
    guard let (record, file) = try openRoads() else { return }
    guard SHA256.of(file.bytes) == record.sha256 else { throw foreign(record) }
  }

  /// The rules that roads of this atlas were made by.
  ///
  /// - Throws: `AtlasError.damaged` when the text in the atlas is not what this program writes.
  public func roadRules(of roads: AtlasRoads) throws(AtlasError) -> RoadRules {
    do {
      return try RoadRules(yaml: roads.rules, file: "road_network.rules")
    } catch {
      throw .damaged(path: path, detail: error.sentence.english)
    }
  }

  /// What the atlas says of its roads, and the file, mapped, of the length it says.
  private func openRoads() throws(AtlasError) -> (RoadRecord, MappedFile)? {
    var record = try read { try RoadRecord.fetch($0) }
    var file = try record.flatMap { record throws(AtlasError) in try map(record) }
    if record != nil, file == nil {
      // Between our look at the atlas and at the file, a writer may have put new ones in the place of both.
      let earlier = record
      record = try read { try RoadRecord.fetch($0) }
      if record != earlier { file = try record.flatMap { record throws(AtlasError) in try map(record) } }
    }
    guard let record else { return nil }
    guard let file else { throw .roadsMissing(path: sidecarPaths(record)[0], atlas: path) }
    guard file.bytes.count == record.bytes else {
      throw .roadsDamaged(
        path: sidecarPaths(record)[0], atlas: path,
        detail: Bilingual(
          en: "\(file.bytes.count) bytes instead of \(record.bytes)",
          zh: "\(file.bytes.count) 字节,而非 \(record.bytes) 字节"))
    }
    return (record, file)
  }

  /// Maps the file, or returns `nil` when it is not there.
  private func map(_ record: RoadRecord) throws(AtlasError) -> MappedFile? {
    for path in sidecarPaths(record) {
      if let file = MappedFile(path: path) { return file }
      if errno != ENOENT { throw .unreadable(path: path, reason: Self.systemReason()) }
    }
    return nil
  }

  /// Where the file may be: under the atlas's present name, or the one it was written under. Both files can be moved
  /// or copied together, with or without a new name for the one or the other.
  private func sidecarPaths(_ record: RoadRecord) -> [String] {
    let target = resolvedPath(path)
    let names = [
      RoadSidecar.name(atlas: target, sha256: record.sha256), FilePath(record.file).name,
    ]
    return (names[0] == names[1] ? [names[0]] : names).map(FilePath(target).sibling)
  }

  private func foreign(_ record: RoadRecord) -> AtlasError {
    .roadsDamaged(
      path: sidecarPaths(record)[0], atlas: path,
      detail: Bilingual(en: "its bytes are not those the atlas knows", zh: "内容与图集记录不符"))
  }
}

extension RoadNetworkFileError {
  /// What was found.
  fileprivate var words: Bilingual {
    switch self {
    case .notRoads: Bilingual(en: "not saved roads", zh: "不是道路文件")
    case .otherVersion(let version):
      Bilingual(
        en: "saved by another paycircle (format \(version))", zh: "由其他版本的 paycircle 保存(格式 \(version))")
    case .wrongLength(let expected, let found):
      Bilingual(en: "\(found) bytes instead of \(expected)", zh: "\(found) 字节,而非 \(expected) 字节")
    case .damaged(let part): Bilingual(en: "damaged (\(part))", zh: "已损坏(\(part))")
    }
  }
}
