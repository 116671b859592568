import Planning
import Words

/// Which places charts are made of.
struct GuideSelection {
  /// Ids separated by commas; `nil` for no such choice.
  var place: String?
  /// A township's name, or `all`.
  var township: String
  /// The atlas, for sentences.
  var atlas: String

  /// The places, as positions in the place table, ascending.
  ///
  /// - Throws: `Failure` with status 66 where an id or a township is none of the atlas's.
  func places(in network: PaymentNetwork, _ language: Language) throws(Failure) -> [Int] {
    let places = network.places
    if let place {
      let wanted = Set(place.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
      let found = (0..<places.count).filter { wanted.contains(places.ids[$0]) }
      let known = Set(found.map { places.ids[$0] })
      guard let missing = wanted.subtracting(known).min() else { return found }
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(atlas): no place with the id \"\(missing)\"", zh: "\(atlas):没有编码为“\(missing)”的村/社区"),
        language: language)
    }
    if township == "all" { return Array(0..<places.count) }
    guard let index = places.townshipNames.firstIndex(of: township) else {
      let names = places.townshipNames.filter { !$0.isEmpty }
      let shown =
        names.prefix(30).joined(separator: language == .chinese ? "、" : ", ") + (names.count > 30 ? " …" : "")
      throw Failure(
        status: .inputMissing,
        sentence: Bilingual(
          en: "\(atlas): no township \"\(township)\"; expected one of \(shown)",
          zh: "\(atlas):没有乡镇“\(township)”;应为 \(shown) 之一"),
        language: language)
    }
    return (0..<places.count).filter { Int(places.townships[$0]) == index }
  }
}
