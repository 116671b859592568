"""Judges a workbook by openpyxl and a KMZ by its XML: real numbers and dates, frozen headings, filters, bars, icons that are there.

usage: validate_layers.py WORKBOOK KMZ
"""

import datetime
import sys
import xml.etree.ElementTree as tree
import zipfile

import openpyxl


def check_workbook(path):
    book = openpyxl.load_workbook(path)
    names = book.sheetnames
    assert {"覆盖率", "村社区", "未覆盖村社区", "交费网点", "待办清单"} <= set(names), names
    for sheet in book:
        assert sheet.freeze_panes == "A2", f"{sheet.title}: {sheet.freeze_panes}"
        assert sheet.auto_filter.ref, f"{sheet.title}: no filter"
        assert sheet["A1"].font.bold, f"{sheet.title}: headings are not bold"
    places = book["村社区"]
    heads = [cell.value for cell in places[1]]
    row = dict(zip(heads, [cell.value for cell in places[2]]))
    assert isinstance(row["户数"], int) and isinstance(row["费控占比"], float), row
    assert row["城乡"] in ("城区", "农村") and row["已覆盖"] in ("是", "否"), row
    assert 112 < row["经度"] < 113 and 34 < row["纬度"] < 36, row
    formats = {cell.value: places.cell(2, cell.column).number_format for cell in places[1]}
    assert formats["费控占比"] == "0.0%", formats
    assert places.conditional_formatting, "no bars"
    points = book["交费网点"]
    column = [cell.value for cell in points[1]].index("开业日期") + 1
    days = [points.cell(r, column).value for r in range(2, points.max_row + 1)]
    assert any(isinstance(day, datetime.datetime) for day in days), "no dates"
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows(max_row=50) for cell in line)
    share = book["覆盖率"]["D2"]
    assert share.number_format == "0.0%" and 0.9 < share.value < 1, share.value


def check_kmz(path):
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    space = {"k": "http://www.opengis.net/kml/2.2"}
    root = tree.fromstring(archive.read("doc.kml"))
    icons = {node.text for node in root.iterfind(".//k:Icon/k:href", space)}
    assert icons and icons <= set(archive.namelist()), icons - set(archive.namelist())
    styles = {"#" + node.get("id") for node in root.iterfind(".//k:Style", space)}
    marks = root.findall(".//k:Placemark", space)
    assert marks and all(mark.find("k:styleUrl", space).text in styles for mark in marks)
    assert all(archive.read(icon).startswith(b"\x89PNG") for icon in icons)


check_workbook(sys.argv[1])
check_kmz(sys.argv[2])
