/// A column of short texts, kept as one run of UTF-8 bytes.
///
/// A million Swift strings are a million small objects; a million texts here are two arrays. Reading one makes
/// a `String`; comparing and finding need not.
///
///     var names = TextColumn()
///     names.append("济水街道")
///     names[0]  // "济水街道"
public struct TextColumn: Sendable {
  // The bytes of text i are bytes[starts[i]..<starts[i + 1]].
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  /// An empty column.
  public init() {}

  /// A column of `texts`, in their order.
  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
  }

  /// How many texts there are.
  public var count: Int { starts.count - 1 }

  /// Adds `text` at the end.
  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    starts.append(bytes.count)
  }

  /// Adds the text whose UTF-8 bytes are `utf8` at the end.
  public mutating func append(utf8: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: utf8)
    starts.append(bytes.count)
  }

  /// The text at `index`.
  ///
  /// - Complexity: O(its length).
  public subscript(index: Int) -> String {
    String(decoding: bytes[starts[index]..<starts[index + 1]], as: UTF8.self)
  }

  /// Calls `body` with the UTF-8 bytes of the text at `index`.
  public func withUTF8<R>(at index: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[starts[index]..<starts[index + 1]])) }
  }
}
