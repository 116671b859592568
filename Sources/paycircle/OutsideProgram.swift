import Foundation
import Words

/// A program of somebody else's that writes a file for us: a browser, a renderer of drawings.
struct OutsideProgram {
  /// Where it is.
  let path: String

  /// Its name, for sentences.
  var name: String { (path as NSString).lastPathComponent }

  /// The first of `names` that stands in a folder of the `PATH`; `nil` where none does.
  init?(named names: [String]) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let paths: [String] = names.flatMap { name in folders.map { "\($0)/\(name)" } }
    guard let found = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      return nil
    }
    path = found
  }

  /// Why a file was not written.
  struct Trouble: Error {
    let reason: Bilingual
  }

  /// Has the program write `file`, whole or not at all: beside it first, then renamed.
  ///
  /// - Parameters:
  ///   - seconds: what has not ended by then never will.
  ///   - arguments: what the program is told, given the file to write and an empty folder that is removed afterwards.
  func write(
    _ file: String, within seconds: Double,
    _ arguments: (_ work: String, _ scratch: String) throws -> [String]
  ) throws {
    let scratch = NSTemporaryDirectory() + "paycircle-\(name)-\(UUID().uuidString)"
    let target = URL(fileURLWithPath: file)
    // Programs go by the ending of a file's name.
    let work = target.deletingLastPathComponent().appendingPathComponent(
      ".\(target.lastPathComponent).\(getpid()).paycircle-new.\(target.pathExtension)")
    do {
      try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    } catch {
      throw Trouble(reason: Bilingual(en: "no temporary folder", zh: "无法建立临时文件夹"))
    }
    defer {
      try? FileManager.default.removeItem(atPath: scratch)
      unlink(work.path)
    }
    let status = run(try arguments(work.path, scratch), within: seconds)
    guard status == 0, access(work.path, R_OK) == 0 else {
      throw Trouble(
        reason: status.map {
          Bilingual(en: "\(name) ended with status \($0)", zh: "\(name) 退出状态为 \($0)")
        } ?? Bilingual(en: "\(name) did not end", zh: "\(name) 未能结束"))
    }
    guard rename(work.path, target.path) == 0 else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw Trouble(reason: Bilingual(en: reason, zh: reason))
    }
  }

  /// Runs the program to its end; `nil` where it does not start or does not end.
  private func run(_ arguments: [String], within seconds: Double) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    // What such programs say there is about themselves.
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      return nil
    }
    guard ended.wait(timeout: .now() + seconds) == .success else {
      process.terminate()
      return nil
    }
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }
}
