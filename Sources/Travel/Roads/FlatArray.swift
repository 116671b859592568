/// A run of plain values that never changes, wherever the bytes lie: in an array of its own, or in a mapped file.
///
///     let heads = FlatArray<UInt32>([4, 2, 7])
///     heads[1]  // 2
///
/// A saved road network is opened by pointing such runs into the mapped file, so that nothing is read before it is
/// used; a network that was just built holds its own. Copies share the bytes.
///
/// - Complexity: O(1) for a copy and for each element.
public struct FlatArray<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  // Whoever owns the bytes; they live as long as it does. Bytes are never written after the initializer.
  private let owner: Owner
  @usableFromInline nonisolated(unsafe) let base: UnsafePointer<Element>
  /// How many values there are.
  public let count: Int

  /// Keeps a copy of `values`.
  public init(_ values: [Element]) {
    let bytes = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(1, values.count))
    values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { bytes.update(from: start, count: source.count) }
    }
    nonisolated(unsafe) let start = UnsafePointer(bytes)
    self.init(owner: Owner { start.deallocate() }, base: start, count: values.count)
  }

  /// Points at `count` values at the start of `bytes`, which live as long as `keeper`.
  ///
  /// - Precondition: `bytes` is aligned for `Element` and long enough.
  public init(bytes: UnsafeRawBufferPointer, count: Int, keeper: any AnyObject & Sendable) {
    precondition(count >= 0 && count * MemoryLayout<Element>.stride <= bytes.count, "a run past its bytes")
    guard count > 0, let start = bytes.baseAddress else {
      self.init([])
      return
    }
    precondition(UInt(bitPattern: start) % UInt(MemoryLayout<Element>.alignment) == 0, "a run not aligned")
    self.init(owner: Owner { _ = keeper }, base: start.assumingMemoryBound(to: Element.self), count: count)
  }

  private init(owner: Owner, base: UnsafePointer<Element>, count: Int) {
    self.owner = owner
    self.base = base
    self.count = count
  }

  /// Zero.
  public var startIndex: Int { 0 }
  /// One past the last position.
  public var endIndex: Int { count }

  /// The value at a position in `0..<count`.
  @inlinable
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "a position past the end")
    return base[index]
  }

  /// The values, for a kernel that reads many of them. Valid during `body` only.
  public func withUnsafeBufferPointer<R>(_ body: (UnsafeBufferPointer<Element>) throws -> R) rethrows -> R {
    try withExtendedLifetime(owner) { try body(UnsafeBufferPointer(start: base, count: count)) }
  }

  /// What keeps the bytes alive.
  private final class Owner: Sendable {
    private let release: @Sendable () -> Void
    init(_ release: @escaping @Sendable () -> Void) { self.release = release }
    deinit { release() }
  }
}

extension FlatArray: Equatable where Element: Equatable {
  /// Whether both hold the same values in the same order.
  public static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
}
