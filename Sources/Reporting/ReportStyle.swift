/// The report's style sheet: quiet on screen, dense on A4.
enum ReportStyle {
  /// The sheet, with `title` at the top of every printed page but the first, and `foot` at the bottom of all.
  static func sheet(title: String, foot: String) -> String {
    // Written into CSS strings inside a style element: nothing in them may end either, nor be what markup cannot hold.
    func quoted(_ text: String) -> String {
      var kept = String.UnicodeScalarView()
      for scalar in text.unicodeScalars
      where !"\\\"<>&".unicodeScalars.contains(scalar) && scalar.properties.generalCategory != .control
        && !scalar.properties.isNoncharacterCodePoint
      {
        kept.append(scalar)
      }
      return String(kept)
    }
    return rules + """
      @page { size: A4; margin: 13mm 12mm 16mm;
        @top-left { content: "\(quoted(title))"; font: 7.5pt \(fonts); color: #666; }
        @bottom-left { content: "\(quoted(foot))"; font: 7.5pt \(fonts); color: #666; }
        @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt \(fonts); color: #666; } }
      @page :first { @top-left { content: none; } }

      """
  }

  private static let fonts =
    #""Microsoft YaHei","PingFang SC","Noto Sans CJK SC","WenQuanYi Zen Hei",sans-serif"#

  private static let rules = """

    * { box-sizing: border-box; }
    html { background: #E9ECEF; }
    body { margin: 24px auto; max-width: 1060px; padding: 40px 48px 28px; background: #fff; color: #1E2327;
      font: 15px/1.6 \(fonts); font-variant-numeric: tabular-nums; }
    header { border-bottom: 3px solid #004B76; padding-bottom: 12px; }
    h1 { margin: 0; font-size: 28px; line-height: 1.3; color: #00344F; }
    .promise { margin: 4px 0 0; font-size: 17px; color: #3D4A54; }
    .warning { margin: 10px 0 0; padding: 6px 12px; border-left: 4px solid #D55E00; background: #FDF1E8;
      font-weight: bold; }
    h2 { margin: 34px 0 10px; padding-left: 10px; border-left: 5px solid #0072B2; font-size: 19px; line-height: 1.35;
      color: #00344F; break-after: avoid; break-inside: avoid; }
    p { margin: 8px 0; }
    ul { margin: 8px 0; padding-left: 20px; }
    li { margin: 4px 0; }
    .note { color: #5A646C; font-size: 13px; }
    dl { display: grid; margin: 14px 0; gap: 12px; }
    dl div { padding: 10px 14px; border: 1px solid #CFD7DD; border-radius: 4px; break-inside: avoid; }
    dt { color: #4A555E; font-size: 13px; line-height: 1.35; }
    dd { margin: 2px 0 0; }
    dd b { display: block; line-height: 1.3; }
    dd span { display: block; color: #5A646C; font-size: 12.5px; line-height: 1.35; }
    .headlines { grid-template-columns: repeat(4, 1fr); }
    .headlines div { border-top: 4px solid #0072B2; }
    .headlines b { font-size: 31px; color: #004B76; }
    .verdicts { grid-template-columns: repeat(4, 1fr); }
    .verdicts.n3 { grid-template-columns: repeat(3, 1fr); }
    .verdicts.n5 { grid-template-columns: repeat(5, 1fr); }
    .verdicts div { border-top: 5px solid #5A646C; }
    .verdicts .met { border-top-color: #0072B2; }
    .verdicts .missed { border-top: 5px double #D55E00; }
    .verdicts b { font-size: 31px; color: #00344F; }
    .verdicts strong { display: block; margin-top: 4px; font-size: 13.5px; line-height: 1.4; }
    .verdicts .missed strong { color: #A33F00; }
    .verdicts .met strong { color: #00527F; }
    .decision { margin: 14px 0; padding: 8px 16px 10px; border: 2px solid #00344F; border-radius: 4px; break-inside: avoid; }
    .decision h3 { margin: 0; font-size: 15px; color: #00344F; }
    .decision p { margin: 4px 0 0; font-size: 15.5px; }
    .figures { grid-template-columns: repeat(4, 1fr); }
    .figures b { font-size: 18px; }
    table { width: 100%; margin: 12px 0; border-collapse: collapse; font-size: 13.5px; line-height: 1.4; }
    caption { padding: 0 0 4px; text-align: left; font-weight: bold; color: #00344F; break-after: avoid; }
    th, td { padding: 5px 8px; border-bottom: 1px solid #DDE3E7; text-align: left; vertical-align: baseline; }
    thead th { border-bottom: 1.5px solid #4A555E; color: #3D4A54; font-size: 12.5px; vertical-align: bottom; }
    tbody th { min-width: 4.8em; font-weight: normal; }
    tfoot th, tfoot td { border-top: 1.5px solid #4A555E; border-bottom: none; font-weight: bold; }
    thead { display: table-header-group; }
    tfoot { display: table-row-group; }
    tr, .short { break-inside: avoid; }
    .n { text-align: right; white-space: nowrap; }
    thead .n { white-space: normal; }
    .d { width: 38%; font: 11px/1.35 ui-monospace, Consolas, "Noto Sans Mono", monospace; word-break: break-all; }
    th.d { font: inherit; font-weight: bold; }
    .t { overflow-wrap: break-word; }
    .bar { vertical-align: 0; }
    .v { display: inline-block; min-width: 4.4em; }
    .beside { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; align-items: start; }
    figure { margin: 12px 0; break-inside: avoid; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { margin-top: 4px; color: #4A555E; font-size: 13px; }
    footer { margin-top: 34px; padding-top: 8px; border-top: 1px solid #9AA5AD; color: #4A555E; font-size: 12.5px; }
    footer p { margin: 2px 0; }
    @media screen and (max-width: 820px) {
      body { padding: 20px 16px; }
      .headlines, .figures, .verdicts, .verdicts.n3, .verdicts.n5 { grid-template-columns: 1fr 1fr; }
      .beside { grid-template-columns: 1fr; }
      main { overflow-x: auto; }
    }
    @media print {
      html { background: none; }
      body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.4; }
      h1 { font-size: 19pt; }
      .promise { font-size: 11.5pt; }
      h2 { margin: 12pt 0 4pt; font-size: 12.5pt; }
      h2 + p { break-after: avoid; break-inside: avoid; }
      li { margin: 2pt 0; }
      p { margin: 5pt 0; }
      .sheet { break-before: page; padding-top: 1px; }
      .sheet h2 { margin-top: 0; }
      dl { gap: 5pt; margin: 6pt 0; }
      dl div { padding: 5pt 8pt; }
      dt { font-size: 8pt; }
      dd span { font-size: 8pt; }
      .headlines b { font-size: 20pt; }
      .verdicts b { font-size: 19pt; }
      .verdicts strong { font-size: 8.5pt; }
      .decision p, .decision h3 { font-size: 10pt; }
      .figures b { font-size: 11.5pt; }
      table { font-size: 8.5pt; margin: 6pt 0; }
      thead th { font-size: 8pt; }
      th, td { padding: 2.5pt 5pt; }
      .compact table { font-size: 8pt; line-height: 1.25; margin: 3pt 0; }
      .compact th, .compact td { padding: 1.2pt 4pt; }
      .compact figure { margin: 4pt 0; }
      .compact p { margin: 2pt 0; }
      .d { font-size: 6.5pt; }
      .note, figcaption { font-size: 8pt; }
      .beside { gap: 16pt; }
      footer { font-size: 8pt; break-inside: avoid; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
