import ArgumentParser
import Foundation
import Geo
import Planning
import Storage
import Travel
import Words

/// Options that every verb has.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document on standard output and nothing else there.")
  var json = false

  @Option(help: "The language of names and messages: zh or en. Default: from LC_ALL or LANG.")
  var language = Language(environment: ProcessInfo.processInfo.environment)
}

/// The atlas a verb reads.
struct AtlasArgument: ParsableArguments {
  @Argument(help: "The atlas (.gpkg).", completion: .file(extensions: ["gpkg"]))
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
}

/// A moment of the week, such as `Mo 09:00`.
struct MomentArgument: ExpressibleByArgument {
  var moment: WeekMinute

  init?(argument: String) {
    guard let moment = WeekMinute(parsing: argument) else { return nil }
    self.moment = moment
  }
}

/// How travel is computed.
enum TravelChoice: String, ExpressibleByArgument, CaseIterable {
  case straight
}

/// The question of coverage, as every verb that answers it asks it.
struct CoverageArguments: ParsableArguments {
  @Option(
    help: "A standard file (YAML) instead of 10 minutes in town and a point in every village.",
    completion: .file(extensions: ["yaml", "yml"]))
  var standard: String?

  @Option(help: "How travel is computed: straight, the great circle times the terrain's circuity.")
  var travel = TravelChoice.straight

  @Option(help: "How customers travel, instead of as the standard says: walk, ebike or car.")
  var mode: TravelMode?

  @Option(help: "The longest way that counts as served, with its unit: 10min, 90s.")
  var within: TravelTime?

  @Option(help: "What times are weighted by: customers, payments, arrears or elderly.")
  var weight = CoverageOptions.Weight.customers

  @Option(help: "Count only points of these kinds, separated by commas.")
  var kind: KindList?

  @Option(help: "Count only points that accept one of these, separated by commas.")
  var method: MethodList?

  @Option(help: ArgumentHelp("Count only points open then.", valueName: "\"Mo 09:00\""))
  var at: MomentArgument?

  /// The question as options of the library.
  func options(_ language: Language) throws -> CoverageOptions {
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
