//! Forms of several families, drawn with only some of their rules, or none: they read as those drawn with all.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::canvas::pdf;
use common::families::{COUNTY, HUBEI, Printed, RURAL, TRANSFER, page};
use common::form::{Anchor, Ruling};
use jixiao_core::{Family, Form};
use jixiao_sources::read_pdf;

fn read(form: Printed, ruling: Ruling, anchor: Anchor) -> Vec<Form> {
    let document = read_pdf(&pdf(&[page(form, ruling, anchor)])).unwrap();
    jixiao_parser::document::read(&document).records.into_iter().map(|record| record.form).collect()
}

/// The form as read with all rules, after comparing it with what is printed: its family, funds, names and extra fields.
fn ruled(form: Printed, family: Family, counts: [usize; 3]) -> Form {
    let mut forms = read(form, Ruling::Strokes, Anchor::Middle);
    assert_eq!(forms.len(), 1, "{}", form.title);
    let ruled = forms.remove(0);
    assert_eq!(ruled.family, family);
    assert_eq!([ruled.funds.rows.len(), ruled.indicators.len(), ruled.extra.len()], counts, "{ruled:#?}");
    for row in &ruled.indicators {
        let printed = |text: Option<&String>| text.is_some_and(|text| form.rows.contains(text));
        assert!(printed(Some(&row.level3)) && printed(row.level1.as_ref()) && printed(row.level2.as_ref()), "{row:?}");
        assert!(printed(row.target.text.as_ref()) && printed(row.actual.text.as_ref()), "{row:?}");
    }
    ruled
}

fn read_alike(form: Printed, family: Family, counts: [usize; 3]) {
    let ruled = ruled(form, family, counts);
    for ruling in [Ruling::Unruled, Ruling::Rows, Ruling::Columns, Ruling::Outline, Ruling::Corners] {
        for anchor in [Anchor::Middle, Anchor::Corner] {
            assert_eq!(read(form, ruling, anchor), std::slice::from_ref(&ruled), "{ruling:?} {anchor:?}");
        }
    }
}

#[test]
fn transfer_forms_read_alike() {
    read_alike(TRANSFER, Family::Transfer, [3, 4, 5]);
}

#[test]
fn forms_of_county_funds_read_alike() {
    read_alike(COUNTY, Family::CountySpecial, [3, 4, 1]);
}

#[test]
fn rural_forms_read_alike() {
    read_alike(RURAL, Family::Rural, [3, 4, 1]);
}

#[test]
fn hubei_forms_read_alike() {
    read_alike(HUBEI, Family::Hubei, [1, 3, 1]);
}
