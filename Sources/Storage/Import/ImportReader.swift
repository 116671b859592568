/// Reads a file of one kind from its first byte to its last, row by row.
///
///     let reading = try readFile(.places, path: "villages.csv") { problem in
///       print(problem.sentence[.english])
///     } row: { row, line in
///       guard case .place(let place) = row else { return }
///       try insert(place)
///     }
///     reading.rowsRead  // 551
///
/// CSV for every kind but boundaries; GeoJSON and GeoPackage for places, points, candidates (points) and boundaries
/// (polygons). Which of the three a file is, is judged by its bytes, never by its name. Anything that is not a regular
/// file (a pipe, `/dev/stdin`) is first copied to a temporary file, because it is read more than once.
///
/// Rows come in the order of the file; all problems of a row come together, and a row with a problem is not handed on.
/// Ids that occur twice and references to unknown ids are left to the caller, who knows the atlas.
///
/// - Parameters:
///   - path: the file, absolute or relative to the working directory; problems name it by these words.
///   - report: called with every problem of a row. What it throws ends the reading and is thrown on.
///   - row: called with every good row and the line it starts on (its feature id in a GeoPackage). What it throws ends
///     the reading and is thrown on. A later refusal of the whole file may follow rows: keep them in a transaction.
/// - Throws: `ImportError` when nothing of the file can be used: missing, unreadable, or refused as a whole.
/// - Complexity: O(bytes); memory for CSV does not grow with the file, for the others with the largest feature.
func readFile(
  _ kind: ImportKind, path: String, options: ImportOptions = ImportOptions(),
  report: (ImportProblem) throws -> Void, row: (ImportRow, _ line: Int) throws -> Void
) throws -> ImportReading {
  let source = try SourceFile(path: path, options: options)
  do {
    return try withoutActuallyEscaping(report) { report in
      let reader = RowReader(kind, file: path, datum: options.datum) { problem in
        do { try report(problem) } catch { throw CallersError(error: error) }
      }
      func handOn(_ value: ImportRow, _ line: Int) throws {
        do { try row(value, line) } catch { throw CallersError(error: error) }
      }
      switch source.format {
      case .csv: return try readCSV(reader, source, row: handOn)
      case .geoJSON: return try readGeoJSON(reader, source, row: handOn)
      case .geoPackage: return try readGeoPackage(reader, source, row: handOn)
      }
    }
  } catch let error as CallersError {
    throw error.error
  }
}

/// What a caller's closure threw, in a wrapper: its database error must not be taken for damage of the file.
private struct CallersError: Error {
  let error: any Error
}
