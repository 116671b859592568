import Foundation

/// A network's answers and volumes, ready to be asked for the best parameters of any form of decay.
struct ChoiceQuestion {
  /// The best parameters of one form.
  struct Fit {
    var model: ChoiceModel
    var covariance: [Double]
    var logLikelihood: Double
    var dispersion: Double
    var comparedPoints: Int
    var isConverged: Bool

    var aic: Double { 2 * Double(model.parameterCount) - 2 * logLikelihood }
    /// Breaks ties in favor of the form that is tried last, the default.
    var order: Int { -(DecayForm.allCases.firstIndex(of: model.decay) ?? 0) }
  }

  let network: PaymentNetwork
  let reach: Reach
  let choices: SurveyedChoices
  let volumes: MonthlyVolumes
  let options: ChoiceOptions
  let evidence: ChoiceEstimate.Evidence
  /// What the volumes say; `nil` where they do not decide.
  let volumeLikelihood: VolumeLikelihood?

  init(
    network: PaymentNetwork, reach: Reach, choices: SurveyedChoices, volumes: MonthlyVolumes,
    options: ChoiceOptions, evidence: ChoiceEstimate.Evidence
  ) {
    self.network = network
    self.reach = reach
    self.choices = choices
    self.volumes = volumes
    self.options = options
    self.evidence = evidence
    guard evidence == .volumes else {
      volumeLikelihood = nil
      return
    }
    // A plan for fee control is not what the volumes came from.
    var payments = options.payments
    payments.feeControlShare = nil
    volumeLikelihood = VolumeLikelihood(
      volumes, of: network, reach: reach,
      demand: (0..<network.places.count).map { payments.perMonth(of: network.places, $0) },
      atMost: options.mostVolumes)
  }

  /// Robust errors need as many groups as this.
  private static let leastGroups = 30

  func fit(_ decay: DecayForm) -> Fit {
    let (reference, kinds) = estimatedKinds
    var model = ChoiceModel(
      decay: decay, reference: reference, kinds: kinds, usesCounters: options.usesCounters)
    switch evidence {
    case .assumptions:
      let empty = maximum(from: model.coefficients, prior: model.prior) { Likelihood(size: $0.count) }
      return Fit(
        model: model, covariance: empty.covariance, logLikelihood: 0, dispersion: 1, comparedPoints: 0,
        isConverged: true)
    case .surveys:
      let best = maximum(from: model.coefficients, prior: model.prior) {
        model.coefficients = $0
        return choices.likelihood(model, reach: reach, points: network.points)
      }
      model.coefficients = best.parameters
      var sums: [Int32: [Double]] = [:]
      _ = choices.likelihood(model, reach: reach, points: network.points) { village, score in
        sums[village, default: [Double](repeating: 0, count: score.count)].add(score)
      }
      let scores = sums.keys.sorted().map { sums[$0]! }
      return Fit(
        model: model, covariance: robust(best, scores, model.prior), logLikelihood: best.likelihood.value,
        dispersion: 1, comparedPoints: 0, isConverged: best.isConverged)
    case .volumes:
      guard var likelihood = volumeLikelihood else { preconditionFailure("volumes are expected") }
      // The dispersion is first Poisson's, then what the best parameters leave over.
      var best = maximum(from: model.coefficients, prior: model.prior) {
        model.coefficients = $0
        return likelihood.likelihood(model)
      }
      model.coefficients = best.parameters
      let (ratio, count) = likelihood.dispersion(under: model)
      likelihood.dispersion = ratio
      best = maximum(from: best.parameters, prior: model.prior) {
        model.coefficients = $0
        return likelihood.likelihood(model)
      }
      model.coefficients = best.parameters
      var scores: [[Double]] = []
      _ = likelihood.likelihood(model) { scores.append($0) }
      return Fit(
        model: model, covariance: robust(best, scores, model.prior), logLikelihood: best.likelihood.value,
        dispersion: ratio, comparedPoints: count, isConverged: best.isConverged)
    }
  }

  /// The kinds that can be told apart: those someone who answered, or anyone where volumes decide, has within reach. The
  /// reference is the village committee, else the most frequent of them.
  private var estimatedKinds: (reference: PointKind, kinds: [PointKind]) {
    var occurrences = [Int](repeating: 0, count: PointKind.allCases.count)
    func count(_ place: Int) {
      for entry in reach[place] { occurrences[Int(network.points.kinds[Int(entry.point)].rawValue)] += 1 }
    }
    switch evidence {
    case .surveys: for row in choices.rows { count(row.place) }
    case .volumes: for place in 0..<reach.placeCount { count(place) }
    case .assumptions: return (.villageCommittee, [])
    }
    let present = PointKind.allCases.filter { occurrences[Int($0.rawValue)] > 0 }
    let commonest = present.max { occurrences[Int($0.rawValue)] < occurrences[Int($1.rawValue)] }
    let reference = present.contains(.villageCommittee) ? .villageCommittee : commonest ?? .villageCommittee
    return (reference, present.filter { $0 != reference })
  }

  /// The sandwich H⁻¹ (Σ s s' g ÷ (g - 1) + Λ) H⁻¹ of Liang and Zeger (1986), s the groups' scores and Λ the prior's
  /// precision, which is no sample's and so does not vary; the inverse of the information where there are few groups.
  private func robust(_ best: LikelihoodMaximum, _ scores: [[Double]], _ prior: NormalPrior) -> [Double] {
    guard scores.count >= Self.leastGroups else { return best.covariance }
    let size = best.parameters.count
    let correction = Double(scores.count) / Double(scores.count - 1)
    var meat = [Double](repeating: 0, count: size * size)
    for score in scores {
      for p in 0..<size {
        for q in 0..<size { meat[p * size + q] += correction * score[p] * score[q] }
      }
    }
    for p in 0..<size { meat[p * size + p] += prior.precision(p) }
    return product(product(best.covariance, meat, size: size), best.covariance, size: size)
  }

  func parameters(of fit: Fit) -> [ChoiceEstimate.Parameter] {
    let model = fit.model
    return model.parameterNames.enumerated().map { i, name in
      let size = model.parameterCount
      let error = max(0, fit.covariance[i * size + i]).squareRoot()
      let isPower = model.usesCounters && i == size - 1
      // A logarithm beyond e^±30 says no more than "beyond any bound", and its power must stay finite.
      func shown(_ x: Double) -> Double { isPower ? x : exp(min(30, max(-30, x))) }
      let coefficient = model.coefficients[i]
      let kind =
        model.kinds.indices.contains(i - model.decay.parameterCount)
        ? model.kinds[i - model.decay.parameterCount] : nil
      let tally = evidence == .surveys ? kind.map(tally) : nil
      var weakness: ChoiceEstimate.Weakness?
      if let tally {
        if tally.chosen == 0 { weakness = .neverChosen }
        if tally.chosen == tally.withinReach { weakness = .alwaysChosen }
      }
      // Half the variance left is half the knowledge assumed.
      if weakness == nil, error * error * model.prior.precision(i) > 0.5 { weakness = .assumed }
      return ChoiceEstimate.Parameter(
        name: name, value: shown(coefficient), standardError: error,
        interval: shown(coefficient - 1.96 * error)...shown(coefficient + 1.96 * error),
        chosen: tally?.chosen, withinReach: tally?.withinReach, weakness: weakness)
    }
  }

  private func tally(of kind: PointKind) -> (chosen: Int, withinReach: Int) {
    var (chosen, within) = (0, 0)
    for row in choices.rows {
      let isOfKind = reach[row.place].map { network.points.kinds[Int($0.point)] == kind }
      if isOfKind.contains(true) { within += row.chosen.reduce(0, +) }
      for (count, isIt) in zip(row.chosen, isOfKind) where isIt { chosen += count }
    }
    return (chosen, within)
  }

  /// The profiles of the decay's parameters and of the strongest kind's attraction.
  func profiles(of fit: Fit) -> [LikelihoodProfile] {
    let size = fit.model.parameterCount
    let (first, kinds) = (fit.model.decay.parameterCount, fit.model.kinds.count)
    let strongest = (first..<first + kinds).max { fit.model.coefficients[$0] < fit.model.coefficients[$1] }
    let names = fit.model.parameterNames
    guard var likelihood = volumeLikelihood else { return [] }
    likelihood.dispersion = fit.dispersion
    return (Array(0..<first) + (strongest.map { [$0] } ?? [])).map { parameter in
      let free = (0..<size).filter { $0 != parameter }
      // Two standard errors either way, at least by a factor of 1.2, at most of 4.
      let error = max(0, fit.covariance[parameter * size + parameter]).squareRoot()
      let spread = min(log(4.0), max(log(1.2), 2 * error))
      var heights: [(value: Double, height: Double)] = []
      for half in [[0, 1, 2, 3, 4], [-1, -2, -3, -4]] {
        // Each slice starts where its neighbor ended.
        var start = fit.model.coefficients
        for number in half {
          start[parameter] = fit.model.coefficients[parameter] + spread * Double(number) / 4
          var model = fit.model
          let best = maximum(from: start, prior: model.prior, only: free, most: 12) {
            model.coefficients = $0
            return likelihood.likelihood(model)
          }
          start = best.parameters
          heights.append((exp(start[parameter]), best.likelihood.value - model.prior.penalty(start)))
        }
      }
      let top = heights.map(\.height).max() ?? 0
      return LikelihoodProfile(
        name: names[parameter],
        steps: heights.sorted { $0.value < $1.value }.map { .init(value: $0.value, drop: top - $0.height) })
    }
  }
}

extension [Double] {
  /// Adds another vector of the same length.
  mutating func add(_ other: [Double]) {
    for i in indices { self[i] += other[i] }
  }
}
