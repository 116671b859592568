import Testing
import Words

@Suite struct GlossaryTests {
  // Signs and abbreviations that read the same in both languages.
  static let alike: Set<String> = ["P50", "P90", "P95", "SHA-256"]

  static let catalog =
    Glossary.allCases.map(\.words) + ReportWord.allCases.map(\.words) + GuideWord.allCases.map(\.words)
    + ServiceWord.allCases.map(\.words) + SummaryWord.allCases.map(\.words)
    + TownshipWord.allCases.map(\.words)
    + ScenarioWord.allCases.map(\.words) + PlanWord.allCases.map(\.words)

  @Test func `every word is there in both languages, and each in its own script`() {
    let catalog = Self.catalog
    #expect(catalog.count > 100)
    for words in catalog where !Self.alike.contains(words.english) {
      #expect(
        !words.english.isEmpty && words.english.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(words)")
      #expect(words.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(words)")
    }
  }

  @Test func `words of one kind are told apart`() {
    let kinds: [Glossary] = [
      .businessHall, .selfService, .bank, .postal, .ruralBank, .shop, .communityStation, .villageCommittee,
      .otherKind,
    ]
    let reasons: [Glossary] = [.tooFar, .noPointInVillage, .closedThen, .methodMissing, .unreachable]
    for group in [kinds, reasons] {
      for language in Language.allCases { #expect(Set(group.map { $0[language] }).count == group.count) }
    }
  }

  @Test func `chinese words use chinese punctuation`() {
    for words in Self.catalog {
      // A clock has a colon in either language.
      let text = words.chinese.replacing(/\d:\d/, with: "")
      #expect(!text.contains { ",;:()".contains($0) }, "\(words.chinese)")
    }
  }
}
