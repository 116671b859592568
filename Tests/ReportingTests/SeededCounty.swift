import Foundation
import Geo
import Planning
import TestSupport
import Travel

/// A made-up county for looking at and testing reports: sixteen townships, a dense town amid plains, mountains in the
/// north-west.
struct SeededCounty {
  var network = PaymentNetwork()
  var circles: [Polygon] = []

  private static let townships = [
    "沁园街道", "济水街道", "北海街道", "天坛街道", "玉泉街道", "克井镇", "五龙口镇", "梨林镇", "轵城镇", "承留镇", "坡头镇", "大峪镇", "邵原镇",
    "思礼镇", "王屋镇", "下冶镇",
  ]

  /// - Parameters:
  ///   - west: the longitude of the western edge; 179.7 puts the 180th meridian through the middle.
  init(seed: Int = 1, places placeCount: Int = 3_600, points pointCount: Int = 755, west: Double = 112.0) {
    var random = SeededGenerator(seed: seed)
    func wrapped(_ longitude: Double) -> Double { longitude >= 180 ? longitude - 360 : longitude }
    func coordinate(_ x: Double, _ y: Double) -> Coordinate<WGS84> {
      Coordinate(latitude: 34.9 + y * 0.36, longitude: wrapped(west + x * 0.76))!
    }
    // x and y run 0...1 over the county; its outline is an ellipse with a ripple.
    func edge(_ angle: Double, _ size: Double) -> (Double, Double) {
      let ripple = 1 + 0.07 * sin(5 * angle) + 0.04 * cos(11 * angle)
      return (0.5 + 0.46 * size * ripple * cos(angle), 0.5 + 0.44 * size * ripple * sin(angle))
    }
    func ring(_ corners: [(Double, Double)]) -> Polygon {
      Polygon(exterior: corners.map { coordinate(min(1, max(0, $0.0)), min(1, max(0, $0.1))) })
    }
    let outline = (0..<120).map { edge(Double($0) * .pi / 60, 1) }
    network.boundaries.append(Boundary(name: "济源市", level: "county", polygons: [ring(outline)]))
    // Five quarters inside, eleven towns around.
    for (index, name) in Self.townships.enumerated() {
      let (inner, from, to) =
        index < 5
        ? (0.0, Double(index) * 0.4, Double(index + 1) * 0.4)
        : (0.35, Double(index - 5) * 2 / 11, Double(index - 4) * 2 / 11)
      let outer = index < 5 ? 0.35 : 1.0
      let angles = (0...16).map { (from + (to - from) * Double($0) / 16) * .pi }
      let corners = angles.map { edge($0, outer) } + angles.reversed().map { edge($0, inner) }
      network.boundaries.append(Boundary(name: name, level: "township", polygons: [ring(corners)]))
    }

    var places = PlaceTable()
    places.townshipNames = Self.townships
    var spots: [(Double, Double)] = []
    for i in 0..<placeCount {
      let isTown = i % 4 == 0
      let radius =
        isTown
        ? 0.22 * Double.random(in: 0...1, using: &random)
        : Double.random(in: 0.04...0.97, using: &random).squareRoot()
      let angle = Double.random(in: 0..<2 * .pi, using: &random)
      let (x, y) = edge(angle, radius)
      spots.append((x, y))
      let township =
        radius < 0.35 ? min(4, Int(angle / (0.4 * .pi))) : 5 + min(10, Int(angle / (2 * .pi / 11)))
      let position = coordinate(x, y)
      let number = String(100_000 + i)
      places.ids.append("4190\(number)")
      places.names.append(isTown ? "第\(i)社区" : "\(["南", "北", "西", "东"][i / 4 % 4])山村第\(i)组")
      places.settings.append(isTown ? .town : .village)
      places.latitudes.append(position.latitude)
      places.longitudes.append(position.longitude)
      places.customers.append(Int.random(in: isTown ? 60...400 : 10...80, using: &random))
      places.terrains.append(isTown || x > 0.6 ? .plain : y > 0.6 ? .mountain : .hill)
      places.townships.append(Int32(township))
      places.villages.append(Int32(i / 7))
      places.feeControlShares.append(0.504)
      places.onlineShares.append(.nan)
      places.elderlyShares.append(0.2)
      places.arrearsFen.append(0)
    }
    places.villageNames = TextColumn((0..<(placeCount + 6) / 7).map { "第\($0)村" })
    network.places = places
    addPoints(pointCount, spots: spots, coordinate: coordinate, using: &random)
    addCircles()
    network.channels = [
      Channel(id: "1", name: "供电营业厅柜台", inPerson: true, medium: "cash", provider: "国网济源供电公司"),
      Channel(id: "2", name: "网上国网", inPerson: false, medium: "", provider: "国网"),
      Channel(id: "3", name: "市民一卡通", inPerson: true, medium: "citizen_card", provider: ""),
    ]
    network.sources = [
      DataSource(
        kind: "places", file: "places-synthetic.csv", sha256: String(repeating: "0a1b2c3d", count: 8),
        rows: placeCount,
        isSynthetic: true),
      DataSource(
        kind: "points", file: "points-synthetic.csv", sha256: String(repeating: "9f8e7d6c", count: 8),
        rows: pointCount,
        isSynthetic: true),
      DataSource(
        kind: "boundaries", file: "boundaries.geojson", sha256: String(repeating: "00ff11ee", count: 8),
        rows: 17,
        isSynthetic: false),
    ]
  }

  private mutating func addPoints(
    _ count: Int, spots: [(Double, Double)], coordinate: (Double, Double) -> Coordinate<WGS84>,
    using random: inout SeededGenerator
  ) {
    var points = PointTable()
    points.operatorNames = [""]
    for j in 0..<count {
      let home = Int.random(in: 0..<spots.count, using: &random)
      let near = (
        spots[home].0 + Double.random(in: -0.004...0.004, using: &random),
        spots[home].1 + Double.random(in: -0.006...0.006, using: &random)
      )
      let position = coordinate(near.0, near.1)
      points.ids.append("P\(10_000 + j)")
      let kind: PointKind =
        j < 20 ? .businessHall : PointKind.allCases[1 + Int.random(in: 0..<8, using: &random)]
      points.names.append("网点\(j)")
      points.kinds.append(kind)
      points.latitudes.append(position.latitude)
      points.longitudes.append(position.longitude)
      points.methods.append([.cash])
      points.statuses.append(j % 40 == 39 ? .closed : .active)
      points.hours.append(-1)
      points.places.append(Int32(home))
      points.operators.append(0)
      points.counters.append(0)
      points.monthlyCostsFen.append(-1)
      points.feesPerPaymentFen.append(-1)
      points.openedOn.append("")
      points.closedOn.append("")
      points.phones.append("")
    }
    network.points = points
  }

  /// Circles of 576 m around the points that work, each by itself.
  mutating func addCircles() {
    for j in 0..<network.points.count where network.points.statuses[j] == .active {
      let center = network.points.coordinate(of: j)
      let degrees = 576 / 111_195.0
      let corners = (0..<36).map { step in
        let angle = Double(step) * .pi / 18
        let longitude = center.longitude + degrees * cos(angle) / cos(center.latitude * .pi / 180)
        return Coordinate<WGS84>(
          latitude: center.latitude + degrees * sin(angle),
          longitude: longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude)!
      }
      circles.append(Polygon(exterior: corners))
    }
  }
}

/// The default question, broken down by township.
func townshipCoverage(of network: PaymentNetwork) -> Coverage {
  var options = CoverageOptions()
  options.breakdown = .township
  return coverage(of: network, options)
}
