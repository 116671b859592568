import Foundation

/// How likely the points' monthly totals are under a choice model, where nobody was asked who pays where.
///
/// The payments of point j are Poisson about λ·Σ_i D_i·P_ij, with the scale λ always at its best: so only how payments divide
/// among the points speaks, which says little of single parameters. Variances above Poisson's divide the likelihood by
/// their ratio (quasi-likelihood, Wedderburn 1974).
struct VolumeLikelihood {
  let reach: Reach
  let points: PointTable
  /// Payments of each place in a month, before any scale.
  let demand: [Double]
  /// Payments of each point in a usual month; `nil` where not known: the point draws, but is not compared.
  let observed: [Double?]
  /// Variance ÷ mean.
  var dispersion = 1.0

  /// Expected payments at each point, before the scale, with their derivatives, row after row.
  private func expected(_ model: ChoiceModel) -> (payments: [Double], slopes: [Double]) {
    let expected = ExpectedPayments(model, reach: reach, points: points, demand: demand)
    return (expected.payments, expected.slopes)
  }

  /// The points compared: with known volumes, and within reach of somebody.
  private func compared(_ expected: [Double]) -> [Int] {
    expected.indices.filter { observed[$0] != nil && expected[$0] > 1e-9 }
  }

  /// The log-likelihood with slope and expected information (Fisher scoring), and the points' scores where asked for.
  func likelihood(_ model: ChoiceModel, scores: (([Double]) -> Void)? = nil) -> Likelihood {
    let size = model.parameterCount
    let (payments, slopes) = expected(model)
    let used = compared(payments)
    let (taken, total) = used.reduce((0.0, 0.0)) { ($0.0 + (observed[$1] ?? 0), $0.1 + payments[$1]) }
    var likelihood = Likelihood(size: size)
    guard taken > 0, total > 0 else { return likelihood }
    let scale = taken / total
    var mean = [Double](repeating: 0, count: size)
    for point in used {
      for p in 0..<size { mean[p] += slopes[point * size + p] / total }
    }
    var score = [Double](repeating: 0, count: size)
    for point in used {
      let (seen, due) = (observed[point] ?? 0, payments[point])
      likelihood.value += (seen * log(due / total)) / dispersion
      for p in 0..<size {
        let slope = slopes[point * size + p] / due - mean[p]
        score[p] = (seen - scale * due) * slope / dispersion
        likelihood.gradient[p] += score[p]
        for q in 0..<size {
          likelihood.information[p * size + q] +=
            scale * due * slope * (slopes[point * size + q] / due - mean[q]) / dispersion
        }
      }
      scores?(score)
    }
    return likelihood
  }

  /// Pearson's estimate of variance ÷ mean, at least 1, and how many points it rests on.
  func dispersion(under model: ChoiceModel) -> (ratio: Double, points: Int) {
    let payments = expected(model).payments
    let used = compared(payments)
    let (taken, total) = used.reduce((0.0, 0.0)) { ($0.0 + (observed[$1] ?? 0), $0.1 + payments[$1]) }
    let freedom = used.count - model.parameterCount - 1
    guard taken > 0, total > 0, freedom > 0 else { return (1, used.count) }
    let scale = taken / total
    let chi = used.reduce(0.0) {
      let residual = (observed[$1] ?? 0) - scale * payments[$1]
      return $0 + residual * residual / (scale * payments[$1])
    }
    return (max(1, chi / Double(freedom)), used.count)
  }
}
