/// What to do with the sites a circle meets.
protocol CircleVisitor {
  /// Sites that are within for certain.
  mutating func visit(within sites: Range<Int>)
  /// Sites that may be within or not.
  mutating func visit(near sites: Range<Int>)
}

extension GridTree {
  /// Leads the visitor to every site that `bounds` around `place` may hold, in ranges, each site once.
  @inline(__always)
  func visit<Visitor: CircleVisitor>(
    _ bounds: ChordBounds, around vector: UnitVector, with visitor: inout Visitor
  ) {
    visit(nodes, bounds, around: vector, with: &visitor)
  }

  private func visit<Visitor: CircleVisitor>(
    _ node: UnsafePointer<GridNode>, _ bounds: ChordBounds, around vector: UnitVector,
    with visitor: inout Visitor
  ) {
    if node.pointee.leastSquaredChord(from: vector) > bounds.possiblyWithin { return }
    if node.pointee.greatestSquaredChord(from: vector) <= bounds.surelyWithin {
      return visitor.visit(within: sites(in: node))
    }
    let reach = planarReach(ofSquaredChord: bounds.possiblyWithin)
    let west = node.pointee.column(vector.y - reach)
    let east = node.pointee.column(vector.y + reach)
    for row in node.pointee.row(vector.z - reach)...node.pointee.row(vector.z + reach) {
      let sites = sites(in: node, row: row, columns: west...east)
      if sites.isEmpty { continue }
      guard node.pointee.firstChild >= 0 else {
        visitor.visit(near: sites)
        continue
      }
      for column in west...east {
        let child = children[node.pointee.firstChild + row * node.pointee.columns + column]
        if child >= 0 {
          visit(nodes + Int(child), bounds, around: vector, with: &visitor)
        } else {
          visitor.visit(near: self.sites(in: node, row: row, columns: column...column))
        }
      }
    }
  }
}

/// Collects every site up to a squared chord.
struct SiteCollector: CircleVisitor {
  let tree: GridTree
  let vector: UnitVector
  let limit: Double
  private(set) var sites: [Int] = []

  init(tree: GridTree, vector: UnitVector, limit: Double) {
    self.tree = tree
    self.vector = vector
    self.limit = limit
  }

  mutating func visit(within range: Range<Int>) { sites.append(contentsOf: range) }

  mutating func visit(near range: Range<Int>) {
    for site in range where vector.squaredChord(to: tree.sites[site]) <= limit { sites.append(site) }
  }
}
