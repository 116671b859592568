#include <xlsxwriter.h>

// The day that all workbooks are made on: 1980-01-01, as the files inside them are. The same data make the same bytes.
static inline void cxlsx_set_properties(lxw_workbook *workbook, const char *title, const char *comments) {
  lxw_doc_properties properties = {0};
  properties.title = title;
  properties.comments = comments;
  properties.created = 315532800;
  workbook_set_properties(workbook, &properties);
}

// Bars as every program since 2007 draws them, from nothing to `longest`, or where that is 0 to the column's greatest number: those of
// 2010 have limits that some programs ignore.
static inline lxw_error cxlsx_bars(
    lxw_worksheet *sheet, lxw_row_t first, lxw_col_t column, lxw_row_t last, double longest) {
  lxw_conditional_format bars = {0};
  bars.type = LXW_CONDITIONAL_DATA_BAR;
  bars.bar_color = 0x9BC2E6;
  bars.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  bars.min_value = 0;
  bars.max_rule_type =
      longest > 0 ? LXW_CONDITIONAL_RULE_TYPE_NUMBER : LXW_CONDITIONAL_RULE_TYPE_MAXIMUM;
  bars.max_value = longest;
  return worksheet_conditional_format_range(sheet, first, column, last, column, &bars);
}
