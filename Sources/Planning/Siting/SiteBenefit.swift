/// Who gains by a site of a plan, or by the whole plan.
///
///     let gains = proposal.benefits(in: network)
///     gains[0].newlyServed.customers   // 915
///     gains[0].meanSecondsSaved        // 312, over all whose nearest point the first site becomes
public struct SiteBenefit: Hashable, Sendable {
  /// Places and who lives there.
  public struct Group: Hashable, Sendable {
    /// How many places.
    public var places = 0
    /// Their customers.
    public var customers = 0
    /// The elderly among these, rounded to the nearest in each place; `nil` where no place of the group states their share.
    public var elderly: Int?

    /// Nobody.
    public init() {}

    mutating func add(_ place: Int, of table: PlaceTable) {
      places += 1
      customers =
        customers.addingReportingOverflow(table.customers[place]).overflow
        ? .max : customers + table.customers[place]
      guard !table.elderlyShares[place].isNaN else { return }
      let more = (elderly ?? 0).addingReportingOverflow(table.weight(of: place, by: .elderly))
      elderly = more.overflow ? .max : more.partialValue
    }
  }

  /// Those who are served by this site, and by none before it in the plan nor today.
  public var newlyServed = Group()
  /// Those whose nearest point becomes this site once the whole plan is open, and who had a point to go to before.
  public var nearer = Group()
  /// Those whose nearest point becomes this site, and who reached no point before.
  public var firstReached = Group()
  /// Of `nearer`, the seconds by which the way to the nearest point shrinks, times customers, added up.
  public var customerSecondsSaved = 0

  /// Of `nearer`, the seconds by which a customer's way shrinks, to the nearest whole; `nil` where there is no customer.
  public var meanSecondsSaved: Int? {
    guard nearer.customers > 0 else { return nil }
    return Int((Double(customerSecondsSaved) / Double(nearer.customers)).rounded())
  }

  /// Nobody.
  public init() {}
}

extension SiteProposal {
  /// Who gains by each chosen site, in the order of `chosen`.
  ///
  /// Seconds are those of `coverage` before and after; a place belongs to the site that is its nearest point after.
  ///
  /// - Parameter network: the one that was asked, before anything is opened.
  /// - Complexity: O(places).
  public func benefits(in network: PaymentNetwork) -> [SiteBenefit] {
    var benefits = [SiteBenefit](repeating: SiteBenefit(), count: chosen.count)
    for (order, one) in chosen.enumerated() {
      for place in one.newlyServed { benefits[order].newlyServed.add(place, of: network.places) }
    }
    forEachNearer(in: network) { order, place in benefits[order].count(place, before, after, network.places) }
    return benefits
  }

  /// Who gains by the whole plan.
  ///
  /// - Complexity: O(places).
  public func benefit(in network: PaymentNetwork) -> SiteBenefit {
    var benefit = SiteBenefit()
    for one in chosen {
      for place in one.newlyServed { benefit.newlyServed.add(place, of: network.places) }
    }
    forEachNearer(in: network) { _, place in benefit.count(place, before, after, network.places) }
    return benefit
  }

  /// The places whose nearest point is one of the sites, with the site's order.
  private func forEachNearer(in network: PaymentNetwork, _ body: (_ order: Int, _ place: Int) -> Void) {
    for place in 0..<network.places.count {
      let order = Int(after.nearestPoints[place]) - network.points.count
      if chosen.indices.contains(order) { body(order, place) }
    }
  }

  /// What a customer who gets served costs, in fen to the nearest whole; `nil` where the cost is not known or nobody gains.
  ///
  /// - Parameter order: a position in `chosen`.
  public func costPerCustomerFen(_ order: Int, _ benefit: SiteBenefit) -> Int? {
    let site = chosen[order].site
    guard question.costsFen.indices.contains(site), let cost = question.costsFen[site] else { return nil }
    return fen(cost, perCustomers: benefit.newlyServed.customers)
  }
}

/// A cost divided among customers, to the nearest fen; `nil` where there are none.
public func fen(_ cost: Int, perCustomers customers: Int) -> Int? {
  guard customers > 0 else { return nil }
  let (each, rest) = cost.quotientAndRemainder(dividingBy: customers)
  return rest >= customers - rest ? each + 1 : each
}

extension SiteBenefit {
  fileprivate mutating func count(_ place: Int, _ before: Coverage, _ after: Coverage, _ places: PlaceTable) {
    guard before.nearestPoints[place] >= 0 else {
      firstReached.add(place, of: places)
      return
    }
    nearer.add(place, of: places)
    let saved = Int(before.seconds[place]) - Int(after.seconds[place])
    let product = saved.multipliedReportingOverflow(by: places.customers[place])
    let sum = customerSecondsSaved.addingReportingOverflow(product.partialValue)
    customerSecondsSaved = product.overflow || sum.overflow ? .max : sum.partialValue
  }
}
