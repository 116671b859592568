public import Geo

/// Travel by straight line: the great circle, stretched by how much ways wind in the terrain, at a mode's speed.
///
///     let walking = StraightLine(mode: .walk)
///     walking.seconds(over: .meters(576), in: .plain)  // 600: 576 × 1.3 ÷ 1.25, rounded up
public struct StraightLine: Hashable, Sendable {
  /// The mode whose speed is used.
  public let mode: TravelMode

  private let factors: TravelFactors.Mode

  /// Travel by `mode`, as fast and as winding as `factors` say.
  public init(mode: TravelMode, factors: TravelFactors = .defaults) {
    self.mode = mode
    self.factors = factors[mode]
  }

  /// The speed on the way, in meters per second.
  public func metersPerSecond(in terrain: Terrain) -> Double { factors.metersPerSecond(in: terrain) }

  /// How many times longer the way is than the great circle.
  public func circuity(in terrain: Terrain) -> Double { factors.circuity(in: terrain) }

  /// The whole seconds it takes to travel the great-circle `distance`, rounded up.
  ///
  /// A time within a microsecond above a whole second is that second: the excess is rounding in the arithmetic, which was
  /// seen to reach two nanoseconds, and the rim of a limit counts as within. Nobody's way is known to a micrometer.
  ///
  /// - Complexity: O(1).
  public func seconds(over distance: Distance, in terrain: Terrain) -> Int {
    Int((distance.meters * circuity(in: terrain) / metersPerSecond(in: terrain) - 1e-6).rounded(.up))
  }

  /// The great-circle distance that `time` is just enough for.
  ///
  /// - Complexity: O(1).
  public func distance(within time: TravelTime, in terrain: Terrain) -> Distance {
    .meters(Double(time.seconds) * metersPerSecond(in: terrain) / circuity(in: terrain))
  }
}
