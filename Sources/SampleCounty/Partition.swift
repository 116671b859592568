/// The county cut into its sixteen townships, without gaps or overlaps: neighbors share every corner between them.
///
/// The cut is a power diagram (Aurenhammer 1987): a spot belongs to the township whose squared distance to its
/// site, less its weight, is least. The straight borders are then bent, both sides alike.
struct Partition {
  /// The county's outline, with a corner wherever a border between townships meets it.
  private(set) var county: Ring = []
  /// The townships' areas, in the order of `Township.all`, counter-clockwise.
  private(set) var townships: [Ring] = []

  /// A stretch of border: its corners from one meeting point of borders to the next, and whom it bounds.
  private struct Stretch {
    var corners: [Spot]
    var sides: [Int]
  }

  /// A corner of the outline: the township that follows it and, where that changes, the one before.
  private struct Meeting {
    let spot: Spot
    let next: Int
    let previous: Int?

    /// Whether townships `i` and `j` meet here.
    func separates(_ i: Int, _ j: Int) -> Bool {
      (previous == i && next == j) || (previous == j && next == i)
    }
  }

  init(outline: Ring, using dice: inout Dice) {
    let meetings = outlineMeetings(of: outline)
    var stretches = outlineStretches(meetings)
    county = meetings.map(\.spot)
    for (pair, a, b) in innerBorders(within: outline, meetings: meetings) {
      stretches.append(Stretch(corners: bent([a, b], using: &dice), sides: pair))
    }
    townships = Township.all.indices.map { town in
      chained(stretches.filter { $0.sides.contains(town) }.map(\.corners), of: Township.all[town].name)
    }
  }

  /// The township `spot` belongs to, or `nil` outside the county.
  func township(at spot: Spot) -> Int? { townships.firstIndex { $0.contains(spot) } }

  /// The outline's corners and the spots where the nearest township changes.
  private func outlineMeetings(of outline: Ring) -> [Meeting] {
    var meetings: [Meeting] = []
    for (a, b) in zip(outline, outline[1...] + outline[..<1]) {
      let (atA, atB) = (powers(at: a), powers(at: b))
      var current = atA.indices.min { (atA[$0], $0) < (atA[$1], $1) }!
      meetings.append(Meeting(spot: a, next: current, previous: nil))
      // Along a side, the differences between powers are straight lines: walk from one crossing to the next.
      var t = 0.0
      while true {
        var (nextT, next) = (1.0, current)
        for other in atA.indices where other != current {
          let (gapA, gapB) = (atA[other] - atA[current], atB[other] - atB[current])
          guard gapB < 0, gapA > gapB else { continue }
          let crossing = gapA / (gapA - gapB)
          if crossing > t && crossing < nextT { (nextT, next) = (crossing, other) }
        }
        guard next != current else { break }
        let (dx, dy) = (b.east - a.east, b.north - a.north)
        let crossing = a.moved(east: nextT * dx, north: nextT * dy)
        meetings.append(Meeting(spot: crossing, next: next, previous: current))
        (t, current) = (nextT, next)
      }
    }
    return meetings
  }

  /// The outline, cut where the nearest township changes.
  private func outlineStretches(_ meetings: [Meeting]) -> [Stretch] {
    guard let first = meetings.firstIndex(where: { $0.previous != nil }) else { return [] }
    var stretches: [Stretch] = []
    for meeting in meetings[first...] + meetings[...first] {
      stretches.indices.last.map { stretches[$0].corners.append(meeting.spot) }
      if meeting.previous != nil { stretches.append(Stretch(corners: [meeting.spot], sides: [meeting.next])) }
    }
    return stretches.dropLast()
  }

  /// The straight borders between two townships, from meeting point to meeting point.
  private func innerBorders(
    within outline: Ring, meetings: [Meeting]
  ) -> [(pair: [Int], from: Spot, to: Spot)] {
    let corners = innerCorners(within: outline)
    var borders: [(pair: [Int], from: Spot, to: Spot)] = []
    for i in Township.all.indices {
      for j in Township.all.indices where j > i {
        let (a, b) = (Township.all[i].site, Township.all[j].site)
        let inner = corners.filter { $0.towns.contains(i) && $0.towns.contains(j) }.map(\.spot)
        let onOutline = meetings.filter { $0.separates(i, j) }.map(\.spot)
        // Along the border, which runs across the line from site to site.
        let (dx, dy) = (b.east - a.east, b.north - a.north)
        let inOrder = (inner + onOutline).sorted { p, q in
          p.north * dx - p.east * dy < q.north * dx - q.east * dy
        }
        for (from, to) in zip(inOrder, inOrder.dropFirst()) {
          let middle = displacedMiddle(of: from, and: to, by: 0)
          let nearest = powers(at: middle)
          let two = nearest.indices.sorted { nearest[$0] < nearest[$1] }.prefix(2)
          if Set(two) == [i, j], outline.contains(middle) { borders.append(([i, j], from, to)) }
        }
      }
    }
    return borders
  }

  /// The spots inside where three townships meet.
  private func innerCorners(within outline: Ring) -> [(spot: Spot, towns: [Int])] {
    var corners: [(spot: Spot, towns: [Int])] = []
    let towns = Township.all
    for i in towns.indices {
      for j in towns.indices where j > i {
        for k in towns.indices where k > j {
          // Equal powers to i and j, and to i and k: two straight lines, solved by Cramer's rule.
          let (p, q, r) = (towns[i].site, towns[j].site, towns[k].site)
          let (ax, ay, bx, by) = (q.east - p.east, q.north - p.north, r.east - p.east, r.north - p.north)
          let a = (size(of: j) - size(of: i)) / 2
          let b = (size(of: k) - size(of: i)) / 2
          let determinant = ax * by - ay * bx
          guard determinant.magnitude > 1 else { continue }
          let spot = Spot(east: (a * by - ay * b) / determinant, north: (ax * b - a * bx) / determinant)
          let nearest = powers(at: spot)
          // A square meter of slack: the spot is rounded to a millionth of a degree.
          let least = nearest.min()! + 10_000
          if [i, j, k].allSatisfy({ nearest[$0] <= least }), outline.contains(spot) {
            corners.append((spot, [i, j, k]))
          }
        }
      }
    }
    return corners
  }

  private func size(of town: Int) -> Double {
    let site = Township.all[town].site
    return site.east * site.east + site.north * site.north - Township.all[town].weight
  }

  private func powers(at spot: Spot) -> [Double] {
    Township.all.map { town in
      let meters = town.site.meters(to: spot)
      return meters * meters - town.weight
    }
  }

  /// `corners` with every long side bent in the middle, again and again.
  private func bent(_ corners: [Spot], using dice: inout Dice) -> [Spot] {
    var bentCorners = [corners[0]]
    for (a, b) in zip(corners, corners.dropFirst()) {
      if a.meters(to: b) > 900 {
        let middle = displacedMiddle(of: a, and: b, by: 0.075 * dice.bell())
        bentCorners += bent([a, middle, b], using: &dice).dropFirst()
      } else {
        bentCorners.append(b)
      }
    }
    return bentCorners
  }

  /// The one ring that `stretches` make, laid end to end.
  private func chained(_ stretches: [[Spot]], of name: String) -> Ring {
    var rest = stretches
    precondition(!rest.isEmpty, "\(name) has no area: move its site or raise its weight")
    var ring = rest.removeFirst()
    while let next = rest.firstIndex(where: { $0.first == ring.last || $0.last == ring.last }) {
      let corners = rest.remove(at: next)
      ring += (corners.first == ring.last ? corners : corners.reversed()).dropFirst()
    }
    precondition(rest.isEmpty && ring.first == ring.last, "\(name) is in pieces: move its site")
    return Ring(ring.dropLast()).counterClockwise
  }
}
