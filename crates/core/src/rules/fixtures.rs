//! The fixtures of the rules: for each one a form that it finds fault with, one that only just escapes it, and one that
//! leaves out what it needs.
//!
//! `fixtures/rules/CODE.json` says what is changed in the form without a fault. The test goes over the table of codes:
//! a new rule without its three fixtures fails it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::cross::testing::against;
use super::testing::valid_form;
use super::{Location, RULES, check};
use crate::profile::Profile;
use crate::{Form, FormRecord};

/// New values by JSON pointer into the form.
type Change = BTreeMap<String, Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixtures {
    fires: Vec<Case>,
    near_misses: Vec<Case>,
    inputs_missing: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows.
    because: String,
    /// What differs from the form without a fault.
    change: Change,
    /// What is left out on top of that.
    #[serde(default)]
    without: Vec<String>,
    /// Where the rule finds fault, row by row.
    #[serde(default)]
    at: Vec<String>,
    /// Another form of the same run, for rules across forms.
    beside: Option<Change>,
    /// The form of the year before, for rules across years.
    previous: Option<Change>,
}

impl Case {
    /// Where the rule finds fault with the changed form, without `without` where `complete`.
    fn found(&self, code: &str, complete: bool) -> Vec<String> {
        let mut form = changed(&self.change);
        if !complete {
            form = self.without.iter().fold(form, |form, pointer| left_out(&form, pointer));
        }
        let mut places: Vec<Location> = check(&form, &Profile::default())
            .into_iter()
            .filter(|found| found.code == code)
            .map(|found| found.location)
            .collect();
        let other = |change: &Option<Change>, path| change.as_ref().map(|change| record(path, changed(change)));
        let before: Vec<_> = other(&self.previous, "去年.txt").into_iter().collect();
        let beside = other(&self.beside, "甲.txt");
        let records: Vec<_> = beside.into_iter().chain([record("乙.txt", form)]).collect();
        let across = against(&before, &records).into_iter().map(|found| found.finding);
        places.extend(across.filter(|found| found.code == code).map(|found| found.location));
        places.iter().map(words).collect()
    }
}

fn record(path: &str, form: Form) -> FormRecord {
    super::cross::testing::record(path, form)
}

fn words(location: &Location) -> String {
    let section = format!("{:?}", location.section).to_lowercase();
    let row = location.row.map_or_else(String::new, |row| format!("[{row}]"));
    format!("{section}{row}.{}", location.field.clone().unwrap_or_default())
}

fn changed(change: &Change) -> Form {
    let mut form = serde_json::to_value(valid_form()).unwrap();
    for (pointer, value) in change {
        *form.pointer_mut(pointer).unwrap_or_else(|| panic!("the form has no {pointer}")) = value.clone();
    }
    serde_json::from_value(form).unwrap()
}

/// The form with a blank cell, or an empty list, at `pointer`.
fn left_out(form: &Form, pointer: &str) -> Form {
    let mut form = serde_json::to_value(form).unwrap();
    let place = form.pointer_mut(pointer).unwrap_or_else(|| panic!("the form has no {pointer}"));
    *place = if place.is_array() { Value::Array(Vec::new()) } else { Value::Null };
    serde_json::from_value(form).unwrap()
}

fn read(code: &str) -> Fixtures {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/rules/{code}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{code} has no fixtures: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{code}: {error}"))
}

#[test]
fn every_rule_has_three_kinds_of_fixtures() {
    for rule in RULES {
        let Fixtures { fires, near_misses, inputs_missing } = read(rule.code);
        for (kind, cases) in [("fires", fires), ("near_misses", near_misses), ("inputs_missing", inputs_missing)] {
            assert!(!cases.is_empty(), "{} has no fixture that {kind}", rule.code);
        }
    }
}

#[test]
fn every_fixture_that_fires_does_so_at_its_places() {
    for rule in RULES {
        for case in read(rule.code).fires {
            assert!(!case.at.is_empty(), "{}: {}", rule.code, case.because);
            assert_eq!(case.found(rule.code, true), case.at, "{}: {}", rule.code, case.because);
        }
    }
}

#[test]
fn no_near_miss_is_found() {
    for rule in RULES {
        for case in read(rule.code).near_misses {
            assert!(case.found(rule.code, true).is_empty(), "{}: {}", rule.code, case.because);
        }
    }
}

/// With what was left out the rule would speak; the only exceptions are the rules about what is missing.
#[test]
fn a_rule_whose_inputs_are_missing_is_silent() {
    for rule in RULES {
        for case in read(rule.code).inputs_missing {
            assert!(
                !case.without.is_empty() && case.found(rule.code, false).is_empty(),
                "{}: {}",
                rule.code,
                case.because
            );
            let is_about_absence = ["H001", "G601"].contains(&rule.code);
            assert!(is_about_absence || !case.found(rule.code, true).is_empty(), "{}: {}", rule.code, case.because);
        }
    }
}

#[test]
fn no_fixture_stands_for_a_rule_that_is_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap();
        assert!(RULES.iter().any(|rule| rule.code == code), "{code}");
    }
}
