import Geo

extension RoadRules {
  /// How far from a road a door may be, and what the way to the road takes, as snapping asks for it.
  public var snapping: RoadSnapping.Options {
    func whole(_ value: Double, atMost most: Double) -> UInt32 {
      value >= 0 ? UInt32(min(value.rounded(), most)) : 0
    }
    var options = RoadSnapping.Options()
    // Kilometers per hour ÷ 3.6 are meters per second.
    options.offRoadMillimetersPerSecond = max(1, whole(offRoadKilometersPerHour / 3.6 * 1000, atMost: 1e6))
    options.circuityThousandths = whole(offRoadCircuity * 1000, atMost: 1e6)
    options.limitMillimeters = whole(offRoadLimit.meters * 1000, atMost: 1e9)
    return options
  }
}
