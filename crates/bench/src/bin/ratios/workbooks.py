"""Times XlsxWriter, openpyxl and python-calamine: workbooks.py CELLS.json BOOK.xlsx."""

import io
import json
import sys
import time

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

drawn = json.load(open(sys.argv[1], encoding="utf-8"))
sheets, styles = drawn["sheets"], drawn["styles"]

# A stored width is more than the characters that fit, by five pixels of seven a character.
PADDING = 5 / 7


def format_xlsxwriter(style):
    look = {"font_name": "宋体", "font_size": style["size"], "bold": style["bold"], "num_format": style["number"]}
    look |= {"border": int(style["border"]), "text_wrap": style["wrap"], "shrink": style["shrink"]}
    look |= {"rotation": 270} if style["stacked"] else {}
    look |= {"align": style["horizontal"]} if style["horizontal"] else {}
    vertical = {"center": "vcenter", "top": "top"}.get(style["vertical"])
    return look | ({"valign": vertical} if vertical else {})


def write_xlsxwriter():
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    formats = [book.add_format(format_xlsxwriter(style)) for style in styles]
    for sheet in sheets:
        page = book.add_worksheet(sheet["name"])
        for column, width in sheet["widths"]:
            page.set_column(column, column, width - PADDING)
        for row, height in sheet["heights"]:
            page.set_row(row, height)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for *area, style in sheet["merged"]:
            page.merge_range(*area, "", formats[style])
        for row, column, value, style in sheet["cells"]:
            page.write(row, column, value, formats[style])
    book.close()


def looks_openpyxl(style):
    side = Side(style="thin") if style["border"] else None
    return {
        "font": Font(name="宋体", size=style["size"], bold=style["bold"]),
        "border": Border(left=side, right=side, top=side, bottom=side),
        "alignment": Alignment(
            horizontal=style["horizontal"] or None,
            vertical=style["vertical"] or None,
            wrap_text=style["wrap"],
            shrink_to_fit=style["shrink"],
            text_rotation=255 if style["stacked"] else 0,
        ),
        "number_format": style["number"],
    }


def write_openpyxl():
    book = openpyxl.Workbook()
    book.remove(book.active)
    looks = [looks_openpyxl(style) for style in styles]
    for sheet in sheets:
        page = book.create_sheet(sheet["name"])
        for column, width in sheet["widths"]:
            page.column_dimensions[get_column_letter(column + 1)].width = width
        for row, height in sheet["heights"]:
            page.row_dimensions[row + 1].height = height
        page.page_setup.paperSize = 9
        for row, column, value, style in sheet["cells"]:
            cell = page.cell(row + 1, column + 1, value)
            for name, look in looks[style].items():
                setattr(cell, name, look)
        for top, left, bottom, right, _ in sheet["merged"]:
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
