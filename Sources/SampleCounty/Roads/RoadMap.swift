/// A key and its value, as OpenStreetMap describes things.
struct Tag: Hashable {
  let key: String
  let value: String
}

/// The roads as OpenStreetMap would hold them: nodes, ways over nodes, relations between ways and nodes. Everything
/// is named by its position; in the file, numbers start at 1.
struct RoadMap {
  struct Node {
    let spot: Spot
    var tags: [Tag] = []
  }

  struct Way {
    var nodes: [Int]
    var tags: [Tag]

    func value(_ key: String) -> String? { tags.first { $0.key == key }?.value }
  }

  /// A turn that is forbidden, or the only one allowed.
  struct Restriction {
    let kind: String
    let from: Int
    let via: Int
    let to: Int
  }

  var nodes: [Node] = []
  var ways: [Way] = []
  var restrictions: [Restriction] = []
}
