"""Times XlsxWriter, openpyxl and python-calamine: workbooks.py CELLS.json BOOK.xlsx."""

import io
import json
import sys
import time

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Side
from python_calamine import CalamineWorkbook

sheets = json.load(open(sys.argv[1], encoding="utf-8"))


def write_xlsxwriter():
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    style = book.add_format({"border": 1, "text_wrap": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet["name"])
        for area in sheet["merged"]:
            page.merge_range(*area, "", style)
        for row, column, value in sheet["cells"]:
            page.write(row, column, value, style)
    book.close()


def write_openpyxl():
    book = openpyxl.Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    border, wrap = Border(left=side, right=side, top=side, bottom=side), Alignment(wrap_text=True)
    for sheet in sheets:
        page = book.create_sheet(sheet["name"])
        for row, column, value in sheet["cells"]:
            cell = page.cell(row + 1, column + 1, value)
            cell.border, cell.alignment = border, wrap
        for top, left, bottom, right in sheet["merged"]:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(io.BytesIO())


def read_openpyxl():
    book = openpyxl.load_workbook(sys.argv[2])
    for page in book:
        list(page.merged_cells.ranges), [list(row) for row in page.iter_rows(values_only=True)]


def read_calamine():
    book = CalamineWorkbook.from_path(sys.argv[2])
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def best(work, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


json.dump(
    [
        ("write: XlsxWriter (Python)", best(write_xlsxwriter, 3)),
        ("write: openpyxl", best(write_openpyxl, 2)),
        ("read: openpyxl, with merged cells", best(read_openpyxl, 2)),
        ("read: python-calamine, bare cells", best(read_calamine, 3)),
    ],
    sys.stdout,
)
