import Foundation
import Planning

/// A graph of OR-Library's p-median set (Beasley 1985, "A note on solving large p-median problems"): every node is a customer and a
/// site.
struct GraphMedians {
  let name: String
  let nodeCount: Int
  let p: Int
  /// What is known to be the best, from `pmedopt.txt` beside the graph.
  let optimum: Int?
  /// The lengths of shortest paths, row by row; `Int32.max` where there is none.
  let lengths: [Int32]

  /// Reads `n m p`, then edges; of an edge that is named again the last length counts.
  init(file: String) throws {
    let numbers = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
      .compactMap { Int($0) }
    guard numbers.count >= 3, numbers.count >= 3 + 3 * numbers[1] else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let url = URL(fileURLWithPath: file)
    let name = url.deletingPathExtension().lastPathComponent
    self.name = name
    (nodeCount, p) = (numbers[0], numbers[2])
    let known = try? String(
      contentsOf: url.deletingLastPathComponent().appendingPathComponent("pmedopt.txt"), encoding: .utf8)
    optimum = known?.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
      .first { $0.first == name[...] }.flatMap { $0.last }.flatMap { Int($0) }
    let n = nodeCount
    var lengths = [Int32](repeating: .max, count: n * n)
    for i in 0..<n { lengths[i * n + i] = 0 }
    for edge in 0..<numbers[1] {
      let (a, b) = (numbers[3 + 3 * edge] - 1, numbers[4 + 3 * edge] - 1)
      guard (0..<n).contains(a), (0..<n).contains(b), a != b else { throw CocoaError(.fileReadCorruptFile) }
      lengths[a * n + b] = Int32(numbers[5 + 3 * edge])
      lengths[b * n + a] = lengths[a * n + b]
    }
    // All shortest paths (Floyd 1962).
    lengths.withUnsafeMutableBufferPointer { lengths in
      for middle in 0..<n {
        for from in 0..<n {
          let first = lengths[from * n + middle]
          if first == .max { continue }
          for to in 0..<n {
            let second = lengths[middle * n + to]
            if second != .max, first + second < lengths[from * n + to] {
              lengths[from * n + to] = first + second
            }
          }
        }
      }
    }
    self.lengths = lengths
  }

  /// Every node served by one of `p`, none before that.
  var costs: AssignmentCosts {
    let n = nodeCount
    let rows = (0..<n).map { i in
      (0..<n).filter { lengths[i * n + $0] != .max }.map { (site: $0, cost: Int(lengths[i * n + $0])) }
    }
    return AssignmentCosts(
      siteCount: n, base: rows.map { row in (row.map(\.cost).max() ?? 0) + 1 }, rows: rows)
  }
}
