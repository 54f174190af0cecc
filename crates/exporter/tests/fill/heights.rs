//! Rows are high enough for what is filled into them.

use jixiao_core::Form;

use super::bureau::{FIRST, GROUPS, form, template};
use super::rows::edited;
use super::{codes, fill, only, part};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The opening tag of a row, counted from 1.
fn row(xml: &str, number: u32) -> &str {
    let start = xml.find(&format!("<row r=\"{number}\"")).unwrap();
    &xml[start..start + xml[start..].find('>').unwrap()]
}

/// The height of a row in points, cut to whole ones.
fn height(tag: &str) -> u32 {
    let (_, rest) = tag.split_once(" ht=\"").unwrap_or_else(|| panic!("no height in {tag}"));
    rest.split(['.', '"']).next().unwrap().parse().unwrap()
}

fn explained(text: &str) -> Form {
    let mut form = form();
    form.indicators[0].deviation = Some(text.to_owned());
    form
}

#[test]
fn a_row_grows_for_the_text_of_a_merged_cell_and_no_other_does() {
    let template = template(GROUPS);
    let short = part(&fill(&template, &explained("已核")).bytes, SHEET);
    let long = part(&fill(&template, &explained(&"因汛期推迟，".repeat(20))).bytes, SHEET);
    let first = FIRST + 1;
    assert_eq!(height(row(&short, first)), 33, "as the template has it");
    // 240 display columns in two columns of 64 pixels each, about 16 to a line of 11 points.
    assert!((220..350).contains(&height(row(&long, first))), "{}", row(&long, first));
    assert!(row(&long, first).contains(" customHeight=\"1\""));
    for number in (1..first).chain(first + 1..first + 6) {
        assert_eq!(row(&short, number), row(&long, number));
    }
}

#[test]
fn an_inserted_row_has_a_height_of_its_own() {
    let template = template(&GROUPS[1..]);
    let mut form = form();
    form.indicators.insert(1, form.indicators[1].clone());
    form.indicators[2].deviation = Some("因检测机构排期推迟，".repeat(12));
    let xml = part(&fill(&template, &form).bytes, SHEET);
    let heights: Vec<u32> = (FIRST + 1..FIRST + 6)
        .map(|number| row(&xml, number))
        .filter(|tag| tag.contains(" ht="))
        .map(height)
        .filter(|height| *height > 100)
        .collect();
    assert_eq!(heights.len(), 1, "{xml}");
}

#[test]
fn a_cell_that_does_not_wrap_begins_to_where_its_text_is_long() {
    let flat = edited(&template(GROUPS), &[("xl/styles.xml", " wrapText=\"1\"", "")]);
    let before = part(&flat, "xl/styles.xml");
    let styles = |form: &Form| part(&fill(&flat, form).bytes, "xl/styles.xml");
    let mut short = form();
    short.goals.expected = None;
    (short.project_name, short.department, short.unit) = (None, None, None);
    short.indicators.clear();
    assert_eq!(styles(&short), before, "nothing that is filled in needs two lines");
    let after = styles(&explained(&"因汛期推迟，".repeat(20)));
    assert!(after.matches("wrapText=\"1\"").count() > before.matches("wrapText=\"1\"").count());
}

#[test]
fn what_no_row_can_show_is_filled_in_whole_and_said() {
    let text = "因汛期推迟，".repeat(120);
    let written = fill(&template(GROUPS), &explained(&text));
    assert_eq!(only(&written.bytes).form.indicators[0].deviation.as_deref(), Some(text.as_str()));
    assert!(codes(&written).contains(&"text-cut-off"));
    assert_eq!(height(row(&part(&written.bytes, SHEET), FIRST + 1)), 409);
    let said = &written.diagnostics.iter().find(|(_, remark)| remark.code == "text-cut-off").unwrap().1;
    assert!(said.span.as_ref().unwrap().to_string().contains("I13"), "{said:?}");
}

#[test]
fn a_number_that_its_column_cannot_show_is_said() {
    let mut form = form();
    assert!(!codes(&fill(&template(GROUPS), &form)).contains(&"number-cut-off"));
    let total = &mut form.funds.rows[0];
    total.executed = "123456789012.34".parse().ok();
    let written = fill(&template(GROUPS), &form);
    let said = written.diagnostics.iter().find(|(_, remark)| remark.code == "number-cut-off").unwrap();
    assert!(said.1.message.contains("「123,456,789,012.34」"), "{}", said.1.message);
    assert_eq!(only(&written.bytes).form.funds.rows[0].executed, form.funds.rows[0].executed);
}
