/// One file of the sample county.
struct SampleFile {
  let name: String
  let text: String

  init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// A table as RFC 4180 says, with line feeds, in UTF-8 without a byte-order mark.
  init(name: String, header: String, rows: [[String]]) {
    let lines = rows.map { row in row.map(quoted).joined(separator: ",") + "\n" }
    self.init(name: name, text: header + "\n" + lines.joined())
  }
}

/// `field` with quotes around it where RFC 4180 wants them.
private func quoted(_ field: String) -> String {
  guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
  return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}

/// `value` divided by ten to the power `places`, written with that many decimals.
///
///     decimal(-5, places: 2)  // "-0.05"
func decimal(_ value: Int, places: Int) -> String {
  let digits = String(value.magnitude)
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return (value < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
}

/// `number` in decimal with zeros in front, `width` digits wide.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A day as files write it.
func date(_ year: Int, _ month: Int, _ day: Int) -> String {
  "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
}
