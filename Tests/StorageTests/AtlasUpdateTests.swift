import Foundation
import GRDB
import Planning
import Testing
import Words

@testable import Storage

@Suite("Changing an atlas")
struct AtlasUpdateTests {
  struct Stop: Error {}

  private func makeAtlas(_ folder: ScratchFolder, channels: Int = 1) throws -> String {
    let path = folder.file("a.gpkg")
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      for i in 0..<channels { try addChannel(db, "c\(i)") }
      return .keep(())
    }
    return path
  }

  private func addChannel(_ db: Database, _ id: String) throws {
    try db.execute(
      sql: "INSERT INTO channels (channel_id, name, in_person) VALUES (?, 'n', 1)", arguments: [id])
  }

  private func channels(_ path: String) throws -> Int {
    try Atlas(path: path).network().channels.count
  }

  @Test("keeps what was done, leaves nothing beside the atlas, and needs no log to be read")
  func keeps() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    #expect(folder.names == ["a.gpkg"])
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      try addChannel(db, "x")
      return .keep(())
    }
    #expect(try channels(path) == 2)
    #expect(folder.names == ["a.gpkg"])
    // Byte 18 of the header: 1 for a rollback journal, 2 for a write-ahead log.
    #expect(folder.bytes("a.gpkg")![18] == 1)
  }

  @Test("leaves every byte alone when the work is thrown away or fails", arguments: [true, false])
  func discards(fails: Bool) throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    let before = folder.bytes("a.gpkg")
    let update = AtlasUpdate(path: path, waitSeconds: 1)
    _ = try? update.run { db -> AtlasUpdate.Outcome<Void> in
      try addChannel(db, "x")
      if fails { throw Stop() }
      return .discard(())
    }
    #expect(folder.bytes("a.gpkg") == before)
    #expect(folder.names == ["a.gpkg"])
  }

  @Test("a second writer waits, then says so, while readers see the old atlas")
  func secondWriter() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      try addChannel(db, "x")
      #expect(try channels(path) == 1)
      #expect(throws: AtlasError.busy(path: path, seconds: 0)) {
        try AtlasUpdate(path: path, waitSeconds: 0).run { _ in .keep(()) }
      }
      return .keep(())
    }
    #expect(try channels(path) == 2)
  }

  @Test("another program's write lock is respected")
  func otherProgram() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { db in
      try db.inTransaction(.immediate) {
        #expect(throws: AtlasError.self) {
          try AtlasUpdate(path: path, waitSeconds: 0).run { _ in .keep(()) }
        }
        return .rollback
      }
    }
  }

  @Test("an atlas open elsewhere in write-ahead mode is left alone")
  func writeAheadLog() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    do {
      let pool = try DatabasePool(path: path)
      try pool.write { try addChannel($0, "from elsewhere") }
      #expect(throws: AtlasError.openElsewhere(path: path)) {
        try AtlasUpdate(path: path, waitSeconds: 0).run { _ in .keep(()) }
      }
      try pool.close()
    }
    // Once it is closed there, its changes are in the file, and the write goes through.
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      try addChannel(db, "x")
      return .keep(())
    }
    #expect(try channels(path) == 3)
  }

  @Test("what a killed writer left behind is taken over")
  func leftover() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    _ = folder.write("half an atlas", to: ".a.gpkg.paycircle-new")
    try AtlasUpdate(path: path, waitSeconds: 1).run { db in
      try addChannel(db, "x")
      return .keep(())
    }
    #expect(try channels(path) == 2)
    #expect(folder.names == ["a.gpkg"])
  }

  @Test("through a link, the file behind it is replaced")
  func link() throws {
    let folder = ScratchFolder()
    _ = try makeAtlas(folder)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("l.gpkg"), withDestinationPath: folder.file("a.gpkg"))
    try AtlasUpdate(path: folder.file("l.gpkg"), waitSeconds: 1).run { db in
      try addChannel(db, "x")
      return .keep(())
    }
    #expect(try channels(folder.file("a.gpkg")) == 2)
    #expect(folder.names == ["a.gpkg", "l.gpkg"])
  }

  @Test("what is not an atlas of ours earns a sentence and stays as it is")
  func notAnAtlas() throws {
    let folder = ScratchFolder()
    let text = folder.write("place_id,name\n", to: "villages.csv")
    #expect(throws: AtlasError.self) { try AtlasUpdate(path: text, waitSeconds: 0).run { _ in .keep(()) } }
    #expect(folder.bytes("villages.csv") == Data("place_id,name\n".utf8))

    let plain = folder.file("plain.sqlite")
    try DatabaseQueue(path: plain).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    #expect(throws: AtlasError.self) { try Atlas(path: plain) }

    #expect(throws: AtlasError.missing(path: folder.file("none.gpkg"))) {
      try Atlas(path: folder.file("none.gpkg"))
    }
    #expect(throws: AtlasError.self) { try Atlas(path: folder.path) }
  }

  @Test("an atlas made by a newer version is refused, for reading and for writing")
  func newer() throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something yet to come')")
    }
    #expect(throws: AtlasError.newerVersion(path: path)) { try Atlas(path: path) }
    #expect(throws: AtlasError.newerVersion(path: path)) {
      try AtlasUpdate(path: path, waitSeconds: 0).run { _ in .keep(()) }
    }
  }

  @Test("a damaged atlas earns a sentence, wherever the damage is", arguments: 0..<40)
  func damaged(seed: Int) throws {
    let folder = ScratchFolder()
    let path = try makeAtlas(folder, channels: 300)
    var bytes = folder.bytes("a.gpkg")!
    if seed < 20 {
      bytes = bytes.prefix(bytes.count * seed / 20)
    } else {
      let start = bytes.count * (seed - 20) / 20
      bytes.replaceSubrange(start..<min(start + 700, bytes.count), with: Data(repeating: 0xA5, count: 700))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    do {
      _ = try Atlas(path: path).network()
    } catch {
      #expect(!error.sentence.english.isEmpty)
    }
  }
}
