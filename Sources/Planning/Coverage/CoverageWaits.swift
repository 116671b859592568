/// What waiting and handling at the points do to the answer: the way there and back is then not all that must fit the limit.
///
/// The place is served where the way to some point, its wait and its handling together take at most the limit; that point
/// need not be the nearest.
public struct CoverageWaits: Hashable, Sendable {
  /// By point, whole seconds that count besides the way.
  public var delaySeconds: [Int32]
  /// By place, the point where people are done first, as a position in the point table; -1 where none is reached.
  public var points: [Int32] = []
  /// By place, whole seconds until they are: the way, the wait and the handling; 0 where none.
  public var seconds: [Int32] = []
  /// Places and customers served if nobody had to wait.
  public var withoutWaiting = CoverageSummary.Population()
  /// The seconds until people are done, weighted as the answer is.
  public var distribution = CoverageSummary.Distribution()

  init(delaySeconds: [Int32]) { self.delaySeconds = delaySeconds }
}

extension CoverageWaits {
  /// Notes of every place what a judge that knows the delays says.
  mutating func fill(_ judge: Judge, _ places: PlaceTable, weight: CoverageOptions.Weight) {
    guard let done = judge.done else { return }
    var weighted = WeightedHistogram()
    for i in 0..<places.count {
      let first = done[i].first
      points.append(first?.point ?? -1)
      seconds.append(first?.seconds ?? 0)
      if let first {
        weighted.add(Int(first.seconds), weight: places.weight(of: i, by: weight))
      }
      let isServed = judge.verdictWithoutWaiting(on: i).isServed
      withoutWaiting.places.add(1, isServed: isServed)
      withoutWaiting.customers.add(places.customers[i], isServed: isServed)
    }
    distribution = weighted.distribution
  }
}
