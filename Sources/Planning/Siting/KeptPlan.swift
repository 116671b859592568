public import Geo

/// A plan as it was kept, to be told to people: the figures are those of the day it was made.
public struct KeptPlan: Hashable, Sendable {
  /// A site to open.
  public struct Site: Hashable, Sendable {
    /// The id of the candidate.
    public var id: String
    /// Its name.
    public var name: String
    /// Where it is.
    public var position: Coordinate<WGS84>
    /// What it adds to the ones before it, in the plan's unit.
    public var gain: Int
    /// What it costs, in fen; `nil` where not known.
    public var costFen: Int?
    /// The ids of the places that are served by it and by none before it.
    public var newlyServed: [String]
    /// Their customers, and the elderly among them; `nil` where the plan does not say.
    public var customersGained: Int?, elderlyGained: Int?
    /// What it can expect; `nil` where nothing was known.
    public var forecast: PlanPromise.Forecast?

    /// Describes a site.
    public init(
      id: String, name: String, position: Coordinate<WGS84>, gain: Int, costFen: Int?, newlyServed: [String],
      customersGained: Int?, elderlyGained: Int?, forecast: PlanPromise.Forecast?
    ) {
      (self.id, self.name, self.position, self.gain, self.costFen) = (id, name, position, gain, costFen)
      (self.newlyServed, self.customersGained, self.elderlyGained) = (
        newlyServed, customersGained, elderlyGained
      )
      self.forecast = forecast
    }
  }

  /// How much a number of sites can serve.
  public struct CurvePoint: Hashable, Sendable {
    /// How many sites.
    public var sites: Int
    /// What a plan of so many serves, and what no plan of so many exceeds.
    public var value: Int, bound: Int

    /// Describes a number of sites.
    public init(sites: Int, value: Int, bound: Int) {
      (self.sites, self.value, self.bound) = (sites, value, bound)
    }
  }

  /// Another plan that is nearly as good.
  public struct Alternative: Hashable, Sendable {
    /// What it reaches, in the plan's unit.
    public var value: Double
    /// The ids of the plan's sites that it does without, and of those that it opens instead.
    public var without: [String], instead: [String]

    /// Describes an alternative.
    public init(value: Double, without: [String], instead: [String]) {
      (self.value, self.without, self.instead) = (value, without, instead)
    }
  }

  /// The name it is kept under.
  public var name: String
  /// The day, as `YYYY-MM-DD`; empty where not known.
  public var keptOn: String
  /// What it is to be good at, and what value and bound are counted in, by the words of the document.
  public var goal: String, unit: String
  /// What it reaches, or costs.
  public var value: Double
  /// What no plan betters.
  public var bound: Double
  /// Whether no plan is better.
  public var isProven: Bool
  /// How many candidates there were.
  public var candidates: Int
  /// Customers in all, and served before and after.
  public var customers: Int, servedBefore: Int, servedAfter: Int
  /// The sites, in the order to open them.
  public var sites: [Site]
  /// The curve; empty where it was not asked for.
  public var curve: [CurvePoint] = []
  /// Plans nearly as good; empty where they were not asked for.
  public var alternatives: [Alternative] = []
  /// The ids of the sites that every plan nearly as good opens, as is proven.
  public var core: Set<String> = []

  /// Describes a plan without curve and alternatives.
  public init(
    name: String, keptOn: String, goal: String, unit: String, value: Double, bound: Double, isProven: Bool,
    candidates: Int, customers: Int, servedBefore: Int, servedAfter: Int, sites: [Site]
  ) {
    (self.name, self.keptOn, self.goal, self.unit) = (name, keptOn, goal, unit)
    (self.value, self.bound, self.isProven, self.candidates) = (value, bound, isProven, candidates)
    (self.customers, self.servedBefore, self.servedAfter) = (customers, servedBefore, servedAfter)
    self.sites = sites
  }
}
