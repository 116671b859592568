import Geo
import Planning
import Travel
import Words

extension ReportSentences {
  /// How the figures were computed, one rule a sentence.
  func method(_ options: CoverageOptions, roads: NetworkRoads?) -> [String] {
    let ways =
      switch options.travel {
      case .straight: straightMethod(options)
      case .roads: roadMethod(roads, options)
      }
    return ways + rules
  }

  /// Distances and times by straight line.
  private func straightMethod(_ options: CoverageOptions) -> [String] {
    let radius = Figures.decimal(earthRadiusMeters, digits: 1)
    let distance = say(
      en:
        "Distance is the great circle on a sphere of radius \(radius) m (IUGG mean radius R1; Moritz 2000), within 0.56% "
        + "of the ellipsoid; meters are rounded to the nearest.",
      zh: "距离：半径 \(radius) 米球面（IUGG 平均半径 R1，Moritz 2000）上的大圆距离，与椭球距离相差不超过 0.56%；米数四舍五入。")
    let time = say(
      en:
        "Time = distance × circuity ÷ speed, rounded up to a whole second; tables show minutes rounded up to a tenth. "
        + "Exactly at a limit is within. Speeds: "
        + TravelMode.allCases.map { "\($0.words[.english]) \(perSecondByTerrain($0, options.factors)) m/s" }
        .joined(separator: ", ") + ". "
        + (calibrated(options)
          ?? "Circuity and speed are defaults until a survey calibrates them: towns measure 1.2–1.25 (Newell 1980; "
          + "O'Sullivan and Morrall 1996), hills and mountains more."),
      zh: "用时 = 距离 × 弯曲系数 ÷ 速度，向上取整到秒；表中分钟向上取到一位小数。恰等于时限视为达到。速度："
        + TravelMode.allCases.map { "\($0.words[.chinese])每秒 \(perSecondByTerrain($0, options.factors)) 米" }
        .joined(separator: "，") + "。"
        + (calibrated(options)
          ?? "弯曲系数和速度在调查校准之前为默认值：城区实测 1.2–1.25（Newell 1980；O'Sullivan、Morrall 1996），丘陵和山区更大。"))
    return [distance, time]
  }

  /// What holds for any way of travel.
  private var rules: [String] {
    [
      say(
        en:
          "P50, P90 and P95 are the smallest values that at least that share of the weight does not exceed. Places that "
          + "reach no point are left out of times and counted apart.",
        zh: "P50、P90、P95 为至少该比例的权重不超过的最小值；无可达网点的村/社区不计入用时，另行列出。"),
      say(
        en:
          "Ladder of administrative villages: L2 has a point that counts assigned to it; at L3 one of these had a payment "
          + "in the latest month with volumes and opens at least 4 hours on at least 5 days a week, or was present at 90 % of at least 10 visits at its published times; at L4 every place of the "
          + "village has another effective point within 30 minutes. L3 and L4 are not known where volumes or hours are missing.",
        zh: "行政村阶梯：L2 为有计入的网点归属该村；L3 为其中至少一个最近月份有业务、每周至少 5 天每天营业至少 4 小时，或至少 10 次巡查中 90 % 在岗；"
          + "L4 为该村各处 30 分钟内另有有效网点。缺少业务量或营业时间时，L3、L4 记为未知。"),
      say(
        en:
          "Worst-served tenth: the mean time over the tenth of the weight that travels longest (CVaR90). Gini: 0 when all "
          + "travel alike. Gap of the elderly: share of all customers served minus share of the elderly served.",
        zh: "最差 10%：用时最长的 10% 权重的平均用时（CVaR90）。基尼系数：用时完全相同为 0。老年客户差距：全部客户覆盖率减老年客户覆盖率。"),
      say(
        en:
          "Still served: customers whose place would be served though any one point had closed. Hours on the way in a "
          + "year: in-person payments of twelve months × there and back to the nearest point that counts.",
        zh: "任一网点停业仍被覆盖：失去任何一个网点后仍达标的客户占比。全年路途小时：十二个月线下交费笔数 × 到最近计入网点的往返用时。"),
      say(
        en:
          "Minutes, meters and customers are whole numbers and add up exactly; a share that is neither nothing nor all "
          + "never reads 0.0% or 100.0%.",
        zh: "分钟、米、户数均为整数，合计精确；未达全部的比例不会显示为 100.0%，不为零的不会显示为 0.0%。"),
    ]
  }

  /// What the figures cannot say.
  func limits(travel: Travel) -> [String] {
    let straight = say(
      en:
        "A straight line knows no river, ridge or closed road. In mountains true ways are often longer than the circuity "
        + "assumed here: times are then too short and coverage too high.",
      zh: "直线法不考虑河流、山梁和断头路；山区实际路程往往比这里的弯曲系数更长，用时因而偏短、覆盖率偏高。")
    let others = [
      say(
        en:
          "All customers of a place are taken to live at its position. A point in the village does not mean ten minutes: "
          + "the village rule and the town rule are two promises.",
        zh: "同一村/社区的客户视为都在其坐标处；“村内有网点”不等于“十分钟可达”，城区与农村是两个不同的承诺。"),
      say(
        en:
          "No public document defines the ten-minute payment circle. Three readings are common: minutes along the way at a "
          + "person's speed, 500 m along the way, and 500 m by straight line (the living circle of GB 50180-2018). They "
          + "give different shares; compare only like with like, and do not compare reports across a change of method.",
        zh: "“十分钟交费圈”尚无公开的统一定义，常见三种口径：按人的速度计路程分钟、沿路 500 米、直线 500 米"
          + "（GB 50180-2018 十分钟生活圈）。各口径结果不同，只能同口径比较；方法变更前后的报告不可直接对比。"),
    ]
    switch travel {
    case .straight: return [straight] + others
    case .roads: return [roadLimits] + others
    }
  }

}

extension ReportSentences {
  /// The second reading of ten minutes.
  var alongTheWay: String {
    say(en: "500 m along the way", zh: "沿路 500 米")
  }

  /// The same on roads.
  var alongTheRoads: String { say(en: "500 m along the roads", zh: "沿道路 500 米") }

  /// The third reading of ten minutes.
  var straight: String { say(en: "500 m by straight line", zh: "直线 500 米") }
}
