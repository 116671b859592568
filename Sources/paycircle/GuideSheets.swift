import Planning
import Reporting
import Storage
import Travel
import Words

/// Charts of where to pay as sheets of a workbook: the ways of all charts, the points, the ways to pay that need no visit, and how complete
/// the charts are.
struct GuideSheets {
  let document: GuideDocument
  let network: PaymentNetwork
  let guide: PaymentGuide
  let language: Language

  private func word(_ english: String, _ chinese: String) -> String {
    Bilingual(en: english, zh: chinese)[language]
  }

  private func text(_ text: String) -> Sheet.Cell { text.isEmpty ? .empty : .text(text) }

  private func yes(_ value: Bool) -> Sheet.Cell { .text(value ? word("yes", "是") : word("no", "否")) }

  private func methods(_ point: Int) -> Sheet.Cell {
    text(network.points.methods[point].words.map { $0[language] }.joined(separator: word(", ", "、")))
  }

  private func hours(_ point: Int) -> Sheet.Cell {
    network.points.openingHours(of: point).map { .text($0.words[language]) } ?? .empty
  }

  /// The sheets, in the order of the tabs.
  var all: [Sheet] {
    [ways, points] + (document.channelsFromHome.isEmpty ? [] : [channels]) + [completeness]
  }

  /// A row for each way of each chart, in their order.
  private var ways: Sheet {
    let starts = guide.sheets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.ways.count) }
    let (places, points) = (network.places, network.points)
    let isOnRoads = guide.options.coverage.travel == .roads
    return Sheet(
      name: word("Where to pay", "交费图表"),
      columns: [
        .init(ColumnWord.township[language], .text), .init(ColumnWord.village[language], .text),
        .init(ColumnWord.placeID[language], .text), .init(word("Place", "村/社区"), .text),
        .init(GuideWord.number[language], .integer), .init(ColumnWord.pointID[language], .text),
        .init(GuideWord.point[language], .text), .init(ColumnWord.kind[language], .text),
        .init(GuideWord.methods[language], .text), .init(ColumnWord.mode[language], .text),
        .init(word("Minutes", "用时（分钟）"), .integer, hasBars: true),
        .init(word("Time", "用时（时:分:秒）"), .duration),
        .init(isOnRoads ? word("Meters by road", "沿路距离（米）") : word("Meters", "距离（米）"), .integer),
        .init(word("Meters straight", "直线距离（米）"), .integer), .init(GuideWord.distance[language], .text),
        .init(GuideWord.hours[language], .text), .init(GuideWord.phone[language], .text),
        .init(word("Among the nearest", "属最近网点"), .text),
        .init(word("Within reach", "可达范围内"), .text), .init(ColumnWord.longitude[language], .decimal),
        .init(ColumnWord.latitude[language], .decimal),
      ], count: starts[starts.count - 1]
    ) { row in
      let number = starts.partitioningIndex { $0 > row } - 1
      let sheet = guide.sheets[number]
      let way = sheet.ways[row - starts[number]]
      let (place, point) = (sheet.place, Int(way.point))
      let mode = guide.options.coverage.standard.mode(of: places.settings[place])
      return [
        text(places.townshipNames[Int(places.townships[place])]),
        text(places.villageNames[Int(places.villages[place])]), .text(places.ids[place]),
        .text(places.names[place]), .integer(row - starts[number] + 1), .text(points.ids[point]),
        .text(points.names[point]), .text(points.kinds[point].words[language]), methods(point),
        .text(mode.words[language]), .integer(way.minutes), .seconds(Int(way.seconds)),
        .integer(Int(way.meters)), .integer(Int(way.straightMeters)), .text(way.directionWords[language]),
        hours(point), text(points.phones[point]), yes(way.isNearest),
        yes(Int(way.seconds) <= guide.options.reach.seconds),
        .decimal(points.longitudes[point]), .decimal(points.latitudes[point]),
      ]
    }
  }

  /// The points of the posters: by township, then by kind.
  private var points: Sheet {
    let rows = document.townships.flatMap { township in township.points.map { (township.name, $0) } }
    let points = network.points
    return Sheet(
      name: Glossary.points[language],
      columns: [
        .init(ColumnWord.township[language], .text), .init(ColumnWord.pointID[language], .text),
        .init(GuideWord.point[language], .text), .init(ColumnWord.kind[language], .text),
        .init(GuideWord.methods[language], .text), .init(GuideWord.hours[language], .text),
        .init(word("Hours a week", "每周营业小时"), .decimal, hasBars: true),
        .init(GuideWord.phone[language], .text),
        .init(ColumnWord.longitude[language], .decimal), .init(ColumnWord.latitude[language], .decimal),
      ], count: rows.count
    ) { row in
      let (township, point) = rows[row]
      let week = points.openingHours(of: point).map { Sheet.Cell.decimal(Double($0.minutesPerWeek) / 60) }
      return [
        .text(township), .text(points.ids[point]), .text(points.names[point]),
        .text(points.kinds[point].words[language]), methods(point), hours(point), week ?? .empty,
        text(points.phones[point]),
        .decimal(points.longitudes[point]), .decimal(points.latitudes[point]),
      ]
    }
  }

  /// The ways to pay that need no visit.
  private var channels: Sheet {
    let channels = document.channelsFromHome
    return Sheet(
      name: GuideWord.fromHomeShort[language],
      columns: [
        .init(GuideWord.channel[language], .text), .init(GuideWord.medium[language], .text),
        .init(GuideWord.provider[language], .text),
      ], count: channels.count
    ) { row in
      [
        .text(channels[row].name), .text(channels[row].mediumWords(language)), text(channels[row].provider),
      ]
    }
  }

  /// K11, how complete the charts are.
  private var completeness: Sheet {
    let rows = document.completenessParts
    return Sheet(
      name: word("Completeness", "图表完整性"),
      columns: [
        .init(GuideWord.completeness[language], .text), .init(word("Complete", "完整"), .integer),
        .init(word("Of", "总数"), .integer), .init(word("Share", "占比"), .share),
      ], count: rows.count
    ) { row in
      let (name, part, whole) = rows[row]
      let share = GuideCompleteness.share(part, of: whole).map(Sheet.Cell.decimal) ?? .empty
      return [.text(name), .integer(part), .integer(whole), share]
    }
  }
}

extension [Int] {
  /// The first position whose element satisfies `predicate`, where all after it do: `count` where none does.
  ///
  /// - Complexity: O(log *n*).
  fileprivate func partitioningIndex(where predicate: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
