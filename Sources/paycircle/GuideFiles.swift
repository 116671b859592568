import Foundation
import Reporting
import Storage
import Words

/// Writes charts as HTML: one file for all, or a folder with one for each township and an index.
struct GuideFiles {
  static let indexName = "index.html"

  let document: GuideDocument
  /// A file, or a folder that is made when missing.
  let to: String
  let isSingle: Bool
  /// What is read, which must not be written over.
  let inputs: [String]
  let language: Language

  /// Writes them and says which; the index comes last, when all it leads to is there.
  func write() throws -> [String] {
    if isSingle {
      try requireDistinct(outputs: [to], inputs: inputs, language)
      try write(document.townships, to: to)
      return [to]
    }
    try makeFolder()
    let names = Self.names(for: document.townships.map(\.name))
    let files = names.map(path) + [path(Self.indexName)]
    try requireDistinct(outputs: files, inputs: inputs, language)
    for (township, file) in zip(document.townships, files) { try write([township], to: file) }
    try writingOutput(language) {
      try writeWhole(document.index(files: names), to: path(Self.indexName))
    }
    return files
  }

  private func write(_ townships: [GuideDocument.Township], to path: String) throws {
    try writingOutput(language) {
      let file = try SafeFile(path: path)
      try document.write(townships) { (text: String) throws(ExportError) in try file.write(text) }
      try file.commit()
    }
  }

  private func path(_ name: String) -> String { (to as NSString).appendingPathComponent(name) }

  private func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(en: "\(to): the folder cannot be made", zh: "\(to):无法建立文件夹"),
        language: language)
    }
  }

  /// A file name for each township: its name without what a file system or a shell would take amiss, cut to 100 bytes; where
  /// two would be the same, on a file system that tells no capitals from small letters either, with a number.
  static func names(for townships: [String]) -> [String] {
    var taken: Set<String> = []
    return townships.map { township in
      var safe = ""
      for scalar in township.unicodeScalars {
        let isBad =
          scalar.value < 0x20 || scalar.value == 0x7F || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
        let next = isBad ? "_" : String(scalar)
        if safe.utf8.count + next.utf8.count > 100 { break }
        safe += next
      }
      var name = "guide-\(safe)"
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "guide-\(safe)-\(number)"
        number += 1
      }
      return name + ".html"
    }
  }
}
