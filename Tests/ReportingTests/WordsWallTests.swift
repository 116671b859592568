import Foundation
import Testing

/// Words stand in Words; what remains in Reporting are sentences that carry figures, in files named for that.
@Suite("The wall of words")
struct WordsWallTests {
  @Test("no chinese literal stands in Reporting but in files of sentences and words")
  func wall() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Reporting")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var seen = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      seen += 1
      let name = file.deletingPathExtension().lastPathComponent
      if ["Sentences", "Sentence", "Words", "Notice"].contains(where: name.hasSuffix) { continue }
      for (number, line) in try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() where !line.trimmingPrefix(while: { $0 == " " }).hasPrefix("//") {
        #expect(
          !line.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) },
          "\(name).swift:\(number + 1): \(line)")
      }
    }
    #expect(seen > 40)
  }
}
