import Planning
import Reporting
import Words

extension CoverageSummary.VillageLadder {
  /// The ladder as the member `villages` of a document.
  var json: JSON {
    .object([
      ("total", .int(total)), ("with_point", .int(withPoint)), ("effective", JSON(effective)),
      ("secured", JSON(secured)), ("none_within_60min", .int(remote)), ("reachable", .int(reachable)),
      ("effective_pro_rata", .rounded(effectiveProRata)),
      ("part_time_present", JSON(partTime?.present)), ("part_time_absent", JSON(partTime?.absent)),
      ("part_time_unknown", JSON(partTime?.unknown)),
    ])
  }

  /// The ladder as a line of a terminal.
  func line(in language: Language) -> String {
    func level(_ count: Int?) -> String { count.map { Figures.whole($0) } ?? Glossary.notKnown[language] }
    let proRata =
      effectiveProRata.map { Figures.decimal($0, digits: 1) } ?? Glossary.notKnown[language]
    return Bilingual(
      en:
        "Villages: \(Figures.whole(total)); none within 60 min \(Figures.whole(remote)), reachable within 30 min "
        + "\(Figures.whole(reachable)), with a point \(Figures.whole(withPoint)), effective \(level(effective)) "
        + "(\(proRata) with part-time points pro rata), secured \(level(secured))" + visits.english,
      zh: "行政村 \(Figures.whole(total)) 个:60 分钟内无网点 \(Figures.whole(remote)),30 分钟可达 "
        + "\(Figures.whole(reachable)),有网点 \(Figures.whole(withPoint)),有效 \(level(effective))"
        + "(非全时网点按时折算 \(proRata)),有保障 \(level(secured))" + visits.chinese)[language]
  }

  /// What visits say of the points that are open fewer hours; nothing where there are none.
  private var visits: (english: String, chinese: String) {
    guard let partTime, partTime != .init() else { return ("", "") }
    let (present, absent) = (Figures.whole(partTime.present), Figures.whole(partTime.absent))
    let unknown = Figures.whole(partTime.unknown)
    return (
      "; part-time points: found present at 90 % of visits \(present), not \(absent), "
        + "fewer than \(Presence.fewestVisits) visits \(unknown) (not effective)",
      ";非全时网点:巡查在岗率达 90 % 的 \(present),不足的 \(absent),"
        + "巡查不足 \(Presence.fewestVisits) 次的 \(unknown)(不计为有效)"
    )
  }
}
