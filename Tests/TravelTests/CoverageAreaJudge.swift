import CGEOS
import Foundation
import Geo
import TestSupport
import Testing

/// Ways sites are arranged, each chosen to defeat a different shortcut.
enum Arrangement: String, CaseIterable {
  case scattered, dense, alongOneRoad, differentSizes
  /// Some circles lie across the 180th meridian.
  case acrossTheAntimeridian
  /// Circles near a pole, around it, and with their rim on it.
  case aroundThePole
  /// Circles that just touch, on a lattice.
  case touching
  /// Hundreds of kilometers wide, where straight lines on the map leave the circle.
  case continental

  func sites(using rng: inout SeededGenerator) -> ([Coordinate<WGS84>], [Distance]) {
    func random(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &rng) }
    func at(_ latitude: Double, _ longitude: Double) -> Coordinate<WGS84> {
      Coordinate(latitude: latitude, longitude: longitude)!
    }
    switch self {
    case .scattered:
      let sites = (0..<400).map { _ in at(35 + random(-0.2...0.2), 112 + random(-0.2...0.2)) }
      return (sites, sites.map { _ in .meters(577) })
    case .dense:
      let sites = (0..<600).map { _ in at(35 + random(-0.01...0.01), 112 + random(-0.01...0.01)) }
      return (sites, sites.map { _ in .meters(577) })
    case .alongOneRoad:
      let sites = (0..<300).map { at(35 + Double($0) * 0.003, 112 + Double($0) * 0.004 + random(0...0.0001)) }
      return (sites, sites.map { _ in .meters(400) })
    case .differentSizes:
      let sites = (0..<200).map { _ in at(35 + random(-0.5...0.5), 112 + random(-0.5...0.5)) }
      return (sites, sites.map { _ in .meters(exp(random(0...10))) })
    case .acrossTheAntimeridian:
      let sites = (0..<200).map { _ in
        at(-17 + random(-0.1...0.1), (180 + random(-0.1...0.1)).remainder(dividingBy: 360))
      }
      return (
        sites + [at(-17, 180), at(-17, -180)], (sites + [sites[0], sites[0]]).map { _ in .meters(900) }
      )
    case .aroundThePole:
      let sites = (0..<20).map { _ in at(90 - random(0...1), random(-180...180)) } + [at(89, 10), at(90, 0)]
      let radii = (0..<20).map { _ in Distance.kilometers(random(1...60)) }
      return (sites, radii + [at(89, 10).distance(to: at(90, 0)), .kilometers(3)])
    case .touching:
      let sites = (0..<12).flatMap { row in
        (0..<12).map { at(35 + Double(row) * 0.01, 112 + Double($0) * 0.01) }
      }
      return (sites, sites.map { _ in at(35, 112).distance(to: at(35.005, 112)) })
    case .continental:
      let sites = (0..<6).map { _ in at(random(-75...75), random(-180...180)) }
      return (sites, sites.map { _ in .kilometers(random(200...3_000)) })
    }
  }
}

/// Says whether a position lies in one of some polygons, by counting crossings.
struct AreaJudge {
  private let polygons: [(box: ClosedRange<Double>, polygon: Polygon)]

  init(_ polygons: [Polygon]) {
    self.polygons = polygons.map { polygon in
      let latitudes = polygon.exterior.map(\.latitude)
      return (latitudes.min()!...latitudes.max()!, polygon)
    }
  }

  func contains(_ place: Coordinate<WGS84>) -> Bool {
    polygons.contains { box, polygon in
      box.contains(place.latitude) && crosses(polygon.exterior, place)
        && !polygon.holes.contains { crosses($0, place) }
    }
  }

  private func crosses(_ ring: [Coordinate<WGS84>], _ place: Coordinate<WGS84>) -> Bool {
    var isInside = false
    for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1))
    where (a.latitude > place.latitude) != (b.latitude > place.latitude) {
      let share = (place.latitude - a.latitude) / (b.latitude - a.latitude)
      if place.longitude < a.longitude + share * (b.longitude - a.longitude) { isInside.toggle() }
    }
    return isInside
  }
}

/// Checks everything that is promised of the form of an area.
func expectPromisedForm(_ area: [Polygon]) {
  for polygon in area {
    #expect(isValid(polygon))
    #expect(signedArea(polygon.exterior) > 0)
    for hole in polygon.holes { #expect(signedArea(hole) < 0) }
    for ring in [polygon.exterior] + polygon.holes {
      #expect(ring.count >= 3)
      #expect(ring.first == ring.min(by: isWest))
      for corner in ring {
        for degrees in [corner.longitude, corner.latitude] {
          #expect((degrees * 1e7).rounded() / 1e7 == degrees)
        }
      }
    }
  }
  for (a, b) in zip(area, area.dropFirst()) { #expect(!isWest(b.exterior[0], a.exterior[0])) }
}

private func isWest(_ a: Coordinate<WGS84>, _ b: Coordinate<WGS84>) -> Bool {
  (a.longitude, a.latitude) < (b.longitude, b.latitude)
}

private func signedArea(_ ring: [Coordinate<WGS84>]) -> Double {
  let origin = ring[0]
  return zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, edge in
    sum + (edge.0.longitude - origin.longitude) * (edge.1.latitude - origin.latitude)
      - (edge.1.longitude - origin.longitude) * (edge.0.latitude - origin.latitude)
  }
}

/// What the geometry library says of a polygon, given to it as text.
func isValid(_ polygon: Polygon) -> Bool {
  let rings = ([polygon.exterior] + polygon.holes).map { ring in
    "(" + (ring + [ring[0]]).map { "\($0.longitude) \($0.latitude)" }.joined(separator: ",") + ")"
  }
  let geos = GEOS_init_r()
  let reader = GEOSWKTReader_create_r(geos)
  let geometry = GEOSWKTReader_read_r(geos, reader, "POLYGON(" + rings.joined(separator: ",") + ")")
  defer {
    GEOSGeom_destroy_r(geos, geometry)
    GEOSWKTReader_destroy_r(geos, reader)
    GEOS_finish_r(geos)
  }
  return geometry != nil && GEOSisValid_r(geos, geometry) == 1
}
