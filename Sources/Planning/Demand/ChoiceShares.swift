import Foundation
import Travel

/// The share of each place's payments that each point within reach gets.
///
///     let shares = ChoiceShares(of: model, reach: reach, points: network.points)
///     shares[12]  // one share for each of reach[12], which sum to 1
///
/// A place that reaches no point has no shares.
public struct ChoiceShares: Sendable {
  /// The points and times the shares belong to, entry by entry.
  public let reach: Reach
  /// The shares, in the order of the reach's entries.
  ///
  /// Single precision: a share is known to a per cent, not to eight digits, and a nation's take half the memory.
  public let values: [Float]
  /// By place, the sum of all weights within reach, as a logarithm; -infinity where there is none. A newcomer of weight w
  /// gets the share w ÷ (w + that sum).
  public let logSums: [Double]

  /// Shares out every place's payments.
  ///
  /// - Complexity: O(*e*) for *e* entries, on all cores, with 4 bytes of memory for each. The same bytes on any number of
  ///   threads.
  public init(of model: ChoiceModel, reach: Reach, points: PointTable) {
    precondition(reach.pointCount == points.count, "a reach of these points is expected")
    let attractions = (0..<points.count).map {
      model.logAttraction(of: points.kinds[$0], counters: Int(points.counters[$0]))
    }
    // Times are whole seconds: where there are more entries than seconds in two hours, look each second's decay up.
    let table = reach.entryCount > 7_200 ? (0..<Int32(7_200)).map { model.logDecay($0).value } : []
    var logSums = [Double](repeating: -.infinity, count: reach.placeCount)
    let values = reach.withRows { start, entries in
      [Float](unsafeUninitializedCapacity: entries.count) { values, count in
        nonisolated(unsafe) let values = values
        logSums.withUnsafeMutableBufferPointer { logSums in
          nonisolated(unsafe) let logSums = logSums
          inParallel(over: start.count - 1) { _, places in
            var logs: [Double] = []
            for place in places where start[place + 1] > start[place] {
              logs.removeAll(keepingCapacity: true)
              var greatest = -Double.infinity
              for i in start[place]..<start[place + 1] {
                let entry = entries[i]
                let second = Int(entry.seconds)
                let decay = second < table.count ? table[second] : model.logDecay(entry.seconds).value
                let weight = decay + attractions[Int(entry.point)]
                greatest = max(greatest, weight)
                logs.append(weight)
              }
              var sum = 0.0
              for k in logs.indices {
                logs[k] = exp(logs[k] - greatest)
                sum += logs[k]
              }
              logSums[place] = greatest + log(sum)
              for k in logs.indices {
                (values.baseAddress! + start[place] + k).initialize(to: Float(logs[k] / sum))
              }
            }
          }
        }
        count = entries.count
      }
    }
    self.reach = reach
    self.values = values
    self.logSums = logSums
  }

  /// The shares of place `i`'s payments, in the order of `reach[i]`; empty where it reaches no point.
  ///
  /// - Complexity: O(1).
  public subscript(place: Int) -> ArraySlice<Float> { values[reach.row(of: place)] }

  /// What each point gets when each place makes `demand` payments.
  ///
  /// - Complexity: O(*e*) for *e* entries.
  public func payments(of demand: [Double]) -> [Double] {
    precondition(demand.count == reach.placeCount, "one demand for each place is expected")
    var payments = [Double](repeating: 0, count: reach.pointCount)
    reach.withRows { start, entries in
      for place in 0..<demand.count where demand[place] > 0 {
        for i in start[place]..<start[place + 1] {
          payments[Int(entries[i].point)] += demand[place] * Double(values[i])
        }
      }
    }
    return payments
  }
}
