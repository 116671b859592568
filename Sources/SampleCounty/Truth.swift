/// What the surveys and volumes were made from, so that a calibration can be asked to find it again.
///
/// The README of `geodata/jiyuan` repeats every number here.
enum Truth {
  /// How many times longer the way is than the straight line.
  static func circuity(in terrain: Terrain) -> Double {
    switch terrain {
    case .plain: 1.28
    case .hill: 1.47
    case .mountain: 1.83
    }
  }

  /// How much the circuity of single trips varies: the standard deviation of its logarithm.
  static let circuitySpread = 0.10

  static let walkMetersPerSecond = 1.20
  static let ebikeMetersPerSecond = 15 / 3.6
  static let carMetersPerSecond = 28 / 3.6
  static let busMetersPerSecond = 20 / 3.6
  /// Walking to the stop and waiting.
  static let busWaitSeconds = 480.0
  /// How much the speed of single trips varies: the standard deviation of its logarithm.
  static let speedSpread = 0.10

  /// The use of a point falls with the minutes t it takes to walk there as 1 / (1 + (t / 12)³).
  static let halfMinutes = 12.0

  /// How much a point draws, beside a village committee's 1.
  static func attraction(of kind: Point.Kind) -> Double {
    switch kind {
    case .businessHall: 15
    case .selfService: 1.2
    case .bank: 2.5
    case .postal: 2
    case .ruralBank: 2.5
    case .shop: 2
    case .communityStation: 1.5
    case .villageCommittee: 1
    }
  }

  /// One answer in seventeen is grossly wrong.
  static let grossErrors = 0.06

  /// How people answer when asked for minutes: to 5, to 10, or as it was.
  static let roundedToFive = 0.60
  static let roundedToTen = 0.25
}
