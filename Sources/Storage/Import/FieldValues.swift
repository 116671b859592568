import Foundation
import Words

/// The bytes of one field, UTF-8, without spaces around them.
typealias FieldBytes = UnsafeBufferPointer<UInt8>

// Strict readers of single values: each takes all of a field or returns nil.
extension FieldBytes {
  /// The field without blank characters at its ends: ASCII blanks, U+00A0 and U+3000 (the full-width space).
  var trimmed: FieldBytes {
    var first = 0
    var last = count
    while first < last {
      if isBlankByte(self[first]) {
        first += 1
      } else if self[first] == 0xC2, first + 1 < last, self[first + 1] == 0xA0 {
        first += 2
      } else if isFullWidthSpace(at: first, before: last) {
        first += 3
      } else {
        break
      }
    }
    while last > first {
      if isBlankByte(self[last - 1]) {
        last -= 1
      } else if last - 2 >= first, self[last - 2] == 0xC2, self[last - 1] == 0xA0 {
        last -= 2
      } else if last - 3 >= first, isFullWidthSpace(at: last - 3, before: last) {
        last -= 3
      } else {
        break
      }
    }
    return FieldBytes(rebasing: self[first..<last])
  }

  private func isFullWidthSpace(at i: Int, before last: Int) -> Bool {
    i + 2 < last && self[i] == 0xE3 && self[i + 1] == 0x80 && self[i + 2] == 0x80
  }

  /// The field as text.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Digits only, at most 18 of them.
  var wholeNumber: Int? {
    guard count > 0, count <= 18 else { return nil }
    var value = 0
    for byte in self {
      guard let digit = digitValue(byte) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Yuan with at most two decimals, at most 12 digits before them, as whole fen; no floating point is involved.
  var fen: Int? {
    let point = firstIndex(of: UInt8(ascii: ".")) ?? count
    guard (1...12).contains(point), let yuan = FieldBytes(rebasing: self[..<point]).wholeNumber else {
      return nil
    }
    let decimals = FieldBytes(rebasing: self[Swift.min(point + 1, count)...])
    switch decimals.count {
    case 0: return point == count ? yuan * 100 : nil
    case 1: return decimals.wholeNumber.map { yuan * 100 + $0 * 10 }
    case 2: return decimals.wholeNumber.map { yuan * 100 + $0 }
    default: return nil
    }
  }

  /// A finite decimal number such as `-12.5`, `.5` or `1.2e2`, correctly rounded.
  ///
  /// Digits that make a whole number below 2^53 are divided by a power of ten up to 10^22: both are exact, so the
  /// one rounding is the right one (Clinger 1990, "How to Read Floating Point Numbers Accurately"). Everything else goes
  /// to the standard library.
  var decimal: Double? {
    var i = 0
    var isNegative = false
    if i < count, self[i] == UInt8(ascii: "-") || self[i] == UInt8(ascii: "+") {
      isNegative = self[i] == UInt8(ascii: "-")
      i += 1
    }
    var digits: UInt64 = 0
    var digitCount = 0
    var decimals = 0
    var hasPoint = false
    while i < count {
      if let digit = digitValue(self[i]) {
        // Past 19 digits the value is not used; wrapping keeps it from trapping.
        digits = digits &* 10 &+ UInt64(digit)
        digitCount += 1
        if hasPoint { decimals += 1 }
      } else if self[i] == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      i += 1
    }
    guard digitCount > 0, count <= 400 else { return nil }
    if i == count, digitCount <= 19, digits <= 1 << 53, decimals <= 22 {
      let value = Double(digits) / powersOfTen[decimals]
      return isNegative ? -value : value
    }
    guard i == count || hasExponent(from: i), let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private func hasExponent(from start: Int) -> Bool {
    guard self[start] | 0x20 == UInt8(ascii: "e") else { return false }
    var digits = self[(start + 1)...]
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      digits = digits.dropFirst()
    }
    return !digits.isEmpty && digits.allSatisfy { digitValue($0) != nil }
  }

  /// Whether this is a day of the Gregorian calendar written `YYYY-MM-DD`.
  var isDate: Bool {
    guard count == 10, self[7] == UInt8(ascii: "-"), FieldBytes(rebasing: self[..<7]).isMonth,
      let year = FieldBytes(rebasing: self[..<4]).wholeNumber,
      let month = FieldBytes(rebasing: self[5..<7]).wholeNumber,
      let day = FieldBytes(rebasing: self[8...]).wholeNumber
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// Whether this is a month written `YYYY-MM`, from year 1 on.
  var isMonth: Bool {
    guard count == 7, self[4] == UInt8(ascii: "-"), let year = FieldBytes(rebasing: self[..<4]).wholeNumber,
      let month = FieldBytes(rebasing: self[5...]).wholeNumber
    else { return false }
    return year >= 1 && (1...12).contains(month)
  }

  /// What people write that looks like a number to them, named so that they can find it.
  var numberAdvice: Bilingual? {
    let scalars = text.unicodeScalars
    if scalars.contains(where: { ("０"..."９").contains($0) || $0 == "．" || $0 == "－" }) {
      return Bilingual(en: " in half-width digits", zh: ",并用半角数字")
    }
    if scalars.contains(where: { $0 == "," || $0 == "，" }) {
      return Bilingual(en: " with a decimal point and no commas", zh: ",小数点用“.”,不含逗号")
    }
    return nil
  }
}

private func digitValue(_ byte: UInt8) -> Int? {
  let digit = byte &- UInt8(ascii: "0")
  return digit <= 9 ? Int(digit) : nil
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
  1e19, 1e20,
  1e21, 1e22,
]
