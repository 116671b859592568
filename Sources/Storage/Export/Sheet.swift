import Words

/// One sheet of a workbook: headings, and rows of real numbers, dates and texts.
///
///     Sheet(
///       name: "未覆盖", columns: [.init("名称", .text), .init("户数", .integer)], count: 1,
///       row: { _ in [.text("北村"), .integer(120)] })
public struct Sheet {
  /// What a column holds, and so how it is shown.
  public enum Kind: Sendable {
    case text, integer, decimal
    /// A number of minutes, shown with two decimals: 601 seconds are not ten minutes.
    case minutes
    /// 0...1, shown in percent with a bar behind it.
    case share
    /// Money in fen, shown in yuan.
    case fen
    case day
    /// A time on the way, shown as hours, minutes and seconds.
    case duration
  }

  /// A heading and what stands below it.
  public struct Column: Sendable {
    /// The heading.
    public let title: String
    /// What stands below it.
    public let kind: Kind
    /// Whether bars stand behind the numbers: to 100 % behind shares, else to the greatest.
    public let hasBars: Bool

    /// A column under a heading; shares have bars in any case.
    public init(_ title: String, _ kind: Kind, hasBars: Bool = false) {
      (self.title, self.kind, self.hasBars) = (title, kind, hasBars || kind == .share)
    }
  }

  /// One cell.
  public enum Cell: Hashable, Sendable {
    case empty
    case text(String)
    case integer(Int)
    /// A number; one that is not finite becomes an empty cell.
    case decimal(Double)
    case fen(Int)
    /// A day as `2015-12-31`; what is no day stays a text.
    case day(String)
    /// A duration in whole seconds.
    case seconds(Int)
  }

  /// The sheet's name, as the tab shows it.
  public let name: String
  /// The columns, from left to right.
  public let columns: [Column]
  /// How many rows there are below the headings.
  public let count: Int
  /// The cells of a row, one for each column.
  public let row: (Int) -> [Cell]

  /// A sheet whose rows are asked for one by one, from the first on, some of them twice.
  public init(name: String, columns: [Column], count: Int, row: @escaping (Int) -> [Cell]) {
    (self.name, self.columns, self.count, self.row) = (name, columns, count, row)
  }
}

/// Writes sheets as one workbook for spreadsheet programs (Office Open XML, ISO/IEC 29500), whole or not at all.
///
/// Headings are bold, stay in sight and have filters; columns are as wide as what stands in them; shares have bars. Texts are
/// never run as formulas. The same sheets make the same bytes.
///
/// - Parameters:
///   - note: said in the file's properties and in a line below each table, for data that are made up.
/// - Throws: where the file cannot be written, or a sheet has more rows than spreadsheet programs read (1,048,575 and the headings).
/// - Complexity: O(cells) time; memory does not grow with the rows.
public func writeWorkbook(_ sheets: [Sheet], note: String? = nil, to path: String) throws(ExportError) {
  for sheet in sheets where sheet.count > SpreadsheetExport.mostRows {
    throw ExportError(
      path: path,
      reason:
        "\(sheet.name): \(Figures.whole(sheet.count)) rows; a sheet holds \(Figures.whole(SpreadsheetExport.mostRows)), csv and gpkg hold all"
    )
  }
  try replaceFile(at: path) { work throws(ExportError) in
    try SpreadsheetExport(sheets: sheets, note: note).write(to: work, named: path)
  }
}
