import Geo
import TestSupport
import Testing

struct BoundingBoxTests {
  @Test("A box around places is the least one, in RFC 7946's order")
  func covering() throws {
    let box = try #require(BoundingBox(covering: [.at(35, 112), .at(34.9, 112.6), .at(35.2, 112.3)]))
    #expect(box.values == [112, 34.9, 112.6, 35.2])
    #expect(!box.crossesAntimeridian)
    #expect(BoundingBox(values: box.values) == box)
  }

  @Test("No places, no box; one place, a box without size that contains it")
  func few() throws {
    #expect(BoundingBox(covering: []) == nil)
    let box = try #require(BoundingBox(covering: [.at(35, 112)]))
    #expect(box.values == [112, 35, 112, 35])
    #expect(box.contains(.at(35, 112)))
    #expect(!box.contains(.at(35, 112.0000001)))
  }

  @Test("Places on both sides of the 180th meridian get a narrow box across it")
  func antimeridian() throws {
    let fiji = try #require(BoundingBox(covering: [.at(-16, 179), .at(-20, 177), .at(-17, -179)]))
    #expect(fiji.values == [177, -20, -179, -16])
    #expect(fiji.crossesAntimeridian)
    #expect(fiji.contains(.at(-18, 180)))
    #expect(fiji.contains(.at(-18, -180)))
    #expect(fiji.contains(.at(-18, 177)) && fiji.contains(.at(-18, -179)))
    #expect(!fiji.contains(.at(-18, 0)))
    #expect(!fiji.contains(.at(-15.9, 178)))
    #expect(fiji.center == .at(-18, 179))
    #expect(BoundingBox(south: 0, west: 170, north: 0, east: -160)!.center == .at(0, -175))
  }

  @Test("Of two boxes equally wide, the one that does not cross is taken")
  func equallyWide() {
    #expect(BoundingBox(covering: [.at(0, -90), .at(0, 90)])?.values == [-90, 0, 90, 0])
  }

  @Test("The rim counts as inside, and 180 is -180")
  func rim() {
    let box = BoundingBox(south: -10, west: 170, north: 10, east: 180)!
    #expect(box.contains(.at(-10, 170)) && box.contains(.at(10, 180)) && box.contains(.at(0, -180)))
    #expect(!box.contains(.at(10.0001, 175)) && !box.contains(.at(0, 169.999)))
    #expect(box.center == .at(0, 175))
  }

  @Test("Values that are no box are refused")
  func refused() {
    #expect(BoundingBox(values: [1, 2, 3]) == nil)
    #expect(BoundingBox(values: [112, 36, 113, 35]) == nil)
    #expect(BoundingBox(values: [112, 35, 181, 36]) == nil)
    #expect(BoundingBox(values: [.nan, 35, 113, 36]) == nil)
  }

  @Test("A box around random places contains them all, and is no wider than needed", arguments: 0..<20)
  func random(seed: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let middle = Double.random(in: -180...180, using: &generator)
    let places = (0..<30).map { _ in
      let longitude = middle + .random(in: -40...40, using: &generator)
      let wrapped = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
      return Coordinate.at(.random(in: -80...80, using: &generator), wrapped)
    }
    let box = try #require(BoundingBox(covering: places))
    #expect(places.allSatisfy { box.contains($0) })
    let width = box.east - box.west + (box.crossesAntimeridian ? 360 : 0)
    #expect(width <= 80)
    #expect(box.contains(box.center))
  }
}
