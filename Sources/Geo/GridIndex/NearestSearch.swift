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
    guard k > 0 else { return [] }
    let found = withTree { tree in
      let search = NearestSearch(tree: tree, k: k)
      search.find(from: tree.place(place))
      return search.found.map { (index: $0.point, distance: Distance.meters($0.meters)) }
    }
    return found ?? []
  }
}

/// Finds the nearest points of one place after another, keeping its scratch space.
///
/// Each search goes from the cell the place lies in outward and stops where the rest is too far. What is too far
/// is known early when places come in an order in which the last answer is near the next place.
struct NearestSearch: ~Copyable {
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

  /// What changes from search to search. Behind a pointer, because a structure that changes is copied out and back around
  /// inlined calls, and loads that straddle what was just stored wait for it: measured, a third of a search.
  private struct State {
    var place = GridTree.Place(latitude: 0, longitude: 0, vector: UnitVector(x: 1, y: 0, z: 0))
    var heapCount = 0
    var answerCount = 0
    /// Sites with a greater squared chord are not among the answers for certain.
    var bound = beyondAnyChord
    /// The least squared chord that did not stay in the heap.
    var runnerUp = Double.infinity
  }

  private let tree: GridTree
  private let k: Int
  /// As many sites as can be among the answers; each holds a point at least.
  private let capacity: Int
  /// The nearest sites so far: a heap with the farthest of them on top.
  private let heap: UnsafeMutablePointer<Candidate>
  /// The last answer, ascending by distance, then point; room for `k`.
  private let answer: UnsafeMutablePointer<Found>
  private let state: UnsafeMutablePointer<State>

  init(tree: GridTree, k: Int) {
    self.tree = tree
    self.k = min(k, tree.pointCount)
    capacity = min(k, tree.siteCount)
    heap = .allocate(capacity: capacity)
    answer = .allocate(capacity: self.k)
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    heap.deallocate()
    answer.deallocate()
    state.deallocate()
  }

  /// The last answer, ascending by distance, then point. Valid until the next search.
  var found: UnsafeBufferPointer<Found> {
    UnsafeBufferPointer(start: answer, count: state.pointee.answerCount)
  }

  private var vector: UnitVector {
    @inline(__always) get { state.pointee.place.vector }
  }

  /// Searches anew; the answer is in `found`.
  func find(from place: GridTree.Place) {
    look(from: place)
    rank()
  }

  /// Searches anew for the nearest point, without asking how far it is unless another is as near as chords can tell.
  ///
  /// - Precondition: the search is one for a single point.
  @inline(__always)
  func index(from place: GridTree.Place) -> Int {
    look(from: place)
    let nearest = heap[0]
    let limit = nearest.squaredChord + chordSlack(nearest.squaredChord)
    if state.pointee.runnerUp <= limit {
      rankClosely(limit)
      return answer[0].point
    }
    // The lowest of the points at the site: they are in ascending order.
    return Int(tree.points[tree.firstPoints.map { Int($0[nearest.site]) } ?? nearest.site])
  }

  @inline(__always)
  private func look(from place: GridTree.Place) {
    state.pointee.place = place
    state.pointee.bound = boundFromLastAnswer()
    state.pointee.heapCount = 0
    state.pointee.runnerUp = .infinity
    visit(tree.nodes)
  }

  /// The sites of the last answer are some `capacity` sites, so the nearest are no farther than they.
  private func boundFromLastAnswer() -> Double {
    guard state.pointee.heapCount == capacity else { return beyondAnyChord }
    var farthest = 0.0
    for i in 0..<state.pointee.heapCount {
      farthest = max(farthest, vector.squaredChord(to: tree.sites[heap[i].site]))
    }
    return loosened(farthest)
  }

  // MARK: Looking

  private func visit(_ node: UnsafePointer<GridNode>) {
    guard node.pointee.leastSquaredChord(from: vector) <= state.pointee.bound else { return }
    if node.pointee.firstChild < 0 { visitLeaves(node) } else { visitBranches(node) }
  }

  /// Goes through the rows from the place's own outward; in a row, the cells within reach are one range of sites.
  private func visitLeaves(_ node: UnsafePointer<GridNode>) {
    let starts = tree.starts + node.pointee.firstStart
    let columns = node.pointee.columns
    var window = Window(of: node, around: vector, bound: state.pointee.bound)
    var rows = OutwardOrder(from: node.pointee.row(vector.z))
    repeat {
      let cells = starts + rows.current * columns
      let firstSite = Int(cells[window.west])
      let endSite = Int(cells[window.east + 1])
      let before = state.pointee.bound
      var site = firstSite
      while site < endSite {
        let squaredChord = vector.squaredChord(to: tree.sites[site])
        if squaredChord <= state.pointee.bound { consider(Candidate(squaredChord: squaredChord, site: site)) }
        site += 1
      }
      if state.pointee.bound < before {
        window = Window(of: node, around: vector, bound: state.pointee.bound)
      }
    } while rows.advance(within: window.south...window.north)
  }

  /// Goes through rows and columns from the place's own cell outward, because a far dense cell is worth avoiding.
  private func visitBranches(_ node: UnsafePointer<GridNode>) {
    let starts = tree.starts + node.pointee.firstStart
    let children = tree.children + node.pointee.firstChild
    let middle = node.pointee.column(vector.y)
    var window = Window(of: node, around: vector, bound: state.pointee.bound)
    if window.isOneCell {
      // Mostly so, thanks to the last answer.
      visitCell(window.south * node.pointee.columns + window.west, starts, children)
      return
    }
    var rows = OutwardOrder(from: node.pointee.row(vector.z))
    repeat {
      let firstCell = rows.current * node.pointee.columns
      if starts[firstCell + window.west] == starts[firstCell + window.east + 1] { continue }
      var columns = OutwardOrder(from: middle)
      repeat {
        let before = state.pointee.bound
        visitCell(firstCell + columns.current, starts, children)
        if state.pointee.bound < before {
          window = Window(of: node, around: vector, bound: state.pointee.bound)
        }
      } while columns.advance(within: window.west...window.east)
    } while rows.advance(within: window.south...window.north)
  }

  @inline(__always)
  private func visitCell(
    _ cell: Int, _ starts: UnsafePointer<Int32>, _ children: UnsafePointer<Int32>
  ) {
    let (first, end) = (Int(starts[cell]), Int(starts[cell + 1]))
    if first == end { return }
    if children[cell] >= 0 { return visit(tree.nodes + Int(children[cell])) }
    for site in first..<end {
      let squaredChord = vector.squaredChord(to: tree.sites[site])
      if squaredChord <= state.pointee.bound { consider(Candidate(squaredChord: squaredChord, site: site)) }
    }
  }

  private func consider(_ candidate: Candidate) {
    if state.pointee.heapCount < capacity {
      var i = state.pointee.heapCount
      state.pointee.heapCount += 1
      while i > 0, heap[(i - 1) / 2].squaredChord < candidate.squaredChord {
        heap[i] = heap[(i - 1) / 2]
        i = (i - 1) / 2
      }
      heap[i] = candidate
      if state.pointee.heapCount < capacity { return }
    } else if candidate.squaredChord < heap[0].squaredChord {
      state.pointee.runnerUp = min(state.pointee.runnerUp, heap[0].squaredChord)
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
      state.pointee.runnerUp = min(state.pointee.runnerUp, candidate.squaredChord)
      return
    }
    state.pointee.bound = min(state.pointee.bound, loosened(heap[0].squaredChord))
  }

  // MARK: Ranking

  /// Turns sites into points, in the order of `distance(to:)`.
  private func rank() {
    let farthest = heap[0].squaredChord
    let limit = farthest + chordSlack(farthest)
    if state.pointee.runnerUp <= limit || tree.firstPoints != nil { return rankClosely(limit) }
    let cosLatitude = state.pointee.place.cosLatitude
    for i in 0..<state.pointee.heapCount {
      let found = Found(
        meters: tree.meters(from: state.pointee.place, cosLatitude: cosLatitude, toSite: heap[i].site),
        point: Int(tree.points[heap[i].site]))
      var j = i
      while j > 0, Found.precedes(found, answer[j - 1]) {
        answer[j] = answer[j - 1]
        j -= 1
      }
      answer[j] = found
    }
    state.pointee.answerCount = state.pointee.heapCount
  }

  /// Where sites hold several points, or another site is as near as the last one as far as chords can tell: lets
  /// every site up to `limit` compete, then names its points as long as they can be among the first `k`.
  private func rankClosely(_ limit: Double) {
    var sites = (0..<state.pointee.heapCount).map { heap[$0].site }
    if state.pointee.runnerUp <= limit {
      var collector = SiteCollector(tree: tree, vector: vector, limit: limit)
      tree.visit(ChordBounds(squaredChord: limit), around: vector, with: &collector)
      sites = collector.sites
    }
    // Here `point` is a site; equal distances are sorted once more below.
    let cosLatitude = state.pointee.place.cosLatitude
    let ranked = sites.map {
      Found(meters: tree.meters(from: state.pointee.place, cosLatitude: cosLatitude, toSite: $0), point: $0)
    }.sorted(by: Found.precedes)
    var points: [Found] = []
    for site in ranked {
      if points.count >= k, site.meters > points[k - 1].meters { break }
      for i in tree.pointRange(ofSites: site.point..<site.point + 1).prefix(k) {
        points.append(Found(meters: site.meters, point: Int(tree.points[i])))
      }
    }
    points.sort(by: Found.precedes)
    state.pointee.answerCount = min(k, points.count)
    for i in 0..<state.pointee.answerCount { answer[i] = points[i] }
  }
}

/// The rows and columns of a node that a bound can reach from a place.
private struct Window {
  let west: Int
  let east: Int
  let south: Int
  let north: Int

  var isOneCell: Bool {
    @inline(__always) get { west == east && south == north }
  }

  @inline(__always)
  init(of node: UnsafePointer<GridNode>, around vector: UnitVector, bound: Double) {
    let reach = planarReach(ofSquaredChord: bound)
    west = node.pointee.column(vector.y - reach)
    east = node.pointee.column(vector.y + reach)
    south = node.pointee.row(vector.z - reach)
    north = node.pointee.row(vector.z + reach)
  }
}

/// Goes through a row of numbers from one of them outward, nearer ones first.
private struct OutwardOrder {
  private(set) var current: Int
  private let middle: Int
  private var below: Int
  private var above: Int

  @inline(__always)
  init(from middle: Int) {
    current = middle
    self.middle = middle
    below = middle
    above = middle
  }

  /// Goes on to the next number in `window`, which may have shrunk since, or returns `false`.
  @inline(__always)
  mutating func advance(within window: ClosedRange<Int>) -> Bool {
    let isBelowOpen = below > window.lowerBound
    let isAboveOpen = above < window.upperBound
    if isBelowOpen, !isAboveOpen || middle - below <= above - middle {
      below -= 1
      current = below
      return true
    }
    if isAboveOpen {
      above += 1
      current = above
      return true
    }
    return false
  }
}
