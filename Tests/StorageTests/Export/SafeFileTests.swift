import Foundation
import Testing
import Words

@testable import Storage

@Suite("A file that appears whole or not at all")
struct SafeFileTests {
  let folder = ScratchFolder()

  @Test("is not there before it is committed, and alone there afterwards")
  func commit() throws {
    do {
      let file = try SafeFile(path: folder.file("a.csv"))
      try file.write("half")
      #expect(!folder.names.contains("a.csv"))
      try file.write(" and half")
      try file.commit()
    }
    #expect(folder.names == ["a.csv"])
    #expect(folder.bytes("a.csv") == Data("half and half".utf8))
  }

  @Test("leaves what was there, and nothing else, when it is given up")
  func givenUp() throws {
    _ = folder.write("old", to: "a.csv")
    do {
      let file = try SafeFile(path: folder.file("a.csv"))
      try file.write(String(repeating: "new", count: 1 << 18))
    }
    #expect(folder.names == ["a.csv"])
    #expect(folder.bytes("a.csv") == Data("old".utf8))
  }

  @Test("replaces what was there, and keeps the order of long writes")
  func replaces() throws {
    _ = folder.write("old", to: "a.csv")
    let text = (0..<100_000).map { "\($0)\n" }.joined()
    try writeWhole(text, to: folder.file("a.csv"))
    #expect(folder.bytes("a.csv") == Data(text.utf8))
    #expect(folder.names == ["a.csv"])
  }

  @Test("says which file cannot be written and why, in both languages")
  func cannotWrite() throws {
    let missing = folder.file("no/such/folder.csv")
    let error = #expect(throws: ExportError.self) { try writeWhole("x", to: missing) }
    #expect(error?.path == missing)
    #expect(error?.sentence[.english].hasPrefix("\(missing): ") == true)
    #expect(error?.sentence[.chinese].hasPrefix(missing) == true)
  }

  @Test("refuses a folder, before anything is written")
  func folderAsFile() throws {
    let path = folder.path
    let error = #expect(throws: ExportError.self) { try SafeFile(path: path) }
    #expect(error?.reason == "it is a folder")
    #expect(folder.names.isEmpty)
  }

  @Test(
    "says when the disk is full, and leaves nothing",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    // The file beside the target is a link to the device that is always full.
    let path = folder.file("a.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(".a.csv.\(getpid()).paycircle-new"), withDestinationPath: "/dev/full")
    let error = #expect(throws: ExportError.self) { try writeWhole("x", to: path) }
    #expect(error?.reason == "no space left on device")
    #expect(folder.names.isEmpty)
  }
}
