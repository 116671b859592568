import Planning
import Travel
import Words

// What the report says where the times were asked along the roads.
extension ReportSentences {
  /// How the way is found, for the definition.
  func onRoads(_ snapping: RoadSnapping.Options) -> String {
    let limit = length(meters: Int(snapping.limitMillimeters / 1_000))
    return say(
      en:
        "Times follow the fastest way to the point on OpenStreetMap roads, at the speeds of the rules they were imported "
        + "by. The way from the door to the road counts too; farther than \(limit) from one, a place is off the roads.",
      zh: "用时沿道路计算：在图集的 OpenStreetMap 道路上按导入规则的速度取前往网点的最快路线；"
        + "从门口到最近道路的一段也计入，最远 \(limit)，更远的村/社区视为路网之外、无可达网点。")
  }

  /// Distances and times on roads, for the method.
  func roadMethod(_ roads: NetworkRoads?, _ options: CoverageOptions) -> [String] {
    let standard = options.standard
    let snapping = roads?.snapping ?? .init()
    let speed = Figures.decimal(Double(snapping.offRoadMillimetersPerSecond) / 1_000, digits: 2)
    let circuity = Figures.decimal(Double(snapping.circuityThousandths) / 1_000, digits: 1)
    let hasSlope = roads?.file.network.times.contains { !$0.forwardSlope.isEmpty } ?? false
    let oneWays =
      standard.townMode == .walk
      ? say(en: "One-way streets bind vehicles, not walkers", zh: "单行道只约束车辆，不约束步行")
      : say(en: "One-way streets and turn restrictions are kept", zh: "遵守单行道和转向限制")
    return [
      say(
        en:
          "Distance is the length of the fastest way, door to door, rounded to the nearest meter. The village radius is "
          + "still measured by great circle.",
        zh: "距离：最快路线从门到门的长度，米数四舍五入；村半径仍按大圆直线距离。"),
      say(
        en:
          "Time is added up in milliseconds along the way and rounded up to a whole second; tables show minutes rounded up "
          + "to a tenth. Exactly at a limit is within. From the door to the road people walk at \(speed) m/s, and that way "
          + "is \(circuity) times the straight line.",
        zh: "用时：沿途按毫秒累加，向上取整到秒；表中分钟向上取到一位小数。恰等于时限视为达到。"
          + "从门口到道路按步行每秒 \(speed) 米、直线的 \(circuity) 倍计算。"),
      say(
        en:
          "\(oneWays). Nobody is taken to a bit of road that leads nowhere while a road that leads on is near. "
          + (standard.countsReturn ? "The way there and the way back may differ; both count. " : "")
          + (hasSlope
            ? "Slope slows walkers and e-bikes by the heights imported." : "The ground is taken as level."),
        zh: "\(oneWays)；附近有连通道路时，不取孤立路段。" + (standard.countsReturn ? "去程与回程可不同，均计入。" : "")
          + (hasSlope ? "步行和电动自行车按导入的高程计坡度影响。" : "按平地计，不考虑坡度。")),
    ] + [calibrated(options).map { $0 + roadFactors(options.factors) }].compactMap(\.self)
  }

  /// What times on roads are multiplied by.
  private func roadFactors(_ factors: TravelFactors) -> String {
    let parts = TravelMode.allCases.map {
      "\($0.words[language]) × \(Figures.decimal(Double(factors[$0].roadThousandths) / 1_000, digits: 2))"
    }
    return say(
      en: " Times along the roads are multiplied by what people report: \(parts.joined(separator: ", ")).",
      zh: "沿路用时按自述用时放大：\(parts.joined(separator: "，"))。")
  }

  /// What times on roads cannot say.
  var roadLimits: String {
    say(
      en:
        "The roads are as the map has them: a path that is missing makes ways too long, a gate that is missing too short. "
        + "Traffic, lights and waiting are not known; speeds are those of the rules.",
      zh: "道路以地图数据为准：缺少的小路会使路程偏长，缺少的围墙和门会使路程偏短；不考虑拥堵、信号灯和等候，速度以规则为准。")
  }

  /// How sure the verdicts are; empty where there is nobody.
  func howSure(_ summary: CoverageSummary) -> String {
    let customers = summary.all.customers.total
    guard customers > 0 else { return "" }
    let sensitivity = summary.sensitivity
    func share(_ part: Int) -> String { Figures.percent(Double(part) / Double(customers)) }
    let percent = CoverageSummary.SpeedSensitivity.percent
    let (lost, gained) = (sensitivity.lost, sensitivity.gained)
    return say(
      en:
        "How sure this is: at speeds \(percent)% lower \(Figures.whole(lost)) customers (\(share(lost))) would no longer "
        + "be served, at speeds \(percent)% higher \(Figures.whole(gained)) more (\(share(gained))) would be; two well-known "
        + "engines, of different speeds, disagree on a tenth of ten-minute verdicts.",
      zh: "结论的把握：速度慢 \(percent)%，将有 \(Figures.whole(lost)) 户（\(share(lost))）不再达标；速度快 \(percent)%，将另有 "
        + "\(Figures.whole(gained)) 户（\(share(gained))）达标。速度是最不确定的假设：两个常用路径引擎因速度取值不同，"
        + "约一成的十分钟判定不一致。")
  }

  /// What the comparison shows, in a few sentences.
  func comparison(_ comparison: RoadComparison) -> String {
    let total = comparison.total
    var sentences: [String] = []
    if total.circuity != nil {
      sentences.append(
        say(
          en:
            "Along the roads the ways are \(factor(total.circuity)) times as long as the great circles to the same points "
            + "(sum by sum over the \(Figures.whole(total.reaching.places)) places that reach one).",
          zh:
            "沿路路程为到同一网点直线距离的 \(factor(total.circuity)) 倍（可达的 \(Figures.whole(total.reaching.places)) 处，按总和之比）。"
        ))
    }
    sentences.append(
      say(
        en:
          "By straight line \(Figures.whole(total.servedStraight.customers)) customers are served, along the roads "
          + "\(Figures.whole(total.servedOnRoads.customers)).",
        zh: "按直线法覆盖 \(Figures.whole(total.servedStraight.customers)) 户，沿路覆盖 "
          + "\(Figures.whole(total.servedOnRoads.customers)) 户。"))
    sentences.append(
      comparison.changes.isEmpty
        ? say(en: "No verdict changes.", zh: "没有判定改变。")
        : say(
          en:
            "\(Figures.whole(total.lost.places)) places with \(Figures.whole(total.lost.customers)) customers are no "
            + "longer served on the roads, \(Figures.whole(total.gained.places)) places with "
            + "\(Figures.whole(total.gained.customers)) customers are served only there.",
          zh:
            "改为沿路后，\(Figures.whole(total.lost.places)) 处（\(Figures.whole(total.lost.customers)) 户）由已覆盖变为未覆盖，"
            + "\(Figures.whole(total.gained.places)) 处（\(Figures.whole(total.gained.customers)) 户）由未覆盖变为已覆盖。")
    )
    return sentences.joined(separator: language == .english ? " " : "")
  }

  /// How the columns of the comparison are to be read.
  func comparisonRule(_ options: CoverageOptions) -> String {
    let line = StraightLine(mode: options.standard.townMode, factors: options.factors)
    let factors = Terrain.allCases.map {
      "\($0.words[language]) \(circuity(line.circuity(in: $0), options))"
    }
    return say(
      en:
        "Meters on the way ÷ meters of great circle, as the ratio of two sums over the places that reach a point. The "
        + "straight line assumes \(factors.joined(separator: ", ")) and the speed of the mode.",
      zh: "沿路倍数为可达各处沿路米数总和 ÷ 直线米数总和；直线法取\(factors.joined(separator: "，"))及相应速度。")
  }

  /// A ratio of lengths, or a dash.
  func factor(_ ratio: Double?) -> String { Figures.decimal(ratio, digits: 2) }

  /// Who is off the roads, the first of them by name; `nil` where nobody is.
  func offRoads(_ coverage: Coverage, in network: PaymentNetwork) -> String? {
    let listed = 10
    let comma = say(en: ", ", zh: "、")
    var sentences: [String] = []
    if !coverage.offRoads.isEmpty {
      var names = coverage.offRoads.prefix(listed).map { place, meters in
        let name = network.places.names[place]
        return meters.map {
          say(en: "\(name) (\(Figures.whole($0)) m)", zh: "\(name)（\(Figures.whole($0)) 米）")
        } ?? name
      }
      appendRest(coverage.offRoads.count - listed, to: &names)
      sentences.append(
        say(
          en:
            "\(Figures.whole(coverage.offRoads.count)) places are off the roads, with the distance to the nearest one: "
            + names.joined(separator: comma) + ".",
          zh: "路网之外的村/社区 \(Figures.whole(coverage.offRoads.count)) 处（括号内为到最近道路的距离）："
            + names.joined(separator: comma) + "。"))
    }
    if !coverage.pointsOffRoads.isEmpty {
      var names = coverage.pointsOffRoads.prefix(listed).map { network.points.names[$0] }
      appendRest(coverage.pointsOffRoads.count - listed, to: &names)
      sentences.append(
        say(
          en: "\(Figures.whole(coverage.pointsOffRoads.count)) points that count are off the roads: "
            + names.joined(separator: comma) + ".",
          zh: "路网之外的计入网点 \(Figures.whole(coverage.pointsOffRoads.count)) 个："
            + names.joined(separator: comma) + "。"))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: language == .english ? " " : "")
  }

  private func appendRest(_ rest: Int, to names: inout [String]) {
    guard rest > 0 else { return }
    names.append(say(en: "and \(Figures.whole(rest)) more", zh: "另有 \(Figures.whole(rest)) 处"))
  }
}
