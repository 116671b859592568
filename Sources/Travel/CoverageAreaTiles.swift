import Geo

/// What is covered of a rectangle of the map.
struct Patch: Sendable {
  /// The rectangle.
  let tile: GridBox
  /// One connected part of what is covered.
  let polygon: GridPolygon
}

/// A rectangle of the map and the pieces that meet it.
struct Tile: Sendable {
  let box: GridBox
  let members: [Int32]

  init(box: GridBox, members: [Int32]) {
    (self.box, self.members) = (box, members)
  }

  /// The least tile around all of `members`.
  init(around members: [Int32], _ pieces: [CirclePiece]) {
    let boxes = members.map { pieces[Int($0)].box }
    self.init(box: GridBox(around: boxes.map(\.low) + boxes.map(\.high)), members: members)
  }

  /// The two halves, with the pieces that meet each.
  func halves(_ pieces: [CirclePiece]) -> (Tile, Tile)? {
    guard let (first, second) = box.halves else { return nil }
    return (
      Tile(box: first, members: members.filter { pieces[Int($0)].box.meets(first) }),
      Tile(box: second, members: members.filter { pieces[Int($0)].box.meets(second) })
    )
  }

  /// The tile in parts of at most `most` members or of the smallest size, in order.
  func parts(ofAtMost most: Int, _ pieces: [CirclePiece], _ outline: CircleOutline) -> [Tile] {
    guard members.count > most, !isSmall(pieces), !isSurelyCovered(pieces, outline),
      let (first, second) = halves(pieces)
    else { return members.isEmpty ? [] : [self] }
    return first.parts(ofAtMost: most, pieces, outline) + second.parts(ofAtMost: most, pieces, outline)
  }

  /// Whether dividing it would hardly part its members any more.
  func isSmall(_ pieces: [CirclePiece]) -> Bool {
    let side = max(box.width, box.height)
    return members.allSatisfy { 32 * side < min(pieces[Int($0)].box.width, pieces[Int($0)].box.height) }
  }

  /// Whether one of the members covers all of it, as far as can be told without drawing.
  func isSurelyCovered(_ pieces: [CirclePiece], _ outline: CircleOutline) -> Bool {
    members.contains { outline.surelyCovers(box, pieces[Int($0)]) }
  }
}

/// Merges the pieces that meet a tile.
struct TileMerger: ~Copyable {
  let pieces: [CirclePiece]
  let outline: CircleOutline
  let overlay: GeometryOverlay
  /// The rings of plain circles drawn so far; a circle meets about three tiles.
  private var rings: [Int32: [SIMD2<Int>]] = [:]
  /// What has been merged.
  private(set) var patches: [Patch] = []

  /// Circles that are united at once: fewer make more seams, and with many the library's time grows faster than they do.
  static let mostInOneTile = 32

  init(_ pieces: [CirclePiece], outlinedBy outline: CircleOutline) throws(CoverageAreaError) {
    self.pieces = pieces
    self.outline = outline
    overlay = try GeometryOverlay()
  }

  /// Merges the members of a tile into patches, dividing it as often as needed.
  mutating func merge(_ tile: Tile) throws(CoverageAreaError) {
    if try isFilled(tile) {
      patches.append(Patch(tile: tile.box, polygon: GridPolygon(rings: [tile.box.ring])))
    }
  }

  /// Merges the pieces of a group as they are.
  mutating func merge(group: [Int32]) throws(CoverageAreaError) {
    var polygons: [GridPolygon] = []
    for member in group {
      switch pieces[Int(member)].drawing {
      case .plain:
        polygons.append(GridPolygon(rings: [ring(of: member).map { GridCorner(truncatingIfNeeded: $0) }]))
      case .drawn(let polygon): polygons.append(polygon)
      }
    }
    for polygon in try overlay.union(of: withoutContained(polygons)) {
      patches.append(Patch(tile: .world, polygon: polygon))
    }
  }

  /// Merges like `merge`, but only says so where the tile is covered all over.
  private mutating func isFilled(_ tile: Tile) throws(CoverageAreaError) -> Bool {
    if tile.members.isEmpty { return false }
    if tile.isSurelyCovered(pieces, outline) { return true }
    if tile.members.count > Self.mostInOneTile, !tile.isSmall(pieces),
      let (first, second) = tile.halves(pieces)
    {
      let isFirstFilled = try isFilled(first)
      let isSecondFilled = try isFilled(second)
      if isFirstFilled && isSecondFilled { return true }
      for (isFilled, half) in [(isFirstFilled, first), (isSecondFilled, second)] where isFilled {
        patches.append(Patch(tile: half.box, polygon: GridPolygon(rings: [half.box.ring])))
      }
      return false
    }
    var polygons: [GridPolygon] = []
    for member in tile.members { polygons += try part(of: member, in: tile.box) }
    let union = try overlay.union(of: withoutContained(polygons))
    if union.count == 1, union[0].rings.count == 1, Set(union[0].rings[0]) == Set(tile.box.ring) {
      return true
    }
    patches += union.map { Patch(tile: tile.box, polygon: $0) }
    return false
  }

  /// The part of a piece that lies in `box`.
  private mutating func part(of member: Int32, in box: GridBox) throws(CoverageAreaError) -> [GridPolygon] {
    let polygon: GridPolygon
    switch pieces[Int(member)].drawing {
    case .plain:
      let ring = ring(of: member)
      if isConvex(ring), let part = clipped(ring, to: box) {
        return part.isEmpty ? [] : [GridPolygon(rings: [part])]
      }
      polygon = GridPolygon(rings: [ring.map { GridCorner(truncatingIfNeeded: $0) }])
    case .drawn(let drawn):
      polygon = drawn
    }
    return try overlay.intersection(polygon, GridPolygon(rings: [box.ring]))
  }

  private mutating func ring(of member: Int32) -> [SIMD2<Int>] {
    if let ring = rings[member] { return ring }
    guard case .plain(let circle) = pieces[Int(member)].drawing else { return [] }
    let ring = outline.ring(of: circle)
    rings[member] = ring
    return ring
  }
}

/// The polygons without those that lie within a convex one; of equal ones the first stays.
private func withoutContained(_ polygons: [GridPolygon]) -> [GridPolygon] {
  let sized = polygons.enumerated().map { (index: $0, polygon: $1, area: doubledArea(of: $1.rings[0])) }
    .sorted { ($0.area, $1.index) > ($1.area, $0.index) }
  var kept: [GridPolygon] = []
  // The largest, which swallow most.
  var swallowers: [GridRing] = []
  for (_, polygon, _) in sized {
    if swallowers.contains(where: { ring in polygon.rings[0].allSatisfy { contains(ring, $0) } }) { continue }
    kept.append(polygon)
    if swallowers.count < 16, polygon.rings.count == 1, isConvex(polygon.rings[0].map(wide)) {
      swallowers.append(polygon.rings[0])
    }
  }
  return kept
}
