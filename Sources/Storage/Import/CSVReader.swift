import Foundation
import Words

/// Records of comma-separated values, one after the other, strictly by RFC 4180.
///
///     let reader = try CSVReader(TextStream(source))
///     while try reader.next() {
///       for i in 0..<reader.fieldCount { use(reader.field(i)) }
///     }
///
/// A record ends with LF, CR LF or CR. Fields in quotes may hold delimiters and line breaks, and a quote written twice.
/// A quote inside a field that does not begin with one, or text behind a closing quote, makes the record malformed; it
/// then ends with its line, so one bad row does not take the next along.
///
/// Memory is two blocks, whatever the file; a record is at most one block long.
final class CSVReader {
  /// What separates fields: a comma, unless the first line with text has none and has tabs, or else semicolons.
  private(set) var delimiter = UInt8(ascii: ",")
  /// The line the record begins on, the first being 1.
  private(set) var line = 1
  /// How many fields the record has.
  private(set) var fieldCount = 0
  /// What is wrong with the record's quotes; its fields are then of no use.
  private(set) var flaw: Flaw?

  /// What is wrong with a record's quotes.
  enum Flaw {
    /// A quote inside a field that does not begin with one.
    case quoteInside
    /// Text between a closing quote and the next delimiter.
    case textAfterQuote
  }

  /// Records with more fields are counted right, but only this many can be looked at.
  static let mostFields = 4_096

  private struct Field {
    var start: Int32
    var end: Int32
    var isQuoted: Bool
  }

  private let stream: TextStream
  private let bytes: UnsafeMutablePointer<UInt8>
  private let fields: UnsafeMutablePointer<Field>
  /// 1 for the bytes that end a run of ordinary ones: delimiter, quote, CR, LF.
  private let isSpecial: UnsafeMutablePointer<Bool>
  private let capacity = 2 * SourceFile.blockSize
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var nextLine = 1

  private let quote = UInt8(ascii: "\"")
  private let feed: UInt8 = 0x0A
  private let carriage: UInt8 = 0x0D

  /// Reads the first block and finds the delimiter.
  init(_ stream: TextStream) throws {
    self.stream = stream
    // One byte more: the line feed behind the last byte that ends every search without a test of the end.
    bytes = .allocate(capacity: capacity + 1)
    fields = .allocate(capacity: Self.mostFields)
    isSpecial = .allocate(capacity: 256)
    isSpecial.initialize(repeating: false, count: 256)
    try fill()
    delimiter = findDelimiter()
    for byte in [delimiter, quote, feed, carriage] { isSpecial[Int(byte)] = true }
  }

  deinit {
    bytes.deallocate()
    fields.deallocate()
    isSpecial.deallocate()
  }

  /// Field `i` of the record, without its quotes, until the next call of `next()`.
  func field(_ i: Int) -> UnsafeBufferPointer<UInt8> {
    let field = fields[i]
    return UnsafeBufferPointer(start: bytes + Int(field.start), count: Int(field.end - field.start))
  }

  /// Goes to the next record; `false` at the end. A blank line is a record of one empty field.
  ///
  /// - Throws: `ImportError.refused` for a quote that is never closed and a record longer than a block.
  /// - Complexity: O(bytes of the record).
  func next() throws -> Bool {
    line = nextLine
    while true {
      switch scan() {
      case .record(let next):
        finishRecord(endingAt: next)
        start = next
        return true
      case .end: return false
      case .unclosedQuote(let position):
        throw ImportError.refused(
          ImportProblem(
            file: stream.source.name, line: line + lineBreaks(start, position),
            found: .words(en: "the quote that opens here is never closed", zh: "此处开始的引号没有闭合"),
            expected: Bilingual(en: "a closing quote", zh: "有闭合的引号")))
      case .unfinished:
        guard end - start <= SourceFile.blockSize else {
          throw ImportError.refused(.recordTooLong(file: stream.source.name, line: line))
        }
        memmove(bytes, bytes + start, end - start)
        end -= start
        start = 0
        try fill()
      }
    }
  }

  // MARK: - Scanning

  private enum Scan {
    /// A whole record; the next begins there.
    case record(next: Int)
    /// The buffer ends before the record does.
    case unfinished
    case unclosedQuote(at: Int)
    case end
  }

  private func scan() -> Scan {
    if start == end { return isAtEnd ? .end : .unfinished }
    flaw = nil
    var count = 0
    var position = start
    while true {
      let fieldStart = position
      let isQuoted = bytes[position] == quote && position < end
      var contentStart = fieldStart
      var contentEnd = fieldStart
      if isQuoted {
        contentStart += 1
        switch closingQuote(from: contentStart) {
        case .found(let closing):
          contentEnd = closing
          position = closing + 1
        case .bufferEnds: return isAtEnd ? .unclosedQuote(at: fieldStart) : .unfinished
        }
      } else {
        while !isSpecial[Int(bytes[position])] { position += 1 }
        contentEnd = position
      }
      if count < Self.mostFields {
        fields[count] = Field(start: Int32(contentStart), end: Int32(contentEnd), isQuoted: isQuoted)
      }
      count += 1

      if position >= end {
        guard isAtEnd else { return .unfinished }
        fieldCount = count
        return .record(next: end)
      }
      switch bytes[position] {
      case delimiter: position += 1
      case feed:
        fieldCount = count
        return .record(next: position + 1)
      case carriage:
        if position + 1 == end, !isAtEnd { return .unfinished }
        fieldCount = count
        return .record(next: position + 1 < end && bytes[position + 1] == feed ? position + 2 : position + 1)
      default:
        flaw = isQuoted ? .textAfterQuote : .quoteInside
        return lineEnd(from: position)
      }
    }
  }

  private enum Closing {
    case found(Int)
    case bufferEnds
  }

  private func closingQuote(from first: Int) -> Closing {
    var position = first
    while true {
      guard let hit = memchr(bytes + position, Int32(quote), end - position) else { return .bufferEnds }
      position = UnsafeRawPointer(hit) - UnsafeRawPointer(bytes)
      // At the border of a block the next byte decides, and it is not here yet.
      if position + 1 == end { return isAtEnd ? .found(position) : .bufferEnds }
      guard bytes[position + 1] == quote else { return .found(position) }
      position += 2
    }
  }

  private func lineEnd(from first: Int) -> Scan {
    var position = first
    while position < end {
      if bytes[position] == feed { return .record(next: position + 1) }
      if bytes[position] == carriage {
        if position + 1 == end, !isAtEnd { return .unfinished }
        return .record(next: position + 1 < end && bytes[position + 1] == feed ? position + 2 : position + 1)
      }
      position += 1
    }
    return isAtEnd ? .record(next: end) : .unfinished
  }

  /// Takes doubled quotes apart, in place, and counts lines, now that the record is known to be whole.
  private func finishRecord(endingAt next: Int) {
    guard flaw == nil else {
      nextLine = line + lineBreaks(start, next)
      return
    }
    nextLine = line + 1
    for i in 0..<min(fieldCount, Self.mostFields) where fields[i].isQuoted {
      let first = Int(fields[i].start)
      let last = Int(fields[i].end)
      nextLine += lineBreaks(first, last)
      guard memchr(bytes + first, Int32(quote), last - first) != nil else { continue }
      var write = first
      var read = first
      while read < last {
        let byte = bytes[read]
        bytes[write] = byte
        read += byte == quote ? 2 : 1
        write += 1
      }
      fields[i].end = Int32(write)
    }
  }

  private func lineBreaks(_ first: Int, _ last: Int) -> Int {
    var counter = LineCounter()
    counter.update(UnsafeRawBufferPointer(start: bytes + first, count: last - first))
    return counter.line - 1
  }

  // MARK: - Filling

  private func fill() throws {
    while end < capacity, !isAtEnd {
      let room = UnsafeMutableRawBufferPointer(
        start: bytes + end, count: min(capacity - end, SourceFile.blockSize))
      // The decoder of GB18030 wants room for whole characters.
      guard room.count >= 16 else { break }
      let count = try stream.read(into: room)
      isAtEnd = count == 0
      end += count
      if end - start >= SourceFile.blockSize { break }
    }
    bytes[end] = feed
  }

  private func findDelimiter() -> UInt8 {
    var isInQuotes = false
    var hasTab = false
    var hasSemicolon = false
    var hasText = false
    for position in 0..<end {
      let byte = bytes[position]
      if byte == quote { isInQuotes.toggle() }
      if byte != quote, isInQuotes { continue }
      switch byte {
      case UInt8(ascii: ","): return byte
      case UInt8(ascii: "\t"): hasTab = true
      case UInt8(ascii: ";"): hasSemicolon = true
      case feed, carriage:
        if hasText {
          return hasTab ? UInt8(ascii: "\t") : hasSemicolon ? UInt8(ascii: ";") : UInt8(ascii: ",")
        }
        (hasTab, hasSemicolon) = (false, false)
      case UInt8(ascii: " "): break
      default: hasText = true
      }
    }
    return hasTab ? UInt8(ascii: "\t") : hasSemicolon ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }
}
