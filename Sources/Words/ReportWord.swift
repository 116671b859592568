/// The headings and labels of reports and maps, in both languages.
///
///     ReportWord.mapTitle[.english]  // "Map of the payment circle"
public enum ReportWord: CaseIterable, Sendable {
  // Titles.
  case title, byTownship, bySetting, byTerrain, results, definition, mapHeading, mapTitle, detailMapTitle,
    times, timesTitle, worst, network, kindsTable
  case channelsTable, method, sourcesTable, threeReadings, comparison, comparisonTable, changesTable
  // Warnings.
  case syntheticShort, synthetic, internalMaterial
  // Heads of columns and rows.
  case total, places, customers, servedPlaces, unservedPlaces, servedCustomers, unservedCustomers, share,
    place
  case portion, township, population, distribution, minutes, metersUnit, mean, half, p90, p95, longest,
    ladder, villagesUnit, nearest
  case reason, setting, terrain, kind, points, counting, hoursKnown, channel, inPerson, remote, access,
    medium, provider
  case file, rows, digest, dataKind, origin, made, collected, reading, meanMinutes, p90Minutes
  case townShare, villageShare, metersOnRoads
  case placesReaching, circuity, servedStraight, servedOnRoads, placesLost, placesGained, minutesStraight,
    minutesOnRoads, change, gains, loses
  // The ladder.
  case level2, level3, level4
  // Single figures.
  case countingPoints, townCustomers, villagesWithPoint, allCustomers, allPlaces, backup, unreachable,
    worstTenth, gini, elderlyGap
  case lowestTownship, hoursPerYear, assumedOpen, weightedShare
  // The map.
  case north, kilometers, meters, circleArea, notCounting, countyOutline, townshipOutline, servedCells
  case partlyServedCells, unservedCells, roads
  // The chart.
  case minutesToNearest, noneReached
  // Nothing to say.
  case noPlaces, noPoints, noSources, nothingUnserved, nothingOnMap
  // The foot.
  case madeBy, madeAt

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .title: Bilingual(en: "Places to pay the electricity bill", zh: "电费交费服务覆盖报告")
    case .byTownship: Bilingual(en: "By township", zh: "各乡镇（街道）")
    case .bySetting: Bilingual(en: "Town and country", zh: "城区与农村")
    case .byTerrain: Bilingual(en: "By terrain", zh: "各类地形")
    case .results: Bilingual(en: "Results", zh: "主要结果")
    case .definition: Bilingual(en: "What was measured", zh: "统计口径")
    case .mapHeading: Bilingual(en: "Map", zh: "地图")
    case .mapTitle: Bilingual(en: "Map of the payment circle", zh: "交费圈分布图")
    case .detailMapTitle: Bilingual(en: "Where most customers live, four times larger", zh: "客户最密集区域（放大四倍）")
    case .times: Bilingual(en: "Time to the nearest payment point", zh: "交费路程")
    case .timesTitle: Bilingual(en: "Customers by minutes to the nearest payment point", zh: "到最近网点用时的客户分布")
    case .worst: Bilingual(en: "Unserved places with most customers", zh: "未覆盖户数最多的村/社区")
    case .network: Bilingual(en: "Payment points and ways to pay", zh: "网点与交费途径")
    case .kindsTable: Bilingual(en: "Payment points by kind", zh: "各类网点")
    case .channelsTable: Bilingual(en: "Ways to pay", zh: "交费途径")
    case .method: Bilingual(en: "Method and limits", zh: "方法与局限")
    case .sourcesTable: Bilingual(en: "Data sources", zh: "数据来源")
    case .threeReadings: Bilingual(en: "Three readings of the town's promise", zh: "城区承诺的三种口径")
    case .comparison: Bilingual(en: "Along the roads and by straight line", zh: "沿路与直线对照")
    case .comparisonTable: Bilingual(en: "By township", zh: "各乡镇（街道）")
    case .changesTable:
      Bilingual(en: "Places with most customers whose verdict changes", zh: "判定改变的村/社区（户数最多者）")

    case .syntheticShort: Bilingual(en: "Synthetic data", zh: "合成数据")
    case .synthetic:
      Bilingual(
        en: "Synthetic data: positions and numbers in this report are made up and describe no real network.",
        zh: "合成数据：本报告所用的位置和数字为模拟生成，不反映真实网点情况。")
    case .internalMaterial:
      Bilingual(
        en: "Internal material: the maps have not been reviewed for publication.",
        zh: "内部资料：地图未经审核，不得公开。")

    case .total: Bilingual(en: "Total", zh: "合计")
    case .places: Bilingual(en: "Places", zh: "村/社区")
    case .customers: Bilingual(en: "Customers", zh: "户数")
    case .servedPlaces: Bilingual(en: "Places served", zh: "已覆盖村/社区")
    case .unservedPlaces: Bilingual(en: "Places not served", zh: "未覆盖村/社区")
    case .servedCustomers: Bilingual(en: "Customers served", zh: "已覆盖户数")
    case .unservedCustomers: Bilingual(en: "Not served", zh: "未覆盖户数")
    case .share: Bilingual(en: "Share", zh: "覆盖率")
    case .place: Bilingual(en: "Place", zh: "村/社区")
    case .portion: Bilingual(en: "Share", zh: "占比")
    case .township: Bilingual(en: "Township", zh: "乡镇（街道）")
    case .population: Bilingual(en: "Places and customers served", zh: "覆盖情况")
    case .distribution: Bilingual(en: "To the nearest payment point", zh: "到最近网点")
    case .minutes: Bilingual(en: "Minutes", zh: "分钟")
    case .metersUnit: Bilingual(en: "Meters, great circle", zh: "直线距离（米）")
    case .mean: Bilingual(en: "Mean", zh: "平均")
    case .half: Bilingual(en: "P50", zh: "P50")
    case .p90: Bilingual(en: "P90", zh: "P90")
    case .p95: Bilingual(en: "P95", zh: "P95")
    case .longest: Bilingual(en: "Max", zh: "最大")
    case .ladder: Bilingual(en: "Administrative villages", zh: "行政村阶梯")
    case .villagesUnit: Bilingual(en: "Villages", zh: "村数")
    case .nearest: Bilingual(en: "Nearest point", zh: "最近网点")
    case .reason: Bilingual(en: "Reason", zh: "原因")
    case .setting: Bilingual(en: "Setting", zh: "城乡")
    case .terrain: Bilingual(en: "Terrain", zh: "地形")
    case .kind: Bilingual(en: "Kind", zh: "类型")
    case .points: Bilingual(en: "Points", zh: "网点数")
    case .counting: Bilingual(en: "Counting", zh: "计入")
    case .hoursKnown: Bilingual(en: "Hours known", zh: "营业时间已知")
    case .channel: Bilingual(en: "Way to pay", zh: "途径")
    case .inPerson: Bilingual(en: "in person", zh: "到场")
    case .remote: Bilingual(en: "from home", zh: "线上")
    case .access: Bilingual(en: "Where", zh: "方式")
    case .medium: Bilingual(en: "Paid with", zh: "支付手段")
    case .provider: Bilingual(en: "Run by", zh: "运营方")
    case .file: Bilingual(en: "File", zh: "文件")
    case .rows: Bilingual(en: "Rows", zh: "行数")
    case .digest: Bilingual(en: "SHA-256", zh: "SHA-256")
    case .dataKind: Bilingual(en: "Content", zh: "内容")
    case .origin: Bilingual(en: "Origin", zh: "性质")
    case .made: Bilingual(en: "synthetic", zh: "合成")
    case .collected: Bilingual(en: "as collected", zh: "采集")
    case .reading: Bilingual(en: "Town customers within", zh: "城区客户口径")
    case .meanMinutes: Bilingual(en: "Mean minutes", zh: "平均分钟")
    case .p90Minutes: Bilingual(en: "P90 minutes", zh: "P90分钟")
    case .townShare: Bilingual(en: "Town share", zh: "城区覆盖率")
    case .villageShare: Bilingual(en: "Village share", zh: "农村覆盖率")
    case .metersOnRoads: Bilingual(en: "Meters, along the roads", zh: "沿路距离（米）")
    case .placesReaching: Bilingual(en: "Places that reach a point", zh: "可达处数")
    case .circuity: Bilingual(en: "Way ÷ great circle", zh: "沿路倍数")
    case .servedStraight: Bilingual(en: "Customers served by straight line", zh: "直线法覆盖户数")
    case .servedOnRoads: Bilingual(en: "Customers served along the roads", zh: "沿路覆盖户数")
    case .placesLost: Bilingual(en: "Places that lose", zh: "变为未覆盖（处）")
    case .placesGained: Bilingual(en: "Places that gain", zh: "变为已覆盖（处）")
    case .minutesStraight: Bilingual(en: "Minutes by straight line", zh: "直线法分钟")
    case .minutesOnRoads: Bilingual(en: "Minutes along the roads", zh: "沿路分钟")
    case .change: Bilingual(en: "On the roads", zh: "沿路判定")
    case .gains: Bilingual(en: "served", zh: "变为已覆盖")
    case .loses: Bilingual(en: "no longer served", zh: "变为未覆盖")

    case .level2: Bilingual(en: "L2 or better: a point in the village", zh: "L2 及以上：村内有网点")
    case .level3: Bilingual(en: "L3 or better: an effective point", zh: "L3 及以上：网点有效")
    case .level4: Bilingual(en: "L4: a second one within 30 minutes", zh: "L4：30 分钟内另有有效网点")

    case .countingPoints: Bilingual(en: "Payment points that count", zh: "计入的网点")
    case .townCustomers: Bilingual(en: "Town customers served", zh: "城区客户覆盖率")
    case .villagesWithPoint: Bilingual(en: "Villages with a payment point", zh: "有网点的行政村")
    case .allCustomers: Bilingual(en: "All customers served", zh: "全部客户覆盖率")
    case .allPlaces: Bilingual(en: "Places served", zh: "村/社区覆盖率")
    case .backup: Bilingual(en: "Still served if any one point closed", zh: "任一网点停业仍被覆盖")
    case .unreachable: Bilingual(en: "Places that reach no point", zh: "无可达网点的村/社区")
    case .worstTenth: Bilingual(en: "Mean of the worst-served tenth", zh: "最差 10% 的平均用时")
    case .gini: Bilingual(en: "Gini coefficient of the minutes", zh: "用时基尼系数")
    case .elderlyGap: Bilingual(en: "Gap of the elderly", zh: "老年客户差距")
    case .lowestTownship: Bilingual(en: "Lowest township", zh: "覆盖率最低的乡镇")
    case .hoursPerYear: Bilingual(en: "Hours on the way in a year", zh: "全年交费路途小时")
    case .assumedOpen: Bilingual(en: "Points taken to be open", zh: "按营业计的网点")
    case .weightedShare: Bilingual(en: "Share of the chosen weight", zh: "按所选权重的覆盖率")

    case .north: Bilingual(en: "N", zh: "北")
    case .kilometers: Bilingual(en: "km", zh: "公里")
    case .meters: Bilingual(en: "m", zh: "米")
    case .circleArea: Bilingual(en: "within the town's time limit", zh: "时限内可达范围")
    case .notCounting: Bilingual(en: "point that does not count", zh: "不计入的网点")
    case .countyOutline: Bilingual(en: "county", zh: "县（市）界")
    case .townshipOutline: Bilingual(en: "township", zh: "乡镇（街道）界")
    case .roads: Bilingual(en: "roads", zh: "道路")
    case .servedCells: Bilingual(en: "cells, all served", zh: "全部覆盖的格")
    case .partlyServedCells: Bilingual(en: "cells, partly served", zh: "部分覆盖的格")
    case .unservedCells: Bilingual(en: "cells, not served", zh: "未覆盖的格")

    case .minutesToNearest: Bilingual(en: "minutes to the nearest point that counts", zh: "到最近计入网点的分钟数")

    case .noneReached: Bilingual(en: "no point", zh: "无可达")

    case .noPlaces:
      Bilingual(en: "There are no places: nothing can be said of who is served.", zh: "没有村/社区数据：无法统计覆盖情况。")
    case .noPoints: Bilingual(en: "There are no payment points.", zh: "没有网点数据。")
    case .noSources: Bilingual(en: "No import is on record.", zh: "没有导入记录。")
    case .nothingUnserved: Bilingual(en: "Every place is served.", zh: "全部村/社区均已覆盖。")
    case .nothingOnMap: Bilingual(en: "There is nothing to draw.", zh: "没有可绘制的内容。")

    case .madeBy: Bilingual(en: "Made by", zh: "制作")
    case .madeAt: Bilingual(en: "Time of making: ", zh: "制作时间：")
    }
  }
}
