import Foundation

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

/// Runs something and says what it took.
func timed<Answer>(_ work: () throws -> Answer) rethrows -> (answer: Answer, seconds: Double) {
  let start = cpuSeconds()
  let answer = try work()
  return (answer, cpuSeconds() - start)
}

/// Where certificates go, one file each; nowhere without a folder.
struct CertificateFolder {
  var path: String?

  func write(_ certificate: (some Encodable)?, _ name: String) throws {
    guard let path, let certificate else { return }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let file = name.map { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" ? $0 : "_" }
    // Without an order, keys come differently in every run.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try encoder.encode(certificate).write(to: URL(fileURLWithPath: path + "/\(String(file)).json"))
  }
}
