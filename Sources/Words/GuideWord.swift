/// The headings and labels of charts of where to pay (交费图表), in both languages.
///
///     GuideWord.title[.chinese]  // "交费图表"
public enum GuideWord: CaseIterable, Sendable {
  case title, sheetTitle, posterTitle, contents, index
  case number, point, methods, hours, phone, distance, way
  case here, atThePlace, alongTheRoads, toTheNearest, noWays, methodsNotKnown, hoursNotKnown
  case fromHome, fromHomeShort, channel, medium, provider
  case mapTitle, posterMapTitle
  case completeness, locatedPoints, pointsWithHours, pointsWithMethods, pointsWithPhone,
    sheetsWithChoice
  case sheets, places, continued, noPoints, synthetic, everyDay, allDay, closed, nextDay

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .title: Bilingual(en: "Where to pay the electricity bill", zh: "电费交费图表")
    case .sheetTitle: Bilingual(en: "Where to pay the electricity bill nearby", zh: "附近哪里交电费")
    case .posterTitle: Bilingual(en: "All payment points", zh: "全部交费网点")
    case .contents: Bilingual(en: "Contents", zh: "目录")
    case .index: Bilingual(en: "Townships", zh: "乡镇（街道）")

    case .number: Bilingual(en: "No.", zh: "序号")
    case .point: Bilingual(en: "Payment point", zh: "网点")
    case .methods: Bilingual(en: "Pay with", zh: "可用方式")
    case .hours: Bilingual(en: "Opening hours", zh: "营业时间")
    case .phone: Bilingual(en: "Phone", zh: "电话")
    case .distance: Bilingual(en: "Direction and distance", zh: "方位与距离")
    case .way: Bilingual(en: "Way there", zh: "路程")

    case .here: Bilingual(en: "You are here", zh: "您在这里")
    case .atThePlace: Bilingual(en: "right here", zh: "就在本处")
    case .alongTheRoads: Bilingual(en: "along the roads", zh: "沿路")
    case .toTheNearest: Bilingual(en: "min", zh: "分钟")
    case .noWays:
      Bilingual(
        en: "No payment point can be reached from here. Use one of the ways to pay that need no visit.",
        zh: "从本处没有可到达的交费网点，请使用下列不用出门的交费途径。")
    case .methodsNotKnown: Bilingual(en: "ask at the point", zh: "请到网点询问")
    case .hoursNotKnown: Bilingual(en: "not stated; ask before you go", zh: "未注明，请先询问")

    case .fromHome: Bilingual(en: "Ways to pay that need no visit", zh: "不用出门的交费途径")
    case .fromHomeShort: Bilingual(en: "Without a visit", zh: "不用出门")
    case .channel: Bilingual(en: "Way to pay", zh: "途径")
    case .medium: Bilingual(en: "Paid with", zh: "支付手段")
    case .provider: Bilingual(en: "Run by", zh: "运营方")

    case .mapTitle: Bilingual(en: "Map of the way to the payment points listed", zh: "所列网点位置图")
    case .posterMapTitle: Bilingual(en: "Map of the township's payment points", zh: "全镇网点分布图")

    case .completeness: Bilingual(en: "How complete the charts are", zh: "图表完整性")
    case .locatedPoints: Bilingual(en: "Points with a valid position", zh: "坐标有效的网点")
    case .pointsWithHours: Bilingual(en: "Points with opening hours", zh: "注明营业时间的网点")
    case .pointsWithMethods: Bilingual(en: "Points with ways of paying", zh: "注明交费方式的网点")
    case .pointsWithPhone: Bilingual(en: "Points with a phone number", zh: "注明电话的网点")
    case .sheetsWithChoice:
      Bilingual(en: "Sheets with three ways or more within reach", zh: "可达范围内不少于 3 处网点的图表")

    case .sheets: Bilingual(en: "Sheets", zh: "图表数")
    case .places: Bilingual(en: "Places", zh: "村/社区")
    case .continued: Bilingual(en: "continued", zh: "续")
    case .noPoints: Bilingual(en: "There is no payment point here.", zh: "本乡镇（街道）没有交费网点。")
    case .synthetic: Bilingual(en: "Synthetic data, not a real network", zh: "合成数据，非真实网点")

    case .everyDay: Bilingual(en: "daily", zh: "每天")
    case .allDay: Bilingual(en: "day and night, every day", zh: "每天 24 小时")
    case .closed: Bilingual(en: "closed", zh: "不营业")
    case .nextDay: Bilingual(en: " the next day", zh: "次日")
    }
  }
}
