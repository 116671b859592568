public import Geo
public import Travel

/// The rule a place is judged by (服务标准).
public struct ServiceStandard: Hashable, Sendable {
  /// How a village place is judged.
  public enum VillageRule: Hashable, Sendable {
    /// A point assigned to the village, or within `radius` great-circle of the place (the rim counts).
    case pointInVillage(radius: Distance)
    /// Within a travel time, as in town.
    case within(TravelTime, TravelMode)
  }

  /// The name the standard goes by.
  public var name: String
  /// The longest a town customer should travel; the rim counts as within.
  public var townLimit: TravelTime
  /// How town customers travel.
  public var townMode: TravelMode
  /// How a village place is judged.
  public var village: VillageRule
  /// Whether the way home counts in the minutes: times are then there and back.
  public var countsReturn = false

  /// Puts a standard together.
  public init(name: String, townLimit: TravelTime, townMode: TravelMode, village: VillageRule) {
    self.name = name
    self.townLimit = townLimit
    self.townMode = townMode
    self.village = village
  }

  /// The promise of the brief: in town ten minutes on foot; in the country a point in the village, or within 1 km.
  public static let tenMinutesAndEveryVillage = ServiceStandard(
    name: "城区十分钟,村村能交费", townLimit: .minutes(10), townMode: .walk,
    village: .pointInVillage(radius: .kilometers(1)))
}
