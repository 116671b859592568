/// Who goes to which of some open sites of given capacity, where rows may be divided: the transport problem, solved exactly.
///
/// Every row starts at its cheapest open site; as long as a site holds more than it can, the units that it costs least to move on
/// are moved along the cheapest chain of sites to one with room, or to no place at all (successive shortest paths with potentials, Edmonds
/// and Karp 1972). Since everybody starts at the cheapest, no chain ever saves anything, so the end is the optimum, in whole units.
struct CapacitatedFlow {
  private let problem: CapacitatedAssignment
  // The options of row i are options[optionStart[i]..<optionStart[i + 1]], cheapest first; the last is to find no place.
  private var optionStart = [0]
  private var options: [Int32] = []
  private var optionCosts: [Int] = []
  /// Units by option.
  private var units: [Int]
  // The rows that may have units at a node, by node; the node after the last site is no place.
  private var atNode: [[Int32]]
  private var room: [Int]
  private let nowhere: Int
  /// What all rows cost together, levels apart.
  private(set) var value = 0

  /// - Parameter capacities: by site; -1 where it is not open.
  /// - Complexity: for each unit moved on, or bunch of them, O(entries of the rows on the way).
  init(_ problem: CapacitatedAssignment, capacities: [Int]) {
    self.problem = problem
    let costs = problem.costs
    nowhere = costs.siteCount
    for row in 0..<costs.rowCount {
      if problem.demands[row] > 0 {
        for entry in costs.rowStart[row]..<costs.rowStart[row + 1]
        where capacities[Int(costs.sites[entry])] >= 0 {
          options.append(costs.sites[entry])
          optionCosts.append(costs.costs[entry])
        }
      }
      options.append(Int32(nowhere))
      optionCosts.append(costs.base[row])
      optionStart.append(options.count)
    }
    units = [Int](repeating: 0, count: options.count)
    atNode = [[Int32]](repeating: [], count: nowhere + 1)
    room = capacities.map { max(0, $0) } + [Int.max >> 2]
    for row in 0..<costs.rowCount where problem.demands[row] > 0 {
      let first = optionStart[row]
      units[first] = problem.demands[row]
      atNode[Int(options[first])].append(Int32(row))
      room[Int(options[first])] -= problem.demands[row]
    }
    unload()
    for option in options.indices where units[option] > 0 { value += units[option] * optionCosts[option] }
  }

  /// Where each row's units go, by site.
  var assignment: [[CapacitatedAnswer.Share]] {
    problem.demands.indices.map { row in
      (optionStart[row]..<optionStart[row + 1]).filter { units[$0] > 0 && options[$0] < nowhere }
        .map { CapacitatedAnswer.Share(site: Int(options[$0]), units: units[$0]) }
        .sorted { $0.site < $1.site }
    }
  }

  private mutating func unload() {
    var potential = [Int](repeating: 0, count: nowhere + 1)
    for source in 0..<nowhere {
      while room[source] < 0 { push(from: source, &potential) }
    }
  }

  /// Moves units off a site along the cheapest chain.
  private mutating func push(from source: Int, _ potential: inout [Int]) {
    var distance = [Int](repeating: .max, count: nowhere + 1)
    var arrival = [(row: Int, from: Int)](repeating: (-1, -1), count: nowhere + 1)
    var isDone = [Bool](repeating: false, count: nowhere + 1)
    var queue = NodeHeap()
    distance[source] = 0
    queue.push(0, source)
    var end = -1
    var settled: [Int] = []
    while let (length, node) = queue.pop() {
      if isDone[node] { continue }
      isDone[node] = true
      settled.append(node)
      if room[node] > 0 {
        end = node
        break
      }
      for member in atNode[node] {
        let row = Int(member)
        let range = optionStart[row]..<optionStart[row + 1]
        guard let here = range.first(where: { options[$0] == Int32(node) }), units[here] > 0 else { continue }
        for option in range {
          let next = Int(options[option])
          if isDone[next] { continue }
          let step = optionCosts[option] - optionCosts[here] + potential[node] - potential[next]
          if length + step < distance[next] {
            distance[next] = length + step
            arrival[next] = (row, node)
            queue.push(length + step, next)
          }
        }
      }
    }
    // Every row may find no place, which always has room: there is an end.
    let reached = distance[end]
    for node in settled { potential[node] += distance[node] - reached }
    var amount = min(-room[source], room[end])
    var node = end
    while node != source {
      let (row, from) = arrival[node]
      amount = min(amount, units[option(row, from)])
      node = from
    }
    node = end
    while node != source {
      let (row, from) = arrival[node]
      units[option(row, from)] -= amount
      let target = option(row, node)
      if units[target] == 0 { atNode[node].append(Int32(row)) }
      units[target] += amount
      if units[option(row, from)] == 0 { atNode[from].removeAll { $0 == Int32(row) } }
      node = from
    }
    room[source] += amount
    room[end] -= amount
  }

  private func option(_ row: Int, _ node: Int) -> Int {
    (optionStart[row]..<optionStart[row + 1]).first { options[$0] == Int32(node) } ?? optionStart[row]
  }
}

/// Nodes by distance, the least first, the lower node of equals.
private struct NodeHeap {
  private var items: [(key: Int, node: Int)] = []

  mutating func push(_ key: Int, _ node: Int) {
    items.append((key, node))
    var i = items.count - 1
    while i > 0 {
      let parent = (i - 1) / 2
      if (items[parent].key, items[parent].node) <= (items[i].key, items[i].node) { break }
      items.swapAt(parent, i)
      i = parent
    }
  }

  mutating func pop() -> (key: Int, node: Int)? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return top }
    items[0] = last
    var i = 0
    while true {
      var least = i
      for child in [2 * i + 1, 2 * i + 2] where child < items.count {
        if (items[child].key, items[child].node) < (items[least].key, items[least].node) { least = child }
      }
      if least == i { return top }
      items.swapAt(i, least)
      i = least
    }
  }
}
