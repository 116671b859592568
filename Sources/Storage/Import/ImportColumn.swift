import Words

/// A column of some kind of table.
enum ImportColumn: Int, CaseIterable {
  case placeID, pointID, candidateID, surveyID, visitID, feedbackID, channelID
  case name, setting, longitude, latitude, customers, township, village, villageCode, terrain
  case feeControlShare, onlineShare, elderlyShare, arrearsYuan
  case kind, operatorName, methods, hours, counters, status, openingCostYuan, monthlyCostYuan,
    feePerPaymentYuan
  case openedOn, closedOn, phone
  case month, payments, amountYuan, busiestDayPayments
  case mode, meters, minutes, date, handlingSeconds, waitSeconds, present
  case category, rating, note, resolvedOn
  case level
  case inPerson, medium, provider
  case datum

  /// The header in files, and the other headers that mean the same. The first Chinese one is used in sentences.
  private static let headers: [ImportColumn: (name: String, others: [String])] = [
    .placeID: ("place_id", ["所在村", "地点编码", "村编码", "台区编码", "所在村编码"]),
    .pointID: ("point_id", ["网点编码", "网点编号", "交费网点编码", "缴费网点编码"]),
    .candidateID: ("candidate_id", ["候选编码", "候选点编码"]),
    .surveyID: ("survey_id", ["调查编码", "调查编号", "问卷编号"]),
    .visitID: ("visit_id", ["巡查编码", "巡查编号"]),
    .feedbackID: ("feedback_id", ["反馈编码", "反馈编号", "工单编号"]),
    .channelID: ("channel_id", ["渠道编码", "途径编码"]),
    .name: ("name", ["名称", "名字", "网点名称", "地点名称", "渠道名称"]),
    .setting: ("setting", ["城乡", "城乡类别", "城乡分类"]),
    .longitude: ("longitude", ["经度", "lon", "lng", "long"]),
    .latitude: ("latitude", ["纬度", "lat"]),
    .customers: ("customers", ["户数", "客户数", "用户数", "用电户数"]),
    .township: ("township", ["乡镇", "乡镇街道", "所属乡镇"]),
    .village: ("village", ["行政村", "村", "村社区"]),
    .villageCode: ("village_code", ["行政村编码", "行政村代码"]),
    .terrain: ("terrain", ["地形"]),
    .feeControlShare: ("fee_control_share", ["费控占比"]),
    .onlineShare: ("online_share", ["线上占比"]),
    .elderlyShare: ("elderly_share", ["老年占比", "老年人占比"]),
    .arrearsYuan: ("arrears_yuan", ["欠费金额", "欠费", "欠费余额", "未缴电费", "未交电费"]),
    .kind: ("kind", ["类型", "网点类型"]),
    .operatorName: ("operator", ["运营方", "运营单位", "合作单位"]),
    .methods: ("methods", ["缴费方式", "交费方式", "收费方式", "支付方式"]),
    .hours: ("hours", ["营业时间", "opening_hours"]),
    .counters: ("counters", ["窗口数", "窗口"]),
    .status: ("status", ["状态", "处理状态"]),
    .openingCostYuan: ("opening_cost_yuan", ["开办费用", "开设费用", "建设费用"]),
    .monthlyCostYuan: ("monthly_cost_yuan", ["月成本", "月度成本", "每月费用"]),
    .feePerPaymentYuan: ("fee_per_payment_yuan", ["单笔手续费", "每笔手续费", "手续费"]),
    .openedOn: ("opened_on", ["开业日期", "启用日期"]),
    .closedOn: ("closed_on", ["停业日期", "关闭日期"]),
    .phone: ("phone", ["电话", "联系电话", "服务电话", "电话号码"]),
    .month: ("month", ["月份"]),
    .payments: ("payments", ["笔数", "缴费笔数", "交费笔数", "收费笔数", "业务量"]),
    .amountYuan: ("amount_yuan", ["金额", "缴费金额", "交费金额", "收费金额", "实收", "实收金额", "实收电费"]),
    .busiestDayPayments: ("busiest_day_payments", ["最忙日笔数", "单日最高笔数"]),
    .mode: ("mode", ["出行方式", "交通方式"]),
    .meters: ("meters", ["米", "距离", "距离(米)"]),
    .minutes: ("minutes", ["分钟", "用时", "用时(分钟)"]),
    .date: ("date", ["日期", "调查日期", "巡查日期"]),
    .handlingSeconds: ("handling_seconds", ["办理时长", "办理时长(秒)"]),
    .waitSeconds: ("wait_seconds", ["等候时长", "等候时长(秒)", "等待时长"]),
    .present: ("present", ["在岗", "是否在岗"]),
    .resolvedOn: ("resolved_on", ["办结日期", "处理日期"]),
    .category: ("category", ["类别", "反馈类别"]),
    .rating: ("rating", ["评分", "满意度"]),
    .note: ("note", ["备注", "说明", "内容"]),
    .level: ("level", ["级别", "层级"]),
    .inPerson: ("in_person", ["现场办理", "需到场", "是否到场"]),
    .medium: ("medium", ["媒介", "支付媒介"]),
    .provider: ("provider", ["提供方", "服务方"]),
    .datum: ("datum", []),
  ]

  private static let names: [String] = allCases.map { headers[$0]!.name }

  /// The header in files, such as `place_id`.
  var name: String { Self.names[rawValue] }

  /// Whether a header, already in lower case and without spaces around it, means this column.
  fileprivate func isMeant(by header: String) -> Bool {
    header == name || Self.headers[self]!.others.contains(header)
  }
}

/// Which columns a kind of table has.
struct ImportColumns {
  /// Must be there, and filled in every row. The first one tells rows apart.
  let required: [ImportColumn]
  /// May be missing or empty.
  let optional: [ImportColumn]
  /// Chinese tables call the id 编码 whatever it is the id of.
  private static let plainIDHeaders: Set<String> = ["编码", "编号"]

  /// The columns of a kind, without its geometry.
  init(of kind: ImportKind) {
    switch kind {
    case .places:
      required = [.placeID, .name, .setting, .longitude, .latitude, .customers]
      optional = [
        .township, .village, .villageCode, .terrain, .feeControlShare, .onlineShare, .elderlyShare,
        .arrearsYuan, .datum,
      ]
    case .points:
      required = [.pointID, .name, .kind, .longitude, .latitude]
      optional = [
        .operatorName, .methods, .hours, .counters, .status, .placeID, .monthlyCostYuan, .feePerPaymentYuan,
        .openedOn, .closedOn, .phone, .datum,
      ]
    case .candidates:
      required = [.candidateID, .name, .longitude, .latitude]
      optional = [.kind, .placeID, .openingCostYuan, .monthlyCostYuan, .counters, .datum]
    case .volumes:
      required = [.pointID, .month, .payments]
      optional = [.amountYuan, .busiestDayPayments]
    case .distanceSurveys:
      required = [.surveyID, .placeID, .pointID, .mode]
      optional = [.meters, .minutes, .date]
    case .serviceSurveys:
      required = [.surveyID, .pointID, .handlingSeconds]
      optional = [.waitSeconds, .date]
    case .visits:
      required = [.visitID, .pointID, .date, .present]
      optional = []
    case .feedback:
      required = [.feedbackID, .date]
      optional = [.pointID, .placeID, .category, .rating, .status, .note, .resolvedOn]
    case .boundaries:
      required = [.name]
      optional = [.level]
    case .channels:
      required = [.channelID, .name, .inPerson]
      optional = [.medium, .provider]
    }
  }

  /// The column of yuan that a column of whole fen stands for, such as `arrears_yuan` for `arrears_fen`: an atlas keeps
  /// money that way, and can itself be imported.
  func yuanColumn(forFen name: String) -> ImportColumn? {
    let name = name.lowercased()
    guard name.hasSuffix("_fen") else { return nil }
    return optional.first { $0.name == name.dropLast("_fen".count) + "_yuan" }
  }

  /// The column a header means, or `nil`. Case and blanks around it do not matter.
  func column(for header: String) -> ImportColumn? {
    let header = header.lowercased()
    if Self.plainIDHeaders.contains(header) { return required[0] }
    return required.first { $0.isMeant(by: header) } ?? optional.first { $0.isMeant(by: header) }
  }
}
