//! The findings of `check` as one HTML page that needs no network and no script: a summary, then each form as the
//! official table with its findings marked at the cells they are about, then the rules.
//!
//! The page comes in pieces, so that a run of thousands of forms is never held as a whole: [`html_begin`], one
//! [`html_form`] a form, [`html_end`]. What a table looks like is the plan of the layout's sheet; this module
//! only prints it. `maud` escapes every text and keeps the tags matched, which handwritten strings would not.
//!
//! Word processors open the page too, with little of its style: so the tables say their borders as attributes as well,
//! and nothing is told by style alone. A browser leaves forms that are out of sight undrawn, so that a page of thousands
//! of forms opens and scrolls at once.

mod cells;
mod evidence;
mod form;
mod overview;
mod page;
mod rules;
mod table;

pub use form::html_form;
pub use overview::{Overview, Unread};
pub use page::{html_begin, html_end};

use jixiao_core::Severity;
use maud::{Markup, html};

/// The name by which styles tell a severity; the words tell it too.
const fn class(severity: Severity) -> &'static str {
    severity.name()
}

/// The word for a severity in a frame.
fn tag(severity: Severity) -> Markup {
    html! { span class={ "tag " (class(severity)) } { (severity.label()) } }
}

/// `text` without the control characters that no page may hold, line ends aside.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {

    use jixiao_core::profile::Profile;
    use jixiao_core::report::CheckRecord;
    use jixiao_core::rules::check;
    use jixiao_core::{Actual, Decimal, Form, FormRecord, FundRow, Goals, Indicator, Target, Total};

    use super::*;

    /// An invented form with faults of several kinds: no unit, a wrong execution score, a missing actual, no benefits.
    fn faulty() -> Form {
        let fund = FundRow {
            label: "年度资金总额".to_owned(),
            annual_budget: Some(Decimal::new(20_000, 2)),
            executed: Some(Decimal::new(18_000, 2)),
            weight: Some(Decimal::TEN),
            execution_rate: Some(Decimal::new(9_000, 2)),
            score: Some(Decimal::new(850, 2)),
            ..FundRow::default()
        };
        let indicator = |level3: &str, actual: Option<&str>| Indicator {
            level1: Some("产出指标".to_owned()),
            level2: Some("质量指标".to_owned()),
            level3: level3.to_owned(),
            target: Target { text: Some("验收合格".to_owned()), ..Target::default() },
            actual: Actual { text: actual.map(str::to_owned), ..Actual::default() },
            weight: Some(Decimal::from(45)),
            score: Some(Decimal::from(45)),
            deviation: None,
        };
        let mut form = Form { project_name: Some("渠道清淤".to_owned()), year: Some(2023), ..Form::default() };
        form.title = Some("项目支出绩效自评表".to_owned());
        form.department = Some("水务局".to_owned());
        form.funds.rows.push(fund);
        form.goals =
            Goals { expected: Some("清淤十公里".to_owned()), actual: Some("清淤十一公里".to_owned()) };
        form.indicators = vec![indicator("渠底平整", Some("已验收")), indicator("渠坡稳定", None)];
        form.total = Total { weight: Some(Decimal::ONE_HUNDRED), score: Some(Decimal::new(9_850, 2)) };
        form
    }

    fn record(form: Form) -> FormRecord {
        FormRecord { path: "表.txt".to_owned(), ..FormRecord::from(form) }
    }

    fn section(form: Form) -> (String, CheckRecord) {
        let record = record(form);
        let check = CheckRecord::new(&record, check(&record.form, &Profile::default()));
        (html_form(4, &record, &check, None), check)
    }

    /// The text of the cell that holds the mark of the first finding with that code, tags left out.
    fn marked_cell(code: &str) -> String {
        let (html, check) = section(faulty());
        let number = check.findings.iter().position(|finding| finding.code == code).unwrap() + 1;
        let mark = html.find(&format!("id=\"c5-{number}\"")).unwrap();
        let start = html[..mark].rfind("<t").unwrap();
        let cell = &html[start..start + html[start..].find("</t").unwrap()];
        let pieces = cell.split('<').filter_map(|piece| piece.split_once('>'));
        pieces.map(|(_, text)| text).collect()
    }

    #[test]
    fn every_finding_is_marked_at_the_cell_it_is_about() {
        assert_eq!(marked_cell("F105"), "8.50错2");
        assert_eq!(marked_cell("H001"), "警1");
        assert_eq!(marked_cell("W202"), "产出指标提5");
        assert_eq!(marked_cell("I503"), "绩效指标警3警4");
        assert_eq!(marked_cell("I505"), "警6");
    }

    #[test]
    fn every_mark_leads_to_a_finding_and_back() {
        let (html, check) = section(faulty());
        for number in 1..=check.findings.len() {
            for end in
                [format!("id=\"f5-{number}\""), format!("href=\"#f5-{number}\""), format!("href=\"#c5-{number}\"")]
            {
                assert!(html.contains(&end), "{end}");
            }
        }
    }

    #[test]
    fn places_on_pages_link_to_their_page() {
        let mut record = record(faulty());
        record.diagnostics = serde_json::from_value(serde_json::json!([{
            "code": "uncertain-cell", "severity": "warning", "message": "读法不唯一",
            "span": { "page": 3, "area": { "left": 0, "top": 0, "right": 9, "bottom": 9 } },
        }]))
        .unwrap();
        let check = CheckRecord::new(&record, Vec::new());
        let html = html_form(0, &record, &check, Some("../%E8%A1%A8.pdf"));
        assert!(html.contains("<a href=\"../%E8%A1%A8.pdf\">表.txt</a>"), "{html}");
        assert!(html.contains("（原文<a href=\"../%E8%A1%A8.pdf#page=3\">第3页</a>）"), "{html}");
        assert!(html_form(0, &record, &check, None).contains("（原文第3页）"));
    }

    #[test]
    fn headings_say_what_they_head() {
        let (html, _) = section(faulty());
        for heading in [
            "<th scope=\"row\" colspan=\"2\">项目名称</th>",
            "<th scope=\"col\">全年预算数</th>",
            "<th scope=\"rowgroup\" class=\"side\" rowspan=\"2\"><span>年度总体目标</span></th>",
        ] {
            assert!(html.contains(heading), "{heading} in {html}");
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "<script>alert(1)</script>\" onload='x' &amp;\u{1b}[31m\u{0}";
        let mut form = faulty();
        form.project_name = Some(hostile.to_owned());
        form.goals.actual = Some(hostile.to_owned());
        form.indicators[1].level3 = hostile.to_owned();
        let (html, _) = section(form);
        assert!(
            !html.contains("<script") && !html.contains("\" onload") && !html.contains(['\u{1b}', '\u{0}']),
            "{html}"
        );
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload='x' &amp;amp;\u{fffd}[31m\u{fffd}"));
    }

    #[test]
    fn a_page_of_very_many_forms_says_so() {
        let record = record(faulty());
        let check = CheckRecord::new(&record, Vec::new());
        let page = |forms: usize| {
            let mut overview = Overview::default();
            (0..forms).for_each(|_| overview.add(&record, &check));
            html_begin(&overview)
        };
        assert!(page(301).contains("本报告有 301 张表"));
        assert!(!page(300).contains("本报告有"));
    }

    #[test]
    fn an_empty_form_has_a_table_too() {
        let (html, _) = section(Form::default());
        assert!(html.contains("（没有项目名称）") && html.contains("</table>"));
    }
}
