import Foundation
import Geo
import Planning
import TestSupport
import Travel

/// Networks to be changed.
enum Counties {
  /// Places and points as a country has them: four of five in one of 3,000 towns of unequal size, the fifth anywhere.
  static func nation(places: Int, points: Int) -> PaymentNetwork {
    var random = SeededGenerator(seed: 1)
    let towns = (0..<3_000).map {
      rank -> (latitude: Double, longitude: Double, spread: Double, weight: Double) in
      (
        .random(in: 18...53, using: &random), .random(in: 74...135, using: &random),
        .random(in: 0.017...0.068, using: &random), pow(Double(rank + 1), -0.5)
      )
    }
    var cumulated: [Double] = []
    for town in towns { cumulated.append((cumulated.last ?? 0) + town.weight) }
    func somewhere() -> (latitude: Double, longitude: Double) {
      guard Double.random(in: 0..<1, using: &random) < 0.8 else {
        return (.random(in: 18...53, using: &random), .random(in: 74...135, using: &random))
      }
      let draw = Double.random(in: 0..<cumulated[towns.count - 1], using: &random)
      var (low, high) = (0, towns.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulated[middle] > draw { high = middle } else { low = middle + 1 }
      }
      let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot() * towns[low].spread
      let angle = Double.random(in: 0..<2 * .pi, using: &random)
      return (
        towns[low].latitude + radius * sin(angle),
        towns[low].longitude + radius * cos(angle) / cos(towns[low].latitude * .pi / 180)
      )
    }
    return network(
      places: (0..<places).map { _ in somewhere() }, points: (0..<points).map { _ in somewhere() })
  }

  /// Places and points anywhere between two corners.
  static func county(
    places: Int, points: Int, latitudes: ClosedRange<Double> = 34.9...35.3,
    longitudes: ClosedRange<Double> = 112.0...112.8
  ) -> PaymentNetwork {
    var random = SeededGenerator(seed: 2)
    func somewhere() -> (latitude: Double, longitude: Double) {
      (.random(in: latitudes, using: &random), .random(in: longitudes, using: &random))
    }
    return network(
      places: (0..<places).map { _ in somewhere() }, points: (0..<points).map { _ in somewhere() })
  }

  private static func network(
    places: [(latitude: Double, longitude: Double)], points: [(latitude: Double, longitude: Double)]
  ) -> PaymentNetwork {
    var network = PaymentNetwork()
    network.places.latitudes = places.map(\.latitude)
    network.places.longitudes = places.map(\.longitude)
    network.places.settings = places.indices.map { $0 % 3 == 0 ? .town : .village }
    network.places.customers = places.indices.map { 100 + $0 % 300 }
    network.places.terrains = places.indices.map { Terrain.allCases[$0 % 3] }
    network.places.townshipNames = (0..<max(1, places.count / 200)).map { String(format: "%06d", $0) }
    network.places.townships = places.indices.map { Int32($0 % network.places.townshipNames.count) }
    network.places.villageNames = TextColumn(places.indices.map { "\($0)" })
    network.places.villages = places.indices.map { Int32($0) }
    network.places.feeControlShares = places.map { _ in 0.5 }
    network.places.onlineShares = places.map { _ in .nan }
    network.places.elderlyShares = places.map { _ in 0.2 }
    network.places.arrearsFen = places.map { _ in -1 }
    network.points.latitudes = points.map(\.latitude)
    network.points.longitudes = points.map(\.longitude)
    network.points.kinds = points.indices.map { PointKind.allCases[$0 % PointKind.allCases.count] }
    network.points.methods = points.map { _ in [.cash, .qr] }
    network.points.statuses = points.map { _ in .active }
    network.points.hours = points.map { _ in -1 }
    network.points.places = points.indices.map { $0 % 2 == 0 ? Int32($0 % max(1, places.count)) : -1 }
    return network
  }
}
