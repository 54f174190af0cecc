//! Puts the fund rows of a form into the rows of its frame.

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, Scope, find, official, stored_label};
use jixiao_core::{AmountUnit, Decimal, FieldPath, FundField, FundRow, Severity};

use super::form::Filler;
use super::pen::Value;

impl Filler<'_, '_, '_> {
    /// Puts every fund row into the row of the template with its label.
    pub(super) fn funds(&mut self) {
        let unit = self.unit_factor();
        let mut taken = Vec::new();
        for (index, row) in self.form.funds.rows.iter().enumerate() {
            let Some(home) = self.fund_home(row, &taken) else {
                self.no_fund_row(index, row);
                continue;
            };
            taken.push(home);
            self.fund_row(row, home, unit);
        }
    }

    /// Says what of a fund row that the template lacks is missing from the filled form.
    fn no_fund_row(&mut self, index: usize, row: &FundRow) {
        let numbers = numbers(row).into_iter().filter_map(|(field, number)| {
            let label = official(Scope::FundColumn, Label::FundColumn(field))?;
            number.map(|number| format!("{label} {number}"))
        });
        let numbers = numbers.collect::<Vec<_>>().join("、");
        let (severity, lost) = if numbers.is_empty() {
            (Severity::Info, "；表上这一行没有数".to_owned())
        } else {
            (Severity::Warning, format!("，{numbers} 没有填入，各行之和会与合计不符；请在模板中加上这一行再填"))
        };
        let message = format!("模板的项目资金没有「{}」这一行{lost}", row.label);
        self.pen.say("no-place-in-template", severity, message, Some(FieldPath::FundRow(index)), None);
    }

    /// The row of the template with the same label; any label of a total is as good as another.
    fn fund_home(&self, row: &FundRow, taken: &[usize]) -> Option<usize> {
        let rows = &self.blank.form.funds.rows;
        let free = |fits: &dyn Fn(&FundRow) -> bool| {
            rows.iter().enumerate().find(|(at, blank)| !taken.contains(at) && fits(blank)).map(|(at, _)| at)
        };
        let label = |row: &FundRow| squeeze(&stored_label(&row.label));
        let is_total = |row: &FundRow| find(Scope::FundRow, &row.label) == Some(Label::FundRow { total: true });
        free(&|blank| label(blank) == label(row)).or_else(|| free(&|blank| is_total(row) && is_total(blank)))
    }

    fn fund_row(&mut self, row: &FundRow, home: usize, unit: Option<Decimal>) {
        let converted = |amount: Decimal| unit.map_or(Some(amount), |unit| amount.checked_mul(unit));
        // The heading of the block may print the weight: 预算执行情况（20分）.
        let printed = self.blank.form.funds.rows.get(home).and_then(|blank| blank.weight);
        for (field, number) in numbers(row) {
            let value = number.and_then(|number| match field {
                FundField::Weight | FundField::Score => Some(Value::Number(number)),
                FundField::ExecutionRate => Some(Value::Rate(number)),
                _ => converted(number).map(Value::Number),
            });
            let path = FieldPath::Fund(home, field);
            let known = self.blank.frame.fields.contains_key(&path);
            let in_heading = field == FundField::Weight && !known && printed.is_some() && printed == row.weight;
            if !in_heading {
                self.field(path, value);
            }
        }
    }

    /// What amounts are multiplied with where form and template print different units.
    fn unit_factor(&mut self) -> Option<Decimal> {
        let wanted = self.blank.form.funds.amount_unit?;
        let Some(own) = self.form.funds.amount_unit else {
            self.unknown_unit(wanted);
            return None;
        };
        let factor = match (own, wanted) {
            (AmountUnit::Yuan, AmountUnit::TenThousandYuan) => Decimal::new(1, 4),
            (AmountUnit::TenThousandYuan, AmountUnit::Yuan) => Decimal::from(10_000),
            _ => return None,
        };
        let message = format!("表中金额单位是{}，模板是{}，项目资金已按模板的单位换算", own.label(), wanted.label());
        self.pen.say("amounts-converted", Severity::Warning, message, Some(FieldPath::AmountUnit), None);
        Some(factor)
    }

    /// Nobody knows the unit of amounts that the form prints without one.
    fn unknown_unit(&mut self, wanted: AmountUnit) {
        let amounts = |row: &FundRow| [row.initial_budget, row.annual_budget, row.executed];
        if self.form.funds.rows.iter().flat_map(amounts).any(|amount| amount.is_some()) {
            let message = format!("表中没有写明金额单位，模板是{}；项目资金已照原数填入，请核对单位", wanted.label());
            self.pen.say("amount-unit-unknown", Severity::Warning, message, Some(FieldPath::AmountUnit), None);
        }
    }
}

/// The numbers of a row with their columns.
const fn numbers(row: &FundRow) -> [(FundField, Option<Decimal>); 6] {
    [
        (FundField::InitialBudget, row.initial_budget),
        (FundField::AnnualBudget, row.annual_budget),
        (FundField::Executed, row.executed),
        (FundField::Weight, row.weight),
        (FundField::ExecutionRate, row.execution_rate),
        (FundField::Score, row.score),
    ]
}
