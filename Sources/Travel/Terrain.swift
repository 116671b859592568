/// The lie of the land around a place, which decides how far the way winds.
public enum Terrain: UInt8, CaseIterable, Sendable {
  /// Also where nothing is said.
  case plain = 0
  case hill = 1
  case mountain = 2

  /// The word used in files: `plain`, `hill` or `mountain`.
  public var name: String {
    switch self {
    case .plain: "plain"
    case .hill: "hill"
    case .mountain: "mountain"
    }
  }
}
