import Planning
import TestSupport
import Testing

@Suite("Cover table")
struct CoverTableTests {
  @Test("makes one row of places with the same sites, and of no others", arguments: 0..<20)
  func merges(seed: Int) {
    var dice = SeededGenerator(seed: seed)
    let siteCount = Int.random(in: 1...200, using: &dice)
    let sets = (0..<3_000).map { _ in
      let width = Int.random(in: 0...3, using: &dice)
      let first = Int.random(in: 0..<siteCount, using: &dice)
      return (first..<min(siteCount, first + width)).map { Int32($0) }.shuffled(using: &dice)
    }
    let weights = sets.map { _ in Int.random(in: 0...5, using: &dice) }
    let table = CoverTable(siteCount: siteCount, weights: weights, sitesOfPlaces: FlatRows(sets))
    var expected: [Set<Int32>: Int] = [:]
    for (set, weight) in zip(sets, weights) where !set.isEmpty { expected[Set(set), default: 0] += weight }
    #expect(table.rows.count == expected.count)
    for row in 0..<table.rows.count {
      #expect(table.rows[row].sorted() == Array(table.rows[row]))
      #expect(expected[Set(table.rows[row])] == table.weights[row])
    }
    for place in sets.indices {
      let row = Int(table.rowOfPlace[place])
      #expect(sets[place].isEmpty ? row == -1 : Set(table.rows[row]) == Set(sets[place]))
    }
    #expect(table.unservablePlaces == sets.indices.filter { sets[$0].isEmpty })
    #expect(table.unservableWeight == zip(sets, weights).reduce(0) { $1.0.isEmpty ? $0 + $1.1 : $0 })
    #expect(table.weightlessPlaces == weights.count { $0 == 0 })
    #expect(table.mergedPlaces == sets.count { !$0.isEmpty } - expected.count)
    #expect(table.servableWeight + table.unservableWeight == weights.reduce(0, +))
  }

  @Test("is the same from the places of each site, and whatever the order and repetition of sites")
  func directions() {
    let places = FlatRows([[2, 0, 2], [], [1], [0, 2]])
    let table = CoverTable(siteCount: 3, weights: [5, 7, 11, 13], sitesOfPlaces: places)
    #expect(Array(table.rows[0]) == [0, 2] && table.weights == [18, 11])
    let turned = CoverTable(weights: [5, 7, 11, 13], placesOfSites: FlatRows([[0, 3], [2], [0, 3]]))
    #expect(
      turned.rows == table.rows && turned.weights == table.weights && turned.rowOfPlace == table.rowOfPlace)
    #expect(FlatRows([[0, 2], [], [1]]).transposed(columnCount: 3) == FlatRows([[0], [2], [0]]))
  }
}
