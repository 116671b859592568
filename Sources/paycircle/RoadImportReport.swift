import Storage
import Travel
import Words

/// What became of imported roads, to people and to programs.
struct RoadImportReport {
  let result: RoadImport.Result
  let isDryRun: Bool

  var document: JSON {
    let groups = result.counts.groups.map { group in
      (group.name, JSON.object(group.counts.map { ($0.name, .int($0.count)) }))
    }
    let network = JSON.object([("junctions", .int(result.junctions)), ("edges", .int(result.edges))])
    return .object([
      ("kind", .string("roads")), ("read", .int(result.counts.waysRead)),
      ("added", .int(result.isUnchanged ? 0 : result.edges)), ("updated", .int(0)),
      ("unchanged", .int(result.isUnchanged ? result.edges : 0)), ("refused", .int(0)),
      ("imported", .bool(true)), ("problem_count", .int(0)), ("problems", .array([])),
      ("roads", .object(groups + [("network", network)])),
    ])
  }

  /// The counts as a table, and a line with the sum.
  func lines(_ language: Language) -> [String] {
    let counts = result.counts
    let header = [
      Bilingual(en: "OpenStreetMap", zh: "OpenStreetMap"), Bilingual(en: "count", zh: "数量"),
    ]
    var table = TextTable(header: header.map { $0[language] }, rightAligned: [1])
    func add(_ words: Bilingual, _ count: Int, isPart: Bool = false) {
      table.append([(isPart ? "  " : "") + words[language], Figures.whole(count)])
    }
    add(Bilingual(en: "nodes read", zh: "读取节点"), counts.nodesRead)
    add(Bilingual(en: "ways read", zh: "读取路径"), counts.waysRead)
    add(Bilingual(en: "ways used", zh: "可通行路径"), counts.waysUsed)
    for mode in TravelMode.allCases {
      add(mode.words, counts.waysUsedByMode[mode] ?? 0, isPart: true)
    }
    add(Bilingual(en: "ways left out", zh: "未采用路径"), counts.waysDropped.values.reduce(0, +))
    for drop in RoadDrop.allCases {
      if let count = counts.waysDropped[drop] { add(drop.words, count, isPart: true) }
    }
    add(Bilingual(en: "barriers that stop cars", zh: "阻断机动车的障碍"), counts.barriers[.car] ?? 0)
    add(Bilingual(en: "turn restrictions read", zh: "读取转向限制"), counts.restrictionsRead)
    add(Bilingual(en: "turn restrictions used", zh: "采用转向限制"), counts.restrictionsUsed)
    for drop in TurnDrop.allCases {
      if let count = counts.restrictionsDropped[drop] { add(drop.words, count, isPart: true) }
    }
    return table.lines + [sum(language)]
  }

  private func sum(_ language: Language) -> String {
    let (junctions, edges) = (Figures.whole(result.junctions), Figures.whole(result.edges))
    let sum = Bilingual(
      en: "roads: \(edges) edges between \(junctions) junctions",
      zh: "道路:\(junctions) 个路口,\(edges) 条路段")
    let verdict: Bilingual =
      if isDryRun {
        Bilingual(en: "; a dry run, nothing was imported", zh: ";试运行,未导入")
      } else if result.isUnchanged {
        Bilingual(en: ", as before", zh: ",与原来相同")
      } else {
        Bilingual(en: "", zh: "")
      }
    return sum[language] + verdict[language]
  }

  /// What the planner should know, for standard error.
  func warnings(_ language: Language) -> [String] {
    let counts = result.counts
    var warnings: [Bilingual] = []
    if counts.nodesMissing > 0 {
      warnings.append(
        Bilingual(
          en:
            "\(Figures.whole(counts.nodesMissing)) nodes are not in the file; \(Figures.whole(counts.waysCut)) roads "
            + "end there: at the rim of an extract that is expected",
          zh:
            "文件缺少 \(Figures.whole(counts.nodesMissing)) 个节点,\(Figures.whole(counts.waysCut)) 条道路在该处截断:裁剪范围边缘属正常情况"
        ))
    }
    if counts.nodesRepeated > 0 {
      warnings.append(
        Bilingual(
          en: "\(Figures.whole(counts.nodesRepeated)) nodes came twice; the first counts",
          zh: "\(Figures.whole(counts.nodesRepeated)) 个节点重复;以首个为准"))
    }
    if counts.edgesTooLong > 0 {
      warnings.append(
        Bilingual(
          en: "\(Figures.whole(counts.edgesTooLong)) pieces of road longer than 1,000 km were left out",
          zh: "\(Figures.whole(counts.edgesTooLong)) 段超过 1000 公里的道路未采用"))
    }
    if let elevation = result.forgottenElevation {
      warnings.append(
        Bilingual(
          en:
            "the heights of \(elevation) slowed the roads before; the new ones are level until you run `paycircle import "
            + "elevation` again",
          zh: "原道路已按 \(elevation) 的高程修正;新道路暂按平地计,请重新运行 paycircle import elevation"))
    }
    return warnings.map { $0[language] }
  }
}

/// What became of imported heights, to people and to programs.
struct ElevationImportReport {
  let result: ElevationImport.Result
  let isDryRun: Bool

  var document: JSON {
    let counts = result.counts
    return .object([
      ("kind", .string("elevation")), ("read", .int(result.edges)), ("added", .int(0)),
      ("updated", .int(result.edgesChanged)), ("unchanged", .int(result.edges - result.edgesChanged)),
      ("refused", .int(0)), ("imported", .bool(true)), ("problem_count", .int(0)), ("problems", .array([])),
      (
        "elevation",
        .object([
          ("edges_known", .int(counts.edgesKnown)), ("edges_partly_known", .int(counts.edgesPartlyKnown)),
          ("edges_unknown", .int(counts.edgesUnknown)), ("climb_meters", .int(counts.climbMeters)),
        ])
      ),
    ])
  }

  func line(_ language: Language) -> String {
    let (edges, changed) = (Figures.whole(result.edges), Figures.whole(result.edgesChanged))
    let sum = Bilingual(
      en: "elevation: \(changed) of \(edges) edges take another time on foot or by e-bike",
      zh: "高程:\(edges) 条路段中 \(changed) 条的步行或电动车时间有变")
    let verdict = isDryRun ? Bilingual(en: "; a dry run, nothing was imported", zh: ";试运行,未导入") : nil
    return sum[language] + (verdict?[language] ?? "")
  }

  func warnings(_ language: Language) -> [String] {
    let (unknown, partly) = (result.counts.edgesUnknown, result.counts.edgesPartlyKnown)
    guard unknown + partly > 0 else { return [] }
    return [
      Bilingual(
        en:
          "\(Figures.whole(unknown)) edges without heights and \(Figures.whole(partly)) with gaps: taken as level there",
        zh: "\(Figures.whole(unknown)) 条路段没有高程,\(Figures.whole(partly)) 条部分缺失:缺失处按平地计")[language]
    ]
  }
}

extension TravelMode {
  fileprivate var words: Bilingual {
    switch self {
    case .walk: Bilingual(en: "on foot", zh: "步行")
    case .ebike: Bilingual(en: "by e-bike", zh: "电动车")
    case .car: Bilingual(en: "by car", zh: "汽车")
    }
  }
}

extension RoadDrop {
  fileprivate var words: Bilingual {
    switch self {
    case .notARoad: Bilingual(en: "no roads", zh: "不是道路")
    case .construction: Bilingual(en: "not built, or impassable", zh: "在建或不可通行")
    case .area: Bilingual(en: "areas", zh: "面状要素")
    case .ferry: Bilingual(en: "ferries, which the rules leave out", zh: "轮渡(规则不采用)")
    case .access: Bilingual(en: "closed to everybody", zh: "禁止通行")
    case .missingNodes: Bilingual(en: "nodes not in the file", zh: "节点缺失")
    case .repeated: Bilingual(en: "came before", zh: "重复")
    }
  }
}

extension TurnDrop {
  fileprivate var words: Bilingual {
    switch self {
    case .notForCars: Bilingual(en: "not for cars", zh: "不适用于汽车")
    case .conditional: Bilingual(en: "at certain times only", zh: "仅限部分时段")
    case .notUnderstood: Bilingual(en: "not understood", zh: "无法识别")
    case .missingMember: Bilingual(en: "members missing", zh: "成员缺失")
    case .ambiguous: Bilingual(en: "ambiguous", zh: "含义不明")
    case .noEffect: Bilingual(en: "impossible anyhow", zh: "本就无法转向")
    }
  }
}
