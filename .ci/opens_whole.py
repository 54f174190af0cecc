"""Checks with openpyxl what a reader relies on: links lead somewhere, pages print on A4, text is no formula.

Usage: opens_whole.py FOLDER_OF_WORKBOOKS
"""

import sys
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import coordinate_from_string


def complaints(path):
    with zipfile.ZipFile(path) as archive:
        if broken := archive.testzip():
            yield f"{path.name}: {broken} is damaged"
    book = openpyxl.load_workbook(path)
    if path.stem == "list":
        yield from (f"{path.name}: {fault}" for fault in faults_of_list(book))
    for sheet in book:
        yield from (f"{path.name} {sheet.title}: {fault}" for fault in faults(book, sheet, "blank" in path.name))


def faults(book, sheet, is_blank_form):
    if len(sheet.title) > 31 or set(sheet.title) & set("[]:*?/\\"):
        yield "a name that no sheet may have"
    if sheet.page_setup.paperSize != 9 or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        yield "not set up for A4, one page wide"
    if sheet.print_title_rows is None:
        yield "no rows repeated on every page"
    if is_blank_form != bool(sheet.protection.sheet):
        yield "only a blank form is protected"
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f" and not is_blank_form:
            yield f"{cell.coordinate} is a formula"
        if cell.hyperlink and not leads_somewhere(book, cell.hyperlink.location):
            yield f"{cell.coordinate} leads nowhere: {cell.hyperlink.location}"


def faults_of_list(book):
    """The first sheet names every other sheet once, with the number of findings of each severity."""
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    columns = [next(cell.column for cell in header if cell.value == word) for word in ("错误", "警告", "提示")]
    lines = list(sheet.iter_rows(min_row=header[0].row + 1))
    if len(lines) != len(book.worksheets) - 1:
        yield f"{len(lines)} lines for {len(book.worksheets) - 1} forms"
    for line in lines:
        if not line[1].hyperlink or not all(isinstance(line[column - 1].value, int) for column in columns):
            yield f"row {line[0].row} lacks its link or its counts"


def leads_somewhere(book, location):
    sheet, _, coordinate = location.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    column, row = coordinate_from_string(coordinate)
    return name in book.sheetnames and book[name][f"{column}{row}"].value is not None


def main(folder):
    books = sorted(Path(folder).glob("*.xlsx"))
    if not books:
        sys.exit("no workbook was written")
    found = [line for book in books for line in complaints(book)]
    print("\n".join(found) or f"{len(books)} workbooks open")
    sys.exit(1 if found else 0)


main(*sys.argv[1:])
