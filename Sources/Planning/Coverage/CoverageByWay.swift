/// Who is served by one kind of point alone, or by one way to pay alone.
///
/// A village may have a committee that takes cards and no shop that takes cash: one figure for all hides it.
public struct CoverageByWay: Sendable {
  /// One line.
  public struct Line<Way: Sendable>: Sendable {
    /// The kind of point, or the way to pay.
    public let way: Way
    /// Points that count.
    public let points: Int
    /// Everybody, judged as if only these points were there.
    public let population: CoverageSummary.Population
  }

  /// By kind, of those that some counting point has.
  public let kinds: [Line<PointKind>]
  /// By way to pay, of those that some counting point accepts. A point whose ways are not known counts for none.
  public let methods: [Line<PaymentMethods>]
}

/// Who is served by each kind of point alone, and by each way to pay alone, as far as `options` count it.
///
/// - Complexity: that of `coverage` for each kind and way.
public func coverageByWay(of network: PaymentNetwork, _ options: CoverageOptions) -> CoverageByWay {
  var narrowed = options
  narrowed.breakdown = nil
  func line<Way>(_ way: Way) -> CoverageByWay.Line<Way>? {
    let answer = coverage(of: network, narrowed)
    let points = answer.counts.count { $0 }
    return points == 0 ? nil : .init(way: way, points: points, population: answer.summary.all)
  }
  var kinds: [CoverageByWay.Line<PointKind>] = []
  for kind in PointKind.allCases where options.kinds.isEmpty || options.kinds.contains(kind) {
    narrowed.kinds = [kind]
    if let line = line(kind) { kinds.append(line) }
  }
  narrowed.kinds = options.kinds
  var methods: [CoverageByWay.Line<PaymentMethods>] = []
  for method in PaymentMethods.all.map(\.method)
  where options.methods.isEmpty || options.methods.contains(method) {
    narrowed.methods = method
    if let line = line(method) { methods.append(line) }
  }
  return CoverageByWay(kinds: kinds, methods: methods)
}
