import Planning
import Travel
import Words

/// The words a column may hold, in English and Chinese, with their values.
///
/// Case does not matter. The first word of each value is the one sentences offer.
struct ImportWords<Value: Sendable>: Sendable {
  private let values: [String: Value]
  /// The words to choose from, for a sentence.
  let offered: Bilingual

  init(_ entries: [(value: Value, english: String, chinese: [String])]) {
    var values: [String: Value] = [:]
    for entry in entries {
      for word in [entry.english] + entry.chinese { values[word] = entry.value }
    }
    self.values = values
    let english = entries.map(\.english).joined(separator: ", ")
    let chinese = entries.map { "\($0.english)(\($0.chinese[0]))" }.joined(separator: "、")
    offered = Bilingual(en: "one of \(english)", zh: "其中之一:\(chinese)")
  }

  /// The value of `word`, or `nil` when it is none of these.
  subscript(_ word: String) -> Value? { values[word] ?? values[word.lowercased()] }
}

/// The words of every column that chooses among a few.
enum Vocabulary {
  static let settings = ImportWords<Setting>([
    (.town, "town", ["城区", "城镇", "城市"]), (.village, "village", ["农村", "乡村"]),
  ])

  static let terrains = ImportWords<Terrain>([
    (.plain, "plain", ["平原"]), (.hill, "hill", ["丘陵"]), (.mountain, "mountain", ["山区"]),
  ])

  static let pointKinds = ImportWords<PointKind>([
    (.businessHall, "business_hall", ["营业厅", "供电营业厅"]),
    (.selfService, "self_service", ["自助终端", "自助缴费终端", "自助交费终端"]),
    (.bank, "bank", ["银行"]), (.postal, "postal", ["邮政", "村邮站"]),
    (.ruralBank, "rural_bank", ["农商行", "农信社"]), (.shop, "shop", ["商超", "超市", "小卖部"]),
    (.communityStation, "community_station", ["社区服务站"]), (.villageCommittee, "village_committee", ["村委会"]),
    (.other, "other", ["其他", "其它"]),
  ])

  static let methods = ImportWords<PaymentMethods>([
    (.cash, "cash", ["现金"]), (.card, "card", ["刷卡", "银行卡"]), (.qr, "qr", ["扫码", "二维码"]),
    (.citizenCard, "citizen_card", ["市民卡", "市民一卡通"]),
  ])

  static let pointStatuses = ImportWords<PointStatus>([
    (.active, "active", ["营业", "正常", "在用"]), (.suspended, "suspended", ["暂停", "停用"]),
    (.closed, "closed", ["关闭", "撤销"]), (.planned, "planned", ["规划", "拟建"]),
  ])

  static let surveyModes = ImportWords<SurveyMode>([
    (.walk, "walk", ["步行"]), (.ebike, "ebike", ["电动车", "电动自行车"]), (.car, "car", ["汽车", "开车"]),
    (.bus, "bus", ["公交", "公交车"]),
  ])

  static let feedbackStatuses = ImportWords<FeedbackStatus>([
    (.open, "open", ["待处理", "未处理"]), (.resolved, "resolved", ["已处理", "已解决"]),
  ])

  static let truths = ImportWords<Bool>([
    (true, "yes", ["是", "true", "1"]), (false, "no", ["否", "false", "0"]),
  ])

  static let levels = ImportWords<String>([
    ("county", "county", ["县", "区县", "县级"]), ("township", "township", ["乡镇", "乡", "镇", "街道", "乡级"]),
  ])
}
