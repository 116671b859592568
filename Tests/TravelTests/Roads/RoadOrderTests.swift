import TestSupport
import Testing

@testable import Travel

@Suite("The order of junctions")
struct RoadOrderTests {
  @Test("the curve goes from each cell to one beside it", arguments: 0..<200)
  func curve(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let x = UInt32.random(in: 1..<0xFFFF, using: &random)
    let y = UInt32.random(in: 1..<0xFFFF, using: &random)
    let here = RoadOrder.hilbert(x: x, y: y)
    let beside = [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)].map { RoadOrder.hilbert(x: $0.0, y: $0.1) }
    #expect(beside.count { $0 == here &+ 1 } == 1)
    #expect(beside.count { $0 == here &- 1 } == 1)
  }

  @Test("the curve begins and ends at the corners of one side")
  func corners() {
    #expect(RoadOrder.hilbert(x: 0, y: 0) == 0)
    #expect([RoadOrder.hilbert(x: 0xFFFF, y: 0), RoadOrder.hilbert(x: 0, y: 0xFFFF)].contains(UInt32.max))
  }

  @Test("places are taken along the curve, and in one cell by number")
  func alongCurve() {
    #expect(RoadOrder.alongCurve(latitudes: [], longitudes: []).isEmpty)
    #expect(RoadOrder.alongCurve(latitudes: [5, 5, 5], longitudes: [7, 7, 7]) == [0, 1, 2])
    let ends = RoadOrder.alongCurve(
      latitudes: [.max, .min, 0, .min], longitudes: [.max, .max, 0, .min])
    #expect(ends.first == 3 && Set(ends) == [0, 1, 2, 3])
  }

  @Test("trees are numbered from the first place of each, the nearer neighbor first")
  func depthFirst() {
    // 4-0-2 and 0-1, and 3 alone; the order is that of the numbers.
    let numbers = RoadOrder.depthFirst(order: [0, 1, 2, 3, 4], from: [0, 2, 0, 4], to: [1, 0, 0, 0])
    #expect(numbers == [0, 1, 2, 4, 3])
    // A ring is followed round.
    #expect(
      RoadOrder.depthFirst(order: [2, 0, 1, 3], from: [0, 1, 2, 3], to: [1, 2, 3, 0]) == [2, 1, 0, 3])
    #expect(RoadOrder.depthFirst(order: [], from: [], to: []).isEmpty)
  }

  @Test("numbers of any size are sorted", arguments: 0..<30)
  func radix(seed: Int) {
    var random = SeededGenerator(seed: seed)
    let mask: UInt64 = [0, 1, 0xFFF, 0xFFFF_FFFF, .max][seed % 5]
    let high: UInt64 = seed.isMultiple(of: 2) ? 0 : 1 << 63
    var numbers = (0..<Int.random(in: 0...300, using: &random)).map { _ in
      UInt64.random(in: 0...UInt64.max, using: &random) & mask | high
    }
    let expected = numbers.sorted()
    radixSort(&numbers)
    #expect(numbers == expected)
  }
}
