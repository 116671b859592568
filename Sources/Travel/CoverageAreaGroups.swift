/// The positions of boxes in groups: boxes that share a point are in one group, and so are those that boxes in between
/// connect. Each group is ascending; the groups are in the order of their first members.
///
/// - Complexity: O(*n* log *n*) for *n* boxes of about one size, however they lie.
func groups(of boxes: [GridBox]) -> [[Int32]] {
  var forest = Forest(count: boxes.count)
  unite(Array(0..<Int32(boxes.count)), of: boxes, in: .world, &forest)
  var groups: [[Int32]] = []
  var numbers = [Int32](repeating: -1, count: boxes.count)
  for box in 0..<Int32(boxes.count) {
    let root = Int(forest.root(box))
    if numbers[root] < 0 {
      numbers[root] = Int32(groups.count)
      groups.append([])
    }
    groups[Int(numbers[root])].append(box)
  }
  return groups
}

/// Puts the members, all of which meet `tile`, into one tree with those they meet within it.
private func unite(_ members: [Int32], of boxes: [GridBox], in tile: GridBox, _ forest: inout Forest) {
  guard members.count > 1 else { return }
  // Who contains the tile meets all that meet the tile.
  if let center = members.first(where: { boxes[Int($0)].contains(tile) }) {
    for other in members { forest.unite(center, other) }
  } else if members.count > 16, let (first, second) = tile.halves {
    unite(members.filter { boxes[Int($0)].meets(first) }, of: boxes, in: first, &forest)
    unite(members.filter { boxes[Int($0)].meets(second) }, of: boxes, in: second, &forest)
  } else {
    for (rank, a) in members.enumerated() {
      for b in members[(rank + 1)...] where boxes[Int(a)].meets(boxes[Int(b)]) { forest.unite(a, b) }
    }
  }
}

/// Sets that grow together; a set's root is its least member.
struct Forest {
  private var parents: [Int32]

  init(count: Int) { parents = Array(0..<Int32(count)) }

  /// The least member of the set that `member` belongs to.
  mutating func root(_ member: Int32) -> Int32 {
    var member = member
    while parents[Int(member)] != member {
      parents[Int(member)] = parents[Int(parents[Int(member)])]
      member = parents[Int(member)]
    }
    return member
  }

  mutating func unite(_ a: Int32, _ b: Int32) {
    let (a, b) = (root(a), root(b))
    parents[Int(max(a, b))] = min(a, b)
  }
}
