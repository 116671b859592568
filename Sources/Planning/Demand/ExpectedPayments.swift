import Foundation

/// What each point gets of the places' payments, with the derivatives by the model's coefficients.
struct ExpectedPayments {
  /// By point.
  private(set) var payments: [Double]
  /// By point and coefficient, row after row.
  private(set) var slopes: [Double]

  /// - Complexity: O(*e p*) for *e* entries and *p* parameters.
  init(_ model: ChoiceModel, reach: Reach, points: PointTable, demand: [Double]) {
    let size = model.parameterCount
    let weightSlopes = WeightSlopes(model, points: points)
    var payments = [Double](repeating: 0, count: points.count)
    var slopes = [Double](repeating: 0, count: points.count * size)
    var most = 1
    for place in 0..<reach.placeCount { most = max(most, reach[place].count) }
    var x = [Double](repeating: 0, count: most * size)
    var parts = [Double](repeating: 0, count: most)
    var mean = [Double](repeating: 0, count: size)
    reach.withRows { start, entries in
      x.withUnsafeMutableBufferPointer { x in
        for place in 0..<demand.count where demand[place] > 0 && start[place + 1] > start[place] {
          let row = start[place]..<start[place + 1]
          var greatest = -Double.infinity
          for (k, i) in row.enumerated() {
            parts[k] = weightSlopes.write(entries[i], into: x.baseAddress! + k * size).value
            greatest = max(greatest, parts[k])
          }
          var sum = 0.0
          for k in 0..<row.count {
            parts[k] = exp(parts[k] - greatest)
            sum += parts[k]
          }
          for p in 0..<size { mean[p] = 0 }
          for k in 0..<row.count {
            parts[k] /= sum
            for p in 0..<size { mean[p] += parts[k] * x[k * size + p] }
          }
          for (k, i) in row.enumerated() {
            let point = Int(entries[i].point)
            let part = demand[place] * parts[k]
            payments[point] += part
            for p in 0..<size { slopes[point * size + p] += part * (x[k * size + p] - mean[p]) }
          }
        }
      }
    }
    self.payments = payments
    self.slopes = slopes
  }
}
