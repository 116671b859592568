import COSM
import Travel

/// Hands the blocks of an OpenStreetMap file over to the builder of the network.
final class RoadElementReader {
  var builder: RoadNetworkBuilder
  // Refilled for each element.
  private var tags = RoadTags()

  init(_ builder: RoadNetworkBuilder) { self.builder = builder }

  /// The keys that the rules read, in the order of `RoadTag.allCases`, for the length of `body`.
  static func withKeys<R>(_ body: (UnsafeBufferPointer<cosm_key>) -> R) -> R {
    // One run of terminated names, so that one pointer serves all keys.
    var names: [CChar] = []
    let starts = RoadTag.allCases.map { tag in
      defer { names += tag.key.utf8CString }
      return names.count
    }
    return names.withUnsafeBufferPointer { names in
      let keys = zip(RoadTag.allCases, starts).map { tag, start in
        cosm_key(name: names.baseAddress.map { $0 + start }, selects: selects(tag))
      }
      return keys.withUnsafeBufferPointer(body)
    }
  }

  /// Which elements matter because they have this key.
  private static func selects(_ tag: RoadTag) -> UInt32 {
    switch tag {
    case .highway, .route: COSM_WAYS.rawValue
    case .barrier: COSM_NODES.rawValue
    case .restriction, .restrictionMotorcar, .restrictionMotorVehicle, .restrictionVehicle,
      .restrictionConditional:
      COSM_RELATIONS.rawValue
    default: 0
    }
  }

  /// Takes the elements of a block.
  func take(_ block: cosm_block) {
    builder.countPassedOver(
      ways: Int(block.ways_read) - block.way_count,
      relations: Int(block.relations_read) - block.relation_count)
    takeWays(block)
    takeRelations(block)
    takeNodes(block)
  }

  private func takeWays(_ block: cosm_block) {
    for way in 0..<block.way_count {
      fillTags(block, block.way_tag_starts[way], block.way_tag_starts[way + 1])
      let first = Int(block.way_ref_starts[way])
      let refs = UnsafeBufferPointer(
        start: block.refs.map { $0 + first }, count: Int(block.way_ref_starts[way + 1]) - first)
      builder.addWay(id: block.way_ids[way], refs: refs, tags: tags)
    }
  }

  private func takeRelations(_ block: cosm_block) {
    for relation in 0..<block.relation_count {
      fillTags(block, block.relation_tag_starts[relation], block.relation_tag_starts[relation + 1])
      let range = block.relation_member_starts[relation]..<block.relation_member_starts[relation + 1]
      let members = range.map { position in
        let member = block.members[Int(position)]
        let kind: RoadNetworkBuilder.Member.Kind =
          switch member.kind {
          case COSM_NODES.rawValue: .node
          case COSM_WAYS.rawValue: .way
          default: .relation
          }
        return RoadNetworkBuilder.Member(
          id: member.id, kind: kind, role: text(member.role, member.role_length))
      }
      builder.addRelation(id: block.relation_ids[relation], members: members, tags: tags)
    }
  }

  private func takeNodes(_ block: cosm_block) {
    var nextTagged = 0
    for node in 0..<block.node_count {
      var nodeTags: RoadTags?
      if nextTagged < block.tagged_node_count, Int(block.tagged_nodes[nextTagged]) == node {
        fillTags(block, block.node_tag_starts[nextTagged], block.node_tag_starts[nextTagged + 1])
        nodeTags = tags
        nextTagged += 1
      }
      builder.addNode(
        id: block.node_ids[node], latitude: block.node_latitudes[node],
        longitude: block.node_longitudes[node],
        tags: nodeTags)
    }
  }

  private func fillTags(_ block: cosm_block, _ start: UInt32, _ end: UInt32) {
    tags.removeAll()
    for position in Int(start)..<Int(end) {
      let tag = block.tags[position]
      guard let key = RoadTag(rawValue: UInt8(truncatingIfNeeded: tag.key)) else { continue }
      tags[key] = text(tag.value, tag.length)
    }
  }

  private func text(_ start: UnsafePointer<CChar>?, _ length: UInt32) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: Int(length)), as: UTF8.self)
  }
}
