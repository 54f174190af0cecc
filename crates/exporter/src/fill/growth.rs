//! What becomes of the labels beside inserted rows: those of the block and of the groups reach down over them.

use jixiao_core::{Indicator, IndicatorField};
use jixiao_parser::grid::frame::{Table, TableColumn};

use super::allocate::{Home, Joins, stem};
use super::layout::SheetLayout;
use super::rows::RowMap;
use super::sheet::SheetPlan;
use crate::read::sheet::Merged;

/// A new row and the indicator in it.
#[derive(Debug, Clone, Copy)]
struct NewRow<'f> {
    copy: u32,
    joins: Joins,
    indicator: &'f Indicator,
}

/// The rows that `homes` need.
pub(super) fn rows_of(homes: &[Option<Home>], rows: &mut RowMap) {
    for home in homes.iter().flatten() {
        if let Home::New { row, .. } = home {
            rows.insert(*row, 1);
        }
    }
}

/// True where the template merges the cells of a level down their group.
pub(super) fn merges_levels(table: &Table) -> bool {
    table.levels.iter().any(|level| level.rows.len() > 1)
}

/// Lets the labels beside the new rows of `table` grow.
pub(super) fn grow(
    number: usize,
    table: &Table,
    homes: &[Option<Home>],
    indicators: &[Indicator],
    layout: &SheetLayout<'_>,
    plan: &mut SheetPlan,
) {
    let mut places: Vec<u32> = homes.iter().flatten().filter_map(|home| new_row(*home, number)).collect();
    places.sort_unstable();
    places.dedup();
    for row in places {
        let mut new: Vec<NewRow<'_>> = homes.iter().zip(indicators).filter_map(|each| at(each, number, row)).collect();
        new.sort_by_key(|each| each.copy);
        Beside { row, table, layout }.grow(&new, plan);
    }
}

const fn new_row(home: Home, number: usize) -> Option<u32> {
    match home {
        Home::New { table, row, .. } if table == number => Some(row),
        _ => None,
    }
}

fn at<'f>((home, indicator): (&Option<Home>, &'f Indicator), number: usize, row: u32) -> Option<NewRow<'f>> {
    match home {
        Some(Home::New { table, row: below, copy, joins }) if *table == number && *below == row => {
            Some(NewRow { copy: *copy, joins: *joins, indicator })
        }
        _ => None,
    }
}

/// The row of the template that new rows come below.
struct Beside<'t> {
    row: u32,
    table: &'t Table,
    layout: &'t SheetLayout<'t>,
}

impl Beside<'_> {
    fn grow(&self, new: &[NewRow<'_>], plan: &mut SheetPlan) {
        let first_column = self.table.columns.iter().map(|(range, _)| range.start).min().unwrap_or_default();
        for column in 0..first_column {
            self.grow_area(column, plan.rows.below(self.row), plan);
        }
        if !merges_levels(self.table) {
            return;
        }
        let joined = |most: Joins| u32::try_from(new.iter().filter(|each| each.joins <= most).count()).unwrap_or(0);
        for (field, most) in [(IndicatorField::Level1, Joins::Level1), (IndicatorField::Level2, Joins::Level2)] {
            let Some(column) = self.table.column(TableColumn::Field(field)) else { continue };
            self.grow_area(column, joined(most), plan);
            self.merge_groups(field, column, new, plan);
        }
    }

    /// Lets the cell in `column` reach down over `count` new rows, where it ends above them.
    fn grow_area(&self, column: u32, count: u32, plan: &mut SheetPlan) {
        let area = self.layout.area((self.row, column));
        let labelled = area.first != area.last || self.layout.text(area.first).is_some();
        if area.last.0 == self.row && labelled {
            let first = (plan.rows.row(area.first.0), area.first.1);
            let last = (plan.rows.row(self.row).saturating_add(count), area.last.1);
            plan.grown.insert(area.first, Merged { first, last });
        }
    }

    /// Merges the cells of new groups.
    fn merge_groups(&self, field: IndicatorField, column: u32, new: &[NewRow<'_>], plan: &mut SheetPlan) {
        let above = if field == IndicatorField::Level1 { Joins::Level1 } else { Joins::Level2 };
        let area = self.layout.area((self.row, column));
        let first = plan.rows.row(self.row);
        let strangers: Vec<&NewRow<'_>> = new.iter().filter(|each| each.joins > above).collect();
        for group in strangers.chunk_by(|left, right| group_of(left, field) == group_of(right, field)) {
            let (Some(top), Some(bottom)) = (group.first(), group.last()) else { continue };
            let merged = Merged {
                first: (first.saturating_add(top.copy), area.first.1),
                last: (first.saturating_add(bottom.copy), area.last.1),
            };
            if merged.first != merged.last {
                plan.merged.push(merged);
            }
        }
    }
}

/// The names down to the level `field`.
fn group_of(row: &NewRow<'_>, field: IndicatorField) -> (Option<String>, Option<String>) {
    let level2 = (field == IndicatorField::Level2).then(|| stem(row.indicator.level2.as_deref())).flatten();
    (stem(row.indicator.level1.as_deref()), level2)
}
