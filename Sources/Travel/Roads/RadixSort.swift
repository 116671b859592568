/// Sorts whole numbers ascending, digit by digit of 11 bits from the lowest (LSD radix sort); digits that all numbers
/// share cost one look.
///
/// Twice to ten times as fast as comparing from 100,000 numbers on, which is why the road builder has it.
///
/// - Complexity: O(*n* × digits that differ), and as much memory again.
func radixSort(_ numbers: inout [UInt64]) {
  guard numbers.count > 1 else { return }
  var differing: UInt64 = 0
  for number in numbers { differing |= number ^ numbers[0] }
  var other = [UInt64](repeating: 0, count: numbers.count)
  var starts = [Int](repeating: 0, count: 1 << 11)
  for shift in stride(from: UInt64(0), to: 64, by: 11) where (differing >> shift) & 0x7FF != 0 {
    for digit in starts.indices { starts[digit] = 0 }
    for number in numbers { starts[Int((number >> shift) & 0x7FF)] += 1 }
    var next = 0
    for digit in starts.indices {
      let count = starts[digit]
      starts[digit] = next
      next += count
    }
    for number in numbers {
      let digit = Int((number >> shift) & 0x7FF)
      other[starts[digit]] = number
      starts[digit] += 1
    }
    swap(&numbers, &other)
  }
}
