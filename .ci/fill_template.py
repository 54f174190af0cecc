"""Fills in a blank form as a person would, and checks what `jixiao` reads of it once its formulas are computed.

Usage: fill_template.py fill BLANK FILLED
       fill_template.py check LAYOUT FORM_JSON FINDINGS_JSON
"""

import json
import sys

import openpyxl

# 180.00 of 200.00 is 90.00%, which is 9 of 10 points; 9 + 50 + 28.5 + 10 = 97.5, which is 优.
FUNDS = {"年初预算": 210, "预算数": 200, "执行数": 180}
INDICATORS = [
    # level 1, level 2, name, target, its parts, actual, weight, score, deviation
    ("产出指标", "数量指标", "更换路灯", "≥300盏", ("≥", 300, "盏"), "300盏", 50, 50, None),
    ("效益指标", "社会效益指标", "夜间出行条件", "明显改善", ("定性", "明显改善", None), "较明显改善", 30, 28.5, "两处未通电"),
    ("满意度指标", "满意度指标", "居民满意度", "＝90%", ("＝", 90, "%"), "90%", 10, 10, None),
]
SUMS = {"execution_rate": "90.00", "score": "9", "total": "97.5", "grade": "优"}


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row]


def label(sheet, *words):
    """The first cell that holds one of the words, brackets aside."""
    bare = lambda text: text.split("（")[0].removeprefix("其中：")
    return next(cell for cell in cells(sheet) if isinstance(cell.value, str) and bare(cell.value) in words)


def put(sheet, row, column, value):
    """Enters a value where the form lets a person enter one."""
    cell = sheet.cell(row, column)
    assert not cell.protection.locked, f"{cell.coordinate} is locked"
    cell.value = value


def open_right_of(sheet, cell):
    return next(c.column for c in sheet[cell.row][cell.column :] if not c.protection.locked)


def fill(blank, filled):
    book = openpyxl.load_workbook(blank)
    sheet = book.active
    for words, value in [("项目名称", "滨江步道照明"), ("主管部门", "某市城管局"), ("实施单位", "某市路灯所")]:
        cell = label(sheet, words)
        put(sheet, cell.row, open_right_of(sheet, cell), value)
    for words, value in [(("预期目标", "项目年度目标"), "更换路灯。"), (("实际完成情况", "年度目标完成情况"), "换了三百盏。")]:
        cell = label(sheet, *words)
        put(sheet, cell.row + 1, cell.column, value)
    total = label(sheet, "年度资金总额", "总额")
    columns = {
        "年初预算": label(sheet, "年初预算数", "年初预算"),
        "预算数": label(sheet, "全年预算数", "调整后预算数"),
        "执行数": label(sheet, "全年执行数", "预算执行数"),
    }
    for name, header in columns.items():
        put(sheet, total.row, header.column, FUNDS[name])
    fill_indicators(sheet)
    book.save(filled)


def fill_indicators(sheet):
    header = label(sheet, "一级指标").row
    heads = {cell.value: cell.column for cell in sheet[header] if cell.value}
    column = lambda *names: next(heads[name] for name in names if name in heads)
    for row, line in enumerate(INDICATORS, header + 1):
        level1, level2, name, target, parts, actual, weight, score, deviation = line
        entries = [
            (column("一级指标"), level1),
            (column("二级指标"), level2),
            (column("三级指标"), name),
            (column("实际完成值", "完成值"), actual),
            (column("分值", "权重"), weight),
            (column("得分"), score),
            (column("偏差原因分析及改进措施", "偏差原因分析", "未完成原因分析"), deviation),
        ]
        if "指标性质" in heads:
            entries += zip((column("指标性质"), column("指标值"), column("度量单位")), parts)
        else:
            entries.append((column("年度指标值"), target))
        for place, value in entries:
            if value is not None:
                put(sheet, row, place, value)


def check(layout, form_file, findings_file):
    [record] = json.load(open(form_file))
    form = record["form"]
    fund = form["funds"]["rows"][0]
    got = {
        "year": form["year"],
        "project_name": form["project_name"],
        "unit": form["unit"],
        "goal": form["goals"]["actual"],
        "execution_rate": fund["execution_rate"],
        "score": fund["score"],
        "total": form["total"]["score"],
        "weight": form["total"]["weight"],
        "grade": form["grade"],
        "targets": [row["target"]["value"] for row in form["indicators"]],
        "names": [row["level3"] for row in form["indicators"]],
    }
    due = SUMS | {
        "year": None if layout == "shanghai-2023" else 2024,
        "project_name": "滨江步道照明",
        "unit": "某市路灯所",
        "goal": "换了三百盏。",
        "weight": "100",
        "grade": None if layout == "sichuan" else SUMS["grade"],
        "targets": ["300", None, "90"],
        "names": [line[2] for line in INDICATORS],
    }
    wrong = {key: (got[key], due[key]) for key in due if got[key] != due[key]}
    assert not wrong, f"{layout}: read and due: {wrong}"
    [findings] = json.load(open(findings_file))
    errors = [finding["code"] for finding in findings["findings"] if finding["severity"] == "error"]
    assert not errors, f"{layout}: {errors}"
    print(f"{layout}: {len(got['names'])} indicators, {got['execution_rate']}%, {got['total']}, {got['grade']}")


{"fill": fill, "check": check}[sys.argv[1]](*sys.argv[2:])
