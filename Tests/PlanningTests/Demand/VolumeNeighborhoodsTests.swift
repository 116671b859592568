import Foundation
import TestSupport
import Testing
import Travel

@testable import Planning

@Suite("Neighborhoods drawn from a nation's volumes")
struct VolumeNeighborhoodsTests {
  private static let truth: ChoiceModel = {
    var truth = ChoiceModel(decay: .logLogistic, kinds: [.businessHall, .shop])
    truth.coefficients = [log(14.0), log(2.5), log(8.0), log(1.6)]
    return truth
  }()

  /// Points some 2 km apart, so that ways take from minutes to hours.
  private func county(_ seed: Int, places: Int = 700, points: Int = 1_000) -> ChoiceCounty {
    var county = ChoiceCounty(seed: seed, truth: Self.truth, places: places, points: points, degrees: 0.4)
    county.makeVolumes(seed: seed, spread: 0.15, factor: 0.8)
    county.options.wantsProfiles = false
    return county
  }

  @Test("hear the points drawn exactly as the whole network would", arguments: 0..<2)
  func exact(seed: Int) {
    let county = county(seed)
    let network = county.network
    let reach = county.reach
    let volumes = MonthlyVolumes(network.volumes, pointCount: network.points.count)
    let known = volumes.means.indices.filter { $0 % 7 != seed }
    let drawn = VolumeNeighborhoods(of: 300, among: known, points: network.points, reach: reach)
    let heard = drawn.points.indices.filter { drawn.isDrawn[$0] }.map { drawn.points[$0] }
    #expect((300..<300 + VolumeNeighborhoods.cellSize).contains(heard.count))
    #expect(Set(heard).isSubset(of: known))
    #expect(drawn.places.count < network.places.count)
    let demand = (0..<network.places.count).map { InPersonPayments().perMonth(of: network.places, $0) }
    var partly = [Double?](repeating: nil, count: network.points.count)
    for point in heard { partly[point] = volumes.means[point] }
    let whole = VolumeLikelihood(reach: reach, points: network.points, demand: demand, observed: partly)
    var points = PointTable()
    points.kinds = drawn.points.map { network.points.kinds[$0] }
    points.counters = drawn.points.map { network.points.counters[$0] }
    let part = VolumeLikelihood(
      reach: drawn.reach, points: points, demand: drawn.places.map { demand[$0] },
      observed: drawn.points.map { partly[$0] })
    let (expected, found) = (whole.likelihood(county.truth), part.likelihood(county.truth))
    #expect(abs(expected.value - found.value) < 1e-9 * abs(expected.value))
    for (a, b) in zip(expected.gradient + expected.information, found.gradient + found.information) {
      #expect(abs(a - b) < 1e-7 * max(1, abs(a)))
    }
  }

  @Test("estimate what all volumes would, as nearly as their standard errors say", arguments: 0..<4)
  func agreement(seed: Int) {
    let county = county(seed)
    let all = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), county.options)
    var options = county.options
    options.mostVolumes = 250
    let some = ChoiceEstimate(of: county.network, surveys: DistanceSurveyTable(), options)
    #expect(!all.isDrawn && some.isDrawn && some.knownPoints == 1_000)
    #expect((200...250).contains(some.comparedPoints))
    for (a, b) in zip(all.parameters, some.parameters) {
      // The part is part of the whole, so the variance of the difference is the difference of the variances.
      let deviation = (b.standardError * b.standardError - a.standardError * a.standardError).squareRoot()
      #expect(b.standardError > a.standardError, "\(b.name)")
      #expect(abs(log(b.value / a.value)) < 3.5 * deviation, "\(b.name): \(b.value), \(a.value)")
    }
  }

  @Test("are the same for the same seed, and all points where as many are wanted")
  func repeatable() {
    let county = county(1, places: 500, points: 600)
    let (table, reach) = (county.network.points, county.reach)
    let known = Array(0..<600)
    func draw(_ count: Int, _ seed: UInt64) -> VolumeNeighborhoods {
      VolumeNeighborhoods(of: count, among: known, points: table, reach: reach, seed: seed)
    }
    #expect(draw(200, 5).points == draw(200, 5).points && draw(200, 5).isDrawn == draw(200, 5).isDrawn)
    #expect(Set((1...20).map { draw(200, $0).places }).count > 1)
    #expect(draw(600, 1).isDrawn.count { $0 } == 600)
    #expect(VolumeNeighborhoods(of: 5, among: [], points: table, reach: reach).places.isEmpty)
  }
}
