public import Planning
public import Words

/// What a sweep shows, as an SVG: the share served, payments per point, and points that do not pay, one line below another.
public struct SweepChart: Sendable {
  private let steps: [SweepStep]
  private let labels: [String]
  private let title: String
  private let language: Language

  /// A chart of some steps.
  ///
  /// - Parameters:
  ///   - steps: in the order of the axis.
  ///   - labels: what each step is called.
  ///   - title: what is varied.
  /// - Precondition: there are as many labels as steps.
  public init(_ steps: [SweepStep], labels: [String], title: String, language: Language) {
    precondition(steps.count == labels.count, "as many labels as steps are expected")
    self.steps = steps
    self.labels = labels
    self.title = title
    self.language = language
  }

  private struct Panel {
    let name: Bilingual
    let values: [Double?]
    let color: String
    let text: (Double) -> String
  }

  private static let width = 900
  private static let panelHeight = 190
  private static let left = 90
  private static let right = 860

  private var panels: [Panel] {
    [
      Panel(
        name: ScenarioWord.shareServed.words, values: steps.map(\.customers.share),
        color: "#0072B2",
        text: { Figures.percent($0) }),
      Panel(
        name: ScenarioWord.paymentsPerPoint.words,
        values: steps.map(\.paymentsPerPoint), color: "#009E73", text: { Figures.decimal($0, digits: 1) }),
      Panel(
        name: ScenarioWord.belowBreakEven.words,
        values: steps.map { $0.belowBreakEven.map(Double.init) }, color: "#D55E00",
        text: { Figures.decimal($0, digits: 0) }),
    ].filter { $0.values.contains { $0 != nil } }
  }

  /// The drawing as an SVG element that stands alone.
  public func svg() -> String {
    let panels = panels
    let height = 60 + panels.count * Self.panelHeight + 30
    var svg = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "\(Self.width)", "height": "\(height)",
      "viewBox": "0 0 \(Self.width) \(height)", "role": "img", "aria-label": title,
      "font-family": Charts.fontFamily, "font-size": "13", "fill": "#222",
    ]
    svg.element("svg", attributes) { svg in
      svg.element("title", title)
      svg.empty("rect", ["width": "\(Self.width)", "height": "\(height)", "fill": "#fff"])
      svg.element("text", ["x": "20", "y": "30", "font-size": "17", "font-weight": "bold"], title)
      for (number, panel) in panels.enumerated() {
        draw(panel, top: 50 + number * Self.panelHeight, on: &svg)
      }
      drawLabels(at: 50 + panels.count * Self.panelHeight + 8, on: &svg)
    }
    return svg.text
  }

  /// In whole tenths of a unit, so that no last bit of a division shows.
  private func x(_ index: Int) -> Int {
    let (first, last) = (steps.first?.position ?? 0, steps.last?.position ?? 0)
    let span = last - first
    let part = span == 0 ? 0.5 : (steps[index].position - first) / span
    return Self.left * 10 + Int((part * Double((Self.right - Self.left) * 10)).rounded())
  }

  private func draw(_ panel: Panel, top: Int, on svg: inout MarkupWriter) {
    let known = panel.values.compactMap(\.self)
    guard let least = known.min(), let most = known.max() else { return }
    let (upper, lower) = ((top + 40) * 10, (top + Self.panelHeight - 20) * 10)
    func y(_ value: Double) -> Int {
      most == least
        ? (upper + lower) / 2
        : lower - Int(((value - least) / (most - least) * Double(lower - upper)).rounded())
    }
    svg.element(
      "text", ["x": "\(Self.left)", "y": "\(top + 18)", "font-weight": "bold"], panel.name[language])
    for value in most == least ? [most] : [least, most] {
      svg.empty(
        "path",
        [
          "d": "M\(Self.left) \(PathData.number(y(value)))H\(Self.right)", "stroke": "#D5DBE0",
          "stroke-width": "1",
        ])
      svg.element(
        "text",
        [
          "x": "\(Self.left - 8)", "y": PathData.number(y(value) + 40), "text-anchor": "end",
          "font-size": "12",
        ],
        panel.text(value))
    }
    var path = PathData()
    path.line(
      panel.values.indices.compactMap { index in
        panel.values[index].map { SheetPosition(x: x(index), y: y($0)) }
      })
    svg.empty(
      "path",
      [
        "d": path.text, "fill": "none", "stroke": panel.color, "stroke-width": "2.4",
        "stroke-linejoin": "round",
      ])
    for (index, value) in panel.values.enumerated() {
      guard let value else { continue }
      svg.empty(
        "circle",
        [
          "cx": PathData.number(x(index)), "cy": PathData.number(y(value)), "r": "3.4", "fill": panel.color,
        ])
    }
    writeFigures(of: panel, at: y, on: &svg)
  }

  /// The figure above each value, where there is room for all of them.
  private func writeFigures(of panel: Panel, at y: (Double) -> Int, on svg: inout MarkupWriter) {
    guard steps.count <= 12 else { return }
    for (index, value) in panel.values.enumerated() {
      guard let value else { continue }
      svg.element(
        "text",
        [
          "x": PathData.number(x(index)), "y": PathData.number(y(value) - 80), "text-anchor": "middle",
          "font-size": "12", "stroke": "#fff", "stroke-width": "3", "paint-order": "stroke",
        ], panel.text(value))
    }
  }

  /// As many labels as there is room for.
  private func drawLabels(at y: Int, on svg: inout MarkupWriter) {
    let every = max(1, (steps.count + 11) / 12)
    for index in steps.indices where index % every == 0 {
      svg.element(
        "text",
        ["x": PathData.number(x(index)), "y": "\(y + 14)", "text-anchor": "middle", "font-size": "12"],
        labels[index])
    }
  }
}
