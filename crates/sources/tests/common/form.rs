//! An invented form, drawn as a table on pages of any kind.

use super::canvas::Canvas;

/// How the rules of a table are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// Each edge of each cell as a line.
    Strokes,
    /// As filled rectangles half a point thick.
    ThinRectangles,
    /// As short pieces, each a path of its own.
    Pieces,
    /// With a dash pattern.
    Dashed,
    /// Without the outer rules at the left and right.
    OpenSides,
    /// Not at all.
    Unruled,
    /// Only between the rows.
    Rows,
    /// Only between the columns.
    Columns,
    /// Only around the table.
    Outline,
    /// Only at the corners of the cells.
    Corners,
}

/// The form, a line a row: `→` stands for a part of the cell to the left, `↑` of the one above.
const FORM: &str = "\
项目名称|→|城西书架修缮|→|→|→|→|→
主管部门|→|某县文化局|→|实施单位|某县图书馆|→|→
项目资金（万元）|→||全年预算数|全年执行数|分值|执行率|得分
↑|↑|年度资金总额|12.00|11.40|10|95%|9.50
↑|↑|当年财政拨款|12.00|11.40|—||
↑|↑|其他资金|0|0|—||
年度总体目标|预期目标|→|→|实际完成情况|→|→|→
↑|修缮书架12个，读者满意。|→|→|已修缮书架12个。|→|→|→
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析
产出指标|数量指标|修缮书架数量|≥12个|12个|30|30|
↑|质量指标|验收合格率|≥95%|100%|20|20|
满意度指标|服务对象满意度|读者满意度|≥90%|88%|40|39|开放偏短
总分|→|→|→|→|100|98.5|";

/// A form whose names span one, two and three rows, with fund rows that are blank but for their label.
const LEVELS: &str = "\
项目名称|→|河堤护栏更换|→|→|→|→|→
主管部门|→|某县水务局|→|实施单位|某县河道站|→|→
项目资金（元）|→||全年预算数|全年执行数|分值|执行率|得分
↑|↑|年度资金总额|80000|76000|10|95%|9.50
↑|↑|当年财政拨款|80000|76000|||
↑|↑|上年结转资金|||||
↑|↑|其他资金|||||
年度总体目标|预期目标|→|→|实际完成情况|→|→|→
↑|更换护栏300米，补种行道树。|→|→|更换护栏300米。|→|→|→
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析
产出指标|数量指标|更换护栏长度|≥300米|300米|20|20|
↑|↑|补种行道树棵数|≥40棵|31棵|10|8|苗木到货晚，\\n下季补种。
↑|↑|立牌块数|≥6块|6块|10|10|
↑|质量指标|护栏验收合格率|100%|100%|10|10|
↑|↑|苗木成活率|≥90%|92%|10|10|
效益指标|社会效益指标|沿河行人落水事故|≤1起|0起|10|10|
↑|生态效益指标|河岸绿化改善情况|有所改善|有所改善|10|9|
满意度指标|服务对象满意度|沿河居民满意度|≥90%|91%|10|10|
总分|→|→|→|→|100|96.5|";

/// The rows of [`LEVELS`].
pub(crate) const LEVEL_ROWS: usize = 19;

/// Where texts stand in their cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// In the middle, as most papers have it.
    Middle,
    /// At the left and upper side.
    Corner,
}

pub(crate) const TITLE: &str = "项目支出绩效自评表";
pub(crate) const YEAR: &str = "（2023年度）";
/// The row that heads the indicators.
pub(crate) const HEAD: usize = 8;
/// The number of rows.
pub(crate) const ROWS: usize = 13;
/// The height of a row, in points.
pub(crate) const ROW: f64 = 24.0;

const WIDTHS: [f64; 8] = [56.0, 66.0, 100.0, 74.0, 74.0, 40.0, 45.0, 75.0];
pub(crate) const LEFT: f64 = 32.0;
const SIZE: f64 = 9.0;
/// The distance of the lines of a cell.
const PITCH: f64 = 11.0;

/// A cell: first row and column, the ones behind the last, and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) rows: (usize, usize),
    pub(crate) columns: (usize, usize),
    pub(crate) text: String,
}

/// The cells of the rows `first..end` of the form.
pub(crate) fn cells(first: usize, end: usize) -> Vec<Cell> {
    cells_of(FORM, first, end)
}

/// The cells of the rows `first..end` of the form whose names span rows.
pub(crate) fn level_cells(first: usize, end: usize) -> Vec<Cell> {
    cells_of(LEVELS, first, end)
}

/// The cells of a whole form.
pub(crate) fn cells_in(form: &str) -> Vec<Cell> {
    cells_of(form, 0, form.lines().count())
}

fn cells_of(form: &str, first: usize, end: usize) -> Vec<Cell> {
    let rows: Vec<Vec<&str>> = form.lines().map(|line| line.split('|').collect()).collect();
    let mut cells = Vec::new();
    for (row, texts) in rows.iter().enumerate().take(end).skip(first) {
        for (column, text) in texts.iter().enumerate() {
            // A cell cut by the end of a page has its text on the first one.
            let text = match *text {
                "→" => continue,
                "↑" if row > first => continue,
                "↑" => "",
                text => text,
            };
            let wide = texts[column + 1..].iter().take_while(|next| **next == "→").count();
            let high = rows[row + 1..end].iter().take_while(|next| next[column] == "↑").count();
            let (rows, columns) = ((row - first, row + 1 + high - first), (column, column + 1 + wide));
            cells.push(Cell { rows, columns, text: text.replace("\\n", "\n") });
        }
    }
    cells
}

fn edge(column: usize) -> f64 {
    LEFT + WIDTHS[..column].iter().sum::<f64>()
}

/// Draws `cells` with the upper side at `top`; returns the lower side.
pub(crate) fn draw(canvas: &mut Canvas, cells: &[Cell], top: f64, ruling: Ruling) -> f64 {
    draw_anchored(canvas, cells, top, ruling, Anchor::Middle)
}

/// The same with texts that stand at `anchor`.
pub(crate) fn draw_anchored(canvas: &mut Canvas, cells: &[Cell], top: f64, ruling: Ruling, anchor: Anchor) -> f64 {
    let rows = cells.iter().map(|cell| cell.rows.1).max().unwrap_or(0);
    for cell in cells {
        let (left, right) = (edge(cell.columns.0), edge(cell.columns.1));
        let (upper, lower) = (top - ROW * cell.rows.0 as f64, top - ROW * cell.rows.1 as f64);
        let open = ruling == Ruling::OpenSides;
        for (x, hidden) in [(left, cell.columns.0 == 0), (right, cell.columns.1 == WIDTHS.len())] {
            let inner = ruling == Ruling::Outline && !hidden;
            if !(open && hidden || inner) {
                rule(canvas, (x, lower), (x, upper), ruling);
            }
        }
        for (y, outer) in [(upper, cell.rows.0 == 0), (lower, cell.rows.1 == rows)] {
            if outer || ruling != Ruling::Outline {
                rule(canvas, (left, y), (right, y), ruling);
            }
        }
        let lines: Vec<&str> = cell.text.split('\n').collect();
        let middle = (upper + lower) / 2.0 - 3.0 + PITCH * (lines.len() - 1) as f64 / 2.0;
        let first = if anchor == Anchor::Middle { middle } else { upper - 10.0 };
        for (number, line) in lines.into_iter().enumerate() {
            let width = canvas.text_width(line, SIZE);
            let centred = anchor == Anchor::Middle && width < right - left;
            let start = if centred { (left + right - width) / 2.0 } else { left + 2.0 };
            canvas.text(start, first - PITCH * number as f64, SIZE, line);
        }
    }
    top - ROW * rows as f64
}

fn rule(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), ruling: Ruling) {
    let ((x0, y0), (x1, y1)) = (from, to);
    match ruling {
        Ruling::Unruled => {}
        Ruling::Rows if y0 < y1 => {}
        Ruling::Columns if x0 < x1 => {}
        Ruling::Strokes | Ruling::OpenSides | Ruling::Rows | Ruling::Columns | Ruling::Outline => {
            canvas.raw(&format!("0.5 w {x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S"))
        }
        Ruling::Corners => {
            // Six points at both ends.
            let (right, up) = ((x1 - x0).min(6.0), (y1 - y0).min(6.0));
            for ((from_x, from_y), (to_x, to_y)) in
                [((x0, y0), (x0 + right, y0 + up)), ((x1 - right, y1 - up), (x1, y1))]
            {
                canvas.raw(&format!("0.5 w {from_x:.2} {from_y:.2} m {to_x:.2} {to_y:.2} l S"));
            }
        }
        Ruling::Dashed => canvas.raw(&format!("[2 2] 0 d 0.5 w {x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S [] 0 d")),
        Ruling::ThinRectangles => {
            let (width, height) = ((x1 - x0).max(0.5), (y1 - y0).max(0.5));
            canvas.raw(&format!("{x0:.2} {y0:.2} {width:.2} {height:.2} re f"));
        }
        Ruling::Pieces => {
            let pieces = ((x1 - x0).max(y1 - y0) / 4.0).ceil();
            let step = ((x1 - x0) / pieces, (y1 - y0) / pieces);
            for number in 0..pieces as usize {
                let (x, y) = (x0 + step.0 * number as f64, y0 + step.1 * number as f64);
                let (end_x, end_y) = (x + step.0 * 0.6, y + step.1 * 0.6);
                canvas.raw(&format!("{x:.2} {y:.2} m {end_x:.2} {end_y:.2} l S"));
            }
        }
    }
}

/// Draws title, year and the whole form with the title at `top`; returns the lower side.
pub(crate) fn draw_form(canvas: &mut Canvas, top: f64, ruling: Ruling) -> f64 {
    draw_title(canvas, top);
    draw(canvas, &cells(0, ROWS), top - 40.0, ruling)
}

/// Draws title and year.
pub(crate) fn draw_title(canvas: &mut Canvas, top: f64) {
    canvas.text(210.0, top, 16.0, TITLE);
    canvas.text(250.0, top - 22.0, 10.0, YEAR);
}

/// The form as JSON.
pub(crate) fn truth() -> serde_json::Value {
    serde_json::from_str(include_str!("../documents/form.json")).unwrap()
}
