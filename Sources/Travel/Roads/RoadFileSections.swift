/// Hands out the sections of a file one after another, checked.
struct SectionReader {
  private let bytes: UnsafeRawBufferPointer
  private let keeper: any AnyObject & Sendable
  private let count: Int
  private var next = 0
  private var end: Int

  /// Checks the header and the table.
  init(_ bytes: UnsafeRawBufferPointer, keeper: any AnyObject & Sendable) throws(RoadNetworkFileError) {
    self.bytes = bytes
    self.keeper = keeper
    guard bytes.count >= RoadNetworkFile.magic.count, bytes.starts(with: RoadNetworkFile.magic) else {
      throw .notRoads
    }
    let header = RoadNetworkFile.headerLength
    guard bytes.count >= header else {
      throw .wrongLength(expected: UInt64(header), found: UInt64(bytes.count))
    }
    let version = Self.number(bytes, 8, as: UInt32.self)
    guard version == RoadNetworkFile.version else { throw .otherVersion(version) }
    let length = Self.number(bytes, 16, as: UInt64.self)
    guard length == UInt64(bytes.count) else {
      throw .wrongLength(expected: length, found: UInt64(bytes.count))
    }
    count = Int(Self.number(bytes, 12, as: UInt32.self))
    let (tableEnd, overflow) = count.multipliedReportingOverflow(by: RoadNetworkFile.entryLength)
    guard !overflow, tableEnd <= bytes.count - header else { throw .damaged("header") }
    end = header + tableEnd
    let seed = xxHash64(UnsafeRawBufferPointer(rebasing: bytes[..<24]))
    guard
      xxHash64(UnsafeRawBufferPointer(rebasing: bytes[32..<end]), seed: seed)
        == Self.number(bytes, 24, as: UInt64.self)
    else { throw .damaged("header") }
    guard UInt(bitPattern: bytes.baseAddress) % 8 == 0 else { throw .damaged("alignment") }
  }

  /// The next section, as a column.
  mutating func column<Element>(
    _ name: String, of type: Element.Type = Element.self, count expected: Int? = nil
  ) throws(RoadNetworkFileError) -> FlatArray<Element> {
    guard next < count else { throw .damaged(name) }
    let entry = RoadNetworkFile.headerLength + next * RoadNetworkFile.entryLength
    let offset = (end + RoadNetworkFile.alignment - 1) / RoadNetworkFile.alignment * RoadNetworkFile.alignment
    let elements = Self.number(bytes, entry + 16, as: UInt64.self)
    let size = MemoryLayout<Element>.stride
    guard Self.number(bytes, entry, as: UInt32.self) == UInt32(next),
      Self.number(bytes, entry + 4, as: UInt32.self) == UInt32(size),
      Self.number(bytes, entry + 8, as: UInt64.self) == UInt64(offset),
      offset <= bytes.count, elements <= UInt64((bytes.count - offset) / size),
      expected == nil || elements == UInt64(expected ?? 0),
      bytes[end..<offset].allSatisfy({ $0 == 0 })
    else { throw .damaged(name) }
    let section = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Int(elements) * size])
    guard xxHash64(section) == Self.number(bytes, entry + 24, as: UInt64.self) else { throw .damaged(name) }
    next += 1
    end = offset + section.count
    return FlatArray(bytes: section, count: Int(elements), keeper: keeper)
  }

  /// Checks that nothing is left over.
  func finish() throws(RoadNetworkFileError) {
    guard next == count, bytes.count - end < RoadNetworkFile.alignment,
      bytes.count % RoadNetworkFile.alignment == 0, bytes[end...].allSatisfy({ $0 == 0 })
    else { throw .damaged("end") }
  }

  private static func number<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ at: Int, as type: Value.Type
  ) -> Value {
    Value(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Value.self))
  }
}

// MARK: What the columns must be

extension SectionReader {
  mutating func network() throws(RoadNetworkFileError) -> RoadNetwork {
    let latitudes: FlatArray<Int32> = try column("junction latitudes")
    let longitudes: FlatArray<Int32> = try column("junction longitudes", count: latitudes.count)
    let from: FlatArray<UInt32> = try column("edge from")
    let to: FlatArray<UInt32> = try column("edge to", count: from.count)
    let millimeters: FlatArray<UInt32> = try column("edge lengths", count: from.count)
    let classes: FlatArray<UInt8> = try column("edge classes", count: from.count)
    let shapeStart: FlatArray<UInt32> = try column("shape starts", count: from.count + 1)
    let shapeLatitudes: FlatArray<Int32> = try column("shape latitudes")
    let shapeLongitudes: FlatArray<Int32> = try column("shape longitudes", count: shapeLatitudes.count)
    let turns: FlatArray<UInt32> = try column("forbidden turns")
    let pathStart: FlatArray<UInt32> = try column("starts of forbidden paths")
    let pathArcs: FlatArray<UInt32> = try column("forbidden paths")
    var times: [RoadNetwork.EdgeTimes] = []
    for mode in TravelMode.allCases {
      var time = RoadNetwork.EdgeTimes(
        forward: try column("times of \(mode)", count: from.count),
        backward: try column("times back of \(mode)", count: from.count))
      time.forwardSlope = try column("slopes of \(mode)")
      time.backwardSlope = try column("slopes back of \(mode)")
      try require(
        [0, from.count].contains(time.forwardSlope.count)
          && [0, from.count].contains(time.backwardSlope.count),
        "slopes of \(mode)")
      times.append(time)
    }
    try require(from.count < 1 << 31, "edge from")
    try require(latitudes.areWithin(900_000_000) && shapeLatitudes.areWithin(900_000_000), "latitudes")
    try require(longitudes.areWithin(1_800_000_000) && shapeLongitudes.areWithin(1_800_000_000), "longitudes")
    try require(from.ascends && from.isBelow(latitudes.count), "edge from")
    try require(to.isBelow(latitudes.count), "edge to")
    try require(classes.allSatisfy { RoadClass(rawValue: $0) != nil }, "edge classes")
    try require(shapeStart.areStarts(of: shapeLatitudes.count), "shape starts")
    try require(
      turns.count % 3 == 0
        && turns.indices.allSatisfy { turns[$0] < ($0 % 3 == 1 ? latitudes.count : from.count) },
      "forbidden turns")
    try require(pathStart.areStarts(of: pathArcs.count), "starts of forbidden paths")
    try require(pathArcs.isBelow(2 * from.count), "forbidden paths")
    return RoadNetwork(
      junctionLatitudes: latitudes, junctionLongitudes: longitudes, edgeFrom: from, edgeTo: to,
      edgeMillimeters: millimeters, edgeClasses: classes, shapeStart: shapeStart,
      shapeLatitudes: shapeLatitudes, shapeLongitudes: shapeLongitudes, times: times, forbiddenTurns: turns,
      forbiddenPathStart: pathStart, forbiddenPathArcs: pathArcs)
  }

  mutating func graph(of network: RoadNetwork, _ mode: TravelMode) throws(RoadNetworkFileError) -> RoadGraph {
    let forward = try rows(of: network, "graph of \(mode)")
    let reverse = try rows(of: network, "reversed graph of \(mode)")
    let copies: FlatArray<UInt32> = try column("copies of \(mode)")
    let nodes = network.junctionCount + copies.count
    try require(copies.ascends && copies.isBelow(network.junctionCount), "copies of \(mode)")
    try require(
      [forward, reverse].allSatisfy { $0.start.count == nodes + 1 && $0.arcs.lead(below: nodes) }
        && forward.arcs.count == reverse.arcs.count, "graph of \(mode)")
    return RoadGraph(network: network, mode: mode, forward: forward, reverse: reverse, copyJunctions: copies)
  }

  private mutating func rows(
    of network: RoadNetwork, _ name: String
  ) throws(RoadNetworkFileError) -> RoadGraph.Rows {
    let start: FlatArray<UInt32> = try column(name)
    let arcs: FlatArray<RoadGraph.Arc> = try column(name)
    let millimeters: FlatArray<UInt32> = try column(name, count: arcs.count)
    let edges: FlatArray<UInt32> = try column(name, count: arcs.count)
    try require(start.areStarts(of: arcs.count), name)
    try require(edges.isBelow(2 * network.edgeCount), name)
    return RoadGraph.Rows(start: start, arcs: arcs, millimeters: millimeters, edges: edges)
  }

  mutating func tree(of network: RoadNetwork) throws(RoadNetworkFileError) -> SegmentTree {
    let leaves = SegmentTree.leafCount(segments: network.segmentCount)
    let boxCount = SegmentTree.levelCounts(leaves: leaves).reduce(0, +)
    let uses: FlatArray<UInt8> = try column("uses of edges", count: network.edgeCount)
    let leafEdges: FlatArray<UInt32> = try column("leaves", count: leaves)
    let boxes: FlatArray<SegmentTree.Box> = try column("boxes", count: boxCount)
    let boxUses: FlatArray<UInt8> = try column("uses of boxes", count: boxCount)
    let fits = leafEdges.enumerated().allSatisfy { leaf, edge in
      guard edge < network.edgeCount else { return false }
      let first = Int(network.shapeStart[Int(edge)]) + Int(edge)
      let next = Int(network.shapeStart[Int(edge) + 1]) + Int(edge) + 1
      return (first..<next).contains(leaf * SegmentTree.leafSize)
    }
    try require(fits, "leaves")
    return SegmentTree(uses: uses, leafEdges: leafEdges, boxes: boxes, boxUses: boxUses)
  }

  private func require(_ holds: Bool, _ name: String) throws(RoadNetworkFileError) {
    guard holds else { throw .damaged(name) }
  }
}

// Each looks at every value without branching on it, so that the compiler can look at several at once.

extension FlatArray<UInt32> {
  fileprivate func isBelow(_ bound: Int) -> Bool {
    withUnsafeBufferPointer { $0.reduce(0) { Swift.max($0, $1) } < bound || $0.isEmpty }
  }

  fileprivate var ascends: Bool {
    withUnsafeBufferPointer { values in
      var falls: UInt32 = 0
      for i in 0..<Swift.max(0, values.count - 1) { falls |= values[i] > values[i + 1] ? 1 : 0 }
      return falls == 0
    }
  }

  /// Whether these are starts of rows over `total` entries.
  fileprivate func areStarts(of total: Int) -> Bool {
    guard let first, let last else { return false }
    return first == 0 && Int(last) == total && ascends
  }
}

extension FlatArray<Int32> {
  fileprivate func areWithin(_ bound: Int32) -> Bool {
    withUnsafeBufferPointer { values in
      values.reduce(0) { Swift.max($0, $1) } <= bound && values.reduce(0) { Swift.min($0, $1) } >= -bound
    }
  }
}

extension FlatArray<RoadGraph.Arc> {
  fileprivate func lead(below nodes: Int) -> Bool {
    withUnsafeBufferPointer { arcs in
      var node: UInt32 = 0
      var milliseconds: UInt32 = 0
      for arc in arcs {
        node = Swift.max(node, arc.node)
        milliseconds = Swift.max(milliseconds, arc.milliseconds)
      }
      return arcs.isEmpty || node < nodes && milliseconds < RoadGraph.longestMilliseconds
    }
  }
}
