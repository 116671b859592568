import Travel

/// The factors of one kind, of groups and of their cells, from pairs of numbers.
struct FactorEstimates {
  /// The groups' factors, in order.
  var groups: [Calibration.Factor] = []
  /// The cells' factors: by mode, then by terrain.
  var cells: [Calibration.Factor] = []
  /// The rows that cells rejected as gross, ascending within a cell.
  var rejectedRows: [Int32] = []
  /// The pairs of each group, and which of them are not gross.
  var samples: [(sample: RatioSample, kept: Range<Int>)] = []

  /// A cell: a mode over a terrain.
  typealias Cell = (mode: TravelMode, terrain: Terrain)
  /// All cells, in the order of their columns.
  static let all: [Cell] = TravelMode.allCases.flatMap { mode in Terrain.allCases.map { (mode, $0) } }

  /// The position of a cell in `all`.
  static func position(of mode: TravelMode, _ terrain: Terrain) -> Int {
    let modes: Int =
      switch mode {
      case .walk: 0
      case .ebike: 1
      case .car: 2
      }
    return Terrain.allCases.count * modes + Int(terrain.rawValue)
  }

  /// What the cells of a kind of factor have in common.
  struct Kind {
    /// The first number of this kind's chance.
    var question: Int
    /// What of the pairs people told.
    var told: RatioEstimate.Told
    /// Whether cells are grouped by terrain, over all modes; otherwise by mode, over all terrains.
    var groupsByTerrain: Bool
    /// What holds without a survey.
    var standard: (Cell) -> Double
    /// What a factor can be.
    var plausible: (TravelMode?) -> ClosedRange<Double>
  }

  /// Estimates the factor of each group, then of each cell with its group as what is known otherwise.
  ///
  /// - Parameter pairs: those of each cell, in the order of `all`.
  /// - Complexity: O(draws · *n*) up to 10,000 pairs a cell, then O(*n* log *n*).
  init(_ pairs: [[RatioSample.Pair]], _ kind: Kind, _ options: CalibrationOptions) {
    for group in 0..<3 {
      let members = Self.all.indices.filter {
        kind.groupsByTerrain ? $0 % 3 == group : $0 / 3 == group
      }
      let mode = kind.groupsByTerrain ? nil : TravelMode.allCases[group]
      let terrain = kind.groupsByTerrain ? Terrain.allCases[group] : nil
      let standard = kind.standard(Self.all[members[0]])
      let sample = RatioSample(members.flatMap { pairs[$0] })
      let estimate = RatioEstimate(
        sample, told: kind.told, prior: standard, draws: options.draws,
        numbers: SeededNumbers(seed: options.seed, question: kind.question + group))
      groups.append(
        Calibration.Factor(mode, terrain, estimate, standard, borrowed: nil, kind.plausible(mode)))
      let once = [Int32](repeating: 1, count: sample.count)
      let kept = once.withUnsafeBufferPointer {
        sample.count == 0 ? 0..<0 : RobustRatio.kept(sample, $0, total: sample.count)
      }
      samples.append((sample, kept))
    }
    for (position, cell) in Self.all.enumerated() {
      let group = groups[kind.groupsByTerrain ? position % 3 : position / 3]
      let estimate = RatioEstimate(
        RatioSample(pairs[position]), told: kind.told, prior: group.value, draws: options.draws,
        numbers: SeededNumbers(seed: options.seed, question: kind.question + 3 + position))
      cells.append(
        Calibration.Factor(
          cell.mode, cell.terrain, estimate, kind.standard(cell),
          borrowed: group.answers > 0 && group.method != .refused ? group.value : nil,
          kind.plausible(cell.mode)))
      rejectedRows += estimate?.rejectedRows ?? []
    }
  }
}

extension Calibration.Factor {
  /// What becomes of an estimate: used where it can be.
  fileprivate init(
    _ mode: TravelMode?, _ terrain: Terrain?, _ estimate: RatioEstimate?, _ standard: Double,
    borrowed: Double?,
    _ plausible: ClosedRange<Double>
  ) {
    self.init(mode: mode, terrain: terrain, value: standard, standard: standard, method: .standard)
    guard let estimate else {
      if let borrowed { (value, method) = (borrowed, .borrowed) }
      return
    }
    self.estimate = tenThousandths(estimate.ratio)
    interval = estimate.interval.map { tenThousandths($0.lowerBound)...tenThousandths($0.upperBound) }
    answers = estimate.count
    rejected = estimate.rejectedRows.count
    guard plausible.contains(estimate.value) else {
      method = .refused
      return
    }
    value = tenThousandths(estimate.value)
    switch estimate.method {
    case .median: method = .shrunkMedian
    case .ratioOfSums: method = .ratioOfSums
    case .roundedMinutes: method = .roundedMinutes
    }
  }
}

/// The number to four decimals, so that the last bits of a machine's library show nowhere.
func tenThousandths(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
