/// The colors of signs, the same in reports, on maps and in exported files.
///
/// They are those of Okabe and Ito 2008 ("Color Universal Design", jfly.uni-koeln.de/color), which people with any of the common color
/// visions tell apart. Each is `#` and six hexadecimal digits.
public enum SignColor {
  /// Served places, and the rim of circles.
  public static let blue = "#0072B2"
  /// Payment circles.
  public static let sky = "#56B4E9"
  /// What is not served.
  public static let vermillion = "#D55E00"
  /// Banks.
  public static let purple = "#CC79A7"
  /// Post offices.
  public static let green = "#009E73"
  /// Shops.
  public static let orange = "#E69F00"
  /// Community stations.
  public static let yellow = "#F0E442"
  /// Business halls.
  public static let black = "#000000"
  /// All other kinds.
  public static let white = "#FFFFFF"
}
