import Foundation
import Planning

/// Customers and sites of limited capacity, as `make_capacitated.py` writes them.
struct CapacitatedInstance {
  let question: CapacitatedAssignment

  /// Reads a file of whole numbers.
  init(file: String) throws {
    let numbers = try String(contentsOfFile: file, encoding: .utf8)
      .split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { Int($0) }
    var at = 0
    func next() throws -> Int {
      guard at < numbers.count else { throw CocoaError(.fileReadCorruptFile) }
      at += 1
      return numbers[at - 1]
    }
    let (customers, sites, split, limit) = try (next(), next(), next(), next())
    let demands = try (0..<customers).map { _ in try next() }
    let base = try (0..<customers).map { _ in try next() }
    let levels = try (0..<sites).map { _ in
      [CapacitatedAssignment.Level(capacity: try next(), cost: try next(), price: try next())]
    }
    let rows = try (0..<customers).map { _ in try (0..<sites).map { (site: $0, cost: try next()) } }
    var question = CapacitatedAssignment(
      AssignmentCosts(siteCount: sites, base: base, rows: rows), demands: demands, levels: levels)
    question.isSplit = split == 1
    question.limit = limit
    self.question = question
  }
}
