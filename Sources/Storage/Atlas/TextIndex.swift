import Foundation
import Planning

/// Finds a text's position in a column, without making a `String` of it.
///
/// An open-addressing table over the column's own bytes: 16 bytes a text, where a dictionary of strings takes 60.
struct TextIndex {
  /// Where a text is, with half its hash, so that other texts on the way are passed without a look at their bytes.
  private struct Slot {
    var position: Int32 = -1
    var tag: UInt32 = 0
  }

  private var slots: [Slot]
  private var count = 0

  init(capacity: Int = 16) {
    slots = Array(repeating: Slot(), count: Self.size(for: capacity))
  }

  /// Indexes all of `column`. Of equal texts the first is found.
  init(_ column: TextColumn) {
    self.init(capacity: column.count)
    for i in 0..<column.count {
      column.withUTF8(at: i) { bytes in
        let hash = Self.hash(bytes)
        let slot = self.slot(of: bytes, hash, in: column)
        if slots[slot].position < 0 { slots[slot] = Slot(position: Int32(i), tag: UInt32(hash >> 32)) }
      }
    }
    count = column.count
  }

  /// The position of the text with these UTF-8 bytes, or `nil`.
  ///
  /// - Complexity: O(its length) expected.
  func position(of bytes: UnsafeRawBufferPointer, in column: TextColumn) -> Int32? {
    let position = slots[slot(of: bytes, Self.hash(bytes), in: column)].position
    return position < 0 ? nil : position
  }

  /// The position of the text, which is added to the column when it is new.
  mutating func intern(_ bytes: UnsafeRawBufferPointer, in column: inout TextColumn) -> Int32 {
    let hash = Self.hash(bytes)
    let slot = slot(of: bytes, hash, in: column)
    if slots[slot].position >= 0 { return slots[slot].position }
    let position = Int32(column.count)
    column.append(utf8: bytes)
    slots[slot] = Slot(position: position, tag: UInt32(hash >> 32))
    count += 1
    if count * 2 > slots.count { grow(column) }
    return position
  }

  private mutating func grow(_ column: TextColumn) {
    slots = Array(repeating: Slot(), count: slots.count * 2)
    for i in 0..<column.count {
      column.withUTF8(at: i) { bytes in
        let hash = Self.hash(bytes)
        slots[slot(of: bytes, hash, in: column)] = Slot(position: Int32(i), tag: UInt32(hash >> 32))
      }
    }
  }

  private static func size(for capacity: Int) -> Int {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    return size
  }

  /// Where the text is, or the free slot where it would be.
  private func slot(of bytes: UnsafeRawBufferPointer, _ hash: UInt64, in column: TextColumn) -> Int {
    let tag = UInt32(hash >> 32)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot].position >= 0 {
      if slots[slot].tag == tag {
        let isSame = column.withUTF8(at: Int(slots[slot].position)) { known in
          known.count == bytes.count
            && (known.isEmpty || memcmp(known.baseAddress!, bytes.baseAddress!, known.count) == 0)
        }
        if isSame { break }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Eight bytes a step, mixed as MurmurHash3's finalizer does (Appleby 2011): ids that count upward must not land side
  /// by side, or probing would walk through all of them.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset < bytes.count {
      var word: UInt64 = 0
      if offset + 8 <= bytes.count {
        word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      } else {
        for i in offset..<bytes.count { word = word << 8 | UInt64(bytes[i]) }
      }
      hash ^= word
      hash ^= hash >> 33
      hash = hash &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 33
      hash = hash &* 0xC4CE_B9FE_1A85_EC53
      hash ^= hash >> 33
      offset += 8
    }
    return hash
  }
}
