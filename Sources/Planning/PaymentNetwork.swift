public import Geo

/// A snapshot of everything that is known about paying in a county: the one value every question is asked of.
///
/// Storage makes it; nothing changes it afterwards. A scenario is a list of changes applied to a copy.
public struct PaymentNetwork: Sendable {
  /// Where the customers are.
  public var places = PlaceTable()
  /// Where they can pay.
  public var points = PointTable()
  /// Where they might be able to.
  public var candidates = CandidateTable()
  /// What the points did, month by month.
  public var volumes = VolumeTable()
  /// Whether somebody was there when inspectors came.
  public var visits = VisitTable()
  /// The county's and townships' outlines.
  public var boundaries: [Boundary] = []
  /// The ways to pay, in person or not.
  public var channels: [Channel] = []
  /// Where the data came from.
  public var sources: [DataSource] = []
  /// The roads; `nil` where there are none.
  public var roads: NetworkRoads?

  /// An empty network.
  public init() {}
}

/// A named outline: the county or one of its townships.
public struct Boundary: Sendable {
  /// The name people know it by.
  public var name: String
  /// The administrative level: `county`, `township`, or whatever the file said; empty where nothing.
  public var level: String
  /// The areas it consists of.
  public var polygons: [Polygon]

  /// Names an outline.
  public init(name: String, level: String, polygons: [Polygon]) {
    self.name = name
    self.level = level
    self.polygons = polygons
  }
}

/// One way to pay (交费途径), in person or not.
public struct Channel: Hashable, Sendable {
  /// The id.
  public var id: String
  /// The name.
  public var name: String
  /// Whether one has to go somewhere.
  public var inPerson: Bool
  /// What is paid with: `cash`, `card`, `qr`, `citizen_card`, or another word; empty where not said.
  public var medium: String
  /// Who runs it; empty where not said.
  public var provider: String

  /// Describes a way to pay.
  public init(id: String, name: String, inPerson: Bool, medium: String, provider: String) {
    self.id = id
    self.name = name
    self.inPerson = inPerson
    self.medium = medium
    self.provider = provider
  }
}

/// A file some of the network came from, as the import journal remembers it.
public struct DataSource: Hashable, Sendable {
  /// What it held: `places`, `points`, ...
  public var kind: String
  /// The file's name, without its folder.
  public var file: String
  /// The SHA-256 of its bytes, in lower-case hexadecimal.
  public var sha256: String
  /// How many rows were read.
  public var rows: Int
  /// Whether the data are made up.
  public var isSynthetic: Bool
  /// Whom its license asks to be named wherever the data are shown, such as `© OpenStreetMap contributors (ODbL)`;
  /// empty where nobody.
  public var attribution: String
  /// The day it was imported, `YYYY-MM-DD`; empty where not known.
  public var importedOn: String
  /// How many rows were not taken in.
  public var refused: Int

  /// Describes a source.
  public init(
    kind: String, file: String, sha256: String, rows: Int, isSynthetic: Bool, attribution: String = "",
    importedOn: String = "", refused: Int = 0
  ) {
    self.refused = refused
    self.attribution = attribution
    self.importedOn = importedOn
    self.kind = kind
    self.file = file
    self.sha256 = sha256
    self.rows = rows
    self.isSynthetic = isSynthetic
  }
}

/// The payments of each point, month by month.
public struct VolumeTable: Sendable {
  /// The months that occur, as `YYYY-MM`, ascending.
  public var months: [String] = []
  /// The point of each row, as a position in the point table; ascending.
  public var points: [Int32] = []
  /// The month of each row, as a position in `months`; ascending within a point.
  public var monthIndices: [Int32] = []
  /// The number of payments of each row.
  public var payments: [Int] = []
  /// Their sum of money in fen; -1 where not known.
  public var amountsFen: [Int] = []
  /// The most payments of one day of the month; -1 where not known.
  public var busiestDayPayments: [Int] = []

  /// An empty table.
  public init() {}

  /// How many rows there are.
  public var count: Int { payments.count }
}

extension PaymentNetwork {
  /// The township of the place a point is assigned to; empty where none is known.
  public func township(ofPoint point: Int) -> String {
    let place = Int(points.places[point])
    return place < 0 ? "" : places.townshipNames[Int(places.townships[place])]
  }
}
