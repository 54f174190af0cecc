//! Scoring a form: what the rules determine is computed, what needs a person's judgement is left as it was.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::{Exact, RoundingMode};
use crate::model::DecimalText;
use crate::profile::Profile;
use crate::rules::{shown_sum, sum_in_words};
use crate::scoring::{self, FULL_POINTS, MAX_SCALE, POINTS_TOLERANCE, Quantity};
use crate::{FieldPath, Form, FundField, Indicator, IndicatorField};

/// A scored form with the reason for every number that was computed or left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Scored {
    /// The form with the computed numbers in it.
    pub form: Form,
    /// One note a field, in the order of the form.
    pub notes: Vec<ScoreNote>,
}

/// How one number came about, or why it was left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreNote {
    /// The field that the note is about.
    pub field: FieldPath,
    /// One Chinese sentence with the arithmetic in it.
    pub message: String,
    /// The computed number; null where the field was left as it was, and for the grade.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub computed: Option<Decimal>,
}

/// Fills in what the profile's rules determine: execution rate and score, the score of every quantitative
/// indicator, total and grade. Qualitative scores stay as they are, with the bands offered in a note.
///
/// Computed numbers have two decimals, rounded half-up; a missed target has more where two would make it full marks.
/// The total and the grade are computed only where no score is left open; until then a printed total that does not fit
/// the scores is cleared, so that what comes out never contradicts itself.
#[must_use]
pub fn complete(form: &Form, profile: &Profile) -> Scored {
    let mut scorer = Scorer { profile, form: form.clone(), notes: Vec::new() };
    scorer.execution();
    scorer.indicators();
    scorer.total();
    Scored { form: scorer.form, notes: scorer.notes }
}

struct Scorer<'a> {
    profile: &'a Profile,
    form: Form,
    notes: Vec<ScoreNote>,
}

/// A number with its arithmetic in words, or the reason why there is none.
type Outcome = Result<(Decimal, String), String>;

impl Scorer<'_> {
    fn execution(&mut self) {
        let Some(row) = scoring::total_row(&self.form).map(|(row, _)| row) else { return };
        let weight = self.missing_execution_weight(row);
        self.set(FieldPath::Fund(row, FundField::Weight), weight);
        let rate = Some(self.execution_rate());
        self.set(FieldPath::Fund(row, FundField::ExecutionRate), rate);
        let score = self.execution_score();
        self.set(FieldPath::Fund(row, FundField::Score), score);
    }

    /// The profile's weight of the execution rate, where the form prints none and it completes the total weight.
    fn missing_execution_weight(&self, row: usize) -> Option<Outcome> {
        let weight = self.profile.weights.execution?;
        let printed = self.form.funds.rows.get(row)?.weight;
        let indicators = Exact::sum(self.form.indicators.iter().map(|indicator| indicator.weight));
        let total = self.form.total.weight.unwrap_or(FULL_POINTS);
        let completes = printed.is_none() && !scoring::differs(total, &(indicators + weight), POINTS_TOLERANCE);
        completes.then(|| Ok((weight, format!("执行率的分值未填，按评分方案「{}」为 {weight}", self.profile.name))))
    }

    fn execution_rate(&self) -> Outcome {
        let basis = self.profile.execution_basis;
        let total = scoring::total_row(&self.form).map(|(_, total)| total);
        let inputs = total.and_then(|total| Some((total, total.executed?, basis.budget(total)?)));
        let (total, executed, budget) = inputs.ok_or("执行数或预算数未填，执行率未计算")?;
        let rate = scoring::execution_rate(total, self.profile).ok_or("预算数为 0，执行率未计算")?;
        let rate = rate.rounded(MAX_SCALE, RoundingMode::HalfUp).ok_or("金额过大，执行率未计算")?;
        Ok((rate, format!("执行率：{executed} ÷ {budget} × 100% = {rate}%")))
    }

    /// What the execution is worth; `None` where it carries no points.
    fn execution_score(&self) -> Option<Outcome> {
        let (_, total) = scoring::total_row(&self.form)?;
        let weight = total.weight?;
        let amounts = (total.executed, self.profile.execution_basis.budget(total));
        let (Some(executed), Some(budget)) = amounts else {
            return Some(Err("执行数或预算数未填，执行率得分未计算".to_owned()));
        };
        let arithmetic = format!("执行率得分：{executed} ÷ {budget} × {weight}，以分值为限");
        let Some(score) = scoring::execution_score(weight, executed, budget) else {
            return Some(Err("预算数为 0，执行率得分未计算".to_owned()));
        };
        Some(possible(score.rounded(MAX_SCALE, RoundingMode::HalfUp), weight, arithmetic))
    }

    fn indicators(&mut self) {
        for row in 0..self.form.indicators.len() {
            let outcome = self.form.indicators.get(row).map(|indicator| self.indicator_score(indicator));
            self.set(FieldPath::Indicator(row, IndicatorField::Score), outcome);
        }
    }

    fn indicator_score(&self, indicator: &Indicator) -> Outcome {
        let quantity = Quantity::of(indicator).ok_or_else(|| self.judgement(indicator))?;
        let weight = indicator.weight.ok_or("没有分值，得分未计算")?;
        let Quantity { comparator, target, actual } = quantity;
        let compared = format!("实际 {actual}，目标 {}{target}", comparator.sign());
        if quantity.attained() && weight >= Decimal::ZERO {
            return Ok((weight, format!("{compared}，达标得满分 {weight}")));
        }
        let reverse = self.profile.reverse;
        let arithmetic = format!("{compared}，未达标：{}", quantity.arithmetic(weight, reverse));
        let score = quantity.rule_score(weight, reverse).ok_or("除数为 0，得分未计算")?;
        possible(scoring::printed_short(&score, weight), weight, arithmetic)
    }

    /// Why the score of an indicator is a person's to give, and within which bands.
    fn judgement(&self, indicator: &Indicator) -> String {
        let reason = if indicator.target.text.is_none() || indicator.actual.text.is_none() {
            return "年度指标值或实际完成值未填，得分留给人工".to_owned();
        } else if scoring::units_conflict(&indicator.target, &indicator.actual) {
            "目标值与完成值的单位不一致"
        } else {
            "定性指标"
        };
        let bands = indicator.weight.and_then(|weight| self.bands(weight));
        format!("{reason}，得分留给人工判断{}", bands.unwrap_or_default())
    }

    fn bands(&self, weight: Decimal) -> Option<String> {
        let points = |percent: Decimal| {
            let points = (Exact::from(weight) * percent).over(Decimal::ONE_HUNDRED)?;
            points.rounded(MAX_SCALE, RoundingMode::HalfUp).map(|points| points.normalize())
        };
        let [high, low] = self.profile.qualitative_bands;
        let (high, low) = (points(high)?, points(low)?);
        Some(format!("：达成 {high}–{weight} 分，部分达成 {low}–{high} 分，未达成 0–{low} 分"))
    }

    fn total(&mut self) {
        let total = self.total_score();
        let is_known = total.is_ok();
        match total {
            Ok(_) => self.set(FieldPath::TotalScore, Some(total)),
            Err(reason) => self.leave_total_open(reason),
        }
        if let Some(score) = self.form.total.score
            && (is_known || self.form.grade.is_some())
        {
            self.set_grade(score);
        }
    }

    fn total_score(&self) -> Outcome {
        let funds = scoring::total_row(&self.form).map(|(_, total)| total);
        let is_execution_open = funds.is_some_and(|total| total.weight.is_some() && total.score.is_none());
        let scores = || self.form.indicators.iter().map(|indicator| indicator.score);
        let open = scores().filter(Option::is_none).count() + usize::from(is_execution_open);
        if self.form.indicators.is_empty() {
            return Err("没有指标，总分未计算".to_owned());
        }
        if open > 0 {
            return Err(format!("还有 {open} 项得分待定，总分和等级未计算"));
        }
        let (parts, sum) = self.scores();
        let total = sum.rounded(MAX_SCALE, RoundingMode::HalfUp).ok_or("得分过大，总分未计算")?;
        Ok((total, format!("总分：{}", sum_in_words(parts, &sum))))
    }

    /// The scores that the form has now, and their sum.
    fn scores(&self) -> (Vec<Decimal>, Exact) {
        let funds = scoring::total_row(&self.form).and_then(|(_, total)| total.score);
        let indicators = self.form.indicators.iter().filter_map(|indicator| indicator.score);
        let parts: Vec<_> = funds.into_iter().chain(indicators).collect();
        let sum = Exact::sum(parts.iter().copied().map(Some));
        (parts, sum)
    }

    /// A total that cannot be computed yet. The printed one stays where it fits the scores; one that does not would
    /// contradict them, so it goes, and the grade with it.
    fn leave_total_open(&mut self, reason: String) {
        let (parts, sum) = self.scores();
        let misfit = |total: &Decimal| !parts.is_empty() && scoring::differs(*total, &sum, POINTS_TOLERANCE);
        let message = match self.form.total.score.filter(misfit) {
            None => reason,
            Some(printed) => {
                (self.form.total.score, self.form.grade) = (None, None);
                format!("{reason}；原填 {printed}，与现有得分之和 {} 不符，已清空", shown_sum(&sum))
            }
        };
        self.notes.push(ScoreNote { field: FieldPath::TotalScore, message, computed: None });
    }

    fn set_grade(&mut self, score: Decimal) {
        let grade = scoring::grade_of(score, self.profile);
        let before = self.form.grade.replace(grade).filter(|printed| *printed != grade);
        let before = before.map_or_else(String::new, |printed| format!("（原填「{}」）", printed.label()));
        let message = format!("总分 {score}，评分等级为「{}」{before}", grade.label());
        self.notes.push(ScoreNote { field: FieldPath::Grade, message, computed: None });
    }

    /// Writes a computed number into its field, and notes how it came about or why it did not.
    fn set(&mut self, field: FieldPath, outcome: Option<Outcome>) {
        let Some(outcome) = outcome else { return };
        let Some(place) = number_mut(&mut self.form, field) else { return };
        let (message, computed) = match outcome {
            Ok((computed, message)) => {
                let printed = place.replace(computed).filter(|printed| *printed != computed);
                let before = printed.map_or_else(String::new, |printed| format!("（原填 {printed}）"));
                (message + &before, Some(computed))
            }
            Err(message) => (message, None),
        };
        self.notes.push(ScoreNote { field, message, computed });
    }
}

/// A computed score, where a score can have that value at all.
fn possible(score: Option<Decimal>, weight: Decimal, arithmetic: String) -> Outcome {
    let possible = score.filter(|score| (Decimal::ZERO..=weight).contains(score));
    let score = possible.ok_or_else(|| format!("{arithmetic} 不在 0 与分值 {weight} 之间，得分留给人工判断"))?;
    Ok((score, format!("{arithmetic} = {score}")))
}

fn number_mut(form: &mut Form, field: FieldPath) -> Option<&mut Option<Decimal>> {
    match field {
        FieldPath::Fund(row, FundField::Weight) => form.funds.rows.get_mut(row).map(|row| &mut row.weight),
        FieldPath::Fund(row, FundField::ExecutionRate) => {
            form.funds.rows.get_mut(row).map(|row| &mut row.execution_rate)
        }
        FieldPath::Fund(row, FundField::Score) => form.funds.rows.get_mut(row).map(|row| &mut row.score),
        FieldPath::Indicator(row, IndicatorField::Score) => form.indicators.get_mut(row).map(|row| &mut row.score),
        FieldPath::TotalScore => Some(&mut form.total.score),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
