/// The headings and labels of the report's first page and of its chapter on what has changed.
///
///     SummaryWord.onePage[.chinese]  // "一页结论"
public enum SummaryWord: CaseIterable, Sendable {
  // Titles.
  case onePage, change, changeTable, townshipChange, gainedTable, lostTable
  // The verdict.
  case target, met, missed, toDecide
  // Figures.
  case villageCustomers, effectiveVillages, unservedCustomers, unservedPlaces, countingPoints, meanMinutes,
    p90Minutes,
    worstTenth
  // Heads of columns.
  case figure, before, now, difference, pointsOpened, pointsClosed, placesGained, placesLost

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .onePage: Bilingual(en: "On one page", zh: "一页结论")
    case .change: Bilingual(en: "Change since the last report", zh: "自上次报告以来的变化")
    case .changeTable: Bilingual(en: "Then and now", zh: "前后对比")
    case .townshipChange: Bilingual(en: "Townships whose share changes", zh: "覆盖率有变化的乡镇（街道）")
    case .gainedTable: Bilingual(en: "Newly served, most customers first", zh: "新增覆盖的村/社区（户数最多者在前）")
    case .lostTable: Bilingual(en: "No longer served, most customers first", zh: "不再覆盖的村/社区（户数最多者在前）")

    case .target: Bilingual(en: "target", zh: "目标")
    case .met: Bilingual(en: "met", zh: "达到")
    case .missed: Bilingual(en: "missed", zh: "未达到")
    case .toDecide: Bilingual(en: "To decide", zh: "待决事项")

    case .villageCustomers: Bilingual(en: "Village customers served", zh: "农村客户覆盖率")
    case .effectiveVillages: Bilingual(en: "Villages with an effective point", zh: "网点有效的行政村")
    case .unservedCustomers: Bilingual(en: "Customers not served", zh: "未覆盖户数")
    case .unservedPlaces: Bilingual(en: "Places not served", zh: "未覆盖村/社区")
    case .countingPoints: Bilingual(en: "Points that count", zh: "计入的网点")
    case .meanMinutes: Bilingual(en: "Mean minutes", zh: "平均分钟")
    case .p90Minutes: Bilingual(en: "P90 minutes", zh: "P90分钟")
    case .worstTenth: Bilingual(en: "Mean minutes of the worst tenth", zh: "最差 10% 平均分钟")

    case .figure: Bilingual(en: "Figure", zh: "指标")
    case .before: Bilingual(en: "Then", zh: "上次")
    case .now: Bilingual(en: "Now", zh: "本次")
    case .difference: Bilingual(en: "Change", zh: "变化")
    case .pointsOpened: Bilingual(en: "Points opened", zh: "新增网点")
    case .pointsClosed: Bilingual(en: "Points gone", zh: "减少网点")
    case .placesGained: Bilingual(en: "Places newly served", zh: "新增覆盖（处）")
    case .placesLost: Bilingual(en: "Places no longer served", zh: "不再覆盖（处）")
    }
  }
}
