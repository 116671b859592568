/// Makes a network of the elements of an OpenStreetMap file, which it is given in two readings: first ways and
/// relations, which say which nodes matter, then nodes.
///
///     var builder = RoadNetworkBuilder(rules: .standard)
///     builder.addWay(id: 1, refs: refs, tags: ["highway": "residential"])  // for every way
///     builder.finishWays()
///     builder.addNode(id: 10, latitude: 350_900_000, longitude: 1_125_900_000)  // for every node
///     let (network, counts) = builder.network()
///
/// The network does not depend on the order of the elements within a reading, save where an id comes twice: the first
/// counts.
///
/// - Complexity: O(*n* log *n*) for *n* references; about 60 bytes of memory for each.
public struct RoadNetworkBuilder {
  let rules: RoadRules
  let keepsEveryNode: Bool
  var counts = RoadImportCounts()

  // By way, in ascending order of ids once they are finished.
  var wayIDs: [Int64] = []
  var wayUses: [UInt32] = []
  var refStarts: [Int] = [0]
  // The ids of their nodes until the ways are finished; then `places` says where those stand in the table.
  private var refs: [Int64] = []
  var places: [UInt32] = []
  // Few different uses serve all ways.
  var uses: [RoadUse] = []
  private var useNumbers: [RoadUse: UInt32] = [:]

  var restrictions: [Restriction] = []
  var nodes: RoadNodeTable?

  /// A turn restriction whose tags concern cars and whose members are of the right kinds.
  struct Restriction {
    var id: Int64
    var isOnly: Bool
    var from: [Int64]
    /// Either a node, or the ways between.
    var viaNode: Int64?
    var viaWays: [Int64]
    var to: [Int64]
  }

  /// A member of a relation, as far as turn restrictions need it.
  public struct Member: Hashable, Sendable {
    /// The id of the way or node.
    public var id: Int64
    /// What it is.
    public var kind: Kind
    /// `from`, `via`, `to`, or anything else.
    public var role: String

    /// What a member can be.
    public enum Kind: Sendable { case node, way, relation }

    /// A member of a relation.
    public init(id: Int64, kind: Kind, role: String) {
      self.id = id
      self.kind = kind
      self.role = role
    }
  }

  /// Starts with nothing.
  ///
  /// - Parameter keepsEveryNode: makes a junction of every node of a road, so that nothing is left to shapes. The
  ///   answers are the same and take longer; benchmarks compare engines on such networks.
  public init(rules: RoadRules, keepsEveryNode: Bool = false) {
    self.rules = rules
    self.keepsEveryNode = keepsEveryNode
  }

  /// Counts ways and relations of the file that are not handed over, because they have none of the keys that make a road
  /// or a turn restriction.
  public mutating func countPassedOver(ways: Int, relations: Int) {
    counts.waysRead += ways
    counts.relationsRead += relations
    if ways > 0 { counts.waysDropped[.notARoad, default: 0] += ways }
  }

  /// Takes a way, if it is a road.
  ///
  /// - Precondition: `finishWays` was not called yet.
  public mutating func addWay(id: Int64, refs nodes: UnsafeBufferPointer<Int64>, tags: RoadTags) {
    precondition(self.nodes == nil, "a way after the ways are finished")
    counts.waysRead += 1
    switch rules.verdict(on: tags) {
    case .dropped(let reason): counts.waysDropped[reason, default: 0] += 1
    case .road(let use):
      wayIDs.append(id)
      wayUses.append(number(of: use))
      refs.append(contentsOf: nodes)
      refStarts.append(refs.count)
    }
  }

  private mutating func number(of use: RoadUse) -> UInt32 {
    if let number = useNumbers[use] { return number }
    let number = UInt32(uses.count)
    uses.append(use)
    useNumbers[use] = number
    return number
  }

  /// Takes a relation, if it is a turn restriction for cars.
  public mutating func addRelation(id: Int64, members: [Member], tags: RoadTags) {
    precondition(nodes == nil, "a relation after the ways are finished")
    counts.relationsRead += 1
    guard tags[.type] == "restriction" else { return }
    counts.restrictionsRead += 1
    let isOnly: Bool
    switch TurnRule(tags) {
    case .dropped(let reason):
      counts.restrictionsDropped[reason, default: 0] += 1
      return
    case .forbids: isOnly = false
    case .allowsOnly: isOnly = true
    }
    let from = members.filter { $0.role == "from" && $0.kind == .way }.map(\.id)
    let to = members.filter { $0.role == "to" && $0.kind == .way }.map(\.id)
    let via = members.filter { $0.role == "via" }
    let viaNode = via.count == 1 && via[0].kind == .node ? via[0].id : nil
    let viaWays = via.allSatisfy { $0.kind == .way } ? via.map(\.id) : []
    guard viaNode != nil || !viaWays.isEmpty, !from.isEmpty, !to.isEmpty, !isOnly || to.count == 1 else {
      counts.restrictionsDropped[.notUnderstood, default: 0] += 1
      return
    }
    restrictions.append(
      Restriction(id: id, isOnly: isOnly, from: from, viaNode: viaNode, viaWays: viaWays, to: to))
  }

  /// Says that all ways and relations were given, and nodes follow.
  public mutating func finishWays() {
    putWaysInOrder()
    let table = RoadNodeTable(refs: refs)
    places.reserveCapacity(refs.count)
    for ref in refs { if let place = table.index(of: ref) { places.append(UInt32(place)) } }
    refs = []
    nodes = table
  }

  /// Sorts ways by id, and drops those whose id comes again.
  private mutating func putWaysInOrder() {
    guard zip(wayIDs, wayIDs.dropFirst()).contains(where: { $0 >= $1 }) else { return }
    let order = wayIDs.indices.sorted { (wayIDs[$0], $0) < (wayIDs[$1], $1) }
    var sorted = (ids: [Int64](), uses: [UInt32](), starts: [0], refs: [Int64]())
    sorted.refs.reserveCapacity(refs.count)
    for way in order {
      if sorted.ids.last == wayIDs[way] {
        counts.waysDropped[.repeated, default: 0] += 1
        continue
      }
      sorted.ids.append(wayIDs[way])
      sorted.uses.append(wayUses[way])
      sorted.refs.append(contentsOf: refs[refStarts[way]..<refStarts[way + 1]])
      sorted.starts.append(sorted.refs.count)
    }
    (wayIDs, wayUses, refStarts, refs) = sorted
  }

  /// Takes a node, if a road refers to it.
  ///
  /// - Parameters:
  ///   - latitude: degrees north, times 10⁷; a node off the earth counts as missing.
  ///   - longitude: degrees east, times 10⁷.
  ///   - tags: its tags, where it may be a barrier.
  /// - Precondition: `finishWays` was called.
  public mutating func addNode(id: Int64, latitude: Int32, longitude: Int32, tags: RoadTags? = nil) {
    precondition(nodes != nil, "a node before the ways are finished")
    counts.nodesRead += 1
    nodes?.add(
      id: id, latitude: latitude, longitude: longitude, stopped: tags.map(rules.modesStopped(by:)) ?? [])
  }
}
