//! Readings of texts without marked cells that no form prints: names on the wrong level, a name of a level within a
//! text, a part of a text as a cell of its own, a row without its score. Each says where the original has to be seen.

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Scope, find, level_name, may_stand_under, spellings};
use jixiao_core::{Comparator, FieldPath, Form, FormRecord, Indicator, IndicatorField, Target};

use crate::ordinal::is_numeral;
use crate::remarks;
use crate::stream::doc::closes_text;
use crate::stream::rows::look::{is_single, is_tail};
use crate::trust::misplaced_funds;

const LEVELS: &str = "一级、二级指标的名称不相称，可能归错了行或栏";
const NAME: &str = "这一格里有别的栏的名称，可能与相邻的格混在一起";
const PART: &str = "这一行有的格只像半句话，文字可能断错了栏";
const POINTS: &str = "别的行有得分，这一行读作空白，数字可能归入了相邻的栏";

/// Doubts what is unlikely about `record`.
pub(crate) fn doubt(record: &mut FormRecord) {
    let mut found: Vec<(FieldPath, &str)> = Vec::new();
    let rows = &record.form.indicators;
    let scored = rows.iter().any(|row| row.score.is_some());
    for (index, row) in rows.iter().enumerate() {
        found.extend(of_row(row, scored).into_iter().map(|(field, why)| (FieldPath::Indicator(index, field), why)));
    }
    found.extend(misplaced_funds(&record.form.funds.rows));
    found.extend(mixed_header(&record.form).into_iter().map(|field| (field, NAME)));
    remarks::doubt(record, found);
}

/// The fields of the header that hold names of level 1.
fn mixed_header(form: &Form) -> Vec<FieldPath> {
    let fields = [
        (FieldPath::ProjectName, &form.project_name),
        (FieldPath::Department, &form.department),
        (FieldPath::Unit, &form.unit),
    ];
    let mixed = fields.into_iter().filter(|(_, text)| text.as_deref().is_some_and(holds_level1));
    mixed.map(|(field, _)| field).collect()
}

/// Doubts the names of `record` that are parts of texts: in a table with a row a line, a line end within a cell makes its
/// rest a row.
pub(crate) fn doubt_names(record: &mut FormRecord) {
    let rows = record.form.indicators.iter().enumerate();
    let parts = rows.filter(|(_, row)| is_part(&row.level3)).map(|(index, _)| index);
    let paths = parts.flat_map(|row| [FieldPath::IndicatorRow(row), FieldPath::Indicator(row, IndicatorField::Level3)]);
    let found: Vec<(FieldPath, &str)> = paths.map(|path| (path, PART)).collect();
    remarks::doubt(record, found);
}

fn of_row(row: &Indicator, scored: bool) -> Vec<(IndicatorField, &'static str)> {
    use IndicatorField::{Actual, Level1, Level2, Level3, Score};
    const TARGET: IndicatorField = IndicatorField::Target;
    let mut found = Vec::new();
    if is_mismatched(row) {
        found.extend([(Level1, LEVELS), (Level2, LEVELS)]);
    }
    let texts = [
        (Level3, Some(row.level3.as_str())),
        (TARGET, row.target.text.as_deref()),
        (Actual, row.actual.text.as_deref()),
    ];
    let mixed = texts.into_iter().filter(|(_, text)| text.is_some_and(holds_level1));
    found.extend(mixed.map(|(field, _)| (field, NAME)));
    let values = [(TARGET, &row.target.text), (Actual, &row.actual.text)];
    let named = values.into_iter().filter(|(_, text)| text.as_deref().is_some_and(is_level));
    found.extend(named.map(|(field, _)| (field, NAME)));
    if texts.iter().any(|(_, text)| text.is_some_and(is_part)) || is_run_together(&row.target) {
        found.extend([(Level3, PART), (TARGET, PART), (Actual, PART)]);
    }
    if scored && row.weight.is_some() && row.score.is_none() {
        found.extend([(Actual, POINTS), (Score, POINTS)]);
    }
    found
}

/// The name of level 1 is one of level 2 only, or that of a level 1 has another under it than tables have.
fn is_mismatched(row: &Indicator) -> bool {
    let (Some(level1), Some(level2)) = (&row.level1, &row.level2) else { return false };
    let (upper, lower) = (squeeze(&level_name(level1)), squeeze(&level_name(level2)));
    if find(Scope::Level1, &upper).is_some() {
        !may_stand_under(&upper, &lower)
    } else {
        find(Scope::Level2, &upper).is_some()
    }
}

/// A text that begins or ends in the middle: a single 汉字, the end of a date, a bracket that is never closed.
fn is_part(text: &str) -> bool {
    let plain = squeeze(text);
    let begins = plain.starts_with(|c: char| closes_text(c) && c != '·') || is_single(&plain) || is_tail(&plain);
    let ends = plain.len() > 1 && plain.ends_with(['-', '、', ',', '(']);
    begins || ends || leaves_bracket(&plain)
}

/// A bracket is never closed, or never opened unless it numbers an item: `1)`, `二)`.
fn leaves_bracket(plain: &str) -> bool {
    let mut open = 0_usize;
    for (at, c) in plain.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' if !is_item_number(plain.get(..at).unwrap_or_default()) => return true,
            _ => {}
        }
    }
    open > 0
}

/// One or two digits, or a number word, at the end of `before`.
fn is_item_number(before: &str) -> bool {
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    (1..=2).contains(&digits) || before.ends_with(is_numeral)
}

/// A bound with two figures that is no quantity: `≥6次6次`. A bound in words (`≥上年水平`) or a date is a target.
fn is_run_together(target: &Target) -> bool {
    let bound = |text: &str| {
        let plain = squeeze(text);
        let is_figure = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
        let figures = plain.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').filter(is_figure).count();
        plain.starts_with(Comparator::SIGNS) && figures > 1 && !plain.contains(['年', '月', '日'])
    };
    target.value.is_none() && target.text.as_deref().is_some_and(bound)
}

/// The name of a level and nothing else: no value is one, while the name of an indicator may be.
fn is_level(text: &str) -> bool {
    let name = level_name(text);
    let plain = squeeze(&name);
    plain.ends_with("指标") && [Scope::Level1, Scope::Level2].into_iter().any(|scope| find(scope, &plain).is_some())
}

/// The whole name of a level 1 within a longer text. In front of one that is a level 2 as well may stand whose it is, as
/// a name (`村民满意度指标`).
fn holds_level1(text: &str) -> bool {
    let plain = squeeze(text);
    let mut whole = spellings(Scope::Level1).map(|(name, _)| name).filter(|name| name.ends_with("指标"));
    let holds = |name: &str| {
        let is_level2 = find(Scope::Level2, name).is_some();
        if is_level2 { plain.starts_with(name) } else { plain.contains(name) }
    };
    find(Scope::Level2, &level_name(text)).is_none() && whole.any(holds)
}

#[cfg(test)]
mod tests {
    use jixiao_core::Decimal;

    use super::*;

    fn row(level1: &str, level2: &str, level3: &str, score: Option<i64>) -> Indicator {
        Indicator {
            level1: Some(level1.to_owned()),
            level2: Some(level2.to_owned()),
            level3: level3.to_owned(),
            weight: Some(Decimal::TEN),
            score: score.map(Decimal::from),
            ..Indicator::default()
        }
    }

    fn doubted(rows: Vec<Indicator>) -> Vec<String> {
        let mut record = FormRecord::from(Form::default());
        record.form.indicators = rows;
        doubt(&mut record);
        record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect()
    }

    #[test]
    fn a_field_of_the_header_that_took_names_of_levels_in_is_doubted() {
        let form = |unit: &str| Form { unit: Some(unit.to_owned()), ..Form::default() };
        assert_eq!(mixed_header(&form("鹭洲县航道所产出指标效益指标")), [FieldPath::Unit]);
        assert_eq!(mixed_header(&form("鹭洲县航道所")), []);
    }

    #[test]
    fn names_on_the_wrong_level_are_doubted() {
        let sound = row("产出指标", "数量指标", "疏浚航道", Some(9));
        assert!(doubted(vec![sound.clone()]).is_empty());
        let wrong = row("满意度指标", "数量指标", "疏浚航道", Some(9));
        let both = ["indicators[1].level1", "indicators[1].level2"];
        assert_eq!(doubted(vec![sound.clone(), wrong]), both);
        let swapped = row("服务对象满意度指标", "满意度指标", "渔民满意度", Some(9));
        assert_eq!(doubted(vec![sound.clone(), swapped]), both);
        let mixed = row("产出指标", "数量指标", "产出指标疏浚航道", Some(9));
        assert_eq!(doubted(vec![sound, mixed]), ["indicators[1].level3"]);
    }

    #[test]
    fn names_that_tables_have_together_are_not_doubted() {
        for (level1, level2) in [
            ("项目产出", "数量指标"),
            ("项目效益", "社会效益指标"),
            ("服务对象满意度指标", "服务对象满意度指标"),
            ("满意度指标", "服务对象满意度指标"),
            ("成本指标", "成本指标"),
            ("成本指标", "经济成本指标"),
            ("项目产出", "成本指标"),
            ("项目效益", "服务对象满意度指标"),
        ] {
            assert_eq!(doubted(vec![row(level1, level2, "疏浚航道", Some(9))]), [] as [&str; 0], "{level1} {level2}");
        }
        for (level1, level2) in [
            ("成本指标", "产出指标"),
            ("效益指标", "成本指标"),
            ("项目效益", "数量指标"),
            ("产出指标", "可持续影响指标"),
        ] {
            assert_eq!(doubted(vec![row(level1, level2, "疏浚航道", Some(9))]).len(), 2, "{level1} {level2}");
        }
    }

    #[test]
    fn whole_texts_that_look_like_parts_are_not_doubted() {
        for (name, target) in [
            ("渔民满意度指标", "≥上年水平"),
            ("疏浚成本指标", "≤预算批复数"),
            ("疏浚(一期)工程", "1)疏浚航道 2)更换航标"),
            ("水、电费缴纳率", "≤2023年12月"),
            ("一)疏浚航道", "优,已全部完成"),
        ] {
            let mut sound = row("产出指标", "数量指标", name, Some(9));
            sound.target.text = Some(target.to_owned());
            assert_eq!(doubted(vec![sound]), [] as [&str; 0], "{name} {target}");
        }
        for name in ["满意度指标渔民满意度", "疏浚产出 指标航道"] {
            assert_eq!(doubted(vec![row("产出指标", "数量指标", name, Some(9))]), ["indicators[0].level3"], "{name}");
        }
        for name in ["底)完成", "疏浚)1)航道", "(1)(疏浚"] {
            assert_eq!(doubted(vec![row("产出指标", "数量指标", name, Some(9))]).len(), 3, "{name}");
        }
    }

    #[test]
    fn a_part_of_a_text_as_a_cell_is_doubted() {
        for (target, actual) in
            [("五月底完", "工"), ("2023年1月-", "12月"), ("5月", "月31日"), ("(五月底", "前)"), ("≥6次6次", "无")]
        {
            let mut parted = row("产出指标", "时效指标", "疏浚航道", Some(9));
            parted.target.text = Some(target.to_owned());
            parted.actual.text = Some(actual.to_owned());
            let rows = doubted(vec![parted]);
            assert_eq!(
                rows,
                ["indicators[0].level3", "indicators[0].target", "indicators[0].actual"],
                "{target} {actual}"
            );
        }
    }

    #[test]
    fn a_value_that_is_the_name_of_a_level_is_doubted() {
        let mut named = row("产出指标", "数量指标", "疏浚航道", Some(9));
        named.actual.text = Some("满意度指标".to_owned());
        assert_eq!(doubted(vec![named.clone()]), ["indicators[0].actual"]);
        named.target.text = Some("社会 效益指标(10分)".to_owned());
        assert_eq!(doubted(vec![named.clone()]), ["indicators[0].target", "indicators[0].actual"]);
        (named.target.text, named.actual.text) = (Some("优于上年指标".to_owned()), Some("达标".to_owned()));
        assert_eq!(doubted(vec![named]), [] as [&str; 0]);
    }

    #[test]
    fn a_name_of_punctuation_is_doubted() {
        let mut record = FormRecord::from(Form::default());
        record.form.indicators =
            vec![row("产出指标", "数量指标", "疏浚航道", Some(9)), row("产出指标", "数量指标", "。", None)];
        doubt_names(&mut record);
        let doubted: Vec<String> =
            record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect();
        assert_eq!(doubted, ["indicators[1]", "indicators[1].level3"]);
    }

    #[test]
    fn a_row_without_the_score_that_others_have_is_doubted() {
        let rows = [Some(9), None].map(|score| row("产出指标", "数量指标", "疏浚航道", score));
        assert_eq!(doubted(rows.to_vec()), ["indicators[1].actual", "indicators[1].score"]);
        let blank = row("产出指标", "数量指标", "疏浚航道", None);
        assert!(doubted(vec![blank]).is_empty());
    }
}
