import Dispatch

/// Runs `body` over equal parts of `0..<count`, on all cores. The parts do not depend on the number of cores.
///
/// `body` runs on several threads at once: it may write only to what belongs to its part.
func inParallel(over count: Int, _ body: (Range<Int>) -> Void) {
  let parts = min(64, count)
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      body(count * part / parts..<count * (part + 1) / parts)
    }
  }
}

/// Places to be asked about together, arranged once for as many questions as there are.
///
///     let homes = PlaceBatch(latitudes: latitudes, longitudes: longitudes)
///     shops.counts(within: .kilometers(1), ofEach: homes)
///     banks.nearest(1, toEach: homes)
///
/// Answers come in the order of the arrays given. Memory is 24 bytes a place.
public struct PlaceBatch: Sendable {
  struct Entry {
    let latitude: Double
    let longitude: Double
    /// Where the place stands in the caller's arrays.
    let row: Int32
  }

  /// Along the curve of `mortonOrder`.
  let entries: [Entry]

  /// How many places there are.
  public var count: Int { entries.count }

  /// Arranges the places whose coordinates, in degrees, stand at the same position of both arrays.
  ///
  /// - Precondition: the arrays are equally long, below 2³¹, and hold only values that a `Coordinate` accepts.
  /// - Complexity: O(*n*) time and space.
  public init(latitudes: [Double], longitudes: [Double]) {
    requireCoordinates(latitudes, longitudes)
    precondition(latitudes.count < Int(Int32.max), "a batch holds fewer than 2³¹ places")
    entries = latitudes.withUnsafeBufferPointer { latitudes in
      longitudes.withUnsafeBufferPointer { longitudes in
        let order = mortonOrder(latitudes: latitudes, longitudes: longitudes)
        return [Entry](unsafeUninitializedCapacity: order.count) { entries, count in
          for i in 0..<order.count {
            let row = Int(order[i] & 0xFFFF_FFFF)
            (entries.baseAddress! + i).initialize(
              to: Entry(
                latitude: latitudes[row], longitude: longitudes[row], row: Int32(truncatingIfNeeded: row)))
          }
          count = order.count
        }
      }
    }
  }
}

/// The positions of places along a Z-shaped curve over latitude and longitude (Morton 1966, IBM Ottawa), so that
/// neighbors follow each other; in the lower 32 bits, the place on the curve above them.
///
/// Asked in this order, a search finds its cells in the cache, and the last answer is a good first guess:
/// measured, half the time. The order changes no answer, so the curve's jumps at the 180th meridian are harmless.
///
/// - Complexity: O(*n*).
private func mortonOrder(
  latitudes: UnsafeBufferPointer<Double>, longitudes: UnsafeBufferPointer<Double>
) -> [UInt64] {
  guard let south = latitudes.min(), let north = latitudes.max(),
    let west = longitudes.min(), let east = longitudes.max()
  else { return [] }
  let scale = 65_535 / max(north - south, east - west, 1e-9)
  var entries = [UInt64](unsafeUninitializedCapacity: latitudes.count) { entries, count in
    for i in 0..<latitudes.count {
      let key =
        interleaved(UInt32((longitudes[i] - west) * scale))
        | interleaved(UInt32((latitudes[i] - south) * scale)) << 1
      entries[i] = UInt64(key) << 32 | UInt64(i)
    }
    count = latitudes.count
  }
  radixSort(&entries)
  return entries
}

/// Spreads the low 16 bits over the even positions.
private func interleaved(_ value: UInt32) -> UInt32 {
  var bits = value & 0xFFFF
  bits = (bits | bits << 8) & 0x00FF_00FF
  bits = (bits | bits << 4) & 0x0F0F_0F0F
  bits = (bits | bits << 2) & 0x3333_3333
  return (bits | bits << 1) & 0x5555_5555
}

/// Sorts by the upper 32 bits, stably, in three passes of 11 bits (the cache holds 2,048 ends of lists).
private func radixSort(_ entries: inout [UInt64]) {
  var other = [UInt64](unsafeUninitializedCapacity: entries.count) { $1 = entries.count }
  var ends = [Int](repeating: 0, count: 3 * 2_048)
  entries.withUnsafeMutableBufferPointer { entries in
    other.withUnsafeMutableBufferPointer { other in
      ends.withUnsafeMutableBufferPointer { ends in
        for entry in entries {
          ends[Int(entry >> 32 & 2_047)] += 1
          ends[2_048 + Int(entry >> 43 & 2_047)] += 1
          ends[4_096 + Int(entry >> 54)] += 1
        }
        var (source, target) = (entries.baseAddress!, other.baseAddress!)
        for pass in 0..<3 {
          let next = ends.baseAddress! + pass * 2_048
          var total = 0
          for digit in 0..<2_048 {
            let count = next[digit]
            next[digit] = total
            total += count
          }
          let shift = UInt64(32 + pass * 11)
          for i in 0..<entries.count {
            let entry = source[i]
            let digit = Int(entry >> shift & 2_047)
            target[next[digit]] = entry
            next[digit] += 1
          }
          swap(&source, &target)
        }
      }
    }
  }
  entries = other
}
