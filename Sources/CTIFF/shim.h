// Only what reading a grid of heights asks for. libtiff's getters are variadic, which Swift cannot call, so each kind of
// value has a function of its own here; its complaints are kept quiet, for ours name the file and what was expected.
#include <stdarg.h>
#include <stdint.h>
#include <tiffio.h>

static int ctiff_quiet(TIFF *tiff, void *data, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)data, (void)module, (void)format, (void)arguments;
  return 1;
}

// Without memory mapping ("m"): a file that shrinks while it is read must be an error, not a signal.
static inline TIFF *ctiff_open(int descriptor, const char *name, tmsize_t largest_allocation) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (options == NULL) return NULL;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, largest_allocation);
  TIFFOpenOptionsSetErrorHandlerExtR(options, ctiff_quiet, NULL);
  TIFFOpenOptionsSetWarningHandlerExtR(options, ctiff_quiet, NULL);
  TIFF *tiff = TIFFFdOpenExt(descriptor, name, "rm", options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

static inline int ctiff_long(TIFF *tiff, uint32_t tag, uint32_t *value) {
  return TIFFGetFieldDefaulted(tiff, tag, value);
}

static inline int ctiff_short(TIFF *tiff, uint32_t tag, uint16_t *value) {
  return TIFFGetFieldDefaulted(tiff, tag, value);
}

// The values of a tag that libtiff does not know itself, such as those of GeoTIFF: none unless the file stores them in
// the expected type, for the pointer would lead to values of another size.
static inline int ctiff_values(TIFF *tiff, uint32_t tag, TIFFDataType type, uint32_t *count, const void **values) {
  const TIFFField *field = TIFFFindField(tiff, tag, TIFF_ANY);
  if (field == NULL || TIFFFieldDataType(field) != type) return 0;
  if (!TIFFFieldPassCount(field) || TIFFFieldReadCount(field) != TIFF_VARIABLE2) return 0;
  return TIFFGetField(tiff, tag, count, values);
}
