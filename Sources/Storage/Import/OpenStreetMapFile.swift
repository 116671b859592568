import COSM
import Foundation
public import Travel
import Words

/// An OpenStreetMap file, `.osm.pbf` or `.osm` (XML), as told by its first bytes and not by its name.
///
///     let (network, counts) = try OpenStreetMapFile(path: "jiyuan.osm.pbf").roadNetwork(rules: .standard)
///
/// libosmium decodes; `RoadRules` says what the tags mean, and `RoadNetworkBuilder` makes the network.
public struct OpenStreetMapFile: Sendable {
  /// Where the file is.
  public let path: String

  /// Names a file. Nothing is read yet.
  public init(path: String) { self.path = path }

  /// The roads of the file.
  ///
  /// The file is read twice, first its ways and relations, then its nodes. What is kept meanwhile is 60 bytes for each
  /// node of a road; the blocks in the air take some 50 MB.
  ///
  /// - Parameter keepsEveryNode: see `RoadNetworkBuilder`.
  /// - Throws: `ImportError`: it cannot be read; it is empty, not an OpenStreetMap file, damaged or cut off, a history or
  ///   list of changes; or it has no roads.
  /// - Complexity: O(bytes + *n* log *n*) for *n* nodes of roads.
  public func roadNetwork(
    rules: RoadRules, keepsEveryNode: Bool = false
  ) throws(ImportError) -> (network: RoadNetwork, counts: RoadImportCounts) {
    let format = try self.format()
    let reader = RoadElementReader(RoadNetworkBuilder(rules: rules, keepsEveryNode: keepsEveryNode))
    try read(COSM_WAYS.rawValue | COSM_RELATIONS.rawValue, as: format, into: reader)
    reader.builder.finishWays()
    try read(COSM_NODES.rawValue, as: format, into: reader)
    let (network, counts) = reader.builder.network()
    guard network.edgeCount > 0 else {
      throw refusal(
        en: counts.waysRead == 0 ? "no ways" : "no roads among \(counts.waysRead) ways",
        zh: counts.waysRead == 0 ? "没有道路(way)" : "\(counts.waysRead) 条路径(way)中没有可通行的道路",
        expectedEN: "roads (ways with highway=…) and their nodes", expectedZH: "道路(带 highway 标签的 way)及其节点")
    }
    return (network, counts)
  }

  private func refusal(
    line: Int? = nil, en: String, zh: String,
    expectedEN: String = "an OpenStreetMap file (.osm.pbf or .osm)",
    expectedZH: String = "OpenStreetMap 文件(.osm.pbf 或 .osm)"
  ) -> ImportError {
    .refused(
      ImportProblem(
        file: path, line: line, column: nil, found: .words(en: en, zh: zh),
        expected: Bilingual(en: expectedEN, zh: expectedZH)))
  }
}

// MARK: - The first bytes

extension OpenStreetMapFile {
  private func format() throws(ImportError) -> cosm_format {
    let bytes = try firstBytes()
    // A PBF file begins with the length of its first header in four bytes, and the type of its first blob. That should
    // be OSMHeader; a file that lacks it is PBF too, and damaged.
    if bytes.count >= 13, bytes[0] == 0, bytes[1] == 0, bytes[4] == 0x0A,
      bytes[6...].starts(with: Array("OSM".utf8))
    {
      return COSM_PBF
    }
    let afterMark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if afterMark.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "<") {
      return COSM_XML
    }

    let packed: [[UInt8]] = [[0x1F, 0x8B], Array("BZh".utf8), Array("PK".utf8), [0xFD] + Array("7zXZ".utf8)]
    if bytes.isEmpty {
      throw refusal(en: "an empty file", zh: "空文件")
    } else if packed.contains(where: bytes.starts(with:)) {
      throw refusal(
        en: "a compressed file", zh: "压缩文件", expectedEN: "an OpenStreetMap file (.osm.pbf or .osm), unpacked",
        expectedZH: "解压后的 OpenStreetMap 文件(.osm.pbf 或 .osm)")
    }
    throw refusal(en: "neither PBF nor XML", zh: "既不是 PBF 也不是 XML")
  }

  private func firstBytes() throws(ImportError) -> [UInt8] {
    var information = stat()
    guard stat(path, &information) == 0 else { throw unreadable() }
    guard information.st_mode & S_IFMT == S_IFREG else {
      if information.st_mode & S_IFMT == S_IFDIR { errno = EISDIR } else { errno = ESPIPE }
      throw unreadable()
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable() }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw unreadable() }
    return Array(bytes[..<count])
  }

  private func unreadable() -> ImportError { .unreadable(file: path, reason: Atlas.systemReason()) }
}

// MARK: - One reading

extension OpenStreetMapFile {
  private func read(
    _ kinds: UInt32, as format: cosm_format, into reader: RoadElementReader
  ) throws(ImportError) {
    var report = cosm_report()
    let outcome = RoadElementReader.withKeys { keys in
      cosm_read(
        path, Int32(format.rawValue), kinds, keys.baseAddress, keys.count,
        { context, block in
          guard let context, let block else { return 1 }
          Unmanaged<RoadElementReader>.fromOpaque(context).takeUnretainedValue().take(block.pointee)
          return 0
        }, Unmanaged.passUnretained(reader).toOpaque(), &report)
    }
    let message = withUnsafeBytes(of: &report.message) { bytes in
      printable(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self), limit: 160)
    }
    switch UInt32(bitPattern: outcome) {
    case COSM_DONE.rawValue: return
    case COSM_UNREADABLE.rawValue:
      throw .unreadable(
        file: path, reason: Bilingual(en: "cannot be read: \(message)", zh: "无法读取:\(message)"))
    case COSM_VERSIONS.rawValue:
      throw refusal(
        en: "a history or a list of changes", zh: "历史文件或变更文件",
        expectedEN: "an OpenStreetMap file with one version of each element",
        expectedZH: "每个要素只有一个版本的 OpenStreetMap 文件")
    default:
      throw refusal(
        line: report.line > 0 ? Int(clamping: report.line) : nil, en: "damaged or cut off (\(message))",
        zh: "已损坏或不完整(\(message))", expectedEN: "a whole OpenStreetMap file (.osm.pbf or .osm)",
        expectedZH: "完整的 OpenStreetMap 文件(.osm.pbf 或 .osm)")
    }
  }
}
