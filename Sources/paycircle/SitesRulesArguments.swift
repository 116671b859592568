import ArgumentParser
import Geo
import Planning
import Travel
import Words

/// What must be reached: a share of the weight, `95%`, or, of distance and worst, a time, `15min`.
enum SiteTarget: ExpressibleByArgument {
  case share(millionths: Int)
  case time(TravelTime)

  init?(argument: String) {
    if let share = Percent(argument: argument) {
      self = .share(millionths: share.millionths)
    } else if let time = TravelTime(parsing: argument) {
      self = .time(time)
    } else {
      return nil
    }
  }
}

/// Reads `800m` or `1.5km`. A bare number is refused: which unit would it be in?
extension Distance: ExpressibleByArgument {
  /// Reads `800m` or `1.5km`.
  public init?(argument: String) { self.init(parsing: argument) }
}

/// Whole numbers from 0 up, separated by commas.
struct NumberList: ExpressibleByArgument {
  var numbers: [Int]

  init?(argument: String) {
    numbers = []
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(word), (0...1_000_000).contains(number) else { return nil }
      numbers.append(number)
    }
  }
}

/// Sums of money with their unit, separated by commas.
struct YuanList: ExpressibleByArgument {
  var fen: [Int]

  init?(argument: String) {
    fen = []
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let yuan = Yuan(argument: String(word)) else { return nil }
      fen.append(yuan.fen)
    }
  }
}

/// What plans must keep to besides a number of sites or a budget.
struct SitesRulesArguments: ParsableArguments {
  @Option(
    help: .words(
      "New sites lie at least so far from each other and from points that count, great circle: 800m.",
      zh: "新设网点之间、与计入网点之间的最小直线距离:800m。"))
  var spacing: Distance?

  @Option(help: .words("At most so many new sites in a township.", zh: "每个乡镇最多新设的网点数。"))
  var perTownship: Int?

  @Option(
    help: .words(
      "With --in-poorest: at least so many new sites lie there.", zh: "与 --in-poorest 合用:其中至少新设的网点数。"))
  var atLeast: Int?

  @Option(
    help: .words(
      "The poorest are so many townships: those with the lowest share of the weight served today.",
      zh: "最薄弱乡镇的个数:现状达标权重占比最低者。"))
  var inPoorest: Int?

  @Option(
    help: .words(
      "Close points where it does least harm: exactly so many with --choose and --target, at most so many with --budget, which gains what they cost in --months.",
      zh: "关闭影响最小的现有网点:与 --choose、--target 合用时恰好这么多;与 --budget 合用时至多这么多,所省的 --months 运营费计入预算。"))
  var close: Int?

  @Option(
    help: .words(
      "Close at most so many points, opening a site for each besides those of --choose, which may be 0.",
      zh: "至多搬迁的网点数:每关闭一个另设一个,不占 --choose 的名额(--choose 可为 0)。"))
  var relocate: Int?

  @Option(
    help: .words(
      "With --relocate: what each relocation costs besides the site, with its unit: 2000yuan.",
      zh: "与 --relocate 合用:每次搬迁在新址费用之外的费用,须带单位:2000yuan。"))
  var movingCost: Yuan?

  @Option(
    help: .words(
      "Close or relocate a point only if that serves more than this share of all weight, with --goal distance shortens today's ways by more, with --goal visits draws more of what can be drawn: 0.5%.",
      zh:
        "仅当多达标的权重超过总权重的这一比例(--goal distance 时为路程缩短超过现状总路程的这一比例,--goal visits 时为多吸引的交费超过可吸引交费的这一比例)时才关闭或搬迁网点:0.5%。"
    ))
  var keepUnless: Percent?

  @Flag(
    help: .words(
      "Serve as much weight as possible by two points of different operators.", zh: "使尽量多的权重有不同运营方的两个网点可去。"))
  var secondOperator = false

  @Option(
    name: .customLong("operator"),
    help: .words(
      "With --second-operator: who runs all new sites. Default: each somebody of its own.",
      zh: "与 --second-operator 合用:新设网点的运营方。默认各为不同的运营方。"))
  var newOperator: String?

  @Option(
    help: .words(
      "Open at most so many sites in each phase, each the best given those before: 10,10,20.",
      zh: "分期新设的网点数上限,每期在前期基础上最优:10,10,20。"))
  var phases: NumberList?

  @Option(
    help: .words(
      "Spend at most so much in each phase: 100000yuan,200000yuan. What is left is not carried on.",
      zh: "各期费用上限:100000yuan,200000yuan。结余不转入下期。"))
  var phaseBudgets: YuanList?

  /// The phases that are asked for.
  var sizes: PhaseSizes? {
    if let phases { return .sites(phases.numbers) }
    return phaseBudgets.map { .budgets(fen: $0.fen) }
  }

  /// The rules that are asked for.
  func rules(months: Int, keptPoints: [Int]) -> SiteRules {
    var rules = SiteRules()
    rules.spacing = spacing
    rules.perTownship = perTownship
    if let atLeast, let inPoorest { rules.poorest = .init(sites: atLeast, townships: inPoorest) }
    rules.close = close ?? 0
    rules.relocate = relocate ?? 0
    if rules.closesPoints {
      rules.monthsSaved = months
      rules.keptPoints = keptPoints
      rules.movingCostFen = movingCost?.fen ?? 0
      rules.keepUnlessMillionths = keepUnless?.millionths ?? 0
    }
    if secondOperator { rules.secondOperator = newOperator.map { .named($0) } ?? .ownEach }
    return rules
  }

  func validate() throws {
    try requireFromOneUp(perTownship, "--per-township")
    try requireFromOneUp(atLeast, "--at-least")
    try requireFromOneUp(inPoorest, "--in-poorest")
    try requireFromOneUp(close, "--close")
    try requireFromOneUp(relocate, "--relocate")
    if (atLeast == nil) != (inPoorest == nil) {
      throw ValidationError(
        said("--at-least and --in-poorest: expected both.", zh: "--at-least 和 --in-poorest:应同时给出。"))
    }
    if close != nil, relocate != nil {
      throw ValidationError(
        said("--close and --relocate: expected one of them.", zh: "--close 和 --relocate:只能给出一个。"))
    }
    if movingCost != nil, relocate == nil {
      throw ValidationError(said("--moving-cost: for --relocate.", zh: "--moving-cost:只用于 --relocate。"))
    }
    if newOperator != nil, !secondOperator {
      throw ValidationError(
        said("--operator: for --second-operator.", zh: "--operator:只用于 --second-operator。"))
    }
    if newOperator == "" {
      throw ValidationError(said("--operator: expected a name.", zh: "--operator:应给出名称。"))
    }
    if secondOperator, close != nil || relocate != nil {
      throw ValidationError(
        said(
          "--second-operator: points stay; expected neither --close nor --relocate.",
          zh: "--second-operator:现有网点保留,不能与 --close、--relocate 合用。"))
    }
    if sizes != nil, close != nil || relocate != nil || secondOperator {
      throw ValidationError(
        said(
          "--phases and --phase-budgets: expected without --close, --relocate and --second-operator.",
          zh: "--phases、--phase-budgets:不能与 --close、--relocate、--second-operator 合用。"))
    }
  }

  private func requireFromOneUp(_ number: Int?, _ option: String) throws {
    if let number, !(1...1_000_000).contains(number) {
      throw ValidationError(
        said("\(option) \(number): expected a number from 1 up.", zh: "\(option) \(number):应为不小于 1 的数。"))
    }
  }
}

extension SitesCommand {
  /// How many limits are given.
  var limitCount: Int {
    [choose != nil, budget != nil, target != nil, rules.phases != nil, rules.phaseBudgets != nil]
      .count { $0 }
  }

  /// Refuses limits, goals and rules that make no sense together.
  func checkTogether() throws {
    guard limitCount == 1 else {
      throw ValidationError(
        said(
          "expected one of --choose, --budget and --target (or --phases, --phase-budgets).",
          zh: "--choose、--budget、--target(或 --phases、--phase-budgets)应恰好给出一个。"))
    }
    let movesPoints = rules.close != nil || rules.relocate != nil
    if let choose, choose < (movesPoints ? 0 : 1) {
      throw ValidationError(
        said(
          "--choose \(choose): expected a number from \(movesPoints ? 0 : 1) up.",
          zh: "--choose \(choose):应为不小于 \(movesPoints ? 0 : 1) 的数。"))
    }
    try checkTarget()
    try checkGoal(movesPoints)
    if rules.relocate != nil, target != nil {
      throw ValidationError(
        said("--relocate: expected --choose or --budget.", zh: "--relocate:应与 --choose 或 --budget 合用。"))
    }
    if rules.keepUnless != nil, rules.relocate == nil, rules.close == nil || budget == nil {
      throw ValidationError(
        said(
          "--keep-unless: for --relocate, and for --close with --budget; --close alone closes as many as it says.",
          zh: "--keep-unless:用于 --relocate,或 --close 与 --budget 合用;单独的 --close 必须关闭所给个数。"))
    }
  }

  private func checkTarget() throws {
    switch (target, goal) {
    case (.time, .coverage):
      throw ValidationError(
        said(
          "--target: a share is expected for --goal coverage, such as 95%; a time is for --goal worst and distance.",
          zh: "--target:--goal coverage 应给出占比,如 95%;时间用于 --goal worst 和 distance。"))
    case (.share, .distance), (.share, .worst):
      throw ValidationError(
        said(
          "--target: a time is expected for --goal \(goal.rawValue), such as 15min; a share is for --goal coverage.",
          zh: "--target:--goal \(goal.rawValue) 应给出时间,如 15min;占比用于 --goal coverage。"))
    default: break
    }
  }

  private func checkGoal(_ movesPoints: Bool) throws {
    let isRuled =
      movesPoints || rules.secondOperator || rules.inPoorest != nil || rules.spacing != nil
      || rules.perTownship != nil
    if rules.secondOperator, goal != .coverage || goals.gradual {
      throw ValidationError(
        said(
          "--second-operator: for --goal coverage without --gradual.",
          zh: "--second-operator:用于不带 --gradual 的 --goal coverage。"))
    }
    if movesPoints, goal == .relief, budget != nil || rules.keepUnless != nil {
      throw ValidationError(
        said(
          "--goal relief: --close and --relocate are for --choose, without --keep-unless.",
          zh: "--goal relief:--close、--relocate 应与 --choose 合用,不能与 --keep-unless 合用。"))
    }
    if goal == .visits, target != nil || curve {
      throw ValidationError(
        said(
          "--goal visits: expected --choose, --budget or phases; --target and --curve are for other goals.",
          zh: "--goal visits:应使用 --choose、--budget 或分期;--target、--curve 用于其他目标。"))
    }
    if goal == .visits, movesPoints, goals.from == .all {
      throw ValidationError(
        said(
          "--goal visits: --close and --relocate are for --from others and --from nobody; where everybody's payments count, a site draws more the more points close.",
          zh: "--goal visits:--close、--relocate 用于 --from others、--from nobody;计入全部交费时,关闭网点越多,新网点吸引的交费越多。"))
    }
    if goal == .promise, target != nil || curve {
      throw ValidationError(
        said(
          "--goal promise: expected --choose, --budget or phases; --target and --curve are for other goals.",
          zh: "--goal promise:应使用 --choose、--budget 或分期;--target、--curve 用于其他目标。"))
    }
    if rules.keepUnless != nil, goal == .worst || goal == .promise {
      throw ValidationError(
        said(
          "--keep-unless: for --goal coverage, distance and visits; the longest way and the promise have no shares.",
          zh: "--keep-unless:用于 --goal coverage、distance 和 visits;最长路程和承诺没有占比。"))
    }
    if goals.gradual, goal != .coverage || target != nil || curve {
      throw ValidationError(
        said(
          "--gradual: for --goal coverage, without --target and --curve.",
          zh: "--gradual:只用于 --goal coverage,不能与 --target、--curve 合用。"))
    }
    if curve, goal != .coverage || isRuled {
      throw ValidationError(
        said(
          "--curve: for --goal coverage without rules.", zh: "--curve:用于不带规则的 --goal coverage。"))
    }
  }
}
