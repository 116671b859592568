import Geo
import Travel

extension PaymentNetwork {
  /// The network after some changes, in their order.
  ///
  ///     let after = try network.applying(scenario.changes)
  ///
  /// Existing points keep their positions in the point table; what opens follows them, in the order of the changes, so that the two
  /// networks can be compared row by row. Volumes stay what they were: nobody has paid at a new point yet. Without changes the
  /// network is the same.
  ///
  /// - Throws: the first change that cannot be made.
  /// - Complexity: O(points + places) and what each change touches; closing roads makes the graphs again.
  public func applying(_ changes: [Change]) throws(ChangeError) -> PaymentNetwork {
    var editor = NetworkEditor(self)
    for (number, change) in changes.enumerated() {
      do throws(ChangeError.Reason) {
        try editor.make(change)
      } catch {
        throw ChangeError(change: number, reason: error)
      }
    }
    return editor.finished()
  }
}

/// Makes changes to a copy of a network.
private struct NetworkEditor {
  /// Farther than this from every place, nobody means a point.
  static let mostMetersFromPlaces = 50_000.0

  private var network: PaymentNetwork
  private var points: [String: Int] = [:]
  private var places: [String: Int] = [:]
  private var closedEdges: [TravelMode: Set<Int>] = [:]
  private var nearestPlaces: [Int32]?

  init(_ network: PaymentNetwork) {
    self.network = network
    for i in 0..<network.points.count { points[network.points.ids[i]] = i }
    for i in 0..<network.places.count { places[network.places.ids[i]] = i }
  }

  func finished() -> PaymentNetwork {
    guard !closedEdges.isEmpty, let roads = network.roads else { return network }
    var result = network
    var closed = roads.file.network
    for mode in TravelMode.allCases {
      if let edges = closedEdges[mode] { closed = closed.closing(edges, to: [mode]) }
    }
    result.roads = NetworkRoads(RoadNetworkFile(closed), snapping: roads.snapping)
    return result
  }

  mutating func make(_ change: Change) throws(ChangeError.Reason) {
    switch change {
    case .open(let point): try open(point)
    case .close(let id):
      let point = try position(ofPoint: id)
      if network.points.statuses[point] == .closed { throw .alreadyClosed(id) }
      network.points.statuses[point] = .closed
    case .move(let id, let target, let place):
      let point = try position(ofPoint: id)
      try requireOnMap(target)
      if let place { network.points.places[point] = Int32(try position(ofPlace: place)) }
      network.points.latitudes[point] = target.latitude
      network.points.longitudes[point] = target.longitude
      nearestPlaces = nil
    case .set(let selection, let settings):
      for point in try selected(selection) { network.points.set(settings, ofPoint: point) }
    case .grow(let township, let millionths):
      for place in try members(of: township) { try grow(place, millionths) }
    case .feeControl(let township, let share):
      for place in try members(of: township) { network.places.feeControlShares[place] = share }
    case .closeRoad(let roads, let modes):
      let edges = try edges(roads)
      for mode in modes { closedEdges[mode, default: []].formUnion(edges) }
    }
  }

  // MARK: - Points

  private mutating func open(_ asked: OpenedPoint) throws(ChangeError.Reason) {
    var site: Int?
    if let candidate = asked.candidate {
      site = (0..<network.candidates.count).first { network.candidates.ids[$0] == candidate }
      if site == nil { throw .unknownCandidate(candidate) }
    }
    guard let id = asked.id ?? asked.candidate else { throw .noID }
    guard points[id] == nil else { throw .pointExists(id) }
    var place = site.map { Int(network.candidates.places[$0]) } ?? -1
    if let name = asked.place { place = try position(ofPlace: name) }
    var here = asked.position ?? site.map(network.candidates.coordinate(of:))
    if here == nil, place >= 0 { here = network.places.coordinate(of: place) }
    guard let here else { throw .noPosition }
    try requireOnMap(here)

    let everything = PaymentMethods.all.reduce(into: PaymentMethods()) { $0.formUnion($1.method) }
    let candidates = network.candidates
    points[id] = network.points.count
    network.points.append(
      id: id, name: asked.name ?? site.map { candidates.names[$0] } ?? id,
      kind: asked.kind ?? site.flatMap { candidates.kinds[$0] } ?? .villageCommittee, at: here,
      methods: asked.methods ?? everything, hours: asked.hours, place: place,
      operatorName: asked.operatorName ?? "",
      counters: asked.counters ?? site.map { Int(candidates.counters[$0]) } ?? 0,
      monthlyCostFen: asked.monthlyCostFen ?? site.flatMap { candidates.monthlyCostsFen[$0] } ?? -1,
      feePerPaymentFen: asked.feePerPaymentFen ?? -1)
    nearestPlaces = nil
  }

  private func position(ofPoint id: String) throws(ChangeError.Reason) -> Int {
    guard let point = points[id] else { throw .unknownPoint(id) }
    return point
  }

  private func position(ofPlace id: String) throws(ChangeError.Reason) -> Int {
    guard let place = places[id] else { throw .unknownPlace(id) }
    return place
  }

  private func requireOnMap(_ here: Coordinate<WGS84>) throws(ChangeError.Reason) {
    guard network.places.count > 0 else { return }
    let nearest = (0..<network.places.count).reduce(Double.infinity) {
      min($0, here.distance(to: network.places.coordinate(of: $1)).meters)
    }
    if nearest > Self.mostMetersFromPlaces {
      throw .offTheMap(here, kilometers: Int((nearest / 1_000).rounded()))
    }
  }

  private mutating func selected(_ selection: PointSelection) throws(ChangeError.Reason) -> [Int] {
    switch selection {
    case .point(let id): return [try position(ofPoint: id)]
    case .all(let kind, let township):
      let number = try township.map { name throws(ChangeError.Reason) in try self.number(ofTownship: name) }
      var found: [Int] = []
      for point in 0..<network.points.count {
        if let kind, network.points.kinds[point] != kind { continue }
        if let number, self.township(ofPoint: point) != number { continue }
        found.append(point)
      }
      if found.isEmpty { throw .nothingSelected }
      return found
    }
  }

  /// The township of the place a point is assigned to, else of the nearest place; -1 where there is none.
  private mutating func township(ofPoint point: Int) -> Int32 {
    var place = network.points.places[point]
    if place < 0 {
      let nearest = nearestPlaces ?? network.nearestPlaces
      nearestPlaces = nearest
      place = nearest[point]
    }
    return place < 0 ? -1 : network.places.townships[Int(place)]
  }

  // MARK: - Places

  private func number(ofTownship name: String) throws(ChangeError.Reason) -> Int32 {
    guard let number = network.places.townshipNames.firstIndex(of: name) else { throw .unknownTownship(name) }
    return Int32(number)
  }

  private func members(of township: String?) throws(ChangeError.Reason) -> [Int] {
    guard let township else { return Array(0..<network.places.count) }
    let number = try number(ofTownship: township)
    return (0..<network.places.count).filter { network.places.townships[$0] == number }
  }

  private mutating func grow(_ place: Int, _ millionths: Int) throws(ChangeError.Reason) {
    let product = network.places.customers[place].multipliedReportingOverflow(by: millionths)
    let customers = product.overflow ? Int.max : product.partialValue / 1_000_000
    let rest = product.overflow ? 0 : product.partialValue % 1_000_000
    guard customers < mostCustomersOfPlace else { throw .tooManyCustomers(place: network.places.ids[place]) }
    network.places.customers[place] = customers + (rest >= 500_000 ? 1 : 0)
  }

  // MARK: - Roads

  private func edges(_ selection: RoadSelection) throws(ChangeError.Reason) -> [Int] {
    guard let roads = network.roads?.file.network else { throw .noRoads }
    switch selection {
    case .edge(let edge):
      guard (0..<roads.edgeCount).contains(edge) else { throw .unknownEdge(edge, count: roads.edgeCount) }
      return [edge]
    case .line(let from, let to):
      let edges = roads.edges(touching: from, to)
      if edges.isEmpty { throw .noRoadOnLine }
      return edges
    }
  }
}

/// Sums of customers times the seconds of a day over a million places of so many fit in 64 bits.
let mostCustomersOfPlace = 10_000_000

extension PaymentNetwork {
  /// The nearest place of each point by great circle; -1 where there are no places.
  ///
  /// - Complexity: O((places + points) · log places) expected.
  var nearestPlaces: [Int32] {
    let index = GridIndex(latitudes: places.latitudes, longitudes: places.longitudes)
    return index.nearest(1, toEachLatitude: points.latitudes, longitude: points.longitudes).indices
  }
}

extension PointTable {
  fileprivate mutating func set(_ settings: PointSettings, ofPoint point: Int) {
    if let kind = settings.kind { kinds[point] = kind }
    if let methods = settings.methods { self.methods[point] = methods }
    if let hours = settings.hours { self.hours[point] = position(of: hours) }
    if let counters = settings.counters { self.counters[point] = Int32(clamping: counters) }
    if let status = settings.status { statuses[point] = status }
    if let cost = settings.monthlyCostFen { monthlyCostsFen[point] = cost }
    if let fee = settings.feePerPaymentFen { feesPerPaymentFen[point] = fee }
  }

  fileprivate mutating func append(
    id: String, name: String, kind: PointKind, at here: Coordinate<WGS84>, methods: PaymentMethods,
    hours: OpeningHours?, place: Int, operatorName: String, counters: Int, monthlyCostFen: Int,
    feePerPaymentFen: Int
  ) {
    ids.append(id)
    names.append(name)
    kinds.append(kind)
    latitudes.append(here.latitude)
    longitudes.append(here.longitude)
    self.methods.append(methods)
    statuses.append(.active)
    self.hours.append(hours.map { position(of: $0) } ?? -1)
    places.append(Int32(place))
    operators.append(position(ofOperator: operatorName))
    self.counters.append(Int32(clamping: counters))
    monthlyCostsFen.append(monthlyCostFen)
    feesPerPaymentFen.append(feePerPaymentFen)
    openedOn.append("")
    closedOn.append("")
    phones.append("")
  }

  private mutating func position(of hours: OpeningHours) -> Int32 {
    if let known = openingHours.firstIndex(of: hours) { return Int32(known) }
    openingHours.append(hours)
    return Int32(openingHours.count - 1)
  }

  /// The position of an operator among the names, which stay in ascending order.
  private mutating func position(ofOperator name: String) -> Int32 {
    if let known = operatorNames.firstIndex(of: name) { return Int32(known) }
    let slot =
      operatorNames.firstIndex { !$0.utf8.lexicographicallyPrecedes(name.utf8) } ?? operatorNames.count
    operatorNames.insert(name, at: slot)
    for point in operators.indices where operators[point] >= slot { operators[point] += 1 }
    return Int32(slot)
  }
}
