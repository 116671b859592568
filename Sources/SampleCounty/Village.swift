/// One of the 551 administrative villages and communities; the names and codes are real.
struct Village {
  /// The statistical code, twelve digits.
  let code: String
  let name: String
  /// 居委会 (a residents' committee) or 村委会 (a villagers' committee).
  let kind: String
  /// Its position in `Township.all`.
  let township: Int

  /// Whether it is part of the city, or a town's own seat, so that it is judged by the town's rule.
  var isTown: Bool { Township.all[township].isSubdistrict || isSeat || isEstate }

  /// Whether its town grew around it.
  var isSeat: Bool { Township.all[township].seat?.village == name }

  /// Whether it is a community of housing estates rather than a village that the city swallowed.
  var isEstate: Bool { name.hasSuffix("社区") }

  /// Reads `villages.csv`: code, name, kind, township_code, township; no field is quoted.
  static func table(from text: String) throws(BadVillages) -> [Village] {
    var villages: [Village] = []
    for (number, line) in text.split(separator: "\n").enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5, let township = Township.all.firstIndex(where: { $0.code == fields[3] }) else {
        throw BadVillages(line: number + 1, found: String(line))
      }
      villages.append(Village(code: fields[0], name: fields[1], kind: fields[2], township: township))
    }
    return villages
  }
}

/// A line of `villages.csv` that is no village.
struct BadVillages: Error, CustomStringConvertible {
  let line: Int
  let found: String

  var description: String {
    "villages.csv:\(line): \"\(found)\": expected code,name,kind,township_code,township with one of the 16 codes"
  }
}
