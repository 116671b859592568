import Foundation
import Geo
import TestSupport
import Testing

struct GridIndexTests {
  @Test("The nearest points are those of a full scan, ties by lower index", arguments: Arrangement.all, 0..<3)
  func nearest(arrangement: Arrangement, seed: Int) {
    var generator = SeededGenerator(seed: seed)
    let (points, places) = arrangement.make(&generator)
    let index = GridIndex(points)
    #expect(index.count == points.count)
    for place in places {
      let expected = FullScan.ranked(points, from: place)
      #expect(index.nearest(to: place)?.index == expected.first?.index)
      #expect(index.nearest(to: place)?.distance == expected.first?.distance)
      for k in [0, 1, 2, 3, 7, 40, points.count, points.count + 5] {
        let found = index.nearest(k, to: place)
        #expect(found.map(\.index) == expected.prefix(k).map(\.index), "k = \(k) from \(place)")
        #expect(found.map(\.distance) == expected.prefix(k).map(\.distance), "k = \(k) from \(place)")
      }
    }
  }

  @Test("Points within a radius are those of a full scan, rim included", arguments: Arrangement.all, 0..<3)
  func within(arrangement: Arrangement, seed: Int) {
    var generator = SeededGenerator(seed: seed)
    let (points, places) = arrangement.make(&generator)
    let index = GridIndex(points)
    for place in places {
      let distances = points.map { $0.distance(to: place) }
      // Radii that are some point's very distance, and the values next to it.
      let rims = distances.shuffled(using: &generator).prefix(4).flatMap {
        [$0, .meters($0.meters.nextUp), .meters(max(0, $0.meters.nextDown))]
      }
      for radius in rims + FullScan.radii {
        let expected = distances.indices.filter { distances[$0] <= radius }
        #expect(index.indices(within: radius, of: place) == expected, "\(radius) of \(place)")
        #expect(index.count(within: radius, of: place) == expected.count, "\(radius) of \(place)")
      }
    }
  }

  @Test("A batch answers what single questions answer", arguments: Arrangement.all, 0..<2)
  func batches(arrangement: Arrangement, seed: Int) {
    var generator = SeededGenerator(seed: seed)
    let (points, few) = arrangement.make(&generator)
    let places = few + points + few.reversed()
    let index = GridIndex(latitudes: points.map(\.latitude), longitudes: points.map(\.longitude))
    let latitudes = places.map(\.latitude)
    let longitudes = places.map(\.longitude)
    for k in [1, 2, 5] {
      let table = index.nearest(k, toEachLatitude: latitudes, longitude: longitudes)
      #expect(table.k == k)
      var indices: [Int32] = []
      var meters: [Double] = []
      for place in places {
        let found = index.nearest(k, to: place)
        indices += found.map { Int32($0.index) } + [Int32](repeating: -1, count: k - found.count)
        meters += found.map(\.distance.meters) + [Double](repeating: .infinity, count: k - found.count)
      }
      #expect(table.indices == indices)
      #expect(table.meters == meters)
    }
    let batch = PlaceBatch(latitudes: latitudes, longitudes: longitudes)
    #expect(index.nearestIndices(toEach: batch) == index.nearest(1, toEach: batch).indices)
    for radius in FullScan.radii {
      let counts = index.counts(within: radius, ofEachLatitude: latitudes, longitude: longitudes)
      #expect(counts == places.map { Int32(index.count(within: radius, of: $0)) })
    }
  }

  @Test("Sums over rings are those of a full scan, rims included", arguments: Arrangement.all, 0..<2)
  func rings(arrangement: Arrangement, seed: Int) {
    var generator = SeededGenerator(seed: seed)
    let (points, places) = arrangement.make(&generator)
    let index = GridIndex(points)
    // Whole numbers, so that sums do not depend on any order.
    let values = points.map { _ in Double(Int.random(in: -1_000...1_000, using: &generator)) }
    let batch = PlaceBatch(latitudes: places.map(\.latitude), longitudes: places.map(\.longitude))
    for place in places.prefix(8) {
      let distances = points.map { $0.distance(to: place) }
      // Radii that are some points' very distances, the values next to them, and two of any size.
      let rims = distances.shuffled(using: &generator).prefix(2).flatMap {
        [$0, .meters($0.meters.nextUp), .meters(max(0, $0.meters.nextDown))]
      }
      let radii = Set(rims + [.meters(700), .kilometers(30_000)]).sorted()
      let sums = index.ringSums(of: values, within: radii, ofEach: batch)
      for (row, other) in places.enumerated() {
        var expected = [Double](repeating: 0, count: radii.count)
        for (point, value) in zip(points, values) {
          if let ring = radii.firstIndex(where: { point.distance(to: other) <= $0 }) {
            expected[ring] += value
          }
        }
        #expect(Array(sums[row * radii.count..<(row + 1) * radii.count]) == expected, "\(radii) of \(other)")
      }
    }
  }

  @Test("A batch of nothing is empty, and of no points says so")
  func emptyBatches() {
    let index = GridIndex([.at(35, 112)])
    #expect(index.nearest(2, toEachLatitude: [], longitude: []).indices.isEmpty)
    #expect(index.counts(within: .meters(1), ofEachLatitude: [], longitude: []).isEmpty)
    #expect(index.nearest(0, toEachLatitude: [35], longitude: [112]).indices.isEmpty)
    let nothing = GridIndex([])
    #expect(nothing.nearestIndices(toEach: PlaceBatch(latitudes: [35], longitudes: [112])) == [-1])
    #expect(nothing.nearest(2, toEachLatitude: [35], longitude: [112]).indices == [-1, -1])
    #expect(nothing.nearest(1, toEachLatitude: [35], longitude: [112]).meters == [.infinity])
    #expect(nothing.counts(within: .kilometers(30_000), ofEachLatitude: [35], longitude: [112]) == [0])
  }

  @Test("A million points in one building do not make a search long, and the lowest come first")
  func million() {
    var latitudes = [Double](repeating: 35, count: 200_000)
    var longitudes = [Double](repeating: 112, count: 200_000)
    latitudes += [35.001, -34]
    longitudes += [112, -58]
    let index = GridIndex(latitudes: latitudes, longitudes: longitudes)
    let home = Coordinate.at(35.000_1, 112)
    // Two thousand scans of the building would take minutes in a debug build.
    for _ in 0..<2_000 {
      #expect(index.nearest(2, to: home).map(\.index) == [0, 1])
    }
    #expect(index.nearest(to: .at(35.000_6, 112))?.index == 200_000)
    #expect(index.count(within: .meters(20), of: home) == 200_000)
    #expect(index.count(within: .kilometers(1), of: home) == 200_001)
    #expect(index.nearest(200_002, to: home).map(\.index) == Array(0..<200_002))
  }
}

/// The judge: every point, by `distance(to:)`.
enum FullScan {
  /// Nothing, a step, a walk, a ride, a province, a continent, nearly and more than half the earth.
  static let radii: [Distance] = [
    .zero, .meters(1), .meters(800), .kilometers(4), .kilometers(60), .kilometers(700), .kilometers(9_000),
    .kilometers(19_900), .kilometers(20_000), .kilometers(20_016),
  ]

  static func ranked(
    _ points: [Coordinate<WGS84>], from place: Coordinate<WGS84>
  ) -> [(index: Int, distance: Distance)] {
    points.enumerated().map { (index: $0.offset, distance: place.distance(to: $0.element)) }
      .sorted { ($0.distance.meters, $0.index) < ($1.distance.meters, $1.index) }
  }
}
