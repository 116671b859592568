import Geo
public import Travel

/// How far past a radius a position still lies on its rim, which counts as within.
///
/// A degree is written with at most 15 digits and computed with 53 bits: the great circle between two positions is known
/// to a few nanometers, so at the rim itself the last bit would decide. A micrometer is far above that noise and
/// far below anything that can be surveyed.
let rimMeters = 1e-6

/// Judges places against a set of points that count.
///
/// A judge is made for one set of points; to learn why a place is not served, a second judge with a wider set is
/// asked about the same place.
struct Judge {
  /// What a judge says of one place.
  struct Verdict {
    var isServed: Bool
    /// Points each of which alone would serve the place, counted up to two.
    var servingPoints: Int
    /// The point that serves it where only one does.
    var onlyPoint: Int32?
  }

  private let standard: ServiceStandard
  private let places: PlaceTable
  private let pointVillages: [Int32]
  /// How many points that count are assigned to each village.
  let pointsInVillage: [Int32]
  /// The two nearest by great circle, and how many meters that is, not rounded.
  private let nearest: NearestTable
  /// The positions in the point table that `nearest` counts.
  private let counting: [Int32]
  /// The at most two nearest points that count, by place.
  let reach: Reach
  /// The at most two points that count where people are done first, by place, and when; `nil` where waits do not count.
  let done: Reach?
  /// The one point assigned to each village that has exactly one that counts; -1 for the others.
  private let onlyPoints: [Int32]

  /// - Parameters:
  ///   - factors: how fast people are and how their ways wind; those on roads are in `ways`.
  ///   - counts: whether each point of the network counts.
  ///   - ways: where everything is on the roads; `nil` to travel by straight line.
  ///   - delays: by point of the network, whole seconds that count besides the way; `nil` where waits do not count.
  /// - Complexity: O(places + points) expected, and a search on the roads.
  init(
    _ network: PaymentNetwork, standard: ServiceStandard, factors: TravelFactors, counts: [Bool],
    ways: RoadWays?, delays: [Int32]? = nil
  ) {
    let points = network.points
    let places = network.places
    let counting = (0..<Int32(points.count)).filter { counts[Int($0)] }
    let index = GridIndex(
      latitudes: counting.map { points.latitudes[Int($0)] },
      longitudes: counting.map { points.longitudes[Int($0)] })
    nearest = index.nearest(2, toEachLatitude: places.latitudes, longitude: places.longitudes)
    if let ways {
      reach = Reach(
        pointCount: points.count,
        rows: ways.nearestTwo(of: counting, to: places, mode: standard.mode(of:)))
    } else {
      reach = Reach(
        of: places, nearest: nearest, points: counting, pointCount: points.count,
        standard: standard, factors: factors)
    }
    done = delays.map { delays in
      if let ways {
        return Reach(
          pointCount: points.count,
          rows: ways.nearestTwo(of: counting, to: places, delays: delays, mode: standard.mode(of:)))
      }
      return Reach(
        of: places, index: index, points: counting, pointCount: points.count, standard: standard,
        factors: factors, delays: delays)
    }
    self.counting = counting

    var pointVillages = [Int32](repeating: -1, count: points.count)
    var pointsInVillage = [Int32](repeating: 0, count: places.villageNames.count)
    var onlyPoints = [Int32](repeating: -1, count: places.villageNames.count)
    for point in counting where points.places[Int(point)] >= 0 {
      let village = places.villages[Int(points.places[Int(point)])]
      pointVillages[Int(point)] = village
      pointsInVillage[Int(village)] += 1
      onlyPoints[Int(village)] = pointsInVillage[Int(village)] == 1 ? point : -1
    }
    self.pointVillages = pointVillages
    self.pointsInVillage = pointsInVillage
    self.onlyPoints = onlyPoints
    self.standard = standard
    self.places = places
  }

  /// The great circle from place `i` to the nearest point that counts, not rounded; `nil` where there is none.
  func metersToNearest(_ i: Int) -> Double? {
    nearest.k > 0 && nearest.indices[i * nearest.k] >= 0 ? nearest.meters[i * nearest.k] : nil
  }

  /// The verdict on place `i`, with the waits where they count.
  func verdict(on i: Int) -> Verdict { verdict(on: i, by: done ?? reach) }

  /// The verdict on place `i` if nobody had to wait.
  func verdictWithoutWaiting(on i: Int) -> Verdict { verdict(on: i, by: reach) }

  private func verdict(on i: Int, by reach: Reach) -> Verdict {
    switch (places.settings[i], standard.village) {
    case (.town, _): return verdict(on: reach[i], within: standard.townLimit)
    case (.village, .within(let limit, _)): return verdict(on: reach[i], within: limit)
    case (.village, .pointInVillage(let radius)):
      let village = places.villages[i]
      var count = Int(pointsInVillage[Int(village)])
      var only = onlyPoints[Int(village)]
      for slot in i * nearest.k..<(i + 1) * nearest.k where nearest.indices[slot] >= 0 {
        let point = counting[Int(nearest.indices[slot])]
        if pointVillages[Int(point)] != village, nearest.meters[slot] <= radius.meters + rimMeters {
          count += 1
          only = point
        }
      }
      return Verdict(
        isServed: count > 0, servingPoints: min(2, count), onlyPoint: count == 1 ? only : nil)
    }
  }

  private func verdict(on row: ArraySlice<Reach.Entry>, within limit: TravelTime) -> Verdict {
    let count = row.count { Int($0.seconds) <= limit.seconds }
    return Verdict(
      isServed: count > 0, servingPoints: count, onlyPoint: count == 1 ? row.first?.point : nil)
  }
}

extension ServiceStandard {
  /// How the customers of a setting travel: those of a village as in town, unless the standard says otherwise.
  public func mode(of setting: Setting) -> TravelMode {
    if setting == .village, case .within(_, let mode) = village { return mode }
    return townMode
  }

  /// Has all customers travel by `mode`, whatever the standard said.
  public mutating func travel(by mode: TravelMode) {
    townMode = mode
    if case .within(let limit, _) = village { village = .within(limit, mode) }
  }

  /// Sets the longest way in town, and in the country too where the standard asks for minutes there.
  public mutating func limit(to time: TravelTime) {
    townLimit = time
    if case .within(_, let mode) = village { village = .within(time, mode) }
  }
}
