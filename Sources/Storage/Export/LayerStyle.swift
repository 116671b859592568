import Planning
import Words

/// How a layer looks in other programs: a class for each value of a column, or one for all.
struct LayerStyle {
  /// A sign and what it means.
  struct Class {
    /// The column's value; `nil` for the only class of a layer.
    let value: String?
    let label: String
    /// The icon in KMZ files; `nil` for areas.
    let icon: String?
    /// The sign's shape in QGIS; `nil` for areas.
    let shape: String?
    /// Whether the shape stands on its head.
    var isTurned = false
    /// `#` and six hexadecimal digits.
    let fill: String
    /// In millimeters.
    let size: Double
  }

  /// The column that classes are made by.
  let column: String?
  let classes: [Class]

  /// The style of `layer`, with labels in `language`.
  init(_ layer: ExportLayer, in language: Language) {
    func word(_ english: String, _ chinese: String) -> String {
      Bilingual(en: english, zh: chinese)[language]
    }
    switch layer {
    case .points:
      column = "kind"
      classes = PointKind.allCases.map { kind in
        let (shape, fill, size) = Self.sign(of: kind)
        return Class(
          value: kind.name, label: Glossary(code: kind.name)?[language] ?? kind.name, icon: kind.name,
          shape: shape, isTurned: kind == .postal, fill: fill, size: size)
      }
    case .places:
      column = "served"
      classes = [
        Class(
          value: "true", label: word("served", "已覆盖"), icon: "place", shape: "circle", fill: SignColor.blue,
          size: 1.6),
        Class(
          value: "false", label: word("not served", "未覆盖"), icon: "unserved", shape: "cross2",
          fill: SignColor.vermillion, size: 2.4),
      ]
    case .uncovered:
      column = nil
      classes = [
        Class(
          value: nil, label: word("not served", "未覆盖"), icon: "unserved", shape: "cross2",
          fill: SignColor.vermillion, size: 2.4)
      ]
    case .candidates:
      column = nil
      classes = [
        Class(
          value: nil, label: Glossary.candidates[language], icon: "site", shape: "star",
          fill: SignColor.white, size: 4)
      ]
    case .plan:
      column = "action"
      classes = ["open", "move_here", "close", "move_away"].map { action in
        let opens = action == "open" || action == "move_here"
        return Class(
          value: action, label: ExportWords.actions[action]?[language] ?? action,
          icon: opens ? "site" : "unserved", shape: opens ? "star" : "cross2", fill: SignColor.vermillion,
          size: opens ? 4 : 3)
      }
    case .circles:
      column = nil
      classes = [
        Class(
          value: nil, label: word("payment circle", "交费圈"), icon: nil, shape: nil, fill: SignColor.sky,
          size: 0)
      ]
    }
  }

  private static func sign(of kind: PointKind) -> (shape: String, fill: String, size: Double) {
    switch kind {
    case .businessHall: ("square", SignColor.black, 3.2)
    case .selfService: ("square", SignColor.white, 2.4)
    case .bank: ("diamond", SignColor.purple, 3.4)
    case .ruralBank: ("diamond", SignColor.white, 3.4)
    case .postal: ("triangle", SignColor.green, 3)
    case .shop: ("triangle", SignColor.orange, 3)
    case .communityStation: ("hexagon", SignColor.yellow, 3)
    case .villageCommittee: ("circle", SignColor.white, 2.4)
    case .other: ("cross_fill", SignColor.white, 3)
    }
  }

  /// The class that a row with these values falls into: its position in `classes`.
  func index(of values: [ExportTable.Value], _ columns: [String]) -> Int? {
    guard let column else { return 0 }
    guard let position = columns.firstIndex(of: column) else { return nil }
    let value: String
    switch values[position] {
    case .text(let text): value = text
    case .bool(let flag): value = "\(flag)"
    default: return nil
    }
    return classes.firstIndex { $0.value == value }
  }
}

/// The red, green and blue of `#RRGGBB`, 0...255 each.
func colorParts(_ color: String) -> (red: Int, green: Int, blue: Int) {
  let number = Int(color.dropFirst(), radix: 16) ?? 0
  return (number >> 16 & 255, number >> 8 & 255, number & 255)
}
