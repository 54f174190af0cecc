//! The figures of a form, so that two forms of one project can be compared.

use std::collections::BTreeMap;
use std::fmt;

use super::identity::IndicatorKey;
use super::places::shortened;
use crate::rules::Location;
use crate::rules::audit::{fund_label, indicator_label};
use crate::scoring;
use crate::{AmountUnit, Decimal, Form, FundField, IndicatorField};

/// The figures of one form, in the order of the form.
pub(super) struct Figures {
    amount_unit: Option<AmountUnit>,
    values: BTreeMap<Name, (Decimal, Location)>,
}

/// What a figure is, whatever row it stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Fund(FundField),
    Indicator(IndicatorKey, IndicatorField),
    TotalScore,
}

/// A figure that two forms print differently.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    name: Name,
    earlier_value: Decimal,
    later_value: Decimal,
    /// Where the earlier form prints it.
    pub(super) earlier: Location,
    /// Where the later form prints it.
    pub(super) later: Location,
}

impl Figures {
    pub(super) fn of(form: &Form) -> Self {
        let mut figures = Self { amount_unit: form.funds.amount_unit, values: BTreeMap::new() };
        figures.note_funds(form);
        figures.note_indicators(form);
        figures.note(Name::TotalScore, form.total.score, || Location::total("score"));
        figures
    }

    fn note_funds(&mut self, form: &Form) {
        let Some((index, row)) = scoring::total_row(form) else { return };
        for (field, value) in [
            (FundField::InitialBudget, row.initial_budget),
            (FundField::AnnualBudget, row.annual_budget),
            (FundField::Executed, row.executed),
            (FundField::Score, row.score),
        ] {
            self.note(Name::Fund(field), value, || Location::fund(index, field));
        }
    }

    /// Of rows with the same name only the first is known by it.
    fn note_indicators(&mut self, form: &Form) {
        for (index, row) in form.indicators.iter().enumerate() {
            let Some(key) = IndicatorKey::of(row) else { continue };
            for (field, value) in [
                (IndicatorField::Target, row.target.value),
                (IndicatorField::Actual, row.actual.value),
                (IndicatorField::Weight, row.weight),
                (IndicatorField::Score, row.score),
            ] {
                self.note(Name::Indicator(key.clone(), field), value, || Location::indicator(index, field));
            }
        }
    }

    fn note(&mut self, name: Name, value: Option<Decimal>, location: impl FnOnce() -> Location) {
        if let Some(value) = value {
            self.values.entry(name).or_insert_with(|| (value, location()));
        }
    }

    /// Where a later form prints another figure, in the order of that form. Amounts in different units are left out:
    /// the one with the larger unit is rounded.
    pub(super) fn differences(&self, later: &Self) -> Vec<Difference> {
        let comparable = |name: &Name| !name.is_amount() || self.amount_unit == later.amount_unit;
        let values = later.values.iter().filter(|(name, _)| comparable(name));
        let mut differences: Vec<Difference> = values
            .filter_map(|(name, (later_value, later))| {
                let (earlier_value, earlier) = self.values.get(name)?;
                (earlier_value != later_value).then(|| Difference {
                    name: name.clone(),
                    earlier_value: *earlier_value,
                    later_value: *later_value,
                    earlier: earlier.clone(),
                    later: later.clone(),
                })
            })
            .collect();
        differences.sort_by_key(|difference| (difference.later.section, difference.later.row));
        differences
    }
}

impl Name {
    const fn is_amount(&self) -> bool {
        matches!(self, Self::Fund(field) if field.is_money())
    }
}

impl fmt::Display for Difference {
    /// The later figure first: it is the one the finding is about.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Fund(field) => write!(f, "年度资金总额「{}」", fund_label(*field))?,
            Name::Indicator(key, field) => {
                write!(f, "指标「{}」「{}」", shortened(key.name()), indicator_label(*field))?;
            }
            Name::TotalScore => f.write_str("总分「得分」")?,
        }
        write!(f, "{} 与 {}", self.later_value, self.earlier_value)
    }
}
