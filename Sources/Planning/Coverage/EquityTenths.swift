/// Customers in ten groups of equal size, from the tenth with the shortest way to the nearest point that counts to the one with
/// the longest: who is left behind, and how far.
///
///     let tenths = EquityTenths(of: network, coverage)
///     tenths?.tenths[9].meanSeconds  // the mean of the worst-served tenth (CVaR90)
///
/// A Lorenz curve in ten steps (Lorenz 1905, Publications of the American Statistical Association 9), as it is used for transport
/// by Delbosc and Currie 2011, Journal of Transport Geography 19; the last step is the conditional value at risk at 90 %
/// (Rockafellar and Uryasev 2000, Journal of Risk 2). A place whose customers belong to two tenths is divided. Places
/// that reach no point are left out: their way has no length.
public struct EquityTenths: Hashable, Sendable {
  /// A tenth of the customers. Sums are whole: in tenths of a customer, so that ten parts of any number come out even.
  public struct Tenth: Hashable, Sendable {
    /// Tenths of customers; one tenth of all.
    public fileprivate(set) var weight = 0
    /// Those of them who are served.
    public fileprivate(set) var served = 0
    /// Those of them who live in the country.
    public fileprivate(set) var rural = 0
    /// Tenths of customers times seconds.
    fileprivate var seconds = 0
    /// Tenths of customers times meters.
    fileprivate var meters = 0
    /// The longest way, in whole seconds.
    public fileprivate(set) var longestSeconds = 0
    /// Elderly customers, and the tenths of customers of whom that is known.
    fileprivate var elderly = 0.0
    fileprivate var known = 0

    /// The mean way, in seconds.
    public var meanSeconds: Double { Double(seconds) / Double(weight) }
    /// The mean way, in meters as `Coverage.meters` has them.
    public var meanMeters: Double { Double(meters) / Double(weight) }
    /// The share served.
    public var servedShare: Double { Double(served) / Double(weight) }
    /// The share that lives in the country.
    public var ruralShare: Double { Double(rural) / Double(weight) }
    /// The share of the elderly among those of whom it is known; `nil` where it is not.
    public var elderlyShare: Double? { known == 0 ? nil : elderly / Double(known) }
  }

  /// The ten, the shortest ways first.
  public let tenths: [Tenth]
  /// Customers of places that reach no point.
  public let unreachedCustomers: Int

  /// Divides the customers; `nil` where nobody reaches a point, or where the sums would be beyond all numbers.
  ///
  /// - Precondition: the coverage is of the network.
  /// - Complexity: O(*n* log *n*).
  public init?(of network: PaymentNetwork, _ coverage: Coverage) {
    let places = network.places
    precondition(coverage.seconds.count == places.count, "the coverage must be that of the network")
    var reached: [Int] = []
    var (total, unreached) = (0, 0)
    for i in 0..<places.count where places.customers[i] > 0 {
      if coverage.nearestPoints[i] < 0 {
        unreached += places.customers[i]
      } else {
        reached.append(i)
        total += places.customers[i]
      }
    }
    // A weight times a way of 2³¹ seconds must stay a whole number.
    guard total > 0, total < 4_000_000_000 else { return nil }
    reached.sort { (coverage.seconds[$0], $0) < (coverage.seconds[$1], $1) }
    var tenths = [Tenth](repeating: Tenth(), count: 10)
    var current = 0
    for i in reached {
      var left = 10 * places.customers[i]
      let seconds = Int(coverage.seconds[i])
      let elderly = places.elderlyShares[i]
      while left > 0 {
        let part = min(left, total - tenths[current].weight)
        tenths[current].weight += part
        tenths[current].seconds += part * seconds
        tenths[current].meters += part * Int(coverage.meters[i])
        tenths[current].longestSeconds = seconds
        if coverage.isServed[i] { tenths[current].served += part }
        if places.settings[i] == .village { tenths[current].rural += part }
        if !elderly.isNaN {
          tenths[current].known += part
          tenths[current].elderly += elderly * Double(part)
        }
        left -= part
        if tenths[current].weight == total, current < 9 { current += 1 }
      }
    }
    self.tenths = tenths
    unreachedCustomers = unreached
  }
}
