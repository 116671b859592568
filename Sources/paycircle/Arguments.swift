import ArgumentParser
import Foundation
import Geo
import Planning
import Storage
import Travel
import Words

/// Options that every verb has.
struct OutputOptions: ParsableArguments {
  @Flag(
    help: .words(
      "Print one JSON document on standard output and nothing else there.", zh: "标准输出只打印一个 JSON 文档。"))
  var json = false

  @Option(
    help: .words(
      "The language of names and messages: zh or en. Default: from LC_ALL or LANG.",
      zh: "名称和消息的语言:zh 或 en。默认取自 LC_ALL 或 LANG。"))
  var language = Language.ofHelp
}

/// The atlas a verb reads.
struct AtlasArgument: ParsableArguments {
  @Argument(help: .words("The atlas (.gpkg).", zh: "图集(.gpkg)。"), completion: .file(extensions: ["gpkg"]))
  var atlas: String

  /// Reads the network.
  func network(_ language: Language) throws -> PaymentNetwork {
    try failing(in: language) { try Atlas(path: atlas).network() }
  }
}

extension Language: ExpressibleByArgument {}
extension TravelMode: ExpressibleByArgument {}
extension CoverageOptions.Weight: ExpressibleByArgument {}
extension CoverageOptions.Breakdown: ExpressibleByArgument {}

/// Reads `10min` or `90s`. A bare number is refused: which unit would it be in?
extension TravelTime: ExpressibleByArgument {
  /// Reads `10min` or `90s`.
  public init?(argument: String) { self.init(parsing: argument) }
}

/// A list of words separated by commas, each of which must be known.
struct KindList: ExpressibleByArgument {
  var kinds: Set<PointKind> = []

  init?(argument: String) {
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let kind = PointKind.allCases.first(where: { $0.name == word }) else { return nil }
      kinds.insert(kind)
    }
  }

  static var allValueStrings: [String] { PointKind.allCases.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// A list of payment methods separated by commas.
struct MethodList: ExpressibleByArgument {
  var methods: PaymentMethods = []

  init?(argument: String) {
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let known = PaymentMethods.all.first(where: { $0.name == word }) else { return nil }
      methods.insert(known.method)
    }
  }

  static var allValueStrings: [String] { PaymentMethods.all.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// A moment of the week, such as `Mo 09:00`.
struct MomentArgument: ExpressibleByArgument {
  var moment: WeekMinute

  init?(argument: String) {
    guard let moment = WeekMinute(parsing: argument) else { return nil }
    self.moment = moment
  }
}

extension Travel: ExpressibleByArgument {}

/// Which calibration travel goes by.
enum CalibrationChoice: String, ExpressibleByArgument, CaseIterable {
  case newest, none
}

extension Failure {
  /// Roads were asked for, and the atlas has none.
  static func noRoads(_ atlas: String, _ language: Language) -> Failure {
    Failure(
      status: .inputMissing,
      sentence: Bilingual(
        en: "\(atlas): no roads; expected an atlas that `paycircle import roads` has put roads into",
        zh: "\(atlas):没有道路;应为已用 `paycircle import roads` 导入道路的图集"),
      language: language)
  }

  /// A calibration was asked for, and the atlas has none.
  static func noCalibration(_ atlas: String, _ language: Language) -> Failure {
    Failure(
      status: .inputMissing,
      sentence: Bilingual(
        en:
          "\(atlas): no calibration; expected an atlas that `paycircle demand \(atlas) calibrate` has calibrated",
        zh: "\(atlas):没有校准;应为已用 `paycircle demand \(atlas) calibrate` 校准过的图集"),
      language: language)
  }
}

/// The question of coverage, as every verb that answers it asks it.
struct CoverageArguments: ParsableArguments {
  @Option(
    help: .words(
      "A standard file (YAML) instead of 10 minutes in town and a point in every village.",
      zh: "服务标准文件(YAML),替代“城区十分钟、村村有网点”。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var standard: String?

  @Option(
    help: .words(
      "How travel is computed: straight, the great circle times the terrain's circuity; or roads. Default: roads where the atlas has them.",
      zh: "路程的算法:straight 为大圆距离乘以地形的绕行系数;roads 为沿道路。图集有道路时默认 roads。"))
  var travel: Travel?

  @Option(
    help: .words(
      "How customers travel, instead of as the standard says: walk, ebike or car.",
      zh: "出行方式,替代标准中的规定:walk 步行、ebike 电动车、car 汽车。"))
  var mode: TravelMode?

  @Option(
    help: .words(
      "The longest way that counts as served, with its unit: 10min, 90s.", zh: "达标的最长用时,须带单位:10min、90s。"))
  var within: TravelTime?

  @Option(
    help: .words(
      "What times are weighted by: customers, payments, arrears or elderly.",
      zh: "用时的权重:customers 户数、payments 笔数、arrears 欠费、elderly 老年客户。"))
  var weight = CoverageOptions.Weight.customers

  @Option(help: .words("Count only points of these kinds, separated by commas.", zh: "只计入这些类型的网点,以逗号分隔。"))
  var kind: KindList?

  @Option(
    help: .words(
      "Count only points that accept one of these, separated by commas.", zh: "只计入接受其中任一缴费方式的网点,以逗号分隔。"))
  var method: MethodList?

  @Option(
    help: .words(
      "How fast people are and how their ways wind: newest, as the atlas's newest calibration says; or none, the defaults. Default: newest where there is one.",
      zh: "出行速度和绕行系数:newest 取图集最新的校准;none 取默认值。有校准时默认 newest。"))
  var calibration: CalibrationChoice?

  @Option(help: .words("Count only points open then.", zh: "只计入当时营业的网点。", valueName: "\"Mo 09:00\""))
  var at: MomentArgument?

  /// The network of an atlas, with its roads where they are asked for, and the question as options of the library.
  ///
  /// Without `--travel` the roads are taken where the atlas has them.
  func asked(of input: AtlasArgument, _ language: Language) throws -> (PaymentNetwork, CoverageOptions) {
    var options = try options(language)
    var network = try input.network(language)
    if travel != .straight {
      network.roads = try failing(in: language) { try Atlas(path: input.atlas).networkRoads() }
      if network.roads != nil { options.travel = .roads }
    }
    if travel == .roads, network.roads == nil { throw Failure.noRoads(input.atlas, language) }
    if let newest = try newestCalibration(calibration, of: input, surveys: nil, network: network, language) {
      options.factors = newest.calibration.factors
      options.calibration = newest.reference
    }
    return (network, options)
  }

  /// The question as options of the library.
  private func options(_ language: Language) throws -> CoverageOptions {
    var options = CoverageOptions()
    if let standard { options.standard = try readStandard(standard, language) }
    if let mode { options.standard.travel(by: mode) }
    if let within { options.standard.limit(to: within) }
    options.weight = weight
    options.kinds = kind?.kinds ?? []
    options.methods = method?.methods ?? []
    options.moment = at?.moment
    return options
  }

  private func readStandard(_ path: String, _ language: Language) throws -> ServiceStandard {
    do {
      return try ServiceStandard(yamlFile: path)
    } catch {
      throw Failure(
        status: error.isUnreadable ? .inputMissing : .dataRefused, sentence: error.sentence,
        language: language)
    }
  }
}

/// The newest calibration of an atlas, where it is wanted and there is one. Says on standard error where it has been
/// overtaken.
///
/// - Parameter surveys: the atlas's distance surveys; `nil` to read them where they are needed.
func newestCalibration(
  _ choice: CalibrationChoice?, of input: AtlasArgument, surveys: DistanceSurveyTable?,
  network: PaymentNetwork, _ language: Language
) throws -> StoredCalibration? {
  if choice == CalibrationChoice.none { return nil }
  return try failing(in: language) {
    let atlas = try Atlas(path: input.atlas)
    guard let newest = try atlas.calibration() else {
      if choice == .newest { throw Failure.noCalibration(input.atlas, language) }
      return nil
    }
    let surveys = try surveys ?? atlas.surveys().distances
    if try atlas.isOutdated(newest, surveys: surveys, network: network) {
      standardError("paycircle: \(overtaken(newest.id, input.atlas)[language])")
    }
    return newest
  }
}

/// That a calibration no longer is what the surveys say.
private func overtaken(_ id: Int, _ atlas: String) -> Bilingual {
  Bilingual(
    en:
      "\(atlas): surveys, positions or roads have changed since calibration \(id); run `paycircle demand \(atlas) calibrate` again",
    zh: "\(atlas):第 \(id) 次校准之后,调查、坐标或道路已有变化;请重新运行 `paycircle demand \(atlas) calibrate`")
}

/// Makes sure that a time for the journal is one as GeoPackage writes it (OGC 12-128r17, table 1).
func requireTime(_ stamp: String?) throws {
  guard let stamp else { return }
  let format = ISO8601DateFormatter()
  // The formatter reads much more, such as the 30th of February; what it writes again is what it was given.
  guard stamp.utf8.count == "2015-12-31T08:00:00Z".utf8.count, let date = format.date(from: stamp),
    format.string(from: date) == stamp
  else {
    throw ValidationError(
      said(
        "--stamp \"\(stamp)\": expected a time such as 2015-12-31T08:00:00Z.",
        zh: "--stamp “\(stamp)”:应为 2015-12-31T08:00:00Z 这样的时间。"))
  }
}
