import Foundation
import Geo
public import Planning
import Words

/// A scenario as a planner writes it down, with the line of each of its changes.
///
/// ```yaml
/// name: 费控八成
/// description: what becomes of the shops when fee control is rolled out
/// changes:
///   - close: P0171                        # or [P0171, P0172]
///   - open: {point_id: N1, name: 新村小卖部, kind: shop, longitude: 112.59, latitude: 35.09, place_id: 419001100201-01}
///   - open: {candidate: C012}             # anything else said of it goes before what the candidate says
///   - move: {point_id: P0300, longitude: 112.60, latitude: 35.10}
///   - set: {point_id: P0301, hours: "Mo-Su 08:00-20:00", counters: 2}
///   - set: {where: {kind: shop, township: 克井镇}, methods: [cash, qr]}
///   - grow: {township: 克井镇, factor: 1.1}    # or 10%: see below
///   - fee_control: 80%                    # or {township: 克井镇, share: 0.8}
///   - road_closed: {line: [[112.590, 35.090], [112.595, 35.090]], modes: [car]}   # or {edge: 1204}
/// ```
///
/// Changes are applied in order. A factor is a number (`1.1`) or a change in per cent with its sign (`+10%`, `-5%`). `road_closed`
/// closes every edge that the line between the two positions touches, or the edges that the atlas's table `roads` numbers so.
/// The members of a change may also stand beside its word (`- fee_control: 0.8` with `township: 克井镇` on the next line). A
/// `township` may be `all`. Keys that mean nothing are refused, for a misspelt key would silently change nothing.
public struct ScenarioFile: Hashable, Sendable {
  /// What is to change.
  public var scenario: Scenario
  /// The text it was read from.
  public let text: String
  /// What problems call the file.
  public let file: String
  /// By change, the line that says it.
  private let lines: [Int]

  /// Reads a file.
  ///
  /// - Throws: `ImportError.unreadable` where there is no file to read, `.refused` with the first thing that is wrong.
  /// - Complexity: O(bytes); a file above 1 MiB is refused.
  public init(yamlFile path: String) throws(ImportError) {
    let text: String
    do throws(SmallTextFile.Failure) {
      text = try SmallTextFile.text(
        at: path, expected: Bilingual(en: "a scenario file (YAML)", zh: "情景文件(YAML)"))
    } catch {
      switch error {
      case .unreadable(let reason): throw .unreadable(file: path, reason: reason)
      case .notText:
        throw .refused(
          ImportProblem(
            file: path, line: 1, column: nil,
            found: .words(en: SmallTextFile.notText.english, zh: SmallTextFile.notText.chinese),
            expected: Bilingual(en: "a scenario in YAML", zh: "YAML 格式的情景")))
      }
    }
    try self.init(yaml: text, file: path)
  }

  /// Reads the text of such a file.
  ///
  /// - Parameter file: what problems call it; its name without the ending is the scenario's where it says none.
  public init(yaml text: String, file: String) throws(ImportError) {
    var reader = ScenarioReader(file: file)
    scenario = try reader.scenario(text)
    lines = reader.lines
    self.text = text
    self.file = file
    if scenario.name.isEmpty {
      let name = FilePath(file).name
      scenario.name = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    }
  }

  /// A scenario made by the program.
  ///
  /// - Parameter file: what problems call it.
  public init(_ scenario: Scenario, file: String) {
    self.scenario = scenario
    text = ScenarioText.yaml(of: scenario)
    self.file = file
    // The text has the name, the description where there is one, and `changes:` before the first change.
    let first = scenario.description.isEmpty ? 3 : 4
    lines = scenario.changes.indices.map { first + $0 }
  }

  /// Why a change cannot be made, with its line.
  public func problem(_ error: ChangeError) -> ImportProblem {
    ImportProblem(
      file: file, line: lines.indices.contains(error.change) ? lines[error.change] : nil,
      column: error.reason.column, found: error.reason.found, expected: error.reason.expected)
  }
}

extension ChangeError.Reason {
  fileprivate var column: String? {
    switch self {
    case .unknownPoint, .pointExists, .alreadyClosed, .noID: "point_id"
    case .unknownCandidate: "candidate"
    case .unknownPlace, .tooManyCustomers: "place_id"
    case .unknownTownship: "township"
    case .noPosition, .offTheMap: "longitude, latitude"
    case .nothingSelected: "where"
    case .noRoads, .noRoadOnLine: "road_closed"
    case .unknownEdge: "edge"
    }
  }

  fileprivate var found: ImportProblem.Found {
    switch self {
    case .unknownPoint(let id), .unknownCandidate(let id), .unknownPlace(let id), .unknownTownship(let id),
      .pointExists(let id), .alreadyClosed(let id), .tooManyCustomers(let id):
      .quoting(id)
    case .noID: .words(en: "missing", zh: "缺少")
    case .noPosition: .words(en: "missing", zh: "缺少")
    case .offTheMap(let position, let kilometers):
      .words(
        en: "\(position.longitude), \(position.latitude) is \(kilometers) km from the nearest place",
        zh: "\(position.longitude), \(position.latitude) 距最近的村/社区 \(kilometers) 公里")
    case .nothingSelected: .words(en: "no point has these properties", zh: "没有符合条件的网点")
    case .noRoads: .words(en: "travel does not use roads", zh: "未沿道路计算")
    case .noRoadOnLine: .words(en: "the line touches no road", zh: "该线段未触及任何道路")
    case .unknownEdge(let edge, _): .quoting("\(edge)")
    }
  }

  fileprivate var expected: Bilingual {
    switch self {
    case .unknownPoint: Bilingual(en: "the id of a point of the atlas", zh: "图集中网点的编码")
    case .unknownCandidate: Bilingual(en: "the id of a candidate of the atlas", zh: "图集中候选点的编码")
    case .unknownPlace: Bilingual(en: "the id of a place of the atlas", zh: "图集中村/社区的编码")
    case .unknownTownship: Bilingual(en: "the name of a township of the atlas, or all", zh: "图集中乡镇的名称,或 all")
    case .pointExists:
      Bilingual(
        en: "an id that no point has yet (a point there is works again by set: {status: active})",
        zh: "尚未使用的编码(已有网点用 set: {status: active} 恢复营业)")
    case .alreadyClosed: Bilingual(en: "a point that is not closed yet", zh: "尚未关闭的网点")
    case .noID: Bilingual(en: "point_id or candidate", zh: "point_id 或 candidate")
    case .noPosition:
      Bilingual(
        en: "longitude and latitude, a candidate or a place_id",
        zh: "longitude 和 latitude、candidate 或 place_id")
    case .offTheMap:
      Bilingual(
        en: "a position at most 50 km from some place; are longitude and latitude swapped?",
        zh: "距某个村/社区不超过 50 公里的位置;经度和纬度是否颠倒?")
    case .nothingSelected:
      Bilingual(en: "a kind and a township that some point has", zh: "至少有一个网点符合的类型和乡镇")
    case .tooManyCustomers:
      Bilingual(
        en: "a factor that leaves each place fewer than 10,000,000 customers", zh: "使每处不足 10,000,000 户的系数")
    case .noRoads:
      Bilingual(
        en: "an atlas with roads, and no --travel straight", zh: "含有道路的图集,且不用 --travel straight")
    case .noRoadOnLine:
      Bilingual(en: "two positions on either side of a road", zh: "位于道路两侧的两个位置")
    case .unknownEdge(_, let count):
      Bilingual(en: "a number 0...\(count - 1) of the table roads", zh: "roads 表中的编号 0...\(count - 1)")
    }
  }
}
