import Geo

/// Whether the points' positions look as if they came in another datum than the places'.
///
/// GCJ-02 and BD-09 move everything in a county by nearly the same few hundred meters. So if undoing that shift brings
/// the points markedly nearer to the places they are assigned to, or the places nearer to the points, one of the files
/// was probably imported with the wrong `--datum`. A village point sits anywhere in its village, hence the two
/// conditions: at least 20 assigned points, and a median distance at least a third smaller afterwards.
func datumMixUp(_ network: PaymentNetwork) -> [DataFinding] {
  let (places, points) = (network.places, network.points)
  let pairs = (0..<points.count).filter { points.places[$0] >= 0 }.map {
    (point: points.coordinate(of: $0), place: places.coordinate(of: Int(points.places[$0])))
  }
  guard pairs.count >= 20 else { return [] }
  func median(_ distance: ((point: Coordinate<WGS84>, place: Coordinate<WGS84>)) -> Double) -> Double {
    pairs.map(distance).sorted()[pairs.count / 2]
  }
  let before = median { $0.point.distance(to: $0.place).meters }
  let trials: [(table: String, datum: String, after: Double)] = [
    (
      "points", "gcj02",
      median { unshifted($0.point, from: GCJ02.self, using: \.wgs84).distance(to: $0.place).meters }
    ),
    (
      "points", "bd09",
      median { unshifted($0.point, from: BD09.self, using: \.wgs84).distance(to: $0.place).meters }
    ),
    (
      "places", "gcj02",
      median { unshifted($0.place, from: GCJ02.self, using: \.wgs84).distance(to: $0.point).meters }
    ),
    (
      "places", "bd09",
      median { unshifted($0.place, from: BD09.self, using: \.wgs84).distance(to: $0.point).meters }
    ),
  ]
  guard let best = trials.min(by: { $0.after < $1.after }), best.after < before * 2 / 3, before > 100 else {
    return []
  }
  return [
    DataFinding(
      rule: .probableDatumMixUp(
        datum: best.datum, medianMetersBefore: Int(before.rounded()),
        medianMetersAfter: Int(best.after.rounded())),
      table: best.table, id: "")
  ]
}

/// Where a position stored as WGS-84 would be if its numbers had been in `Frame`.
private func unshifted<Frame: Datum>(
  _ stored: Coordinate<WGS84>, from frame: Frame.Type, using convert: (Coordinate<Frame>) -> Coordinate<WGS84>
) -> Coordinate<WGS84> {
  convert(Coordinate<Frame>(latitude: stored.latitude, longitude: stored.longitude)!)
}
