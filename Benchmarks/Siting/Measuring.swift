import Foundation

/// How often each figure is measured.
let runs = 5

/// Measures `body` several times, prints the median CPU time of all threads, and returns the last answer.
func report<Answer>(_ name: String, _ body: () -> Answer) -> Answer {
  var times: [Double] = []
  var start = cpuSeconds()
  var answer = body()
  times.append(cpuSeconds() - start)
  for _ in 1..<runs {
    start = cpuSeconds()
    answer = body()
    times.append(cpuSeconds() - start)
  }
  times.sort()
  say(
    name.padding(toLength: 60, withPad: " ", startingAt: 0)
      + String(format: "%9.2f ms  (least %.2f)", times[times.count / 2] * 1_000, times[0] * 1_000))
  return answer
}

/// Shows a line at once, in pipes too.
func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// User and system time of the whole process so far, in nanosecond steps.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory the process has had so far.
func peakMegabytes() -> Double {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1_024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss) / 1_048_576
  #endif
}

/// A file mapped into memory.
final class Mapping: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init(_ file: URL) throws {
    let descriptor = open(file.path, O_RDONLY)
    guard descriptor >= 0 else { throw CocoaError(.fileReadNoSuchFile) }
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length > 0, let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw CocoaError(.fileReadUnknown) }
    bytes = UnsafeRawBufferPointer(start: start, count: length)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
