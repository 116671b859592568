import Foundation
import Storage
import Words

/// Turns the map, a drawing in SVG, into a picture of pixels in PNG, by librsvg's `rsvg-convert`, where there is one.
///
/// A picture hangs on the fonts and the renderer of the machine; the drawing is what is compared.
struct MapPicture {
  /// The widths that can be asked for, in pixels: below, names cannot be read; above, the renderer takes gigabytes.
  static let widths = 200...16_000
  /// The width where none is asked for: an A4 page at 254 dots per inch.
  static let usualWidth = 2_000
  /// A map that has not been drawn by then never will be.
  private static let longestSeconds = 600.0

  private let renderer: OutsideProgram
  private let language: Language

  /// Finds the renderer on the `PATH`.
  ///
  /// - Throws: `Failure` with status 73 where there is none: the picture cannot be written.
  init(_ language: Language) throws(Failure) {
    self.language = language
    guard let found = OutsideProgram(named: ["rsvg-convert"]) else {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(
          en:
            "PNG: no rsvg-convert found on the PATH; expected that of librsvg (Debian package librsvg2-bin), or --format svg, "
            + "which browsers, Inkscape and office programs open",
          zh:
            "PNG:PATH 中没有 rsvg-convert;应安装 librsvg(Debian 软件包 librsvg2-bin),或改用 --format svg,浏览器、Inkscape 和办公软件都能打开"
        ),
        language: language)
    }
    renderer = found
  }

  /// Writes the picture of `svg` to `png`, whole or not at all: `width` pixels wide, as high as its shape wants.
  func draw(_ svg: String, width: Int, to png: String) throws {
    do {
      try renderer.write(png, within: Self.longestSeconds) { work, scratch in
        let drawing = scratch + "/map.svg"
        try writingOutput(language) { try writeWhole(svg, to: drawing) }
        // The map of a nation has longer attributes than parsers take from strangers.
        return [
          "--format", "png", "--width", "\(width)", "--keep-aspect-ratio", "--background-color", "white",
          "--unlimited", "--output", work,
          drawing,
        ]
      }
    } catch let trouble as OutsideProgram.Trouble {
      throw Failure(
        status: .cannotWrite,
        sentence: Bilingual(
          en: "\(png): cannot be written: \(trouble.reason[.english])",
          zh: "\(png):无法写入:\(trouble.reason[.chinese])"),
        language: language)
    }
  }
}
