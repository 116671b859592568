/// The headings of exported tables, in both languages. Each stands for the column that CSV and GeoJSON call by its raw value.
///
///     ColumnWord(rawValue: "fee_control_share")?[.chinese]  // "费控占比"
///
/// Chinese headings are those that `import` accepts, where it has them, so that a sheet saved as CSV comes in again.
public enum ColumnWord: String, CaseIterable, Sendable {
  // Places.
  case placeID = "place_id"
  case name, setting, customers, township, village
  case villageCode = "village_code"
  case terrain
  case feeControlShare = "fee_control_share"
  case onlineShare = "online_share"
  case elderlyShare = "elderly_share"
  case arrears = "arrears_yuan"
  // The verdict.
  case served, seconds, meters
  case nearestPoint = "nearest_point_id"
  case reason
  // Points.
  case pointID = "point_id"
  case kind
  case operatorName = "operator"
  case methods, hours, counters, status
  case monthlyCost = "monthly_cost_yuan"
  case feePerPayment = "fee_per_payment_yuan"
  case openedOn = "opened_on"
  case closedOn = "closed_on"
  case phone, counts
  // Candidates and plans.
  case candidateID = "candidate_id"
  case openingCost = "opening_cost_yuan"
  case plan, order, gain
  case cost = "cost_yuan"
  case expectedPayments = "expected_payments_per_month"
  case expectedLow = "expected_low"
  case expectedHigh = "expected_high"
  case customersGained = "customers_gained"
  case action
  // Payment circles.
  case circle
  case withinSeconds = "within_seconds"
  case mode
  // Where.
  case longitude, latitude, datum

  /// The heading in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The heading in both languages.
  public var words: Bilingual {
    switch self {
    case .placeID: Bilingual(en: "Place id", zh: "村/社区编码")
    case .name: Bilingual(en: "Name", zh: "名称")
    case .setting: Bilingual(en: "Setting", zh: "城乡")
    case .customers: Bilingual(en: "Customers", zh: "户数")
    case .township: Bilingual(en: "Township", zh: "乡镇")
    case .village: Bilingual(en: "Administrative village", zh: "行政村")
    case .villageCode: Bilingual(en: "Village code", zh: "行政村编码")
    case .terrain: Bilingual(en: "Terrain", zh: "地形")
    case .feeControlShare: Bilingual(en: "Fee control", zh: "费控占比")
    case .onlineShare: Bilingual(en: "Pay online", zh: "线上占比")
    case .elderlyShare: Bilingual(en: "Elderly", zh: "老年占比")
    case .arrears: Bilingual(en: "Arrears (yuan)", zh: "欠费金额（元）")
    case .served: Bilingual(en: "Served", zh: "已覆盖")
    case .seconds: Bilingual(en: "Seconds to nearest", zh: "到最近网点（秒）")
    case .meters: Bilingual(en: "Meters to nearest", zh: "到最近网点（米）")
    case .nearestPoint: Bilingual(en: "Nearest point", zh: "最近网点编码")
    case .reason: Bilingual(en: "Why unserved", zh: "未覆盖原因")
    case .pointID: Bilingual(en: "Point id", zh: "网点编码")
    case .kind: Bilingual(en: "Kind", zh: "类型")
    case .operatorName: Bilingual(en: "Operator", zh: "运营方")
    case .methods: Bilingual(en: "Ways to pay", zh: "缴费方式")
    case .hours: Bilingual(en: "Hours", zh: "营业时间")
    case .counters: Bilingual(en: "Counters", zh: "窗口数")
    case .status: Bilingual(en: "Status", zh: "状态")
    case .monthlyCost: Bilingual(en: "Cost a month (yuan)", zh: "月费用（元）")
    case .feePerPayment: Bilingual(en: "Fee a payment (yuan)", zh: "每笔手续费（元）")
    case .openedOn: Bilingual(en: "Opened on", zh: "开业日期")
    case .closedOn: Bilingual(en: "Closed on", zh: "关闭日期")
    case .phone: Bilingual(en: "Phone", zh: "电话")
    case .counts: Bilingual(en: "Counts", zh: "计入")
    case .candidateID: Bilingual(en: "Candidate id", zh: "候选点编码")
    case .openingCost: Bilingual(en: "Opening cost (yuan)", zh: "开办费（元）")
    case .plan: Bilingual(en: "Plan", zh: "方案")
    case .order: Bilingual(en: "Order", zh: "次序")
    case .gain: Bilingual(en: "Gain", zh: "增益")
    case .cost: Bilingual(en: "Cost (yuan)", zh: "费用（元）")
    case .expectedPayments: Bilingual(en: "Expected payments a month", zh: "月均预计笔数")
    case .expectedLow: Bilingual(en: "Expected, at least", zh: "预计笔数下限")
    case .expectedHigh: Bilingual(en: "Expected, at most", zh: "预计笔数上限")
    case .customersGained: Bilingual(en: "Customers gained", zh: "新增覆盖户数")
    case .action: Bilingual(en: "What is done", zh: "措施")
    case .circle: Bilingual(en: "Circle", zh: "交费圈")
    case .withinSeconds: Bilingual(en: "Within (seconds)", zh: "时限（秒）")
    case .mode: Bilingual(en: "Mode", zh: "出行方式")
    case .longitude: Bilingual(en: "Longitude", zh: "经度")
    case .latitude: Bilingual(en: "Latitude", zh: "纬度")
    case .datum: Bilingual(en: "Datum", zh: "坐标系")
    }
  }
}
