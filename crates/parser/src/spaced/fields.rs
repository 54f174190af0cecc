//! What stands outside of the tables of figures: labelled fields, titles, and the texts of 资金管理情况.

use std::ops::Range;

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, MAIN_COLUMN, Scope, find};

use super::blocks::is_heading;
use super::cells::Cells;
use super::sheet::{Sheet, Word};

/// Spaces that part two cells of a line outside of the tables.
const CELL_GAP: usize = 2;

/// Reads lines outside of the tables: labelled fields with values centred on their label, anything else as it is.
pub(super) fn loose(sheet: &Sheet<'_>, lines: Range<usize>, cells: &mut Cells) {
    let mut waiting: Vec<usize> = Vec::new();
    let mut below = 0;
    let mut titled = false;
    let mut open: Option<FieldRow> = None;
    let mut texts: Option<Texts> = None;
    let mut next = lines.start;
    while next < lines.end {
        let line = next;
        next += 1;
        let words = sheet.line(line);
        if let Some(last) = broken_label(sheet, line, lines.end) {
            close(sheet, open.take(), cells);
            flush(sheet, &mut waiting, cells);
            (below, titled) = (0, true);
            broken_field(sheet, line..last + 1, cells);
            next = last + 1;
        } else if let Some(head) = Texts::head(sheet, words) {
            close(sheet, open.take(), cells);
            flush(sheet, &mut waiting, cells);
            head.put_head(sheet, words, cells);
            texts = Some(head);
        } else if let Some((head, label)) = texts.as_ref().and_then(|head| Some((head, text_row(sheet, words)?))) {
            flush(sheet, &mut waiting, cells);
            head.put_row(sheet, words, label, cells);
        } else if words.iter().any(|word| is_field_label(sheet, word)) {
            close(sheet, open.take(), cells);
            let above = if titled { std::mem::take(&mut waiting) } else { Vec::new() };
            flush(sheet, &mut waiting, cells);
            below = above.len();
            titled = true;
            open = Some(FieldRow { label: line, lines: above });
        } else if let Some(row) = open.as_mut().filter(|_| below > 0) {
            row.lines.push(line);
            below -= 1;
        } else if titled && !is_heading(sheet, line) {
            waiting.push(line);
        } else {
            close(sheet, open.take(), cells);
            flush(sheet, &mut waiting, cells);
            titled |= is_heading(sheet, line);
            runs(sheet, words, cells);
        }
    }
    close(sheet, open, cells);
    flush(sheet, &mut waiting, cells);
}

/// A line with field labels and the lines of values that go on above and below it.
struct FieldRow {
    label: usize,
    lines: Vec<usize>,
}

fn close(sheet: &Sheet<'_>, row: Option<FieldRow>, cells: &mut Cells) {
    let Some(row) = row else { return };
    let labels: Vec<&Word> = sheet.line(row.label).iter().filter(|word| is_field_label(sheet, word)).collect();
    let mut words: Vec<Word> =
        row.lines.iter().chain([&row.label]).flat_map(|line| sheet.line(*line)).copied().collect();
    words.sort_by_key(|word| word.start);
    let left = labels.first().map_or(0, |label| label.x_end());
    let stray: Vec<Word> = words.iter().filter(|word| word.x < left && !labels.contains(word)).copied().collect();
    cells.row();
    for (k, label) in labels.iter().enumerate() {
        let until = labels.get(k + 1).map_or(usize::MAX, |next| next.x);
        let value = words.iter().filter(|word| (label.x_end()..until).contains(&word.x));
        cells.put(sheet, 2 * k, 1, &[**label]);
        cells.put(sheet, 2 * k + 1, 1, &value.copied().collect::<Vec<_>>());
    }
    runs(sheet, &stray, cells);
}

fn flush(sheet: &Sheet<'_>, lines: &mut Vec<usize>, cells: &mut Cells) {
    for line in lines.drain(..) {
        runs(sheet, sheet.line(line), cells);
    }
}

/// A row of the runs of `words` that are parted by more than one space.
fn runs(sheet: &Sheet<'_>, words: &[Word], cells: &mut Cells) {
    if words.is_empty() {
        return;
    }
    cells.row();
    let near = |left: &Word, right: &Word| left.line == right.line && right.start - left.end < CELL_GAP;
    for (column, run) in words.chunk_by(near).enumerate() {
        cells.put(sheet, column, 1, run);
    }
}

fn is_field_label(sheet: &Sheet<'_>, word: &Word) -> bool {
    let plain = sheet.plain(word);
    let header = matches!(
        find(Scope::Header, &plain),
        Some(Label::ProjectName | Label::Department | Label::Unit | Label::TotalScore | Label::Extra)
    );
    header || find(Scope::Foot, &plain).is_some_and(|label| label == Label::Grade)
}

/// Lines from the first to the last of a label that is broken around the line of its value.
const LABEL_LINES: usize = 3;

/// The line on which the label of a field ends that is broken over several lines from `line` on: its value stands on a
/// line between them.
fn broken_label(sheet: &Sheet<'_>, line: usize, until: usize) -> Option<usize> {
    let first = sheet.line(line).first()?;
    let begun = sheet.plain(first);
    if is_field_label(sheet, first) || find(Scope::Block, &begun).is_some() {
        return None;
    }
    let ends = |last: &usize| {
        let end = sheet.line(*last).first().filter(|word| word.x < first.x_end());
        let joined = end.map(|word| format!("{begun}{}", sheet.plain(word))).unwrap_or_default();
        find(Scope::Header, &joined).is_some()
    };
    let last = (line + 1..until.min(line + LABEL_LINES)).find(ends)?;
    let beside = |middle: usize| sheet.line(middle).first().is_some_and(|word| word.x >= first.x_end());
    (line + 1..last).all(beside).then_some(last)
}

/// Puts the field of the lines `range`, of which the first and the last begin with the parts of its label.
fn broken_field(sheet: &Sheet<'_>, range: Range<usize>, cells: &mut Cells) {
    let (mut label, mut value) = (Vec::new(), Vec::new());
    for line in range.clone() {
        let words = sheet.line(line);
        let own = usize::from(line == range.start || line + 1 == range.end);
        label.extend(words.iter().take(own).copied());
        value.extend(words.iter().skip(own).copied());
    }
    cells.row();
    cells.put(sheet, 0, 1, &label);
    cells.put(sheet, 1, 1, &value);
}

/// True for the header of 资金管理情况.
pub(super) fn heads_texts(sheet: &Sheet<'_>, words: &[Word]) -> bool {
    Texts::head(sheet, words).is_some()
}

/// The columns of 资金管理情况: where the labels of their texts stand.
struct Texts {
    labels: Vec<Range<usize>>,
}

impl Texts {
    /// The columns that `words` head: 情况说明 and what stands behind it.
    fn head(sheet: &Sheet<'_>, words: &[Word]) -> Option<Self> {
        let main = words.iter().position(|word| sheet.plain(word) == MAIN_COLUMN)?;
        let heads = words.get(main..)?;
        let heading = |word: &Word| find(Scope::Block, &sheet.plain(word)) == Some(Label::Heading);
        let labels = heads.iter().map(|word| word.x..word.x_end()).collect();
        heads.iter().all(heading).then_some(Self { labels })
    }

    /// Puts the header: what stands in front of the columns labels the block.
    fn put_head(&self, sheet: &Sheet<'_>, words: &[Word], cells: &mut Cells) {
        let (side, labels) = words.split_at(words.len().saturating_sub(self.labels.len()));
        cells.row();
        cells.put(sheet, 0, 1, side);
        for (column, label) in (1..).zip(labels) {
            cells.put(sheet, column, 1, &[*label]);
        }
    }

    /// Puts the row that the word `label` names: what stands in front of it labels the block, what stands behind it is
    /// in the nearest column.
    fn put_row(&self, sheet: &Sheet<'_>, words: &[Word], label: usize, cells: &mut Cells) {
        runs(sheet, words.get(..label).unwrap_or_default(), cells);
        cells.row();
        cells.put(sheet, 0, 1, words.get(label..=label).unwrap_or_default());
        let texts = words.get(label + 1..).unwrap_or_default();
        for own in texts.chunk_by(|left, right| self.column(left) == self.column(right)) {
            let column = own.first().map_or(0, |word| self.column(word));
            cells.put(sheet, column + 1, 1, own);
        }
    }

    /// The column whose label is nearest to the middle of `word`.
    fn column(&self, word: &Word) -> usize {
        let middle = |range: &Range<usize>| range.start + range.end;
        let own = middle(&(word.x..word.x_end()));
        let nearest = self.labels.iter().enumerate().min_by_key(|(_, label)| middle(label).abs_diff(own));
        nearest.map_or(0, |(column, _)| column)
    }
}

/// Which of `words` is the label of a row of 资金管理情况.
fn text_row(sheet: &Sheet<'_>, words: &[Word]) -> Option<usize> {
    words.iter().take(2).position(|word| find(Scope::SubRow, &squeeze(&sheet.plain(word))).is_some())
}

#[cfg(test)]
mod tests {
    const FORM: &str = "\
                        转移支付区域绩效目标自评表
                                 （2023年度）

转移支付（项目
                                  海岸防护林修复补助
  ）名称
中央主管部门                                      国家林业和草原局
地方主管部门              云汀市林业局          资金使用单位                            云汀市防护林场
                                   全年预算数（A）            全年执行数（B）          预算执行率（B/A×100%）
                    年度资金总额                420.00             378.00           90.00%
资金投入情况         其中：中央财
                                           400.00             360.00           90.00%
 （万元）            政资金
                    地方财政资金              20.00               18.00           90.00%
                     其他资金
                                                   情况说明                   存在问题和改进措施
                    分配科学性                    按造林面积分配                            无
                    下达及时性                   收文后二十日内下达                   个别苗圃拨付偏晚
                    拨付合规性                      按进度拨付
资金管理情况
                    使用规范性                       专账核算
                    执行准确性                      与批复一致
                预算绩效管理情况                      已开展监控                     监控报告报送偏晚
                支出责任履行情况                       配套到位
     一级指标    二级指标       三级指标              指标值          全年实际完成值
     产出指标    数量指标       修复林带面积          ≥2万亩          1.8万亩
";

    #[test]
    fn a_label_broken_around_its_value_names_it() {
        let records = crate::parse(FORM).records;
        assert_eq!(records[0].form.project_name.as_deref(), Some("海岸防护林修复补助"));
        assert_eq!(records[0].form.department.as_deref(), Some("云汀市林业局"));
    }

    #[test]
    fn texts_below_the_funds_stand_in_the_nearest_column() {
        let records = crate::parse(FORM).records;
        let form = &records[0].form;
        let labels: Vec<&str> = form.extra.iter().map(|field| field.label.as_str()).collect();
        assert_eq!(form.funds.rows.len(), 4);
        assert_eq!(labels[1..4], ["分配科学性", "分配科学性/存在问题和改进措施", "下达及时性"], "{labels:?}");
        let late = form.extra.iter().find(|field| field.label == "下达及时性/存在问题和改进措施");
        assert_eq!(late.map(|field| field.text.as_str()), Some("个别苗圃拨付偏晚"));
    }
}
