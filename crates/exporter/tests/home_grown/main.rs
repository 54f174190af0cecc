//! Workbooks as offices make them themselves: every family in a layout of nobody's, blank and half-filled ones, and what
//! cells may hold.

#![expect(clippy::unwrap_used, reason = "a failure to build, fill or read a workbook is a failed test")]

mod cells;
mod families;
mod office;
mod truth;

use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{fill_template, read_workbook};
use jixiao_parser::Parsed;

use families::FAMILIES;
use office::Office;

fn read(workbook: &[u8]) -> Parsed {
    read_workbook(workbook).unwrap()
}

fn only(workbook: &[u8]) -> FormRecord {
    let mut records = read(workbook).records;
    assert_eq!(records.len(), 1);
    records.remove(0)
}

/// The form as a program hands it on: through JSON.
fn through_json(form: &Form) -> Form {
    serde_json::from_str(&serde_json::to_string(form).unwrap()).unwrap()
}

#[test]
fn every_family_reads_to_its_truth() {
    for family in FAMILIES {
        let truth = truth::of(family);
        let workbook = Office::default().with(family, &truth).save();
        assert_eq!(only(&workbook).form, truth, "{}", family.family.name());
    }
}

#[test]
fn a_half_filled_form_has_nulls_that_a_program_fills() {
    for family in FAMILIES {
        let (truth, planned) = (truth::of(family), truth::planned(family));
        let half = Office::default().with(family, &planned).save();
        assert_eq!(only(&half).form, planned, "{}", family.family.name());
        let filled = Form { indicators: truth.indicators.clone(), ..through_json(&only(&half).form) };
        let filled =
            Form { funds: truth.funds.clone(), goals: truth.goals.clone(), total: truth.total.clone(), ..filled };
        let written = fill_template(&half, &[through_json(&filled)]).unwrap();
        assert_eq!(only(&written.bytes).form, truth, "{}: {:?}", family.family.name(), written.diagnostics);
    }
}

#[test]
fn a_blank_form_has_nulls_that_a_program_fills() {
    for family in FAMILIES {
        let (truth, blank) = (truth::of(family), truth::blank(family));
        let template = Office::default().with(family, &blank).save();
        let read = only(&template).form;
        assert_eq!((&read.project_name, &read.goals, &read.total), (&None, &blank.goals, &blank.total));
        assert!(read.indicators.is_empty(), "{}: {:?}", family.family.name(), read.indicators);
        assert!(read.funds.rows.iter().all(|row| row.executed.is_none()));
        let written = fill_template(&template, &[through_json(&truth)]).unwrap();
        assert_eq!(only(&written.bytes).form, truth, "{}: {:?}", family.family.name(), written.diagnostics);
    }
}

#[test]
fn forms_stand_below_and_beside_each_other() {
    for pair in FAMILIES.chunks(2) {
        let truths: Vec<Form> = pair.iter().map(truth::of).collect();
        let below =
            pair.iter().zip(&truths).fold(Office::default(), |office, (family, truth)| office.with(family, truth));
        let forms: Vec<Form> = read(&below.save()).records.into_iter().map(|record| record.form).collect();
        assert_eq!(forms, truths, "one below the other");
        let apart = pair.iter().zip(&truths).fold(Office::default(), |office, (family, truth)| {
            office.on_a_sheet(family.family.name()).with(family, truth)
        });
        let forms: Vec<Form> = read(&apart.save()).records.into_iter().map(|record| record.form).collect();
        assert_eq!(forms, truths, "one a sheet");
    }
}
