//! An office draws its table: a note above, merged labels, columns of its own widths, a line for the signature below.

use jixiao_core::{Decimal, Form, FundField, FundRow, Indicator, IndicatorField};
use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet};

use super::families::{FamilyLabels, Holds};

/// A workbook that grows form by form.
#[derive(Default)]
pub(crate) struct Office {
    book: Workbook,
    row: u32,
    started: bool,
}

impl Office {
    /// Begins a new sheet.
    pub(crate) fn on_a_sheet(mut self, name: &str) -> Self {
        self.book.add_worksheet().set_name(name).unwrap();
        (self.row, self.started) = (0, true);
        self
    }

    /// Draws `form` below what the sheet holds already.
    pub(crate) fn with(mut self, family: &FamilyLabels, form: &Form) -> Self {
        if !self.started {
            self = self.on_a_sheet("表");
        }
        let last = self.book.worksheets().len() - 1;
        let sheet = self.book.worksheet_from_index(last).unwrap();
        let mut pen = Pen { sheet, row: self.row, family, form };
        pen.draw();
        self.row = pen.row + 2;
        self
    }

    /// The bytes of the workbook.
    pub(crate) fn save(mut self) -> Vec<u8> {
        self.book.save_to_buffer().unwrap()
    }
}

struct Pen<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    family: &'a FamilyLabels,
    form: &'a Form,
}

impl Pen<'_> {
    fn draw(&mut self) {
        self.head();
        self.funds();
        self.goals();
        self.indicators();
        self.total();
        self.text(0, self.last(), "填表人签字：");
        self.row += 1;
    }

    /// The last column.
    fn last(&self) -> u16 {
        u16::try_from(self.family.columns.len()).unwrap().max(7)
    }

    fn text(&mut self, first: u16, last: u16, text: &str) {
        self.area(self.row, first, last, text);
    }

    /// Cells from `first` to `last`, down to the row `bottom`, merged where there are several.
    fn area(&mut self, bottom: u32, first: u16, last: u16, text: &str) {
        let format = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
        if (bottom, last) == (self.row, first) {
            self.sheet.write_string_with_format(self.row, first, text, &format).unwrap();
        } else {
            self.sheet.merge_range(self.row, first, bottom, last, text, &format).unwrap();
        }
    }

    fn number(&mut self, column: u16, number: Option<Decimal>, code: &str) {
        let format = Format::new().set_border(FormatBorder::Thin).set_num_format(code);
        let Some(number) = number else {
            self.sheet.write_blank(self.row, column, &format).unwrap();
            return;
        };
        let stored = if code.ends_with('%') { number / Decimal::ONE_HUNDRED } else { number };
        let value: f64 = stored.to_string().parse().unwrap();
        self.sheet.write_number_with_format(self.row, column, value, &format).unwrap();
    }

    fn head(&mut self) {
        self.text(0, 2, "附件3：");
        self.row += 1;
        self.text(0, self.last(), self.form.title.as_deref().unwrap());
        self.row += 1;
        let year = self.form.year.map_or_else(|| "    ".to_owned(), |year| year.to_string());
        self.text(0, self.last(), &format!("（{year}年度）"));
        self.row += 1;
        let family = self.family;
        let score = self.form.total.score.map(|score| score.to_string());
        for (label, value) in [
            (family.project, self.form.project_name.clone()),
            (family.department, self.form.department.clone()),
            (family.unit, self.form.unit.clone()),
            (family.total_in_header, score),
        ] {
            let Some(label) = label else { continue };
            self.text(0, 1, label);
            self.text(2, self.last(), value.as_deref().unwrap_or_default());
            self.row += 1;
        }
    }

    fn funds(&mut self) {
        let rows: Vec<&str> = self.family.fund_rows.into_iter().filter(|label| !label.is_empty()).collect();
        self.area(self.row + u32::try_from(rows.len()).unwrap(), 0, 0, self.family.funds);
        self.text(1, 1, "");
        for (column, (label, _)) in (2..).zip(self.family.fund_columns) {
            self.text(column, column, label);
        }
        self.row += 1;
        for (label, row) in rows.into_iter().zip(&self.form.funds.rows) {
            self.text(1, 1, label);
            for (column, (_, field)) in (2..).zip(self.family.fund_columns) {
                self.fund(column, *field, row);
            }
            self.row += 1;
        }
    }

    fn fund(&mut self, column: u16, field: FundField, row: &FundRow) {
        let (number, code) = match field {
            FundField::InitialBudget => (row.initial_budget, "#,##0.00"),
            FundField::AnnualBudget => (row.annual_budget, "General"),
            FundField::Executed => (row.executed, "#,##0.00"),
            FundField::Weight => (row.weight, "0"),
            FundField::ExecutionRate => (row.execution_rate, "0.00%"),
            FundField::Score => (row.score, "0.0"),
            FundField::Label => (None, "@"),
        };
        self.number(column, number, code);
    }

    fn goals(&mut self) {
        let Some([name, expected, actual]) = self.family.goals else { return };
        let goals = &self.form.goals;
        let texts = [&goals.expected, &goals.actual].map(|text| text.clone().unwrap_or_default());
        self.area(self.row + 1, 0, 0, name);
        for [left, right] in [[expected, actual], [&texts[0], &texts[1]]] {
            self.text(1, 3, left);
            self.text(4, self.last(), right);
            self.row += 1;
        }
    }

    fn indicators(&mut self) {
        let count = u32::try_from(self.form.indicators.len()).unwrap();
        self.area(self.row + count, 0, 0, self.family.indicators);
        for (column, (label, _)) in (1..).zip(self.family.columns) {
            self.text(column, column, label);
        }
        self.row += 1;
        for (index, row) in self.form.indicators.iter().enumerate() {
            for (column, (_, holds)) in (1..).zip(self.family.columns) {
                self.indicator(column, *holds, index, row);
            }
            self.row += 1;
        }
    }

    fn indicator(&mut self, column: u16, holds: Holds, index: usize, row: &Indicator) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (nature, value, unit) = self.parts(row);
        let words = match holds {
            Holds::Field(IndicatorField::Level1) => return self.level1(column, index),
            Holds::Field(IndicatorField::Level2) => text(&row.level2),
            Holds::Field(IndicatorField::Level3) => row.level3.clone(),
            Holds::Field(IndicatorField::Target) => value,
            Holds::Field(IndicatorField::Actual) => text(&row.actual.text),
            Holds::Field(IndicatorField::Deviation) => text(&row.deviation),
            Holds::Field(IndicatorField::Weight) => return self.number(column, row.weight, "0"),
            Holds::Field(IndicatorField::Score) => return self.number(column, row.score, "0"),
            Holds::Nature => nature,
            Holds::Unit => unit,
            Holds::Other => String::new(),
        };
        self.text(column, column, &words);
    }

    /// The name of a group once, merged down its rows.
    fn level1(&mut self, column: u16, index: usize) {
        let rows = &self.form.indicators;
        let name = |index: usize| rows.get(index).and_then(|row: &Indicator| row.level1.clone());
        let Some(own) = name(index) else {
            return self.text(column, column, "");
        };
        if index == 0 || name(index - 1).as_ref() != Some(&own) {
            let more = rows.iter().skip(index + 1).take_while(|row| row.level1.as_ref() == Some(&own)).count();
            self.area(self.row + u32::try_from(more).unwrap(), column, column, &own);
        }
    }

    /// The target over the columns that the family has for it.
    fn parts(&self, row: &Indicator) -> (String, String, String) {
        let text = row.target.text.clone().unwrap_or_default();
        if !self.family.columns.iter().any(|(_, holds)| *holds == Holds::Nature) {
            return (String::new(), text, String::new());
        }
        match (&row.target.value, text.strip_prefix("定性")) {
            (Some(value), _) => {
                let sign = row.target.comparator.map_or("", |comparator| comparator.sign());
                (sign.to_owned(), value.to_string(), row.target.unit.clone().unwrap_or_default())
            }
            (None, Some(rest)) => ("定性".to_owned(), rest.to_owned(), String::new()),
            (None, None) => (String::new(), text, String::new()),
        }
    }

    fn total(&mut self) {
        let Some(label) = self.family.total else { return };
        let column = |wanted| self.family.columns.iter().position(|(_, holds)| *holds == Holds::Field(wanted));
        let (weight, score) = (column(IndicatorField::Weight), column(IndicatorField::Score));
        let first = weight.into_iter().chain(score).min().unwrap();
        self.text(0, u16::try_from(first).unwrap(), label);
        for (at, number) in [(weight, self.form.total.weight), (score, self.form.total.score)] {
            let Some(at) = at else { continue };
            self.number(u16::try_from(at).unwrap() + 1, number, "General");
        }
        self.row += 1;
    }
}
