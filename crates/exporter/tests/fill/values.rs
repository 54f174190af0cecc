//! How values get into cells.

use jixiao_core::{AmountUnit, ExtraField};

use super::bureau::{GROUPS, form, template};
use super::{codes, fill, only, part};

#[test]
fn a_rate_in_the_general_format_becomes_a_percentage() {
    let general =
        super::rows::edited(&template(GROUPS), &[("xl/styles.xml", "formatCode=\"0.00%\"", "formatCode=\"General\"")]);
    let written = fill(&general, &form());
    assert_eq!(only(&written.bytes).form.funds.rows[0].execution_rate, form().funds.rows[0].execution_rate);
    assert!(part(&written.bytes, "xl/styles.xml").contains("formatCode=\"0.00%\""));
    assert_eq!(codes(&written), ["number-format-changed", "formula-kept"]);
    assert!(written.diagnostics[0].1.message.contains("「95.92%」已按百分数填入"), "{:?}", written.diagnostics);
}

#[test]
fn a_format_that_would_hide_digits_changes_for_that_cell() {
    let coarse = super::rows::edited(&template(GROUPS), &[("xl/styles.xml", "#,##0.00", "#,##0")]);
    let written = fill(&coarse, &form());
    assert_eq!(only(&written.bytes).form.funds, form().funds);
    assert!(codes(&written).contains(&"number-format-changed"));
}

#[test]
fn amounts_in_another_unit_are_converted_and_that_is_said() {
    let mut yuan = form();
    yuan.funds.amount_unit = Some(AmountUnit::Yuan);
    let written = fill(&template(GROUPS), &yuan);
    let rows = only(&written.bytes).form.funds.rows;
    assert_eq!(rows[0].executed, Some("0.104218".parse().unwrap()));
    assert!(codes(&written).contains(&"amounts-converted"));
}

#[test]
fn amounts_of_an_unknown_unit_stay_as_they_are_and_that_is_said() {
    let mut unknown = form();
    unknown.funds.amount_unit = None;
    let written = fill(&template(GROUPS), &unknown);
    assert_eq!(only(&written.bytes).form.funds.rows, form().funds.rows);
    assert_eq!(codes(&written), ["amount-unit-unknown", "formula-kept"]);
}

#[test]
fn other_fields_go_behind_their_labels() {
    let mut form = form();
    let field = |label: &str, text: &str| ExtraField { label: label.to_owned(), text: text.to_owned() };
    form.extra = vec![field("填报人", "林某"), field("联系电话", "0000-1234567"), field("财务负责人", "苏某")];
    let written = fill(&template(GROUPS), &form);
    assert_eq!(only(&written.bytes).form.extra, form.extra[..2]);
    assert_eq!(codes(&written), ["no-place-in-template", "formula-kept"]);
    assert!(written.diagnostics[0].1.message.contains("财务负责人"));
}

#[test]
fn what_the_form_leaves_blank_stays_as_the_template_prints_it() {
    let mut half = form();
    half.goals.actual = None;
    half.project_name = None;
    let template = fill(&template(GROUPS), &half).bytes;
    let mut rest = form();
    rest.goals.expected = None;
    assert_eq!(only(&fill(&template, &rest).bytes).form, form());
}

#[test]
fn a_fund_row_that_the_template_lacks_is_named_with_its_numbers() {
    let mut more = form();
    let row = |label: &str| jixiao_core::FundRow { label: label.to_owned(), ..more.funds.rows[1].clone() };
    let blank = jixiao_core::FundRow { label: "单位自筹".to_owned(), ..Default::default() };
    let lost = row("专户资金");
    more.funds.rows.extend([lost, blank]);
    let written = fill(&template(GROUPS), &more);
    let said: Vec<_> = written.diagnostics.iter().map(|(_, remark)| remark.message.as_str()).collect();
    assert_eq!(
        said[..2],
        [
            "模板的项目资金没有「专户资金」这一行，年初预算数 80、全年预算数 80.5、全年执行数 76.18 没有填入，各行之和会与合计不符；请在模板中加上这一行再填",
            "模板的项目资金没有「单位自筹」这一行；表上这一行没有数",
        ]
    );
}
