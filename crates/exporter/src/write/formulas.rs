//! Live formulas for what the rules of 财预〔2020〕10号 determine: execution rate and score, total and grade.

use std::collections::HashMap;

use jixiao_core::{FieldPath, Form, FundField, IndicatorField};
use rust_xlsxwriter::utility::row_col_to_cell;

use super::draw::{FormulaCell, Formulas};
use super::plan::{Area, NumberLook, Plan};
use super::planner::total_row;

/// How a computed rate is shown where the form reports none.
const RATE_LOOK: NumberLook = NumberLook { places: 2, percent: true };

/// The formulas of the form that `plan` shows, by the first cell of their area.
pub(crate) fn of(plan: &Plan, form: &Form) -> Formulas {
    let fund = total_row(form);
    let sheet = Addresses { plan, fund, last_indicator: form.indicators.len().checked_sub(1) };
    let mut formulas = HashMap::new();
    let mut add = |field: FieldPath, look: Option<NumberLook>, text: Option<String>| {
        if let (Some(area), Some(text)) = (plan.area_of(field), text) {
            formulas.insert((area.first_row, area.columns.0), FormulaCell { text, look });
        }
    };
    add(FieldPath::Fund(fund, FundField::ExecutionRate), Some(RATE_LOOK), sheet.rate());
    add(FieldPath::Fund(fund, FundField::Score), None, sheet.execution_score());
    add(FieldPath::TotalWeight, None, sheet.sum(FundField::Weight, IndicatorField::Weight));
    add(FieldPath::TotalScore, None, sheet.sum(FundField::Score, IndicatorField::Score));
    add(FieldPath::Grade, None, sheet.grade());
    formulas
}

struct Addresses<'a> {
    plan: &'a Plan,
    fund: usize,
    last_indicator: Option<usize>,
}

impl Addresses<'_> {
    fn cell(&self, field: FieldPath) -> Option<String> {
        self.plan.area_of(field).map(address)
    }

    fn fund(&self, field: FundField) -> Option<String> {
        self.cell(FieldPath::Fund(self.fund, field))
    }

    fn rate(&self) -> Option<String> {
        let (executed, budget) = (self.fund(FundField::Executed)?, self.fund(FundField::AnnualBudget)?);
        Some(format!("=IF(OR({executed}=\"\",N({budget})=0),\"\",{executed}/{budget})"))
    }

    fn execution_score(&self) -> Option<String> {
        let (weight, rate) = (self.fund(FundField::Weight)?, self.fund(FundField::ExecutionRate)?);
        Some(format!("=IF(OR({weight}=\"\",{rate}=\"\"),\"\",ROUND({weight}*MIN(1,{rate}),2))"))
    }

    /// The fund row's value and those of every indicator; nothing while all are blank.
    fn sum(&self, fund: FundField, indicator: IndicatorField) -> Option<String> {
        let mut terms: Vec<String> = self.fund(fund).into_iter().collect();
        if let Some(last) = self.last_indicator {
            let first = self.cell(FieldPath::Indicator(0, indicator))?;
            let last = self.cell(FieldPath::Indicator(last, indicator))?;
            terms.push(format!("{first}:{last}"));
        }
        let terms = terms.join(",");
        (!terms.is_empty()).then(|| format!("=IF(COUNT({terms})=0,\"\",SUM({terms}))"))
    }

    fn grade(&self) -> Option<String> {
        let score = self.cell(FieldPath::TotalScore)?;
        Some(format!(
            "=IF({score}=\"\",\"\",IF({score}>=90,\"优\",IF({score}>=80,\"良\",IF({score}>=60,\"中\",\"差\"))))"
        ))
    }
}

fn address(area: Area) -> String {
    row_col_to_cell(area.first_row, area.columns.0)
}
