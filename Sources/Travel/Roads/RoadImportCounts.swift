/// What was read of a road file, what was used, and why the rest was not.
///
/// Ways read are the ways used and the ways dropped, and so are turn restrictions.
public struct RoadImportCounts: Hashable, Sendable {
  /// Nodes in the file.
  public var nodesRead = 0
  /// Ways in the file, roads or not.
  public var waysRead = 0
  /// Relations in the file, turn restrictions or not.
  public var relationsRead = 0

  /// Ways that at least one mode may use.
  public var waysUsed = 0
  /// Of those, the ones that each mode may use.
  public var waysUsedByMode: [TravelMode: Int] = [:]
  /// Ways that are not used, by why; what does not occur is not there.
  public var waysDropped: [RoadDrop: Int] = [:]

  /// References from roads to nodes that the file does not hold, or holds without a valid position: at the rim of an
  /// extract, or where data is damaged. The road is cut there.
  public var nodesMissing = 0
  /// Roads cut by missing nodes of which something is left.
  public var waysCut = 0
  /// Nodes that came again; the first counts.
  public var nodesRepeated = 0
  /// Pieces of road longer than 1,000 km or 12 days, which only damaged data has.
  public var edgesTooLong = 0

  /// Gates, bollards and the like that stop some mode on a road it could use, by mode.
  public var barriers: [TravelMode: Int] = [:]

  /// Turn restrictions in the file.
  public var restrictionsRead = 0
  /// Those that forbid cars some turn.
  public var restrictionsUsed = 0
  /// Those that do not, by why.
  public var restrictionsDropped: [TurnDrop: Int] = [:]

  /// Nothing was read.
  public init() {}
}
