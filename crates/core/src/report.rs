//! The records that reports are made of: what `check` says about one form.

use schemars::JsonSchema;
use serde::Serialize;

use crate::rules::{CrossFinding, CrossFindings, Elsewhere, Finding, Location};
use crate::vocab::{Label, Scope, official};
use crate::{Decimal, FieldPath, FormRecord, Place, Severity};

/// Everything that the rules found in one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckRecord {
    /// The input as given.
    pub path: String,
    /// 0-based number of the form within its input.
    pub index: usize,
    /// What the form covers of the input.
    pub span: Option<Place>,
    /// 项目名称.
    pub project_name: Option<String>,
    /// The findings in the order of the form.
    pub findings: Vec<Finding>,
    /// How many findings of each severity, those between forms left out.
    pub summary: Summary,
    /// The findings that rest on other forms of the run or of the year before; they belong to the latest of the forms
    /// concerned. Absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cross_findings: Vec<CrossFinding>,
}

impl CheckRecord {
    /// The record of `findings` about the form of `record`.
    #[must_use]
    pub fn new(record: &FormRecord, findings: Vec<Finding>) -> Self {
        Self {
            path: record.path.clone(),
            index: record.index,
            span: record.span.clone(),
            project_name: record.form.project_name.clone(),
            summary: Summary::of(&findings),
            findings,
            cross_findings: Vec::new(),
        }
    }
}

/// One line of the records of `check` one a line: forms come as they are read, and what was found between them when
/// all are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum CheckLine {
    /// A form, without the findings between forms.
    Form(CheckRecord),
    /// The last line, where something was found between forms.
    Across(AcrossRecord),
}

/// Everything that the rules found between the forms of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AcrossRecord {
    /// The findings in the order of the forms they belong to.
    pub cross_findings: Vec<AcrossFinding>,
    /// How many findings of each severity.
    pub summary: Summary,
}

/// A finding between forms with the form it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AcrossFinding {
    /// The input that holds the form.
    pub path: String,
    /// 0-based number of the form within its input.
    pub index: usize,
    /// 项目名称.
    pub project_name: Option<String>,
    /// The finding.
    #[serde(flatten)]
    pub finding: CrossFinding,
}

impl AcrossRecord {
    /// The record of `found`; `None` where nothing was found.
    #[must_use]
    pub fn new(found: &CrossFindings) -> Option<Self> {
        let cross_findings: Vec<_> = found.iter().map(AcrossFinding::new).collect();
        let summary = Summary::of(cross_findings.iter().map(|found| &found.finding.finding));
        (!cross_findings.is_empty()).then_some(Self { cross_findings, summary })
    }
}

impl AcrossFinding {
    fn new(found: &CrossFinding) -> Self {
        let CrossFinding { path, index, project_name, .. } = found.clone();
        Self { path, index, project_name, finding: found.clone() }
    }
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity info.
    pub info: usize,
}

impl Summary {
    /// Counts `findings`.
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.error += 1,
                Severity::Warning => summary.warning += 1,
                Severity::Info => summary.info += 1,
            }
        }
        summary
    }

    /// Findings of any severity.
    #[must_use]
    pub const fn total(self) -> usize {
        self.error + self.warning + self.info
    }

    /// Findings at or above `severity`.
    #[must_use]
    pub const fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.total(),
        }
    }
}

impl std::ops::AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
    }
}

/// Where a finding stands, in the words of the form: `绩效指标第3行「得分」`, `绩效指标「产出指标」`.
#[must_use]
pub fn location_words(finding: &Finding) -> String {
    place_words(&finding.location)
}

/// The evidence behind a finding, as far as its message does not show it already: its place first, its basis last, each
/// behind its word.
#[must_use]
pub fn notes(finding: &Finding) -> Vec<(&'static str, String)> {
    let mut notes = vec![("位置", location_words(finding))];
    notes.extend(arithmetic(finding).map(|arithmetic| ("算式", arithmetic.to_owned())));
    notes.extend(finding.difference.map(|difference| ("差额", signed(difference))));
    notes.extend(reasons(finding).map(|reason| ("可能", reason)));
    notes.extend(related(finding).map(|place| ("相关", place)));
    notes.push(("依据", finding.basis.clone()));
    notes
}

fn arithmetic(finding: &Finding) -> Option<&str> {
    finding.arithmetic.as_deref().filter(|arithmetic| !finding.message.contains(arithmetic))
}

/// With its sign: more or less than is due.
fn signed(difference: Decimal) -> String {
    if difference > Decimal::ZERO { format!("+{difference}") } else { difference.to_string() }
}

/// How the number may have come about; the message already says the first in words.
fn reasons(finding: &Finding) -> impl Iterator<Item = String> {
    finding.hypotheses.iter().enumerate().map(|(number, hypothesis)| match number {
        0 => hypothesis.arithmetic.clone(),
        _ => format!("{}：{}", hypothesis.message, hypothesis.arithmetic),
    })
}

/// Other places that belong to the matter; those that a hypothesis blames stand in its words.
fn related(finding: &Finding) -> impl Iterator<Item = String> {
    let is_told = |message: &str| finding.hypotheses.iter().any(|hypothesis| hypothesis.message == message);
    let places = finding.related.iter().filter(move |place| !is_told(&place.message));
    places.map(|place| format!("{}：{}", place_words(&place.location), place.message))
}

/// A place on another form: its project, year and file, and where on it.
#[must_use]
pub fn elsewhere_words(place: &Elsewhere) -> String {
    let project = place.project_name.as_ref().map(|name| format!("「{name}」")).unwrap_or_default();
    let year = place.year.map(|year| format!("{year}年度")).unwrap_or_default();
    let span = place.span.as_ref().map(|span| format!("，{span}")).unwrap_or_default();
    let location = place_words(&place.location);
    format!("{year}{project}{location}（{}，第{}张表{span}）", place.path, place.index + 1)
}

/// A place on the form in its words.
#[must_use]
pub fn place_words(location: &Location) -> String {
    match (location.field_path(), location.field.as_deref()) {
        (Some(FieldPath::Indicators), Some(level1)) => format!("{}「{level1}」", field_words(FieldPath::Indicators)),
        (Some(path), _) => field_words(path),
        (None, _) => "表头".to_owned(),
    }
}

/// A field in the words of the form, rows counted from 1: `项目资金第1行「得分」`.
#[must_use]
pub fn field_words(path: FieldPath) -> String {
    let label = field_label(path).unwrap_or_default();
    let field = if label.is_empty() { String::new() } else { format!("「{label}」") };
    match path {
        FieldPath::FundRow(row) | FieldPath::Fund(row, _) => format!("项目资金第{}行{field}", row + 1),
        FieldPath::IndicatorRow(row) | FieldPath::Indicator(row, _) => format!("绩效指标第{}行{field}", row + 1),
        FieldPath::Funds | FieldPath::AmountUnit => "项目资金".to_owned(),
        FieldPath::Goals | FieldPath::GoalsExpected | FieldPath::GoalsActual => format!("年度总体目标{field}"),
        FieldPath::Indicators => "绩效指标".to_owned(),
        FieldPath::Total | FieldPath::TotalWeight | FieldPath::TotalScore => format!("总分{field}"),
        FieldPath::Extra(row) => format!("其他栏目第{}项", row + 1),
        _ => label.to_owned(),
    }
}

/// The official label of a field.
fn field_label(path: FieldPath) -> Option<&'static str> {
    match path {
        FieldPath::Family => Some("表的种类"),
        FieldPath::Title => Some("表名"),
        FieldPath::Year => Some("年度"),
        FieldPath::ProjectName => official(Scope::Header, Label::ProjectName),
        FieldPath::Department => official(Scope::Header, Label::Department),
        FieldPath::Unit => official(Scope::Header, Label::Unit),
        FieldPath::Fund(_, field) => official(Scope::FundColumn, Label::FundColumn(field)),
        FieldPath::Indicator(_, field) => official(Scope::IndicatorColumn, Label::IndicatorColumn(field)),
        FieldPath::GoalsExpected => official(Scope::Goal, Label::Expected),
        FieldPath::GoalsActual => official(Scope::Goal, Label::Actual),
        FieldPath::TotalWeight => Some("分值"),
        FieldPath::TotalScore => Some("得分"),
        FieldPath::Grade => official(Scope::Foot, Label::Grade),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Section;

    fn finding(section: Section, row: Option<usize>, field: &str) -> Finding {
        Finding {
            code: "F105",
            name: "execution-score-mismatch",
            severity: Severity::Error,
            message: String::new(),
            location: Location { section, row, field: Some(field.to_owned()) },
            reported: None,
            expected: None,
            explanation: None,
            basis: String::new(),
            difference: None,
            arithmetic: None,
            related: Vec::new(),
            hypotheses: Vec::new(),
        }
    }

    #[test]
    fn locations_speak_the_words_of_the_form() {
        for (place, words) in [
            (finding(Section::Header, None, "unit"), "实施单位"),
            (finding(Section::Funds, Some(0), "score"), "项目资金第1行「得分」"),
            (finding(Section::Indicators, Some(2), "deviation"), "绩效指标第3行「偏差原因分析及改进措施」"),
            (finding(Section::Indicators, None, "产出指标"), "绩效指标「产出指标」"),
            (finding(Section::Goals, None, "actual"), "年度总体目标「实际完成情况」"),
            (finding(Section::Total, None, "grade"), "评分等级"),
        ] {
            assert_eq!(location_words(&place), words);
        }
    }

    #[test]
    fn a_summary_counts_at_and_above_a_severity() {
        let mut summary = Summary { error: 1, warning: 2, info: 4 };
        summary += Summary { error: 0, warning: 0, info: 1 };
        let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| summary.at_least(severity));
        assert_eq!(counts, [1, 3, 8]);
    }
}
