import Words

/// What a report says, as a value: which words and numbers, in which order. How it looks is `ReportHTML`'s affair.
struct ReportPage: Hashable, Sendable {
  /// A number that stands by itself.
  struct Figure: Hashable, Sendable {
    var label: String
    var value: String
    /// What it is a part of, or why it is not known; may be empty.
    var detail: String
  }

  /// A number held against what was promised.
  struct Verdict: Hashable, Sendable {
    var label: String
    var value: String
    /// What it should be, or what it is a part of.
    var aim: String
    /// Whether it is as it should be; `nil` where nothing was promised or nothing is known.
    var isMet: Bool?
    /// The verdict in words, which say all that a color says.
    var finding: String
  }

  /// A cell of a table.
  struct Cell: Hashable, Sendable {
    var text: String
    /// A share to draw beside the text.
    var bar: Double?

    init(_ text: String, bar: Double? = nil) {
      self.text = text
      self.bar = bar
    }
  }

  /// A column of a table.
  struct Column: Hashable, Sendable {
    enum Content { case text, number, digest }
    var title: String
    var content: Content

    static func text(_ title: String) -> Column { Column(title: title, content: .text) }
    static func number(_ title: String) -> Column { Column(title: title, content: .number) }
    static func digest(_ title: String) -> Column { Column(title: title, content: .digest) }
  }

  /// Rows under headings; the first cell of a row names it.
  struct Table: Hashable, Sendable {
    var caption: String
    var columns: [Column]
    var rows: [[Cell]]
    /// The sum of all rows.
    var total: [Cell]?
  }

  /// One thing after another in a section.
  enum Block: Hashable, Sendable {
    case paragraph(String)
    case note(String)
    case list([String])
    /// The few numbers that matter most, and those that matter next.
    case headlines([Figure])
    case figures([Figure])
    /// The numbers that were promised.
    case verdicts([Verdict])
    /// What the reader is asked to decide.
    case decision(label: String, sentences: [String])
    case table(Table)
    /// Tables short enough to stand side by side.
    case tables([Table])
    /// An SVG element and the words under it.
    case drawing(svg: String, caption: String)
  }

  /// Blocks under a heading.
  struct Section: Hashable, Sendable {
    var title: String
    var blocks: [Block]
    /// Whether it begins a new sheet when printed.
    var startsSheet = false
    /// Whether its tables are set close, so that it fits one sheet.
    var isCompact = false
  }

  var language: Language
  var title: String
  var subtitle: String
  /// What the reader has to know before anything else.
  var warnings: [String]
  var sections: [Section]
  /// The lines at the foot.
  var foot: [String]
  /// What stands at the foot of every printed sheet.
  var sheetFoot: String
  /// The program that made it.
  var generator: String
}
