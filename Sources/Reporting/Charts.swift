import Words

/// The drawings of the report that are not maps, as SVG with presentation attributes.
enum Charts {
  /// Fonts with both scripts, the first that the machine has.
  static let fontFamily =
    "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif"

  /// Customers by minutes to the nearest point, town below and village above in one column, the limit marked.
  static func histogram(_ times: TravelTimeBands, language: Language) -> String {
    let width = 1_000
    let baseline = 262
    let room = 196
    let columns = times.bands.count + (times.unreachable.all > 0 ? 1 : 0)
    let step = (width - 40) / columns
    let left = (width - step * columns) / 2
    let highest = max(1, times.bands.map(\.all).max() ?? 0, times.unreachable.all)
    var svg = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "\(width)", "height": "312",
      "viewBox": "0 0 \(width) 312",
      "role": "img", "aria-label": ReportWord.timesTitle[language], "font-family": fontFamily,
      "font-size": "14",
      "fill": "#222",
    ]
    svg.element("svg", attributes) { svg in
      svg.element("title", ReportWord.timesTitle[language])
      svg.element("desc", ReportSentences(language).histogramDescription(times))
      svg.empty("rect", ["width": "\(width)", "height": "312", "fill": "#fff"])
      func column(_ band: TravelTimeBands.Band, at index: Int, label: String) {
        let x = left + index * step
        // Whole tenths of a unit; a band with customers is never thinner than a hairline.
        let total = band.all == 0 ? 0 : max(8, band.all * room * 10 / highest)
        let town = band.all == 0 ? 0 : total * band.town / band.all
        let top = baseline * 10 - total
        for (y, height, fill) in [
          (baseline * 10 - town, town, MapSymbol.blue), (top, total - town, "#BFDDEF"),
        ]
        where height > 0 {
          svg.empty(
            "rect",
            [
              "x": "\(x + 4)", "y": PathData.number(y), "width": "\(step - 8)",
              "height": PathData.number(height),
              "fill": fill, "stroke": MapSymbol.blue, "stroke-width": ".8",
            ])
        }
        let middle = "\(x + step / 2)"
        if band.all > 0 {
          svg.element(
            "text",
            ["x": middle, "y": PathData.number(top - 60), "text-anchor": "middle", "font-size": "12.5"],
            Figures.whole(band.all))
        }
        svg.element(
          "text", ["x": middle, "y": "\(baseline + 18)", "text-anchor": "middle", "font-size": "13"], label)
      }
      for (index, band) in times.bands.enumerated() {
        column(band, at: index, label: bandLabel(index, of: times))
      }
      if times.unreachable.all > 0 {
        column(times.unreachable, at: times.bands.count, label: ReportWord.noneReached[language])
      }
      svg.empty(
        "path", ["d": "M\(left) \(baseline)h\(width - 2 * left)", "stroke": "#222", "stroke-width": "1"])

      let limit = left + TravelTimeBands.bandsPerLimit * step
      svg.empty(
        "path",
        [
          "d": "M\(limit) 40V\(baseline)", "stroke": MapSymbol.vermillion, "stroke-width": "2",
          "stroke-dasharray": "6 4",
        ])
      svg.element(
        "text", ["x": "\(limit + 8)", "y": "36", "fill": "#A33F00", "font-weight": "bold"],
        ReportSentences(language).limitMark(seconds: times.limitSeconds))
      svg.element(
        "text", ["x": "\(width / 2)", "y": "\(baseline + 42)", "text-anchor": "middle"],
        ReportWord.minutesToNearest[language])
      for (index, (word, fill)) in [(Glossary.village, "#BFDDEF"), (.town, MapSymbol.blue)].enumerated() {
        let y = 44 + index * 22
        svg.empty(
          "rect",
          [
            "x": "820", "y": "\(y - 12)", "width": "22", "height": "14", "fill": fill,
            "stroke": MapSymbol.blue,
            "stroke-width": ".8",
          ])
        svg.element("text", ["x": "850", "y": "\(y)"], word[language])
      }
    }
    return svg.text
  }

  /// The minutes a band covers: `2–4`, or `> 30` for the last one.
  static func bandLabel(_ band: Int, of times: TravelTimeBands) -> String {
    let from = minutes(band * times.widthSeconds)
    guard let upper = times.upperSeconds(of: band) else { return "> \(from)" }
    return "\(from)–\(minutes(upper))"
  }

  /// A bar as long as `share` of its box, beside a number that says the same.
  static func bar(_ share: Double) -> String {
    let length = Int((min(1, max(0, share)) * 600).rounded())
    var svg = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "class": "bar", "width": "60", "height": "9",
      "viewBox": "0 0 60 9",
      "aria-hidden": "true",
    ]
    svg.element("svg", attributes) {
      $0.empty("rect", ["width": "60", "height": "9", "fill": "#E3E8EC"])
      if length > 0 {
        $0.empty("rect", ["width": PathData.number(length), "height": "9", "fill": MapSymbol.blue])
      }
    }
    return svg.text
  }

  /// Seconds as minutes without needless decimals, rounded to the nearest tenth.
  private static func minutes(_ seconds: Int) -> String {
    PathData.decimal(tenths: (seconds + 3) / 6)
  }
}
