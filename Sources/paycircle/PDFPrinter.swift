import Foundation
import Words

/// Prints HTML files to PDF through a browser of the Chromium family, where there is one.
///
/// A PDF carries the time of its making and is not the same bytes twice; the HTML is what is compared.
struct PDFPrinter {
  /// The names under which the browser is known.
  static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
  ]
  /// A page that has not been printed by then never will be.
  static let longestSeconds = 900.0

  private let browser: OutsideProgram
  private let language: Language

  /// Finds the browser on the `PATH`.
  ///
  /// - Throws: `Failure` with status 73 where there is none: the PDF cannot be written.
  init(_ language: Language) throws(Failure) {
    self.language = language
    guard let found = OutsideProgram(named: Self.names) else {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(
          en:
            "PDF: no browser found on the PATH; expected \(Self.names.joined(separator: ", ")). The HTML is written: "
            + "open it in any browser and print it",
          zh: "PDF:PATH 中没有浏览器;应有 \(Self.names.joined(separator: "、")) 之一。HTML 已写好,可用任意浏览器打开并打印"),
        language: language)
    }
    browser = found
  }

  /// The PDF that belongs to an HTML file: the same name with another ending.
  static func path(beside html: String) -> String {
    (html.hasSuffix(".html") ? String(html.dropLast(5)) : html) + ".pdf"
  }

  /// Prints `html` to `pdf`, whole or not at all: page sizes are the style sheet's, headings become bookmarks.
  func print(_ html: String, to pdf: String) throws {
    let page = URL(fileURLWithPath: html).absoluteString
    do {
      try browser.write(pdf, within: Self.longestSeconds) { work, scratch in
        var arguments = [
          "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
          "--disable-background-networking",
          "--user-data-dir=\(scratch)", "--no-pdf-header-footer", "--generate-pdf-document-outline",
          "--export-tagged-pdf", "--print-to-pdf=\(work)",
        ]
        // Root has no name space of its own to be put into, and what is opened is our own page, which runs nothing.
        if geteuid() == 0 { arguments.append("--no-sandbox") }
        return arguments + [page]
      }
    } catch let trouble as OutsideProgram.Trouble {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(
          en: "\(pdf): cannot be written: \(trouble.reason[.english]). The HTML is written",
          zh: "\(pdf):无法写入:\(trouble.reason[.chinese])。HTML 已写好"),
        language: language)
    }
  }
}
