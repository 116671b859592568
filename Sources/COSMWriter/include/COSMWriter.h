#ifndef COSM_WRITER_H
#define COSM_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An OpenStreetMap PBF file being written by libosmium. Objects come in the order nodes, ways, relations, each by
/// rising id. The same calls make the same bytes: the file holds no time, no version and no thread's order.
typedef struct cosm_writer cosm_writer;

/// What a relation refers to: `type` is 'n' or 'w'.
typedef struct {
  char type;
  int64_t id;
  const char *_Nonnull role;
} cosm_member;

/// Begins the file at `path`, over whatever is there. NULL when the file cannot be written.
cosm_writer *_Nullable cosm_writer_open(const char *_Nonnull path, const char *_Nonnull program);

/// `tags` is key, zero byte, value, zero byte and so on; an empty key ends it.
/// Each call returns whether it succeeded; after a failure the others do nothing and return false.
bool cosm_writer_node(
    cosm_writer *_Nonnull writer, int64_t id, int32_t longitude_e7, int32_t latitude_e7, const char *_Nonnull tags);
bool cosm_writer_way(
    cosm_writer *_Nonnull writer, int64_t id, const int64_t *_Nonnull nodes, size_t count, const char *_Nonnull tags);
bool cosm_writer_relation(
    cosm_writer *_Nonnull writer, int64_t id, const cosm_member *_Nonnull members, size_t count,
    const char *_Nonnull tags);

/// Ends the file and frees the writer; whether everything since it was opened succeeded.
bool cosm_writer_close(cosm_writer *_Nonnull writer);

/// Reads the PBF file at `from` and writes it to `to` as OPL, libosmium's text format of one object a line.
bool cosm_text_of_file(const char *_Nonnull from, const char *_Nonnull to);

/// Why the latest call on this thread failed, in libosmium's words; until the next failure.
const char *_Nonnull cosm_last_error(void);

#ifdef __cplusplus
}
#endif

#endif
