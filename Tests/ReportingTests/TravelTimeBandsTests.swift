import Planning
import Testing

@testable import Reporting

@Suite struct TravelTimeBandsTests {
  private func bands(of times: [Int?]) -> TravelTimeBands {
    var county = SeededCounty(places: times.count, points: 1).network
    county.places.settings = times.indices.map { $0 % 2 == 0 ? .town : .village }
    county.places.customers = times.indices.map { 1 << $0 }
    var coverage = Coverage(options: CoverageOptions())
    coverage.seconds = times.map { Int32($0 ?? 0) }
    coverage.nearestPoints = times.map { $0 == nil ? -1 : 0 }
    return TravelTimeBands(of: county.places, coverage: coverage)
  }

  @Test func `a time on the rim belongs to the band that ends there`() {
    let times = bands(of: [0, 1, 120, 121, 600, 601, 1_800, 1_801, 90_000, nil])
    #expect(times.widthSeconds == 120)
    #expect(times.bands[0].all == 1 + 2 + 4)
    #expect(times.bands[1].all == 8)
    #expect(times.bands[4].all == 16)
    #expect(times.bands[5].all == 32)
    #expect(times.bands[14].all == 64)
    #expect(times.bands[15].all == 128 + 256)
    #expect(times.unreachable.all == 512)
    #expect(times.bands[0].town == 1 + 4 && times.bands[0].village == 2)
  }

  @Test func `every customer is in one band`() {
    let county = SeededCounty(places: 300, points: 40).network
    let coverage = scannedCoverage(of: county)
    let times = TravelTimeBands(of: county.places, coverage: coverage)
    #expect(times.bands.reduce(times.unreachable.all) { $0 + $1.all } == county.places.customers.reduce(0, +))
    #expect(times.upperSeconds(of: TravelTimeBands.bandsPerLimit - 1) == 600)
  }
}
