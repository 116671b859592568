import Foundation
import Planning
import Words

/// The drawings of the chapters on service, as SVG with presentation attributes: told apart without color, and readable at A4.
struct ServiceCharts {
  let language: Language

  private func sheet(
    _ title: String, height: Int, _ description: String, _ body: (inout MarkupWriter) -> Void
  ) -> String {
    var svg = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "1000", "height": "\(height)",
      "viewBox": "0 0 1000 \(height)", "role": "img", "aria-label": title, "font-family": Charts.fontFamily,
      "font-size": "13", "fill": "#222",
    ]
    svg.element("svg", attributes) { svg in
      svg.element("title", title)
      svg.element("desc", description)
      svg.empty("rect", ["width": "1000", "height": "\(height)", "fill": "#fff"])
      body(&svg)
    }
    return svg.text
  }

  /// A control chart: values, limits as steps, what lies outside as a filled square with its figure.
  ///
  /// - Parameters:
  ///   - labels: one for each point, below it.
  ///   - isSeries: whether the points follow one another in time: they are strung together, and labels that would touch are left
  ///     out; else all labels lean.
  ///   - format: how a value is written.
  func control(
    _ chart: ControlChart, title: String, labels: [String], isSeries: Bool = true, format: (Double) -> String
  ) -> String {
    let (left, right, top, bottom) = (86.0, 884.0, 44.0, 218.0)
    let points = chart.points
    let known = points.compactMap(\.self)
    var low = known.map { min($0.value, $0.lower) }.min() ?? 0
    var high = known.map { max($0.value, $0.upper) }.max() ?? 1
    if high - low < 1e-9 * max(1, abs(high)) { (low, high) = (low - 0.5, high + 0.5) }
    let margin = (high - low) * 0.06
    (low, high) = (low - margin, high + margin)
    func x(_ index: Int) -> Double {
      points.count < 2 ? (left + right) / 2 : left + (right - left) * Double(index) / Double(points.count - 1)
    }
    func y(_ value: Double) -> Double { bottom - (bottom - top) * (value - low) / (high - low) }
    let outside = points.indices.filter { points[$0]?.isOut == true }.map { labels[$0] }
    let described =
      outside.isEmpty
      ? "\(title). \(ServiceWord.outside[language]): \(Glossary.none[language])"
      : "\(title). \(ServiceWord.outside[language]): \(outside.joined(separator: ", "))"
    return sheet(title, height: isSeries ? 250 : 290, described) { svg in
      svg.element("text", ["x": "86", "y": "22", "font-weight": "bold", "font-size": "14"], title)
      svg.empty(
        "path",
        ["d": "M86 44V218H884", "fill": "none", "stroke": "#222", "stroke-width": "1"])
      // The band that chance explains, gray and hatched by its own edges, so that a gray print keeps it.
      let half = points.count < 2 ? 24.0 : (right - left) / Double(points.count - 1) / 2
      var (upper, lower) = ("", "")
      for (index, point) in points.enumerated() {
        guard let point else { continue }
        let (from, to) = (max(left, x(index) - half), min(right, x(index) + half))
        upper += "M\(text(from)) \(text(y(point.upper)))H\(text(to))"
        lower += "M\(text(from)) \(text(y(point.lower)))H\(text(to))"
        svg.empty(
          "rect",
          [
            "x": text(from), "y": text(y(point.upper)), "width": text(to - from),
            "height": text(max(0, y(point.lower) - y(point.upper))), "fill": "#EEF2F5",
          ])
      }
      svg.empty(
        "path",
        [
          "d": upper + lower, "fill": "none", "stroke": "#5A646C", "stroke-width": "1.2",
          "stroke-dasharray": "4 3",
        ])
      svg.empty(
        "path", ["d": "M86 \(text(y(chart.center)))H884", "stroke": SignColor.blue, "stroke-width": "1.2"])
      var line = ""
      var isDown = false
      for (index, point) in points.enumerated() {
        guard let point else {
          isDown = false
          continue
        }
        line += "\(isDown ? "L" : "M")\(text(x(index))) \(text(y(point.value)))"
        isDown = true
      }
      if isSeries {
        svg.empty(
          "path",
          ["d": line, "fill": "none", "stroke": "#222", "stroke-width": "1.4", "stroke-linejoin": "round"])
      }
      for (index, point) in points.enumerated() {
        guard let point else { continue }
        let (px, py) = (x(index), y(point.value))
        if point.isOut {
          svg.empty(
            "path",
            [
              "d": "M\(text(px - 5)) \(text(py - 5))h10v10h-10z", "fill": SignColor.vermillion,
              "stroke": "#222",
              "stroke-width": ".8",
            ])
          svg.element(
            "text",
            [
              "x": text(px), "y": text(point.value > chart.center || py > bottom - 24 ? py - 9 : py + 20),
              "text-anchor": "middle",
              "font-size": "12", "font-weight": "bold",
            ], format(point.value))
        } else {
          svg.empty(
            "circle",
            [
              "cx": text(px), "cy": text(py), "r": "3", "fill": "#fff", "stroke": "#222",
              "stroke-width": "1.2",
            ])
        }
      }
      for value in [low + margin, high - margin] {
        svg.element(
          "text", ["x": "80", "y": text(y(value) + 4), "text-anchor": "end", "font-size": "12"], format(value)
        )
      }
      svg.element(
        "text", ["x": "890", "y": text(y(chart.center) + 4), "font-size": "12", "fill": "#00527F"],
        "\(ServiceWord.center[language]) \(format(chart.center))")
      svg.element(
        "text", ["x": "884", "y": "22", "text-anchor": "end", "font-size": "12", "fill": "#4A555E"], legend)
      let widest =
        labels.map { label in label.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 12 : 7) } }.max()
        ?? 0
      let every = isSeries ? max(1, Int((Double(widest + 8) / (2 * half)).rounded(.up))) : 1
      for (index, label) in labels.enumerated() where index % every == 0 {
        let across = text(x(index))
        if isSeries {
          svg.element("text", ["x": across, "y": "236", "text-anchor": "middle", "font-size": "12"], label)
        } else {
          svg.element(
            "text",
            [
              "x": across, "y": "234", "text-anchor": "end", "font-size": "12",
              "transform": "rotate(-35 \(across) 234)",
            ], label)
        }
      }
    }
  }

  private var legend: String { ServiceWord.controlLegend[language] }

  /// The week as a grid of hours, each with its share in percent: darker is more.
  func week(_ hours: [CoverageSummary.Population]) -> String {
    let days = ServiceWord.days
    let shares = hours.map { $0.customers.share ?? 0 }
    let best = shares.indices.max { (shares[$0], $1) < (shares[$1], $0) } ?? 0
    let described =
      "\(ServiceWord.hourGrid[language]): \(days[best / 24][language]) \(best % 24):00, \(Figures.percent(shares[best]))"
    return sheet(ServiceWord.hourGrid[language], height: 250, described) { svg in
      svg.element(
        "text", ["x": "60", "y": "20", "font-weight": "bold", "font-size": "14"],
        ServiceWord.hourGrid[language] + Bilingual(en: ", %", zh: "，%")[language])
      for day in 0..<7 {
        let top = 46 + day * 27
        svg.element("text", ["x": "52", "y": "\(top + 18)", "text-anchor": "end"], days[day][language])
        for hour in 0..<24 {
          let share = shares[day * 24 + hour]
          let left = 60 + hour * 38
          svg.empty(
            "rect",
            [
              "x": "\(left)", "y": "\(top)", "width": "37", "height": "26", "fill": shade(share),
              "stroke": "#9AA5AD",
              "stroke-width": ".5",
            ])
          svg.element(
            "text",
            [
              "x": "\(left + 18)", "y": "\(top + 18)", "text-anchor": "middle", "font-size": "12",
              // White on the darkest fifth: there, and black elsewhere, letters have the contrast of 4.5 that WCAG asks for.
              "fill": share > 0.8 ? "#fff" : "#000",
            ], "\(Int((share * 100).rounded(.down)))")
        }
      }
      for hour in stride(from: 0, through: 24, by: 3) {
        svg.element(
          "text",
          [
            "x": "\(60 + hour * 38)", "y": "40", "text-anchor": "middle", "font-size": "12",
            "fill": "#4A555E",
          ],
          "\(hour)")
      }
    }
  }

  /// From white to the blue of what is served.
  private func shade(_ share: Double) -> String {
    let depth = min(1, max(0, share))
    func part(_ full: Double) -> String {
      let value = Int((255 - (255 - full) * depth).rounded())
      let digits = String(value, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }
    return "#" + part(0) + part(0x5A) + part(0x8E)
  }

  /// Bars, longest first, each with its figure; the dashed line is all together.
  func bars(
    _ rows: [(label: String, value: Double)], title: String, unit: String, center: Double, digits: Int
  ) -> String {
    let highest = max(rows.map(\.value).max() ?? 0, center, 1e-9)
    let height = 64 + rows.count * 24
    func length(_ value: Double) -> Double { 640 * max(0, value) / highest }
    return sheet(title, height: height, title) { svg in
      svg.element(
        "text", ["x": "170", "y": "22", "font-weight": "bold", "font-size": "14"],
        Bilingual(en: "\(title), \(unit)", zh: "\(title)，\(unit)")[language])
      for (index, row) in rows.enumerated() {
        svg.empty(
          "rect",
          [
            "x": "170", "y": "\(40 + index * 24)", "width": text(length(row.value)), "height": "18",
            "fill": SignColor.sky, "stroke": SignColor.blue, "stroke-width": ".8",
          ])
      }
      svg.empty(
        "path",
        [
          "d": "M\(text(170 + length(center))) 34V\(40 + rows.count * 24)", "stroke": "#222",
          "stroke-width": "1.2", "stroke-dasharray": "5 4",
        ])
      // Words above the line, with a white rim where it passes.
      for (index, row) in rows.enumerated() {
        let line = "\(54 + index * 24)"
        svg.element("text", ["x": "162", "y": line, "text-anchor": "end"], row.label)
        svg.element(
          "text",
          [
            "x": text(178 + length(row.value)), "y": line, "stroke": "#fff", "stroke-width": "4",
            "paint-order": "stroke",
          ], Figures.decimal(row.value, digits: digits))
      }
      svg.element(
        "text",
        [
          "x": text(170 + length(center)), "y": "\(56 + rows.count * 24)", "text-anchor": "middle",
          "font-size": "12",
        ],
        "\(ServiceWord.center[language]) \(Figures.decimal(center, digits: digits))")
    }
  }

  /// A length to the tenth.
  private func text(_ value: Double) -> String { PathData.number(Int((value * 10).rounded())) }
}
