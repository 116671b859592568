/// How much room text takes on paper, estimated: ideographs are as wide as high, other letters a little over half.
enum TextMeasure {
  /// How many lines `text` takes in a column.
  ///
  /// - Parameters:
  ///   - size: the height of the letters, in tenths of a millimeter.
  ///   - width: the width of the column, in tenths of a millimeter.
  static func lines(of text: String, size: Int, width: Int) -> Int {
    let tenths = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? size * 10 : size * 11 / 2) }
    return max(1, (tenths + width * 10 - 1) / max(1, width * 10))
  }
}
