//! Names of level 1 whose rows were told by where their texts stand.
//!
//! Without rules a name in the middle of its rows may seem to stand beside others. Of the names that a form prints, only
//! one goes with the level 2 of most rows.

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{level_name, may_stand_under, official_level1, official_level1_stem};
use jixiao_core::{FieldPath, FormRecord, Indicator, IndicatorField};

use crate::remarks;

const CAUSE: &str = "表格没有完整的框线，这个一级指标名称是按二级指标名称认定的";

/// Tables have a few names of level 1; a page with more than so many is no form.
const MOST_NAMES: usize = 64;

/// Gives rows whose level 2 cannot stand under their level 1, or that have none, the only name of the form that it can
/// stand under; a name that was another is doubted.
pub(super) fn settle(record: &mut FormRecord) {
    let names = names(&record.form.indicators);
    let found = |(row, own): (usize, &Indicator)| Some((row, *only(&names, own)?));
    let settled: Vec<(usize, usize)> = record.form.indicators.iter().enumerate().filter_map(found).collect();
    let had_another =
        |(row, _): &&(usize, usize)| record.form.indicators.get(*row).is_some_and(|row| row.level1.is_some());
    let doubted: Vec<usize> = settled.iter().filter(had_another).map(|(row, _)| *row).collect();
    let at = |row: usize| FieldPath::Indicator(row, IndicatorField::Level1);
    for (row, from) in &settled {
        let name = record.form.indicators.get(*from).and_then(|own| own.level1.clone());
        record.form.indicators.get_mut(*row).into_iter().for_each(|own| own.level1.clone_from(&name));
        if let Some(places) = record.provenance.get(&at(*from)).cloned() {
            record.provenance.insert(at(*row), places);
        }
    }
    remarks::doubt(record, doubted.into_iter().map(|row| (at(row), CAUSE)));
}

/// The names of level 1, folded, and the first row of each; none where there are too many to compare.
fn names(rows: &[Indicator]) -> Vec<(String, usize)> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for (row, own) in rows.iter().enumerate() {
        let Some(name) = own.level1.as_deref().map(bare) else { continue };
        if names.iter().any(|(other, _)| *other == name) {
            continue;
        }
        if names.len() == MOST_NAMES {
            return Vec::new();
        }
        names.push((name, row));
    }
    names
}

fn bare(name: &str) -> String {
    squeeze(&level_name(name))
}

/// The first row with the only name that the level 2 of `row` can stand under, where its own is another.
fn only<'n>(names: &'n [(String, usize)], row: &Indicator) -> Option<&'n usize> {
    let level2 = bare(row.level2.as_deref()?);
    official_level1_stem(&level2).or_else(|| official_level1(&level2))?;
    if row.level1.as_deref().is_some_and(|own| may_stand_under(&bare(own), &level2)) {
        return None;
    }
    let mut fitting = names.iter().filter(|(name, _)| may_stand_under(name, &level2)).map(|(_, first)| first);
    fitting.next().filter(|_| fitting.next().is_none())
}

#[cfg(test)]
mod tests {
    use jixiao_core::Form;

    use super::*;

    fn settled(rows: &[(Option<&str>, &str)]) -> (Vec<Option<String>>, usize) {
        let row = |(level1, level2): &(Option<&str>, &str)| Indicator {
            level1: level1.map(str::to_owned),
            level2: Some((*level2).to_owned()),
            ..Indicator::default()
        };
        let mut record = FormRecord::from(Form { indicators: rows.iter().map(row).collect(), ..Form::default() });
        settle(&mut record);
        (record.form.indicators.into_iter().map(|row| row.level1).collect(), record.diagnostics.len())
    }

    #[test]
    fn names_go_with_their_level_2() {
        let (output, benefit) = (Some("产出指标"), Some("效益指标（30分）"));
        let rows = [(None, "数量指标"), (output, "质量指标"), (output, "社会效益指标"), (benefit, "生态效益指标")];
        let owned = |name: Option<&str>| name.map(str::to_owned);
        assert_eq!(settled(&rows), (vec![owned(output), owned(output), owned(benefit), owned(benefit)], 1));
    }

    #[test]
    fn names_that_the_form_does_not_print_or_that_are_not_the_only_one_are_not_given() {
        let rows = [(None, "数量指标"), (Some("效益指标"), "社会效益指标"), (None, "某项指标")];
        assert_eq!(settled(&rows), (vec![None, Some("效益指标".to_owned()), None], 0));
        let cost = [(Some("效益指标"), "成本指标"), (Some("产出指标"), "数量指标"), (Some("成本指标"), "成本指标")];
        assert_eq!(settled(&cost).0[0], Some("效益指标".to_owned()));
    }

    #[test]
    fn a_page_of_nothing_but_names_is_left_as_it_is() {
        let names: Vec<String> = (0..20_000).map(|number| format!("产出指标{number}")).collect();
        let rows: Vec<(Option<&str>, &str)> = names.iter().map(|name| (Some(name.as_str()), "社会效益指标")).collect();
        let (levels, doubts) = settled(&rows);
        assert_eq!((levels.last(), doubts), (Some(&names.last().cloned()), 0));
    }
}
