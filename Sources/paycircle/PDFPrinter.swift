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

  private let browser: String
  private let language: Language

  /// Finds the browser on the `PATH`.
  ///
  /// - Throws: `Failure` with status 73 where there is none: the PDF cannot be written.
  init(_ language: Language) throws(Failure) {
    self.language = language
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let paths: [String] = Self.names.flatMap { name in folders.map { "\($0)/\(name)" } }
    let found = paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
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
  func print(_ html: String, to pdf: String) throws(Failure) {
    let folder = NSTemporaryDirectory() + "paycircle-pdf-\(UUID().uuidString)"
    let page = URL(fileURLWithPath: html).absoluteString
    let target = URL(fileURLWithPath: pdf)
    let work = target.deletingLastPathComponent().appendingPathComponent(
      ".\(target.lastPathComponent).\(getpid()).paycircle-new.pdf")
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw failure(pdf, Bilingual(en: "no temporary folder", zh: "无法建立临时文件夹"))
    }
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      unlink(work.path)
    }
    var arguments = [
      "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
      "--disable-background-networking",
      "--user-data-dir=\(folder)", "--no-pdf-header-footer", "--generate-pdf-document-outline",
      "--export-tagged-pdf", "--print-to-pdf=\(work.path)",
    ]
    // Root has no name space of its own to be put into, and what is opened is our own page, which runs nothing.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    let status = run(arguments + [page])
    guard status == 0, access(work.path, R_OK) == 0 else {
      let name = (browser as NSString).lastPathComponent
      throw failure(
        pdf,
        status.map { Bilingual(en: "\(name) ended with status \($0)", zh: "\(name) 退出状态为 \($0)") }
          ?? Bilingual(en: "\(name) did not end", zh: "\(name) 未能结束"))
    }
    guard rename(work.path, target.path) == 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw failure(pdf, Bilingual(en: reason, zh: reason))
    }
  }

  private func failure(_ pdf: String, _ reason: Bilingual) -> Failure {
    Failure(
      status: .cannotWrite,
      sentence: Bilingual(
        en: "\(pdf): cannot be written: \(reason[.english]). The HTML is written",
        zh: "\(pdf):无法写入:\(reason[.chinese])。HTML 已写好"),
      language: language)
  }

  /// Runs the browser to its end; `nil` where it does not start or does not end.
  private func run(_ arguments: [String]) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: browser)
    process.arguments = arguments
    // What browsers say there is about themselves.
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      return nil
    }
    guard ended.wait(timeout: .now() + Self.longestSeconds) == .success else {
      process.terminate()
      return nil
    }
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }
}
