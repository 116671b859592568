import Foundation
import Travel

/// A saved road network, read into memory.
struct SavedRoads {
  let roads: RoadNetworkFile

  init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let keeper = Keeper(data)
    roads = try RoadNetworkFile.decode(bytes: UnsafeRawBufferPointer(keeper.bytes), keeper: keeper)
  }

  /// Owns the bytes.
  private final class Keeper: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    init(_ data: Data) {
      bytes = .allocate(byteCount: data.count, alignment: 64)
      data.withUnsafeBytes { bytes.copyMemory(from: $0) }
    }
    deinit { bytes.deallocate() }
  }
}
