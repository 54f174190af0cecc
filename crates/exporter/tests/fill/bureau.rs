//! A bureau's workbook: the official table with all that a workbook may hold around and behind it.

use jixiao_core::{AmountUnit, Decimal, Form, FundRow, Grade, Indicator, Total};
use jixiao_parser::value;
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, FormatAlign,
    FormatBorder, Formula, Image, Note, Workbook, Worksheet,
};

/// Level 1, level 2 and the rows of a group.
pub(crate) type Group = (&'static str, &'static str, u32);

pub(crate) const GROUPS: &[Group] = &[
    ("产出指标\n（50分）", "数量指标", 2),
    ("产出指标\n（50分）", "质量指标", 1),
    ("效益指标\n（30分）", "社会效益指标", 2),
    ("满意度指标\n（10分）", "服务对象满意度指标", 1),
];

/// The first row of indicators, 0-based.
pub(crate) const FIRST: u32 = 12;
/// A transparent picture of one pixel.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x62, 0, 1, 0, 0, 5, 0, 1,
    0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The workbook with the groups that `groups` lists.
pub(crate) fn template(groups: &[Group]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("自评表").unwrap();
    head(sheet);
    let total = table(sheet, groups);
    foot(sheet, total);
    decorate(sheet, total);
    let list = workbook.add_worksheet();
    list.set_name("汇总表").unwrap();
    list.write_string(0, 0, "总分").unwrap();
    list.write_formula(0, 1, Formula::new(format!("=自评表!H{}", total + 1)).set_result("0")).unwrap();
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_values(format!("=自评表!$H${}:$H${total}", FIRST + 1).as_str());
    list.insert_chart(3, 3, &chart).unwrap();
    workbook.define_name("满分", &format!("=自评表!$G${}", total + 1)).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn cell() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Center)
}

fn head(sheet: &mut Worksheet) {
    let format = &cell();
    let bold = &Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, 9, "项目支出绩效自评表", bold).unwrap();
    sheet.merge_range(1, 0, 1, 9, "（    年度）", format).unwrap();
    sheet.merge_range(2, 0, 2, 1, "项目名称", format).unwrap();
    sheet.merge_range(2, 2, 2, 9, "", format).unwrap();
    sheet.merge_range(3, 0, 3, 1, "主管部门", format).unwrap();
    sheet.merge_range(3, 2, 3, 4, "", format).unwrap();
    sheet.merge_range(3, 5, 3, 6, "实施单位", format).unwrap();
    sheet.merge_range(3, 7, 3, 9, "", format).unwrap();
    sheet.merge_range(4, 0, 8, 1, "项目资金\n（万元）", format).unwrap();
    sheet.merge_range(4, 2, 4, 3, "", format).unwrap();
    let columns = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"];
    for (column, label) in (4..).zip(columns) {
        sheet.write_with_format(4, column, label, format).unwrap();
    }
    let labels = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"];
    let (money, rate) = (&cell().set_num_format("#,##0.00"), &cell().set_num_format("0.00%"));
    for (row, label) in (5..).zip(labels) {
        sheet.merge_range(row, 2, row, 3, label, format).unwrap();
        for (column, look) in [(4, money), (5, money), (6, money), (7, format), (8, rate), (9, money)] {
            sheet.write_blank(row, column, look).unwrap();
        }
    }
    sheet.merge_range(9, 0, 10, 0, "年度总体目标", format).unwrap();
    for (row, expected, actual) in [(9, "预期目标", "实际完成情况"), (10, "", "")] {
        sheet.merge_range(row, 1, row, 5, expected, format).unwrap();
        sheet.merge_range(row, 6, row, 9, actual, format).unwrap();
    }
}

/// Writes the indicators; returns the row of the total.
fn table(sheet: &mut Worksheet, groups: &[Group]) -> u32 {
    let format = &cell();
    let labels = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"];
    for (column, label) in (1..).zip(labels) {
        sheet.write_with_format(FIRST - 1, column, label, format).unwrap();
    }
    sheet.merge_range(FIRST - 1, 8, FIRST - 1, 9, "偏差原因分析及改进措施", format).unwrap();
    let mut row = FIRST;
    for kin in groups.chunk_by(|left, right| left.0 == right.0) {
        let rows = kin.iter().map(|group| group.2).sum();
        label(sheet, row, rows, 1, kin[0].0);
        for group in kin {
            label(sheet, row, group.2, 2, group.1);
            for number in 0..group.2 {
                indicator(sheet, row, number + 1);
                row += 1;
            }
        }
    }
    sheet.merge_range(FIRST - 1, 0, row - 1, 0, "绩效指标", format).unwrap();
    row
}

fn label(sheet: &mut Worksheet, row: u32, rows: u32, column: u16, text: &str) {
    let format = &cell();
    if rows > 1 {
        sheet.merge_range(row, column, row + rows - 1, column, text, format).unwrap();
    } else {
        sheet.write_with_format(row, column, text, format).unwrap();
    }
}

fn indicator(sheet: &mut Worksheet, row: u32, number: u32) {
    let format = &cell();
    sheet.write_with_format(row, 3, format!("指标{number}："), format).unwrap();
    for column in 4..8 {
        sheet.write_blank(row, column, format).unwrap();
    }
    sheet.merge_range(row, 8, row, 9, "", format).unwrap();
}

fn foot(sheet: &mut Worksheet, total: u32) {
    let format = &cell();
    sheet.merge_range(total, 0, total, 5, "总分", format).unwrap();
    for (column, name) in [(6, "G"), (7, "H")] {
        let sum =
            Formula::new(format!("=SUM({name}{}:{name}{total})+{}6", FIRST + 1, if column == 6 { "H" } else { "J" }));
        sheet.write_formula_with_format(total, column, sum.set_result("0"), format).unwrap();
    }
    sheet.merge_range(total, 8, total, 9, "", format).unwrap();
    sheet.merge_range(total + 1, 0, total + 1, 9, "填报人：        联系电话：", format).unwrap();
}

fn decorate(sheet: &mut Worksheet, total: u32) {
    let scores = DataValidation::new().allow_decimal_number(rust_xlsxwriter::DataValidationRule::Between(0.0, 100.0));
    sheet.add_data_validation(FIRST, 6, total - 1, 7, &scores).unwrap();
    let grades = DataValidation::new().allow_list_strings(&["优", "良", "中", "差"]).unwrap();
    sheet.add_data_validation(total, 8, total, 9, &grades).unwrap();
    let low = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::LessThan(60))
        .set_format(Format::new().set_bold());
    sheet.add_conditional_format(FIRST, 7, total, 7, &low).unwrap();
    sheet.insert_note(total, 7, &Note::new("由公式计算").set_author("预算科")).unwrap();
    sheet.insert_image(total + 2, 1, &Image::new_from_buffer(PICTURE).unwrap()).unwrap();
    sheet.set_repeat_rows(0, 1).unwrap();
    sheet.set_print_area(0, 0, total + 1, 9).unwrap();
    sheet.set_row_height(FIRST, 33).unwrap();
    sheet.set_landscape();
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

pub(crate) fn indicator_of(levels: (&str, &str), name: &str, target: &str, actual: &str) -> Indicator {
    Indicator {
        level1: Some(levels.0.to_owned()),
        level2: Some(levels.1.to_owned()),
        level3: name.to_owned(),
        target: value::target(target),
        actual: value::actual(actual),
        weight: decimal("15"),
        score: decimal("14.8"),
        deviation: None,
    }
}

fn fund(label: &str, amounts: [&str; 3], points: [Option<&str>; 3]) -> FundRow {
    let [weight, execution_rate, score] = points.map(|text| text.map(|text| text.parse().unwrap()));
    FundRow {
        label: label.to_owned(),
        initial_budget: decimal(amounts[0]),
        annual_budget: decimal(amounts[1]),
        executed: decimal(amounts[2]),
        weight,
        execution_rate,
        score,
    }
}

/// A form whose every field the bureau's workbook has a place for.
pub(crate) fn form() -> Form {
    let mut form = Form {
        title: Some("项目支出绩效自评表".to_owned()),
        year: Some(2023),
        project_name: Some("环湖栈道防腐维护".to_owned()),
        department: Some("白鹭市园林局".to_owned()),
        unit: Some("白鹭市湖区管理站".to_owned()),
        grade: Some(Grade::Excellent),
        total: Total { weight: decimal("100"), score: decimal("98.32") },
        ..Form::default()
    };
    form.funds.amount_unit = Some(AmountUnit::TenThousandYuan);
    form.funds.rows = vec![
        fund("年度资金总额", ["86", "1086.5", "1042.18"], [Some("10"), Some("95.92"), Some("9.59")]),
        fund("当年财政拨款", ["80", "80.5", "76.18"], [None; 3]),
        fund("上年结转资金", ["6", "6", "6"], [None; 3]),
        fund("其他资金", ["0", "1000", "960"], [None; 3]),
    ];
    form.goals.expected = Some("1.栈道木板防腐处理2.4公里；\n2.更换破损护栏。".to_owned());
    form.goals.actual = Some("=已完成全部处理&更换。".to_owned());
    form.indicators = vec![
        indicator_of(("产出指标", "数量指标"), "防腐处理长度", "≥2.4公里", "2.4公里"),
        indicator_of(("产出指标", "质量指标"), "验收合格率", "100%", "100%"),
        indicator_of(("效益指标", "社会效益指标"), "游客安全", "明显提升", "明显提升"),
        indicator_of(("满意度指标", "服务对象满意度指标"), "游客满意度", "≥90%", "93.50%"),
    ];
    form.indicators[1].deviation = Some("+0.5，因复检".to_owned());
    form
}
