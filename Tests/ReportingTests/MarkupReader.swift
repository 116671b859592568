import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads XML and remembers what a browser would have to look at.
final class MarkupReader: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var texts = ""

  init(_ markup: String) throws {
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw MarkupError(line: parser.lineNumber, text: "\(parser.parserError.map { "\($0)" } ?? "")")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append((name, attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { texts += string }

  func count(_ name: String) -> Int { elements.count { $0.name == name } }
}

struct MarkupError: Error {
  var line: Int
  var text: String
}
