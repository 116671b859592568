public import Travel

/// A road town drawn in characters.
///
///     let town = TownSketch("""
///       A---B-->C
///       |   |   |
///       D---E   F
///       """)
///     town.network.edgeCount
///     town.edge("A", "B")
///
/// Capital letters, digits and `+` are junctions, numbered as they are read; `-` and `|` are roads; a road with `>`, `<`,
/// `^` or `v` in it is one-way for e-bikes and cars. Each character is 100 m wide and high, from the first on: `A---B` is
/// 400 m. Walkers go 1 m/s, e-bikes 5 m/s, cars 10 m/s.
public struct TownSketch: Sendable {
  /// The drawing as roads.
  public let network: RoadNetwork
  private let names: [Character: UInt32]

  /// Where the drawing's first character lies: on the equator, where a degree of longitude is as long as one of latitude.
  public static let origin = (latitude: 0.0, longitude: 112.0)
  /// The size of a character, in degrees: 100 m on the sphere of `earthRadiusMeters`.
  public static let degreesPerCharacter = 100 / (6_371_008.8 * Double.pi / 180)

  /// Reads a drawing; cars may not make the turns listed, each as three junctions: coming from, at, going to; nor drive the
  /// paths listed, each as four junctions or more.
  public init(_ drawing: String, forbidding turnsAndPaths: [String] = []) {
    let rows = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    var sketch = EdgeSketch()
    var numbers: [[UInt32?]] = rows.map { $0.map { _ in nil } }
    var names: [Character: UInt32] = [:]
    for (row, characters) in rows.enumerated() {
      for (column, character) in characters.enumerated() where Self.isJunction(character) {
        let number = sketch.junction(
          Self.origin.latitude - Double(row) * Self.degreesPerCharacter,
          Self.origin.longitude + Double(column) * Self.degreesPerCharacter)
        numbers[row][column] = number
        if character != "+" { names[character] = number }
      }
    }
    var drawn: [[UInt32]: UInt32] = [:]
    for (row, characters) in rows.enumerated() {
      for column in characters.indices {
        guard let from = numbers[row][column] else { continue }
        for (down, right, signs) in [(0, 1, "->><"), (1, 0, "|v^")] as [(Int, Int, String)] {
          var (y, x, length) = (row + down, column + right, 1)
          var road = ""
          while y < rows.count, x < rows[y].count, signs.contains(rows[y][x]) {
            road.append(rows[y][x])
            (y, x, length) = (y + down, x + right, length + 1)
          }
          guard y < rows.count, x < rows[y].count, let to = numbers[y][x], !road.isEmpty else { continue }
          let onlyOn = road.contains(">") || road.contains("v")
          let onlyBack = road.contains("<") || road.contains("^")
          let seconds = UInt32(100 * length)
          func times(_ milliseconds: UInt32) -> EdgeSketch.Times {
            (onlyBack ? nil : milliseconds, onlyOn ? nil : milliseconds)
          }
          drawn[[from, to]] = sketch.edge(
            from, to, millimeters: seconds * 1_000, walk: (seconds * 1_000, seconds * 1_000),
            ebike: times(seconds * 200), car: times(seconds * 100))
        }
      }
    }
    for turn in turnsAndPaths.map(Array.init) where turn.count == 3 {
      let (from, at, to) = (names[turn[0]]!, names[turn[1]]!, names[turn[2]]!)
      sketch.forbid(
        drawn[[from, at]] ?? drawn[[at, from]]!, at: at, drawn[[at, to]] ?? drawn[[to, at]]!)
    }
    var network = sketch.network
    let numbered = sketch.numbers
    network.forbid(
      turnsAndPaths.filter { $0.count > 3 }.map { path in
        zip(path, path.dropFirst()).map { a, b in
          drawn[[names[a]!, names[b]!]].map { 2 * numbered[Int($0)] }
            ?? 2 * numbered[Int(drawn[[names[b]!, names[a]!]]!)] + 1
        }
      })
    self.network = network
    self.names = names
  }

  /// The number of a named junction.
  public func junction(_ name: Character) -> UInt32 { names[name]! }

  /// The number of the edge between two named junctions.
  public func edge(_ a: Character, _ b: Character) -> UInt32 {
    UInt32(
      network.edgeFrom.indices.first {
        Set([network.edgeFrom[$0], network.edgeTo[$0]]) == Set([junction(a), junction(b)])
      }!)
  }

  /// A position on the way from one named junction to the next one.
  public func position(_ a: Character, _ b: Character, meters: UInt32) -> RoadPosition {
    let edge = edge(a, b)
    let length = network.edgeMillimeters[Int(edge)]
    let isForward = network.edgeFrom[Int(edge)] == junction(a)
    return RoadPosition(edge: edge, millimeters: isForward ? meters * 1_000 : length - meters * 1_000)
  }

  private static func isJunction(_ character: Character) -> Bool {
    character == "+" || character.isNumber || character.isUppercase
  }
}

extension RoadNetwork {
  /// Forbids cars to drive any of `paths` on end: twice the number of each edge, plus 1 backward.
  public mutating func forbid(_ paths: [[UInt32]]) {
    var start: [UInt32] = [0]
    for path in paths { start.append(start[start.count - 1] + UInt32(path.count)) }
    forbiddenPathStart = FlatArray(start)
    forbiddenPathArcs = FlatArray(paths.flatMap(\.self))
  }
}
