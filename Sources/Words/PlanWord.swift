/// The headings and labels of the report's chapter of proposals, its map and its curve.
public enum PlanWord: CaseIterable, Sendable {
  // Titles.
  case proposals, mapTitle, curveTitle, sitesTable, alternativesTable, otherData, mapCaption, curveCaption,
    noCore
  // Figures and heads of columns.
  case sitesToOpen, customersGained, servedThen, cost, site, gain, places, customers, elderly,
    yuanPerCustomer,
    paymentsPerMonth, interval, without, instead, value, difference, allServed
  // Signs and lines.
  case proposedSite, newlyServed, stillUnserved, existingPoint, sitesOpened, servedByPlan, noPlanServesMore
  // What a plan counts.
  case unitCustomers, unitPayments, unitPaymentsCaptured, unitElderly, unitArrears, unitSites, unitYuan,
    unitPaymentSeconds,
    unitSeconds,
    unitVillages

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .proposals: Bilingual(en: "Proposals", zh: "选址方案")
    case .mapTitle: Bilingual(en: "Map of the proposed sites", zh: "拟设网点分布图")
    case .curveTitle: Bilingual(en: "What each number of sites can serve", zh: "网点数与可覆盖量")
    case .sitesTable: Bilingual(en: "The sites, in the order to open them", zh: "拟设网点（按开设次序）")
    case .alternativesTable: Bilingual(en: "Other plans that are nearly as good", zh: "几乎同样好的其他方案")

    case .otherData:
      Bilingual(
        en:
          "The plan was made of other data or another question than this report: its figures are those of its day.",
        zh: "方案所依据的数据或判定方式与本报告不同，其数字为当时的结果。")
    case .mapCaption:
      Bilingual(
        en:
          "The numbers stand in the order to open the sites, and for the rows of the table below. Crosses are places that stay unserved.",
        zh: "编号为开设次序，与下表各行对应；叉号为仍未覆盖的村/社区。")
    case .curveCaption:
      Bilingual(
        en:
          "What the best plan found for each number of sites serves, and what no plan of so many can exceed; the ring is this plan.",
        zh: "各网点数下已找到的最好方案的覆盖量，以及任何方案都不会超过的上界；圆圈为本方案。")
    case .noCore:
      Bilingual(
        en: "No single site is in every plan that is nearly as good: each can be exchanged.",
        zh: "没有任何网点是所有相近方案都必设的：每个都可以替换。")

    case .sitesToOpen: Bilingual(en: "Sites to open", zh: "拟设网点")
    case .customersGained: Bilingual(en: "Customers gained", zh: "新增覆盖户数")
    case .servedThen: Bilingual(en: "All customers served then", zh: "实施后全部客户覆盖率")
    case .cost: Bilingual(en: "Cost, yuan", zh: "费用（元）")
    case .site: Bilingual(en: "site", zh: "拟设网点")
    case .gain: Bilingual(en: "gain", zh: "增益")
    case .places: Bilingual(en: "places", zh: "村/社区")
    case .customers: Bilingual(en: "customers", zh: "户数")
    case .elderly: Bilingual(en: "elderly", zh: "老年户")
    case .yuanPerCustomer: Bilingual(en: "yuan per customer", zh: "每户（元）")
    case .paymentsPerMonth: Bilingual(en: "payments a month", zh: "预计月笔数")
    case .interval: Bilingual(en: "95\u{A0}% of months", zh: "95% 区间")
    case .without: Bilingual(en: "without", zh: "不设")
    case .instead: Bilingual(en: "instead", zh: "改设")
    case .value: Bilingual(en: "value", zh: "方案值")
    case .difference: Bilingual(en: "beside this plan", zh: "与本方案相差")
    case .allServed: Bilingual(en: "With this plan every place is served.", zh: "方案实施后，所有村/社区均达标。")

    case .proposedSite: Bilingual(en: "proposed site, in order", zh: "拟设网点（按开设次序）")
    case .newlyServed: Bilingual(en: "newly served", zh: "新增覆盖")
    case .stillUnserved: Bilingual(en: "still not served", zh: "仍未覆盖")
    case .existingPoint: Bilingual(en: "payment point today", zh: "现有网点")
    case .sitesOpened: Bilingual(en: "sites opened", zh: "新设网点数")
    case .servedByPlan: Bilingual(en: "served by a plan", zh: "方案可达到")
    case .noPlanServesMore: Bilingual(en: "no plan serves more", zh: "任何方案不会超过")

    case .unitCustomers: Bilingual(en: "customers served", zh: "户达标")
    case .unitPayments: Bilingual(en: "payments a month served", zh: "笔/月达标")
    case .unitPaymentsCaptured: Bilingual(en: "payments a month captured", zh: "笔/月吸引交费")
    case .unitElderly: Bilingual(en: "elderly customers served", zh: "户老年客户达标")
    case .unitArrears: Bilingual(en: "yuan overdue within reach", zh: "元欠费在达标范围内")
    case .unitSites: Bilingual(en: "sites", zh: "个网点")
    case .unitYuan: Bilingual(en: "yuan", zh: "元")
    case .unitPaymentSeconds: Bilingual(en: "payment-seconds a month on the way", zh: "笔·秒/月路程")
    case .unitSeconds: Bilingual(en: "seconds to the farthest place", zh: "秒（最远村/社区）")
    case .unitVillages: Bilingual(en: "villages", zh: "个村")
    }
  }
}
