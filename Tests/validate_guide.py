"""Judges a workbook of charts of where to pay, in Chinese, by openpyxl: real numbers and times, frozen headings, filters, bars, widths.

usage: validate_guide.py WORKBOOK
"""

import datetime
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames == ["交费图表", "交费网点", "不用出门", "图表完整性"], book.sheetnames
for sheet in book:
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref and sheet["A1"].font.bold, sheet.title
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1", sheet.title
    for column in range(1, sheet.max_column + 1):
        width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width
        cells = [sheet.cell(row, column).value for row in range(1, min(sheet.max_row - 1, 100))]
        longest = max(len(cell) for cell in cells if isinstance(cell, str))
        assert width >= min(longest, 40), f"{sheet.title}: column {column} is {width} wide for {longest} letters"
ways = book["交费图表"]
heads = [cell.value for cell in ways[1]]
rows = [dict(zip(heads, line)) for line in ways.iter_rows(min_row=2, max_row=ways.max_row - 2, values_only=True)]
for row in rows:
    time, minutes = row["用时（时:分:秒）"], row["用时（分钟）"]
    # A time of day or a duration, whichever openpyxl takes it for.
    if isinstance(time, datetime.time):
        time = datetime.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)
    assert isinstance(minutes, int) and isinstance(time, datetime.timedelta), row
    # openpyxl may lose a microsecond.
    assert minutes == -(-round(time.total_seconds()) // 60), row
    assert row["方位与距离"] and row["类型"] and 112 < row["经度"] < 113, row
ranks = [row["序号"] for row in rows]
assert all(b in (1, a + 1) for a, b in zip(ranks, ranks[1:])) and ranks[0] == 1
column = heads.index("用时（分钟）") + 1
bars = [str(area.sqref) for area in ways.conditional_formatting]
letter = openpyxl.utils.get_column_letter(column)
assert bars == [f"{letter}2:{letter}{len(rows) + 1}"], bars
assert any("周一至周五" in (row["营业时间"] or "") for row in rows)
completeness = book["图表完整性"]
assert completeness["D2"].number_format == "0.0%" and 0 < completeness["D2"].value <= 1
assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)
print(f"{sys.argv[1].rsplit('/', 1)[-1]}: {len(rows)} ways, valid")
