public import Planning
public import Words

extension Calibration.Factor.Method {
  /// The method in both languages.
  public var words: Bilingual {
    switch self {
    case .standard: Bilingual(en: "no answers: default", zh: "无回答:默认值")
    case .borrowed: Bilingual(en: "of its group", zh: "取同组值")
    case .shrunkMedian: Bilingual(en: "median, drawn toward its group", zh: "中位数,向同组收缩")
    case .ratioOfSums: Bilingual(en: "ratio of sums", zh: "总和之比")
    case .roundedMinutes: Bilingual(en: "likelihood of rounded minutes", zh: "约数分钟的最大似然")
    case .refused: Bilingual(en: "refused: default", zh: "不合理,不采用:默认值")
    }
  }
}

extension SurveyRejection.Reason {
  /// The reason in both languages.
  public var words: Bilingual {
    switch self {
    case .bus: Bilingual(en: "by bus, which is not modeled", zh: "乘公交,不在建模范围")
    case .atThePoint: Bilingual(en: "lives at the point (less than 50 m away)", zh: "就住在网点处(不足 50 米)")
    case .shorterThanStraight: Bilingual(en: "a way shorter than the straight line", zh: "路程短于直线距离")
    case .absurdMeters: Bilingual(en: "a way of more than 500 km", zh: "路程超过 500 公里")
    case .zeroMinutes: Bilingual(en: "no minutes at all", zh: "分钟数为 0")
    case .absurdMinutes: Bilingual(en: "more than eight hours", zh: "超过八小时")
    case .grossMeters: Bilingual(en: "a length far from what others say", zh: "路程与他人所述相差过大")
    case .grossMinutes: Bilingual(en: "a speed far from the others'", zh: "速度与他人相差过大")
    case .grossRoadMinutes: Bilingual(en: "minutes far from those along the roads", zh: "分钟数与沿路用时相差过大")
    case .notOnRoads: Bilingual(en: "no way along the roads within four hours", zh: "四小时内无沿路路线")
    }
  }
}
