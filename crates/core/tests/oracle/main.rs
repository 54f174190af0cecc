//! The engine against a slow, literal transcription of the rule catalogue.
//!
//! `literal` says each rule once more, in the words and the order of the catalogue, with plain rational numbers and
//! nothing of the engine but the types of the form and of the profile. On generated forms both must find the same.

mod forms;
mod literal;

use std::collections::BTreeMap;

use jixiao_core::profile::{ExecutionBasis, Profile, Reverse};
use jixiao_core::rules::{Finding, RULES, check};
use jixiao_core::{Decimal, Form};
use proptest::prelude::*;
use proptest::sample::select;

use literal::{Found, rational};

/// What both must agree on.
type Key = (String, String, Option<usize>, Option<String>, Option<String>);

fn key_of(finding: &Finding) -> Key {
    let location = &finding.location;
    let section = format!("{:?}", location.section).to_lowercase();
    let explanation = finding.explanation.map(|explanation| explanation.name().to_owned());
    (finding.code.to_owned(), section, location.row, location.field.clone(), explanation)
}

fn key_of_literal(found: &Found) -> Key {
    let explanation = found.explanation.map(str::to_owned);
    (found.code.to_owned(), found.section.to_owned(), found.row, Some(found.field.clone()), explanation)
}

fn profile() -> impl Strategy<Value = Profile> {
    let names = select(Profile::BUILTIN_NAMES.as_slice()).prop_filter_map("a built-in profile", Profile::builtin);
    let bases = select(ExecutionBasis::ALL.as_slice());
    (names, select(Reverse::ALL.as_slice()), bases).prop_map(|(profile, reverse, execution_basis)| Profile {
        reverse,
        execution_basis,
        ..profile
    })
}

/// The numbers of a finding, where the catalogue defines them, are those of the transcription.
fn numbers_agree(finding: &Finding, found: &Found) -> bool {
    let reported =
        found.reported.as_ref().is_none_or(|literal| finding.reported.map(rational).as_ref() == Some(literal));
    let expected = found.expected.as_ref().is_none_or(|literal| {
        // A quotient is told with two decimals.
        let half_unit = rational(Decimal::new(5, 3));
        finding.expected.map(rational).is_some_and(|told| {
            let distance = if told > *literal { told - literal } else { literal - told };
            distance <= half_unit
        })
    });
    reported && expected
}

fn compared(form: &Form, profile: &Profile) -> Result<(), TestCaseError> {
    let mut findings = check(form, profile);
    let mut literal = literal::findings(form, profile);
    findings.retain(|finding| !finding.code.starts_with('X'));
    findings.sort_by_key(key_of);
    literal.sort_by_key(key_of_literal);
    let engine: Vec<_> = findings.iter().map(key_of).collect();
    let oracle: Vec<_> = literal.iter().map(key_of_literal).collect();
    prop_assert_eq!(engine, oracle);
    for (finding, found) in findings.iter().zip(&literal) {
        prop_assert!(numbers_agree(finding, found), "{:?}\n{:?}", finding, found);
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_engine_finds_what_the_catalogue_says(form in forms::form(), profile in profile()) {
        compared(&form, &profile)?;
    }
}

/// The comparison means something only where the generated forms make every rule speak, and keep silent too.
#[test]
fn the_generated_forms_make_every_rule_fire() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut fired: BTreeMap<String, usize> = BTreeMap::new();
    const FORMS: usize = 600;
    for _ in 0..FORMS {
        let form = forms::form().new_tree(&mut runner).unwrap().current();
        let mut codes: Vec<_> = literal::findings(&form, &Profile::default()).iter().map(|found| found.code).collect();
        codes.dedup();
        codes.into_iter().for_each(|code| *fired.entry(code.to_owned()).or_default() += 1);
    }
    for rule in RULES.iter().filter(|rule| !rule.code.starts_with('X')) {
        let times = fired.get(rule.code).copied().unwrap_or_default();
        assert!(times > 2, "{} fired on {times} of {FORMS} forms: {fired:?}", rule.code);
    }
}
