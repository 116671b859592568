/// Roads with everything that searches need, and how they lie in a file.
///
///     let roads = RoadNetworkFile(network)             // makes the graphs and the snapping
///     let bytes = roads.encode()
///     let same = try RoadNetworkFile.decode(bytes: mapped, keeper: mapping)  // nothing is copied
///
/// The bytes are a header, a table of sections, and the sections: the columns of the network, of the graph of each mode,
/// and of the snapping, as they lie in memory. Numbers are little-endian; sections begin at multiples of 64 bytes.
///
/// | bytes | header |
/// |---|---|
/// | 0..<8 | `PAYROADS` |
/// | 8..<12 | version, 2 |
/// | 12..<16 | number of sections |
/// | 16..<24 | length of the file in bytes |
/// | 24..<32 | XXH64 of the bytes from 32 to the end of the table, seeded with the XXH64 of the bytes before 24 |
/// | 32..<64 | zero |
///
/// Each entry of the table, 32 bytes: which column (4 bytes, counted from 0), size of an element (4), offset (8), number of
/// elements (8), XXH64 of the section (8). What lies between sections is zero.
///
/// `decode` believes nothing: checksums, lengths, and the range of every index are looked at before anything is used,
/// so that a damaged or forged file is an error and never a trap.
public struct RoadNetworkFile: Sendable {
  /// The roads.
  public let network: RoadNetwork
  /// The graphs, in the order of `TravelMode.allCases`.
  public let graphs: [RoadGraph]
  /// Where places belong.
  public let snapping: RoadSnapping

  /// Makes the graphs and the snapping of `network`.
  ///
  /// - Complexity: O(*n*) for *n* junctions, edges and shape points.
  public init(_ network: RoadNetwork) {
    self.network = network
    graphs = TravelMode.allCases.map { RoadGraph(network, mode: $0) }
    snapping = RoadSnapping(network, graphs: graphs)
  }

  init(network: RoadNetwork, graphs: [RoadGraph], snapping: RoadSnapping) {
    self.network = network
    self.graphs = graphs
    self.snapping = snapping
  }

  /// The graph of a mode.
  public func graph(_ mode: TravelMode) -> RoadGraph { graphs[mode.column] }
}

/// Why bytes are not roads.
public enum RoadNetworkFileError: Error, Hashable, Sendable {
  /// They do not begin as a file of roads does.
  case notRoads
  /// They are of a version that this program does not read.
  case otherVersion(UInt32)
  /// They end early, or go on too long.
  case wrongLength(expected: UInt64, found: UInt64)
  /// A checksum or a value is wrong in this part.
  case damaged(String)
}

extension RoadNetworkFile {
  static let magic: [UInt8] = Array("PAYROADS".utf8)
  /// 2: paths that cars may not drive on end, and nodes of the car's graph that remember them.
  static let version: UInt32 = 2
  static let headerLength = 64
  static let entryLength = 32
  static let alignment = 64

  /// The bytes of the file; the same roads give the same bytes.
  ///
  /// - Complexity: O(*n*).
  public func encode() -> [UInt8] {
    var sections = SectionWriter()
    sections.add(network)
    for graph in graphs { sections.add(graph) }
    sections.add(snapping.tree)
    return sections.file()
  }

  /// Reads roads that lie in `bytes`, without copying them.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, at an address that is a multiple of 8, as mapped files and arrays are.
  ///   - keeper: keeps the bytes alive and unchanged, as long as anything made from them lives.
  /// - Complexity: O(*n*).
  public static func decode(
    bytes: UnsafeRawBufferPointer, keeper: any AnyObject & Sendable
  ) throws(RoadNetworkFileError) -> RoadNetworkFile {
    var sections = try SectionReader(bytes, keeper: keeper)
    let network = try sections.network()
    var graphs: [RoadGraph] = []
    for mode in TravelMode.allCases { graphs.append(try sections.graph(of: network, mode)) }
    let tree = try sections.tree(of: network)
    try sections.finish()
    return RoadNetworkFile(
      network: network, graphs: graphs, snapping: RoadSnapping(network: network, tree: tree))
  }
}

/// Collects the sections of a file.
struct SectionWriter {
  private var sections: [(elementSize: Int, count: Int, bytes: [UInt8])] = []

  /// - Precondition: the machine is little-endian, as all that Swift runs on are.
  mutating func add<Element>(_ column: FlatArray<Element>) {
    precondition(UInt32(1).littleEndian == 1, "a little-endian machine is expected")
    let bytes = column.withUnsafeBufferPointer { [UInt8](UnsafeRawBufferPointer($0)) }
    sections.append((MemoryLayout<Element>.stride, column.count, bytes))
  }

  mutating func add(_ network: RoadNetwork) {
    add(network.junctionLatitudes)
    add(network.junctionLongitudes)
    add(network.edgeFrom)
    add(network.edgeTo)
    add(network.edgeMillimeters)
    add(network.edgeClasses)
    add(network.shapeStart)
    add(network.shapeLatitudes)
    add(network.shapeLongitudes)
    add(network.forbiddenTurns)
    add(network.forbiddenPathStart)
    add(network.forbiddenPathArcs)
    for times in network.times {
      add(times.forward)
      add(times.backward)
      add(times.forwardSlope)
      add(times.backwardSlope)
    }
  }

  mutating func add(_ graph: RoadGraph) {
    for rows in [graph.forward, graph.reverse] {
      add(rows.start)
      add(rows.arcs)
      add(rows.millimeters)
      add(rows.edges)
    }
    add(graph.copyJunctions)
  }

  mutating func add(_ tree: SegmentTree) {
    add(tree.uses)
    add(tree.leafEdges)
    add(tree.boxes)
    add(tree.boxUses)
  }

  func file() -> [UInt8] {
    let tableEnd = RoadNetworkFile.headerLength + sections.count * RoadNetworkFile.entryLength
    var table: [UInt8] = []
    var offset = aligned(tableEnd)
    for (column, section) in sections.enumerated() {
      append(UInt32(column), to: &table)
      append(UInt32(section.elementSize), to: &table)
      append(UInt64(offset), to: &table)
      append(UInt64(section.count), to: &table)
      append(section.bytes.withUnsafeBytes { xxHash64($0) }, to: &table)
      offset = aligned(offset + section.bytes.count)
    }
    var file = RoadNetworkFile.magic
    append(RoadNetworkFile.version, to: &file)
    append(UInt32(sections.count), to: &file)
    append(UInt64(offset), to: &file)
    let seed = file.withUnsafeBytes { xxHash64($0) }
    let rest = [UInt8](repeating: 0, count: 32) + table
    append(rest.withUnsafeBytes { xxHash64($0, seed: seed) }, to: &file)
    file += rest
    file.reserveCapacity(offset)
    for section in sections {
      file += [UInt8](repeating: 0, count: aligned(file.count) - file.count)
      file += section.bytes
    }
    file += [UInt8](repeating: 0, count: offset - file.count)
    return file
  }

  private func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  private func aligned(_ offset: Int) -> Int {
    (offset + RoadNetworkFile.alignment - 1) / RoadNetworkFile.alignment * RoadNetworkFile.alignment
  }
}
