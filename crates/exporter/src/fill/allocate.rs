//! Which row of the template takes which indicator.
//!
//! A template may print the names of levels, one group below the other, and even the names of indicators; or leave
//! all of them blank. An indicator goes to the row that prints its name, else to a free row of its group, else to a
//! new row at the group's end.

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::level_name;
use jixiao_core::{Indicator, IndicatorField};
use jixiao_parser::grid::frame::{Table, TableColumn};

use super::layout::SheetLayout;

/// The most rows of a table that are looked at; printed forms have some hundred.
const MAX_TABLE_ROWS: u32 = 10_000;

/// A row of a table that can hold an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) table: usize,
    pub(super) row: u32,
    level1: Option<String>,
    level2: Option<String>,
    name: Option<String>,
    taken: bool,
}

impl Candidate {
    fn is_of(&self, group: &Group) -> bool {
        let level1 = group.level1.is_none() || self.level1 == group.level1;
        level1 && self.level2 == group.level2
    }

    /// A row under the level 1 of `group` whose level 2 is still to be named.
    fn is_open_to(&self, group: &Group) -> bool {
        self.level2.is_none() && self.level1 == group.level1
    }

    fn is_blank(&self) -> bool {
        self.level1.is_none() && self.level2.is_none()
    }
}

/// The levels of an indicator, in a spelling that tells groups apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Group {
    level1: Option<String>,
    level2: Option<String>,
}

impl Group {
    fn of(indicator: &Indicator) -> Self {
        Self { level1: stem(indicator.level1.as_deref()), level2: stem(indicator.level2.as_deref()) }
    }
}

/// What an inserted row has in common with the row above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joins {
    /// Both levels.
    Level2,
    /// Level 1 only.
    Level1,
    /// Neither.
    Neither,
}

/// Where an indicator goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// A row of the template; `named` where the levels are printed there already.
    Row { table: usize, row: u32, level1: bool, level2: bool },
    /// A new row, the `copy`th below `row`.
    New { table: usize, row: u32, copy: u32, joins: Joins },
}

/// The homes of the indicators, in their order; `None` where the template has no table.
pub(super) fn allocate(indicators: &[Indicator], tables: &[Table], layout: &SheetLayout<'_>) -> Vec<Option<Home>> {
    let mut rows = candidates(tables, layout);
    let mut homes: Vec<Option<Home>> = vec![None; indicators.len()];
    for (indicator, home) in indicators.iter().zip(&mut homes) {
        *home = named_row(indicator, &mut rows);
    }
    let mut new = Vec::new();
    for (index, (indicator, home)) in indicators.iter().zip(&mut homes).enumerate() {
        if home.is_none() {
            *home = free_row(&Group::of(indicator), &mut rows);
        }
        if home.is_none() {
            new.push((index, Group::of(indicator)));
        }
    }
    insert(&new, &rows, tables, &mut homes);
    homes
}

/// The rows of all tables that can hold an indicator.
pub(super) fn candidates(tables: &[Table], layout: &SheetLayout<'_>) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        let Some(column) = table.column(TableColumn::Field(IndicatorField::Level3)) else { continue };
        let end = layout.end_of(table).min(table.first_row.saturating_add(MAX_TABLE_ROWS));
        for row in (table.first_row..end).filter(|row| layout.begins_at((*row, column))) {
            let level = |field| stem(table.level_at(field, row).map(|level| level.name.as_str()));
            let name = table.names.iter().find(|(at, _)| *at == row).map(|(_, name)| squeeze(name));
            all.push(Candidate {
                table: number,
                row,
                level1: level(IndicatorField::Level1),
                level2: level(IndicatorField::Level2),
                name,
                taken: false,
            });
        }
    }
    all
}

/// The row that prints the indicator's name, in its own group if there are several.
fn named_row(indicator: &Indicator, rows: &mut [Candidate]) -> Option<Home> {
    let name = squeeze(&indicator.level3);
    let group = Group::of(indicator);
    let fits = |row: &Candidate| !row.taken && row.name.as_deref() == Some(&name) && !name.is_empty();
    let own = rows.iter().position(|row| fits(row) && row.is_of(&group));
    take(rows, own.or_else(|| rows.iter().position(fits)))
}

fn free_row(group: &Group, rows: &mut [Candidate]) -> Option<Home> {
    let free = |row: &Candidate| !row.taken && row.name.is_none();
    let own = rows.iter().position(|row| free(row) && row.is_of(group));
    let open = || rows.iter().position(|row| free(row) && row.is_open_to(group));
    let blank = || rows.iter().position(|row| free(row) && row.is_blank());
    let found = own.or_else(open).or_else(blank);
    let home = take(rows, found)?;
    // What the row says from now on.
    if let Some(row) = found.and_then(|index| rows.get_mut(index)) {
        row.level1 = row.level1.take().or_else(|| group.level1.clone());
        row.level2 = row.level2.take().or_else(|| group.level2.clone());
    }
    Some(home)
}

fn take(rows: &mut [Candidate], index: Option<usize>) -> Option<Home> {
    let row = rows.get_mut(index?)?;
    row.taken = true;
    Some(Home::Row { table: row.table, row: row.row, level1: row.level1.is_some(), level2: row.level2.is_some() })
}

/// An indicator that needs a new row below `row`.
struct Wanted {
    index: usize,
    table: usize,
    row: u32,
    joins: Joins,
    /// The number of the first indicator of the same group: groups stay together.
    order: usize,
}

fn insert(new: &[(usize, Group)], rows: &[Candidate], tables: &[Table], homes: &mut [Option<Home>]) {
    let mut wanted: Vec<Wanted> = new.iter().filter_map(|(index, group)| below(*index, group, new, rows)).collect();
    if wanted.is_empty() {
        wanted = new.iter().filter_map(|(index, _)| under_the_head(*index, tables)).collect();
    }
    wanted.sort_by_key(|each| (each.table, each.row, each.joins, each.order, each.index));
    let mut last: Option<(u32, u32)> = None;
    for each in wanted {
        let copy = last.filter(|(row, _)| *row == each.row).map_or(1, |(_, copy)| copy + 1);
        last = Some((each.row, copy));
        if let Some(home) = homes.get_mut(each.index) {
            *home = Some(Home::New { table: each.table, row: each.row, copy, joins: each.joins });
        }
    }
}

/// The place below the last row of the indicator's group, of its level 1, or of the last table.
fn below(index: usize, group: &Group, new: &[(usize, Group)], rows: &[Candidate]) -> Option<Wanted> {
    let last = |fits: &dyn Fn(&Candidate) -> bool| rows.iter().rfind(|row| fits(row));
    let same = last(&|row| row.is_of(group)).map(|row| (row, Joins::Level2));
    let level1 = || last(&|row| row.level1.is_some() && row.level1 == group.level1).map(|row| (row, Joins::Level1));
    let any = || rows.last().map(|row| (row, Joins::Neither));
    let (row, joins) = same.or_else(level1).or_else(any)?;
    let kin = |other: &Group| match joins {
        Joins::Neither => other.level1 == group.level1,
        Joins::Level1 | Joins::Level2 => other == group,
    };
    let order = new.iter().find(|(_, other)| kin(other)).map_or(index, |(first, _)| *first);
    Some(Wanted { index, table: row.table, row: row.row, joins, order })
}

/// A table without any row that could be copied takes its rows right below its head.
fn under_the_head(index: usize, tables: &[Table]) -> Option<Wanted> {
    let table = tables.len().checked_sub(1)?;
    let row = tables.last()?.first_row.checked_sub(1)?;
    Some(Wanted { index, table, row, joins: Joins::Neither, order: index })
}

/// A level's name without weight, dots and the word 指标; `None` for a blank one.
pub(super) fn stem(name: Option<&str>) -> Option<String> {
    let bare = squeeze(&level_name(name?));
    let word = bare.strip_suffix("指标").unwrap_or(&bare);
    let word = word.strip_prefix("服务对象").unwrap_or(word);
    let blank = word.chars().all(|c| matches!(c, '…' | '.' | '·' | '⋯' | '-' | '/' | '\\'));
    (!blank).then(|| word.to_owned())
}

impl Joins {
    /// True where the row has the name of this level in common with the row above it.
    pub(super) fn shares(self, field: IndicatorField) -> bool {
        match field {
            IndicatorField::Level1 => self <= Self::Level1,
            _ => self == Self::Level2,
        }
    }
}
