public import Planning
public import Words

extension ReviewRule {
  /// What people call the rule.
  public var words: Bilingual {
    switch self {
    case .overloaded: Bilingual(en: "overloaded", zh: "超负荷")
    case .dormant: Bilingual(en: "dormant", zh: "休眠")
    case .lossMaking: Bilingual(en: "loss-making", zh: "亏损")
    case .complainedOf: Bilingual(en: "complained of", zh: "投诉集中")
    case .slow: Bilingual(en: "slow", zh: "办理慢")
    case .poorlyPlaced: Bilingual(en: "poorly placed", zh: "位置不佳")
    case .missingData: Bilingual(en: "data missing", zh: "数据缺失")
    case .singlePoint: Bilingual(en: "single point of failure", zh: "单点依赖")
    }
  }

  /// What to do about it.
  public var action: Bilingual {
    switch self {
    case .overloaded:
      Bilingual(
        en: "open another counter, or spread the peak: longer hours on bill days, a terminal beside it",
        zh: "增开窗口,或错峰分流:交费高峰日延长营业、旁设自助终端")
    case .dormant:
      Bilingual(
        en: "call on the agent: revive it, or close it once it is settled who stands in",
        zh: "走访代收人:恢复营业;如需撤销,先落实替代网点")
    case .lossMaking:
      Bilingual(
        en: "settle the fee or a subsidy before the agent stops, or add other services",
        zh: "在代收人退出前核定手续费或补贴,或叠加其他业务")
    case .complainedOf:
      Bilingual(
        en: "verify the complaints, agree on a measure, ask the customers again", zh: "核实投诉、制定整改措施并回访客户")
    case .slow:
      Bilingual(
        en: "watch the counter; train the staff or replace the device", zh: "现场查看;培训人员或更换设备")
    case .poorlyPlaced:
      Bilingual(
        en: "move it to where customers are, or close it once it is settled who stands in",
        zh: "迁至客户集中处;如需撤销,先落实替代网点")
    case .missingData: Bilingual(en: "fill in what is missing", zh: "补齐缺失数据")
    case .singlePoint:
      Bilingual(en: "name a stand-in now, and win a second point nearby", zh: "预先指定替代网点,并在附近发展第二网点")
    }
  }
}

extension ReviewItem {
  /// What was found, and what it is held against.
  public var finding: Bilingual {
    let (figure, threshold) = (figure ?? 0, threshold ?? 0)
    func whole(_ value: Double) -> String { Figures.decimal(value, digits: 0) }
    func decimal(_ value: Double) -> String { Figures.decimal(value, digits: 2) }
    switch rule {
    case .overloaded:
      return Bilingual(
        en: "counters busy \(Self.share(figure)) at the peak; expected below \(Self.share(threshold))",
        zh: "高峰时窗口利用率 \(Self.share(figure));应低于 \(Self.share(threshold))")
    case .dormant:
      return Bilingual(
        en: "no payments in the latest \(whole(figure)) months; listed from \(whole(threshold)) on",
        zh: "最近 \(whole(figure)) 个月无业务;达到 \(whole(threshold)) 个月即列出")
    case .lossMaking:
      return Bilingual(
        en: "\(decimal(figure)) yuan a month; expected at least \(decimal(threshold))",
        zh: "每月 \(decimal(figure)) 元;应不低于 \(decimal(threshold)) 元")
    case .complainedOf:
      return Bilingual(
        en:
          "\(decimal(figure)) complaints per 10,000 payments; twice the county's rate is \(decimal(threshold))",
        zh: "每万笔投诉 \(decimal(figure)) 件;全县的两倍为 \(decimal(threshold)) 件")
    case .slow:
      return Bilingual(
        en:
          "handling takes \(decimal(figure)) times as long as at its kind; expected at most \(decimal(threshold))",
        zh: "办理时长为同类的 \(decimal(figure)) 倍;应不超过 \(decimal(threshold)) 倍")
    case .poorlyPlaced:
      return Bilingual(
        en:
          "the nearest point of \(whole(figure)) customers only, and hardly used; expected at least \(whole(threshold))",
        zh: "仅为 \(whole(figure)) 户的最近网点,且业务很少;应不少于 \(whole(threshold)) 户")
    case .missingData:
      return Bilingual(
        en: "not known: \(missing.joined(separator: ", "))",
        zh: "缺少:\(missing.map { Self.columnWords[$0] ?? $0 }.joined(separator: "、"))")
    case .singlePoint:
      return Bilingual(
        en: "if it closes, \(whole(figure)) customers lose service; expected fewer than \(whole(threshold))",
        zh: "一旦停业,\(whole(figure)) 户失去服务;应少于 \(whole(threshold)) 户")
    }
  }

  /// Utilization is often above 1, where `Figures.percent` has a meaning of its own.
  private static func share(_ value: Double) -> String { Figures.decimal(value * 100, digits: 0) + "%" }

  private static let columnWords = [
    "hours": "营业时间", "counters": "窗口数", "methods": "缴费方式", "place_id": "所在村", "volumes": "业务量",
  ]
}

extension PointActivity.State {
  /// What people call the state.
  public var words: Bilingual {
    switch self {
    case .active: Bilingual(en: "active", zh: "活跃")
    case .idle: Bilingual(en: "idle", zh: "当月无业务")
    case .dormant60: Bilingual(en: "dormant 60 d", zh: "休眠 60 天")
    case .dormant90: Bilingual(en: "dormant 90 d", zh: "休眠 90 天")
    case .unknown: Bilingual(en: "unknown", zh: "未知")
    }
  }
}
