import Testing

@testable import Reporting

@Suite struct MarkupWriterTests {
  @Test func `text and attributes cannot become markup`() {
    var page = MarkupWriter()
    page.element("p", ["title": #"a"b'c"#], "1 < 2 & 3 > 2")
    page.empty("br")
    #expect(page.text == #"<p title="a&quot;b&#39;c">1 &lt; 2 &amp; 3 &gt; 2</p><br/>"#)
  }

  @Test func `an element that holds nothing keeps its end`() {
    var page = MarkupWriter()
    page.element("td", "")
    #expect(page.text == "<td></td>")
  }

  @Test func `what XML cannot carry becomes the replacement character`() {
    #expect(
      MarkupWriter.escaped("a\u{0}b\u{1F}c\u{7F}d\u{9F}e\u{FFFE}f\u{FFFF}g")
        == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}f\u{FFFD}g")
    #expect(MarkupWriter.escaped("a\tb\nc\rd") == "a b c d")
    #expect(MarkupWriter.escaped("济源 𠮷 ~\u{A0}") == "济源 𠮷 ~\u{A0}")
  }
}
