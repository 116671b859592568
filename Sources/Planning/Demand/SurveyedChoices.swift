import Foundation

/// Who said where they pay, as the likelihood of a choice model reads it.
///
/// Answers of one place share a choice set and are counted together. An answer that names a point outside the set is set
/// aside: under a multinomial choice, what is left is a sample of choices within the set, and the estimates stay
/// consistent (McFadden 1978).
struct SurveyedChoices {
  /// Counts of the answers of one place.
  struct Row {
    let place: Int
    /// The administrative village, as a position in the place table's villages.
    let village: Int32
    /// How many chose each of the points within reach, in the order of the reach's row.
    let chosen: [Int]
  }

  private(set) var rows: [Row] = []
  /// Answers that are used.
  private(set) var used = 0
  /// Answers, as positions in the survey table, that name a point outside the place's choice set.
  private(set) var outOfReach: [Int] = []

  init(_ surveys: DistanceSurveyTable, places: PlaceTable, reach: Reach) {
    var answers: [Int: [Int: Int]] = [:]
    for answer in 0..<surveys.count {
      let place = Int(surveys.places[answer])
      guard let slot = reach[place].firstIndex(where: { $0.point == surveys.points[answer] }) else {
        outOfReach.append(answer)
        continue
      }
      answers[place, default: [:]][slot - reach[place].startIndex, default: 0] += 1
      used += 1
    }
    rows = answers.keys.sorted().map { place in
      var chosen = [Int](repeating: 0, count: reach[place].count)
      for (slot, count) in answers[place]! { chosen[slot] = count }
      return Row(place: place, village: places.villages[place], chosen: chosen)
    }
  }

  /// How many villages answered.
  var villageCount: Int { Set(rows.map(\.village)).count }

  /// The log-likelihood of the answers with slope and observed information; the scores of each village where `scores` asks for
  /// them, in ascending order of the villages.
  ///
  /// - Complexity: O(*e p*²) for *e* entries in the choice sets and *p* parameters.
  func likelihood(
    _ model: ChoiceModel, reach: Reach, points: PointTable,
    scores: ((_ village: Int32, [Double]) -> Void)? = nil
  ) -> Likelihood {
    let size = model.parameterCount
    let slopes = WeightSlopes(model, points: points)
    var likelihood = Likelihood(size: size)
    let most = rows.reduce(0) { max($0, $1.chosen.count) }
    var x = [Double](repeating: 0, count: most * size)
    var decays = [LogDecay](repeating: .init(value: 0, d0: 0, d1: 0, d00: 0, d01: 0, d11: 0), count: most)
    var mean = [Double](repeating: 0, count: size)
    var score = [Double](repeating: 0, count: size)
    for row in rows {
      let entries = reach[row.place]
      let answers = Double(row.chosen.reduce(0, +))
      var greatest = -Double.infinity
      x.withUnsafeMutableBufferPointer { x in
        for (k, entry) in entries.enumerated() {
          decays[k] = slopes.write(entry, into: x.baseAddress! + k * size)
          greatest = max(greatest, decays[k].value)
        }
      }
      var sum = 0.0
      for k in 0..<entries.count { sum += exp(decays[k].value - greatest) }
      let logSum = greatest + log(sum)
      for p in 0..<size {
        mean[p] = 0
        score[p] = 0
      }
      for k in 0..<entries.count {
        let share = exp(decays[k].value - logSum)
        for p in 0..<size { mean[p] += share * x[k * size + p] }
      }
      for k in 0..<entries.count {
        let decay = decays[k]
        let share = exp(decay.value - logSum)
        let surplus = Double(row.chosen[k]) - answers * share
        if row.chosen[k] > 0 { likelihood.value += Double(row.chosen[k]) * (decay.value - logSum) }
        for p in 0..<size {
          let deviation = x[k * size + p] - mean[p]
          score[p] += Double(row.chosen[k]) * deviation
          let part = answers * share * deviation
          for q in 0..<size { likelihood.information[p * size + q] += part * (x[k * size + q] - mean[q]) }
        }
        likelihood.information[0] -= surplus * decay.d00
        if model.decay.parameterCount > 1 {
          likelihood.information[1] -= surplus * decay.d01
          likelihood.information[size] -= surplus * decay.d01
          likelihood.information[size + 1] -= surplus * decay.d11
        }
      }
      for p in 0..<size { likelihood.gradient[p] += score[p] }
      scores?(row.village, score)
    }
    return likelihood
  }
}
