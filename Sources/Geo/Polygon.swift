/// A polygon with holes, on WGS-84.
///
/// Rings are closed without repeating the first corner. The exterior runs counter-clockwise and holes clockwise in
/// what paycircle makes (RFC 7946, 3.1.6); reading accepts either.
public struct Polygon: Hashable, Sendable {
  /// The outer ring.
  public var exterior: [Coordinate<WGS84>]
  /// The inner rings.
  public var holes: [[Coordinate<WGS84>]]

  /// Puts a polygon together.
  public init(exterior: [Coordinate<WGS84>], holes: [[Coordinate<WGS84>]] = []) {
    self.exterior = exterior
    self.holes = holes
  }
}
