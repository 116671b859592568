import Planning
import Travel

/// How many customers take how long to the nearest point that counts, in bands of equal width.
struct TravelTimeBands: Hashable, Sendable {
  /// The customers of one band.
  struct Band: Hashable, Sendable {
    var town = 0
    var village = 0
    var all: Int { town + village }
  }

  /// Band `b` holds times above `b * widthSeconds` up to and with `(b + 1) * widthSeconds`, the first one also
  /// 0; the last one everything above.
  private(set) var bands: [Band]
  /// The width of a band.
  let widthSeconds: Int
  /// The customers of places that reach no point.
  private(set) var unreachable = Band()
  /// The town's limit.
  let limitSeconds: Int

  /// Where the bands end and "more" begins: three times the limit.
  static let bandsPerLimit = 5
  static let singleBands = 15

  /// Sorts customers into bands of a fifth of the town's limit, at least a second, so that the limit falls
  /// between two bands.
  ///
  /// - Complexity: O(*places*).
  init(of places: PlaceTable, coverage: Coverage) {
    limitSeconds = coverage.options.standard.townLimit.seconds
    widthSeconds = max(1, limitSeconds / Self.bandsPerLimit)
    bands = [Band](repeating: Band(), count: Self.singleBands + 1)
    for i in 0..<places.count {
      let seconds = Int(coverage.seconds[i])
      let band = min(Self.singleBands, max(0, (seconds - 1) / widthSeconds))
      switch (coverage.nearestPoints[i] < 0, places.settings[i]) {
      case (true, .town): unreachable.town += places.customers[i]
      case (true, .village): unreachable.village += places.customers[i]
      case (false, .town): bands[band].town += places.customers[i]
      case (false, .village): bands[band].village += places.customers[i]
      }
    }
  }

  /// The longest time of band `b`, in seconds; `nil` for the last one, which has no end.
  func upperSeconds(of b: Int) -> Int? { b == Self.singleBands ? nil : (b + 1) * widthSeconds }
}
