import Foundation

/// The built program, run as a stranger runs it.
struct Program {
  let folder: String

  init() {
    folder = NSTemporaryDirectory() + "paycircle-cli-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  struct Ending: Equatable {
    var status: Int32
    var output: String
    var error: String

    /// Standard output as a JSON object.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
  }

  /// The folder's own name.
  var name: String { (folder as NSString).lastPathComponent }

  func file(_ name: String) -> String { "\(folder)/\(name)" }

  func write(_ text: String, to name: String) -> String {
    write(Data(text.utf8), to: name)
  }

  func write(_ data: Data, to name: String) -> String {
    try! data.write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }

  /// The program stands beside the test bundle.
  private static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("paycircle").path

  /// Starts the program.
  func start(
    _ arguments: [String], environment: [String: String] = [:], output file: FileHandle? = nil
  ) -> (Process, Pipe, URL) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["LC_ALL": "C", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    // Standard error goes to a file: two pipes read one after the other could fill up and stop the program.
    let errorFile = URL(fileURLWithPath: folder).appendingPathComponent(UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    process.standardError = try! FileHandle(forWritingTo: errorFile)
    let output = Pipe()
    process.standardOutput = file ?? output
    try! process.run()
    return (process, output, errorFile)
  }

  /// Runs the program to its end.
  func run(_ arguments: String..., environment: [String: String] = [:]) -> Ending {
    run(arguments, environment: environment)
  }

  func run(_ arguments: [String], environment: [String: String] = [:]) -> Ending {
    let (process, output, errorFile) = start(arguments, environment: environment)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = FileManager.default.contents(atPath: errorFile.path) ?? Data()
    try? FileManager.default.removeItem(at: errorFile)
    return Ending(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self), error: String(decoding: error, as: UTF8.self))
  }

  /// An atlas of three places and two points.
  func makeAtlas() -> String {
    let atlas = file("a.gpkg")
    let places = write(
      """
      编码,名称,城乡,经度,纬度,户数,乡镇
      t1,城区,城区,112.59,35.09,900,济水街道
      v1,东村,农村,112.60,35.20,120,克井镇
      v2,西村,农村,112.50,35.30,80,克井镇

      """, to: "places.csv")
    let points = write(
      """
      point_id,name,kind,longitude,latitude,place_id,hours,methods
      p1,营业厅,business_hall,112.591,35.091,,Mo-Fr 08:30-17:30,cash;card
      p2,东村村委会,村委会,112.61,35.21,v1,,现金

      """, to: "points.csv")
    precondition(run("import", "places", places, "--into", atlas).status == 0)
    precondition(run("import", "points", points, "--into", atlas).status == 0)
    return atlas
  }

  /// A town of streets between `side` × `side` crossings, 100 m apart, at the places of `makeAtlas`.
  func makeTown(side: Int, named name: String = "town.osm") -> String {
    var xml = "<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n"
    for row in 0..<side {
      for column in 0..<side {
        let latitude = 35.09 + 0.0009 * Double(row)
        let longitude = 112.59 + 0.0011 * Double(column)
        xml += "<node id=\"\(row * side + column + 1)\" lat=\"\(latitude)\" lon=\"\(longitude)\"/>\n"
      }
    }
    func addWay(_ id: Int, _ nodes: [Int]) {
      xml += "<way id=\"\(id)\">" + nodes.map { "<nd ref=\"\($0)\"/>" }.joined()
      xml += "<tag k=\"highway\" v=\"residential\"/></way>\n"
    }
    for line in 0..<side {
      addWay(2 * line + 1, (0..<side).map { line * side + $0 + 1 })
      addWay(2 * line + 2, (0..<side).map { $0 * side + line + 1 })
    }
    return write(xml + "</osm>\n", to: name)
  }
}
