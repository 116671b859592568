import CXLSXWriter
import Foundation

/// Writes sheets by libxlsxwriter, row by row, so that a sheet of a million rows is never in memory.
struct SpreadsheetExport {
  let sheets: [Sheet]
  let note: String?

  /// The rows below the headings that a sheet can have: 2^20 in all (ECMA-376, 18.3.1.73, as all programs read it).
  static let mostRows = 1_048_575

  /// How many rows are looked at for the width of a column.
  private static let rowsMeasured = 500
  private static let widest = 48

  /// - Parameter path: the file's name for people, where `work` is another.
  func write(to work: String, named path: String) throws(ExportError) {
    var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 1)
    guard let book = workbook_new_opt(work, &options) else {
      throw ExportError(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    cxlsx_set_properties(book, sheets.first?.name ?? "", note)
    let formats = Formats(book)
    var names: Set<String> = []
    for (number, sheet) in sheets.enumerated() {
      let name = Self.tabName(sheet.name, number: number + 1, taken: &names)
      guard let page = workbook_add_worksheet(book, name) else { continue }
      fill(page, with: sheet, formats)
    }
    let status = workbook_close(book)
    guard status == LXW_NO_ERROR else {
      throw ExportError(path: path, reason: String(cString: lxw_strerror(status)))
    }
  }

  private func fill(
    _ page: UnsafeMutablePointer<lxw_worksheet>, with sheet: Sheet, _ formats: Formats
  ) {
    let last = UInt16(clamping: max(sheet.columns.count - 1, 0))
    for (column, width) in widths(of: sheet).enumerated() {
      worksheet_set_column(
        page, UInt16(clamping: column), UInt16(clamping: column), width, formats[sheet.columns[column].kind])
    }
    worksheet_freeze_panes(page, 1, 0)
    // Printed across A4, as wide as the page, with the headings on each.
    worksheet_set_landscape(page)
    worksheet_set_paper(page, 9)
    worksheet_fit_to_pages(page, 1, 0)
    worksheet_repeat_rows(page, 0, 0)
    worksheet_autofilter(page, 0, 0, UInt32(clamping: sheet.count), last)
    for (column, heading) in sheet.columns.enumerated() {
      worksheet_write_string(page, 0, UInt16(clamping: column), heading.title, formats.heading)
    }
    for row in 0..<sheet.count {
      for (column, cell) in sheet.row(row).enumerated() {
        write(cell, page, UInt32(clamping: row + 1), UInt16(clamping: column), formats)
      }
    }
    if sheet.count > 0 {
      for (column, heading) in sheet.columns.enumerated() where heading.hasBars {
        let longest = heading.kind == .share ? 1.0 : 0
        _ = cxlsx_bars(page, 1, UInt16(clamping: column), UInt32(clamping: sheet.count), longest)
      }
    }
    // One row apart, so that filters and sorting leave it alone.
    if let note, sheet.count + 2 <= Self.mostRows {
      worksheet_write_string(page, UInt32(clamping: sheet.count + 2), 0, note, nil)
    }
  }

  private func write(
    _ cell: Sheet.Cell, _ page: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16,
    _ formats: Formats
  ) {
    switch cell {
    case .empty: break
    case .text(let text): worksheet_write_string(page, row, column, Self.fitting(text), nil)
    case .integer(let value): worksheet_write_number(page, row, column, Double(value), nil)
    case .decimal(let value):
      if value.isFinite { worksheet_write_number(page, row, column, value, nil) }
    case .fen(let value): worksheet_write_number(page, row, column, Double(value) / 100, nil)
    // A day is 1, so that hours and minutes can be added and averaged.
    case .seconds(let value): worksheet_write_number(page, row, column, Double(value) / 86_400, nil)
    case .day(let text):
      guard var day = Self.day(text) else {
        worksheet_write_string(page, row, column, Self.fitting(text), nil)
        return
      }
      worksheet_write_datetime(page, row, column, &day, formats[.day])
    }
  }

  /// A day in the range that spreadsheet programs count, from 1900 to 9999, and that the calendar has.
  static func day(_ text: String) -> lxw_datetime? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int32(parts[0]), (1900...9999).contains(year),
      let month = Int32(parts[1]), (1...12).contains(month), let day = Int32(parts[2])
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int32] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[Int(month) - 1]).contains(day) else { return nil }
    return lxw_datetime(year: year, month: month, day: day, hour: 0, min: 0, sec: 0)
  }

  /// The text, cut where a cell would be too small for it (32,767 units of UTF-16).
  static func fitting(_ text: String) -> String {
    guard text.utf16.count > 32_767 else { return text }
    var cut = ""
    var length = 0
    for character in text {
      length += character.utf16.count
      if length > 32_766 { break }
      cut.append(character)
    }
    return cut + "…"
  }

  /// A name that a tab can have: at most 31 units, none of `[]:*?/\`, no apostrophe at its ends, none twice.
  static func tabName(_ name: String, number: Int, taken: inout Set<String>) -> String {
    var tab = String(name.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline })
    while tab.utf16.count > 27 { tab.removeLast() }
    if tab.isEmpty { tab = "\(number)" }
    if !taken.insert(tab.lowercased()).inserted {
      tab += " \(number)"
      taken.insert(tab.lowercased())
    }
    return tab
  }

  private func widths(of sheet: Sheet) -> [Double] {
    // Room for the arrow of the filter.
    var widths = sheet.columns.map { Self.width(of: $0.title) + 3 }
    for row in 0..<min(sheet.count, Self.rowsMeasured) {
      for (column, cell) in sheet.row(row).enumerated() where column < widths.count {
        let width =
          switch cell {
          case .empty: 0
          case .text(let text): Self.width(of: text)
          case .integer(let value): "\(value)".count * 4 / 3
          case .decimal, .day, .seconds: 10
          case .fen(let value): "\(value)".count * 4 / 3 + 1
          }
        widths[column] = max(widths[column], width + 1)
      }
    }
    return widths.map { Double(min($0, Self.widest)) }
  }

  /// In digits: a Chinese character is as wide as two.
  private static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
  }
}

/// How the cells of a workbook look.
private struct Formats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let heading: Format?
  private let integer: Format?
  private let decimal: Format?
  private let share: Format?
  private let money: Format?
  private let day: Format?
  private let duration: Format?
  private let minutes: Format?

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    func format(_ number: String) -> Format? {
      let format = workbook_add_format(book)
      format_set_num_format(format, number)
      return format
    }
    heading = workbook_add_format(book)
    format_set_bold(heading)
    format_set_text_wrap(heading)
    format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    format_set_bg_color(heading, 0xDDEBF7)
    format_set_bottom(heading, UInt8(LXW_BORDER_THIN.rawValue))
    integer = format("#,##0")
    decimal = format("#,##0.0###")
    share = format("0.0%")
    money = format("#,##0.00")
    day = format("yyyy-mm-dd")
    duration = format("[h]:mm:ss")
    minutes = format("#,##0.00")
  }

  subscript(kind: Sheet.Kind) -> Format? {
    switch kind {
    case .text: nil
    case .integer: integer
    case .decimal: decimal
    case .share: share
    case .fen: money
    case .day: day
    case .duration: duration
    case .minutes: minutes
    }
  }
}
