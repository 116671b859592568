import Planning

/// Finds a text's position in a column, without making a `String` of it.
///
/// An open-addressing table over the column's own bytes: 8 bytes a text, where a dictionary of strings takes 60.
struct TextIndex {
  private var slots: [Int32]
  private var count = 0

  init(capacity: Int = 16) {
    slots = Array(repeating: -1, count: Self.size(for: capacity))
  }

  /// Indexes all of `column`. Of equal texts the first is found.
  init(_ column: TextColumn) {
    self.init(capacity: column.count)
    for i in 0..<column.count {
      column.withUTF8(at: i) { bytes in
        let slot = self.slot(of: bytes, in: column)
        if slots[slot] < 0 { slots[slot] = Int32(i) }
      }
    }
    count = column.count
  }

  /// The position of the text with these UTF-8 bytes, or `nil`.
  ///
  /// - Complexity: O(its length) expected.
  func position(of bytes: UnsafeRawBufferPointer, in column: TextColumn) -> Int32? {
    let position = slots[slot(of: bytes, in: column)]
    return position < 0 ? nil : position
  }

  /// The position of the text, which is added to the column when it is new.
  mutating func intern(_ bytes: UnsafeRawBufferPointer, in column: inout TextColumn) -> Int32 {
    let slot = slot(of: bytes, in: column)
    if slots[slot] >= 0 { return slots[slot] }
    let position = Int32(column.count)
    column.append(utf8: bytes)
    slots[slot] = position
    count += 1
    if count * 2 > slots.count { grow(column) }
    return position
  }

  private mutating func grow(_ column: TextColumn) {
    slots = Array(repeating: -1, count: slots.count * 2)
    for i in 0..<column.count {
      let slot = column.withUTF8(at: i) { self.slot(of: $0, in: column) }
      slots[slot] = Int32(i)
    }
  }

  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    return size
  }

  /// Where the text is, or the free slot where it would be.
  private func slot(of bytes: UnsafeRawBufferPointer, in column: TextColumn) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(bytes)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let isSame = column.withUTF8(at: Int(slots[slot])) { $0.elementsEqual(bytes) }
      if isSame { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// FNV-1a, 64 bits (Fowler, Noll and Vo 1991), with its high half folded in, for the low bits choose the slot.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
