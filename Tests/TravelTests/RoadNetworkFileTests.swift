import TestSupport
import Testing

@testable import Travel

@Suite struct RoadNetworkFileTests {
  private final class Keeper: Sendable {}

  /// Decodes bytes from memory of their own.
  private func decode(_ bytes: [UInt8]) throws(RoadNetworkFileError) -> RoadNetworkFile {
    let memory = Memory(bytes)
    return try RoadNetworkFile.decode(bytes: memory.bytes, keeper: memory)
  }

  private final class Memory: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    init(_ bytes: [UInt8], alignment: Int = 64, offset: Int = 0) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + offset, alignment: alignment)
      copy.copyBytes(from: [UInt8](repeating: 0, count: offset) + bytes)
      self.bytes = UnsafeRawBufferPointer(copy)
    }
    deinit { bytes.deallocate() }
  }

  private static let small = TownSketch("A-->B\n|   |\nC---D", forbidding: ["CAB", "ABDC"]).network

  @Test(arguments: 1...6)
  func `what is decoded is what was encoded, and encodes to the same bytes`(seed: Int) throws {
    var network = randomRoads(seed: seed, junctions: 40, edges: 90)
    if seed % 2 == 0 {
      network.times[0].forwardSlope = FlatArray((0..<90).map { UInt16(900 + $0) })
      network.times[1].backwardSlope = FlatArray((0..<90).map { UInt16(1_500 - $0) })
    }
    let roads = RoadNetworkFile(network)
    let bytes = roads.encode()
    let opened = try decode(bytes)
    #expect(opened.encode() == bytes)
    #expect(opened.network.forbiddenTurns == network.forbiddenTurns)
    #expect(opened.network.forbiddenPathStart == network.forbiddenPathStart)
    #expect(opened.network.forbiddenPathArcs == network.forbiddenPathArcs)
    #expect(opened.network.shapeLatitudes == network.shapeLatitudes)
    let (places, points) = (
      randomPositions(30, on: network, seed: seed), randomPositions(9, on: network, seed: seed + 1)
    )
    for mode in TravelMode.allCases {
      #expect(opened.graph(mode).mode == mode)
      #expect(
        RoadSearch(opened.graph(mode)).nearest(3, of: points, to: places)
          == RoadSearch(roads.graph(mode)).nearest(3, of: points, to: places))
      #expect(
        opened.snapping.snap(.at(35.01, 112.01), mode: mode)
          == roads.snapping.snap(.at(35.01, 112.01), mode: mode))
    }
  }

  @Test func `no roads at all are a file too`() throws {
    let opened = try decode(RoadNetworkFile(EdgeSketch().network).encode())
    #expect(opened.network.junctionCount == 0)
    #expect(opened.snapping.snap(.at(35, 112), mode: .walk) == .offNetwork(millimeters: nil))
  }

  @Test func `every flipped byte is noticed`() {
    let bytes = RoadNetworkFile(Self.small).encode()
    var random = SeededGenerator(seed: 1)
    for i in bytes.indices {
      var damaged = bytes
      damaged[i] ^= UInt8.random(in: 1...255, using: &random)
      #expect(throws: RoadNetworkFileError.self, "byte \(i)") { try decode(damaged) }
    }
  }

  @Test func `a file cut short anywhere, or with something behind it, is refused`() {
    let bytes = RoadNetworkFile(Self.small).encode()
    for length in bytes.indices {
      #expect(throws: RoadNetworkFileError.self, "\(length) bytes") { try decode(Array(bytes[..<length])) }
    }
    #expect(
      throws: RoadNetworkFileError.wrongLength(expected: UInt64(bytes.count), found: UInt64(bytes.count + 64))
    ) {
      try decode(bytes + [UInt8](repeating: 0, count: 64))
    }
  }

  @Test func `what is not roads, or of another version, or not aligned, is told apart`() {
    #expect(throws: RoadNetworkFileError.notRoads) { try decode([]) }
    #expect(throws: RoadNetworkFileError.notRoads) { try decode(Array("SQLite format 3\0".utf8)) }
    var bytes = RoadNetworkFile(Self.small).encode()
    let odd = Memory(bytes, offset: 4)
    #expect(throws: RoadNetworkFileError.damaged("alignment")) {
      try RoadNetworkFile.decode(bytes: UnsafeRawBufferPointer(rebasing: odd.bytes[4...]), keeper: odd)
    }
    for version: UInt8 in [1, 3] {
      bytes[8] = version
      #expect(throws: RoadNetworkFileError.otherVersion(UInt32(version))) { try decode(bytes) }
    }
  }

  /// Files whose checksums are right and whose numbers are not.
  @Test func `a forged value is an error and never a trap`() {
    let bytes = RoadNetworkFile(Self.small).encode()
    let sections = Int(bytes[12])
    var refused = 0
    for section in 0..<sections {
      let entry = 64 + 32 * section
      let size = number(bytes, entry + 4, 4)
      let offset = number(bytes, entry + 8, 8)
      let count = number(bytes, entry + 16, 8)
      for element in Set([0, count / 2, count - 1]) where (0..<count).contains(element) {
        for pattern: UInt8 in [0xFF, 0x01] {
          var forged = bytes
          for i in 0..<size { forged[offset + element * size + i] = pattern }
          sign(&forged)
          do {
            try use(decode(forged))
          } catch {
            refused += 1
          }
        }
      }
      // More or fewer elements than there are.
      for wrong in [0, count + 1, count &- 1, .max] where wrong != count {
        var forged = bytes
        write(UInt64(bitPattern: Int64(wrong)), &forged, entry + 16, 8)
        sign(&forged)
        #expect(throws: RoadNetworkFileError.self) { try decode(forged) }
      }
    }
    // Times, lengths and boxes may be anything; starts, ends and nodes may not.
    #expect(refused > 60)
  }

  /// Runs everything that reads what a file says.
  private func use(_ roads: RoadNetworkFile) throws {
    let network = roads.network
    let positions = (0..<network.edgeCount).map { RoadPosition(edge: UInt32($0), millimeters: 0) }
    for mode in TravelMode.allCases {
      let search = RoadSearch(roads.graph(mode))
      _ = search.nearest(2, of: positions, to: positions, within: 500_000)
      _ = search.within(500_000, of: positions, to: positions, direction: .roundTrip)
      let reach = search.reach(of: positions, within: 500_000)
      for i in reach.edges.indices { _ = reach.parts(at: i, within: 400_000) }
      _ = RoadComponents(of: roads.graph(mode))
      _ = roads.snapping.snap(.at(0, 112.001), mode: mode)
      _ = roads.snapping.snap(.at(-89, -179), mode: mode)
      _ = RoadGraph(network, mode: mode)
    }
  }

  /// Makes all checksums of a file right.
  private func sign(_ bytes: inout [UInt8]) {
    let sections = number(bytes, 12, 4)
    for section in 0..<sections {
      let entry = 64 + 32 * section
      let start = number(bytes, entry + 8, 8)
      let (length, overflow) = number(bytes, entry + 16, 8).multipliedReportingOverflow(
        by: number(bytes, entry + 4, 4))
      guard !overflow, length >= 0, length <= bytes.count - start else { continue }
      write(bytes[start..<start + length].withUnsafeBytes { xxHash64($0) }, &bytes, entry + 24, 8)
    }
    let seed = bytes[..<24].withUnsafeBytes { xxHash64($0) }
    let end = 64 + 32 * sections
    write(bytes[32..<end].withUnsafeBytes { xxHash64($0, seed: seed) }, &bytes, 24, 8)
  }

  private func number(_ bytes: [UInt8], _ at: Int, _ length: Int) -> Int {
    Int(truncatingIfNeeded: bytes[at..<at + length].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  private func write(_ value: UInt64, _ bytes: inout [UInt8], _ at: Int, _ length: Int) {
    for i in 0..<length { bytes[at + i] = UInt8(truncatingIfNeeded: value >> UInt64(8 * i)) }
  }

  /// Expected values from python-xxhash 3, which wraps the reference implementation.
  @Test(
    arguments: [
      ("", 0, 0xEF46_DB37_51D8_E999), ("a", 0, 0xD24E_C4F1_A98C_6E5B), ("abc", 0, 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition, they say", 0, 0x1660_87D1_0C46_2441),
      ("0123456789abcdef0123456789abcdef", 1, 0x048B_8B58_0878_A4A4),
      ("0123456789abcdef0123456789abcdef0123456", 7, 0x08F7_3129_2261_ED46),
    ] as [(String, UInt64, UInt64)])
  func `the checksum is XXH64`(text: String, seed: UInt64, expected: UInt64) {
    #expect(Array(text.utf8).withUnsafeBytes { xxHash64($0, seed: seed) } == expected)
  }
}
