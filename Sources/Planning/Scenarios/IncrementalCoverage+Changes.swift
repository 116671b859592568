public import Geo
import Travel

extension IncrementalCoverage {
  /// Closes a point: its status is then `closed`.
  ///
  /// - Precondition: the point exists. Closing a closed point changes nothing, and can be undone like any change.
  /// - Complexity: that of a change.
  public mutating func close(_ point: Int) {
    var attributes = attributes(of: point)
    attributes.status = .closed
    set(point, to: attributes)
  }

  /// Moves a point; what it is assigned to stays what it is.
  ///
  /// - Precondition: the point exists.
  /// - Complexity: that of a change.
  public mutating func move(_ point: Int, to coordinate: Coordinate<WGS84>) {
    var attributes = attributes(of: point)
    attributes.coordinate = coordinate
    set(point, to: attributes)
  }

  /// Makes a point something else: its status, hours, methods, kind, position, or the place it is assigned to.
  ///
  /// - Precondition: the point exists, and so does the place it is assigned to.
  /// - Complexity: that of a change.
  public mutating func set(_ point: Int, to attributes: PointAttributes) {
    precondition((0..<pointCount).contains(point), "a point that exists is expected, not \(point)")
    journal.append(Step(point: Int32(point), before: self.attributes(of: point)))
    change(Int32(point), to: attributes)
  }

  /// Opens a point that has no volumes yet.
  ///
  /// - Parameters:
  ///   - attributes: what it is; it need not be active.
  ///   - position: where it stands in the table of the changed network, in ascending order of ids as ever; `nil` for the end.
  /// - Returns: its number.
  /// - Precondition: the position lies in the table or at its end, and the place it is assigned to exists.
  /// - Complexity: that of a change.
  @discardableResult
  public mutating func open(_ attributes: PointAttributes, at position: Int? = nil) -> Int {
    let number = Int32(pointCount)
    let position = position ?? pointCount
    precondition((0...pointCount).contains(position), "a position in the table is expected, not \(position)")
    order.open(number, at: position)
    positions.append(attributes.coordinate)
    ways?.put(Int(number), at: attributes.coordinate)
    villages.append(-1)
    memberships.append(0)
    for i in sets.indices { sets[i].appendNumber() }
    journal.append(Step(point: number, before: nil))
    change(number, to: attributes)
    return Int(number)
  }

  /// Takes the last change back: everything is then as it was before, to the last bit.
  ///
  /// - Returns: whether there was one.
  /// - Complexity: that of a change.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let step = journal.popLast() else { return false }
    change(step.point, to: step.before)
    guard step.before == nil else { return true }
    order.remove(step.point)
    positions.removeLast()
    ways?.removeLastPoint()
    villages.removeLast()
    memberships.removeLast()
    for i in sets.indices { sets[i].removeLastNumber() }
    return true
  }

  /// - Parameter attributes: `nil` for a point that is not there.
  private mutating func change(_ point: Int32, to attributes: PointAttributes?) {
    let at = Int(point)
    let old = changed[point] ?? (at < order.baseCount ? network.points.attributes(of: at) : nil)
    let membership = attributes.map { self.membership(of: point, $0) } ?? 0
    let village = attributes?.place.map { network.places.villages[$0] } ?? -1
    let isElsewhere = attributes.map { $0.coordinate != positions[point] } ?? false
    let isAnew = isElsewhere || village != villages[at]
    let before = memberships[at]
    touchedPlaces.removeAll(keepingCapacity: true)
    touchedVillages.removeAll(keepingCapacity: true)

    if let old { countHours(-1, of: point, old, before) }
    let leaving = isAnew ? before : before & ~membership
    for set in sets.indices where leaving >> set & 1 > 0 {
      sets[set].remove(point, village: villages[at], surroundings, &touchedPlaces)
    }
    touch(villages[at])
    if let attributes, isElsewhere {
      positions[point] = attributes.coordinate
      ways?.put(at, at: attributes.coordinate)
    }
    villages[at] = village
    let entering = isAnew ? membership : membership & ~before
    for set in sets.indices where entering >> set & 1 > 0 {
      sets[set].insert(point, village: village, surroundings, &touchedPlaces)
    }
    touch(village)
    memberships[at] = membership
    if at < order.baseCount, attributes == network.points.attributes(of: at) {
      changed[point] = nil
    } else {
      changed[point] = attributes
    }
    if let attributes { countHours(1, of: point, attributes, membership) }
    countAgain()
  }

  private var surroundings: CountingPoints.Surroundings {
    .init(positions: positions, order: order, ways: ways, places: network.places, standard: options.standard)
  }

  private mutating func touch(_ village: Int32) {
    guard village >= 0 else { return }
    touchedVillages.append(village)
    touchedPlaces.append(contentsOf: steps.places(of: Int(village)))
  }

  private func membership(of point: Int32, _ attributes: PointAttributes) -> Membership {
    var membership: Membership = 0
    for set in filters.indices
    where filters[set].counts(attributes.status, attributes.kind, attributes.methods, attributes.hours) {
      membership |= 1 << set
    }
    if let effectiveSet, membership & 1 > 0, Int(point) < hasPaid.count, hasPaid[Int(point)],
      attributes.hours?.isEffective == true
    {
      membership |= 1 << effectiveSet
    }
    return membership
  }

  private mutating func countHours(
    _ sign: Int, of point: Int32, _ attributes: PointAttributes, _ membership: Membership
  ) {
    if membership & 1 > 0 {
      if attributes.hours == nil { unknownHours += sign } else { knownHours += sign }
    }
    countMinutes(sign, of: point, attributes, membership)
  }

  /// Counts the hours of a point in its village, if it is active.
  mutating func countMinutes(
    _ sign: Int, of point: Int32, _ attributes: PointAttributes, _ membership: Membership
  ) {
    guard Int(point) < hasPaid.count, hasPaid[Int(point)], membership & 1 > 0, let hours = attributes.hours,
      let place = attributes.place
    else { return }
    steps.count(
      Int32(sign), minutes: Int32(min(VillageLadder.fullMinutes, hours.minutesPerWeek)),
      village: Int(network.places.villages[place]))
  }

  /// Judges the touched places anew, then the villages.
  private mutating func countAgain() {
    let places = network.places
    for place in touchedPlaces {
      let i = Int(place)
      let verdict = judge(i)
      if verdict == verdicts[i] { continue }
      count(-1, i, verdicts[i])
      verdicts[i] = verdict
      count(1, i, verdict)
      if places.settings[i] == .village { touchedVillages.append(places.villages[i]) }
    }
    for village in touchedVillages {
      let before = stand(Int(village))
      let now = steps.standings[Int(village)]
      if now == before { continue }
      let isVillage = !steps.places(of: Int(village)).isEmpty
      tallies.count(-1, village: Int(village), before, isVillage: isVillage)
      tallies.count(1, village: Int(village), now, isVillage: isVillage)
    }
  }

  /// Looks where a village stands now, and says where it stood.
  mutating func stand(_ village: Int) -> VillageSteps.Standing {
    steps.stand(
      village, points: sets[0].inVillage[village],
      effective: effectiveSet.map { sets[$0].inVillage[village] } ?? 0)
  }
}
