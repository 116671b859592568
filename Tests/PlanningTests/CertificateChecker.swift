import Foundation
import Testing

/// What `Tests/check-certificate`, a program that shares no code with what made them, says of certificates.
///
/// - Returns: for each, nil where it is valid, otherwise why not.
func checkedByAnother(_ certificates: [some Encodable]) throws -> [String?] {
  let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("check-certificate")
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("paycircle-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  var files: [String] = []
  for (index, certificate) in certificates.enumerated() {
    let file = folder.appendingPathComponent("\(index).json")
    try JSONEncoder().encode(certificate).write(to: file)
    files.append(file.path)
  }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", checker.path] + files
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  let lines = text.split(separator: "\n").map(String.init)
  try #require(lines.count == certificates.count)
  #expect((process.terminationStatus == 0) == lines.allSatisfy { $0.hasPrefix("valid: ") })
  return try zip(lines, files).map { line, file in
    if line.hasPrefix("valid: \(file): ") { return nil }
    let refusal = "refused: \(file): "
    try #require(line.hasPrefix(refusal))
    return String(line.dropFirst(refusal.count))
  }
}
