import Foundation

/// How long a payment takes at the counter of each point, by the service surveys.
///
/// Robust: an observation more than 3.5 spreads from its point's middle, by logarithms, is set aside (from its kind's
/// middle where the point has fewer than three); zero seconds are no handling and are set aside too. Shrunken: the mean of *n*
/// observations counts *n* ÷ (*n* + 8) beside the mean of the point's kind, and that of a kind likewise beside the mean of all, so
/// that one odd stopwatch is not a slow shop.
public struct HandlingTimes: Sendable {
  /// How much the mean of the kind weighs, in observations.
  static let shrinkage = 8.0
  /// How many observations tell a variability.
  static let enoughForVariability = 20

  /// By point, the mean seconds at the counter; finite and at least 0.
  public private(set) var seconds: [Double]
  /// By point, the squared coefficient of variation c_s² of the handling times.
  public private(set) var variabilities: [Double]
  /// By point, how many observations were kept.
  public private(set) var observations: [Int]
  /// By point, how many times as long as at its kind a payment takes (geometric means): the estimate, and a value that it
  /// exceeds with a probability of 95 %; `nil` with fewer than three observations.
  public private(set) var comparedWithKind: [(ratio: Double, atLeast: Double)?]
  /// How many observations were set aside as zero or absurd.
  public private(set) var setAside = 0

  /// Estimates handling times.
  ///
  /// - Parameters:
  ///   - surveys: what was timed.
  ///   - kinds: what each point is.
  ///   - assumed: the mean where nothing was timed anywhere.
  ///   - assumedVariability: c_s² of points and kinds with fewer than twenty observations.
  /// - Complexity: O(*n* log *n*).
  public init(
    _ surveys: ServiceSurveyTable, kinds: [PointKind], assumed: Double = 120, assumedVariability: Double = 0.5
  ) {
    var byPoint = [[Double]](repeating: [], count: kinds.count)
    var setAside = 0
    for row in 0..<surveys.count {
      let handling = surveys.handlingSeconds[row]
      if handling > 0 {
        byPoint[Int(surveys.points[row])].append(log(Double(handling)))
      } else {
        setAside += 1
      }
    }
    var byKind = [PointKind: [Double]]()
    for (point, logs) in byPoint.enumerated() where !logs.isEmpty {
      byKind[kinds[point], default: []] += logs
    }
    var middles: [PointKind: (center: Double, spread: Double)] = [:]
    for (kind, logs) in byKind {
      guard let center = median(logs) else { continue }
      // Equal answers have no spread; one second in ten is still no error.
      middles[kind] = (center, max(0.1, robustSpread(logs, around: center)))
    }
    for point in byPoint.indices {
      guard let middle = middles[kinds[point]] else { continue }
      let center = byPoint[point].count >= 3 ? median(byPoint[point]) ?? middle.center : middle.center
      let kept = byPoint[point].filter { abs($0 - center) <= 3.5 * middle.spread }
      setAside += byPoint[point].count - kept.count
      byPoint[point] = kept
    }

    let kindSums = Self.sums(of: byPoint, kinds)
    let all = kindSums.values.reduce(into: (count: 0.0, sum: 0.0)) {
      $0.count += $1.count
      $0.sum += $1.sum
    }
    let overall = all.count > 0 ? all.sum / all.count : assumed
    func mean(ofKind kind: PointKind) -> Double {
      let known = kindSums[kind] ?? (0, 0)
      return (known.sum + Self.shrinkage * overall) / (known.count + Self.shrinkage)
    }
    let kindMeans = Dictionary(uniqueKeysWithValues: PointKind.allCases.map { ($0, mean(ofKind: $0)) })
    let kindVariabilities = Self.variabilities(of: byPoint, kinds)

    seconds = []
    variabilities = []
    comparedWithKind = []
    observations = byPoint.map(\.count)
    self.setAside = setAside
    for (point, logs) in byPoint.enumerated() {
      let kind = kinds[point]
      let values = logs.map { exp($0) }
      let sum = values.reduce(0, +)
      let count = Double(values.count)
      seconds.append(
        (sum + Self.shrinkage * (kindMeans[kind] ?? overall)) / (count + Self.shrinkage))
      variabilities.append(
        values.count >= Self.enoughForVariability
          ? Self.variability(of: values) : kindVariabilities[kind] ?? assumedVariability)
      comparedWithKind.append(
        values.count < 3 ? nil : Self.comparison(logs, with: middles[kind]))
    }
  }

  private static func sums(
    of byPoint: [[Double]], _ kinds: [PointKind]
  ) -> [PointKind: (count: Double, sum: Double)] {
    var sums: [PointKind: (count: Double, sum: Double)] = [:]
    for (point, logs) in byPoint.enumerated() {
      for value in logs {
        sums[kinds[point], default: (0, 0)].count += 1
        sums[kinds[point], default: (0, 0)].sum += exp(value)
      }
    }
    return sums
  }

  /// Variance ÷ squared mean of at least two values.
  private static func variability(of values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return squares / Double(values.count - 1) / (mean * mean)
  }

  /// The variability within the points of each kind, pooled, where enough is known.
  private static func variabilities(of byPoint: [[Double]], _ kinds: [PointKind]) -> [PointKind: Double] {
    var pooled: [PointKind: (freedom: Int, sum: Double)] = [:]
    for (point, logs) in byPoint.enumerated() where logs.count > 1 {
      let values = logs.map { exp($0) }
      pooled[kinds[point], default: (0, 0)].freedom += values.count - 1
      pooled[kinds[point], default: (0, 0)].sum += variability(of: values) * Double(values.count - 1)
    }
    return pooled.filter { $0.value.freedom >= enoughForVariability }.mapValues {
      $0.sum / Double($0.freedom)
    }
  }

  /// The geometric mean beside the kind's middle; the standard error is that of the kind's spread, which is better known
  /// than the point's own.
  private static func comparison(
    _ logs: [Double], with middle: (center: Double, spread: Double)?
  ) -> (ratio: Double, atLeast: Double)? {
    guard let middle else { return nil }
    let difference = logs.reduce(0, +) / Double(logs.count) - middle.center
    let error = middle.spread / Double(logs.count).squareRoot()
    return (exp(difference), exp(difference - 1.645 * error))
  }
}
