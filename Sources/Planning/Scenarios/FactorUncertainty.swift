import Foundation
public import Travel

/// How sure the factors of travel are, to draw others that could as well be true.
///
///     let uncertainty = FactorUncertainty(calibration)
///     uncertainty.draw(0, seed: 1)  // factors
///
/// Each factor is lognormal about its value; its 95 % interval is that of the calibration. Where that has none, and without a
/// calibration, 15 % either way are taken for it: as far as the speeds of two well-known engines are apart. Factors are drawn
/// independently, as their intervals were found.
public struct FactorUncertainty: Hashable, Sendable {
  /// The half width of an interval that is assumed, as a share.
  public static let assumedShare = 0.15

  /// How many factors have an interval of their own or their group's.
  public private(set) var measured = 0
  /// How many have the assumed one.
  public private(set) var assumed = 0

  private let center: TravelFactors
  private var circuities: [Double] = []
  private var speeds: [Double] = []
  private var roads: [Double] = []

  /// The uncertainty of a calibration; of the defaults where `nil`.
  ///
  /// - Parameter factors: what is drawn about.
  public init(_ calibration: Calibration?, about factors: TravelFactors) {
    center = factors
    func deviation(_ list: [Calibration.Factor], _ mode: TravelMode, _ terrain: Terrain?) -> Double {
      let own = list.first { $0.mode == mode && $0.terrain == terrain }
      let group = list.first {
        ($0.mode == nil) != ($0.terrain == nil) && ($0.mode == mode || $0.terrain == terrain)
      }
      for factor in [own, group].compactMap(\.self) {
        guard let interval = factor.interval, interval.lowerBound > 0, interval.upperBound.isFinite else {
          continue
        }
        measured += 1
        return log(interval.upperBound / interval.lowerBound) / (2 * normal95)
      }
      assumed += 1
      return log1p(Self.assumedShare) / normal95
    }
    for mode in TravelMode.allCases {
      for terrain in Terrain.allCases {
        circuities.append(deviation(calibration?.circuity ?? [], mode, terrain))
        speeds.append(deviation(calibration?.speed ?? [], mode, terrain))
      }
      roads.append(deviation(calibration?.roads ?? [], mode, nil))
    }
  }

  /// The factors of one draw, which depend on its number and the seed alone; within what is plausible.
  public func draw(_ number: Int, seed: UInt64) -> TravelFactors {
    var numbers = SeededNumbers(seed: seed, question: number)
    var factors = center
    var cell = 0
    for (position, mode) in TravelMode.allCases.enumerated() {
      for terrain in Terrain.allCases {
        let circuity = center[mode].circuity(in: terrain) * exp(circuities[cell] * numbers.normal())
        let speed = center[mode].metersPerSecond(in: terrain) * exp(speeds[cell] * numbers.normal())
        factors[mode].setCircuity(circuity.clamped(to: Calibration.plausibleCircuity), in: terrain)
        factors[mode].setMetersPerSecond(speed.clamped(to: Calibration.plausibleSpeed(of: mode)), in: terrain)
        cell += 1
      }
      let road = Double(center[mode].roadThousandths) / 1_000 * exp(roads[position] * numbers.normal())
      factors[mode].roadThousandths = Int(
        (road.clamped(to: Calibration.plausibleRoadFactor) * 1_000).rounded())
    }
    return factors
  }
}

extension SeededNumbers {
  /// A standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958).
  fileprivate mutating func normal() -> Double {
    // 53 bits; never 0, whose logarithm is none.
    let (a, b) = (Double(next() >> 11) + 0.5, Double(next() >> 11))
    return (-2 * log(a / 9_007_199_254_740_992)).squareRoot() * cos(2 * .pi * b / 9_007_199_254_740_992)
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    min(range.upperBound, max(range.lowerBound, self))
  }
}
