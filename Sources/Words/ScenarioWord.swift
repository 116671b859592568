/// The headings and labels of what scenarios change: tables, maps and charts.
///
///     ScenarioWord.placesGained[.chinese]  // "新达标的村/社区"
public enum ScenarioWord: CaseIterable, Sendable {
  // Titles.
  case whatIf, sideBySide, scenario, asItIs, mapOfChanges, placesGained, placesLost, takeovers,
    beforeAndAfter,
    changingTownships
  // Heads of columns and rows.
  case customersServed, gained, lost, elderlyShare, meanMinutes, p90Minutes, villagesWithPoint,
    effectiveVillages,
    singlePoint, overloadedPoints, belowBreakEven, paymentsPerMonth, allCustomers, before, after, change,
    elderly,
    minutesBefore, minutesAfter, nearestAfter, perMonth, utilization, hoursShared, keepsUp, yes, no,
    customersChange
  // What happens to points.
  case opened, closed, moved, altered, nothing
  // The map.
  case servedBefore, unservedBefore, pointStays, pointAltered, pointClosed, pointOpened, placeGained,
    placeLost
  // The chart of a sweep.
  case shareServed, paymentsPerPoint, pointsBelowBreakEven

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .whatIf: Bilingual(en: "What if", zh: "情景分析")
    case .sideBySide: Bilingual(en: "Side by side", zh: "并列对比")
    case .scenario: Bilingual(en: "Scenario", zh: "情景")
    case .asItIs: Bilingual(en: "As it is", zh: "现状")
    case .mapOfChanges: Bilingual(en: "Map of the changes", zh: "变动分布图")
    case .placesGained: Bilingual(en: "Places gained", zh: "新达标的村/社区")
    case .placesLost: Bilingual(en: "Places lost", zh: "不再达标的村/社区")
    case .takeovers: Bilingual(en: "Who takes over", zh: "由谁接替")
    case .beforeAndAfter: Bilingual(en: "Before and after", zh: "前后对比")
    case .changingTownships: Bilingual(en: "Townships that change", zh: "有变化的乡镇（街道）")

    case .customersServed: Bilingual(en: "Customers served", zh: "达标户数")
    case .gained: Bilingual(en: "Places gained", zh: "新达标")
    case .lost: Bilingual(en: "Places lost", zh: "不再达标")
    case .elderlyShare: Bilingual(en: "Elderly %", zh: "老年 %")
    case .meanMinutes: Bilingual(en: "Mean minutes", zh: "平均分钟")
    case .p90Minutes: Bilingual(en: "P90 minutes", zh: "P90 分钟")
    case .villagesWithPoint: Bilingual(en: "Villages with a point", zh: "有网点的行政村")
    case .effectiveVillages: Bilingual(en: "Villages with an effective point", zh: "有有效网点的行政村")
    case .singlePoint: Bilingual(en: "Customers on a single point", zh: "只依赖一个网点的户数")
    case .overloadedPoints: Bilingual(en: "Overloaded points", zh: "超负荷网点")
    case .belowBreakEven: Bilingual(en: "Points below break-even", zh: "低于保本笔数的网点")
    case .paymentsPerMonth: Bilingual(en: "Payments in person a month", zh: "每月线下交费笔数")
    case .allCustomers: Bilingual(en: "All customers served", zh: "全部客户达标率")
    case .before: Bilingual(en: "Before", zh: "之前")
    case .after: Bilingual(en: "After", zh: "之后")
    case .change: Bilingual(en: "Change", zh: "变化")
    case .elderly: Bilingual(en: "Elderly", zh: "老年户")
    case .minutesBefore: Bilingual(en: "Minutes before", zh: "之前分钟")
    case .minutesAfter: Bilingual(en: "Minutes after", zh: "之后分钟")
    case .nearestAfter: Bilingual(en: "Nearest point after", zh: "之后最近网点")
    case .perMonth: Bilingual(en: "Per month", zh: "每月笔数")
    case .utilization: Bilingual(en: "Busy at the peak", zh: "高峰利用率")
    case .hoursShared: Bilingual(en: "Open when it was", zh: "营业时间重合")
    case .keepsUp: Bilingual(en: "Keeps up", zh: "能否接替")
    case .yes: Bilingual(en: "yes", zh: "能")
    case .no: Bilingual(en: "no", zh: "不能")
    case .customersChange: Bilingual(en: "Customers", zh: "户数变化")

    case .opened: Bilingual(en: "Opened", zh: "新设")
    case .closed: Bilingual(en: "Closed", zh: "关闭")
    case .moved: Bilingual(en: "Moved", zh: "迁移")
    case .altered: Bilingual(en: "Altered", zh: "变更")
    case .nothing: Bilingual(en: "Nothing changes.", zh: "没有变动。")

    case .servedBefore: Bilingual(en: "served as before", zh: "仍达标")
    case .unservedBefore: Bilingual(en: "not served as before", zh: "仍未达标")
    case .pointStays: Bilingual(en: "point that stays", zh: "不变的网点")
    case .pointAltered: Bilingual(en: "point moved or altered", zh: "迁移或变更的网点")
    case .pointClosed: Bilingual(en: "point closed", zh: "关闭的网点")
    case .pointOpened: Bilingual(en: "point opened", zh: "新设的网点")
    case .placeGained: Bilingual(en: "place gained", zh: "新达标")
    case .placeLost: Bilingual(en: "place lost", zh: "不再达标")

    case .shareServed: Bilingual(en: "Customers served", zh: "达标户数占比")
    case .paymentsPerPoint:
      Bilingual(en: "Payments in person a month, per point", zh: "平均每个网点每月线下笔数")
    case .pointsBelowBreakEven: Bilingual(en: "Points below break-even", zh: "低于保本笔数的网点")
    }
  }
}
