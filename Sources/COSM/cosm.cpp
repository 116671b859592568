#include "cosm.h"

#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>
#include <osmium/thread/pool.hpp>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

// What the decoding threads freed goes back to the system: they keep it in heaps of their own, which nobody uses again.
struct MemoryReturn {
  ~MemoryReturn() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
  }
};

// The columns of one block, refilled for each.
class Columns {
 public:
  Columns(const cosm_key *keys, size_t count) : m_selects(count) {
    for (size_t i = 0; i < count; ++i) {
      m_keys.emplace(keys[i].name, static_cast<uint32_t>(i));
      m_selects[i] = keys[i].selects;
    }
  }

  void clear() {
    m_block = cosm_block{};
    m_node_ids.clear();
    m_latitudes.clear();
    m_longitudes.clear();
    m_tagged.clear();
    m_node_tags.assign(1, 0);
    m_way_ids.clear();
    m_way_refs.assign(1, 0);
    m_way_tags.assign(1, 0);
    m_refs.clear();
    m_relation_ids.clear();
    m_relation_members.assign(1, 0);
    m_relation_tags.assign(1, 0);
    m_members.clear();
    m_tags.clear();
  }

  void add(const osmium::Node &node) {
    ++m_block.nodes_read;
    if (!node.visible()) return;
    const osmium::Location location = node.location();
    const bool is_valid = location.valid();
    m_node_ids.push_back(node.id());
    m_latitudes.push_back(is_valid ? location.y() : std::numeric_limits<int32_t>::max());
    m_longitudes.push_back(is_valid ? location.x() : std::numeric_limits<int32_t>::max());
    if (take_tags(node.tags(), COSM_NODES)) {
      m_tagged.push_back(static_cast<uint32_t>(m_node_ids.size() - 1));
      m_node_tags.push_back(static_cast<uint32_t>(m_tags.size()));
    }
  }

  void add(const osmium::Way &way) {
    ++m_block.ways_read;
    if (!way.visible() || !take_tags(way.tags(), COSM_WAYS)) return;
    m_way_ids.push_back(way.id());
    for (const auto &ref : way.nodes()) m_refs.push_back(ref.ref());
    m_way_refs.push_back(static_cast<uint32_t>(m_refs.size()));
    m_way_tags.push_back(static_cast<uint32_t>(m_tags.size()));
  }

  void add(const osmium::Relation &relation) {
    ++m_block.relations_read;
    if (!relation.visible() || !take_tags(relation.tags(), COSM_RELATIONS)) return;
    m_relation_ids.push_back(relation.id());
    for (const auto &member : relation.members()) {
      const uint32_t kind = member.type() == osmium::item_type::node  ? COSM_NODES
                            : member.type() == osmium::item_type::way ? COSM_WAYS
                                                                      : COSM_RELATIONS;
      const char *role = member.role();
      m_members.push_back({member.ref(), kind, static_cast<uint32_t>(std::strlen(role)), role});
    }
    m_relation_members.push_back(static_cast<uint32_t>(m_members.size()));
    m_relation_tags.push_back(static_cast<uint32_t>(m_tags.size()));
  }

  const cosm_block *block() {
    m_block.node_count = m_node_ids.size();
    m_block.node_ids = m_node_ids.data();
    m_block.node_latitudes = m_latitudes.data();
    m_block.node_longitudes = m_longitudes.data();
    m_block.tagged_node_count = m_tagged.size();
    m_block.tagged_nodes = m_tagged.data();
    m_block.node_tag_starts = m_node_tags.data();
    m_block.way_count = m_way_ids.size();
    m_block.way_ids = m_way_ids.data();
    m_block.way_ref_starts = m_way_refs.data();
    m_block.way_tag_starts = m_way_tags.data();
    m_block.refs = m_refs.data();
    m_block.relation_count = m_relation_ids.size();
    m_block.relation_ids = m_relation_ids.data();
    m_block.relation_member_starts = m_relation_members.data();
    m_block.relation_tag_starts = m_relation_tags.data();
    m_block.members = m_members.data();
    m_block.tags = m_tags.data();
    return &m_block;
  }

 private:
  // Adds the tags asked for; none of them, and false, when no key selects the element.
  //
  // libosmium keeps tags as terminated strings in a row and walks them two by two. A damaged file can hold a zero byte
  // within a string, after which its own walk would leave the list; this one ends where the list does.
  bool take_tags(const osmium::TagList &list, uint32_t kind) {
    const size_t start = m_tags.size();
    bool is_selected = false;
    const char *position = reinterpret_cast<const char *>(list.data()) + sizeof(osmium::TagList);
    const char *const end = reinterpret_cast<const char *>(list.data()) + list.byte_size();
    while (position < end) {
      const std::string_view key = string_at(position, end);
      position += key.size() + 1;
      const std::string_view value = string_at(position, end);
      position += value.size() + 1;
      const auto found = m_keys.find(key);
      if (found == m_keys.end()) continue;
      is_selected = is_selected || (m_selects[found->second] & kind) != 0;
      m_tags.push_back({found->second, static_cast<uint32_t>(value.size()), value.data()});
    }
    if (!is_selected) m_tags.resize(start);
    return is_selected;
  }

  static std::string_view string_at(const char *position, const char *end) {
    const size_t most = position < end ? static_cast<size_t>(end - position) : 0;
    const size_t length = strnlen(position, most);
    if (length == most) throw std::runtime_error{"a tag with a zero byte"};
    return {position, length};
  }

  std::unordered_map<std::string_view, uint32_t> m_keys;
  std::vector<uint32_t> m_selects;
  cosm_block m_block{};
  std::vector<int64_t> m_node_ids, m_way_ids, m_relation_ids, m_refs;
  std::vector<int32_t> m_latitudes, m_longitudes;
  std::vector<uint32_t> m_tagged, m_node_tags, m_way_refs, m_way_tags, m_relation_members, m_relation_tags;
  std::vector<cosm_member> m_members;
  std::vector<cosm_tag> m_tags;
};

int fail(cosm_report *report, int outcome, const char *message, uint64_t line = 0) {
  std::strncpy(report->message, message, sizeof report->message - 1);
  report->line = line;
  return outcome;
}

}  // namespace

int cosm_read(
    const char *path, int format, uint32_t kinds, const struct cosm_key *keys, size_t key_count,
    int (*take)(void *context, const struct cosm_block *block), void *context, struct cosm_report *report) {
  std::memset(report, 0, sizeof *report);
  const MemoryReturn memory_return;
  try {
    auto entities = osmium::osm_entity_bits::nothing;
    if (kinds & COSM_NODES) entities |= osmium::osm_entity_bits::node;
    if (kinds & COSM_WAYS) entities |= osmium::osm_entity_bits::way;
    if (kinds & COSM_RELATIONS) entities |= osmium::osm_entity_bits::relation;

    // libosmium takes "-" for the standard input and runs a program for what looks like an address of the web.
    const std::string file_path = path[0] == '/' ? path : std::string{"./"} + path;
    const osmium::io::File file{file_path, format == COSM_PBF ? "pbf" : "osm"};
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    osmium::thread::Pool pool{std::clamp(cores, 1, 8), 32};
    osmium::io::Reader reader{file, entities, osmium::io::read_meta::no, pool};
    if (reader.header().has_multiple_object_versions()) return fail(report, COSM_VERSIONS, "");

    Columns columns{keys, key_count};
    while (const osmium::memory::Buffer buffer = reader.read()) {
      columns.clear();
      for (const auto &item : buffer) {
        switch (item.type()) {
          case osmium::item_type::node: columns.add(static_cast<const osmium::Node &>(item)); break;
          case osmium::item_type::way: columns.add(static_cast<const osmium::Way &>(item)); break;
          case osmium::item_type::relation: columns.add(static_cast<const osmium::Relation &>(item)); break;
          default: break;
        }
      }
      if (take(context, columns.block()) != 0) return COSM_STOPPED;
    }
    reader.close();
    return COSM_DONE;
  } catch (const osmium::xml_error &error) {
    return fail(report, COSM_DAMAGED, error.what(), error.line);
  } catch (const std::system_error &error) {
    return fail(report, COSM_UNREADABLE, error.what());
  } catch (const std::exception &error) {
    return fail(report, COSM_DAMAGED, error.what());
  } catch (...) {
    return fail(report, COSM_DAMAGED, "an unknown failure");
  }
}
