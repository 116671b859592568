public import Planning
import Travel
import Words

/// The form that a survey of ways is taken with: a line for each interview, its head filled in, the answers left open.
///
/// Headers are in Chinese, for the people who carry it. The columns that `import distance-surveys` reads have the headers
/// it knows; filled in, the form is imported as it is. The others tell where to go, and ask what makes answers wrong
/// when nobody asks: who answers, whether the way is one way, which unit of length, when one left and arrived (people
/// round minutes to fives and tens, but know when they left), and whether they came at all.
///
/// - Parameters:
///   - sample: whom to ask.
///   - prefix: put before the number of each interview to make its id.
/// - Throws: `ExportError` where the file cannot be written; then there is none.
public func writeSurveyForm(
  _ sample: SurveySample, of network: PaymentNetwork, prefix: String, to path: String
) throws(ExportError) {
  try writeWhole(surveyForm(sample, of: network, prefix: prefix), to: path)
}

/// The form as CSV for spreadsheet programs: UTF-8 with a byte order mark, lines ended by CR LF.
public func surveyForm(_ sample: SurveySample, of network: PaymentNetwork, prefix: String) -> String {
  let headers = [
    "调查编码", "所在村", "村名", "乡镇", "户数", "地形", "抽样权重",
    "网点编码", "出行方式", "距离(米)", "用时(分钟)", "日期",
    "近一年去网点交过费(是/否)", "本人作答(是/代答)", "所答为单程(是/往返)", "距离原单位(米/里/公里)", "出发时刻", "到达时刻", "备注",
  ]
  let digits = max(4, "\(sample.places.count * sample.plan.interviewsPerPlace)".count)
  var text = "\u{FEFF}" + headers.joined(separator: ",") + "\r\n"
  var number = 0
  for place in sample.places {
    let stratum = sample.strata.stratum[place]!
    let weight = Double(sample.strata.members[stratum].count) / Double(sample.allocation[stratum])
    for _ in 0..<sample.plan.interviewsPerPlace {
      number += 1
      let padded = String(repeating: "0", count: digits - "\(number)".count) + "\(number)"
      let head = [
        prefix + padded, network.places.ids[place], network.places.names[place],
        network.places.townshipNames[Int(network.places.townships[place])],
        "\(network.places.customers[place])",
        terrain(network.places.terrains[place])[.chinese],
        "\((weight * 1_000).rounded() / 1_000)",
      ]
      text += head.map(CSVCell.quoted).joined(separator: ",")
      text += String(repeating: ",", count: headers.count - head.count) + "\r\n"
    }
  }
  return text
}

private func terrain(_ terrain: Terrain) -> Glossary {
  switch terrain {
  case .plain: .plain
  case .hill: .hill
  case .mountain: .mountain
  }
}
