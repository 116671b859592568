/// The style sheet of charts of where to pay: each sheet is a page of A4, each poster one of A3 across.
enum GuideStyle {
  /// The rules, with a running title at the foot of the pages of each township.
  ///
  /// - Parameter titles: by township, in the order of their numbers in the class names `t0`, `t1` ...
  static func sheet(titles: [String]) -> String {
    var text = rules
    for (number, title) in titles.enumerated() {
      // Written into a CSS string inside a style element: nothing in it may end either.
      let quoted = title.filter { !"\\\"<&\n\r\u{C}".contains($0) }
      let margin = """
        @bottom-left { content: "\(quoted)"; font: 8pt \(fonts); color: #555; }
        @bottom-right { content: counter(page) " / " counter(pages); font: 8pt \(fonts); color: #555; }
        """
      text += """
        @page t\(number) { size: A4; margin: 11mm 12mm 14mm; \(margin) }
        @page w\(number) { size: A3 landscape; margin: 11mm 12mm 14mm; \(margin) }
        .t\(number) { page: t\(number); } .w\(number) { page: w\(number); }

        """
    }
    return text
  }

  private static let fonts =
    #""Microsoft YaHei","PingFang SC","Noto Sans CJK SC","WenQuanYi Zen Hei",sans-serif"#

  private static let rules = """

    * { box-sizing: border-box; }
    html { background: #E9ECEF; }
    body { margin: 0; color: #14181B; font: 9.5pt/1.35 \(fonts); font-variant-numeric: tabular-nums;
      line-break: strict; }
    h1, h2, h3, p { margin: 0; }
    nav, .page { background: #fff; margin: 8mm auto; box-shadow: 0 1px 4px #0003; }
    nav { width: 210mm; padding: 11mm 12mm; }
    nav ul { margin: 4mm 0 0; padding: 0; list-style: none; columns: 3; column-gap: 8mm; }
    nav li { break-inside: avoid; }
    nav a { display: inline-block; padding: 1mm 0; line-height: 1.4; min-height: 24px; min-width: 24px; color: #004B76; }
    nav table { margin-top: 4mm; }
    nav .warning { margin-top: 3mm; padding: 1.5mm 3mm; border-left: 1.2mm solid #D55E00; background: #FDF1E8; }
    .page { display: flex; flex-direction: column; overflow: hidden; }
    .sheet { width: 210mm; height: 297mm; padding: 11mm 12mm 14mm; }
    .poster { width: 420mm; height: 297mm; padding: 11mm 12mm 14mm; }
    .head { display: flex; align-items: flex-end; justify-content: space-between; gap: 6mm; padding-bottom: 2mm;
      border-bottom: 1mm solid #004B76; }
    .head h1, .head h2 { font-size: 21pt; line-height: 1.2; color: #00344F; }
    .head p { color: #3D4A54; font-size: 11pt; }
    .head .of { white-space: nowrap; text-align: right; }
    .made { font-weight: bold; color: #A33F00; }
    table { width: 100%; border-collapse: collapse; }
    th, td { padding: .8mm 1.5mm; border-bottom: .2mm solid #CBD3D8; text-align: left; vertical-align: middle; }
    thead th { border-bottom: .4mm solid #3D4A54; color: #3D4A54; font-size: 8.5pt; vertical-align: bottom; }
    tbody th { font-weight: normal; }
    .c { text-align: center; }
    .ways { table-layout: fixed; margin-top: 2mm; }
    .ways b { font-size: 10.5pt; }
    .ways small { display: block; color: #4A555E; font-size: 8.5pt; }
    .ways .n { width: 10mm; } .ways .p { width: 51mm; } .ways .m { width: 28mm; } .ways .t { width: 20mm; }
    .ways .d { width: 33mm; } .ways td, .ways th { overflow-wrap: anywhere; }
    .t b { font-size: 13pt; }
    .dense .ways { font-size: 8pt; line-height: 1.25; }
    .dense .ways b { font-size: 9pt; }
    .dense .ways small { display: inline; font-size: 7.5pt; white-space: nowrap; }
    .dense .ways .t small { display: block; }
    .dense .t b { font-size: 11pt; }
    .dense .ways td, .dense .ways th { padding: .5mm 1.5mm; }
    .disk { display: inline-block; min-width: 5.4mm; height: 5.4mm; border-radius: 2.7mm; background: #222; color: #fff;
      font-weight: bold; line-height: 5.4mm; text-align: center; }
    .sign { width: 4mm; height: 4mm; vertical-align: -.7mm; margin-right: 1mm; }
    figure { flex: 1 1 0; min-height: 0; margin: 2.5mm 0; }
    figure svg { display: block; width: 100%; height: 100%; }
    .home { margin-bottom: 2mm; }
    .home h2, .home h3 { font-size: 10.5pt; color: #00344F; }
    .two { display: flex; gap: 6mm; }
    .two table { font-size: 8.5pt; line-height: 1.25; flex: 1 1 0; }
    .two td, .two th { padding: .4mm 1.5mm; }
    .foot { border-top: .3mm solid #7C878E; padding-top: 1mm; color: #4A555E; font-size: 7.5pt; line-height: 1.35; }
    .none { margin: 6mm 0; font-size: 14pt; }
    .large .head h2 { font-size: 32pt; }
    .large .head p { font-size: 15pt; }
    .large .ways { font-size: 14pt; line-height: 1.25; }
    .large thead th { font-size: 12pt; }
    .large .ways b { font-size: 17pt; }
    .large .ways small { font-size: 12.5pt; color: #222; }
    .large .ways .n { width: 13mm; } .large .ways .p { width: 73mm; } .large .ways .t { width: 36mm; }
    .large .ways .d { width: 64mm; }
    .large .t b { font-size: 24pt; }
    .large .disk { min-width: 9mm; height: 9mm; border-radius: 4.5mm; line-height: 9mm; }
    .large .sign { width: 6mm; height: 6mm; }
    .large .home { font-size: 14pt; line-height: 1.35; }
    .large .home h2, .large .home h3 { font-size: 15pt; }
    .large .foot { font-size: 9pt; }
    .wall { flex: 1 1 0; min-height: 0; display: flex; gap: 6mm; padding-top: 2.5mm; }
    .wall figure { margin: 0; }
    .wall .map { flex: 0 0 224mm; display: flex; flex-direction: column; }
    .wall .list { flex: 1 1 0; min-width: 0; max-width: 195mm; }
    .nb { white-space: nowrap; }
    .list table { line-height: 1.22; table-layout: fixed; }
    .z80 { font-size: 8pt; } .z95 { font-size: 9.5pt; } .z110 { font-size: 11pt; }
    .list td, .list th { padding: .12em .35em; }
    .list .n { width: 9mm; } .list .p { width: 48mm; } .list .m { width: 43mm; }
    .list .disk { min-width: 5mm; height: 3.6mm; line-height: 3.6mm; font-size: 7.5pt; }
    .list .kind th { padding-top: .4em; font-weight: bold; color: #00344F; border-bottom: .3mm solid #3D4A54; }
    @media screen and (max-width: 820px) {
      nav, .page { width: auto; height: auto; margin: 0 0 4mm; padding: 4mm; }
      nav ul { columns: 1; }
      .head, .wall, .two { flex-wrap: wrap; }
      .wall .map { flex-basis: 100%; }
      .ways, .list table { table-layout: auto; }
      figure { flex: none; }
      figure svg { height: auto; }
    }
    @media print {
      html { background: none; }
      nav { display: none; }
      .page { margin: 0; padding: 0; box-shadow: none; break-after: page; }
      .page:last-child { break-after: auto; }
      .sheet { width: auto; height: 271.5mm; }
      .poster { width: auto; height: 271.5mm; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
