import Planning
import Reporting
import Words

/// The answer to the coverage question as a table for a terminal.
struct CoverageTable {
  let network: PaymentNetwork
  let coverage: Coverage
  let language: Language

  /// How many unserved places are listed.
  private static let listed = 20

  var lines: [String] {
    let summary = coverage.summary
    var lines: [String] = [coverage.options.standard.name, ""]
    var table = TextTable(
      header: [
        "", word("places", "村/社区"), word("served", "达标"), "%", word("customers", "户数"), word("served", "达标"),
        "%",
      ], rightAligned: [1, 2, 3, 4, 5, 6])
    append(word("all", "合计"), summary.all, to: &table)
    append(Glossary.town[language], summary.town, to: &table)
    append(Glossary.village[language], summary.village, to: &table)
    lines += table.lines
    lines += ["", summary.villages.line(in: language), times(summary), equity(summary)]
    if coverage.options.travel == .roads { lines.append(roads) }
    if let waits = coverage.waits { lines.append(waiting(waits)) }
    if let calibration = coverage.options.calibration { lines.append(calibration.line(in: language)) }
    if coverage.assumedOpen > 0 {
      lines.append(
        word(
          "\(coverage.assumedOpen) points without opening hours were taken to be open.",
          "\(coverage.assumedOpen) 个无营业时间的网点按营业处理。"))
    }
    if !coverage.lines.isEmpty { lines += [""] + breakdown }
    lines += unserved
    if network.sources.contains(where: \.isSynthetic) {
      lines += ["", word("Synthetic data: made up for demonstration.", "合成数据:为演示而生成。")]
    }
    return lines
  }

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func append(_ name: String, _ population: CoverageSummary.Population, to table: inout TextTable) {
    table.append([
      name, Figures.whole(population.places.total), Figures.whole(population.places.served),
      Figures.percent(population.places.share), Figures.whole(population.customers.total),
      Figures.whole(population.customers.served), Figures.percent(population.customers.share),
    ])
  }

  private func times(_ summary: CoverageSummary) -> String {
    let time = summary.seconds
    return word(
      "Minutes to the nearest point: mean \(Figures.minutes(meanSeconds: time.mean)), "
        + "P50 \(Figures.minutes(seconds: time.p50)), P90 \(Figures.minutes(seconds: time.p90)), "
        + "P95 \(Figures.minutes(seconds: time.p95)), max \(Figures.minutes(seconds: time.max)); "
        + "unreachable places \(Figures.whole(summary.unreachable))",
      "到最近网点的分钟数:平均 \(Figures.minutes(meanSeconds: time.mean)),P50 \(Figures.minutes(seconds: time.p50)),"
        + "P90 \(Figures.minutes(seconds: time.p90)),P95 \(Figures.minutes(seconds: time.p95)),"
        + "最长 \(Figures.minutes(seconds: time.max));不可达 \(Figures.whole(summary.unreachable)) 处")
  }

  private func equity(_ summary: CoverageSummary) -> String {
    let equity = summary.equity
    return word(
      "Customers with a second serving point: \(Figures.percent(summary.backupShare)); worst-served tenth: mean "
        + "\(Figures.minutes(meanSeconds: equity.worstTenthMeanSeconds)) min; lowest township: "
        + Figures.percent(equity.lowestTownshipShare),
      "有第二网点可替代的户数:\(Figures.percent(summary.backupShare));最差一成平均 "
        + "\(Figures.minutes(meanSeconds: equity.worstTenthMeanSeconds)) 分钟;最低乡镇:"
        + Figures.percent(equity.lowestTownshipShare))
  }

  private func waiting(_ waits: CoverageWaits) -> String {
    let lost = waits.withoutWaiting.customers.served - coverage.summary.all.customers.served
    let done = waits.distribution
    return word(
      "With the wait at the peak and the handling: mean \(Figures.minutes(meanSeconds: done.mean)) min until people are done, P90 "
        + "\(Figures.minutes(seconds: done.p90)); served only if nobody waits: \(Figures.whole(lost)) customers",
      "计入高峰等候与办理:办完平均 \(Figures.minutes(meanSeconds: done.mean)) 分钟,P90 "
        + "\(Figures.minutes(seconds: done.p90));因等候而不达标 \(Figures.whole(lost)) 户")
  }

  private var roads: String {
    let (places, points) = (coverage.offRoads.count, coverage.pointsOffRoads.count)
    return word(
      "Ways go along the roads; off the roads: \(Figures.whole(places)) places, \(Figures.whole(points)) points.",
      "沿道路计算;路网之外:\(Figures.whole(places)) 处村/社区,\(Figures.whole(points)) 个网点。")
  }

  private var breakdown: [String] {
    var table = TextTable(
      header: [
        "", word("places", "村/社区"), word("served", "达标"), word("customers", "户数"), word("served", "达标"), "%",
        word("mean min", "平均分钟"), "P90",
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7])
    for line in coverage.lines {
      let all = line.summary.all
      table.append([
        line.key.isEmpty ? Glossary.notStated[language] : line.key, Figures.whole(all.places.total),
        Figures.whole(all.places.served), Figures.whole(all.customers.total),
        Figures.whole(all.customers.served),
        Figures.percent(all.customers.share), Figures.minutes(meanSeconds: line.summary.seconds.mean),
        Figures.minutes(seconds: line.summary.seconds.p90),
      ])
    }
    return table.lines
  }

  private var unserved: [String] {
    let places = network.places
    let worst = places.indices.filter { !coverage.isServed[$0] }
      .sorted { (-places.customers[$0], $0) < (-places.customers[$1], $1) }
    guard !worst.isEmpty else { return ["", word("Every place is served.", "所有村/社区均已达标。")] }
    var table = TextTable(
      header: [
        word("unserved place", "未达标"), word("customers", "户数"), word("nearest point", "最近网点"),
        word("min", "分钟"), word("m", "米"), word("reason", "原因"),
      ], rightAligned: [1, 3, 4])
    for i in worst.prefix(Self.listed) {
      let nearest = Int(coverage.nearestPoints[i])
      let hasPoint = nearest >= 0
      table.append([
        "\(places.ids[i]) \(places.names[i])", Figures.whole(places.customers[i]),
        hasPoint ? "\(network.points.ids[nearest]) \(network.points.names[nearest])" : Figures.missing,
        hasPoint ? Figures.minutes(seconds: Int(coverage.seconds[i])) : Figures.missing,
        hasPoint ? Figures.whole(Int(coverage.meters[i])) : Figures.missing,
        coverage.reasons[i]?.words[language] ?? "",
      ])
    }
    var lines = [""] + table.lines
    if worst.count > Self.listed {
      lines.append(
        word(
          "... and \(Figures.whole(worst.count - Self.listed)) more (all with --json)",
          "……另有 \(Figures.whole(worst.count - Self.listed)) 处(用 --json 查看全部)"))
    }
    return lines
  }
}
