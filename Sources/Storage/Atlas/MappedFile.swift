import Foundation

/// A file's bytes, mapped into memory for reading: nothing is read before it is used.
///
/// The bytes stay as they were opened when the file is replaced or removed, as our own writers do; a program that cuts
/// the same file short while it is mapped takes the pages away from under it.
final class MappedFile: Sendable {
  /// The bytes, aligned to a page.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`, or returns `nil` with the reason in `errno`. An empty file has no bytes.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      close(descriptor)
      return nil
    }
    guard information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      errno = EISDIR
      return nil
    }
    let count = Int(information.st_size)
    guard count > 0 else {
      close(descriptor)
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    let reason = errno
    close(descriptor)
    guard let start, start != MAP_FAILED else {
      errno = reason
      return nil
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
