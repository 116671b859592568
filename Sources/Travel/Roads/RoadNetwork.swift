/// A county's roads: junctions, and the edges between them with their shapes and travel times by mode.
///
/// An edge runs from one junction to another and may be used in either direction that its times allow. Junctions are
/// where roads meet or end, and wherever an edge's properties change; the points between are the edge's shape.
/// Junctions are ordered so that neighbors lie near each other in memory, and edges by their first junction.
///
/// Edges may have no length and take no time: two nodes in one place, and the links of a barrier, where each road has a
/// junction of its own so that the barrier can stop one mode and let another through.
///
/// Everything is whole numbers: positions in 10⁻⁷ degrees, as OpenStreetMap stores them, lengths in millimeters, times in
/// milliseconds. All columns of junctions have equal length, and so have all columns of edges.
public struct RoadNetwork: Sendable {
  /// The time of a direction that may not be used.
  public static let noWay = UInt32.max

  // By junction.
  /// Degrees north, times 10⁷.
  public var junctionLatitudes: FlatArray<Int32>
  /// Degrees east, times 10⁷.
  public var junctionLongitudes: FlatArray<Int32>

  // By edge.
  /// The junction each edge runs from, as a position in the junction columns; ascending.
  public var edgeFrom: FlatArray<UInt32>
  /// The junction it runs to.
  public var edgeTo: FlatArray<UInt32>
  /// Its length on the sphere along its shape.
  public var edgeMillimeters: FlatArray<UInt32>
  /// The raw value of its `RoadClass`.
  public var edgeClasses: FlatArray<UInt8>
  /// The points between its ends: those of edge `e` are `shapeStart[e]..<shapeStart[e + 1]`; one more than there are edges.
  public var shapeStart: FlatArray<UInt32>
  /// Degrees north of each of those points, times 10⁷.
  public var shapeLatitudes: FlatArray<Int32>
  /// Degrees east of each, times 10⁷.
  public var shapeLongitudes: FlatArray<Int32>

  /// The times on level ground, in the order of `TravelMode.allCases`.
  public var times: [EdgeTimes]

  /// Turns that cars may not make, as triples (edge arrived by, junction, edge left by), ascending.
  public var forbiddenTurns: FlatArray<UInt32>
  /// Where each path that cars may not drive on end begins in `forbiddenPathArcs`: path `p` is
  /// `forbiddenPathStart[p]..<forbiddenPathStart[p + 1]`; one more than there are paths.
  public var forbiddenPathStart: FlatArray<UInt32>
  /// The directions of edges that such paths lead along: twice the edge's number, plus 1 from its second junction to its
  /// first. What does not follow on from each other, or is no more than one edge, forbids nothing.
  public var forbiddenPathArcs: FlatArray<UInt32>

  /// How long an edge takes by one mode, `noWay` where it may not be used.
  public struct EdgeTimes: Sendable {
    /// From the first junction to the second.
    public var forward: FlatArray<UInt32>
    /// From the second to the first.
    public var backward: FlatArray<UInt32>
    /// How slope stretches `forward`, in thousandths; empty where the ground is taken as level.
    public var forwardSlope: FlatArray<UInt16>
    /// The same for `backward`.
    public var backwardSlope: FlatArray<UInt16>

    /// Times on level ground.
    public init(forward: FlatArray<UInt32>, backward: FlatArray<UInt32>) {
      self.forward = forward
      self.backward = backward
      forwardSlope = FlatArray([])
      backwardSlope = FlatArray([])
    }
  }

  /// How many junctions there are.
  public var junctionCount: Int { junctionLatitudes.count }
  /// How many edges there are.
  public var edgeCount: Int { edgeFrom.count }

  /// Puts the columns together.
  ///
  /// - Precondition: the columns fit each other as described.
  public init(
    junctionLatitudes: FlatArray<Int32>, junctionLongitudes: FlatArray<Int32>,
    edgeFrom: FlatArray<UInt32>, edgeTo: FlatArray<UInt32>, edgeMillimeters: FlatArray<UInt32>,
    edgeClasses: FlatArray<UInt8>,
    shapeStart: FlatArray<UInt32>, shapeLatitudes: FlatArray<Int32>, shapeLongitudes: FlatArray<Int32>,
    times: [EdgeTimes], forbiddenTurns: FlatArray<UInt32>,
    forbiddenPathStart: FlatArray<UInt32> = FlatArray([0]),
    forbiddenPathArcs: FlatArray<UInt32> = FlatArray([])
  ) {
    precondition(
      junctionLongitudes.count == junctionLatitudes.count, "as many longitudes as latitudes are expected")
    precondition(
      [edgeTo.count, edgeMillimeters.count, edgeClasses.count, shapeStart.count - 1]
        .allSatisfy { $0 == edgeFrom.count }, "columns of edges of equal length are expected")
    precondition(
      times.count == TravelMode.allCases.count
        && times.allSatisfy { $0.forward.count == edgeFrom.count && $0.backward.count == edgeFrom.count },
      "times for every mode and edge are expected")
    precondition(forbiddenTurns.count % 3 == 0, "forbidden turns are triples")
    precondition(
      forbiddenPathStart.first == 0 && forbiddenPathStart.last.map(Int.init) == forbiddenPathArcs.count,
      "starts of forbidden paths that fit their arcs are expected")
    self.junctionLatitudes = junctionLatitudes
    self.junctionLongitudes = junctionLongitudes
    self.edgeFrom = edgeFrom
    self.edgeTo = edgeTo
    self.edgeMillimeters = edgeMillimeters
    self.edgeClasses = edgeClasses
    self.shapeStart = shapeStart
    self.shapeLatitudes = shapeLatitudes
    self.shapeLongitudes = shapeLongitudes
    self.times = times
    self.forbiddenTurns = forbiddenTurns
    self.forbiddenPathStart = forbiddenPathStart
    self.forbiddenPathArcs = forbiddenPathArcs
  }
}
