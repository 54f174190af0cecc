//! What belongs to a finding besides its own place: the cells that could be the wrong ones instead.

use std::collections::{HashMap, HashSet};

use super::audit::Draft;
use super::finding::{Finding, Related};
use super::location::Location;

/// The findings, each with the related places: those that its hypotheses blame, blank cells that would settle
/// it, and those of its inputs that have findings of their own.
pub(super) fn linked(drafts: Vec<Draft>) -> Vec<Finding> {
    let codes = codes_by_place(&drafts);
    drafts.into_iter().map(|draft| with_related(draft, &codes)).collect()
}

fn codes_by_place(drafts: &[Draft]) -> HashMap<Location, Vec<&'static str>> {
    let mut codes: HashMap<Location, Vec<&'static str>> = HashMap::new();
    for draft in drafts {
        codes.entry(draft.finding.location.clone()).or_default().push(draft.finding.code);
    }
    codes
}

fn with_related(draft: Draft, codes: &HashMap<Location, Vec<&'static str>>) -> Finding {
    let Draft { mut finding, inputs, blanks } = draft;
    let at = |place: &Location| codes.get(place).cloned().unwrap_or_default();
    let mut seen = HashSet::new();
    let mut related: Vec<Related> = Vec::new();
    for hypothesis in &finding.hypotheses {
        for place in hypothesis.places.iter().filter(|place| seen.insert((*place).clone())) {
            let message = hypothesis.message.clone();
            related.push(Related { location: place.clone(), message, codes: at(place) });
        }
    }
    for (place, message) in blanks {
        let codes = at(&place);
        if seen.insert(place.clone()) {
            related.push(Related { location: place, message, codes });
        }
    }
    for place in inputs {
        let codes = at(&place);
        if !codes.is_empty() && seen.insert(place.clone()) {
            let message = format!("此处另有问题 {}", codes.join("、"));
            related.push(Related { location: place, message, codes });
        }
    }
    finding.related = related;
    finding
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, valid_form};

    #[test]
    fn an_input_with_a_finding_of_its_own_is_named() {
        let mut form = valid_form();
        form.indicators[3].score = dec("30");
        form.total.score = dec("98.60");
        let finding = &found("S302", &form)[0];
        let related: Vec<_> =
            finding.related.iter().map(|place| (place.location.row, place.message.as_str())).collect();
        assert_eq!(related, [(Some(3), "此处另有问题 S303")]);
        assert_eq!(finding.related[0].codes, ["S303"]);
    }

    #[test]
    fn inputs_without_findings_are_not_named() {
        let mut form = valid_form();
        form.total.score = dec("98.60");
        assert!(found("S302", &form)[0].related.is_empty());
    }
}
