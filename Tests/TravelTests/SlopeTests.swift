import Foundation
import TestSupport
import Testing

@testable import Travel

@Suite("Slope")
struct SlopeTests {
  /// Tobler's function as the paper prints it, in km/h.
  private func tobler(_ slope: Double) -> Double { 6 * exp(-3.5 * abs(slope + 0.05)) }

  private func stretch(_ mode: TravelMode, _ heights: [Double?], _ meters: Double = 30) -> [UInt16] {
    let (forward, backward) = Slope.stretch(mode, heights: heights, pieceMeters: meters)
    return [forward, backward]
  }

  @Test("level ground is 1000 exactly, by every mode", arguments: TravelMode.allCases)
  func level(mode: TravelMode) {
    #expect(stretch(mode, [700, 700, 700]) == [1000, 1000])
    #expect(stretch(mode, []) == [1000, 1000])
    #expect(stretch(mode, [5]) == [1000, 1000])
    #expect(stretch(mode, [0, 30], 0) == [1000, 1000])
    #expect(stretch(mode, [nil, 30, nil]) == [1000, 1000])
    #expect(stretch(mode, [.nan, 30]) == [1000, 1000])
  }

  @Test("walking is Tobler's function over its level value, up and down", arguments: -50...50)
  func walking(percent: Int) {
    let slope = Double(percent) / 100
    let expected = [slope, -slope].map { UInt16((tobler(0) / tobler($0) * 1000).rounded()) }
    #expect(stretch(.walk, [100, 100 + slope * 30]) == expected)
  }

  @Test("figures of the paper: fastest at 6 km/h on a descent of 5 %, 5.04 km/h on level ground")
  func paper() {
    #expect(stretch(.walk, [100, 98.5])[0] == 839)
    #expect(abs(tobler(0) - 5.036) < 0.001)
    #expect(stretch(.walk, [0, 3]) == [1419, 1000])
  }

  @Test("an e-bike is slowed by what its motor cannot lift, and never runs faster than on level ground")
  func riding() {
    #expect(stretch(.ebike, [0, 1.5]) == [1000, 1000])
    #expect(stretch(.ebike, [0, 3]) == [1526, 1000])
    #expect(stretch(.ebike, [0, 6]) == [2854, 1000])
    // The power that is needed at the speed that is left is the motor's: 400 W.
    for slope in [0.08, 0.15, 0.3] {
      let speed = 15 / 3.6 / Slope.factor(.ebike, slope)
      let force = 130 * 9.80665 * (0.01 + slope) + 0.36 * 15 / 3.6 * 15 / 3.6
      #expect(abs(speed * force - 400) < 1e-9)
    }
  }

  @Test("driving is not stretched")
  func driving() { #expect(stretch(.car, [0, 10, 0]) == [1000, 1000]) }

  @Test("cliffs of the grid count as slopes of one half")
  func cliffs() {
    for mode in [TravelMode.walk, .ebike] {
      #expect(stretch(mode, [0, 1_000]) == stretch(mode, [0, 15]))
      #expect(stretch(mode, [1_000, 0]) == stretch(mode, [15, 0]))
      #expect(stretch(mode, [0, .infinity]) == stretch(mode, [0, 15]))
    }
  }

  @Test("a road there is the same road back, turned round", arguments: 0..<50)
  func turned(seed: Int) {
    var rng = SeededGenerator(seed: seed)
    let heights: [Double?] = (0..<12).map { _ in
      Int.random(in: 0..<8, using: &rng) == 0 ? nil : Double.random(in: 0...12, using: &rng)
    }
    for mode in TravelMode.allCases {
      let there = Slope.stretch(mode, heights: heights, pieceMeters: 25)
      let back = Slope.stretch(mode, heights: heights.reversed(), pieceMeters: 25)
      #expect(there.forward == back.backward && there.backward == back.forward)
      // The judge: each piece on its own, in time that is added up.
      var total = 0.0
      for i in 1..<heights.count {
        var slope = 0.0
        if let a = heights[i - 1], let b = heights[i] { slope = (b - a) / 25 }
        total += Slope.factor(mode, min(max(slope, -0.5), 0.5))
      }
      #expect(abs(Double(there.forward) - total / 11 * 1000) <= 0.5001)
    }
  }

  // MARK: Networks

  /// One road: straight north from 35° over 0.009° (1 km), or with the shape given in 10⁻⁷ degrees.
  private func road(
    _ shape: [(Int32, Int32)] = [], millimeters: UInt32 = 1_000_000, kind: RoadClass = .residential
  ) -> RoadNetwork {
    let times = RoadNetwork.EdgeTimes(forward: FlatArray([800_000]), backward: FlatArray([800_000]))
    return RoadNetwork(
      junctionLatitudes: FlatArray([350_000_000, 350_090_000]),
      junctionLongitudes: FlatArray([1_120_000_000, 1_120_000_000]), edgeFrom: FlatArray([0]),
      edgeTo: FlatArray([1]), edgeMillimeters: FlatArray([millimeters]),
      edgeClasses: FlatArray([kind.rawValue]), shapeStart: FlatArray([0, UInt32(shape.count)]),
      shapeLatitudes: FlatArray(shape.map(\.0)), shapeLongitudes: FlatArray(shape.map(\.1)),
      times: [times, times, times], forbiddenTurns: FlatArray([]))
  }

  @Test("heights are asked for along the shape, at both ends and at most 30 m apart")
  func samples() throws {
    var asked: [(latitude: Double, longitude: Double)] = []
    // East for 0.01°, north, and back west: a detour of about 2.8 km.
    let detour = road([(350_000_000, 1_120_100_000), (350_090_000, 1_120_100_000)], millimeters: 2_821_000)
    let (network, counts) = detour.stretchedByTerrain { latitude, longitude -> Double? in
      asked.append((latitude, longitude))
      return 10
    }
    #expect(asked.count == 96)
    #expect(asked[0] == (35, 112))
    #expect(abs(asked[95].latitude - 35.009) < 1e-9 && abs(asked[95].longitude - 112) < 1e-9)
    for (a, b) in zip(asked, asked.dropFirst()) {
      let east = (b.longitude - a.longitude) * 111_195 * cos(35.0045 * .pi / 180)
      let step = hypot(east, (b.latitude - a.latitude) * 111_195)
      // Round a corner the straight line is shorter.
      #expect(step <= 30 && (step > 29 || abs(a.longitude - 112.01) < 0.0004))
    }
    #expect(
      asked.contains { abs($0.longitude - 112.01) < 1e-9 && $0.latitude > 35.004 && $0.latitude < 35.005 })
    #expect(counts.edgesKnown == 1 && counts.climbMeters == 0)
    #expect(Array(network.times[0].forwardSlope) == [1000])
    #expect(network.times[2].forwardSlope.isEmpty)
  }

  @Test("a hill slows both ways, a ramp one of them; times on level ground stay")
  func hill() {
    let ramp = road().stretchedByTerrain { latitude, _ -> Double? in (latitude - 35) / 0.009 * 100 }.network
    #expect(Array(ramp.times[0].forwardSlope) == [1419])
    #expect(Array(ramp.times[0].backwardSlope) == [1000])
    #expect(Array(ramp.times[0].forward) == [800_000])
    let hill = road().stretchedByTerrain { latitude, _ -> Double? in
      200 - abs(latitude - 35.0045) / 0.0045 * 100
    }
    let both = hill.network.times[0]
    #expect(both.forwardSlope == both.backwardSlope)
    #expect(both.forwardSlope[0] > 1300)
    #expect((95...100).contains(hill.counts.climbMeters))
  }

  @Test("unknown heights are level, and counted; ferries are level, and not asked for")
  func unknown() {
    let none = road().stretchedByTerrain { _, _ -> Double? in nil }
    #expect(none.counts.edgesUnknown == 1 && Array(none.network.times[0].forwardSlope) == [1000])
    let half = road().stretchedByTerrain { latitude, _ -> Double? in
      latitude > 35.0045 ? nil : (latitude - 35) * 1e4
    }
    #expect(half.counts.edgesPartlyKnown == 1)
    #expect((1001...1419).contains(half.network.times[0].forwardSlope[0]))
    let ferry = road(kind: .ferry).stretchedByTerrain { _, _ -> Double? in
      Issue.record("asked")
      return 1
    }
    #expect(ferry.counts == RoadNetwork.TerrainCounts())
    #expect(Array(ferry.network.times[1].backwardSlope) == [1000])
  }
}
