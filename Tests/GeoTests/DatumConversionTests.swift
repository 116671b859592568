import Foundation
import Geo
import TestSupport
import Testing

struct DatumConversionTests {
  // The published test values of eviltransform (github.com/googollee/eviltransform, MIT), which gives them to
  // 1e-6 degrees; the digits beyond are what its formula computes.
  @Test(
    "GCJ-02 reproduces eviltransform's published values",
    arguments: [
      (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
      (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
      (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
    ])
  func published(latitude: Double, longitude: Double, shiftedLatitude: Double, shiftedLongitude: Double) {
    let shifted = Coordinate.at(latitude, longitude).gcj02
    #expect(abs(shifted.latitude - shiftedLatitude) < 1e-9)
    #expect(abs(shifted.longitude - shiftedLongitude) < 1e-9)
    let back = Coordinate<GCJ02>(latitude: shiftedLatitude, longitude: shiftedLongitude)!.wgs84
    #expect(abs(back.latitude - latitude) < 1e-9)
    #expect(abs(back.longitude - longitude) < 1e-9)
  }

  // From gcoord's test data (github.com/hujiulong/gcoord, MIT), all 664 of which agree this well; its WGS-84
  // column comes from a one-step inverse. The two BD-09 pairs in eviltransform's own tests are not used: they
  // follow from an early version of it, which had pi where Baidu's formula has pi * 3000 / 180, and lie 10 m and
  // 40 m off what its present code computes.
  @Test(
    "Cities sit where gcoord puts them: BD-09 from GCJ-02 to 5 cm, either from WGS-84 to a meter",
    arguments: [
      ("拉萨市", 29.655277, 91.1706414, 29.6524954, 91.1721167, 29.6585294, 91.1786184),
      ("成都市", 30.5747262, 104.0640437, 30.5722732, 104.0665489, 30.5783237, 104.0730134),
      ("三亚市", 18.2545417, 109.507813, 18.2528524, 109.5119135, 18.2585878, 109.5184703),
      ("乌鲁木齐市", 43.824388, 87.6140048, 43.8255962, 87.6168579, 43.8317719, 87.6232918),
      ("哈尔滨市", 45.8017783, 126.528903, 45.8037804, 126.5349726, 45.8094074, 126.5415875),
    ])
  func cities(city: City) {
    let wgs84 = Coordinate<WGS84>(latitude: city.1, longitude: city.2)!
    let gcj02 = Coordinate<GCJ02>(latitude: city.3, longitude: city.4)!
    let bd09 = Coordinate<BD09>(latitude: city.5, longitude: city.6)!
    #expect(metersApart(gcj02.bd09, bd09) < 0.05)
    #expect(metersApart(wgs84.gcj02, gcj02) < 1)
    #expect(metersApart(wgs84.bd09, bd09) < 1)
    #expect(metersApart(bd09.wgs84, wgs84) < 1)
  }

  /// Name, then latitude and longitude in WGS-84, GCJ-02 and BD-09.
  typealias City = (String, Double, Double, Double, Double, Double, Double)

  /// How far apart two pairs of numbers of one frame are, read as if they were WGS-84.
  private func metersApart<Frame>(_ a: Coordinate<Frame>, _ b: Coordinate<Frame>) -> Double {
    Coordinate.at(a.latitude, a.longitude).distance(to: .at(b.latitude, b.longitude)).meters
  }

  @Test("Every conversion leads back to 1e-10 degrees, all over the rectangle", arguments: 0..<4)
  func roundTrips(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      expectWayBack(
        .at(
          .random(in: 0.8293...55.8271, using: &generator), .random(in: 72.004...137.8347, using: &generator))
      )
    }
  }

  @Test("The way back exists on the rim itself and a hair inside and outside it")
  func rim() {
    for step in 0...200 {
      let latitude = 0.8293 + (55.8271 - 0.8293) * Double(step) / 200
      let longitude = 72.004 + (137.8347 - 72.004) * Double(step) / 200
      for inward in [0, 1e-13, 1e-9, 1e-6, 1e-3, 0.01] {
        expectWayBack(.at(latitude, min(137.8347, 72.004 + inward)))
        expectWayBack(.at(latitude, max(72.004, 137.8347 - inward)))
        expectWayBack(.at(min(55.8271, 0.8293 + inward), longitude))
        expectWayBack(.at(max(0.8293, 55.8271 - inward), longitude))
      }
    }
  }

  @Test(
    "Coming back and going again gives the same numbers wherever some position has them", arguments: 0..<3)
  func bandAroundRim(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let edge = Int.random(in: 0..<4, using: &generator)
      let off = Double.random(in: 0...0.04, using: &generator)
      let latitude = Double.random(in: 0.8293...55.8271, using: &generator)
      let longitude = Double.random(in: 72.004...137.8347, using: &generator)
      let outside: Coordinate<WGS84> =
        switch edge {
        case 0: .at(0.8293 - off, longitude)
        case 1: .at(55.8271 + off, longitude)
        case 2: .at(latitude, 72.004 - off)
        default: .at(latitude, 137.8347 + off)
        }
      guard isOutside(outside) else { continue }
      #expect(outside.gcj02.latitude == outside.latitude)
      #expect(outside.bd09.longitude == outside.longitude)
      #expect(isNear(outside.gcj02.wgs84.gcj02, outside.gcj02))
      #expect(isNear(outside.bd09.wgs84.bd09, outside.bd09))
      #expect(isNear(outside.bd09.gcj02.bd09, outside.bd09))
    }
  }

  @Test(
    "Far from China nothing moves",
    arguments: [
      (51.5, -0.1), (0.8292, 100), (55.8272, 100), (40, 72.0039), (40, 137.8348), (-90, 180), (90, -180),
    ])
  func abroad(latitude: Double, longitude: Double) {
    let position = Coordinate.at(latitude, longitude)
    #expect(position.gcj02.latitude == latitude)
    #expect(position.gcj02.longitude == longitude)
    #expect(position.bd09.latitude == latitude)
    #expect(position.bd09.longitude == longitude)
  }

  @Test("Numbers that are far from China in GCJ-02 or BD-09 do not move either")
  func abroadBack() {
    let gcj02 = Coordinate<GCJ02>(latitude: 51.5, longitude: -0.1)!
    #expect(gcj02.wgs84.latitude == 51.5)
    #expect(gcj02.bd09.longitude == -0.1)
    let bd09 = Coordinate<BD09>(latitude: 0.7, longitude: 110)!
    #expect(bd09.wgs84.latitude == 0.7)
    #expect(bd09.gcj02.longitude == 110)
  }

  @Test(
    "No frame is more than 0.019 degrees from another, well within the margin the inverse assumes")
  func size() {
    for latitude in stride(from: 0.8293, through: 55.8271, by: 0.5) {
      for longitude in stride(from: 72.004, through: 137.8347, by: 0.5) {
        let position = Coordinate.at(latitude, longitude)
        let bd09 = position.bd09
        #expect(max(abs(bd09.latitude - latitude), abs(bd09.longitude - longitude)) < 0.019)
      }
    }
  }

  private func expectWayBack(_ position: Coordinate<WGS84>) {
    let gcj02 = position.gcj02
    let bd09 = position.bd09
    #expect(isNear(gcj02.wgs84, position), "\(position)")
    #expect(isNear(bd09.wgs84, position), "\(position)")
    #expect(isNear(bd09.gcj02, gcj02), "\(position)")
    #expect(isNear(gcj02.bd09, bd09), "\(position)")
  }

  private func isOutside(_ p: Coordinate<WGS84>) -> Bool {
    p.latitude < 0.8293 || p.latitude > 55.8271 || p.longitude < 72.004 || p.longitude > 137.8347
  }

  private func isNear<Frame>(_ a: Coordinate<Frame>, _ b: Coordinate<Frame>) -> Bool {
    max(abs(a.latitude - b.latitude), abs(a.longitude - b.longitude)) < 1e-10
  }
}
