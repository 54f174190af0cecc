"""Checks that every text cell of a workbook stands whole in the PDF printed from it.

Usage: printed_whole.py FOLDER_OF_WORKBOOKS FOLDER_OF_PDFS
"""

import sys
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


def cut_off(book, text):
    """The text cells of a workbook that `text` does not hold whole."""
    for sheet in openpyxl.load_workbook(book):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str) and squeeze(cell.value) not in text:
                yield f"{book.name} {sheet.title}!{cell.coordinate}: {cell.value}"


def main(books, pdfs):
    books = sorted(Path(books).glob("*.xlsx"))
    if not books:
        sys.exit("no workbook was written")
    lost = [line for book in books for line in cut_off(book, printed(Path(pdfs) / f"{book.stem}.pdf"))]
    print("\n".join(lost) or f"{len(books)} workbooks print every text whole")
    sys.exit(1 if lost else 0)


main(*sys.argv[1:])
