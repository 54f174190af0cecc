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
    assert_eq!(codes(&written), ["formula-kept"]);
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
