//! From cells to the typed form.

mod arithmetic;
mod cells;
mod rows;

use jixiao_core::fold::{is_blank, without_space};
use jixiao_core::vocab::{Label, Scope, official};
use jixiao_core::{AmountUnit, ExtraField, FieldPath, FormRecord, Grade};

use crate::raw::{RawField, RawForm};
use crate::value;
pub(crate) use arithmetic::adds_up;
use cells::Cells;

/// Interprets every cell of `raw`.
///
/// A cell that does not hold what its column demands (letters where a score belongs) becomes null with a
/// diagnostic that quotes it; a reader's doubts and failures of the form's own arithmetic become diagnostics
/// with the field's path. `index` is the number of the form within its input.
#[must_use]
pub fn assemble(raw: &RawForm, index: usize) -> FormRecord {
    let mut cells = Cells::default();
    cells.form.family = raw.family;
    header(raw, &mut cells);
    rows::funds(&raw.fund_rows, &mut cells);
    goals(raw, &mut cells);
    rows::indicators(&raw.indicators, &mut cells);
    foot(raw, &mut cells);
    extra(&raw.extra, &mut cells);
    arithmetic::check(&mut cells);
    let Cells { form, mut diagnostics, provenance } = cells;
    diagnostics.extend(raw.remarks.iter().cloned());
    FormRecord {
        path: String::new(),
        index,
        span: raw.span.clone(),
        form,
        diagnostics,
        provenance,
        computations: Vec::new(),
    }
}

fn header(raw: &RawForm, cells: &mut Cells) {
    cells.form.title = cells.read(raw.title.as_ref(), FieldPath::Title, "标题", title);
    year(raw, cells);
    cells.form.project_name = cells.text(raw.project_name.as_ref(), FieldPath::ProjectName);
    cells.form.department = cells.text(raw.department.as_ref(), FieldPath::Department);
    cells.form.unit = cells.text(raw.unit.as_ref(), FieldPath::Unit);
    cells.form.funds.amount_unit = cells.read(raw.amount_unit.as_ref(), FieldPath::AmountUnit, "金额单位", amount_unit);
}

/// The year from its own cell, else from the title, which need not print one.
fn year(raw: &RawForm, cells: &mut Cells) {
    cells.form.year = match (&raw.year, &raw.title) {
        (Some(cell), _) => cells.read(Some(cell), FieldPath::Year, "年度", value::year),
        (None, Some(cell)) if value::year(&cell.text).is_some() => {
            cells.read(Some(cell), FieldPath::Year, "年度", value::year)
        }
        _ => None,
    };
}

/// The title without white space and without a bracket that holds only the year.
fn title(text: &str) -> Option<String> {
    let mut bare = without_space(text);
    while let Some((start, end)) = year_bracket(&bare) {
        bare.replace_range(start..end, "");
    }
    (!bare.is_empty()).then_some(bare)
}

/// The bytes of the first bracket in `text` that prints a year and nothing else.
fn year_bracket(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['(', '（', '〔', '[']).find_map(|(start, open)| {
        let inside = text.get(start + open.len()..)?;
        let (length, close) = inside.match_indices([')', '）', '〕', ']']).next()?;
        let words = inside.get(..length)?.trim_end_matches(['年', '度']);
        let only_year = words.chars().count() == 4 && value::year(inside.get(..length)?).is_some();
        only_year.then(|| (start, start + open.len() + length + close.len()))
    })
}

/// The unit of the amounts that a cell such as `项目资金（万元）` prints.
fn amount_unit(text: &str) -> Option<AmountUnit> {
    let bare = without_space(text);
    [AmountUnit::TenThousandYuan, AmountUnit::Yuan].into_iter().find(|unit| bare.contains(unit.label()))
}

fn goals(raw: &RawForm, cells: &mut Cells) {
    cells.form.goals.expected = cells.text(raw.expected.as_ref(), FieldPath::GoalsExpected);
    cells.form.goals.actual = cells.text(raw.actual.as_ref(), FieldPath::GoalsActual);
}

fn foot(raw: &RawForm, cells: &mut Cells) {
    let total = official(Scope::Foot, Label::Total).unwrap_or_default();
    cells.form.total.weight = cells.read(raw.total_weight.as_ref(), FieldPath::TotalWeight, total, value::points);
    cells.form.total.score = cells.read(raw.total_score.as_ref(), FieldPath::TotalScore, total, value::points);
    let grade = official(Scope::Foot, Label::Grade).unwrap_or_default();
    cells.form.grade =
        cells.read(raw.grade.as_ref(), FieldPath::Grade, grade, |text| Grade::from_label(&without_space(text)));
}

fn extra(fields: &[RawField], cells: &mut Cells) {
    for field in fields.iter().filter(|field| !is_blank(&field.cell.text)) {
        let path = FieldPath::Extra(cells.form.extra.len());
        let label = field.label.trim().trim_end_matches([':', '：']).trim_end().to_owned();
        if let Some(text) = cells.text(Some(&field.cell), path) {
            cells.form.extra.push(ExtraField { label, text });
        }
    }
}

#[cfg(test)]
mod tests;
