/// Puts chains together that begin where others end: rings that visit no corner twice, each with the patch of its first
/// chain.
///
/// Where several rings touch, each chain is followed by the one that bounds the same corner of the area, so that
/// interiors which only touch stay apart.
///
/// - Parameters:
///   - chains: at each corner as many end as begin.
///   - corners: what the chains are ranges of.
/// - Complexity: O(*n* log *n*) for *n* corners.
func closedRings(
  of chains: [BoundaryChain], _ corners: [GridCorner]
) -> [(patch: Int32, ring: GridRing)] {
  let firstKeys = chains.map { key(corners[$0.corners.lowerBound]) }
  let order = chains.indices.sorted { (firstKeys[$0], $0) < (firstKeys[$1], $1) }
  let starts = order.map { firstKeys[$0] }
  /// The chains that begin at a corner.
  func chainsFrom(_ corner: GridCorner) -> ArraySlice<Int> {
    let wanted = key(corner)
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < starts.count, starts[end] == wanted { end += 1 }
    return order[low..<end]
  }

  var rings: [(patch: Int32, ring: GridRing)] = []
  var isUsed = [Bool](repeating: false, count: chains.count)
  for first in chains.indices where !isUsed[first] {
    var ring: GridRing = []
    var current = first
    repeat {
      isUsed[current] = true
      let chain = chains[current].corners
      let (before, node) = (corners[chain.upperBound - 2], corners[chain.upperBound - 1])
      let candidates = chainsFrom(node)
      let follower =
        candidates.count == 1 ? candidates.first : follower(of: before, node, candidates, chains, corners)
      guard let next = follower else { break }
      ring += corners[chain].dropFirst().dropLast()
      // Where the way goes straight on and nothing touches, the seam has left a corner that is none.
      let after = corners[chains[next].corners.lowerBound + 1]
      if candidates.count > 1 || turn(before, node, after) != 0 { ring.append(node) }
      current = next
    } while !isUsed[current]
    rings += simpleRings(of: ring).map { (chains[first].patch, $0) }
  }
  return rings
}

/// The chain, of those that begin at `node`, that bounds the area on the left of the way from `before`: the first
/// clockwise from the way back.
private func follower(
  of before: GridCorner, _ node: GridCorner, _ candidates: ArraySlice<Int>, _ chains: [BoundaryChain],
  _ corners: [GridCorner]
) -> Int? {
  let back = wide(before) &- wide(node)
  return candidates.min { a, b in
    let p = wide(corners[chains[a].corners.lowerBound + 1]) &- wide(node)
    let q = wide(corners[chains[b].corners.lowerBound + 1]) &- wide(node)
    let (halfP, halfQ) = (clockwiseHalf(p, from: back), clockwiseHalf(q, from: back))
    return halfP != halfQ ? halfP < halfQ : turn(.zero, p, q) < 0
  }
}

/// 0 for directions less than half a turn clockwise from `back`, 1 for the others.
private func clockwiseHalf(_ direction: SIMD2<Int>, from back: SIMD2<Int>) -> Int {
  let side = turn(.zero, back, direction)
  if side != 0 { return side < 0 ? 0 : 1 }
  // Straight on is half a turn; the way back itself, which no valid boundary takes, comes last.
  return back.x * direction.x + back.y * direction.y < 0 ? 1 : 2
}

/// The ring in parts that visit no corner twice.
private func simpleRings(of ring: GridRing) -> [GridRing] {
  let keys = ring.map(key).sorted()
  guard zip(keys, keys.dropFirst()).contains(where: { $0 == $1 }) else { return [ring] }
  var rings: [GridRing] = []
  var path: GridRing = []
  var places: [UInt64: Int] = [:]
  for corner in ring {
    if let place = places[key(corner)] {
      rings.append(Array(path[place...]))
      for dropped in path[place...] { places[key(dropped)] = nil }
      path.removeSubrange(place...)
    }
    places[key(corner)] = path.count
    path.append(corner)
  }
  rings.append(path)
  return rings.filter { $0.count >= 3 }
}
