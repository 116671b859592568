extension Partition {
  /// The county and its townships as RFC 7946 wants them: one feature a line, right-hand rings, closed.
  var file: SampleFile {
    let features =
      [feature(of: county, name: "济源市", code: "419001", level: "county")]
      + zip(townships, Township.all).map { feature(of: $0, name: $1.name, code: $1.code, level: "township") }
    let text = """
      {"type":"FeatureCollection","bbox":[\(bounds)],"features":[
      \(features.joined(separator: ",\n"))
      ]}

      """
    return SampleFile(name: "boundaries.synthetic.geojson", text: text)
  }

  private var bounds: String {
    let (east, north) = (county.map(\.longitudeE6), county.map(\.latitudeE6))
    return [east.min()!, north.min()!, east.max()!, north.max()!]
      .map { decimal($0, places: 6) }.joined(separator: ",")
  }

  private func feature(of ring: Ring, name: String, code: String, level: String) -> String {
    let corners = (ring + ring.prefix(1)).map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",")
    return #"{"type":"Feature","properties":{"name":"\#(name)","level":"\#(level)","code":"\#(code)"},"#
      + #""geometry":{"type":"Polygon","coordinates":[[\#(corners)]]}}"#
  }
}
