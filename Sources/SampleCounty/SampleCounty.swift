import Foundation

/// `swift run SampleCounty geodata/jiyuan` reads `villages.csv` there and writes every synthetic file beside it.
///
/// Another seed, as a second argument, makes another county with the same totals.
@main
struct SampleCounty {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, arguments.count <= 2,
      let seed = arguments.count == 2 ? UInt64(arguments.last!) : County.committedSeed
    else {
      stop("usage: SampleCounty <folder with villages.csv> [<seed, a whole number>]", status: 64)
    }
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    do {
      let table = try String(contentsOf: url.appendingPathComponent("villages.csv"), encoding: .utf8)
      let county = County(villages: try Village.table(from: table), seed: seed)
      for file in county.files {
        try Data(file.text.utf8).write(to: url.appendingPathComponent(file.name), options: .atomic)
        print("\(folder)/\(file.name)")
      }
      try RoadsFile(map: county.roadMap()).write(to: url.appendingPathComponent(RoadsFile.name).path)
      print("\(folder)/\(RoadsFile.name)")
    } catch let error as BadVillages {
      stop("\(error)", status: 65)
    } catch let error as RoadsFile.Failure {
      stop("\(folder)/\(RoadsFile.name): \(error.reason)", status: 73)
    } catch {
      stop("\(folder): \(error.localizedDescription)", status: 66)
    }
  }

  private static func stop(_ message: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(status)
  }
}
