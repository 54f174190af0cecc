//! The findings of `check` as a workbook to hand round: by form, by rule, one by one, and the text of every rule.

mod by_form;
mod by_rule;
mod list;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Seek, Write};

use jixiao_core::Severity;
use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::{CrossFinding, Finding};

use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Table, Tint, bind};

/// The workbook of [`FindingsBook`] with the findings of `records`.
///
/// # Errors
///
/// As there.
pub fn write_findings(records: &[CheckRecord]) -> Result<Vec<u8>, ExportError> {
    let mut book = FindingsBook::new();
    records.iter().try_for_each(|record| book.push(record))?;
    Ok(book.finish(Cursor::new(Vec::new()))?.into_inner())
}

/// A workbook in the making: a sheet of the forms, one of the rules that found something, one of the findings and one of
/// all rules. Its rows go to temporary files, so that memory does not grow with them.
#[derive(Debug)]
pub struct FindingsBook {
    palette: Palette,
    forms: Table,
    list: Table,
    totals: Totals,
}

impl FindingsBook {
    /// Without any form yet.
    #[must_use]
    pub fn new() -> Self {
        Self { palette: Palette::default(), forms: by_form::table(), list: list::table(), totals: Totals::default() }
    }

    /// Adds the findings of one form, with those beside other forms.
    ///
    /// # Errors
    ///
    /// More findings than a sheet has rows, or no room in the temporary folder.
    pub fn push(&mut self, record: &CheckRecord) -> Result<(), ExportError> {
        let line = by_form::line(self.totals.forms, record, self.list.next_row());
        self.forms.row(&line, &mut self.palette)?;
        for (number, found) in (self.totals.findings..).zip(found(record)) {
            self.list.row(&list::line(number, record, found), &mut self.palette)?;
        }
        self.totals.add(record);
        Ok(())
    }

    /// Writes the workbook to `target`.
    ///
    /// # Errors
    ///
    /// A failure to write.
    pub fn finish<W: Write + Seek>(mut self, target: W) -> Result<W, ExportError> {
        let (totals, palette) = (self.totals, &mut self.palette);
        let tables = vec![
            by_form::finish(self.forms, &totals, palette)?,
            by_rule::sheet(&totals, palette)?,
            list::finish(self.list, &totals, palette)?,
            pages::sheet(palette)?,
        ];
        bind(target, tables, palette)
    }
}

impl Default for FindingsBook {
    fn default() -> Self {
        Self::new()
    }
}

/// What all records come to.
#[derive(Debug, Default)]
struct Totals {
    forms: usize,
    /// Forms that show a finding by themselves.
    faulty: usize,
    findings: usize,
    within: Summary,
    between: Summary,
    /// What each rule found, by its code.
    rules: BTreeMap<&'static str, OfRule>,
}

/// What a rule found.
#[derive(Debug, Default)]
struct OfRule {
    findings: usize,
    forms: usize,
    /// The highest severity: a profile may change that of a rule, the same for every finding of a form.
    severity: Option<Severity>,
}

impl Totals {
    fn add(&mut self, record: &CheckRecord) {
        self.forms += 1;
        self.faulty += usize::from(record.summary.total() > 0);
        self.within += record.summary;
        self.between += Summary::of(record.cross_findings.iter().map(|found| &found.finding));
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        for Found { finding, .. } in found(record) {
            self.findings += 1;
            let rule = self.rules.entry(finding.code).or_default();
            rule.findings += 1;
            rule.forms += usize::from(codes.insert(finding.code));
            rule.severity = rule.severity.max(Some(finding.severity));
        }
    }

    /// What the whole audit comes to, in one sentence.
    fn closing(&self) -> String {
        let words =
            |summary: Summary| format!("错误 {}，警告 {}，提示 {}", summary.error, summary.warning, summary.info);
        let within = match self.within.total() {
            0 => "没有发现问题".to_owned(),
            _ => format!("{} 张有问题：{}", self.faulty, words(self.within)),
        };
        let between = if self.between.total() == 0 {
            String::new()
        } else {
            format!("；表与表之间：{}", words(self.between))
        };
        format!("共审核 {} 张表，{within}{between}。", self.forms)
    }
}

/// A finding about a form, by itself or beside others.
#[derive(Clone, Copy)]
struct Found<'a> {
    finding: &'a Finding,
    /// The other forms it rests on.
    between: Option<&'a CrossFinding>,
}

/// Everything that was found about a form: what it shows by itself first.
fn found(record: &CheckRecord) -> impl Iterator<Item = Found<'_>> {
    let within = record.findings.iter().map(|finding| Found { finding, between: None });
    within.chain(record.cross_findings.iter().map(|found| Found { finding: &found.finding, between: Some(found) }))
}

/// What the words of severity ask of the reader.
const LEGEND: &str = "● 错误：表内数字或勾稽有误，须改正；▲ 警告：可能有误或缺少说明，须核实；○ 提示：供参考。审核结论是复核线索，不代替财政部门的认定。";

/// A severity by sign, word and background: it can be told on a black-and-white print.
fn severity_cell(severity: Severity) -> Cell {
    let (words, tint) = match severity {
        Severity::Error => ("● 错误", Tint::Red),
        Severity::Warning => ("▲ 警告", Tint::Yellow),
        Severity::Info => ("○ 提示", Tint::Grey),
    };
    Cell::text(words).tinted(Some(tint))
}

/// A number of findings of one severity.
fn count_cell(count: usize, severity: Severity) -> Cell {
    let tint = match severity {
        Severity::Error => Tint::Red,
        Severity::Warning => Tint::Yellow,
        Severity::Info => Tint::Grey,
    };
    Cell::count(count).tinted((count > 0).then_some(tint))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use calamine::{Data, Reader, Xlsx};
    use jixiao_core::profile::Profile;
    use jixiao_core::rules::{Elsewhere, RULES, check};
    use jixiao_core::{Decimal, Form, FormRecord, FundRow};
    use zip::ZipArchive;

    use super::*;

    /// The findings about a form whose execution score is computed on the wrong budget.
    fn record(project: &str) -> CheckRecord {
        let row = FundRow {
            label: "年度资金总额".to_owned(),
            initial_budget: Some(Decimal::new(22_500, 2)),
            annual_budget: Some(Decimal::new(20_000, 2)),
            executed: Some(Decimal::new(18_000, 2)),
            weight: Some(Decimal::TEN),
            score: Some(Decimal::new(800, 2)),
            ..FundRow::default()
        };
        let mut form = Form { project_name: Some(project.to_owned()), ..Form::default() };
        form.funds.rows.push(row);
        let record = FormRecord { path: "表.txt".to_owned(), index: 2, ..FormRecord::from(form) };
        let mut findings = check(&record.form, &Profile::default());
        findings.retain(|finding| finding.code == "F105");
        CheckRecord::new(&record, findings)
    }

    fn sheet(bytes: &[u8], name: &str) -> calamine::Range<Data> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        book.worksheet_range(name).unwrap()
    }

    fn text(cells: &calamine::Range<Data>, row: u32, column: u32) -> String {
        cells.get_value((row, column)).unwrap().to_string()
    }

    #[test]
    fn a_finding_is_one_row_with_numbers_as_numbers() {
        let bytes = write_findings(&[record("渠道清淤")]).unwrap();
        let cells = sheet(&bytes, list::SHEET);
        assert_eq!(cells.height() as u32, list::FIRST_ROW + 1);
        let at = |column| text(&cells, list::FIRST_ROW, column);
        assert_eq!([at(1), at(2), at(4), at(5)], ["表.txt（第3张表）", "渠道清淤", "F105", "● 错误"]);
        assert_eq!(at(3), "项目资金第1行「得分」");
        let number = |column| cells.get_value((list::FIRST_ROW, column)).cloned();
        assert_eq!([6, 7, 8].map(number), [8.0, 9.0, -1.0].map(|number| Some(Data::Float(number))));
    }

    #[test]
    fn the_evidence_stands_in_the_words_of_the_rules() {
        let record = record("渠道清淤");
        let [finding] = record.findings.as_slice() else { panic!() };
        let cells = sheet(&write_findings(std::slice::from_ref(&record)).unwrap(), list::SHEET);
        let evidence = text(&cells, list::FIRST_ROW, 10);
        assert!(finding.hypotheses.iter().all(|reason| evidence.contains(&reason.message)));
        assert!(!finding.hypotheses.is_empty() && evidence.contains(finding.arithmetic.as_deref().unwrap()));
    }

    #[test]
    fn forms_and_rules_are_counted() {
        let clean = CheckRecord { findings: Vec::new(), summary: Summary::default(), ..record("绿化") };
        let bytes = write_findings(&[record("渠道清淤"), clean, record("照明")]).unwrap();
        let forms = sheet(&bytes, by_form::SHEET);
        assert_eq!(text(&forms, 1, 0), "共审核 3 张表，2 张有问题：错误 2，警告 0，提示 0。");
        assert_eq!([5, 6, 7].map(|row| text(&forms, row, 4)), ["1", "0", "1"]);
        let rules = sheet(&bytes, by_rule::SHEET);
        assert_eq!([0, 2, 3, 4].map(|column| text(&rules, 5, column)), ["F105", "● 错误", "2", "2"]);
    }

    /// `record` with a finding that rests on 12 other forms, of which one is named.
    fn copied(record: CheckRecord) -> CheckRecord {
        let place = Elsewhere {
            path: "甲.txt".to_owned(),
            index: 0,
            project_name: Some("绿化".to_owned()),
            year: Some(2023),
            location: record.findings[0].location.clone(),
            span: None,
            previous: false,
            form: Some(0),
        };
        let finding = Finding { code: "X201", severity: Severity::Warning, ..record.findings[0].clone() };
        let found = CrossFinding {
            finding,
            span: None,
            elsewhere: vec![place],
            elsewhere_count: 12,
            form: 1,
            path: record.path.clone(),
            index: record.index,
            project_name: record.project_name.clone(),
        };
        CheckRecord { cross_findings: vec![found], ..record }
    }

    #[test]
    fn findings_between_forms_stand_behind_those_of_the_form() {
        let bytes = write_findings(&[copied(record("渠道清淤")), record("照明")]).unwrap();
        let cells = sheet(&bytes, list::SHEET);
        let codes = [0, 1, 2].map(|row| text(&cells, list::FIRST_ROW + row, 4));
        assert_eq!(codes, ["F105", "X201", "F105"]);
        let evidence = text(&cells, list::FIRST_ROW + 1, 10);
        let others = "对照：2023年度「绿化」项目资金第1行「得分」（甲.txt，第1张表）\n对照：另有 11 张表没有列出";
        assert!(evidence.starts_with(others), "{evidence}");
        let forms = sheet(&bytes, by_form::SHEET);
        assert!(text(&forms, 1, 0).ends_with("错误 2，警告 0，提示 0；表与表之间：错误 0，警告 1，提示 0。"));
        assert_eq!([4, 7, 8, 9].map(|column| text(&forms, 5, column)), ["1", "1", "2", "F105、X201"]);
        let rules = sheet(&bytes, by_rule::SHEET);
        assert_eq!([0, 2, 3].map(|column| text(&rules, 6, column)), ["X201", "▲ 警告", "1"]);
    }

    #[test]
    fn a_text_that_no_row_can_show_goes_on_below() {
        let mut long = record("渠道清淤");
        long.findings[0].message = "得分与金额不符，".repeat(200);
        let bytes = write_findings(&[long, record("照明")]).unwrap();
        let cells = sheet(&bytes, list::SHEET);
        let rows = cells.height() as u32 - list::FIRST_ROW;
        assert!(rows > 3, "{rows}");
        let message: String = (0..rows - 1).map(|row| text(&cells, list::FIRST_ROW + row, 9)).collect();
        assert_eq!(message, "得分与金额不符，".repeat(200));
        assert_eq!([0, 1].map(|row| text(&cells, list::FIRST_ROW + row, 4)), ["F105", "F105"], "a filter keeps them");
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut forms = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut forms).unwrap();
        assert!(forms.contains(&format!("!A{}\"", list::FIRST_ROW + rows)), "the link of the second form");
    }

    #[test]
    fn links_lead_to_the_finding_and_to_the_rule() {
        let bytes = write_findings(&[record("渠道清淤")]).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut xml = |number: u32| {
            let mut text = String::new();
            archive.by_name(&format!("xl/worksheets/sheet{number}.xml")).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert!(xml(1).contains(&format!("location=\"'{}'!A5\"", list::SHEET)));
        let page = format!("location=\"'{}'!A{}\"", pages::SHEET, pages::row_of("F105") + 1);
        assert!(xml(2).contains(&page) && xml(3).contains(&page));
        let cells = sheet(&bytes, pages::SHEET);
        for rule in RULES {
            assert_eq!(text(&cells, pages::row_of(rule.code), 2), rule.title);
        }
    }

    #[test]
    fn a_name_that_looks_like_a_formula_stays_text() {
        let bytes = write_findings(&[record("=1+1")]).unwrap();
        let cells = sheet(&bytes, list::SHEET);
        assert_eq!(cells.get_value((list::FIRST_ROW, 2)), Some(&Data::String("=1+1".to_owned())));
    }

    #[test]
    fn no_finding_is_said() {
        let bytes = write_findings(&[]).unwrap();
        assert_eq!(text(&sheet(&bytes, by_form::SHEET), 1, 0), "共审核 0 张表，没有发现问题。");
        assert_eq!(sheet(&bytes, list::SHEET).height(), 4);
    }
}
