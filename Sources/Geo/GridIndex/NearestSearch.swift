extension GridIndex {
  /// The point nearest to `place`, the lowest index among equally near ones, or `nil` where there are no points.
  ///
  /// - Complexity: O(log *n*) for points spread like a country's towns, whatever the number at one place; the
  ///   worst case, a place equally far from all points, is O(*n*).
  public func nearest(to place: Coordinate<WGS84>) -> (index: Int, distance: Distance)? {
    nearest(1, to: place).first
  }

  /// The `k` points nearest to `place`, ascending by distance, then index; fewer where there are not so many.
  ///
  ///     index.nearest(2, to: home)  // [(index: 17, distance: 212 m), (index: 3, distance: 480 m)]
  ///
  /// - Precondition: `k` is at least 0.
  /// - Complexity: O(*k* log *k* + log *n*) for points spread like a country's towns.
  public func nearest(_ k: Int, to place: Coordinate<WGS84>) -> [(index: Int, distance: Distance)] {
    precondition(k >= 0, "a number of points cannot be negative: \(k)")
    let found = withTree { tree -> [NearestSearch.Found] in
      guard k > 0 else { return [] }
      var search = NearestSearch(tree: tree, k: k)
      defer { search.deallocate() }
      search.find(from: self.place(place))
      return search.found
    }
    return (found ?? []).map { ($0.point, .meters($0.meters)) }
  }
}

/// Finds the nearest points of one place after another, keeping its scratch space.
///
/// Each search goes from the cell the place lies in outward and stops where the rest is too far. What is too far
/// is known early when places come in an order in which the last answer is near the next place.
struct NearestSearch {
  /// A point and what `distance(to:)` says of it.
  struct Found {
    var meters: Double
    var point: Int

    static func precedes(_ a: Found, _ b: Found) -> Bool {
      a.meters < b.meters || a.meters == b.meters && a.point < b.point
    }
  }

  private struct Candidate {
    var squaredChord: Double
    var site: Int
  }

  /// The last answer, ascending by distance, then point.
  private(set) var found: [Found] = []

  private let tree: GridTree
  private let k: Int
  /// As many sites as can be among the answers; each holds a point at least.
  private let capacity: Int
  /// The nearest sites so far: a heap with the farthest of them on top.
  private let heap: UnsafeMutablePointer<Candidate>
  private var heapCount = 0
  private var place = GridTree.Place(latitude: 0, longitude: 0, vector: UnitVector(x: 1, y: 0, z: 0))
  /// Sites with a greater squared chord are not among the answers for certain.
  private var bound = beyondAnyChord
  /// The least squared chord that did not stay in the heap.
  private var runnerUp = Double.infinity

  init(tree: GridTree, k: Int) {
    self.tree = tree
    self.k = k
    capacity = min(k, tree.siteCount)
    heap = .allocate(capacity: capacity)
    found.reserveCapacity(capacity)
  }

  func deallocate() { heap.deallocate() }

  /// Searches anew; the answer is in `found`.
  mutating func find(from place: GridTree.Place) {
    self.place = place
    bound = boundFromLastAnswer()
    heapCount = 0
    runnerUp = .infinity
    visit(tree.nodes[0])
    rank()
  }

  /// The sites of the last answer are some `capacity` sites, so the nearest are no farther than they.
  private func boundFromLastAnswer() -> Double {
    guard heapCount == capacity else { return beyondAnyChord }
    var farthest = 0.0
    for i in 0..<heapCount {
      farthest = max(farthest, place.vector.squaredChord(to: tree.sites[heap[i].site]))
    }
    return farthest + chordSlack(farthest)
  }

  // MARK: Looking

  private mutating func visit(_ node: GridNode) {
    guard node.leastSquaredChord(from: place.vector) <= bound else { return }
    // From the place's own row outward, so that the bound shrinks before the far rows come.
    let middle = node.row(place.vector.z)
    look(at: node, row: middle)
    var below = middle - 1
    var above = middle + 1
    while true {
      let reach = self.reach
      let isBelowOpen = below >= 0 && below >= node.row(place.vector.z - reach)
      let isAboveOpen = above < node.rows && above <= node.row(place.vector.z + reach)
      if !isBelowOpen && !isAboveOpen { return }
      if isBelowOpen {
        look(at: node, row: below)
        below -= 1
      }
      if isAboveOpen {
        look(at: node, row: above)
        above += 1
      }
    }
  }

  /// How far along either axis the bound reaches, rounded up.
  private var reach: Double { bound.squareRoot() * (1 + 1e-15) + 1e-15 }

  private mutating func look(at node: GridNode, row: Int) {
    let reach = self.reach
    let west = node.column(place.vector.y - reach)
    let east = node.column(place.vector.y + reach)
    let sites = tree.sites(in: node, row: row, columns: west...east)
    if sites.isEmpty { return }
    guard node.firstChild >= 0 else { return look(at: sites) }

    let middle = node.column(place.vector.y)
    look(at: node, row: row, column: middle)
    var step = 1
    while middle - step >= west || middle + step <= east {
      if middle - step >= west { look(at: node, row: row, column: middle - step) }
      if middle + step <= east { look(at: node, row: row, column: middle + step) }
      step += 1
    }
  }

  private mutating func look(at node: GridNode, row: Int, column: Int) {
    let sites = tree.sites(in: node, row: row, columns: column...column)
    if sites.isEmpty { return }
    let child = tree.children[node.firstChild + row * node.columns + column]
    if child >= 0 { visit(tree.nodes[Int(child)]) } else { look(at: sites) }
  }

  @inline(__always)
  private mutating func look(at sites: Range<Int>) {
    for site in sites {
      let squaredChord = place.vector.squaredChord(to: tree.sites[site])
      if squaredChord <= bound { consider(Candidate(squaredChord: squaredChord, site: site)) }
    }
  }

  private mutating func consider(_ candidate: Candidate) {
    if heapCount < capacity {
      var i = heapCount
      heapCount += 1
      while i > 0, heap[(i - 1) / 2].squaredChord < candidate.squaredChord {
        heap[i] = heap[(i - 1) / 2]
        i = (i - 1) / 2
      }
      heap[i] = candidate
      if heapCount < capacity { return }
    } else if candidate.squaredChord < heap[0].squaredChord {
      runnerUp = min(runnerUp, heap[0].squaredChord)
      var i = 0
      while true {
        var child = 2 * i + 1
        if child >= capacity { break }
        if child + 1 < capacity, heap[child + 1].squaredChord > heap[child].squaredChord { child += 1 }
        if heap[child].squaredChord <= candidate.squaredChord { break }
        heap[i] = heap[child]
        i = child
      }
      heap[i] = candidate
    } else {
      runnerUp = min(runnerUp, candidate.squaredChord)
      return
    }
    bound = min(bound, heap[0].squaredChord + chordSlack(heap[0].squaredChord))
  }

  // MARK: Ranking

  /// Turns sites into points, in the order of `distance(to:)`.
  private mutating func rank() {
    found.removeAll(keepingCapacity: true)
    let farthest = heap[0].squaredChord
    let limit = farthest + chordSlack(farthest)
    if runnerUp <= limit {
      // Another site is as near as the last one, as far as chords can tell: let every such site compete.
      var collector = SiteCollector(tree: tree, vector: place.vector, limit: limit)
      tree.visit(ChordBounds(squaredChord: limit), of: place, with: &collector)
      for site in collector.sites { append(site) }
    } else {
      for i in 0..<heapCount { append(heap[i].site) }
    }
    if found.count > 1 { found.sort(by: Found.precedes) }
    if tree.firstPoints != nil { expand() }
    if found.count > k { found.removeSubrange(k...) }
  }

  private mutating func append(_ site: Int) {
    // Until `expand`, `point` is the site where sites and points differ.
    let meters = tree.meters(from: place, toSite: site)
    found.append(Found(meters: meters, point: tree.firstPoints == nil ? Int(tree.points[site]) : site))
  }

  /// Replaces sites by their points, as long as they can be among the first `k`.
  private mutating func expand() {
    let sites = found
    found.removeAll(keepingCapacity: true)
    for site in sites {
      if found.count >= k, site.meters > found[k - 1].meters { break }
      let points = tree.pointRange(ofSites: site.point..<site.point + 1)
      for i in points.prefix(k) { found.append(Found(meters: site.meters, point: Int(tree.points[i]))) }
    }
    found.sort(by: Found.precedes)
  }
}
