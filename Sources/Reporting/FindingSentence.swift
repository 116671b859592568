public import Planning
import Travel
public import Words

extension DataFinding {
  /// The finding as a sentence: where, what was found, what would be right.
  public var sentence: Bilingual {
    let place = id.isEmpty ? table : "\(table) \(id)"
    let words = rule.words
    return Bilingual(en: "\(place): \(words.english)", zh: "\(place):\(words.chinese)")
  }
}

extension DataFinding.Rule {
  fileprivate var words: Bilingual {
    switch self {
    case .noPlaces: Bilingual(en: "there are none; import places first", zh: "没有村/社区;请先导入 places")
    case .noPoints: Bilingual(en: "there are none; nobody can be served", zh: "没有网点;无人可被服务")
    case .duplicatePosition(let other):
      Bilingual(en: "at the very position of \(other); is it the same one?", zh: "与 \(other) 位置完全相同;是否重复?")
    case .zeroCoordinates:
      Bilingual(en: "at longitude 0, latitude 0; expected a real position", zh: "位于经度 0、纬度 0;应为真实位置")
    case .swappedCoordinates:
      Bilingual(
        en: "longitude and latitude are probably swapped: the other way round it lies among the others",
        zh: "经纬度可能颠倒:互换后位于其他点附近")
    case .farFromOthers(let kilometers):
      Bilingual(
        en: "\(kilometers) km from the middle of the network; expected at most 500 km",
        zh: "距网络中心 \(kilometers) 公里;应不超过 500 公里")
    case .outsideBoundary:
      Bilingual(en: "outside every boundary of the atlas", zh: "在图集所有边界之外")
    case .probableDatumMixUp(let datum, let before, let after):
      Bilingual(
        en:
          "positions look like \(datum): taken as such, points and their places lie \(after) m apart (median) "
          + "instead of \(before) m; import the file again with --datum \(datum)",
        zh: "坐标疑为 \(datum):按此换算后网点与所在村的距离中位数由 \(before) 米降为 \(after) 米;请用 --datum \(datum) 重新导入")
    case .pointFarFromVillage(let meters):
      Bilingual(
        en: "\(meters) m from the nearest place of the village it is assigned to; expected at most 5000 m",
        zh: "距所属村最近处 \(meters) 米;应不超过 5000 米")
    case .placeWithoutCustomers:
      Bilingual(en: "no customers; it weighs nothing in any share", zh: "户数为 0;不计入任何占比")
    case .monthsWithoutVolumes(let missing, let months):
      Bilingual(
        en: "active, but without volumes in \(missing) of \(months) months",
        zh: "营业中,但 \(months) 个月中有 \(missing) 个月无业务量")
    case .hoursMissing(let points):
      Bilingual(
        en: "\(points) active points have no opening hours: they count as open, but not as effective",
        zh: "\(points) 个营业网点没有营业时间:视为营业,但不算有效网点")
    case .surveyWithoutMinutes:
      Bilingual(en: "0 minutes; a calibration sets it aside", zh: "分钟数为 0;校准时不采用")
    case .surveyBeyondReason:
      Bilingual(
        en: "more than eight hours or 500 km; a calibration sets it aside", zh: "超过八小时或 500 公里;校准时不采用")
    case .surveyShorterThanStraight(let meters):
      Bilingual(
        en: "a way shorter than the straight line of \(meters) m; a calibration sets it aside",
        zh: "路程短于直线距离 \(meters) 米;校准时不采用")
    case .calibrationOutdated:
      Bilingual(
        en:
          "surveys, positions or roads have changed since it was made; run `paycircle demand ATLAS calibrate` again",
        zh: "校准之后,调查、坐标或道路已有变化;请重新运行 `paycircle demand ATLAS calibrate`")
    case .roadsMissing(let file):
      Bilingual(
        en: "\(file) is not there; copy it along with the atlas, or run `paycircle import roads` again",
        zh: "缺少 \(file);请与图集一并复制,或重新运行 paycircle import roads")
    case .roadsDamaged(let file):
      Bilingual(
        en: "\(file) is not as it was saved; copy it again, or run `paycircle import roads` again",
        zh: "\(file) 与保存时不符;请重新复制,或重新运行 paycircle import roads")
    case .roadIsland(let modes, let edges, let meters, let latitude, let longitude):
      Bilingual(
        en:
          "roads that lead nowhere (\(modes.map(\.rawValue).joined(separator: ", "))): \(edges) edges, \(meters) m, at "
          + "\(Figures.decimal(latitude, digits: 5)), \(Figures.decimal(longitude, digits: 5))",
        zh:
          "道路孤岛(\(modes.map(\.rawValue).joined(separator: ",")):\(edges) 条路段,\(meters) 米,位于 "
          + "\(Figures.decimal(latitude, digits: 5)),\(Figures.decimal(longitude, digits: 5))")
    case .offRoads(let meters, let limit):
      Bilingual(
        en: meters.map { "the nearest road for walkers is \($0) m away; expected at most \(limit) m" }
          ?? "no road for walkers anywhere",
        zh: meters.map { "最近的步行道路在 \($0) 米外;应不超过 \(limit) 米" } ?? "没有任何步行道路")
    case .onRoadIsland(let edges):
      Bilingual(
        en: "its road is an island of \(edges) edges: nothing beyond can be reached",
        zh: "所在道路是 \(edges) 条路段的孤岛:无法到达其他地方")
    }
  }
}
