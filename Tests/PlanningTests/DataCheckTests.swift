import Geo
import Planning
import TestSupport
import Testing

@Suite("Checking the data")
struct DataCheckTests {
  /// Thirty villages a few kilometers apart, each with a point of its own 100 m away.
  private func county() -> NetworkSketch {
    var sketch = NetworkSketch()
    for i in 0..<30 {
      let latitude = 35.0 + Double(i % 6) * 0.03
      let longitude = 112.5 + Double(i / 6) * 0.03
      sketch.places.append(
        .init(id: "v\(10 + i)", setting: .village, latitude: latitude, longitude: longitude))
      sketch.points.append(
        .init(
          id: "p\(10 + i)", latitude: latitude + 0.0009, longitude: longitude, hours: "24/7",
          place: "v\(10 + i)",
          volumes: [3, 4]))
    }
    return sketch
  }

  private func names(_ sketch: NetworkSketch, _ change: (inout PaymentNetwork) -> Void = { _ in }) -> [String]
  {
    var network = sketch.network
    change(&network)
    return checkData(network).map { $0.rule.name + " " + $0.id }
  }

  @Test("finds nothing where nothing is wrong")
  func clean() { #expect(names(county()) == []) }

  @Test("finds each thing that would make an answer wrong, and names the row")
  func each() {
    var sketch = county()
    sketch.places[3].latitude = sketch.places[2].latitude
    sketch.places[3].longitude = sketch.places[2].longitude
    #expect(names(sketch).contains("duplicate_position v13"))

    sketch = county()
    sketch.places[3].latitude = 0
    sketch.places[3].longitude = 0
    #expect(names(sketch).contains("zero_coordinates v13"))

    sketch = county()
    for i in sketch.places.indices { sketch.places[i].longitude -= 40 }
    for i in sketch.points.indices { sketch.points[i].longitude -= 40 }
    (sketch.places[3].latitude, sketch.places[3].longitude) = (
      sketch.places[3].longitude, sketch.places[3].latitude
    )
    #expect(names(sketch).contains("swapped_coordinates v13"))

    sketch = county()
    sketch.points[3].latitude = 42
    #expect(names(sketch).contains("far_from_others p13"))

    sketch = county()
    sketch.points[3].longitude += 0.06
    #expect(names(sketch) == ["point_far_from_village p13"])

    sketch = county()
    sketch.places[3].customers = 0
    #expect(names(sketch) == ["place_without_customers v13"])

    sketch = county()
    sketch.points[3].volumes = [3]
    sketch.points[4].hours = nil
    sketch.points[5].volumes = []
    #expect(names(sketch) == ["months_without_volumes p13", "months_without_volumes p15", "hours_missing "])
    sketch.points[5].status = .closed
    sketch.points[3].status = .closed
    sketch.points[4].status = .closed
    #expect(names(sketch) == [])

    #expect(names(NetworkSketch()) == ["no_places ", "no_points "])
  }

  @Test("finds what lies outside the county, and not what lies on its rim")
  func outside() {
    func square(_ south: Double, _ west: Double, _ north: Double, _ east: Double) -> Boundary {
      let corners = [(south, west), (south, east), (north, east), (north, west)]
      return Boundary(
        name: "county", level: "county",
        polygons: [Polygon(exterior: corners.map { Coordinate(latitude: $0.0, longitude: $0.1)! })])
    }
    #expect(names(county()) { $0.boundaries = [square(34.9, 112.4, 35.3, 112.8)] } == [])
    let found = names(county()) { $0.boundaries = [square(35.0, 112.5, 35.14, 112.8)] }
    #expect(found.contains("outside_boundary v15"))
    #expect(!found.contains("outside_boundary v10"))
  }

  @Test("notices that the points came in another datum than the places")
  func datum() {
    var sketch = county()
    for i in sketch.points.indices {
      let true84 = Coordinate<WGS84>(
        latitude: sketch.points[i].latitude, longitude: sketch.points[i].longitude)!
      sketch.points[i].latitude = true84.gcj02.latitude
      sketch.points[i].longitude = true84.gcj02.longitude
    }
    let findings = checkData(sketch.network)
    guard case .probableDatumMixUp(let datum, let before, let after) = findings.first?.rule else {
      Issue.record("found \(findings)")
      return
    }
    #expect(datum == "gcj02")
    #expect(findings[0].table == "points")
    #expect(after == 100)
    #expect(before > 400)
  }
}
