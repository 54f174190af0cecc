//! Which cell of the table a finding is about, and the marks at the cells.

use std::collections::{BTreeMap, HashMap};

use jixiao_core::rules::{Finding, Location, Section};
use jixiao_core::vocab::{Label, Scope, official};
use jixiao_core::{FieldPath, Form, FundField, IndicatorField, Severity};
use maud::{Markup, html};

use super::class;
use crate::write::plan::{Content, Plan};

/// The marks of the findings of one form, by the number of the cell.
pub(super) struct CellMarks {
    form: usize,
    by_cell: BTreeMap<usize, Vec<(usize, Severity)>>,
}

impl CellMarks {
    /// Marks `findings`, which are numbered from 1, in the table of `plan`; `form` counts from 1 too.
    pub(super) fn new<'a>(
        form: usize,
        values: &Form,
        plan: &Plan,
        findings: impl IntoIterator<Item = &'a Finding>,
    ) -> Self {
        let cells = Cells::of(plan);
        let mut by_cell: BTreeMap<usize, Vec<(usize, Severity)>> = BTreeMap::new();
        for (number, finding) in (1..).zip(findings) {
            if let Some(cell) = cells.find(&finding.location, values) {
                by_cell.entry(cell).or_default().push((number, finding.severity));
            }
        }
        Self { form, by_cell }
    }

    /// The gravest severity at a cell.
    pub(super) fn worst(&self, cell: usize) -> Option<Severity> {
        self.by_cell.get(&cell)?.iter().map(|(_, severity)| *severity).max()
    }

    /// The marks at a cell, each leading to its finding.
    pub(super) fn at(&self, cell: usize) -> Markup {
        let marks = self.by_cell.get(&cell).map_or(&[][..], Vec::as_slice);
        html! {
            @for (number, severity) in marks {
                a class={ "mark " (class(*severity)) } id={ "c" (self.form) "-" (number) }
                    href={ "#f" (self.form) "-" (number) }
                    aria-label={ (severity.label()) "，本表第" (number) "条" } { (short(*severity)) (number) }
            }
        }
    }

    /// True where the finding of that number has a mark.
    pub(super) fn has(&self, number: usize) -> bool {
        self.by_cell.values().flatten().any(|(marked, _)| *marked == number)
    }
}

/// One character for a severity, for there is no room for its word in a cell.
fn short(severity: Severity) -> String {
    severity.label().chars().take(1).collect()
}

/// The cells of a plan by what they show.
struct Cells<'a> {
    plan: &'a Plan,
    by_field: HashMap<FieldPath, usize>,
}

impl<'a> Cells<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut by_field = HashMap::new();
        for (number, cell) in plan.cells.iter().enumerate() {
            if let Some(field) = cell.field {
                by_field.entry(field).or_insert(number);
            }
        }
        Self { plan, by_field }
    }

    fn find(&self, location: &Location, form: &Form) -> Option<usize> {
        let path = match (location.section, location.row, location.field.as_deref()) {
            (Section::Indicators, None, Some(level1)) => level1_row(form, level1).unwrap_or(FieldPath::Indicators),
            _ => location.field_path()?,
        };
        self.exact(path).or_else(|| self.block(path))
    }

    /// The cell of the field, of the group that the field belongs to, or of what names its row.
    fn exact(&self, path: FieldPath) -> Option<usize> {
        let cell = |path| self.by_field.get(&path).copied();
        let group = |row: usize, field| (0..=row).rev().find_map(|row| cell(FieldPath::Indicator(row, field)));
        match path {
            FieldPath::Indicator(row, field @ (IndicatorField::Level1 | IndicatorField::Level2)) => group(row, field),
            _ => cell(path),
        }
        .or_else(|| cell(row_name(path)?))
    }

    /// The cell that names the block of the field.
    fn block(&self, path: FieldPath) -> Option<usize> {
        let label = match path {
            FieldPath::Funds | FieldPath::AmountUnit | FieldPath::FundRow(_) | FieldPath::Fund(..) => Label::Funds,
            FieldPath::Goals | FieldPath::GoalsExpected | FieldPath::GoalsActual => Label::Goals,
            FieldPath::Indicators | FieldPath::IndicatorRow(_) | FieldPath::Indicator(..) => Label::Indicators,
            _ => return None,
        };
        let words = official(Scope::Block, label)?;
        let names = |content: &Content| matches!(content, Content::Text(text) if text.starts_with(words));
        self.plan.cells.iter().position(|cell| cell.field.is_none() && names(&cell.content))
    }
}

/// The first row of the level 1 of that name.
fn level1_row(form: &Form, name: &str) -> Option<FieldPath> {
    let row = form.indicators.iter().position(|indicator| indicator.level1.as_deref() == Some(name))?;
    Some(FieldPath::Indicator(row, IndicatorField::Level1))
}

/// What names the row of a field that the table has no column for.
const fn row_name(path: FieldPath) -> Option<FieldPath> {
    match path {
        FieldPath::FundRow(row) | FieldPath::Fund(row, _) => Some(FieldPath::Fund(row, FundField::Label)),
        FieldPath::IndicatorRow(row) | FieldPath::Indicator(row, _) => {
            Some(FieldPath::Indicator(row, IndicatorField::Level3))
        }
        FieldPath::Goals => Some(FieldPath::GoalsExpected),
        FieldPath::Total => Some(FieldPath::TotalScore),
        _ => None,
    }
}
