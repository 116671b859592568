import Foundation
import Geo
public import Planning
import Travel
public import Words

/// Charts of where to pay (交费图表) as HTML without script and without anything to fetch: for each township a poster of A3, for
/// each of its places a sheet of A4.
///
///     let document = GuideDocument(network: network, guide: guide, version: "0.1.0", language: .chinese)
///     document.write(document.townships) { text += $0 }
///
/// The same values make the same bytes on every machine. Names may hold any character; what markup or XML cannot carry is
/// escaped or replaced by U+FFFD.
public struct GuideDocument: Sendable {
  /// How the sheets are laid out.
  public struct Layout: Hashable, Sendable {
    /// Large letters for the elderly: five rows, and less of everything else.
    public var isLarge = false
    /// Whether a sheet stands for a whole administrative village, and its ways start where most of its people live.
    public var isByVillage = false

    /// A sheet for each place, in ordinary letters.
    public init() {}
  }

  /// A township that has sheets.
  public struct Township: Hashable, Sendable {
    /// Its position in the places' `townshipNames`.
    public let index: Int
    /// Its name; a word that says so where it is not stated.
    public let name: String
    /// Its sheets, as positions in `guide.sheets`, in their order.
    public let sheets: [Int]
    /// Its points that count, as positions in the point table: by kind, then in their order.
    public let points: [Int]
  }

  let network: PaymentNetwork
  let guide: PaymentGuide
  let version: String
  let language: Language
  let layout: Layout
  /// The townships that have sheets, in the order of their names.
  public let townships: [Township]
  let cells: RoadCells?
  let figures: GuideCompleteness

  /// A document of all sheets of `guide`.
  ///
  /// - Parameters:
  ///   - network: the snapshot `guide` was asked of; its roads, where it has some, lie under the maps.
  ///   - version: the program's version, such as `0.1.0`.
  /// - Complexity: O(*places* + *points* + *edges* log *edges*).
  public init(
    network: PaymentNetwork, guide: PaymentGuide, version: String, language: Language,
    layout: Layout = Layout()
  ) {
    precondition(guide.counts.count == network.points.count, "the guide must be that of the network")
    self.network = network
    self.guide = guide
    self.version = version
    self.language = language
    self.layout = layout
    cells = network.roads.map { RoadCells($0.file.network) }
    figures = guide.completeness(in: network)
    let places = network.places
    var sheets = [[Int]](repeating: [], count: places.townshipNames.count)
    for (number, sheet) in guide.sheets.enumerated() {
      sheets[Int(places.townships[sheet.place])].append(number)
    }
    var points = [[Int]](repeating: [], count: places.townshipNames.count)
    for (point, township) in network.pointTownships.enumerated() where guide.counts[point] && township >= 0 {
      points[Int(township)].append(point)
    }
    let kinds = network.points.kinds
    townships = sheets.indices.filter { !sheets[$0].isEmpty }.map { index in
      let name = places.townshipNames[index]
      return Township(
        index: index, name: name.isEmpty ? Glossary.notStated[language] : name, sheets: sheets[index],
        points: points[index].sorted { (kinds[$0].rawValue, $0) < (kinds[$1].rawValue, $1) })
    }
  }

  /// Writes one HTML file, piece by piece: the posters and sheets of `townships`.
  ///
  /// A township's pages are in memory while they are drawn, not the whole file.
  public func write<Failure: Error>(
    _ townships: [Township], to sink: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let title =
      townships.count == 1 ? "\(GuideWord.title[language]) · \(townships[0].name)" : GuideWord.title[language]
    try sink(head(title: title, townships))
    var contents = MarkupWriter()
    contents.element("nav", ["aria-label": GuideWord.contents[language]]) { html in
      html.element("h1", title)
      if isSynthetic { html.element("p", ["class": "warning"], GuideWord.synthetic[language]) }
      for (number, township) in townships.enumerated() {
        html.element("h2") { $0.element("a", ["href": "#t\(number)"], township.name) }
        html.element("ul") { html in
          for sheet in township.sheets {
            html.element("li") { $0.element("a", ["href": "#s\(sheet)"], name(of: guide.sheets[sheet])) }
          }
        }
      }
    }
    try sink(contents.text + "\n<main>\n")
    for (number, township) in townships.enumerated() {
      try sink(GuidePoster(document: self, township: township, number: number).html())
      for sheet in township.sheets {
        try sink(
          GuideSheet(document: self, sheet: guide.sheets[sheet], number: sheet, section: number).html())
      }
    }
    try sink("</main>\n</body>\n</html>\n")
  }

  /// A page that leads to the files of the townships, with the completeness of the charts.
  ///
  /// - Parameter files: the address of each of `townships`, relative to the page.
  public func index(files: [String]) -> String {
    var html = MarkupWriter()
    html.embed(head(title: GuideWord.title[language], []))
    html.embed("<main>\n")
    html.element("nav", ["aria-label": GuideWord.index[language]]) { html in
      html.element("h1", GuideWord.title[language])
      if isSynthetic { html.element("p", ["class": "warning"], GuideWord.synthetic[language]) }
      html.element("ul") { html in
        for (township, file) in zip(townships, files) {
          html.element("li") { html in
            html.element("a", ["href": Self.address(file)], township.name)
            html.write(" \(Figures.whole(township.sheets.count))")
          }
        }
      }
      html.element("table") { html in
        html.element("caption", GuideWord.completeness[language])
        html.element("tbody") { html in
          for (word, value) in completenessRows {
            html.element("tr") { html in
              html.element("th", ["scope": "row"], word)
              html.element("td", value)
            }
          }
        }
      }
    }
    html.embed("\n</main>\n</body>\n</html>\n")
    return html.text
  }

  /// The completeness of the charts (K11): what is counted, how many are complete, of how many.
  public var completenessParts: [(name: String, part: Int, whole: Int)] {
    [
      (GuideWord.locatedPoints[language], figures.located, figures.points),
      (GuideWord.pointsWithHours[language], figures.withHours, figures.points),
      (GuideWord.pointsWithMethods[language], figures.withMethods, figures.points),
      (GuideWord.pointsWithPhone[language], figures.withPhone, figures.points),
      (GuideWord.sheetsWithChoice[language], figures.sheetsWithChoice, figures.sheets),
    ]
  }

  /// The same as label and figure.
  public var completenessRows: [(String, String)] {
    completenessParts.map { name, part, whole in
      let share = Figures.percent(GuideCompleteness.share(part, of: whole))
      return (name, "\(share) (\(Figures.whole(part)) / \(Figures.whole(whole)))")
    }
  }

  /// A file's name as a link has it: what RFC 3986 reserves, and all that is not ASCII, in percent signs.
  private static func address(_ file: String) -> String {
    file.utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~".utf8.contains(byte)
      if isPlain { return String(Unicode.Scalar(byte)) }
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (byte < 16 ? "0" : "") + hex
    }.joined()
  }
}

extension GuideDocument {
  var isSynthetic: Bool { network.sources.contains(where: \.isSynthetic) }

  /// Whom the licenses of the roads ask to be named.
  var attributions: [String] { network.attributions(drawsRoads: true) }

  /// What a sheet is of: a place, or its village.
  func name(of sheet: PaymentGuide.Sheet) -> String {
    let places = network.places
    let village = places.villageNames[Int(places.villages[sheet.place])]
    return layout.isByVillage && !village.isEmpty ? village : places.names[sheet.place]
  }

  /// Everything up to the body's first element.
  private func head(title: String, _ townships: [Township]) -> String {
    var html = MarkupWriter()
    html.embed("<!DOCTYPE html>\n<html lang=\"\(language == .chinese ? "zh-CN" : "en")\"><head>")
    html.empty("meta", ["charset": "utf-8"])
    html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    html.empty("meta", ["name": "generator", "content": "paycircle \(version)"])
    // The browser itself is told to fetch and run nothing.
    html.empty(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
      ])
    html.element("title", title)
    let titles = townships.map { "\(GuideWord.title[language]) · \($0.name)" }
    html.element("style") { $0.embed(GuideStyle.sheet(titles: titles)) }
    html.embed("</head>\n<body>\n")
    if !townships.isEmpty {
      // The signs of the kinds, drawn once and used in every row.
      html.element("svg", ["width": "0", "height": "0", "style": "position:absolute", "aria-hidden": "true"])
      {
        html in
        for kind in PointKind.allCases {
          html.element("symbol", ["id": "k\(kind.rawValue)", "viewBox": "-6 -6 12 12"]) { html in
            MapSymbol.point(kind).draw(at: [SheetPosition(x: 0, y: 0)], on: &html)
          }
        }
      }
      html.embed("\n")
    }
    return html.text
  }

  /// The sign of a kind beside a name.
  func writeSign(of kind: PointKind, to html: inout MarkupWriter) {
    html.element("svg", ["class": "sign", "aria-hidden": "true"]) {
      $0.empty("use", ["href": "#k\(kind.rawValue)"])
    }
  }

  /// When a point is open, in words, or that one has to ask.
  func hours(of point: Int) -> String {
    (network.points.openingHours(of: point)?.words ?? GuideWord.hoursNotKnown.words)[language]
  }

  /// The number to call, behind the word for it; `nil` where not known.
  func phone(of point: Int) -> String? {
    let number = network.points.phones[point]
    return number.isEmpty ? nil : "\(GuideWord.phone[language]) \(number)"
  }

  /// How many lines the hours take in a column, in tenths of a millimeter, where each rule has lines of its own.
  func hourLines(of point: Int, size: Int, width: Int) -> Int {
    hours(of: point).components(separatedBy: language == .chinese ? "；" : "; ").reduce(0) {
      $0 + TextMeasure.lines(of: $1, size: size, width: width)
    }
  }

  /// The same, torn only between days, between times and between rules.
  ///
  /// - Parameter isInLine: whether rules follow each other, instead of each having lines of its own.
  func writeHours(of point: Int, isInLine: Bool = false, to html: inout MarkupWriter) {
    let (rule, span) = language == .chinese ? ("；", "、") : ("; ", ", ")
    let gap = language == .chinese ? "" : " "
    let rules = hours(of: point).components(separatedBy: rule)
    for (line, text) in rules.enumerated() {
      if line > 0 { if isInLine { html.write(gap) } else { html.empty("br") } }
      let parts = text.components(separatedBy: span)
      for (index, part) in parts.enumerated() {
        let isLast = index == parts.count - 1
        let mark = isLast ? (isInLine && line < rules.count - 1 ? rule : "") : span
        html.element("span", ["class": "nb"], part + mark.trimmingCharacters(in: .whitespaces))
        if !isLast { html.write(gap) }
      }
    }
  }

  /// What can be paid with at a point, torn only between methods.
  func writeMethods(of point: Int, to html: inout MarkupWriter) {
    let comma = language == .chinese ? "、" : ","
    let parts = network.points.methods[point].sentence(language).components(separatedBy: comma)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      html.element("span", ["class": "nb"], part.trimmingCharacters(in: .whitespaces) + (isLast ? "" : comma))
      if !isLast, language == .english { html.write(" ") }
    }
  }

  /// The ways to pay that need no visit.
  public var channelsFromHome: [Channel] { network.channels.filter { !$0.inPerson } }
}
