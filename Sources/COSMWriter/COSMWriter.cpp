#include "COSMWriter.h"

#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/io/opl_output.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/memory/buffer.hpp>

namespace {

// One thread: the pool's order never shows in the file, but a single one leaves no doubt.
osmium::thread::Pool &pool() {
  static osmium::thread::Pool single{1};
  return single;
}

osmium::io::Header header(const char *program) {
  osmium::io::Header header;
  header.set("generator", program);
  return header;
}

thread_local std::string last_error;

}  // namespace

struct cosm_writer {
  osmium::io::Writer file;
  osmium::memory::Buffer buffer{1 << 20, osmium::memory::Buffer::auto_grow::yes};
  bool failed = false;

  cosm_writer(const char *path, const char *program)
      : file{osmium::io::File{path, "pbf,add_metadata=none,pbf_dense_nodes=true"}, header(program),
             osmium::io::overwrite::allow, pool()} {}

  // Runs `body`; an exception, which must not reach the caller's language, makes this and all later calls fail.
  template <typename Body>
  bool attempt(Body body) noexcept {
    if (failed) return false;
    try {
      body();
      if (buffer.committed() > (1 << 19)) flush();
    } catch (const std::exception &error) {
      last_error = error.what();
      failed = true;
    }
    return !failed;
  }

  void flush() {
    file(std::move(buffer));
    buffer = osmium::memory::Buffer{1 << 20, osmium::memory::Buffer::auto_grow::yes};
  }

  template <typename Builder>
  void add_tags(Builder &object, const char *tags) {
    osmium::builder::TagListBuilder list{object};
    while (*tags != '\0') {
      const char *value = tags + std::strlen(tags) + 1;
      list.add_tag(tags, value);
      tags = value + std::strlen(value) + 1;
    }
  }
};

cosm_writer *cosm_writer_open(const char *path, const char *program) {
  try {
    return new cosm_writer{path, program};
  } catch (const std::exception &error) {
    last_error = error.what();
    return nullptr;
  }
}

bool cosm_writer_node(
    cosm_writer *writer, int64_t id, int32_t longitude_e7, int32_t latitude_e7, const char *tags) {
  return writer->attempt([&] {
    {
      osmium::builder::NodeBuilder node{writer->buffer};
      node.set_id(id).set_location(osmium::Location{longitude_e7, latitude_e7});
      writer->add_tags(node, tags);
    }
    writer->buffer.commit();
  });
}

bool cosm_writer_way(
    cosm_writer *writer, int64_t id, const int64_t *nodes, size_t count, const char *tags) {
  return writer->attempt([&] {
    {
      osmium::builder::WayBuilder way{writer->buffer};
      way.set_id(id);
      {
        osmium::builder::WayNodeListBuilder list{way};
        for (size_t i = 0; i < count; ++i) list.add_node_ref(nodes[i]);
      }
      writer->add_tags(way, tags);
    }
    writer->buffer.commit();
  });
}

bool cosm_writer_relation(
    cosm_writer *writer, int64_t id, const cosm_member *members, size_t count, const char *tags) {
  return writer->attempt([&] {
    {
      osmium::builder::RelationBuilder relation{writer->buffer};
      relation.set_id(id);
      {
        osmium::builder::RelationMemberListBuilder list{relation};
        for (size_t i = 0; i < count; ++i) {
          const auto type = members[i].type == 'w' ? osmium::item_type::way : osmium::item_type::node;
          list.add_member(type, members[i].id, members[i].role);
        }
      }
      writer->add_tags(relation, tags);
    }
    writer->buffer.commit();
  });
}

bool cosm_writer_close(cosm_writer *writer) {
  const std::unique_ptr<cosm_writer> owned{writer};
  return owned->attempt([&] {
    owned->flush();
    owned->file.close();
  });
}

bool cosm_text_of_file(const char *from, const char *to) {
  try {
    osmium::io::Reader reader{osmium::io::File{from, "pbf"}, pool()};
    osmium::io::Writer writer{
        osmium::io::File{to, "opl,add_metadata=false"}, reader.header(), osmium::io::overwrite::allow, pool()};
    while (osmium::memory::Buffer buffer = reader.read()) writer(std::move(buffer));
    writer.close();
    reader.close();
    return true;
  } catch (const std::exception &error) {
    last_error = error.what();
    return false;
  }
}

const char *cosm_last_error(void) { return last_error.c_str(); }
