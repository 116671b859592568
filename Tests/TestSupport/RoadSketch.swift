/// A small town drawn in letters: each is a node 100 m from the next, roads are named by the letters they pass.
///
///     var town = RoadSketch("""
///       a b c
///       d . e
///       """)
///     town.way("abc", ["highway": "residential"])
///     town.tag("b", ["barrier": "gate"])
///
/// Columns stand two characters apart. A letter that is in a way and not in the drawing is a node that the file does not hold.
public struct RoadSketch: Sendable {
  /// A node of the file.
  public struct Node: Sendable {
    /// Its id.
    public var id: Int64
    /// Degrees north, times 10⁷.
    public var latitude: Int32
    /// Degrees east, times 10⁷.
    public var longitude: Int32
    /// Its tags.
    public var tags: [String: String] = [:]

    /// A node without tags.
    public init(id: Int64, latitude: Int32, longitude: Int32) {
      self.id = id
      self.latitude = latitude
      self.longitude = longitude
    }
  }

  /// A way of the file.
  public struct Way: Sendable {
    /// Its id.
    public var id: Int64
    /// The ids of its nodes.
    public var refs: [Int64]
    /// Its tags.
    public var tags: [String: String]

    /// A way along `refs`.
    public init(id: Int64, refs: [Int64], tags: [String: String]) {
      self.id = id
      self.refs = refs
      self.tags = tags
    }
  }

  /// A member of a relation.
  public struct Member: Sendable {
    /// `node`, `way` or `relation`.
    public var kind: String
    /// The id of what it is.
    public var id: Int64
    /// Its role.
    public var role: String

    /// A member.
    public init(_ kind: String, _ id: Int64, _ role: String) {
      self.kind = kind
      self.id = id
      self.role = role
    }
  }

  /// A relation of the file.
  public struct Relation: Sendable {
    /// Its id.
    public var id: Int64
    /// Its members.
    public var members: [Member]
    /// Its tags.
    public var tags: [String: String]
  }

  /// In the order of the file.
  public var nodes: [Node] = []
  /// In the order of the file.
  public var ways: [Way] = []
  /// In the order of the file.
  public var relations: [Relation] = []

  /// A file without anything.
  public init() {}

  /// The nodes of a drawing.
  public init(_ drawing: String) {
    for (row, line) in drawing.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for (column, letter) in line.enumerated() where letter.isLetter {
        nodes.append(
          Node(
            id: Self.id(letter), latitude: 350_900_000 - 9_000 * Int32(row),
            longitude: 1_125_900_000 + 11_000 / 2 * Int32(column)))
      }
    }
  }

  /// The id of a letter's node.
  public static func id(_ letter: Character) -> Int64 { Int64(letter.unicodeScalars.first!.value) }

  /// Adds a way and returns its id: 1, 2, 3, ….
  @discardableResult
  public mutating func way(_ letters: String, _ tags: [String: String]) -> Int64 {
    ways.append(Way(id: Int64(ways.count + 1), refs: letters.map(Self.id), tags: tags))
    return Int64(ways.count)
  }

  /// Gives a node tags.
  public mutating func tag(_ letter: Character, _ tags: [String: String]) {
    nodes[nodes.firstIndex { $0.id == Self.id(letter) }!].tags = tags
  }

  /// Adds a turn restriction.
  public mutating func turn(
    _ value: String, from: Int64, via: Character, to: Int64, _ tags: [String: String] = [:]
  ) {
    relation(
      [Member("way", from, "from"), Member("node", Self.id(via), "via"), Member("way", to, "to")],
      ["type": "restriction", "restriction": value].merging(tags) { $1 })
  }

  /// Adds a relation: 1, 2, 3, ….
  public mutating func relation(_ members: [Member], _ tags: [String: String]) {
    relations.append(Relation(id: Int64(relations.count + 1), members: members, tags: tags))
  }

  /// The town as a file of OpenStreetMap XML.
  public var xml: String {
    func lines(_ tags: [String: String]) -> String {
      tags.sorted { $0.key < $1.key }.map {
        "    <tag k=\"\(escaped($0.key))\" v=\"\(escaped($0.value))\"/>\n"
      }
      .joined()
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n"
    for node in nodes {
      text +=
        "  <node id=\"\(node.id)\" lat=\"\(degrees(node.latitude))\" lon=\"\(degrees(node.longitude))\">\n"
        + lines(node.tags) + "  </node>\n"
    }
    for way in ways {
      text +=
        "  <way id=\"\(way.id)\">\n" + way.refs.map { "    <nd ref=\"\($0)\"/>\n" }.joined() + lines(way.tags)
        + "  </way>\n"
    }
    for relation in relations {
      text +=
        "  <relation id=\"\(relation.id)\">\n"
        + relation.members.map {
          "    <member type=\"\($0.kind)\" ref=\"\($0.id)\" role=\"\(escaped($0.role))\"/>\n"
        }.joined() + lines(relation.tags) + "  </relation>\n"
    }
    return text + "</osm>\n"
  }
}

private func degrees(_ value: Int32) -> String {
  let digits = String(value.magnitude)
  let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  return (value < 0 ? "-" : "") + padded.dropLast(7) + "." + padded.suffix(7)
}

private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
