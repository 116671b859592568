import TestSupport
import Testing

@testable import SampleCounty

@Suite("Dealing out whole things")
struct ApportionmentTests {
  @Test("gives everything away, and nobody is a whole thing off", arguments: 0..<20)
  func addsUp(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let weights = (0..<Int.random(in: 1...40, using: &rng)).map { _ in Double.random(in: 0.1...9, using: &rng)
    }
    let total = Int.random(in: 100...5_000, using: &rng)
    let dealt = apportioned(total, by: weights, least: 2)
    #expect(dealt.reduce(0, +) == total)
    let rest = Double(total - 2 * weights.count)
    for (got, weight) in zip(dealt, weights) {
      #expect(abs(Double(got - 2) - rest * weight / weights.reduce(0, +)) < 1)
    }
  }

  @Test("gives equal remainders to the earlier")
  func ties() {
    #expect(apportioned(10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(apportioned(11, by: [1, 1, 1]) == [4, 4, 3])
    #expect(apportioned(0, by: [1, 1]) == [0, 0])
  }

  @Test("tunes shares to within one place's customers, and keeps them shares", arguments: 0..<20)
  func tuning(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let customers = (0..<200).map { _ in Int.random(in: 4...300, using: &rng) }
    let shares = customers.map { _ in Int.random(in: 30...970, using: &rng) }
    let target = Double.random(in: 300...700, using: &rng)
    let result = tuned(shares, weightedBy: customers, to: target)
    let missing =
      target * Double(customers.reduce(0, +)) - Double(zip(result, customers).reduce(0) { $0 + $1.0 * $1.1 })
    #expect(abs(missing) <= Double(customers.max()!))
    #expect(result.allSatisfy { (10...990).contains($0) })
  }
}

@Suite("Writing files")
struct SampleFileTests {
  @Test(
    "writes decimals from whole numbers",
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (112_400_000, 6, "112.400000"), (1_000, 3, "1.000"),
    ])
  func decimals(value: Int, places: Int, text: String) {
    #expect(decimal(value, places: places) == text)
  }

  @Test("quotes what RFC 4180 wants quoted, and nothing else")
  func quoting() {
    let file = SampleFile(
      name: "x", header: "a,b", rows: [["1", "a,b"], ["say \"hi\"", "two\nlines"], ["", "中 文"]])
    #expect(file.text == "a,b\n1,\"a,b\"\n\"say \"\"hi\"\"\",\"two\nlines\"\n,中 文\n")
  }

  @Test("refuses a list of villages that is none, and says where")
  func badVillages() {
    let text = "code,name,kind,township_code,township\n419001001001,东马蓬,居委会,419001001,沁园街道\nrubbish\n"
    let error = #expect(throws: BadVillages.self) { _ = try Village.table(from: text) }
    #expect(error?.description.hasPrefix("villages.csv:3: \"rubbish\": expected code,name") == true)
  }
}
