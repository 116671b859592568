import Geo
import Travel

/// Whether each place has a point of another operator than that of its nearest within `Assurance.standInLimit`.
///
/// - Complexity: by straight line, the nearest points are looked at four times as many at a time until another operator turns up or
///   the limit is passed; on roads one bounded search a point.
func secondOperatorIsNear(
  _ network: PaymentNetwork, _ standard: ServiceStandard, _ factors: TravelFactors, counts: [Bool],
  _ reach: Reach, _ ways: RoadWays?
) -> [Bool] {
  let places = network.places
  let operators = network.points.operators
  var isNear = [Bool](repeating: false, count: places.count)
  func operatorOfNearest(_ place: Int) -> Int32? { reach[place].first.map { operators[Int($0.point)] } }
  let counting = (0..<Int32(counts.count)).filter { counts[Int($0)] }
  if let ways {
    let rows = ways.within(
      Assurance.standInLimit, of: counting, to: places, mode: standard.mode(of:))
    for i in 0..<places.count {
      isNear[i] = rows[i].contains { operators[Int($0.point)] != operatorOfNearest(i) }
    }
    return isNear
  }

  let index = GridIndex(
    latitudes: counting.map { network.points.latitudes[Int($0)] },
    longitudes: counting.map { network.points.longitudes[Int($0)] })
  let trips = standard.countsReturn ? 2.0 : 1
  let lines = Setting.allCases.map { StraightLine(mode: standard.mode(of: $0), factors: factors) }
  var open = (0..<places.count).filter { !reach[$0].isEmpty }
  var k = 4
  while !open.isEmpty {
    var left: [Int] = []
    // As many places at a time as there is room for their neighbors.
    let step = max(1, 4_000_000 / k)
    for start in stride(from: 0, to: open.count, by: step) {
      let part = open[start..<min(open.count, start + step)]
      let nearest = index.nearest(
        k, toEachLatitude: part.map { places.latitudes[$0] }, longitude: part.map { places.longitudes[$0] })
      for (row, i) in part.enumerated() {
        let line = lines[Int(places.settings[i].rawValue)]
        let own = operatorOfNearest(i)
        var isOver = k >= counting.count
        for slot in row * k..<(row + 1) * k where nearest.indices[slot] >= 0 {
          let seconds = line.seconds(over: .meters(trips * nearest.meters[slot]), in: places.terrains[i])
          if seconds > Assurance.standInLimit.seconds {
            isOver = true
            break
          }
          if operators[Int(counting[Int(nearest.indices[slot])])] != own {
            isNear[i] = true
            isOver = true
            break
          }
        }
        if !isOver { left.append(i) }
      }
    }
    open = left
    k = min(max(4, counting.count), 4 * k)
  }
  return isNear
}
