import Planning
import TestSupport
import Testing

@testable import Storage

@Suite("Finding texts in a column")
struct TextIndexTests {
  @Test("finds what a dictionary finds, while the column grows and after", arguments: 0..<10)
  func likeADictionary(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    var column = TextColumn()
    var index = TextIndex()
    var judge: [String: Int32] = [:]
    for i in 0..<3_000 {
      // Counting ids, empty texts, texts longer than a word of memory, and many that occur again.
      let text = [
        "v\(i % 700)", "", "村庄\(Int.random(in: 0..<900, using: &rng))号的第三居民组",
        String(repeating: "a", count: i % 20),
      ].randomElement(using: &rng)!
      var copy = text
      let position = copy.withUTF8 { index.intern(UnsafeRawBufferPointer($0), in: &column) }
      #expect(position == judge[text] ?? Int32(judge.count))
      judge[text] = position
    }
    #expect(column.count == judge.count)
    let again = TextIndex(column)
    for (text, position) in judge {
      var copy = text
      #expect(copy.withUTF8 { again.position(of: UnsafeRawBufferPointer($0), in: column) } == position)
      copy += "x"
      #expect(
        copy.withUTF8 { again.position(of: UnsafeRawBufferPointer($0), in: column) } == judge[text + "x"])
    }
  }
}
