/// How often customers come to pay in person, and so how many payments a place makes at a counter each month.
///
/// Payments = customers × [(1 − φ)·f₁·o₁ + φ·f₂·o₂], rounded to the nearest whole payment, where φ is the share of
/// customers on fee control. The defaults are the planning assumptions of the Jiyuan example; none is a rule.
public struct InPersonPayments: Hashable, Sendable {
  /// f₁: bills of a customer without fee control, per month.
  public var billsPerMonth = 1.0
  /// f₂: top-ups of a customer on fee control, per month.
  public var topUpsPerMonth = 0.33
  /// o₁: the share of bills paid in person, where the place's online share is not known.
  public var inPersonShareOfBills = 0.7
  /// o₂: the share of top-ups made in person, where the place's online share is not known.
  public var inPersonShareOfTopUps = 0.6

  /// φ everywhere instead of each place's own, as after a roll-out; `nil` for each place's own.
  public var feeControlShare: Double?

  /// The default assumptions.
  public init() {}

  /// The payments of one place in a month.
  ///
  /// - Parameters:
  ///   - customers: how many customers it has.
  ///   - feeControlShare: φ; NaN where not known, taken as 0.
  ///   - onlineShare: the share who pay online, which sets o₁ = o₂ = 1 − share; NaN where not known.
  public func perMonth(customers: Int, feeControlShare: Double, onlineShare: Double) -> Int {
    let payments = Double(customers) * perCustomer(feeControlShare: feeControlShare, onlineShare: onlineShare)
    // Nobody has more customers than whole numbers; a hundred bills for each could be more.
    return Int(min(payments, 9e18).rounded())
  }

  /// The payments of place `i` in a usual month, unrounded.
  ///
  /// - Complexity: O(1).
  public func perMonth(of places: PlaceTable, _ i: Int) -> Double {
    Double(places.customers[i])
      * perCustomer(feeControlShare: places.feeControlShares[i], onlineShare: places.onlineShares[i])
  }

  private func perCustomer(feeControlShare share: Double, onlineShare: Double) -> Double {
    let prepaid = feeControlShare ?? (share.isNaN ? 0 : share)
    let bills = onlineShare.isNaN ? inPersonShareOfBills : 1 - onlineShare
    let topUps = onlineShare.isNaN ? inPersonShareOfTopUps : 1 - onlineShare
    return (1 - prepaid) * billsPerMonth * bills + prepaid * topUpsPerMonth * topUps
  }
}

extension PlaceTable {
  /// What place `i` weighs.
  ///
  /// Customers; in-person payments a month; overdue money in fen (0 where not known); elderly customers, rounded to the
  /// nearest (0 where the share is not known).
  func weight(of i: Int, by weight: CoverageOptions.Weight) -> Int {
    switch weight {
    case .customers: customers[i]
    case .arrears: max(0, arrearsFen[i])
    case .elderly:
      elderlyShares[i].isNaN ? 0 : Int((Double(customers[i]) * elderlyShares[i]).rounded())
    case .payments:
      InPersonPayments().perMonth(
        customers: customers[i], feeControlShare: feeControlShares[i], onlineShare: onlineShares[i])
    }
  }
}
