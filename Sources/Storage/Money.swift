/// Money on its way in and out of files: whole fen inside, yuan with two decimals outside.
enum Money {
  /// Whole fen as yuan with two decimals, such as `12.05`.
  static func yuan(fen: Int) -> String {
    let cents = fen.magnitude % 100
    return (fen < 0 ? "-" : "") + "\(fen.magnitude / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
  }
}
