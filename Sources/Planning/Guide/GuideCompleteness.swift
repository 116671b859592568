import Geo

/// How complete the charts are (K11): what is known of the points they list, and how many sheets offer a choice.
public struct GuideCompleteness: Hashable, Sendable {
  /// How many points count.
  public var points = 0
  /// Of these, how many are where they can be: inside an outline of the county, of which there may be none, and not at 0° 0°,
  /// which spreadsheets make of an empty cell.
  public var located = 0
  /// Of these, how many have opening hours.
  public var withHours = 0
  /// Of these, how many say what can be paid with.
  public var withMethods = 0
  /// Of these, how many have a phone number.
  public var withPhone = 0
  /// How many sheets there are.
  public var sheets = 0
  /// Of these, how many list at least `choice` ways within reach.
  public var sheetsWithChoice = 0

  /// How many ways within reach are a choice.
  public static let choice = 3

  /// No chart at all.
  public init() {}

  /// A part of a whole as a share in 0...1; `nil` where there is nothing to share.
  public static func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

extension PaymentGuide {
  /// How complete the charts are; points are those of the whole network that count.
  ///
  /// - Complexity: O(points × corners of the county's outline + ways).
  public func completeness(in network: PaymentNetwork) -> GuideCompleteness {
    var figures = GuideCompleteness()
    let points = network.points
    let county = network.boundaries.filter { $0.level == "county" }.flatMap(\.polygons)
    for point in 0..<points.count where counts[point] {
      let here = points.coordinate(of: point)
      let isNowhere = here.latitude == 0 && here.longitude == 0
      figures.points += 1
      if !isNowhere, county.isEmpty || county.contains(where: { $0.contains(here) }) { figures.located += 1 }
      if points.hours[point] >= 0 { figures.withHours += 1 }
      if !points.methods[point].isEmpty { figures.withMethods += 1 }
      if !points.phones[point].isEmpty { figures.withPhone += 1 }
    }
    figures.sheets = sheets.count
    figures.sheetsWithChoice = sheets.count { waysWithinReach(of: $0) >= GuideCompleteness.choice }
    return figures
  }
}
