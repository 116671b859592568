import COSMWriter
import Foundation

/// `roads.synthetic.osm.pbf`: the road map as an OpenStreetMap file in the Protocolbuffer Binary Format.
struct RoadsFile {
  static let name = "roads.synthetic.osm.pbf"
  /// The file's writing program, which says what the file is.
  static let program = "SampleCounty of paycircle: synthetic roads, not OpenStreetMap data"

  /// The file could not be written.
  struct Failure: Error {
    /// Why, in libosmium's words.
    let reason = String(cString: cosm_last_error())
  }

  let map: RoadMap

  /// Writes the file at `path`, over whatever is there.
  func write(to path: String) throws(Failure) {
    guard let writer = cosm_writer_open(path, RoadsFile.program) else { throw Failure() }
    var isWhole = true
    for (number, node) in map.nodes.enumerated() {
      isWhole =
        cosm_writer_node(
          writer, Int64(number + 1), Int32(node.spot.longitudeE6 * 10), Int32(node.spot.latitudeE6 * 10),
          list(node.tags)) && isWhole
    }
    for (number, way) in map.ways.enumerated() {
      let nodes = way.nodes.map { Int64($0 + 1) }
      isWhole = cosm_writer_way(writer, Int64(number + 1), nodes, nodes.count, list(way.tags)) && isWhole
    }
    for (number, restriction) in map.restrictions.enumerated() {
      isWhole = write(restriction, id: Int64(number + 1), to: writer) && isWhole
    }
    isWhole = cosm_writer_close(writer) && isWhole
    if !isWhole { throw Failure() }
  }

  private func write(_ restriction: RoadMap.Restriction, id: Int64, to writer: OpaquePointer) -> Bool {
    "from".withCString { from in
      "via".withCString { via in
        "to".withCString { to in
          let (way, node) = (CChar(UInt8(ascii: "w")), CChar(UInt8(ascii: "n")))
          let members = [
            cosm_member(type: way, id: Int64(restriction.from + 1), role: from),
            cosm_member(type: node, id: Int64(restriction.via + 1), role: via),
            cosm_member(type: way, id: Int64(restriction.to + 1), role: to),
          ]
          let tags = [
            Tag(key: "restriction", value: restriction.kind), Tag(key: "source", value: "synthetic"),
            Tag(key: "type", value: "restriction"),
          ]
          return cosm_writer_relation(writer, id, members, members.count, list(tags))
        }
      }
    }
  }

  /// Keys and values in turn, each ended by a zero byte; the last one's end is Swift's own.
  private func list(_ tags: [Tag]) -> String { tags.map { "\($0.key)\0\($0.value)\0" }.joined() }
}
