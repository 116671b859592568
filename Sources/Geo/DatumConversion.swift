import Foundation

// One rule for all six conversions: whether the offsets apply is decided by the WGS-84 position alone. So the
// three frames agree with each other right up to the rim, where deciding by each frame's own numbers, as most
// published code does, loses the way back.

extension Coordinate where Frame == WGS84 {
  /// The same place as Amap and Tencent write it.
  ///
  ///     Coordinate<WGS84>(latitude: 39.911954, longitude: 116.377817)!.gcj02  // 39.913345, 116.384047
  ///
  /// Offsets apply in the usual rectangle around China, latitude 0.8293...55.8271 and longitude
  /// 72.004...137.8347, rim included; outside it the numbers stay as they are. The frame is therefore torn along
  /// the rim, by up to a kilometer: two WGS-84 positions, one each side, may get the same GCJ-02 numbers.
  ///
  /// Formula and constants as published in eviltransform (github.com/googollee/eviltransform), whose test
  /// values this reproduces to 1e-9 degrees.
  ///
  /// - Complexity: O(1).
  public var gcj02: Coordinate<GCJ02> {
    guard chinaRectangle.contains(degrees) else { return Coordinate<GCJ02>(degrees) }
    return Coordinate<GCJ02>(gcj02Formula(degrees))
  }

  /// The same place as Baidu writes it: the GCJ-02 numbers moved once more.
  ///
  /// Outside the rectangle described at `gcj02` the numbers stay as they are.
  ///
  /// - Complexity: O(1).
  public var bd09: Coordinate<BD09> {
    guard chinaRectangle.contains(degrees) else { return Coordinate<BD09>(degrees) }
    return Coordinate<BD09>(bd09Formula(gcj02Formula(degrees)))
  }
}

extension Coordinate where Frame == GCJ02 {
  /// The same place in WGS-84, to 1e-10 degrees (a hundredth of a millimeter).
  ///
  /// For every WGS-84 position in the rectangle described at `gcj02`, rim included, this leads back to it. Where
  /// a position inside and one outside share these numbers, the one inside is meant. Numbers on the inner side of
  /// the rim that no position has are treated as if the offsets went on beyond it.
  ///
  /// - Complexity: O(1); four or five rounds of iteration.
  public var wgs84: Coordinate<WGS84> {
    guard nearChina.contains(degrees) else { return Coordinate<WGS84>(degrees) }
    let position = snappedToRim(inverse(of: gcj02Formula, at: degrees))
    if chinaRectangle.contains(position) || chinaRectangle.contains(degrees) {
      return Coordinate<WGS84>(position)
    }
    return Coordinate<WGS84>(degrees)
  }

  /// The same place as Baidu writes it. Unchanged where `wgs84` is unchanged.
  ///
  /// - Complexity: O(1).
  public var bd09: Coordinate<BD09> {
    guard nearChina.contains(degrees) else { return Coordinate<BD09>(degrees) }
    let position = snappedToRim(inverse(of: gcj02Formula, at: degrees))
    guard chinaRectangle.contains(position) || chinaRectangle.contains(degrees) else {
      return Coordinate<BD09>(degrees)
    }
    return Coordinate<BD09>(bd09Formula(degrees))
  }
}

extension Coordinate where Frame == BD09 {
  /// The same place in WGS-84, to 1e-10 degrees; on the rim as described at `Coordinate<GCJ02>.wgs84`.
  ///
  /// - Complexity: O(1); about ten rounds of iteration.
  public var wgs84: Coordinate<WGS84> {
    undone.map { Coordinate<WGS84>($0.wgs84) } ?? Coordinate<WGS84>(degrees)
  }

  /// The same place as Amap and Tencent write it. Unchanged where `wgs84` is unchanged.
  ///
  /// - Complexity: O(1).
  public var gcj02: Coordinate<GCJ02> {
    undone.map { Coordinate<GCJ02>($0.gcj02) } ?? Coordinate<GCJ02>(degrees)
  }

  /// The position without Baidu's offset, and without both; `nil` where the numbers stay as they are.
  private var undone: (gcj02: Degrees, wgs84: Degrees)? {
    guard nearChina.contains(degrees) else { return nil }
    let gcj02 = inverse(of: bd09Formula, at: degrees)
    let position = snappedToRim(inverse(of: gcj02Formula, at: gcj02))
    guard chinaRectangle.contains(position) || chinaRectangle.contains(degrees) else { return nil }
    return (gcj02, position)
  }
}

/// A latitude and a longitude between two frames. SIMD only for the brevity of its arithmetic.
private typealias Degrees = SIMD2<Double>

extension Coordinate {
  private var degrees: Degrees { Degrees(latitude, longitude) }

  /// Only for numbers that came from a coordinate and moved by less than `nearChina`'s margin, if at all.
  private init(_ degrees: Degrees) {
    self.init(latitude: degrees.x, longitude: degrees.y)!
  }
}

private struct Rectangle {
  let low: Degrees
  let high: Degrees

  func contains(_ p: Degrees) -> Bool { all(p .>= low) && all(p .<= high) }
}

/// Where the offsets apply: eviltransform's `outOfChina`, turned round.
private let chinaRectangle = Rectangle(low: Degrees(0.8293, 72.004), high: Degrees(55.8271, 137.8347))

/// The numbers that a position in the rectangle can have in any frame. The largest offset of both formulas
/// together is 0.019 degrees (on a 0.01-degree raster of the rectangle); the polynomials must not be asked
/// much farther out, where they grow without limit.
private let nearChina = Rectangle(
  low: chinaRectangle.low - Degrees(repeating: 0.05), high: chinaRectangle.high + Degrees(repeating: 0.05))

/// A position that belongs on the rim is put back on it when the iteration stopped a few 1e-14 degrees outside.
private func snappedToRim(_ p: Degrees) -> Degrees {
  let inside = p.clamped(lowerBound: chinaRectangle.low, upperBound: chinaRectangle.high)
  let off = p - inside
  return max(abs(off.x), abs(off.y)) < 1e-10 ? inside : p
}

/// The position that `formula` moves to `target`.
///
/// Both formulas move a position by a smooth small amount whose slope is below 0.02, so taking the remaining
/// difference off again and again gains at least 1.7 digits a round.
private func inverse(of formula: (Degrees) -> Degrees, at target: Degrees) -> Degrees {
  var position = target
  for _ in 0..<12 {
    let off = formula(position) - target
    position -= off
    if max(abs(off.x), abs(off.y)) < 1e-13 { break }
  }
  return position
}

/// GCJ-02's offset, without the question whether it applies here.
private func gcj02Formula(_ p: Degrees) -> Degrees {
  let x = p.y - 105
  let y = p.x - 35
  let both = 20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)
  let root = abs(x).squareRoot()

  var north =
    both + 20 * sin(y * .pi) + 40 * sin(y / 3 * .pi) + 160 * sin(y / 12 * .pi) + 320 * sin(y / 30 * .pi)
  north = north * 2 / 3 - 100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root

  var east =
    both + 20 * sin(x * .pi) + 40 * sin(x / 3 * .pi) + 150 * sin(x / 12 * .pi) + 300 * sin(x / 30 * .pi)
  east = east * 2 / 3 + 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root

  // Meters to degrees on the Krasovsky 1940 ellipsoid, as the published code has it.
  let semiMajorAxis = 6_378_245.0
  let eccentricitySquared = 0.00669342162296594323
  let latitude = p.x * .pi / 180
  let w = 1 - eccentricitySquared * sin(latitude) * sin(latitude)
  let meridian = semiMajorAxis * (1 - eccentricitySquared) / (w * w.squareRoot())
  let parallel = semiMajorAxis / w.squareRoot() * cos(latitude)
  return p + Degrees(north / meridian, east / parallel) * (180 / .pi)
}

/// BD-09's further offset, without the question whether it applies here (formula as in eviltransform).
private func bd09Formula(_ p: Degrees) -> Degrees {
  let wave = Double.pi * 3000 / 180
  let radius = (p.x * p.x + p.y * p.y).squareRoot() + 0.00002 * sin(p.x * wave)
  let angle = atan2(p.x, p.y) + 0.000003 * cos(p.y * wave)
  return Degrees(radius * sin(angle) + 0.006, radius * cos(angle) + 0.0065)
}
