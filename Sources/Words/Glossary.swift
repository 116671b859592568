/// The words of the field, each in both languages: one catalog for tables, reports and messages.
///
///     Glossary.businessHall[.chinese]  // "供电营业厅"
///
/// Every case has its words by a `switch`, so that a word without a translation does not compile.
public enum Glossary: CaseIterable, Sendable {
  // Kinds of payment points.
  case businessHall, selfService, bank, postal, ruralBank, shop, communityStation, villageCommittee, otherKind
  // What is paid with.
  case cash, card, qr, citizenCard
  // Whether a point works.
  case active, suspended, closed, planned
  // Which rule a place is judged by.
  case town, village
  // The lie of the land.
  case plain, hill, mountain
  // How people come.
  case walk, ebike, car
  // Why a place is not served.
  case tooFar, noPointInVillage, closedThen, methodMissing, unreachable
  // What a place weighs.
  case customers, payments, arrears, elderly
  // What came out of a file.
  case places, points, candidates, volumes, distanceSurveys, serviceSurveys, visits, feedback, boundaries
  case roads, elevation, channels
  // The eight directions.
  case north, northeast, east, southeast, south, southwest, west, northwest
  // What is paid with where nobody goes anywhere.
  case prepaidCard, account, wallet, transfer
  // The promise, and what is said where nothing is known.
  case promise, notKnown, notStated, none, county, township

  /// The word for a code that files use, such as `business_hall` or `no_point_in_village`; `nil` where it is none.
  public init?(code: String) {
    guard let word = Self.byCode[code] else { return nil }
    self = word
  }

  private static let byCode: [String: Glossary] = {
    var byCode: [String: Glossary] = [:]
    for word in allCases {
      var code = ""
      for letter in String(describing: word) {
        if letter.isUppercase { code += "_" }
        code += letter.lowercased()
      }
      byCode[word == .otherKind ? "other" : code] = word
    }
    return byCode
  }()

  /// The word in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The word in both languages.
  public var words: Bilingual {
    switch self {
    case .businessHall: Bilingual(en: "business hall", zh: "供电营业厅")
    case .selfService: Bilingual(en: "self-service terminal", zh: "自助终端")
    case .bank: Bilingual(en: "bank", zh: "银行")
    case .postal: Bilingual(en: "post office", zh: "邮政")
    case .ruralBank: Bilingual(en: "rural bank", zh: "农商行")
    case .shop: Bilingual(en: "shop", zh: "商超")
    case .communityStation: Bilingual(en: "community station", zh: "社区服务站")
    case .villageCommittee: Bilingual(en: "village committee", zh: "村委会")
    case .otherKind: Bilingual(en: "other", zh: "其他")

    case .cash: Bilingual(en: "cash", zh: "现金")
    case .card: Bilingual(en: "bank card", zh: "银行卡")
    case .qr: Bilingual(en: "scanned code", zh: "扫码")
    case .citizenCard: Bilingual(en: "citizen card", zh: "市民一卡通")

    case .active: Bilingual(en: "active", zh: "营业")
    case .suspended: Bilingual(en: "suspended", zh: "暂停")
    case .closed: Bilingual(en: "closed", zh: "关闭")
    case .planned: Bilingual(en: "planned", zh: "规划")

    case .town: Bilingual(en: "town", zh: "城区")
    case .village: Bilingual(en: "village", zh: "农村")

    case .plain: Bilingual(en: "plain", zh: "平原")
    case .hill: Bilingual(en: "hills", zh: "丘陵")
    case .mountain: Bilingual(en: "mountains", zh: "山区")

    case .walk: Bilingual(en: "on foot", zh: "步行")
    case .ebike: Bilingual(en: "by e-bike", zh: "骑电动车")
    case .car: Bilingual(en: "by car", zh: "驾车")

    case .tooFar: Bilingual(en: "too far", zh: "距离过远")
    case .noPointInVillage: Bilingual(en: "no point in the village", zh: "村内无网点")
    case .closedThen: Bilingual(en: "closed at that time", zh: "当时不营业")
    case .methodMissing: Bilingual(en: "way of paying not accepted", zh: "不支持所选交费方式")
    case .unreachable: Bilingual(en: "no point can be reached", zh: "无可达网点")

    case .customers: Bilingual(en: "customers", zh: "户数")
    case .payments: Bilingual(en: "payments in person", zh: "线下交费笔数")
    case .arrears: Bilingual(en: "money overdue", zh: "欠费金额")
    case .elderly: Bilingual(en: "elderly customers", zh: "老年客户数")

    case .places: Bilingual(en: "places", zh: "村/社区")
    case .points: Bilingual(en: "payment points", zh: "交费网点")
    case .candidates: Bilingual(en: "candidate sites", zh: "候选点")
    case .volumes: Bilingual(en: "payments by month", zh: "月度业务量")
    case .distanceSurveys: Bilingual(en: "distance surveys", zh: "交费距离调查")
    case .serviceSurveys: Bilingual(en: "service surveys", zh: "办理时限调查")
    case .visits: Bilingual(en: "inspectors' visits", zh: "巡查记录")
    case .feedback: Bilingual(en: "feedback", zh: "客户反馈")
    case .boundaries: Bilingual(en: "boundaries", zh: "行政边界")
    case .roads: Bilingual(en: "roads", zh: "道路")
    case .elevation: Bilingual(en: "elevation", zh: "高程")
    case .channels: Bilingual(en: "ways to pay", zh: "交费途径")

    case .north: Bilingual(en: "north", zh: "北")
    case .northeast: Bilingual(en: "northeast", zh: "东北")
    case .east: Bilingual(en: "east", zh: "东")
    case .southeast: Bilingual(en: "southeast", zh: "东南")
    case .south: Bilingual(en: "south", zh: "南")
    case .southwest: Bilingual(en: "southwest", zh: "西南")
    case .west: Bilingual(en: "west", zh: "西")
    case .northwest: Bilingual(en: "northwest", zh: "西北")

    case .prepaidCard: Bilingual(en: "prepaid card", zh: "充值卡")
    case .account: Bilingual(en: "bank account", zh: "银行账户")
    case .wallet: Bilingual(en: "mobile wallet", zh: "手机钱包")
    case .transfer: Bilingual(en: "bank transfer", zh: "银行转账")

    case .promise: Bilingual(en: "Ten minutes in town, a place to pay in every village", zh: "城区十分钟，村村能交费")
    case .notKnown: Bilingual(en: "not known", zh: "未知")
    case .notStated: Bilingual(en: "not stated", zh: "未注明")
    case .none: Bilingual(en: "none", zh: "无")
    case .county: Bilingual(en: "county", zh: "县（市）")
    case .township: Bilingual(en: "township", zh: "乡镇（街道）")
    }
  }
}
