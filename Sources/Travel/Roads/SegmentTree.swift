import Foundation
import Geo

/// The segments of all edges, in a tree of boxes.
///
/// The segments of edge `e` are `shapeStart[e] + e` and on, one more than the edge has shape points. Eight neighbors make
/// a leaf, sixteen boxes a box above. The boxes of the leaves come first, the root last.
struct SegmentTree: Sendable {
  static let leafSize = 8
  static let fanOut = 16

  /// Corners in 10⁻⁷ degrees.
  struct Box: BitwiseCopyable, Equatable, Sendable {
    var south: Int32
    var west: Int32
    var north: Int32
    var east: Int32
  }

  /// What each edge is good for, as bits of `RoadSnapping`.
  let uses: FlatArray<UInt8>
  /// The edge of the first segment of each leaf.
  let leafEdges: FlatArray<UInt32>
  let boxes: FlatArray<Box>
  /// What some edge below each box is good for.
  let boxUses: FlatArray<UInt8>
  /// Where the boxes of each level begin; the last is how many boxes there are.
  let levelStarts: FlatArray<Int>

  /// How many leaves so many segments need.
  static func leafCount(segments: Int) -> Int { (segments + leafSize - 1) / leafSize }

  /// How many boxes each level has, leaves first.
  static func levelCounts(leaves: Int) -> [Int] {
    guard leaves > 0 else { return [] }
    var counts = [leaves]
    while let last = counts.last, last > 1 { counts.append((last + fanOut - 1) / fanOut) }
    return counts
  }

  init(
    uses: FlatArray<UInt8>, leafEdges: FlatArray<UInt32>, boxes: FlatArray<Box>, boxUses: FlatArray<UInt8>
  ) {
    self.uses = uses
    self.leafEdges = leafEdges
    self.boxes = boxes
    self.boxUses = boxUses
    var starts = [0]
    for count in Self.levelCounts(leaves: leafEdges.count) { starts.append(starts[starts.count - 1] + count) }
    levelStarts = FlatArray(starts)
  }

  init(_ network: RoadNetwork, uses: [UInt8]) {
    let counts = Self.levelCounts(leaves: Self.leafCount(segments: network.segmentCount))
    let nothing = Box(south: .max, west: .max, north: .min, east: .min)
    var boxes = [Box](repeating: nothing, count: counts.first ?? 0)
    var boxUses = [UInt8](repeating: 0, count: boxes.count)
    var leafEdges = [UInt32](repeating: 0, count: boxes.count)
    network.withShapes { shapes in
      var segment = 0
      for edge in 0..<network.edgeCount {
        for piece in 0..<shapes.segmentCount(ofEdge: edge) {
          let leaf = segment / Self.leafSize
          if segment % Self.leafSize == 0 { leafEdges[leaf] = UInt32(edge) }
          // Segments that nobody uses leave no trace in the boxes.
          if uses[edge] != 0 {
            boxes[leaf].include(shapes.point(piece, ofEdge: edge))
            boxes[leaf].include(shapes.point(piece + 1, ofEdge: edge))
            boxUses[leaf] |= uses[edge]
          }
          segment += 1
        }
      }
    }
    var below = 0
    for count in counts.dropFirst() {
      let end = boxes.count
      for parent in 0..<count {
        var box = nothing
        var use: UInt8 = 0
        for child in below + parent * Self.fanOut..<min(end, below + (parent + 1) * Self.fanOut)
        where boxUses[child] != 0 {
          box.include((boxes[child].south, boxes[child].west))
          box.include((boxes[child].north, boxes[child].east))
          use |= boxUses[child]
        }
        boxes.append(box)
        boxUses.append(use)
      }
      below = end
    }
    self.init(
      uses: FlatArray(uses), leafEdges: FlatArray(leafEdges), boxes: FlatArray(boxes),
      boxUses: FlatArray(boxUses))
  }
}

extension SegmentTree.Box {
  mutating func include(_ point: (latitude: Int32, longitude: Int32)) {
    south = min(south, point.latitude)
    north = max(north, point.latitude)
    west = min(west, point.longitude)
    east = max(east, point.longitude)
  }
}

extension RoadNetwork {
  /// How many pieces the shapes of all edges have together.
  var segmentCount: Int { shapeLatitudes.count + edgeCount }

  /// Hands the shapes to `body` as a kernel reads them.
  func withShapes<R>(_ body: (RoadShapes) throws -> R) rethrows -> R {
    try junctionLatitudes.withUnsafeBufferPointer { junctionLatitudes in
      try junctionLongitudes.withUnsafeBufferPointer { junctionLongitudes in
        try edgeFrom.withUnsafeBufferPointer { edgeFrom in
          try edgeTo.withUnsafeBufferPointer { edgeTo in
            try shapeStart.withUnsafeBufferPointer { shapeStart in
              try shapeLatitudes.withUnsafeBufferPointer { shapeLatitudes in
                try shapeLongitudes.withUnsafeBufferPointer { shapeLongitudes in
                  try body(
                    RoadShapes(
                      junctionLatitudes: junctionLatitudes, junctionLongitudes: junctionLongitudes,
                      edgeFrom: edgeFrom, edgeTo: edgeTo, shapeStart: shapeStart,
                      shapeLatitudes: shapeLatitudes, shapeLongitudes: shapeLongitudes))
                }
              }
            }
          }
        }
      }
    }
  }
}

/// The shapes of a network's edges.
struct RoadShapes {
  let junctionLatitudes: UnsafeBufferPointer<Int32>
  let junctionLongitudes: UnsafeBufferPointer<Int32>
  let edgeFrom: UnsafeBufferPointer<UInt32>
  let edgeTo: UnsafeBufferPointer<UInt32>
  let shapeStart: UnsafeBufferPointer<UInt32>
  let shapeLatitudes: UnsafeBufferPointer<Int32>
  let shapeLongitudes: UnsafeBufferPointer<Int32>

  @inline(__always)
  func segmentCount(ofEdge edge: Int) -> Int { Int(shapeStart[edge + 1] - shapeStart[edge]) + 1 }

  /// The first of an edge's segments, as counted over all edges.
  @inline(__always)
  func firstSegment(ofEdge edge: Int) -> Int { Int(shapeStart[edge]) + edge }

  /// Point 0 is the first junction, the last one the second junction.
  @inline(__always)
  func point(_ i: Int, ofEdge edge: Int) -> (latitude: Int32, longitude: Int32) {
    if i == 0 {
      let junction = Int(edgeFrom[edge])
      return (junctionLatitudes[junction], junctionLongitudes[junction])
    }
    let at = Int(shapeStart[edge]) + i - 1
    if at < Int(shapeStart[edge + 1]) { return (shapeLatitudes[at], shapeLongitudes[at]) }
    let junction = Int(edgeTo[edge])
    return (junctionLatitudes[junction], junctionLongitudes[junction])
  }
}
