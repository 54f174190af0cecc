"""Makes a bureau's own template, and checks that filled templates hold everything that the blank ones did.

Usage: filled_workbooks.py make TEMPLATE
       filled_workbooks.py kept FOLDER_OF_TEMPLATES FOLDER_OF_FILLED
"""

import io
import sys
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

WIDTHS = [6, 9, 11, 15, 11, 11, 11, 7, 9, 7, 14]
FUNDS = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
SOURCES = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
HEADINGS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
GROUPS = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]

LINE = Border(*[Side(style="thin")] * 4)
WRAPPED = Alignment(horizontal="center", vertical="center", wrap_text=True)


class Sheet:
    """A sheet written row by row; columns count from 1."""

    def __init__(self, sheet):
        self.sheet, self.row = sheet, 0

    def next(self, height=None):
        self.row += 1
        if height:
            self.sheet.row_dimensions[self.row].height = height

    def put(self, first, last, value=None, rows=1, wraps=True, size=11):
        for row in range(self.row, self.row + rows):
            for column in range(first, last + 1):
                cell = self.sheet.cell(row, column)
                cell.border, cell.font = LINE, Font(name="宋体", size=size)
                cell.alignment = WRAPPED if wraps else Alignment(vertical="center")
        if (rows, first) != (1, last):
            self.sheet.merge_cells(start_row=self.row, end_row=self.row + rows - 1, start_column=first, end_column=last)
        self.sheet.cell(self.row, first).value = value


def make(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for column, width in zip("ABCDEFGHIJK", WIDTHS):
        sheet.column_dimensions[column].width = width
    page = Sheet(sheet)
    head(page)
    first, total = indicators(page)
    decorate(book, sheet, first, total)
    book.save(path)


def head(page):
    page.next(30)
    page.put(1, 11, "项目支出绩效自评表", size=18)
    page.next()
    page.put(1, 11, "（    年度）")
    page.next(18)
    page.put(1, 2, "项目名称")
    page.put(3, 11, wraps=False)
    page.next(18)
    page.put(1, 2, "主管部门")
    page.put(3, 5)
    page.put(6, 7, "实施单位")
    page.put(8, 11, wraps=False)
    page.next(34)
    page.put(1, 2, "项目资金（万元）", rows=5)
    page.put(3, 4)
    for column, words in enumerate(FUNDS, 5):
        page.put(column, column + (column == 10), words)
    for words in SOURCES:
        page.next()
        page.put(3, 4, words)
        for column in range(5, 11):
            page.put(column, column + (column == 10))
            page.sheet.cell(page.row, column).number_format = "0.00%" if column == 9 else "0.00"
    page.next()
    page.put(1, 1, "年度总体目标", rows=2)
    page.put(2, 6, "预期目标")
    page.put(7, 11, "实际完成情况")
    # Low, as the blank form was drawn.
    page.next(40)
    page.put(2, 6)
    page.put(7, 11)


def indicators(page):
    page.next(34)
    page.put(1, 1, "绩效指标", rows=1 + len(GROUPS))
    for column, words in enumerate(HEADINGS, 2):
        page.put(column, column, words)
    page.put(9, 11, "偏差原因分析及改进措施")
    first = page.row + 1
    for level1, level2 in GROUPS:
        page.next(32)
        page.put(2, 2, level1)
        page.put(3, 3, level2)
        for column in (4, 5, 6, 7, 8):
            page.put(column, column, wraps=column != 4)
        page.put(9, 11)
    page.next(18)
    page.put(1, 6, "总分")
    page.put(7, 7)
    page.put(8, 8)
    page.put(9, 11)
    return first, page.row


def decorate(book, sheet, first, total):
    points = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", showErrorMessage=True)
    points.add(f"G{first}:H{total - 1}")
    grades = DataValidation(type="list", formula1='"优,良,中,差"')
    grades.add(f"I{total}")
    for validation in (points, grades):
        sheet.add_data_validation(validation)
    low = CellIsRule(operator="lessThan", formula=["5"], fill=PatternFill("solid", bgColor="FFF2CC"))
    sheet.conditional_formatting.add(f"H{first}:H{total}", low)
    sheet[f"H{total}"].comment = Comment("各项得分之和", "预算科")
    picture = io.BytesIO()
    Picture.new("RGB", (24, 24), "red").save(picture, "PNG")
    sheet.add_image(Image(picture), f"B{total + 2}")
    book.defined_names["总分"] = DefinedName("总分", attr_text=f"自评表!$H${total}")
    sheet.print_title_rows = "1:2"
    sheet.print_area = f"A1:K{total + 4}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    notes = book.create_sheet("填报说明")
    notes["A1"], notes["A2"] = "得分超过分值的一律退回。", "=自评表!H%d" % total


def held(path):
    """What a workbook holds besides values, in words that inserted rows do not change."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            yield f"{sheet.title}: drop-down {validation.type} {validation.formula1} {validation.formula2}"
        for ranges in sheet.conditional_formatting:
            for rule in ranges.rules:
                yield f"{sheet.title}: condition {rule.type} {rule.operator} {rule.formula} {rule.dxf is not None}"
        for image in sheet._images:
            yield f"{sheet.title}: picture {hash(image._data())}"
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.comment:
                yield f"{sheet.title}: note {cell.comment.text}"
        yield f"{sheet.title}: prints {sheet.print_title_rows} {sheet.page_setup.orientation} {bool(sheet.print_area)}"
        yield f"{sheet.title}: protected {sheet.protection.sheet}"
        yield from (f"{sheet.title}: column {name} {size.width}" for name, size in sheet.column_dimensions.items())
    yield from (f"name {name}" for name in book.defined_names)


def lost(templates, filled):
    """What filled workbooks lack of their templates; a note may be on more rows than before."""
    for template in sorted(Path(templates).glob("*.xlsx")):
        before = sorted(held(template))
        books = sorted(Path(filled).glob(f"{template.stem}-*.xlsx"))
        if not books:
            yield f"{template.name}: nothing was filled"
        for book in books:
            after = sorted(held(book))
            yield from (f"{book.name}: {line}" for line in sorted(set(before) - set(after)))
            if any(before.count(line) > after.count(line) for line in set(before)):
                yield f"{book.name}: fewer than the template has"


def kept(templates, filled):
    found = list(lost(templates, filled))
    print("\n".join(found) or f"{len(list(Path(filled).glob('*.xlsx')))} filled workbooks keep all of their templates")
    sys.exit(1 if found else 0)


{"make": make, "kept": kept}[sys.argv[1]](*sys.argv[2:])
