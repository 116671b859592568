/// The headings and labels of the report's chapters on service: ways to pay, hours, capacity, activity, review, surveys, control charts.
public enum ServiceWord: CaseIterable, Sendable {
  // Titles.
  case byWay, byHour, service, review, surveys, control
  // Tables.
  case byKindTable, byMethodTable, busiestTable, factorsTable, sharesTable
  // Heads of columns.
  case method, countingPoints, paymentsPerMonth, counters, utilization, meanWait, longWait, rule, found,
    first, action
  case factor, used, byDefault, interval, answers, rejected, how, withinTen, told, heaping
  // Single figures.
  case pointsWithVolumes, activeShare, busyShare, dormant, overloaded, lossMaking, singlePoint, secured
  // Hours.
  case hourOfDay, hourGrid, weekdayEvening, saturday, sunday
  // Control charts.
  case activityByMonth, complaintsByMonth, paymentsByMonth, coverageByTownship, arrearsByTownship, center,
    limits, outside, controlLegend
  case yuanPerCustomer
  // The days of the week, short.
  case mon, tue, wed, thu, fri, sat, sun
  // Factors.
  case circuity, speed, roadFactor, allModes, allTerrains

  /// The days of the week from Monday on.
  public static let days: [ServiceWord] = [.mon, .tue, .wed, .thu, .fri, .sat, .sun]

  /// The words in `language`.
  public subscript(language: Language) -> String { words[language] }

  /// The words in both languages.
  public var words: Bilingual {
    switch self {
    case .byWay: Bilingual(en: "By kind of point and way to pay", zh: "按网点类型与缴费方式")
    case .byHour: Bilingual(en: "By hour of the week", zh: "一周各时段的覆盖")
    case .service: Bilingual(en: "Capacity and activity", zh: "服务能力与活跃度")
    case .review: Bilingual(en: "What to act on", zh: "待办清单")
    case .surveys: Bilingual(en: "What surveys say of travel", zh: "调查与校准")
    case .control: Bilingual(en: "Control charts", zh: "控制图")

    case .byKindTable: Bilingual(en: "If there were only points of this kind", zh: "仅计此类网点时")
    case .byMethodTable: Bilingual(en: "If people could pay only this way", zh: "仅能以此方式缴费时")
    case .busiestTable: Bilingual(en: "Busiest points at the peak", zh: "高峰最繁忙的网点")
    case .factorsTable: Bilingual(en: "Factors of travel", zh: "出行系数")
    case .sharesTable: Bilingual(en: "Share within ten minutes, by what people say", zh: "按受访者所述，十分钟以内的占比")

    case .method: Bilingual(en: "Way to pay", zh: "缴费方式")
    case .countingPoints: Bilingual(en: "Points", zh: "网点数")
    case .paymentsPerMonth: Bilingual(en: "Payments a month", zh: "月均笔数")
    case .counters: Bilingual(en: "Counters", zh: "窗口数")
    case .utilization: Bilingual(en: "Busy at the peak", zh: "高峰利用率")
    case .meanWait: Bilingual(en: "Mean wait at the peak (min)", zh: "高峰平均等候（分钟）")
    case .longWait: Bilingual(en: "Wait longer than 20 min", zh: "等候超过20分钟")
    case .rule: Bilingual(en: "Rule", zh: "规则")
    case .found: Bilingual(en: "Found", zh: "个数")
    case .first: Bilingual(en: "First of all", zh: "最需处理")
    case .action: Bilingual(en: "What to do", zh: "建议措施")
    case .factor: Bilingual(en: "Factor", zh: "系数")
    case .used: Bilingual(en: "Used", zh: "采用值")
    case .byDefault: Bilingual(en: "Default", zh: "默认值")
    case .interval: Bilingual(en: "95 % interval", zh: "95% 区间")
    case .answers: Bilingual(en: "Answers", zh: "回答数")
    case .rejected: Bilingual(en: "Rejected", zh: "剔除数")
    case .how: Bilingual(en: "How", zh: "方法")
    case .withinTen: Bilingual(en: "Within ten minutes", zh: "十分钟以内")
    case .told: Bilingual(en: "As told, uncorrected", zh: "按原始回答")
    case .heaping: Bilingual(en: "Answers on full fives", zh: "整五回答占比")

    case .pointsWithVolumes: Bilingual(en: "Points with payments by month", zh: "有业务量的网点")
    case .activeShare: Bilingual(en: "Had a payment in the latest month", zh: "最近一月有业务的网点")
    case .busyShare: Bilingual(en: "Had thirty or more", zh: "最近一月满30笔的网点")
    case .dormant: Bilingual(en: "Dormant for sixty days or more", zh: "休眠60天以上的网点")
    case .overloaded: Bilingual(en: "More come at the peak than can be served", zh: "高峰超负荷的网点")
    case .lossMaking: Bilingual(en: "Agents who lose money", zh: "亏损的代收点")
    case .singlePoint: Bilingual(en: "Served by a single point", zh: "仅靠一个网点的户数")
    case .secured: Bilingual(en: "Have a second operator within 15 minutes", zh: "15分钟内有第二运营方的户数")

    case .hourOfDay: Bilingual(en: "hour of the day", zh: "时")
    case .hourGrid: Bilingual(en: "Customers served at each hour of the week", zh: "一周各时段达标户数占比")
    case .weekdayEvening: Bilingual(en: "Wednesday, 18:30", zh: "周三 18:30")
    case .saturday: Bilingual(en: "Saturday, 10:30", zh: "周六 10:30")
    case .sunday: Bilingual(en: "Sunday, 10:30", zh: "周日 10:30")

    case .activityByMonth:
      Bilingual(en: "Points with a payment in the month (p chart)", zh: "各月有业务的网点占比（p 图）")
    case .complaintsByMonth: Bilingual(en: "Complaints per 10,000 payments (u chart)", zh: "每万笔投诉数（u 图）")
    case .paymentsByMonth: Bilingual(en: "Payments per point and month (EWMA)", zh: "点均月业务量（EWMA 图）")
    case .coverageByTownship: Bilingual(en: "Places served, by township (p chart)", zh: "各乡镇村/社区覆盖率（p 图）")
    case .arrearsByTownship: Bilingual(en: "Money overdue per customer, by township", zh: "各乡镇户均欠费")
    case .center: Bilingual(en: "all together", zh: "总体")
    case .limits: Bilingual(en: "what chance explains", zh: "控制限")
    case .outside: Bilingual(en: "outside", zh: "超出控制限")
    case .controlLegend:
      Bilingual(en: "dashed: what chance explains; squares: outside", zh: "虚线：控制限；方块：超出控制限")
    case .mon: Bilingual(en: "Mon", zh: "周一")
    case .tue: Bilingual(en: "Tue", zh: "周二")
    case .wed: Bilingual(en: "Wed", zh: "周三")
    case .thu: Bilingual(en: "Thu", zh: "周四")
    case .fri: Bilingual(en: "Fri", zh: "周五")
    case .sat: Bilingual(en: "Sat", zh: "周六")
    case .sun: Bilingual(en: "Sun", zh: "周日")
    case .yuanPerCustomer: Bilingual(en: "yuan per customer", zh: "元/户")

    case .circuity: Bilingual(en: "Circuity", zh: "绕行系数")
    case .speed: Bilingual(en: "Speed (m/s)", zh: "速度（米/秒）")
    case .roadFactor: Bilingual(en: "Minutes told ÷ along the roads", zh: "所述用时 ÷ 沿路用时")
    case .allModes: Bilingual(en: "all modes", zh: "各种方式")
    case .allTerrains: Bilingual(en: "all terrains", zh: "各类地形")
    }
  }
}
