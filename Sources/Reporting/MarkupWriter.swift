/// Writes HTML and SVG that is also well-formed XML, from front to back.
///
///     var page = MarkupWriter()
///     page.element("p", ["class": "note"]) { $0.write("a < b") }
///     page.text  // <p class="note">a &lt; b</p>
///
/// Whatever is written is escaped, except by `embed`. A character that XML 1.0 cannot carry (2.2 Characters)
/// becomes U+FFFD, so that a name out of a damaged file cannot break the page.
struct MarkupWriter {
  /// What has been written.
  private(set) var text = ""

  /// Writes an element and, inside it, whatever `body` writes.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: (inout Self) -> Void
  ) {
    open(name, attributes)
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  /// Writes an element that holds only text.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String) {
    element(name, attributes) { $0.write(content) }
  }

  /// Writes an element without attributes that holds only text.
  mutating func element(_ name: String, _ content: String) { element(name, [:], content) }

  /// Writes an element that holds nothing: HTML's void elements, and SVG's shapes.
  mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    open(name, attributes)
    text += "/>"
  }

  /// Writes text.
  mutating func write(_ content: String) { text += Self.escaped(content) }

  /// Takes in what another writer wrote, or a constant of this module, as it is.
  mutating func embed(_ markup: String) { text += markup }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  /// `content` with everything replaced that means something to a parser.
  static func escaped(_ content: String) -> String {
    var result = ""
    result.reserveCapacity(content.utf8.count)
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
