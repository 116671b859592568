/// A 64-bit fingerprint of bytes, to notice damage; it is no defense against forgery.
///
/// XXH64 (Collet 2012, "xxHash", https://github.com/Cyan4973/xxHash, specification 0.1.1): four lanes of multiply and
/// rotate, each step of which can be undone, so that a changed word changes its lane for sure.
///
/// - Complexity: O(*n*), several bytes a cycle.
func xxHash64(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
  var at = 0
  var hash: UInt64
  if bytes.count >= 32 {
    var (a, b, c, d) = (seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1)
    let end = bytes.count & ~31
    while at < end {
      a = round(a, word(bytes, at))
      b = round(b, word(bytes, at &+ 8))
      c = round(c, word(bytes, at &+ 16))
      d = round(d, word(bytes, at &+ 24))
      at &+= 32
    }
    hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
    for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
  } else {
    hash = seed &+ prime5
  }
  hash &+= UInt64(bytes.count)
  while at + 8 <= bytes.count {
    hash = rotated(hash ^ round(0, word(bytes, at)), 27) &* prime1 &+ prime4
    at += 8
  }
  if at + 4 <= bytes.count {
    let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
    hash = rotated(hash ^ half &* prime1, 23) &* prime2 &+ prime3
    at += 4
  }
  while at < bytes.count {
    hash = rotated(hash ^ UInt64(bytes[at]) &* prime5, 11) &* prime1
    at += 1
  }
  hash = (hash ^ hash >> 33) &* prime2
  hash = (hash ^ hash >> 29) &* prime3
  return hash ^ hash >> 32
}

// The primes of the specification.
private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

@inline(__always)
private func round(_ lane: UInt64, _ word: UInt64) -> UInt64 { rotated(lane &+ word &* prime2, 31) &* prime1 }

@inline(__always)
private func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value &<< bits | value &>> (64 &- bits) }

@inline(__always)
private func word(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
  UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
}
