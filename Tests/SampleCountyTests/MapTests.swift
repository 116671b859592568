import Foundation
import Geo
import TestSupport
import Testing

@testable import SampleCounty

@Suite("The county's map")
struct MapTests {
  let partition: Partition
  let relief: Relief

  init() throws {
    let county = try Committed.county.get()
    partition = county.partition
    relief = county.relief
  }

  @Test("measures on its plane what the sphere says, within 0.3 %")
  func plane() throws {
    var rng = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let (a, b) = (anySpot(using: &rng), anySpot(using: &rng))
      let (p, q) = (try #require(a.coordinate), try #require(b.coordinate))
      let meters = p.distance(to: q).meters
      #expect(abs(a.meters(to: b) - meters) <= 0.003 * meters + 0.2)
    }
  }

  @Test("has the county's extent, area and a generalized course")
  func extent() {
    let (east, north) = (partition.county.map(\.longitudeE6), partition.county.map(\.latitudeE6))
    for (found, real) in zip(
      [east.min()!, north.min()!, east.max()!, north.max()!],
      [112_029_000, 34_895_000, 112_766_000, 35_283_000])
    {
      #expect(abs(found - real) <= 10_000)
    }
    #expect((60...150).contains(partition.county.count))
    #expect(abs(sphericalArea(of: partition.county) / 1_931e6 - 1) < 0.002)
  }

  @Test("has sixteen townships whose rings never cross and run counter-clockwise")
  func simpleRings() {
    #expect(partition.townships.count == 16)
    for ring in partition.townships + [partition.county] {
      #expect(ring.signedArea > 0)
      #expect(Set(ring).count == ring.count)
      let sides = Array(zip(ring, ring[1...] + ring[..<1]))
      for i in sides.indices {
        for j in sides.indices.dropFirst(i + 2) where !(i == 0 && j == sides.count - 1) {
          #expect(!crosses(sides[i].0, sides[i].1, sides[j].0, sides[j].1), "sides \(i) and \(j)")
        }
      }
    }
  }

  @Test("leaves no gap and no overlap: every side is shared by two townships or lies on the outline")
  func sharedSides() {
    var uses: [[Spot]: Int] = [:]
    for ring in partition.townships {
      for (a, b) in zip(ring, ring[1...] + ring[..<1]) { uses[[a, b], default: 0] += 1 }
    }
    let outline = Set(
      zip(partition.county, partition.county[1...] + partition.county[..<1]).map { [$0, $1] })
    for (side, count) in uses {
      #expect(count == 1)
      #expect((uses[side.reversed()] == 1) != outline.contains(side))
    }
    #expect(outline.allSatisfy { uses[$0] == 1 })
  }

  @Test("puts every spot in one township, or outside the county")
  func oneTownshipEach() {
    var rng = SeededGenerator(seed: 2)
    for _ in 0..<3_000 {
      let spot = anySpot(using: &rng)
      let homes = partition.townships.filter { windings(of: $0, around: spot) != 0 }.count
      #expect(homes == (windings(of: partition.county, around: spot) != 0 ? 1 : 0))
      #expect((partition.township(at: spot) != nil) == (homes == 1))
    }
  }

  @Test("has every town's seat in its own township, and the city's center in a sub-district")
  func seats() {
    for (ring, township) in zip(partition.townships, Township.all) {
      if let seat = township.seat { #expect(ring.contains(seat.spot), "\(township.name)") }
    }
    #expect(Township.all.filter(\.isSubdistrict).count == 5)
    let center = partition.township(at: Township.cityCenter)
    #expect(center.map { Township.all[$0].isSubdistrict } == true)
  }

  @Test("is about an eighth plain, in the east, and mostly mountains in the west and north")
  func terrain() {
    var counts: [Terrain: Int] = [:]
    var rng = SeededGenerator(seed: 3)
    for _ in 0..<8_000 {
      let spot = anySpot(using: &rng)
      guard partition.county.contains(spot) else { continue }
      let terrain = relief.terrain(at: spot)
      counts[terrain, default: 0] += 1
      if spot.longitudeE6 < 112_300_000 { #expect(terrain != .plain) }
      if spot.latitudeE6 > 35_230_000 { #expect(terrain != .plain) }
    }
    let all = Double(counts.values.reduce(0, +))
    #expect((0.10...0.14).contains(Double(counts[.plain] ?? 0) / all))
    #expect(Double(counts[.mountain] ?? 0) / all > 0.4)
  }
}

private func anySpot(using rng: inout SeededGenerator) -> Spot {
  Spot(
    longitudeE6: Int.random(in: 112_020_000...112_780_000, using: &rng),
    latitudeE6: Int.random(in: 34_890_000...35_290_000, using: &rng))
}

extension Spot {
  fileprivate var coordinate: Coordinate<WGS84>? {
    Coordinate(latitude: Double(latitudeE6) / 1e6, longitude: Double(longitudeE6) / 1e6)
  }
}

/// The other rule for what is inside: how often the ring goes around the spot, by the angles to its corners.
private func windings(of ring: Ring, around spot: Spot) -> Int {
  var turn = 0.0
  for (a, b) in zip(ring, ring[1...] + ring[..<1]) {
    let from = atan2(a.north - spot.north, a.east - spot.east)
    let to = atan2(b.north - spot.north, b.east - spot.east)
    turn += remainder(to - from, 2 * .pi)
  }
  return Int((turn / (2 * .pi)).rounded())
}

/// Square meters on the sphere, by strips down to the equator: the integral of sin(latitude) over longitude.
private func sphericalArea(of ring: Ring) -> Double {
  let radians = Double.pi / 180e6
  var sum = 0.0
  for (a, b) in zip(ring, ring[1...] + ring[..<1]) {
    let middle = Double(a.latitudeE6 + b.latitudeE6) / 2
    sum -= Double(b.longitudeE6 - a.longitudeE6) * radians * sin(middle * radians)
  }
  return abs(sum) * earthRadiusMeters * earthRadiusMeters
}
