/// The headings and labels of the report's township sheets, of its chapter on equity and of that on the quality of the data.
public enum TownshipWord: CaseIterable, Sendable {
  // Township sheets.
  case sheet, figures, county, belowTarget, pointsByKind, worstPlaces, mapTitle
  case complaintRate, dormantPoints, overloadedPoints, activePoints, villagesWithPoint, secondPoint
  case village, level, besideCounty
  // The ladder, rung by rung.
  case level0, halfway, level1, level2, level3, level4
  // Equity.
  case equity, tenthsTable, tenthsChart, tenth, longest, rural, elderly, groupsTable, group, farthestTable,
    everybody
  case meanMeters
  // Quality of the data.
  case quality, knownTable, column, known, findingsTable, example, found, decimalsTable, decimals
  case refused, importedOn, provenance
  case placeHasCustomers, placeElderly, placeFeeControl, placeOnline, placeArrears, placeTownship
  case pointHours, pointMethods, pointCounters, pointPlace, pointVolumes

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .sheet: Bilingual(en: "Township sheet", zh: "乡镇（街道）分表")
    case .figures: Bilingual(en: "Figures beside the target and the county", zh: "指标与目标、全县对比")
    case .county: Bilingual(en: "County", zh: "全县（市）")
    case .belowTarget: Bilingual(en: "Villages below the target", zh: "未达阶梯目标的行政村")
    case .pointsByKind: Bilingual(en: "Payment points by kind", zh: "网点类型")
    case .worstPlaces: Bilingual(en: "Worst-served places", zh: "用时最长的村/社区")
    case .mapTitle: Bilingual(en: "Map of the township", zh: "乡镇（街道）地图")
    case .complaintRate: Bilingual(en: "Complaints per 10,000 payments", zh: "每万笔投诉数")
    case .dormantPoints: Bilingual(en: "Points dormant for sixty days or more", zh: "休眠60天以上的网点")
    case .overloadedPoints: Bilingual(en: "Points overloaded at the peak", zh: "高峰超负荷的网点")
    case .activePoints: Bilingual(en: "Points with a payment in the latest month", zh: "最近一月有业务的网点")
    case .villagesWithPoint: Bilingual(en: "Villages with a payment point", zh: "有网点的行政村")
    case .secondPoint: Bilingual(en: "Served if any one point closed", zh: "任一网点停业仍被覆盖")
    case .village: Bilingual(en: "Administrative village", zh: "行政村")
    case .level: Bilingual(en: "Level", zh: "所处阶梯")
    case .besideCounty: Bilingual(en: "Beside the county", zh: "与全县相差")

    case .level0: Bilingual(en: "L0: none within 60 minutes", zh: "L0：60 分钟内无网点")
    case .halfway: Bilingual(en: "L0–L1: some within 60 minutes", zh: "L0～L1：部分 60 分钟内有网点")
    case .level1: Bilingual(en: "L1: one within 30 minutes", zh: "L1：30 分钟内有网点")
    case .level2: Bilingual(en: "L2: a point in the village", zh: "L2：村内有网点")
    case .level3: Bilingual(en: "L3: an effective point", zh: "L3：网点有效")
    case .level4: Bilingual(en: "L4: secured", zh: "L4：有备用网点")

    case .equity: Bilingual(en: "Equity and the worst served", zh: "均衡性与服务最差人群")
    case .tenthsTable: Bilingual(en: "Customers in ten equal groups, by their way", zh: "按用时排序的十等分客户")
    case .tenthsChart: Bilingual(en: "Mean minutes of each tenth of customers", zh: "各十分之一客户的平均用时")
    case .tenth: Bilingual(en: "Tenth", zh: "十等分")
    case .longest: Bilingual(en: "Longest minutes", zh: "最长分钟")
    case .rural: Bilingual(en: "In the country", zh: "农村占比")
    case .elderly: Bilingual(en: "Elderly", zh: "老年占比")
    case .groupsTable: Bilingual(en: "Group by group", zh: "分人群对比")
    case .group: Bilingual(en: "Group", zh: "人群")
    case .farthestTable: Bilingual(en: "The twenty places with the longest way", zh: "用时最长的二十处村/社区")
    case .everybody: Bilingual(en: "All customers", zh: "全部客户")
    case .meanMeters: Bilingual(en: "Mean meters", zh: "平均米数")

    case .quality: Bilingual(en: "Quality of the data", zh: "数据质量")
    case .knownTable: Bilingual(en: "What is known", zh: "数据完整性")
    case .column: Bilingual(en: "Of what", zh: "数据项")
    case .known: Bilingual(en: "Known", zh: "已知")
    case .findingsTable: Bilingual(en: "What the check of the data finds", zh: "数据检查发现")
    case .example: Bilingual(en: "First of them", zh: "首例")
    case .found: Bilingual(en: "Found", zh: "个数")
    case .decimalsTable: Bilingual(en: "Decimals of the coordinates", zh: "坐标小数位数")
    case .decimals: Bilingual(en: "Decimals of a degree", zh: "度的小数位")
    case .refused: Bilingual(en: "Refused", zh: "拒收行数")
    case .importedOn: Bilingual(en: "Imported on", zh: "导入日期")
    case .provenance: Bilingual(en: "Where the data come from", zh: "数据来源与可复现性")
    case .placeHasCustomers: Bilingual(en: "Places with customers", zh: "有户数的村/社区")
    case .placeElderly: Bilingual(en: "Places with the share of the elderly", zh: "有老年占比的村/社区")
    case .placeFeeControl: Bilingual(en: "Places with the share on fee control", zh: "有费控占比的村/社区")
    case .placeOnline: Bilingual(en: "Places with the share that pays online", zh: "有线上占比的村/社区")
    case .placeArrears: Bilingual(en: "Places with the money overdue", zh: "有欠费金额的村/社区")
    case .placeTownship: Bilingual(en: "Places with a township", zh: "有所属乡镇的村/社区")
    case .pointHours: Bilingual(en: "Points with opening hours", zh: "有营业时间的网点")
    case .pointMethods: Bilingual(en: "Points with ways of paying", zh: "有缴费方式的网点")
    case .pointCounters: Bilingual(en: "Points with the number of counters", zh: "有窗口数的网点")
    case .pointPlace: Bilingual(en: "Points assigned to a place", zh: "有所属村/社区的网点")
    case .pointVolumes: Bilingual(en: "Active points with payments by month", zh: "有月度业务量的营业网点")
    }
  }
}
