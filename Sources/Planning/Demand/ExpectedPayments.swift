import Foundation

/// What each point gets of the places' payments, with the derivatives by the model's coefficients.
struct ExpectedPayments {
  /// By point.
  private(set) var payments: [Double]
  /// By point and coefficient, row after row.
  private(set) var slopes: [Double]

  /// - Complexity: O(*e p*) for *e* entries and *p* parameters. Most derivatives of a weight are zero: an entry has those of
  ///   the decay, of its kind and of its counters, and only the mean of its row has all.
  init(_ model: ChoiceModel, reach: Reach, points: PointTable, demand: [Double]) {
    let size = model.parameterCount
    let weights = WeightSlopes(model, points: points, entryCount: reach.entryCount)
    var payments = [Double](repeating: 0, count: points.count)
    var slopes = [Double](repeating: 0, count: points.count * size)
    let most = (0..<reach.placeCount).reduce(1) { max($0, reach.row(of: $1).count) }
    reach.withRows { start, entries in
      payments.withUnsafeMutableBufferPointer { payments in
        slopes.withUnsafeMutableBufferPointer { slopes in
          withUnsafeTemporaryAllocation(of: SparseSlopes.self, capacity: most) { x in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: most + size) { room in
              let (parts, mean) = (room.baseAddress!, room.baseAddress! + most)
              for place in 0..<demand.count where demand[place] > 0 && start[place + 1] > start[place] {
                let first = start[place]
                let count = start[place + 1] - first
                var greatest = -Double.infinity
                for k in 0..<count {
                  (x.baseAddress! + k).initialize(to: weights.sparse(entries[first + k]))
                  greatest = max(greatest, x[k].logWeight)
                }
                var sum = 0.0
                for k in 0..<count {
                  let part = exp(x[k].logWeight - greatest)
                  (parts + k).initialize(to: part)
                  sum += part
                }
                for p in 0..<size { (mean + p).initialize(to: 0) }
                for k in 0..<count {
                  parts[k] /= sum
                  x[k].add(parts[k], to: mean, size: size)
                }
                for k in 0..<count {
                  let point = Int(entries[first + k].point)
                  let part = demand[place] * parts[k]
                  payments[point] += part
                  let row = slopes.baseAddress! + point * size
                  for p in 0..<size { row[p] -= part * mean[p] }
                  x[k].add(part, to: row, size: size)
                }
              }
            }
          }
        }
      }
    }
    self.payments = payments
    self.slopes = slopes
  }
}

/// The derivatives of the logarithm of a weight that are not zero.
struct SparseSlopes {
  var logWeight: Double
  /// By the decay's parameters; the second is 0 where there is none.
  var first: Double
  var second: Double
  /// The position of the kind's attraction, whose derivative is 1; -1 where it has none.
  var kind: Int
  /// By α, the last coefficient; 0 where counters do not matter.
  var counters: Double
  var hasSecond: Bool
  var usesCounters: Bool

  @inline(__always)
  func add(_ factor: Double, to sums: UnsafeMutablePointer<Double>, size: Int) {
    sums[0] += factor * first
    if hasSecond { sums[1] += factor * second }
    if kind >= 0 { sums[kind] += factor }
    if usesCounters { sums[size - 1] += factor * counters }
  }
}
