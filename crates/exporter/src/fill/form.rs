//! Puts one form into its frame.

use jixiao_core::fold::squeeze;
use jixiao_core::report::field_words;
use jixiao_core::{FieldPath, Form, Indicator, IndicatorField, Severity};
use jixiao_parser::grid::frame::{ExtraSlot, Frame, Slot, Spot, Table, TableColumn};

use super::allocate::{Home, stem};
use super::growth::merges_levels;
use super::pen::{Pen, Value};
use super::target;

/// What a template's sheet prints of a form before it is filled, and where its fields stand.
#[derive(Debug)]
pub(super) struct Blank<'t> {
    pub(super) form: &'t Form,
    pub(super) frame: &'t Frame,
}

/// Puts `form` into `blank`, its indicators where `homes` say.
pub(super) fn fill(form: &Form, blank: &Blank<'_>, homes: &[Option<Home>], pen: &mut Pen<'_>) {
    let mut filler = Filler { form, blank, pen };
    filler.header();
    filler.funds();
    filler.goals();
    for (index, (indicator, home)) in form.indicators.iter().zip(homes).enumerate() {
        filler.indicator(index, indicator, *home);
    }
    filler.total();
    filler.extra();
}

/// One form on its way into its frame.
pub(super) struct Filler<'f, 't, 'p> {
    pub(super) form: &'f Form,
    pub(super) blank: &'f Blank<'t>,
    pub(super) pen: &'f mut Pen<'p>,
}

impl Filler<'_, '_, '_> {
    fn header(&mut self) {
        let form = self.form;
        if let (Some(own), Some(printed)) = (&form.title, &self.blank.form.title)
            && squeeze(own) != squeeze(printed)
        {
            let message = format!("表名以模板的「{printed}」为准，没有改成「{own}」");
            self.pen.say("title-kept", Severity::Info, message, Some(FieldPath::Title), None);
        }
        self.year();
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        self.field(FieldPath::ProjectName, text(&form.project_name));
        self.field(FieldPath::Department, text(&form.department));
        self.field(FieldPath::Unit, text(&form.unit));
    }

    /// The year goes where the template prints one or leaves room for it; else into the blank row that spans the form
    /// below the title.
    fn year(&mut self) {
        let Some(year) = self.form.year else { return };
        if self.blank.frame.fields.contains_key(&FieldPath::Year) {
            self.field(FieldPath::Year, Some(Value::Text(year.to_string())));
            return;
        }
        let below = self.blank.frame.unlabelled.get(&FieldPath::Year).filter(|slot| self.spans_like_title(slot.spot));
        let value = Value::Text(format!("（{year}年度）"));
        if !below.is_some_and(|slot| self.pen.put(slot, FieldPath::Year, &value)) {
            self.no_place(FieldPath::Year, &value);
        }
    }

    fn spans_like_title(&self, spot: Spot) -> bool {
        let Some(title) = self.blank.frame.fields.get(&FieldPath::Title) else { return false };
        let columns = |spot: Spot| {
            let area = self.pen.layout.area((spot.row, spot.column));
            (area.first.1, area.last.1)
        };
        let (first, last) = columns(title.spot);
        first < last && columns(spot) == (first, last)
    }

    /// Puts a value into the field's own place.
    pub(super) fn field(&mut self, path: FieldPath, value: Option<Value>) {
        let Some(value) = value else { return };
        let slot = self.blank.frame.fields.get(&path).cloned();
        if !slot.is_some_and(|slot| self.place(&slot, path, &value)) {
            self.no_place(path, &value);
        }
    }

    /// Puts `value` into `slot`; behind its label, in the same cell, where the form ends right of it.
    fn place(&mut self, slot: &Slot, path: FieldPath, value: &Value) -> bool {
        if slot.part.is_none() && !slot.printed && slot.spot.column >= self.right_edge() {
            let Some(left) = slot.spot.column.checked_sub(1) else { return false };
            let label = self.pen.layout.area((slot.spot.row, left)).first;
            let end = self.pen.layout.texts.get(&label).map_or(0, String::len);
            let spot = Spot { row: label.0, column: label.1 };
            return self.pen.put(&Slot { spot, part: Some(end..end), printed: false }, path, value);
        }
        self.pen.put(slot, path, value)
    }

    /// The column right of the form.
    fn right_edge(&self) -> u32 {
        let frame = self.blank.frame;
        let columns = frame.tables.iter().flat_map(|table| &table.columns).map(|(range, _)| range.end);
        let title = frame
            .fields
            .get(&FieldPath::Title)
            .map(|slot| self.pen.layout.area((slot.spot.row, slot.spot.column)).last.1.saturating_add(1));
        columns.chain(title).max().unwrap_or(u32::MAX)
    }

    fn no_place(&mut self, path: FieldPath, value: &Value) {
        let message = format!("模板没有填写{}的位置，「{}」没有填入", field_words(path), value.words());
        self.pen.say("no-place-in-template", Severity::Warning, message, Some(path), None);
    }

    fn goals(&mut self) {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        self.field(FieldPath::GoalsExpected, text(&self.form.goals.expected));
        self.field(FieldPath::GoalsActual, text(&self.form.goals.actual));
    }

    fn total(&mut self) {
        self.field(FieldPath::TotalWeight, self.form.total.weight.map(Value::Number));
        self.field(FieldPath::TotalScore, self.form.total.score.map(Value::Number));
        let Some(grade) = self.form.grade.map(|grade| Value::Text(grade.label().to_owned())) else { return };
        let frame = self.blank.frame;
        let slot = frame.fields.get(&FieldPath::Grade).or_else(|| frame.unlabelled.get(&FieldPath::Grade)).cloned();
        if !slot.is_some_and(|slot| self.place(&slot, FieldPath::Grade, &grade)) {
            self.no_place(FieldPath::Grade, &grade);
        }
    }

    /// Other fields go to the cells of the same label; notes that the template prints are its own.
    fn extra(&mut self) {
        let mut taken = Vec::new();
        for (index, field) in self.form.extra.iter().enumerate() {
            let value = Value::Text(field.text.clone());
            let printed = |slot: &ExtraSlot| slot.note && slot.slot.printed;
            let slots = self.blank.frame.extra.iter().enumerate();
            let home = slots
                .filter(|(at, slot)| !taken.contains(at) && squeeze(&slot.label) == squeeze(&field.label))
                .find(|(_, slot)| !printed(slot) || self.says_so(slot, &field.text))
                .map(|(at, slot)| (at, slot.clone()));
            let path = FieldPath::Extra(index);
            let done = home.is_some_and(|(at, slot)| {
                taken.push(at);
                printed(&slot) || self.place(&slot.slot, path, &value)
            });
            if !done {
                let message = format!("模板没有「{}」一栏，「{}」没有填入", field.label, field.text);
                self.pen.say("no-place-in-template", Severity::Warning, message, Some(path), None);
            }
        }
    }

    /// True where the template prints the field as it is.
    fn says_so(&self, slot: &ExtraSlot, text: &str) -> bool {
        let same =
            |label: &str, printed: &str| squeeze(label) == squeeze(&slot.label) && squeeze(printed) == squeeze(text);
        self.blank.form.extra.iter().any(|printed| same(&printed.label, &printed.text))
    }

    fn indicator(&mut self, index: usize, indicator: &Indicator, home: Option<Home>) {
        let Some(home) = home else {
            let message = format!("模板没有绩效指标表，「{}」没有填入", indicator.level3);
            let path = FieldPath::IndicatorRow(index);
            self.pen.say("no-place-in-template", Severity::Warning, message, Some(path), None);
            return;
        };
        let (Home::Row { table, .. } | Home::New { table, .. }) = home;
        let Some(table) = self.blank.frame.tables.get(table) else { return };
        let values = [
            (IndicatorField::Level1, self.level(IndicatorField::Level1, indicator, table, home)),
            (IndicatorField::Level2, self.level(IndicatorField::Level2, indicator, table, home)),
            (IndicatorField::Level3, Some(Value::Text(indicator.level3.clone()))),
            (IndicatorField::Actual, indicator.actual.text.clone().map(Value::Loose)),
            (IndicatorField::Weight, indicator.weight.map(Value::Number)),
            (IndicatorField::Score, indicator.score.map(Value::Number)),
            (IndicatorField::Deviation, indicator.deviation.clone().map(Value::Text)),
        ];
        for (field, value) in values {
            self.indicator_cell(index, field, TableColumn::Field(field), table, home, value);
        }
        for (column, value) in target::columns(&indicator.target, table) {
            self.indicator_cell(index, IndicatorField::Target, column, table, home, Some(value));
        }
    }

    /// The name of a level, where the template neither prints it nor merges its cell down to the row.
    fn level(&self, field: IndicatorField, indicator: &Indicator, table: &Table, home: Home) -> Option<Value> {
        let own = |indicator: &Indicator| match field {
            IndicatorField::Level1 => indicator.level1.clone(),
            _ => indicator.level2.clone(),
        };
        let printed = match home {
            Home::Row { level1, level2, .. } => {
                if field == IndicatorField::Level1 {
                    level1
                } else {
                    level2
                }
            }
            Home::New { joins, .. } => merges_levels(table) && joins.shares(field),
        };
        table.column(TableColumn::Field(field))?;
        match own(indicator) {
            _ if printed => None,
            Some(name) => Some(Value::Text(name)),
            // A blank cell below a name would read as the name.
            None if self.form.indicators.iter().any(|other| stem(own(other).as_deref()).is_some()) => {
                Some(Value::Text("—".to_owned()))
            }
            None => None,
        }
    }

    fn indicator_cell(
        &mut self,
        index: usize,
        field: IndicatorField,
        column: TableColumn,
        table: &Table,
        home: Home,
        value: Option<Value>,
    ) {
        let Some(value) = value.filter(|value| !value.words().is_empty()) else { return };
        let path = FieldPath::Indicator(index, field);
        let placed = table.column(column).is_some_and(|column| match home {
            Home::Row { row, .. } => self.pen.put_cell(Spot { row, column }, true, path, &value),
            Home::New { row, copy, .. } => {
                self.pen.put_new(Spot { row, column }, copy, path, &value);
                true
            }
        });
        if !placed {
            self.no_place(path, &value);
        }
    }
}
