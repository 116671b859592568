/// A sum of products of whole numbers at least 0, exact however large it gets: two words.
///
/// Whole sums do not depend on any order, so a sum that was added to and taken from equals one made anew.
struct WholeSum: Hashable, Sendable {
  private var high: UInt = 0
  private var low: UInt = 0

  /// Nothing.
  init() {}

  /// Adds `a` × `b`.
  ///
  /// - Precondition: both are at least 0.
  mutating func add(_ a: Int, times b: Int) {
    let product = UInt(a).multipliedFullWidth(by: UInt(b))
    let sum = low.addingReportingOverflow(product.low)
    low = sum.partialValue
    high &+= product.high &+ (sum.overflow ? 1 : 0)
  }

  /// Takes `a` × `b` away, which were added before.
  mutating func subtract(_ a: Int, times b: Int) {
    let product = UInt(a).multipliedFullWidth(by: UInt(b))
    let difference = low.subtractingReportingOverflow(product.low)
    low = difference.partialValue
    high &-= product.high &+ (difference.overflow ? 1 : 0)
  }

  /// The sum as a floating-point number: exact up to 2⁵³, rounded beyond.
  var value: Double { Double(high) * 0x1p64 + Double(low) }
}
