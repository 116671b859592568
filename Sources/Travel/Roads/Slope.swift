import Foundation

/// How the lie of the land stretches the time of a stretch of road.
///
///     Slope.stretch(.walk, heights: [100, 103], pieceMeters: 30)  // (forward: 1419, backward: 1000)
///
/// Stretches are thousandths of the time on level ground, which is 1000 exactly.
public enum Slope {
  /// The stretch of level ground, in thousandths.
  public static let level: UInt16 = 1000

  /// Heights along a road are taken about this far apart, in meters: the cell of a grid of one arc second.
  public static let sampleMeters = 30.0

  /// Slopes above this are taken as this: the world's steepest streets rise by 0.35, the steepest footpaths by little
  /// more, and what a grid says beyond is its own noise or a cutting narrower than its cells.
  static let steepest = 0.5

  /// How slope stretches the time of a road whose heights are known at equal distances.
  ///
  /// The mean over its pieces of the stretch of each. A piece with an unknown end is taken as level. Driving is not
  /// stretched.
  ///
  /// - Parameters:
  ///   - heights: in meters, `nil` where not known.
  ///   - pieceMeters: how far they are apart along the road; where it is not above 0, the road is taken as level.
  /// - Returns: the stretch from the first height to the last, and back; in thousandths, at least 1.
  /// - Complexity: O(heights).
  public static func stretch(
    _ mode: TravelMode, heights: [Double?], pieceMeters: Double
  ) -> (forward: UInt16, backward: UInt16) {
    guard heights.count > 1, pieceMeters > 0 else { return (level, level) }
    var (forward, backward) = (0.0, 0.0)
    for (start, end) in zip(heights, heights.dropFirst()) {
      var rise = 0.0
      if let start, let end { rise = (end - start) / pieceMeters }
      // NaN, too, is no slope.
      let slope = rise >= -steepest ? min(rise, steepest) : rise < -steepest ? -steepest : 0
      forward += factor(mode, slope)
      backward += factor(mode, -slope)
    }
    let pieces = Double(heights.count - 1)
    return (permille(forward / pieces), permille(backward / pieces))
  }

  /// The time on a slope ÷ the time on level ground.
  static func factor(_ mode: TravelMode, _ slope: Double) -> Double {
    switch mode {
    case .walk: walking(slope)
    case .ebike: riding(slope)
    case .car: 1
    }
  }

  /// Walking: W(0) / W(S) of Tobler's hiking function W(S) = 6 exp(−3.5 |S + 0.05|) km/h.
  ///
  /// Tobler (1993), "Three presentations on geographical analysis and modeling", NCGIA Technical Report 93-1. Fastest
  /// on a slope of −0.05; only its shape is used, for the level speed is the road's own.
  private static func walking(_ slope: Double) -> Double { exp(3.5 * (abs(slope + 0.05) - 0.05)) }

  /// Riding an e-bike: as fast as on level ground until the motor's power is used up, then as fast as it lifts.
  ///
  /// Power is speed times the forces of weight, rolling and air (Martin et al. 1998, "Validation of a mathematical model
  /// for road cycling power", Journal of Applied Biomechanics 14, 276): v = P / (F₀ + m g S). The motor gives P = 400 W
  /// and the bicycle weighs 55 kg, the most that GB 17761-2018 allows; the rider weighs 75 kg. At the level speed of
  /// 15 km/h rolling (coefficient 0.01) and air (drag area 0.6 m², 1.2 kg/m³) resist with F₀ = 19 N, which is taken for
  /// slower speeds, too: the air's share is 6 N. So time grows in proportion to slope, from a slope of 0.06 on; at 0.1 it
  /// is 1.5, at 0.2 2.9 of the level time. Downhill nobody rides faster than on level ground: law and brakes allow no
  /// more.
  private static func riding(_ slope: Double) -> Double {
    let speed = 15 / 3.6
    let weight = (55.0 + 75) * 9.80665
    let resistance = weight * 0.01 + 0.5 * 1.2 * 0.6 * speed * speed
    return max(1, speed * (resistance + weight * slope) / 400)
  }

  private static func permille(_ factor: Double) -> UInt16 {
    UInt16(max(1, min((factor * 1000).rounded(), Double(UInt16.max))))
  }
}

extension RoadNetwork {
  /// What heights did to a network.
  public struct TerrainCounts: Equatable, Sendable {
    /// Edges of which every height is known.
    public var edgesKnown = 0
    /// Edges of which some heights are known; their other pieces are taken as level.
    public var edgesPartlyKnown = 0
    /// Edges without any known height, taken as level.
    public var edgesUnknown = 0
    /// Meters climbed along all edges, each ridden from its first junction to its second.
    public var climbMeters = 0

    /// Nothing counted yet.
    public init() {}
  }

  /// The same network with the times of walkers and e-bikes stretched by slope.
  ///
  /// Heights are asked for at both ends of each edge and at equal distances of at most `Slope.sampleMeters` along its
  /// shape. Ferries are level. Earlier stretches are forgotten.
  ///
  /// - Parameter height: the height at a latitude and longitude in degrees, in meters; `nil` where not known. What it
  ///   throws ends the work.
  /// - Complexity: O(length of all edges ÷ `Slope.sampleMeters` + points of their shapes).
  public func stretchedByTerrain<E: Error>(
    height: (_ latitude: Double, _ longitude: Double) throws(E) -> Double?
  ) throws(E) -> (network: RoadNetwork, counts: TerrainCounts) {
    var counts = TerrainCounts()
    var line = EdgeLine()
    var heights: [Double?] = []
    var stretches = [TravelMode.walk, .ebike].map {
      (mode: $0, forward: [UInt16](), backward: [UInt16]())
    }
    for position in stretches.indices {
      stretches[position].forward.reserveCapacity(edgeCount)
      stretches[position].backward.reserveCapacity(edgeCount)
    }
    for edge in 0..<edgeCount {
      let meters = Double(edgeMillimeters[edge]) / 1000
      let pieces = max(1, Int((meters / Slope.sampleMeters).rounded(.up)))
      heights.removeAll(keepingCapacity: true)
      if edgeClasses[edge] != RoadClass.ferry.rawValue {
        line.set(self, edge)
        for sample in 0...pieces {
          let place = line.point(at: Double(sample) / Double(pieces))
          heights.append(try height(place.latitude, place.longitude))
        }
        counts.add(heights)
      }
      for position in stretches.indices {
        let (forward, backward) = Slope.stretch(
          stretches[position].mode, heights: heights, pieceMeters: meters / Double(pieces))
        stretches[position].forward.append(forward)
        stretches[position].backward.append(backward)
      }
    }
    var network = self
    for (mode, forward, backward) in stretches {
      guard let position = TravelMode.allCases.firstIndex(of: mode) else { continue }
      network.times[position].forwardSlope = FlatArray(forward)
      network.times[position].backwardSlope = FlatArray(backward)
    }
    return (network, counts)
  }
}

extension RoadNetwork.TerrainCounts {
  fileprivate mutating func add(_ heights: [Double?]) {
    let known = heights.count { $0 != nil }
    if known == heights.count {
      edgesKnown += 1
    } else if known > 0 {
      edgesPartlyKnown += 1
    } else {
      edgesUnknown += 1
    }
    var climb = 0.0
    for case (let start?, let end?) in zip(heights, heights.dropFirst()) where end > start {
      climb += end - start
    }
    climbMeters += Int(min(climb.rounded(), 1e9))
  }
}

/// The points of one edge, to be walked along by share of its length.
private struct EdgeLine {
  private var latitudes: [Double] = []
  private var longitudes: [Double] = []
  // The length from the start to each point, in degrees of latitude: only shares of it are used.
  private var lengths: [Double] = []
  // The points are asked for in ascending order.
  private var segment = 1

  mutating func set(_ network: RoadNetwork, _ edge: Int) {
    latitudes.removeAll(keepingCapacity: true)
    longitudes.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    segment = 1
    func junction(_ position: UInt32) -> (Int32, Int32) {
      (network.junctionLatitudes[Int(position)], network.junctionLongitudes[Int(position)])
    }
    add(junction(network.edgeFrom[edge]))
    for point in Int(network.shapeStart[edge])..<Int(network.shapeStart[edge + 1]) {
      add((network.shapeLatitudes[point], network.shapeLongitudes[point]))
    }
    add(junction(network.edgeTo[edge]))
  }

  private mutating func add(_ point: (latitude: Int32, longitude: Int32)) {
    let (latitude, longitude) = (Double(point.latitude) / 1e7, Double(point.longitude) / 1e7)
    var length = 0.0
    if let lastLatitude = latitudes.last, let lastLongitude = longitudes.last, let lastLength = lengths.last {
      let east = (longitude - lastLongitude) * cos((latitude + lastLatitude) / 2 * .pi / 180)
      let north = latitude - lastLatitude
      length = lastLength + (east * east + north * north).squareRoot()
    }
    latitudes.append(latitude)
    longitudes.append(longitude)
    lengths.append(length)
  }

  /// The point at a share of the length; shares come in ascending order.
  mutating func point(at share: Double) -> (latitude: Double, longitude: Double) {
    let wanted = share * lengths[lengths.count - 1]
    while segment < lengths.count - 1, lengths[segment] < wanted { segment += 1 }
    let length = lengths[segment] - lengths[segment - 1]
    let part = length > 0 ? min(1, (wanted - lengths[segment - 1]) / length) : 0
    return (
      latitudes[segment - 1] + part * (latitudes[segment] - latitudes[segment - 1]),
      longitudes[segment - 1] + part * (longitudes[segment] - longitudes[segment - 1])
    )
  }
}
