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

/// Some of the places of a batch, along the curve of `mortonOrder`.
struct PlacesInOrder {
  let order: UnsafeBufferPointer<Int32>
  let latitudes: UnsafeBufferPointer<Double>
  let longitudes: UnsafeBufferPointer<Double>

  var count: Int { order.count }

  /// Where a place stands in the caller's arrays.
  @inline(__always)
  func row(_ i: Int) -> Int { Int(order[i]) }

  @inline(__always)
  subscript(i: Int) -> GridTree.Place {
    GridTree.Place(latitude: latitudes[row(i)], longitude: longitudes[row(i)])
  }
}

/// The positions of places along a Z-shaped curve over latitude and longitude (Morton 1966, IBM Ottawa), so that
/// neighbors follow each other.
///
/// Asked in this order, a search finds its cells in the cache, and the last answer is a good first guess:
/// measured, half the time. The order changes no answer, so the curve's jumps at the 180th meridian are harmless.
///
/// - Complexity: O(*n*).
func mortonOrder(latitudes: [Double], longitudes: [Double]) -> [Int32] {
  guard let south = latitudes.min(), let north = latitudes.max(),
    let west = longitudes.min(), let east = longitudes.max()
  else { return [] }
  let scale = 65_535 / max(north - south, east - west, 1e-9)
  var entries = [UInt64](unsafeUninitializedCapacity: latitudes.count) { entries, count in
    for i in latitudes.indices {
      let key =
        interleaved(UInt32((longitudes[i] - west) * scale))
        | interleaved(UInt32((latitudes[i] - south) * scale)) << 1
      entries[i] = UInt64(key) << 32 | UInt64(i)
    }
    count = latitudes.count
  }
  radixSort(&entries)
  return entries.map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
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
  var other = entries
  for shift in [32, 43, 54] as [UInt64] {
    var next = [Int](repeating: 0, count: 2_048)
    for entry in entries { next[Int(entry >> shift & 2_047)] += 1 }
    var total = 0
    for digit in next.indices {
      let count = next[digit]
      next[digit] = total
      total += count
    }
    for entry in entries {
      let digit = Int(entry >> shift & 2_047)
      other[next[digit]] = entry
      next[digit] += 1
    }
    swap(&entries, &other)
  }
}
