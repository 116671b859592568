extension IncrementalCoverage {
  /// The figures of the whole network as it is now: `coverage(of:_:).summary` of the changed network.
  ///
  /// - Complexity: O(*s* + *t*) for *s* different seconds on the way and *t* townships.
  public var summary: CoverageSummary { tallies.summary(knowsEffective: knowsEffective) }

  /// The breakdown as it is now, in ascending order of the keys; empty where none was asked for.
  ///
  /// - Complexity: that of `summary` a line; O(*m*) for *m* places where there are more than 64 lines.
  public var lines: [Coverage.Line] {
    tallies.lines(knowsEffective: knowsEffective, standings: steps.standings) {
      figures(of: $0, verdicts[$0])
    }
  }

  /// Who is not served for a reason.
  ///
  /// - Complexity: O(1).
  public func unserved(_ reason: UnservedReason) -> Group { unserved[Int(reason.rawValue) - 1] }

  /// Whether place `i` is served.
  ///
  /// - Complexity: O(1).
  public func isServed(_ i: Int) -> Bool { verdicts[i].isServed }

  /// The whole answer as it is now: `coverage(of:_:)` of the changed network, points called by their position in its table.
  ///
  /// - Complexity: O(*m* + *n*) for *m* places and *n* points.
  public var coverage: Coverage {
    var answer = Coverage(options: options)
    answer.summary = summary
    answer.lines = lines
    answer.villageLevels = steps.levels
    answer.isServed = verdicts.map(\.isServed)
    answer.nearestPoints = verdicts.map { verdict in
      verdict.nearest < 0 ? -1 : Int32(order.position(of: verdict.nearest))
    }
    answer.seconds = verdicts.map(\.seconds)
    answer.meters = verdicts.map(\.meters)
    answer.reasons = verdicts.map(\.reason)
    let numbers = order.numbers
    answer.counts = numbers.map { memberships[Int($0)] & 1 > 0 }
    if options.moment != nil { answer.assumedOpen = unknownHours }
    if let ways {
      answer.offRoads = ways.offRoads(network.places, options.standard)
      answer.pointsOffRoads = numbers.indices.filter {
        answer.counts[$0] && ways.isOffRoads(point: Int(numbers[$0]))
      }
    }
    return answer
  }

  /// The figures if each of the points closed alone, in their order: the n-1 table.
  ///
  ///     let table = scenario.summaries(closingEachOf: Array(0..<755))
  ///     table[7].all.customers.served - scenario.summary.all.customers.served  // customers lost with point 7
  ///
  /// - Complexity: that of closing a point, of `summary` and of `undo`, for each.
  public func summaries(closingEachOf points: [Int]) -> [CoverageSummary] {
    var copy = self
    return points.map { point in
      copy.close(point)
      defer { copy.undo() }
      return copy.summary
    }
  }

  private var knowsEffective: Bool { effectiveSet != nil && knownHours > 0 }
}

extension Coverage: Equatable {
  /// Whether two answers are the same in everything.
  public static func == (a: Coverage, b: Coverage) -> Bool {
    guard a.options == b.options, a.summary == b.summary, a.lines == b.lines, a.isServed == b.isServed,
      a.nearestPoints == b.nearestPoints, a.seconds == b.seconds, a.meters == b.meters
    else { return false }
    return a.reasons == b.reasons && a.offRoads.elementsEqual(b.offRoads, by: ==) && a.waits == b.waits
      && a.villageLevels == b.villageLevels && a.pointsOffRoads == b.pointsOffRoads && a.counts == b.counts
      && a.assumedOpen == b.assumedOpen
  }
}
