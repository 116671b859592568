import Foundation

/// The middle of the values: of two in the middle their mean. `nil` where there is none.
///
/// - Complexity: O(*n* log *n*).
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The spread of the values around `center`: 1.4826 times the median of the absolute differences, which for a bell curve
/// is the standard deviation (Hampel 1974). 0 where there is none.
func robustSpread(_ values: [Double], around center: Double) -> Double {
  1.4826 * (median(values.map { abs($0 - center) }) ?? 0)
}
