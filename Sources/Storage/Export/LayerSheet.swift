import Planning
public import Words

extension Sheet {
  /// A layer as a sheet: headings and words in `language`, positions as longitude and latitude. Polygons do not go into cells.
  ///
  /// - Precondition: the layer is not `circles`.
  public init(
    _ layer: ExportLayer, _ contents: ExportContents, datum: ExportDatum = .wgs84, in language: Language
  ) {
    precondition(layer != .circles, "a sheet has no polygons; expected another layer")
    let table = ExportTable(layer, contents.network, contents.coverage, [], nil, contents.plan)
    let positions = PositionWriter(datum: datum)
    let kinds = table.kinds
    var columns = zip(table.columns, kinds).map { column, kind in
      column == "seconds"
        ? Column(Bilingual(en: "Minutes to nearest", zh: "到最近网点（分钟）")[language], .minutes, hasBars: true)
        : Column(
          ColumnWord(rawValue: column)?[language] ?? column, kind.sheetKind, hasBars: column == "gain")
    }
    columns.append(Column(ColumnWord.longitude[language], .decimal))
    columns.append(Column(ColumnWord.latitude[language], .decimal))
    if datum != .wgs84 { columns.append(Column(ColumnWord.datum[language], .text)) }
    self.init(name: layer.title(in: language), columns: columns, count: table.count) { row in
      var cells = table.values(row).enumerated().map { column, value in
        Cell(value, kinds[column], column: table.columns[column], language)
      }
      if case .point(let coordinate) = table.shape(row) {
        let position = positions.position(coordinate)
        cells += [.decimal(Double(position.x) / 1e7), .decimal(Double(position.y) / 1e7)]
      }
      if datum != .wgs84 { cells.append(.text(datum.rawValue)) }
      return cells
    }
  }
}

extension Sheet.Cell {
  fileprivate init(_ value: ExportTable.Value, _ kind: ExportColumn, column: String, _ language: Language) {
    switch value {
    case .null: self = .empty
    case .int(let value) where column == "seconds": self = .decimal(Double(value) / 60)
    case .bool(let value): self = .text(Bilingual(en: value ? "yes" : "no", zh: value ? "是" : "否")[language])
    case .int(let value): self = .integer(value)
    case .double(let value): self = .decimal(value)
    case .fen(let value): self = .fen(value)
    case .text(let value):
      self = kind == .day ? .day(value) : .text(ExportWords.text(value, column: column, in: language))
    }
  }
}

extension ExportColumn {
  fileprivate var sheetKind: Sheet.Kind {
    switch self {
    case .text, .boolean: .text
    case .integer: .integer
    case .real: .decimal
    case .yuan: .fen
    case .share: .share
    case .day: .day
    }
  }
}
