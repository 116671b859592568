import Foundation
import Planning
import Travel
import Words

// The chapters on service at the points: how much they do, what deserves attention, and what surveys say.
struct ServiceSections {
  let network: PaymentNetwork
  let coverage: Coverage
  let evidence: ReportEvidence
  let language: Language

  typealias Cell = ReportPage.Cell

  /// The chapters that have something to say, in the order of the report.
  var sections: [ReportPage.Section] {
    [byWay, byHour, service, review, surveys, control].compactMap(\.self)
  }

  private var sentences: ReportSentences { ReportSentences(language) }

  private var byWay: ReportPage.Section? {
    guard let answer = evidence.byWay, !answer.kinds.isEmpty else { return nil }
    func table<Way>(
      _ caption: ServiceWord, _ head: String, _ lines: [CoverageByWay.Line<Way>], _ name: (Way) -> String
    )
      -> ReportPage.Table
    {
      .init(
        caption: caption[language],
        columns: [
          .text(head), .number(ServiceWord.countingPoints[language]),
          .number(ReportWord.servedCustomers[language]),
          .number(ReportWord.share[language]),
        ],
        rows: lines.map { line in
          let customers = line.population.customers
          return [
            Cell(name(line.way)), Cell(Figures.whole(line.points)), Cell(Figures.whole(customers.served)),
            Cell(Figures.percent(customers.share), bar: customers.share),
          ]
        })
    }
    var tables = [
      table(.byKindTable, ReportWord.kind[language], answer.kinds) { $0.words[language] }
    ]
    if !answer.methods.isEmpty {
      tables.append(
        table(.byMethodTable, ServiceWord.method[language], answer.methods) { way in
          way.words.map { $0[language] }.joined(separator: sentences.comma)
        })
    }
    return .init(title: ServiceWord.byWay[language], blocks: [.tables(tables)])
  }

  private var byHour: ReportPage.Section? {
    guard let answer = evidence.byHour, network.points.openingHours.isEmpty == false else { return nil }
    let shares = [
      (2 * 24 + 18, ServiceWord.weekdayEvening), (5 * 24 + 10, .saturday), (6 * 24 + 10, .sunday),
    ]
    let figures = shares.map { hour, word in
      let tally = answer.hours[hour].customers
      return ReportPage.Figure(
        label: word[language], value: Figures.percent(tally.share),
        detail: "\(Figures.whole(tally.served)) / \(Figures.whole(tally.total))")
    }
    let note = sentences.halfPast(assumedOpen: answer.assumedOpen)
    return .init(
      title: ServiceWord.byHour[language],
      blocks: [
        .figures(figures), .drawing(svg: ServiceCharts(language: language).week(answer.hours), caption: note),
      ])
  }

  private var service: ReportPage.Section? {
    let peaks = evidence.found.waiting.peaks
    let known = peaks.indices.filter { peaks[$0] != nil }
    guard !known.isEmpty else { return nil }
    let activity = evidence.found.activity
    func figure(_ word: ServiceWord, _ value: String, _ detail: String = "") -> ReportPage.Figure {
      .init(label: word[language], value: value, detail: detail)
    }
    func of(_ count: Int, _ whole: Int) -> String { "\(Figures.whole(count)) / \(Figures.whole(whole))" }
    let dormant = activity.count(.dormant60) + activity.count(.dormant90)
    let losing = evidence.found.viability.balances.count {
      ($0?.earnsFees ?? false) && ($0?.marginYuan ?? 0) < 0
    }
    let single = evidence.found.assurance.singlePoint.customers
    let figures = [
      figure(.pointsWithVolumes, Figures.whole(known.count), of(known.count, activity.points)),
      figure(.activeShare, Figures.percent(activity.activeShare), of(activity.active, activity.points)),
      figure(.busyShare, Figures.whole(activity.busy), of(activity.busy, activity.points)),
      figure(.dormant, Figures.whole(dormant), of(dormant, activity.points)),
      figure(.overloaded, Figures.whole(known.count { peaks[$0]?.isOverloaded ?? false })),
      figure(.lossMaking, Figures.whole(losing)),
      figure(.singlePoint, Figures.whole(single.served), of(single.served, single.total)),
      figure(.secured, Figures.percent(evidence.found.assurance.securedShare)),
    ]
    let busiest = known.sorted { a, b in
      let (x, y) = (peaks[a]?.utilization ?? 0, peaks[b]?.utilization ?? 0)
      return x != y ? x > y : a < b
    }.prefix(12)
    let rows = busiest.compactMap { point in
      peaks[point].map { peak in
        [
          Cell(network.points.names[point]), Cell(network.points.kinds[point].words[language]),
          Cell(network.township(ofPoint: point)), Cell(Figures.decimal(peak.paymentsPerMonth, digits: 0)),
          Cell(Figures.whole(peak.counters)), Cell(Figures.percent(peak.utilization)),
          Cell(Figures.minutes(meanSeconds: peak.meanWaitSeconds)), Cell(Figures.percent(peak.longWaitShare)),
        ]
      }
    }
    let options = evidence.found.waiting.options
    let assumed = sentences.peak(options)
    return .init(
      title: ServiceWord.service[language],
      blocks: [
        .figures(figures),
        .table(
          .init(
            caption: ServiceWord.busiestTable[language],
            columns: [
              .text(Glossary.points[language]), .text(ReportWord.kind[language]),
              .text(ReportWord.township[language]),
              .number(ServiceWord.paymentsPerMonth[language]), .number(ServiceWord.counters[language]),
              .number(ServiceWord.utilization[language]), .number(ServiceWord.meanWait[language]),
              .number(ServiceWord.longWait[language]),
            ], rows: rows)), .note(assumed),
      ])
  }

  private var review: ReportPage.Section? {
    let review = evidence.review
    guard !review.items.isEmpty else { return nil }
    let rows = ReviewRule.allCases.compactMap { rule -> [Cell]? in
      guard let count = review.counts[rule], let first = review.items.first(where: { $0.rule == rule }) else {
        return nil
      }
      return [
        Cell(rule.words[language]), Cell(Figures.whole(count)),
        Cell(sentences.headed(network.points.names[first.point], first.finding[language])),
        Cell(rule.action[language]),
      ]
    }
    let feedback = review.feedback
    let sentence = sentences.feedback(feedback)
    return .init(
      title: ServiceWord.review[language],
      blocks: [
        .table(
          .init(
            caption: "",
            columns: [
              .text(ServiceWord.rule[language]), .number(ServiceWord.found[language]),
              .text(ServiceWord.first[language]),
              .text(ServiceWord.action[language]),
            ], rows: rows)), .paragraph(sentence),
      ])
  }
}

// What surveys say.
extension ServiceSections {
  private var surveys: ReportPage.Section? {
    guard let calibration = evidence.calibration, calibration.surveys > 0 else { return nil }
    func rows(_ word: ServiceWord, _ factors: [Calibration.Factor]) -> [[Cell]] {
      factors.filter { $0.answers > 0 }.map { factor in
        let mode = factor.mode?.words[language] ?? ServiceWord.allModes[language]
        let terrain = factor.terrain?.words[language] ?? ServiceWord.allTerrains[language]
        let interval = factor.interval.map {
          "\(Figures.decimal($0.lowerBound, digits: 3))–\(Figures.decimal($0.upperBound, digits: 3))"
        }
        return [
          Cell([word[language], mode, terrain].joined(separator: sentences.comma)),
          Cell(Figures.decimal(factor.value, digits: 3)), Cell(Figures.decimal(factor.standard, digits: 3)),
          Cell(interval ?? Figures.missing), Cell(Figures.whole(factor.answers)),
          Cell(Figures.whole(factor.rejected)),
          Cell(factor.method.words[language]),
        ]
      }
    }
    let factors = ReportPage.Table(
      caption: ServiceWord.factorsTable[language],
      columns: [
        .text(ServiceWord.factor[language]), .number(ServiceWord.used[language]),
        .number(ServiceWord.byDefault[language]),
        .number(ServiceWord.interval[language]), .number(ServiceWord.answers[language]),
        .number(ServiceWord.rejected[language]), .text(ServiceWord.how[language]),
      ],
      rows: rows(.circuity, calibration.circuity) + rows(.speed, calibration.speed)
        + rows(.roadFactor, calibration.roads))
    let shares = ReportPage.Table(
      caption: ServiceWord.sharesTable[language],
      columns: [
        .text(ServiceWord.factor[language]), .number(ServiceWord.withinTen[language]),
        .number(ServiceWord.interval[language]),
        .number(ServiceWord.told[language]), .number(ServiceWord.heaping[language]),
        .number(ServiceWord.answers[language]),
      ],
      rows: calibration.shares.map { share in
        let interval = share.interval.map {
          "\(Figures.percent($0.lowerBound))–\(Figures.percent($0.upperBound))"
        }
        return [
          Cell(share.mode?.words[language] ?? ServiceWord.allModes[language]),
          Cell(Figures.percent(share.estimate)), Cell(interval ?? Figures.missing),
          Cell(Figures.percent(share.naive)),
          Cell(Figures.percent(share.heaping)), Cell(Figures.whole(share.answers)),
        ]
      })
    let aside = calibration.setAside.map { "\($0.reason.words[language]) \(Figures.whole($0.count))" }
    let sentence = sentences.answers(calibration.surveys, setAside: aside)
    var blocks: [ReportPage.Block] = [.paragraph(sentence), .table(factors)]
    if !calibration.shares.isEmpty { blocks.append(.table(shares)) }
    return .init(title: ServiceWord.surveys[language], blocks: blocks)
  }
}

// Control charts.
extension ServiceSections {
  private var control: ReportPage.Section? {
    let charts = ServiceCharts(language: language)
    var drawings: [ReportPage.Block] = []
    let volumes = network.volumes
    if volumes.months.count >= 3 {
      let months = volumes.months
      var (reporting, active, payments) = (
        [Int](repeating: 0, count: months.count), [Int](repeating: 0, count: months.count),
        [Double](repeating: 0, count: months.count)
      )
      for row in 0..<volumes.count {
        let month = Int(volumes.monthIndices[row])
        reporting[month] += 1
        if volumes.payments[row] > 0 { active[month] += 1 }
        payments[month] += Double(volumes.payments[row])
      }
      if let chart = ControlChart.proportions(active, of: reporting) {
        drawings.append(drawing(chart, .activityByMonth, months, charts) { Figures.percent($0) })
      }
      let perPoint = months.indices.filter { reporting[$0] > 0 }
      if let chart = ControlChart.movingAverage(perPoint.map { payments[$0] / Double(reporting[$0]) }) {
        drawings.append(
          drawing(chart, .paymentsByMonth, perPoint.map { months[$0] }, charts) {
            Figures.decimal($0, digits: 1)
          })
      }
      let feedback = evidence.surveys.feedback
      var complaints = [Int](repeating: 0, count: months.count)
      for row in 0..<feedback.count where feedback.isComplaint(row) {
        if let month = months.firstIndex(of: String(feedback.dates[row].prefix(7))) { complaints[month] += 1 }
      }
      if complaints.contains(where: { $0 > 0 }),
        let chart = ControlChart.rates(complaints, per: payments.map { $0 / 10_000 })
      {
        drawings.append(drawing(chart, .complaintsByMonth, months, charts) { Figures.decimal($0, digits: 2) })
      }
    }
    let lines = coverage.options.breakdown == .township ? coverage.lines : []
    if lines.count >= 2,
      let chart = ControlChart.proportions(
        lines.map(\.summary.all.places.served), of: lines.map(\.summary.all.places.total))
    {
      let names = lines.map { $0.key.isEmpty ? Glossary.notStated[language] : $0.key }
      drawings.append(
        drawing(chart, .coverageByTownship, names, charts, isSeries: false) { Figures.percent($0) })
    }
    if let arrears = arrears(charts) { drawings.append(arrears) }
    guard !drawings.isEmpty else { return nil }
    let note = sentences.controlLimits
    return .init(title: ServiceWord.control[language], blocks: drawings + [.note(note)], startsSheet: true)
  }

  private func drawing(
    _ chart: ControlChart, _ title: ServiceWord, _ labels: [String], _ charts: ServiceCharts,
    isSeries: Bool = true, _ format: @escaping (Double) -> String
  ) -> ReportPage.Block {
    .drawing(
      svg: charts.control(chart, title: title[language], labels: labels, isSeries: isSeries, format: format),
      caption: "")
  }

  /// Money overdue per customer by township, where it is known of some place; the most first.
  private func arrears(_ charts: ServiceCharts) -> ReportPage.Block? {
    let places = network.places
    var fen = [Double](repeating: 0, count: places.townshipNames.count)
    var customers = [Double](repeating: 0, count: places.townshipNames.count)
    for place in 0..<places.count where places.arrearsFen[place] >= 0 {
      fen[Int(places.townships[place])] += Double(places.arrearsFen[place])
      customers[Int(places.townships[place])] += Double(places.customers[place])
    }
    let known = customers.indices.filter { customers[$0] > 0 }
    let all = customers.reduce(0, +)
    guard known.count >= 2, all > 0 else { return nil }
    let rows = known.map { township -> (label: String, value: Double) in
      let name = places.townshipNames[township]
      return (name.isEmpty ? Glossary.notStated[language] : name, fen[township] / customers[township] / 100)
    }.sorted { ($1.value, $0.label) < ($0.value, $1.label) }
    return .drawing(
      svg: charts.bars(
        Array(rows.prefix(30)), title: ServiceWord.arrearsByTownship[language],
        unit: ServiceWord.yuanPerCustomer[language], center: fen.reduce(0, +) / all / 100, digits: 2),
      caption: "")
  }
}
