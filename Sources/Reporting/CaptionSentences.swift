import Planning
import Travel
import Words

// What stands under and in the drawings, and what is read aloud instead of them.
extension ReportSentences {
  /// The words over the limit's line in the histogram.
  func limitMark(seconds: Int) -> String {
    say(en: "town's limit: \(duration(seconds: seconds))", zh: "城区时限：\(duration(seconds: seconds))")
  }

  /// The histogram for those who cannot see it.
  func histogramDescription(_ times: TravelTimeBands) -> String {
    let parts = times.bands.enumerated().map { index, band in
      "\(Charts.bandLabel(index, of: times)): \(Figures.whole(band.all))"
    }
    return say(
      en: "Customers by band of minutes. \(parts.joined(separator: "; ")); none reached: "
        + "\(Figures.whole(times.unreachable.all)).",
      zh: "按分钟分段的客户数。\(parts.joined(separator: "；"))；无可达网点：\(Figures.whole(times.unreachable.all))。")
  }

  /// What stands under the histogram.
  var histogramCaption: String {
    say(
      en:
        "Customers by minutes to the nearest point that counts; a column holds times above its first number up to and "
        + "with its second.",
      zh: "按到最近计入网点的分钟数统计户数；各柱不含前一数值，含后一数值。")
  }

  /// The standard itself, among the readings of ten minutes.
  func ownReading(_ standard: ServiceStandard) -> String {
    let limit = duration(seconds: standard.townLimit.seconds)
    return say(
      en: "\(limit) \(standard.townMode.words[language]) (the standard of this report)",
      zh: "\(standard.townMode.words[language]) \(limit)（本报告标准）")
  }

  /// The map for those who cannot see it.
  func mapDescription(served: Int, partly: Int, unserved: Int, points: Int, cellMeters: Int?) -> String {
    if let cellMeters {
      return say(
        en: "Places in cells of \(Figures.whole(cellMeters)) m: \(Figures.whole(served)) cells are served, "
          + "\(Figures.whole(partly)) in part, \(Figures.whole(unserved)) not.",
        zh: "村/社区按 \(Figures.whole(cellMeters)) 米方格归并：\(Figures.whole(served)) 格全部覆盖，"
          + "\(Figures.whole(partly)) 格部分覆盖，\(Figures.whole(unserved)) 格未覆盖。")
    }
    return say(
      en: "\(Figures.whole(served)) places served, \(Figures.whole(unserved)) not served, "
        + "\(Figures.whole(points)) payment points that count.",
      zh: "\(Figures.whole(served)) 处已覆盖，\(Figures.whole(unserved)) 处未覆盖，\(Figures.whole(points)) 个计入的网点。")
  }

  /// What stands under a map.
  func mapCaption(_ map: MapDrawing) -> String {
    if map.part == .busiest {
      return say(
        en: "Where most customers live, four times larger; the frame on the map above shows where.",
        zh: "客户最密集的区域，放大四倍；位置见上图方框。") + roadsLeftOut(map.roads, map.part)
    }
    if map.part.isSheet { return roadsLeftOut(map.roads, map.part) }
    var text =
      switch map.coverage.options.travel {
      case .straight: straightCaption
      case .roads: roadCaption(map.coverage.options.standard)
      }
    if map.circles.isEmpty, map.coverage.counts.contains(true) { text = circlesLeftOut }
    text += roadsLeftOut(map.roads, map.part)
    if !map.attributions.isEmpty {
      let names = map.attributions.joined(separator: say(en: "; ", zh: "；"))
      text += say(en: " \(names).", zh: "\(names)。")
    }
    if let cellMeters = map.cellMeters {
      text += say(
        en: " Places are drawn by cells of \(Figures.whole(cellMeters)) m.",
        zh: "村/社区按 \(Figures.whole(cellMeters)) 米方格归并。")
    }
    if map.points.areLeftOut {
      text += say(
        en: " The payment points are too many for the sheet and are not drawn.", zh: "网点过多，图上未绘。")
    } else if map.points.areThinned {
      text += say(
        en: " Where points crowd, one sign stands for all of its kind.", zh: "网点密集处，同类网点合为一个符号。")
    }
    if map.placesOutside + map.points.outside > 0 {
      text += say(
        en: " Outside the map lie \(Figures.whole(map.placesOutside)) places and "
          + "\(Figures.whole(map.points.outside)) payment points.",
        zh: "图幅之外另有 \(Figures.whole(map.placesOutside)) 处村/社区、\(Figures.whole(map.points.outside)) 个网点。")
    }
    return text
  }

  private var circlesLeftOut: String {
    say(
      en:
        "The payment circles are smaller than the sign of a place at this scale and are not drawn. Crosses are places the "
        + "standard does not reach.",
      zh: "在本图比例尺下交费圈小于村/社区的符号，图上未绘。叉号为未达到标准的村/社区。")
  }

  private var straightCaption: String {
    say(
      en:
        "The blue area is the merged circle of the town's time limit, each circle as wide as the terrain at its point "
        + "allows; the verdict on a place goes by the place's own terrain. Crosses are places the standard does not "
        + "reach.",
      zh: "蓝色区域为城区时限内的合并交费圈，半径按网点所在地形；是否覆盖按村/社区自身地形判定。叉号为未达到标准的村/社区。")
  }

  private func roadCaption(_ standard: ServiceStandard) -> String {
    let limit = duration(seconds: standard.townLimit.seconds)
    let mode = standard.townMode.words[language]
    return say(
      en:
        "The blue area is where some point that counts is within \(limit) \(mode) along the roads"
        + (standard.countsReturn ? ", there and back" : "")
        + "; the verdict on a place goes by its own way. Crosses are places the standard does not reach.",
      zh: "蓝色区域为沿道路\(mode) \(limit)内" + (standard.countsReturn ? "（往返）" : "")
        + "可达某个计入网点的范围；是否覆盖按村/社区自身路程判定。叉号为未达到标准的村/社区。")
  }

  /// Which roads are not drawn, where there are some.
  func roadsLeftOut(_ roads: MapRoads?, _ part: MapDrawing.Part) -> String {
    guard let roads else { return "" }
    if roads.leavesOut {
      return say(
        en: " Smaller roads are not drawn: the sheet has no room for so many.", zh: "较小的道路过密，图上未绘。")
    }
    return part == .whole ? say(en: " Small roads are not drawn.", zh: "小路未绘。") : ""
  }
}
