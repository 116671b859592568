/// What a value in the atlas can be at most, wherever it comes from.
///
/// The bounds are far beyond any county, and low enough that sums over millions of rows fit in 64 bits.
enum StoredRange {
  /// Customers of one place. A million places, times the seconds of a day, fit.
  static let customers = 0...10_000_000
  /// Payments of one point in one month.
  static let payments = 0...10_000_000
  /// Money in fen: ten billion yuan. Nine million rows of it fit.
  static let fen = 0...1_000_000_000_000
}
