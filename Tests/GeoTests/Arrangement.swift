import Foundation
import Geo
import TestSupport
import Testing

/// A named way to lay out points, and places to ask from, that once was or could be trouble for a grid.
struct Arrangement: CustomTestStringConvertible, Sendable {
  let name: String
  /// Degrees; put back on the earth where they overshoot.
  let make: @Sendable (inout SeededGenerator) -> (points: [Coordinate<WGS84>], places: [Coordinate<WGS84>])

  var testDescription: String { name }

  init(
    _ name: String,
    _ make:
      @escaping @Sendable (inout SeededGenerator) -> (
        points: [Coordinate<WGS84>], places: [Coordinate<WGS84>]
      )
  ) {
    self.name = name
    self.make = make
  }

  static let all = [
    Arrangement("scattered over a county") { generator in
      (
        (0..<600).map { _ in near(35, 112, 0.5, &generator) },
        (0..<40).map { _ in near(35, 112, 0.7, &generator) }
      )
    },
    Arrangement("clustered in towns") { generator in
      let towns = (0..<7).map { _ in near(33, 110, 8, &generator) }
      func inTown(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
        let town = towns.randomElement(using: &generator)!
        return near(town.latitude, town.longitude, 0.02, &generator)
      }
      return (
        (0..<700).map { _ in inTown(&generator) }, (0..<30).map { _ in inTown(&generator) } + towns
      )
    },
    Arrangement("along one road") { generator in
      func onRoad(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
        .at(35, 112 + .random(in: 0...2, using: &generator))
      }
      return (
        (0..<500).map { _ in onRoad(&generator) },
        (0..<20).map { _ in onRoad(&generator) } + (0..<20).map { _ in near(35, 113, 1, &generator) }
      )
    },
    Arrangement("all in one building") { generator in
      (
        [Coordinate](repeating: .at(35, 112), count: 400),
        [.at(35, 112), .at(35, 112.01), .at(-35, -68), .at(0, 0)]
      )
    },
    Arrangement("on cell edges") { generator in
      let lattice = (0..<24).flatMap { i in
        (0..<24).map { Coordinate.at(Double(i) / 8 - 1.5, Double($0) / 8 - 1.5) }
      }
      return (lattice, (0..<30).map { _ in .at(grid(&generator), grid(&generator)) })
    },
    Arrangement("far north") { generator in
      (
        (0..<500).map { _ in
          .at(.random(in: 82...89.9, using: &generator), .random(in: -180...180, using: &generator))
        },
        (0..<40).map { _ in
          .at(.random(in: 80...90, using: &generator), .random(in: -180...180, using: &generator))
        }
      )
    },
    Arrangement("around the south pole") { generator in
      func there(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
        .at(-90 + .random(in: 0...0.01, using: &generator), .random(in: -180...180, using: &generator))
      }
      let poles = (0..<5).map { Coordinate.at(-90, 72 * Double($0) - 180) }
      return (
        (0..<400).map { _ in there(&generator) } + poles, (0..<30).map { _ in there(&generator) } + poles
      )
    },
    Arrangement("across the 180th meridian") { generator in
      func there(_ generator: inout SeededGenerator) -> Coordinate<WGS84> { near(-17, 180, 0.4, &generator) }
      let both = [Coordinate.at(-17, 180), .at(-17, -180), .at(-17.1, 180), .at(-17.1, -180)]
      return ((0..<500).map { _ in there(&generator) } + both, (0..<40).map { _ in there(&generator) } + both)
    },
    Arrangement("the whole globe, with antipodes") { generator in
      let points = (0..<500).map { _ in anywhere(&generator) }
      let opposite = points.prefix(40).map {
        Coordinate.at(-$0.latitude, $0.longitude > 0 ? $0.longitude - 180 : $0.longitude + 180)
      }
      return (points + opposite.prefix(20), (0..<30).map { _ in anywhere(&generator) } + opposite)
    },
    Arrangement("symmetric ties") { generator in
      // Rings around a center, mirrored east-west and north-south: the haversine of the pairs is equal or nearly.
      var points: [Coordinate<WGS84>] = []
      for _ in 0..<120 {
        let (a, b) = (
          Double.random(in: 0...0.1, using: &generator), Double.random(in: 0...0.1, using: &generator)
        )
        points += [.at(a, 10 + b), .at(a, 10 - b), .at(-a, 10 + b), .at(-a, 10 - b)]
      }
      points.shuffle(using: &generator)
      return (points, [.at(0, 10)] + (0..<20).map { .at(0, 9.9 + 0.01 * Double($0)) })
    },
    Arrangement("nearly equal distances") { generator in
      // Points a nanometer to a micrometer apart, on circles around the place asked from.
      let center = Coordinate.at(35, 112)
      let plane = LocalPlane(origin: center)
      let points = (0..<300).map { _ -> Coordinate<WGS84> in
        let angle = Double.random(in: 0...(2 * .pi), using: &generator)
        let reach = 1_000 + Double.random(in: 0...2e-8, using: &generator)
        return plane.coordinate(eastMeters: reach * cos(angle), northMeters: reach * sin(angle))
      }
      return (points, [center])
    },
    Arrangement("duplicates") { generator in
      let places = (0..<60).map { _ in near(35, 112, 0.1, &generator) }
      return (
        (0..<700).map { _ in places.randomElement(using: &generator)! },
        Array(places.prefix(20)) + (0..<20).map { _ in near(35, 112, 0.1, &generator) }
      )
    },
    Arrangement("a crowd in two buildings") { generator in
      let two = [Coordinate.at(35, 112), .at(35, 112.000_000_000_000_1)]
      return ((0..<300).map { _ in two.randomElement(using: &generator)! }, two + [.at(35.001, 112)])
    },
    Arrangement("a town and a stray") { generator in
      (
        (0..<600).map { _ in near(31, 121, 0.05, &generator) } + [.at(-34, -58)],
        (0..<20).map { _ in near(31, 121, 0.06, &generator) } + [.at(-33, -57), .at(0, 30), .at(-31, -59)]
      )
    },
    Arrangement("towns within towns") { generator in
      // Ever denser toward one corner: each level of the grid finds most points in one cell.
      func within(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
        let size = 10 * pow(10, -Double.random(in: 0...13, using: &generator))
        return .at(
          20 + size * .random(in: 0...1, using: &generator),
          100 + size * .random(in: 0...1, using: &generator))
      }
      return ((0..<800).map { _ in within(&generator) }, (0..<40).map { _ in within(&generator) })
    },
    Arrangement("one point") { generator in ([.at(35, 112)], [.at(35, 112), .at(-35, -68), .at(36, 112)]) },
    Arrangement("two points") { generator in
      ([.at(35, 112), .at(35, 113)], [.at(35, 112.5), .at(35, 112.500_001), .at(35, 112.499_999)])
    },
    Arrangement("no points") { _ in ([], [.at(35, 112)]) },
  ]
}

private func near(
  _ latitude: Double, _ longitude: Double, _ reach: Double, _ generator: inout SeededGenerator
) -> Coordinate<WGS84> {
  var east = longitude + .random(in: -reach...reach, using: &generator)
  if east > 180 { east -= 360 }
  return .at(latitude + .random(in: -reach...reach, using: &generator), east)
}

private func anywhere(_ generator: inout SeededGenerator) -> Coordinate<WGS84> {
  .at(asin(.random(in: -1...1, using: &generator)) * 180 / .pi, .random(in: -180...180, using: &generator))
}

private func grid(_ generator: inout SeededGenerator) -> Double {
  Double(Int.random(in: -24...24, using: &generator)) / 16
}
