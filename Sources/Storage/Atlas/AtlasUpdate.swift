import Foundation
import GRDB
import Words

/// A change of an atlas, all or nothing.
///
/// The work is done on a copy beside the atlas, `.NAME.paycircle-new`, which is renamed over it at the end. Killed at
/// any moment, or with the disk full, the atlas has not been touched; whoever reads meanwhile reads the old file. The
/// copy doubles as the lock: whoever holds it (flock) writes, a second writer waits, then says so. Programs other than
/// ours that write to the original are kept off by SQLite's own write lock for the time of the work.
struct AtlasUpdate {
  /// What becomes of the work.
  enum Outcome<T> {
    /// The copy becomes the atlas. With `roads`, that graph is put beside it first, and the copy names it.
    case keep(T, roads: RoadSidecar? = nil)
    case discard(T)
  }

  /// The atlas as the caller named it, for sentences.
  private let path: String
  /// The file behind it.
  private let target: String
  private let workPath: String
  private let waitSeconds: Int

  /// - Parameters:
  ///   - path: the atlas, which need not exist.
  ///   - waitSeconds: how long to wait for another writer.
  init(path: String, waitSeconds: Int) {
    // Through a link, the file behind it is replaced, not the link.
    self.path = path
    target = resolvedPath(path)
    let place = FilePath(target)
    workPath = place.sibling(".\(place.name).paycircle-new")
    self.waitSeconds = waitSeconds
  }

  /// Runs `body` on a copy of the atlas, or on a new one, and puts the result in its place.
  func run<T>(_ body: (Database) throws -> Outcome<T>) throws -> T {
    // A write past RLIMIT_FSIZE must fail like a full disk, not end the process.
    signal(SIGXFSZ, SIG_IGN)
    var existing = stat()
    if stat(target, &existing) == 0, existing.st_mode & S_IFMT != S_IFREG {
      throw AtlasError.cannotWrite(path: path, reason: "not a regular file")
    }
    let lock = try acquireLock(waitSeconds: waitSeconds)
    defer { close(lock) }
    var isDone = false
    defer { if !isDone { unlink(workPath) } }

    var information = stat()
    let exists = stat(target, &information) == 0 && information.st_size > 0
    let outcome: Outcome<T>
    var named = NamedRoads()
    if exists {
      try Atlas.requireReadable(path)
      guard access(target, W_OK) == 0 else { throw cannotWrite() }
      outcome = try withOriginalLocked { try work(copying: true, &named, body) }
      fchmod(lock, information.st_mode & 0o7777)
    } else {
      outcome = try work(copying: false, &named, body)
    }

    switch outcome {
    case .discard(let value): return value
    case .keep(let value, let roads):
      do {
        try roads?.write(beside: target)
        guard fsync(lock) == 0 else { throw AtlasError.diskFull(path: path) }
        guard rename(workPath, target) == 0 else { throw cannotWrite() }
      } catch {
        if roads != nil { RoadSidecar.strays(beside: target, keeping: named.before).forEach { unlink($0) } }
        throw error
      }
      isDone = true
      syncFolder()
      removeStrayRoads(named.after)
      return value
    }
  }

  /// Removes the road graphs that the atlas, as it is now, does not name.
  ///
  /// The rename gave the lock up: the next writer may have put a graph there that its atlas is yet to name. So this is
  /// only done with the lock held again; who else holds it will do it at the end.
  private func removeStrayRoads(_ named: String?) {
    guard !RoadSidecar.strays(beside: target, keeping: named).isEmpty,
      let lock = try? acquireLock(waitSeconds: 0)
    else { return }
    defer {
      unlink(workPath)
      close(lock)
    }
    guard let atlas = try? Atlas(path: target),
      case .success(let record) = Result(catching: { try atlas.read { try RoadRecord.fetch($0) } })
    else { return }
    RoadSidecar.strays(beside: target, keeping: record?.sha256).forEach { unlink($0) }
  }

  /// The hashes of the road graphs that the atlas names before and after the work.
  private struct NamedRoads {
    var before: String?
    var after: String?
  }

  private func work<T>(
    copying hasOriginal: Bool, _ named: inout NamedRoads, _ body: (Database) throws -> Outcome<T>
  ) throws -> Outcome<T> {
    var configuration = Configuration()
    // The copy is thrown away when anything fails, so it needs neither a journal nor a sync of its own.
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
          PRAGMA secure_delete = OFF; PRAGMA cache_size = -49152; PRAGMA temp_store = MEMORY
          """)
    }
    return try Atlas.translating(path) {
      let queue = try DatabaseQueue(path: workPath, configuration: configuration)
      if hasOriginal {
        // Not the connection that holds the lock: SQLite does not copy from one that may write.
        var reading = Configuration()
        reading.readonly = true
        try DatabaseQueue(path: target, configuration: reading).backup(to: queue)
      }
      try schema.migrate(queue)
      let outcome = try queue.inDatabase { db in
        var outcome: Outcome<T>?
        try db.inTransaction(.immediate) {
          named.before = try RoadRecord.fetch(db)?.sha256
          outcome = try body(db)
          named.after = try RoadRecord.fetch(db)?.sha256
          return .commit
        }
        return outcome!
      }
      try queue.close()
      return outcome
    }
  }

  /// Opens the work file and takes the lock on it.
  private func acquireLock(waitSeconds: Int) throws -> Int32 {
    let deadline = Date().addingTimeInterval(Double(waitSeconds))
    while true {
      let file = open(workPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw cannotWrite() }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        // The writer before us may have renamed the file we waited on: then it is the atlas now, not the work file.
        var ours = stat()
        var current = stat()
        if fstat(file, &ours) == 0, stat(workPath, &current) == 0, ours.st_ino == current.st_ino {
          // What a killed writer left behind is of no use.
          guard ftruncate(file, 0) == 0 else {
            close(file)
            throw cannotWrite()
          }
          return file
        }
        close(file)
        continue
      }
      close(file)
      guard Date() < deadline else { throw AtlasError.busy(path: path, seconds: waitSeconds) }
      usleep(50_000)
    }
  }

  /// Holds SQLite's write lock on the original while `body` runs.
  private func withOriginalLocked<R>(_ body: () throws -> R) throws -> R {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(waitSeconds))
    configuration.foreignKeysEnabled = false
    return try Atlas.translating(path) {
      let queue = try DatabaseQueue(path: target, configuration: configuration)
      return try queue.inDatabase { db in
        try Atlas.requireAtlas(db, path: path)
        // A program that keeps the file open in write-ahead mode would lose its changes, or we ours.
        if try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" {
          let mode = try? String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
          guard mode == "delete" else { throw AtlasError.openElsewhere(path: path) }
        }
        var result: R?
        try db.inTransaction(.immediate) {
          result = try body()
          return .rollback
        }
        return result!
      }
    }
  }

  private func syncFolder() {
    let folder = FilePath(target).folder
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func cannotWrite() -> AtlasError { .lastFailure(writing: path) }
}
