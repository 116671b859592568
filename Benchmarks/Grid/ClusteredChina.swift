import Foundation
import Geo
import TestSupport

/// Places or points as a country has them: four of five in one of 3,000 towns, the fifth anywhere.
///
/// Towns are the same whatever the seed, so places and points gather around the same centers. A few towns hold
/// much of all: the weights fall like 1/rank^0.5.
func clusteredOverChina(count: Int, seed: Int) -> [Coordinate<WGS84>] {
  var towns = SeededGenerator(seed: 1)
  let centers = (0..<3_000).map { _ in anywhere(&towns) }
  let spreads = centers.map { _ in Double.random(in: 0.017...0.068, using: &towns) }
  var total = 0.0
  let cumulated = centers.indices.map { rank -> Double in
    total += pow(Double(rank + 1), -0.5)
    return total
  }

  // Seeds of neighbors must not give neighboring sequences.
  var generator = SeededGenerator(seed: seed &* 1_000_003 &+ 7)
  return (0..<count).map { _ in
    guard Double.random(in: 0..<1, using: &generator) < 0.8 else { return anywhere(&generator) }
    let draw = Double.random(in: 0..<total, using: &generator)
    let town = min(cumulated.partitioningIndex { $0 > draw }, centers.count - 1)
    let (east, north) = gaussianPair(&generator)
    let center = centers[town]
    let latitude = center.latitude + north * spreads[town]
    let longitude = center.longitude + east * spreads[town] / cos(center.latitude * .pi / 180)
    return Coordinate(latitude: latitude, longitude: longitude)!
  }
}

/// The extent of China, a few degrees short of it so that no town spills over the pole or the meridian.
private func anywhere(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
  let latitude = Double.random(in: 18...53, using: &generator)
  return Coordinate(latitude: latitude, longitude: .random(in: 74...135, using: &generator))!
}

/// Two independent normal deviates (Box and Muller 1958, Annals of Mathematical Statistics 29).
private func gaussianPair(_ generator: inout SeededGenerator) -> (Double, Double) {
  let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &generator))).squareRoot()
  let angle = Double.random(in: 0..<(2 * .pi), using: &generator)
  return (radius * cos(angle), radius * sin(angle))
}

extension [Double] {
  /// The first position from which `isBeyond` holds, in an array where it holds from somewhere on.
  fileprivate func partitioningIndex(where isBeyond: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
