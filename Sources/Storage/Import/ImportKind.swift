/// What can be imported, by the word used on the command line.
public enum ImportKind: String, CaseIterable, Sendable {
  /// Villages, villagers' groups, communities: where the customers are.
  case places
  /// Where they can pay.
  case points
  /// Where a point could be opened.
  case candidates
  /// Payments of each point, month by month.
  case volumes
  /// How far and how long people say they come.
  case distanceSurveys = "distance-surveys"
  /// How long handling and waiting take.
  case serviceSurveys = "service-surveys"
  /// Whether anybody was there when inspectors came at a published time.
  case visits
  /// What customers said.
  case feedback
  /// Outlines of the county and its townships.
  case boundaries
  /// The ways to pay.
  case channels
}

/// The frame a file's longitudes and latitudes are in, by the word used on the command line.
///
/// What is read is always converted to WGS-84.
public enum ImportDatum: String, CaseIterable, Sendable {
  /// What GPS receivers say.
  case wgs84
  /// What Amap and Tencent say.
  case gcj02
  /// What Baidu says.
  case bd09
  /// Taken as WGS-84: the two frames agree to better than a meter (Yang 2009, "Chinese Geodetic Coordinate
  /// System 2000", Chinese Science Bulletin 54, 2714).
  case cgcs2000
}

/// How a text file writes its characters, by the word used on the command line.
public enum ImportEncoding: String, CaseIterable, Sendable {
  /// What everything writes today.
  case utf8 = "utf-8"
  /// Contains GBK and GB 2312, so it reads every legacy file of mainland China.
  case gb18030
  /// UTF-8 when the whole file is valid UTF-8, else GB18030 when the whole file is valid GB18030.
  case auto
}

/// What a file turned out to be, judged by its first bytes and never by its name.
public enum ImportFormat: String, CaseIterable, Sendable {
  /// Comma-separated values (RFC 4180); tabs and semicolons are understood, too.
  case csv
  /// GeoJSON (RFC 7946).
  case geoJSON = "geojson"
  /// GeoPackage (OGC 12-128).
  case geoPackage = "gpkg"
}

/// How to read a file.
public struct ImportOptions: Hashable, Sendable {
  /// The frame of its coordinates.
  public var datum = ImportDatum.wgs84
  /// How it writes its characters. A byte order mark at its start outranks this. GeoJSON is UTF-8 by its standard
  /// (RFC 8259, 8.1), so `auto` means UTF-8 there.
  public var encoding = ImportEncoding.auto

  /// WGS-84, and the encoding found by looking.
  public init() {}
}

/// What reading a file came to, besides its rows and problems.
struct ImportReading: Hashable, Sendable {
  /// What the file turned out to be.
  var format: ImportFormat
  /// How many rows the file has, refused ones included; blank lines are not rows.
  var rowsRead: Int
  /// How many of them had a problem and were kept out.
  var rowsRefused: Int
  /// Lines of a survey's form that nobody filled in.
  var rowsUnanswered = 0
  /// The columns (or properties) that mean nothing here, as the file writes them, in the order they were met.
  /// A column without a header is called by its number, such as `#7`.
  var ignoredColumns: [String]
  /// The SHA-256 of the file's bytes, in lower-case hexadecimal.
  var sha256: String
}
