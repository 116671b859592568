/// How the groups of one village lie around its middle: close together in the plain, strung along a valley high
/// up, where a village of 3.6 to 3.9 km² has a radius of 1.07 km.
struct GroupLayout {
  private let middle: Spot
  private let ring: Ring
  private let radius: Double
  private let spacing: Double
  /// The direction of the valley, of length 1.
  private let axis: (east: Double, north: Double)
  /// How much longer than wide the village is.
  private let stretch: Double

  init(village: Village, at middle: Spot, within ring: Ring, relief: Relief, using dice: inout Dice) {
    self.middle = middle
    self.ring = ring
    let terrain = relief.terrain(at: middle)
    (radius, spacing, stretch) =
      if Township.all[village.township].isSubdistrict {
        (420, 130, 1.1)
      } else {
        switch terrain {
        case .plain: (330, 110, 1.2)
        case .hill: (640, 170, 1.4)
        case .mountain: (1_150, 260, 1.7)
        }
      }
    let (x, y) = dice.inDisc()
    let length = max(1e-6, (x * x + y * y).squareRoot())
    axis = (x / length, y / length)
  }

  /// `count` spots, the first in the middle; the farther out the rarer, none within `spacing` of another as long
  /// as there is room.
  func spots(_ count: Int, avoiding taken: inout Set<Spot>, using dice: inout Dice) -> [Spot] {
    var spots: [Spot] = [middle]
    taken.insert(middle)
    // Large villages need more ground than small ones.
    let reach = radius * max(1, (Double(count) / 8).squareRoot())
    var least = spacing
    while spots.count < count {
      let (x, y) = dice.inDisc()
      let (along, across) = (reach * x * stretch.squareRoot(), reach * y / stretch.squareRoot())
      let spot = middle.moved(
        east: along * axis.east - across * axis.north, north: along * axis.north + across * axis.east)
      if !taken.contains(spot), ring.contains(spot), spots.allSatisfy({ $0.meters(to: spot) >= least }) {
        spots.append(spot)
        taken.insert(spot)
      } else {
        // Where the ground is full, or the border near, a little closer will do.
        least *= 0.995
      }
    }
    return spots
  }
}
