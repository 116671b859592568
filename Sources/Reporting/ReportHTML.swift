import Words

/// Writes a `ReportPage` as one HTML file that is also well-formed XML, without script and without any address to
/// fetch from.
struct ReportHTML {
  let page: ReportPage

  /// The file.
  func text() -> String {
    var html = MarkupWriter()
    html.embed("<!DOCTYPE html>\n")
    let language = page.language == .chinese ? "zh-CN" : "en"
    html.element("html", ["lang": language]) { html in
      html.element("head") { html in
        html.empty("meta", ["charset": "utf-8"])
        html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        html.empty("meta", ["name": "generator", "content": page.generator])
        // The browser itself is told to fetch and run nothing.
        html.empty(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'",
          ])
        html.element("title", page.title)
        html.element("style") { $0.embed(ReportStyle.sheet(title: page.title, foot: page.sheetFoot)) }
      }
      html.embed("\n")
      html.element("body") { html in
        html.element("header") { html in
          html.element("h1", page.title)
          html.element("p", ["class": "promise"], page.subtitle)
          for warning in page.warnings { html.element("p", ["class": "warning"], warning) }
        }
        html.embed("\n")
        // On a narrow screen wide tables scroll sideways, also by keyboard.
        html.element("main", ["tabindex": "0"]) { html in
          for section in page.sections { write(section, to: &html) }
        }
        html.embed("\n")
        html.element("footer") { html in for line in page.foot { html.element("p", line) } }
      }
      html.embed("\n")
    }
    html.embed("\n")
    return html.text
  }

  private func write(_ section: ReportPage.Section, to html: inout MarkupWriter) {
    let styles = [section.startsSheet ? "sheet" : nil, section.isCompact ? "compact" : nil].compactMap(\.self)
    html.element("section", styles.isEmpty ? [:] : ["class": styles.joined(separator: " ")]) { html in
      html.element("h2", section.title)
      for block in section.blocks {
        html.embed("\n")
        write(block, to: &html)
      }
    }
    html.embed("\n")
  }

  private func write(_ block: ReportPage.Block, to html: inout MarkupWriter) {
    switch block {
    case .paragraph(let text): html.element("p", text)
    case .note(let text): html.element("p", ["class": "note"], text)
    case .list(let items):
      html.element("ul") { html in for item in items { html.element("li", item) } }
    case .headlines(let figures): write(figures, as: "headlines", to: &html)
    case .figures(let figures): write(figures, as: "figures", to: &html)
    case .verdicts(let verdicts): write(verdicts, to: &html)
    case .decision(let label, let sentences):
      html.element("div", ["class": "decision"]) { html in
        html.element("h3", label)
        for sentence in sentences { html.element("p", sentence) }
      }
    case .table(let table): write(table, to: &html)
    case .tables(let tables):
      html.element("div", ["class": "beside"]) { html in for table in tables { write(table, to: &html) } }
    case .drawing(let svg, let caption):
      html.element("figure") { html in
        html.embed(svg)
        html.element("figcaption", caption)
      }
    }
  }

  private func write(_ verdicts: [ReportPage.Verdict], to html: inout MarkupWriter) {
    html.element("dl", ["class": "verdicts n\(verdicts.count)"]) { html in
      for verdict in verdicts {
        let style = verdict.isMet.map { $0 ? "met" : "missed" } ?? "plain"
        html.element("div", ["class": style]) { html in
          html.element("dt", verdict.label)
          html.element("dd") { html in
            html.element("b", verdict.value)
            html.element("span", verdict.aim)
            html.element("strong", verdict.finding)
          }
        }
      }
    }
  }

  private func write(_ figures: [ReportPage.Figure], as style: String, to html: inout MarkupWriter) {
    html.element("dl", ["class": style]) { html in
      for figure in figures {
        html.element("div") { html in
          html.element("dt", figure.label)
          html.element("dd") { html in
            html.element("b", figure.value)
            if !figure.detail.isEmpty { html.element("span", figure.detail) }
          }
        }
      }
    }
  }

  private func write(_ table: ReportPage.Table, to html: inout MarkupWriter) {
    // A table that fits on a sheet is not torn in two.
    html.element("table", table.rows.count <= 16 ? ["class": "short"] : [:]) { html in
      if !table.caption.isEmpty { html.element("caption", table.caption) }
      html.element("thead") { html in
        html.element("tr") { html in
          for column in table.columns {
            // A head that says nothing is none: the first column's cells name themselves.
            if column.title.isEmpty {
              html.element("td", "")
            } else {
              html.element("th", ["scope": "col", "class": Self.style(of: column)], column.title)
            }
          }
        }
      }
      html.element("tbody") { html in
        for row in table.rows { write(row, under: table.columns, to: &html) }
      }
      if let total = table.total {
        html.element("tfoot") { html in write(total, under: table.columns, to: &html) }
      }
    }
  }

  private func write(
    _ row: [ReportPage.Cell], under columns: [ReportPage.Column], to html: inout MarkupWriter
  ) {
    html.embed("\n")
    html.element("tr") { html in
      for (index, (cell, column)) in zip(row, columns).enumerated() {
        let isHead = index == 0 && !cell.text.isEmpty
        let attributes: KeyValuePairs =
          isHead ? ["scope": "row", "class": Self.style(of: column)] : ["class": Self.style(of: column)]
        html.element(isHead ? "th" : "td", attributes) { html in
          if let bar = cell.bar {
            html.embed(Charts.bar(bar))
            html.element("span", ["class": "v"], cell.text)
          } else {
            html.write(cell.text)
          }
        }
      }
    }
  }

  private static func style(of column: ReportPage.Column) -> String {
    switch column.content {
    case .text: "t"
    case .number: "n"
    case .digest: "d"
    }
  }
}
