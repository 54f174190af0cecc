"""Checks that every cell of a workbook stands whole in the PDF printed from it: texts, numbers as shown, no ####.

Usage: printed_whole.py FOLDER_OF_WORKBOOKS FOLDER_OF_PDFS
"""

import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pymupdf


def squeeze(text):
    return "".join(text.split())


def printed(pdf):
    """The visible text in drawing order: the lines of a wrapped cell stand together.

    A line below the edge of its cell is still in the PDF, only clipped away, so the clip must be honoured.
    """
    with pymupdf.open(pdf) as pages:
        return squeeze("".join(page.get_text("text", flags=pymupdf.TEXT_CLIP) for page in pages))


def shown(cell):
    """What a cell shows; None for a blank one and for a formula, whose value only a spreadsheet program knows."""
    value, code = cell.value, cell.number_format
    if isinstance(value, str):
        return None if value.startswith("=") and cell.data_type == "f" else squeeze(value)
    if value is None:
        return None
    if not re.fullmatch(r"0(\.0+)?%?", code):
        # The general format shows no zeros at the end.
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    places = len(code.rstrip("%").partition(".")[2])
    number = Decimal(repr(value)) * (100 if code.endswith("%") else 1)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded}{'%' if code.endswith('%') else ''}"


def cut_off(book, text):
    """The cells of a workbook that `text` does not hold whole."""
    if "###" in text:
        yield f"{book.name}: ###"
    for sheet in openpyxl.load_workbook(book):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            words = shown(cell)
            if words is not None and words not in text:
                yield f"{book.name} {sheet.title}!{cell.coordinate}: {cell.value}"


def main(books, pdfs):
    books = sorted(Path(books).glob("*.xlsx"))
    if not books:
        sys.exit("no workbook was written")
    lost = [line for book in books for line in cut_off(book, printed(Path(pdfs) / f"{book.stem}.pdf"))]
    print("\n".join(lost) or f"{len(books)} workbooks print every cell whole")
    sys.exit(1 if lost else 0)


main(*sys.argv[1:])
