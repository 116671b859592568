public import Geo

/// Travel by straight line: the great circle, stretched by how much ways wind in the terrain, at a mode's speed.
///
///     let walking = StraightLine(mode: .walk)
///     walking.seconds(over: .meters(576), in: .plain)  // 600: 576 × 1.3 ÷ 1.25, rounded up
///
/// Circuity (network length ÷ great circle) by terrain: plain 1.3, hill 1.5, mountain 1.8; speeds: walking
/// 1.25 m/s, e-bike 15 km/h, car 30 km/h. These are the product's defaults until a survey calibrates them; urban
/// networks measure 1.2-1.25 (Newell 1980; O'Sullivan and Morrall 1996), hills more.
public struct StraightLine: Hashable, Sendable {
  /// The mode whose speed is used.
  public let mode: TravelMode

  /// Travel by `mode` at its default speed.
  public init(mode: TravelMode) { self.mode = mode }

  /// The speed on the way, in meters per second.
  public var metersPerSecond: Double {
    switch mode {
    case .walk: 1.25
    case .ebike: 15 / 3.6
    case .car: 30 / 3.6
    }
  }

  /// How many times longer the way is than the great circle.
  public func circuity(in terrain: Terrain) -> Double {
    switch terrain {
    case .plain: 1.3
    case .hill: 1.5
    case .mountain: 1.8
    }
  }

  /// The whole seconds it takes to travel the great-circle `distance`, rounded up.
  ///
  /// A time within a microsecond above a whole second is that second: the excess is rounding in the arithmetic, which was
  /// seen to reach two nanoseconds, and the rim of a limit counts as within. Nobody's way is known to a micrometer.
  ///
  /// - Complexity: O(1).
  public func seconds(over distance: Distance, in terrain: Terrain) -> Int {
    Int((distance.meters * circuity(in: terrain) / metersPerSecond - 1e-6).rounded(.up))
  }

  /// The great-circle distance that `time` is just enough for.
  ///
  /// - Complexity: O(1).
  public func distance(within time: TravelTime, in terrain: Terrain) -> Distance {
    .meters(Double(time.seconds) * metersPerSecond / circuity(in: terrain))
  }
}
