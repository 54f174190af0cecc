//! Which line ends are within cells, and which reading of them is unsure.

use super::super::recognise::recognise;
use super::super::tabs;
use super::rejoin;
use crate::dialect::cells::{Break, Cell};
use crate::text::Text;

fn rejoined(printed: &str) -> Vec<Cell> {
    let text = Text::new(printed);
    let regions = recognise(&text);
    assert_eq!(regions.len(), 1, "{printed}");
    rejoin(&text, tabs::cells(&text, &regions[0]).cells)
}

/// The rows, cells parted by `|`, an unsure one marked `?`.
fn rows(printed: &str) -> Vec<String> {
    let cells = rejoined(printed);
    let cell = |cell: &Cell| format!("{}{}", cell.text.replace('\n', "⏎"), if cell.unsure { "?" } else { "" });
    let rows = cells.chunk_by(|_, next| next.before != Break::Hard);
    rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

const HEAD: &str =
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度\n指标值\t实际\n完成值\t分值\t得分\t偏差原因分析\n及改进\n措施\n";

#[test]
fn labels_are_whole_again() {
    let text =
        "项目\n名称\t灯塔\n项目资金\n（万元）\t\t年初预算数\t全年预算数\t全年\n执行数\n年度资金\n总额\t1\t2\t3\n";
    let whole = ["项目⏎名称|灯塔", "项目资金⏎（万元）||年初预算数|全年预算数|全年⏎执行数", "年度资金⏎总额|1|2|3"];
    assert_eq!(rows(&format!("项目支出绩效自评表\n{text}"))[1..], whole);
}

#[test]
fn a_row_has_as_many_cells_as_its_header() {
    let body = "产出\n指标\t数量指标\t检修\n灯塔\t≥12\n座\t12座\t20\t20\t\n培训\t≥30人\t28人\t10\t9\t台风\n影响\n质量指标\t合格率\t=100%\t100%\t10\t10\t\n";
    let rows = rows(&format!("{HEAD}{body}总分\t100\t99\t\n"));
    assert_eq!(rows[0].matches('|').count(), 8, "{rows:?}");
    assert_eq!(
        rows[1..],
        [
            "产出⏎指标|数量指标|检修⏎灯塔|≥12⏎座|12座|20|20|",
            "培训|≥30人|28人|10|9|台风⏎影响",
            "质量指标|合格率|=100%|100%|10|10|",
            "总分|100|99|"
        ]
    );
}

#[test]
fn a_line_that_may_end_one_row_or_begin_the_next_is_unsure() {
    let body = "产出指标\t数量指标\t检修\t≥12座\t12座\t20\t20\t台风影响\n灯塔\n培训\t≥30人\t28人\t10\t9\t\n";
    let cells = rejoined(&format!("{HEAD}{body}"));
    assert!(cells.iter().any(|cell| cell.unsure && cell.text.contains("灯塔")), "{cells:?}");
    let ended = "产出指标\t数量指标\t检修\t≥12座\t12座\t20\t20\t台风影响\n。\n培训\t≥30人\t28人\t10\t9\t\n";
    assert_eq!(rows(&format!("{HEAD}{ended}"))[1], "产出指标|数量指标|检修|≥12座|12座|20|20|台风影响⏎。");
}

#[test]
fn rows_without_line_ends_stay_as_they_are() {
    let body = "产出指标\t数量指标\t检修\t≥12座\t12座\t20\t20\t\n培训\t≥30人\t28人\t10\t9\t台风影响\n质量指标\t合格\t=100%\t\t10\n巡查\t按期\n";
    let rows = rows(&format!("{HEAD}{body}总分\t100\t99\t\n注：无\n"));
    assert_eq!(rows.len(), 7, "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains('?')), "{rows:?}");
}

#[test]
fn goals_run_on_until_their_row_has_its_cells() {
    let text = "年度总体目标\t预期目标\t实际完成情况\n检修灯塔，\n培训人员。\t灯塔已修，\n人员已训。\n绩效指标\t一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t检修\n";
    assert_eq!(rows(text)[1], "检修灯塔，⏎培训人员。|灯塔已修，⏎人员已训。");
}

#[test]
fn values_of_fields_go_on_until_a_label_comes() {
    let text = "自评表\n项目名称\t海堤\n灯塔\n主管部门\t蓝湾市\n海事局\t实施单位\t航标\n站\n联络员\t王某\t电话\t0000\n项目资金\t\t年初预算数\t全年预算数\n";
    assert_eq!(
        rows(&format!("项目支出绩效{text}"))[1..5],
        [
            "项目名称|海堤⏎灯塔",
            "主管部门|蓝湾市⏎海事局|实施单位|航标⏎站",
            "联络员|王某|电话|0000",
            "项目资金||年初预算数|全年预算数"
        ]
    );
}

#[test]
fn rows_of_every_column_end_with_the_last() {
    let text = "指标\t一级指标\t三级指标\t指标值\t分值\n指标\t产出\n指标\t检修\n灯塔\t3座\t50\n指标\t产出\n指标\t培训\t9人\t50\n指标\t效益\t安全\t好\t9\n";
    assert_eq!(
        rows(text)[1..],
        ["指标|产出⏎指标|检修⏎灯塔|3座|50", "指标|产出⏎指标|培训|9人|50", "指标|效益|安全|好|9"]
    );
}
