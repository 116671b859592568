import ArgumentParser
import Planning
import Storage
import Travel
import Words

/// Which form of decay: one of them, or whichever fits best.
enum DecayArgument: String, CaseIterable, ExpressibleByArgument {
  case auto, exponential, power
  case logLogistic = "log-logistic"

  /// The form; `nil` for the best.
  var form: DecayForm? { DecayForm(rawValue: rawValue) }
}

/// How customers choose among points, as every task that needs to know asks it.
struct ChoiceArguments: ParsableArguments {
  @Option(
    help: .words(
      "How travel is computed: straight, the great circle times the terrain's circuity; or roads. Default: roads where the atlas has them.",
      zh: "路程的算法:straight 为大圆距离乘以地形的绕行系数;roads 为沿道路。图集有道路时默认 roads。"))
  var travel: Travel?

  @Option(
    help: .words(
      "Whose time on the way is meant, however people came: walk, ebike or car.",
      zh: "用时按哪种出行方式计(不论实际怎么来):walk 步行、ebike 电动车、car 汽车。"))
  var mode = TravelMode.walk

  @Option(
    help: .words(
      "How use falls with time: auto (the best by AIC), exponential, power or log-logistic.",
      zh: "使用率随用时衰减的形式:auto(按 AIC 取最佳)、exponential 指数、power 幂、log-logistic 对数逻辑。"))
  var decay = DecayArgument.auto

  @Flag(help: .words("Let attraction grow with the number of counters.", zh: "吸引力随窗口数增长。"))
  var counters = false

  @Option(
    help: .words(
      "How fast people are and how their ways wind: newest, as the atlas's newest calibration says; or none, the defaults. Default: newest where there is one.",
      zh: "出行速度和绕行系数:newest 取图集最新的校准;none 取默认值。有校准时默认 newest。"))
  var calibration: CalibrationChoice?

  /// The network, with its roads where they are asked for, and what its answers and volumes say of the choice.
  func estimated(
    _ input: AtlasArgument, _ payments: InPersonPayments, profiles: Bool, _ language: Language
  ) throws -> (PaymentNetwork, Surveys, ChoiceEstimate) {
    var network = try input.network(language)
    let surveys = try failing(in: language) { try Atlas(path: input.atlas).surveys() }
    var options = ChoiceOptions()
    options.mode = mode
    if let newest = try newestCalibration(
      calibration, of: input, surveys: surveys.distances, network: network, language)
    {
      options.factors = newest.calibration.factors
      options.calibration = newest.reference
    }
    options.decay = decay.form
    options.usesCounters = counters
    options.payments = payments
    options.wantsProfiles = profiles
    if travel != .straight {
      network.roads = try failing(in: language) { try Atlas(path: input.atlas).networkRoads() }
      if network.roads != nil { options.travel = .roads }
    }
    if travel == .roads, network.roads == nil { throw Failure.noRoads(input.atlas, language) }
    return (network, surveys, ChoiceEstimate(of: network, surveys: surveys.distances, options))
  }
}
