//! F101.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, blank_in_words, difference, fund_label, shown_sum, sum_in_words, summed};
use super::hypotheses::{Hypothesis, Sum};
use super::location::Location;
use crate::exact::Exact;
use crate::scoring::differs;
use crate::{FundField, FundRow};

struct FundSourcesSum<'a> {
    row: usize,
    label: &'a str,
    column: FundField,
    reported: Decimal,
    /// The amounts of the other rows, with their places.
    sources: Vec<(Location, Decimal)>,
    sum: Exact,
    tolerance: Decimal,
    /// Rows that have other amounts but none in this column.
    blank: Vec<Location>,
}

impl Violation for FundSourcesSum<'_> {
    fn location(&self) -> Location {
        Location::fund(self.row, self.column)
    }

    fn message(&self) -> String {
        let Self { label, reported, sum, .. } = self;
        let column = fund_label(self.column);
        let (sum, difference) = (shown_sum(sum), difference(*reported, sum));
        format!("「{label}」的{column}为 {reported}，各资金来源之和为 {sum}，相差 {difference}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        summed(&self.sum)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(sum_in_words(self.sources.iter().map(|(_, amount)| *amount), &self.sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.sources.iter().map(|(place, _)| place.clone()).collect()
    }

    fn blanks(&self) -> Vec<(Location, String)> {
        let missing = Exact::from(self.reported) - self.sum.clone();
        let blank = self.blank.iter().filter(|_| missing > Exact::zero());
        blank.map(|place| (place.clone(), blank_in_words(&missing))).collect()
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let Self { reported, sources, sum, tolerance, .. } = self;
        let sum = Sum { total: *reported, parts: sources, sum, tolerance: *tolerance };
        [sum.row_left_out(), sum.digits_swapped(), sum.unit_confused()].into_iter().flatten().collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let Some((row, total)) = audit.total_row() else { return };
    for column in FundField::MONEY {
        let others = audit.form.funds.rows.iter().enumerate().filter(|(other, _)| *other != row);
        let sources = others.filter_map(|(row, source)| Some((row, amount(source, column)?)));
        let sources: Vec<_> = sources.map(|(row, amount)| (Location::fund(row, column), amount)).collect();
        let Some(reported) = amount(total, column).filter(|_| !sources.is_empty()) else { continue };
        let sum = Exact::sum(sources.iter().map(|(_, amount)| Some(*amount)));
        let tolerance = audit.profile.amount_tolerance;
        if differs(reported, &sum, tolerance) {
            let blank = blanks(audit, row, column);
            report.push(&FundSourcesSum { row, label: &total.label, column, reported, sources, sum, tolerance, blank });
        }
    }
}

/// The cells of `column` that are blank in a row with amounts, the total row aside.
fn blanks(audit: Audit<'_>, total: usize, column: FundField) -> Vec<Location> {
    let is_blank = |row: &FundRow| {
        amount(row, column).is_none() && FundField::MONEY.iter().any(|other| amount(row, *other).is_some())
    };
    let rows = audit.form.funds.rows.iter().enumerate().filter(|(row, fund)| *row != total && is_blank(fund));
    rows.map(|(row, _)| Location::fund(row, column)).collect()
}

const fn amount(row: &FundRow, column: FundField) -> Option<Decimal> {
    match column {
        FundField::InitialBudget => row.initial_budget,
        FundField::AnnualBudget => row.annual_budget,
        FundField::Executed => row.executed,
        FundField::Label | FundField::Weight | FundField::ExecutionRate | FundField::Score => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_column_that_does_not_add_up_is_found() {
        let mut form = valid_form();
        form.funds.rows[1].annual_budget = dec("150.00");
        let findings = found("F101", &form);
        assert_eq!(findings[0].message, "「年度资金总额」的全年预算数为 200.00，各资金来源之和为 190，相差 10");
        assert_eq!((findings[0].reported, findings[0].expected), (dec("200"), dec("190")));
        form.funds.rows[2].executed = None;
        assert_eq!(places("F101", &form), [place(0, "annual_budget"), place(0, "executed")]);
    }

    #[test]
    fn a_blank_source_that_would_complete_the_sum_is_named() {
        let mut form = valid_form();
        form.funds.rows[2].executed = None;
        let related = &found("F101", &form)[0].related;
        let words: Vec<_> = related.iter().map(|place| (place.location.row, place.message.as_str())).collect();
        assert_eq!(words, [(Some(2), "空白，按 0 计；若为 40，合计相符")]);
        form.funds.rows[0].executed = dec("100");
        assert!(found("F101", &form)[0].related.is_empty());
    }

    #[test]
    fn the_total_row_is_known_by_its_label() {
        let mut form = valid_form();
        form.funds.rows.rotate_left(1);
        form.funds.rows[0].executed = dec("1.00");
        assert_eq!(places("F101", &form), [place(2, "executed")]);
    }

    #[test]
    fn a_difference_within_the_tolerance_is_not_found() {
        let mut form = valid_form();
        form.funds.rows[1].annual_budget = dec("160.01");
        assert!(found("F101", &form).is_empty());
    }

    #[test]
    fn without_a_total_or_without_sources_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].annual_budget = None;
        assert!(found("F101", &form).is_empty());
        let mut form = valid_form();
        form.funds.rows.truncate(1);
        assert!(found("F101", &form).is_empty());
    }
}
