import Foundation
import Testing

@testable import SampleCounty

@Suite("The dice")
struct DiceTests {
  @Test("throw SplitMix64's published numbers")
  func knownNumbers() {
    // The hash of an empty name is FNV's offset; this seed cancels it, so the state starts at 0.
    var dice = Dice(seed: 0xCBF2_9CE4_8422_2325, for: "")
    #expect(dice.next() == 0xE220_A839_7B1D_CDAF)
    #expect(dice.next() == 0x6E78_9E6A_A1B9_65F4)
  }

  @Test("differ from table to table and from seed to seed")
  func tablesDiffer() {
    let firsts = ["places", "points", "volumes"].flatMap { table in
      (UInt64(0)..<20).map { seed in
        var dice = Dice(seed: seed, for: table)
        return dice.next()
      }
    }
    #expect(Set(firsts).count == 60)
  }

  @Test("reach both ends of a range and nothing beyond", arguments: [1...1, 0...1, -3...3, 5...11])
  func wholeNumbers(range: ClosedRange<Int>) {
    var dice = Dice(seed: 1, for: "range")
    var counts: [Int: Int] = [:]
    for _ in 0..<7_000 { counts[dice.whole(in: range), default: 0] += 1 }
    #expect(counts.keys.sorted() == Array(range))
    for count in counts.values { #expect(abs(count - 7_000 / range.count) < 300) }
  }

  @Test("ring a bell of mean 0 and variance 1")
  func bell() {
    var dice = Dice(seed: 2, for: "bell")
    let numbers = (0..<20_000).map { _ in dice.bell() }
    let mean = numbers.reduce(0, +) / 20_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.04)
  }

  @Test("pick by weight, and never what weighs nothing")
  func weights() {
    var dice = Dice(seed: 3, for: "weights")
    var one = [0, 0, 0, 0]
    for _ in 0..<10_000 { one[dice.position(by: [0, 1, 3, 0])] += 1 }
    var many = [0, 0, 0, 0]
    for i in dice.positions(10_000, by: [0, 1, 3, 0]) { many[i] += 1 }
    for counts in [one, many] {
      #expect(counts[0] == 0 && counts[3] == 0)
      #expect(abs(counts[1] - 2_500) < 200)
    }
  }

  @Test("shuffle without losing anything, each first place as likely")
  func shuffle() {
    var dice = Dice(seed: 4, for: "shuffle")
    var firsts = [0, 0, 0, 0]
    for _ in 0..<4_000 {
      let order = dice.shuffled([0, 1, 2, 3])
      #expect(order.sorted() == [0, 1, 2, 3])
      firsts[order[0]] += 1
    }
    for count in firsts { #expect(abs(count - 1_000) < 130) }
  }

  @Test("know the exponential to half a percent without the mathematical library")
  func exponentialIsClose() {
    for z in stride(from: -3, through: 3, by: 0.25) {
      #expect(abs(exponential(z) / exp(z) - 1) < 0.005, "z = \(z)")
    }
  }
}
