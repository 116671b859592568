// OpenStreetMap files, decoded by libosmium, behind a C interface: no C++ type and no exception crosses it.
//
// It decodes and nothing else; what the tags mean is decided by whoever calls.
#ifndef COSM_H
#define COSM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Kinds of elements, as bits.
enum cosm_kind { COSM_NODES = 1, COSM_WAYS = 2, COSM_RELATIONS = 4 };

enum cosm_format { COSM_PBF = 0, COSM_XML = 1 };

// A key that is asked for. Tags with other keys are not handed over.
struct cosm_key {
  const char *name;
  // The kinds of elements that are handed over because they have this key; nodes are handed over anyhow, and have
  // their tags handed over if they have such a key.
  uint32_t selects;
};

// One tag: the position of its key among those asked for, and its value, which is not terminated.
struct cosm_tag {
  uint32_t key;
  uint32_t length;
  const char *value;
};

struct cosm_member {
  int64_t id;
  // One of COSM_NODES, COSM_WAYS, COSM_RELATIONS.
  uint32_t kind;
  uint32_t role_length;
  const char *role;
};

// A run of elements, in the order of the file. Everything is valid during the call that hands it over.
struct cosm_block {
  // How many elements were read for this block, handed over or not.
  uint64_t nodes_read, ways_read, relations_read;

  size_t node_count;
  const int64_t *node_ids;
  // 10^-7 degrees; a node without a position, or off the earth, has INT32_MAX for both.
  const int32_t *node_latitudes, *node_longitudes;
  // Nodes with selecting tags, as positions in the columns above, and where their tags start; one more start than nodes.
  size_t tagged_node_count;
  const uint32_t *tagged_nodes;
  const uint32_t *node_tag_starts;

  size_t way_count;
  const int64_t *way_ids;
  const uint32_t *way_ref_starts;
  const uint32_t *way_tag_starts;
  const int64_t *refs;

  size_t relation_count;
  const int64_t *relation_ids;
  const uint32_t *relation_member_starts;
  const uint32_t *relation_tag_starts;
  const struct cosm_member *members;

  const struct cosm_tag *tags;
};

enum cosm_outcome {
  COSM_DONE = 0,
  // The caller's function asked to stop.
  COSM_STOPPED = 1,
  // The system could not read the file.
  COSM_UNREADABLE = 2,
  // The bytes are not what the format says.
  COSM_DAMAGED = 3,
  // The file holds several versions of its elements: a history or a list of changes.
  COSM_VERSIONS = 4,
};

struct cosm_report {
  // What libosmium or the system said; empty when done.
  char message[256];
  // The line of an XML file, 0 when unknown.
  uint64_t line;
};

// Reads a file from its start to its end, and hands its elements over block by block, on the calling thread and in the
// order of the file, however many threads decode.
//
// `path` names a regular file. `take` returns 0 to go on. Returns a `cosm_outcome`.
int cosm_read(
  const char *path, int format, uint32_t kinds, const struct cosm_key *keys, size_t key_count,
  int (*take)(void *context, const struct cosm_block *block), void *context, struct cosm_report *report);

#ifdef __cplusplus
}
#endif
#endif
