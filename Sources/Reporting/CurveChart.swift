import Planning
import Words

/// How much each number of sites can serve: a line that is reached, and one that no plan exceeds.
struct CurveChart {
  let plan: KeptPlan
  let language: Language

  private static let width = 1_000
  private static let height = 330
  /// The two lines, which may lie on each other: a wide pale one and a narrow dark dashed one, so that a gray print keeps both.
  private static let reached = (stroke: SignColor.sky, width: "6", dash: "none")
  private static let bound = (stroke: "#222", width: "1.8", dash: "7 5")
  private static let left = 110, right = 970, top = 44, bottom = 262

  private var title: String { PlanWord.curveTitle[language] }

  /// A value as people read it: money in yuan.
  private func figure(_ value: Int) -> String {
    plan.unit == "fen" ? Figures.decimal(Double(value) / 100, digits: 0) : Figures.whole(value)
  }

  /// The drawing as an SVG element that stands alone; `nil` where there is no line to draw.
  func svg() -> String? {
    guard plan.curve.count > 1, let first = plan.curve.first, let last = plan.curve.last,
      first.sites < last.sites
    else { return nil }
    let low = plan.curve.reduce(first.value) { min($0, $1.value) }
    let high = max(low + 1, plan.curve.reduce(first.bound) { max($0, $1.bound) })
    func position(_ sites: Int, _ value: Int) -> SheetPosition {
      let across = Double(sites - first.sites) / Double(last.sites - first.sites)
      let up = (Double(value) - Double(low)) / (Double(high) - Double(low))
      return SheetPosition(
        x: Self.left * 10 + Int((across * Double((Self.right - Self.left) * 10)).rounded()),
        y: Self.bottom * 10 - Int((up * Double((Self.bottom - Self.top) * 10)).rounded()))
    }
    var svg = MarkupWriter()
    let attributes: KeyValuePairs = [
      "xmlns": "http://www.w3.org/2000/svg", "width": "\(Self.width)", "height": "\(Self.height)",
      "viewBox": "0 0 \(Self.width) \(Self.height)", "role": "img", "aria-label": title,
      "font-family": Charts.fontFamily, "font-size": "14", "fill": "#222",
    ]
    svg.element("svg", attributes) { svg in
      svg.element("title", title)
      svg.element(
        "desc",
        plan.curve.map { "\($0.sites): \(figure($0.value))–\(figure($0.bound))" }.joined(separator: "; "))
      svg.empty("rect", ["width": "\(Self.width)", "height": "\(Self.height)", "fill": "#fff"])
      for step in 0...4 {
        // Halves and quarters without sums that could overflow.
        let value = low + (high - low) / 4 * step + (high - low) % 4 * step / 4
        let y = position(first.sites, value).y
        svg.empty(
          "path",
          [
            "d": "M\(Self.left) \(PathData.number(y))H\(Self.right)",
            "stroke": step == 0 ? "#222" : "#DDE3E7",
            "stroke-width": "1",
          ])
        svg.element(
          "text",
          ["x": "\(Self.left - 8)", "y": PathData.number(y + 45), "text-anchor": "end", "font-size": "13"],
          figure(value))
      }
      let every = max(1, (last.sites - first.sites + 9) / 10)
      for sites in stride(from: first.sites, through: last.sites, by: every) {
        svg.element(
          "text",
          [
            "x": PathData.number(position(sites, low).x), "y": "\(Self.bottom + 20)", "text-anchor": "middle",
            "font-size": "13",
          ], "\(sites)")
      }
      line(plan.curve.map { position($0.sites, $0.value) }, Self.reached, on: &svg)
      line(plan.curve.map { position($0.sites, $0.bound) }, Self.bound, on: &svg)
      if let own = plan.curve.first(where: { $0.sites == plan.sites.count }) {
        let here = position(own.sites, own.value)
        svg.empty(
          "circle",
          [
            "cx": PathData.number(here.x), "cy": PathData.number(here.y), "r": "5", "fill": "#fff",
            "stroke": MapSymbol.blue, "stroke-width": "2.5",
          ])
      }
      svg.element(
        "text",
        ["x": "\((Self.left + Self.right) / 2)", "y": "\(Self.bottom + 44)", "text-anchor": "middle"],
        PlanWord.sitesOpened[language])
      let entries = [
        (Self.reached, PlanWord.servedByPlan[language]),
        (Self.bound, PlanWord.noPlanServesMore[language]),
      ]
      for (index, (line, text)) in entries.enumerated() {
        let x = Self.left + index * 260
        svg.empty(
          "path",
          [
            "d": "M\(x) 20h34", "stroke": line.stroke, "stroke-width": line.width,
            "stroke-dasharray": line.dash, "fill": "none",
          ])
        svg.element("text", ["x": "\(x + 42)", "y": "25"], text)
      }
    }
    return svg.text
  }

  private func line(
    _ corners: [SheetPosition], _ line: (stroke: String, width: String, dash: String),
    on svg: inout MarkupWriter
  ) {
    var path = PathData()
    path.line(corners)
    svg.empty(
      "path",
      [
        "d": path.text, "fill": "none", "stroke": line.stroke, "stroke-width": line.width,
        "stroke-dasharray": line.dash,
        "stroke-linejoin": "round",
      ])
  }
}
