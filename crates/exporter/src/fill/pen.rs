//! Puts values into the cells of one sheet, and remembers what it could not put.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use jixiao_core::{Decimal, Diagnostic, FieldPath, Place, Severity};
use jixiao_parser::grid::frame::{Slot, Spot};

use super::cell::{CellValue, Edit};
use super::layout::SheetLayout;
use super::sheet::SheetPlan;
use super::styles::NewStyles;
use crate::read::address::range_name;
use crate::read::number_format::display;
use crate::read::sheet::Position;
use crate::read::styles::Styles;
use crate::write::number::{number, percentage, text_or_number};
use crate::write::plan::{Content, NumberLook};

/// A value to put into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(Decimal),
    /// A rate in percent.
    Rate(Decimal),
    /// A text, or the number that it plainly is.
    Loose(String),
}

impl Value {
    /// The value as words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Loose(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Rate(rate) => format!("{rate}%"),
        }
    }
}

/// The pen of one sheet.
pub(super) struct Pen<'t> {
    pub(super) layout: &'t SheetLayout<'t>,
    pub(super) sheet: &'t str,
    pub(super) styles: &'t Styles,
    pub(super) new_styles: &'t mut NewStyles,
    pub(super) plan: &'t mut SheetPlan,
    pub(super) said: Vec<Diagnostic>,
    /// Cells of the template that have been written, and parts of cells.
    written: HashSet<Position>,
    parts: BTreeMap<Position, Vec<(Range<usize>, String)>>,
    /// Cells with formulas that were left alone, and what the form says there.
    computed: Vec<(Position, FieldPath, String)>,
}

impl<'t> Pen<'t> {
    /// A pen that has written nothing.
    pub(super) fn new(
        sheet: &'t str,
        layout: &'t SheetLayout<'t>,
        styles: (&'t Styles, &'t mut NewStyles),
        plan: &'t mut SheetPlan,
    ) -> Self {
        Self {
            layout,
            sheet,
            styles: styles.0,
            new_styles: styles.1,
            plan,
            said: Vec::new(),
            written: HashSet::new(),
            parts: BTreeMap::new(),
            computed: Vec::new(),
        }
    }

    /// Puts `value` into `slot`; `false` where its cell is taken.
    pub(super) fn put(&mut self, slot: &Slot, path: FieldPath, value: &Value) -> bool {
        match &slot.part {
            Some(part) => self.put_part(slot.spot, part.clone(), path, value),
            None => self.put_cell(slot.spot, slot.printed, path, value),
        }
    }

    /// Puts `value` into the cell at `spot`, which must be blank unless its `printed` value may go.
    pub(super) fn put_cell(&mut self, spot: Spot, printed: bool, path: FieldPath, value: &Value) -> bool {
        let area = self.layout.area((spot.row, spot.column));
        let at = area.first;
        let free = printed || self.layout.text(at).is_none();
        if at.0 != spot.row || !free || !self.written.insert(at) {
            // The cell of a group holds its name once for all rows.
            let place = (self.plan.rows.row(at.0), at.1);
            let same = |edit: &Edit| edit.value == CellValue::Text(value.words());
            return at.0 < spot.row && self.plan.edits.get(&place).is_some_and(same);
        }
        let place = (self.plan.rows.row(at.0), at.1);
        self.write(at, place, path, value);
        true
    }

    /// Puts `value` into a new row, the `copy`th below the row `spot.row`.
    pub(super) fn put_new(&mut self, spot: Spot, copy: u32, path: FieldPath, value: &Value) {
        let area = self.layout.area((spot.row, spot.column));
        let donor = (spot.row, area.first.1);
        let place = (self.plan.rows.row(spot.row).saturating_add(copy), area.first.1);
        self.write(donor, place, path, value);
    }

    /// Writes `value` at `place`, in the manner of the template's cell `model`.
    fn write(&mut self, model: Position, place: Position, path: FieldPath, value: &Value) {
        if self.layout.cells.computes(model) {
            self.computed.push((place, path, value.words()));
        }
        let edit = self.edit(model, place, path, value);
        self.plan.edits.insert(place, edit);
    }

    fn edit(&mut self, model: Position, place: Position, path: FieldPath, value: &Value) -> Edit {
        let own = self.layout.cells.style(model);
        let code = own.map_or("General", |style| self.styles.code(usize::try_from(style).unwrap_or(usize::MAX)));
        let listed = self.layout.cells.lists(model);
        let plain = |value: CellValue| Edit { value, style: own.filter(|_| !listed) };
        let content = match value {
            Value::Text(text) => return plain(CellValue::Text(text.clone())),
            Value::Number(value) => number(*value),
            Value::Rate(value) if code.contains('%') || code == "General" => percentage(*value),
            Value::Rate(value) => number(*value),
            Value::Loose(text) => text_or_number(text),
        };
        let (stored, look) = match content {
            Content::Number { value, look } => (value, look),
            Content::Text(text) => return plain(CellValue::Text(text)),
            Content::Blank => return plain(CellValue::Text(String::new())),
        };
        // A text that is a number must come out in its own digits: 12.50 is no 12.5.
        let kept = match value {
            Value::Loose(text) => display(&stored.to_string(), code, false) == *text,
            _ => shows(stored, code, look),
        };
        if kept {
            return plain(CellValue::Number(stored));
        }
        if matches!(value, Value::Loose(_)) {
            return plain(CellValue::Text(value.words()));
        }
        self.remark_format(place, path, value, code);
        let style = self.new_styles.with_format(own.unwrap_or_default(), &look.code());
        Edit { value: CellValue::Number(stored), style: Some(style) }
    }

    /// The format of a cell is the template's own: a change of it must be said. A rate typed into a cell of the general
    /// format becomes a percentage in any program.
    fn remark_format(&mut self, place: Position, path: FieldPath, value: &Value, code: &str) {
        let message = if code == "General" {
            format!("模板此格没有设数字格式，「{}」已按百分数填入，这一格的格式改为百分比", value.words())
        } else {
            format!("模板此格的数字格式「{code}」显示不出「{}」，已只改这一格的数字格式", value.words())
        };
        self.say("number-format-changed", Severity::Info, message, Some(path), Some(place));
    }

    /// Puts `value` in the place of a part of a cell's text.
    fn put_part(&mut self, spot: Spot, part: Range<usize>, path: FieldPath, value: &Value) -> bool {
        let at = self.layout.area((spot.row, spot.column)).first;
        if self.layout.cells.computes(at) {
            self.computed.push(((self.plan.rows.row(at.0), at.1), path, value.words()));
            return true;
        }
        let text = self.layout.texts.get(&at).map_or("", String::as_str);
        let follows = text.get(part.end..).is_some_and(|rest| !rest.is_empty());
        let gap = if follows && path != FieldPath::Year { "    " } else { "" };
        self.parts.entry(at).or_default().push((part, format!("{}{gap}", value.words())));
        true
    }

    /// Adds a remark about a field.
    pub(super) fn say(
        &mut self,
        code: &str,
        severity: Severity,
        message: String,
        field: Option<FieldPath>,
        place: Option<Position>,
    ) {
        let span = place.map(|at| Place::Sheet { sheet: self.sheet.to_owned(), range: range_name(at, at) });
        self.said.push(Diagnostic { code: code.to_owned(), severity, message, field, span });
    }

    /// Writes what is left to write and returns all remarks.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for (at, mut parts) in std::mem::take(&mut self.parts) {
            parts.sort_by_key(|(range, _)| range.start);
            let text = replaced(self.layout.texts.get(&at).map_or("", String::as_str), &parts);
            let place = (self.plan.rows.row(at.0), at.1);
            self.plan.edits.insert(place, Edit { value: CellValue::Text(text), style: None });
        }
        self.remark_formulas();
        self.said
    }

    fn remark_formulas(&mut self) {
        let computed = std::mem::take(&mut self.computed);
        let Some((first, ..)) = computed.first() else { return };
        let (first, count) = (*first, computed.len());
        let cells =
            computed.iter().map(|(place, _, value)| format!("{}（填报为「{value}」）", range_name(*place, *place)));
        let cells = cells.collect::<Vec<_>>().join("、");
        let message = format!("模板有公式的 {count} 格保留公式，打开文件时重新计算，结果可能与填报数不同：{cells}");
        self.say("formula-kept", Severity::Info, message, None, Some(first));
    }
}

/// True where a cell of the format `code` shows the number in full.
fn shows(stored: Decimal, code: &str, look: NumberLook) -> bool {
    if code == "General" {
        return !look.percent;
    }
    let shown = display(&stored.to_string(), code, false);
    let bare: String = shown.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let (digits, percent) = bare.strip_suffix('%').map_or((bare.as_str(), false), |digits| (digits, true));
    let read: Option<Decimal> = digits.parse().ok();
    let read = if percent { read.and_then(|value| value.checked_mul(Decimal::new(1, 2))) } else { read };
    read == Some(stored) && percent == look.percent
}

/// `text` with its `parts`, in their order, replaced.
fn replaced(text: &str, parts: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut copied = 0;
    for (range, new) in parts {
        out.push_str(text.get(copied..range.start).unwrap_or_default());
        out.push_str(new);
        copied = range.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_hides_digits_is_known() {
        let look = |places, percent| NumberLook { places, percent };
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(shows(number("9.5"), "General", look(1, false)));
        assert!(shows(number("9.5"), "#,##0.00", look(1, false)));
        assert!(!shows(number("9.5"), "0", look(1, false)));
        assert!(!shows(number("9.5"), "yyyy/m/d", look(1, false)));
        assert!(shows(number("0.98"), "0.00%", look(0, true)));
        assert!(!shows(number("98"), "0.00%", look(0, false)));
        assert!(!shows(number("0.98"), "General", look(0, true)));
    }

    #[test]
    fn parts_are_replaced_where_they_stand() {
        // 填报人： is twelve bytes.
        let parts = [(12..14, "林某    ".to_owned()), (26..26, "5月".to_owned())];
        assert_eq!(replaced("填报人：  日期：", &parts[..1]), "填报人：林某    日期：");
        assert_eq!(replaced("填报人：  日期：：", &parts), "填报人：林某    日期：：5月");
    }
}
