//! Rewrites a worksheet: rows inserted, cells filled, all else copied.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use quick_xml::events::Event;

use super::cell::{Edit, SheetCell};
use super::formula::{Move, moved};
use super::heights::Heights;
use super::moves::{self, Moves, Words};
use super::rows::RowMap;
use super::sizes::RowHeight;
use super::xml::{Piece, Pieces, prefix, without_attribute};
use crate::error::ExportError;
use crate::read::address::{parse_cell, parse_range, range_name};
use crate::read::sheet::{Merged, Position};

/// What is to become of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetPlan {
    /// The rows to insert, as the template counts them.
    pub(super) rows: RowMap,
    /// What cells get, by their place in the filled sheet.
    pub(super) edits: BTreeMap<Position, Edit>,
    /// Cells, single or merged, that reach down to a row of the filled sheet; by their first cell in the template.
    pub(super) grown: HashMap<Position, Merged>,
    /// New merged areas of the filled sheet.
    pub(super) merged: Vec<Merged>,
    /// The heights of rows of the filled sheet that get a new one.
    pub(super) heights: Heights,
}

impl SheetPlan {
    /// The merged areas of the filled sheet, where `areas` are the template's.
    pub(super) fn areas(&self, areas: &[Merged]) -> Vec<Merged> {
        let mut all: Vec<Merged> = areas.iter().flat_map(|area| self.moved(*area)).collect();
        let known: HashSet<Position> = areas.iter().map(|area| area.first).collect();
        let mut single: Vec<_> = self.grown.iter().filter(|(first, _)| !known.contains(first)).collect();
        single.sort_by_key(|(first, _)| **first);
        all.extend(single.into_iter().map(|(_, area)| *area));
        all.extend(&self.merged);
        all
    }

    /// What becomes of a merged area: it moves and grows; one within a row that is copied is copied too.
    fn moved(&self, area: Merged) -> Vec<Merged> {
        let at = |row| Merged { first: (row, area.first.1), last: (row, area.last.1) };
        if let Some(grown) = self.grown.get(&area.first) {
            return vec![*grown];
        }
        if area.first.0 == area.last.0 {
            let first = self.rows.row(area.first.0);
            return (0..=self.rows.below(area.first.0)).map(|copy| at(first.saturating_add(copy))).collect();
        }
        let (first, last) = (self.rows.row(area.first.0), self.rows.row(area.last.0));
        vec![Merged { first: (first, area.first.1), last: (last, area.last.1) }]
    }
}

/// The sheet `name` with `plan` carried out and its formulas moved along with the rows of all sheets.
///
/// # Errors
///
/// The part is no well-formed XML.
pub(super) fn rewrite(xml: &str, name: &str, plan: &SheetPlan, moves: &Moves) -> Result<String, ExportError> {
    let mut writer = Writer {
        xml,
        name,
        plan,
        moves,
        pieces: Pieces::of(xml),
        out: String::with_capacity(xml.len() + xml.len() / 8),
        next_row: 0,
        shared: HashMap::new(),
        merges_done: plan.rows.is_empty(),
    };
    writer.run()?;
    Ok(writer.out)
}

/// Elements of a worksheet that stand before its merged areas (ECMA-376 part 1, 18.3.1.99).
const BEFORE_MERGES: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
];

struct Writer<'x, 'p> {
    xml: &'x str,
    name: &'p str,
    plan: &'p SheetPlan,
    moves: &'p Moves,
    pieces: Pieces<'x>,
    out: String,
    /// The row after the last one written, as the filled sheet counts them.
    next_row: u32,
    /// The formulas that other cells share, with the cell that they are written for.
    shared: HashMap<String, (Position, String)>,
    merges_done: bool,
}

impl<'x> Writer<'x, '_> {
    fn run(&mut self) -> Result<(), ExportError> {
        let mut depth = 0_usize;
        let mut words = None;
        while let Some(piece) = self.pieces.next()? {
            if depth == 1 {
                self.merges_before(&piece);
            }
            match (&piece.event, piece.begins()) {
                (_, Some("sheetData")) if depth == 1 => {
                    self.sheet_data(&piece)?;
                    continue;
                }
                (_, Some("mergeCells")) if depth == 1 && !self.merges_done => {
                    self.merge_cells(&piece)?;
                    continue;
                }
                (Event::Start(_), _) => depth += 1,
                (Event::End(_), _) => depth = depth.saturating_sub(1),
                _ => {}
            }
            words = if piece.is_empty() { None } else { piece.begins().and_then(Words::of) }
                .or(words.filter(|_| piece.begins().is_none() && piece.ends().is_none()));
            self.copy(&piece, words);
        }
        Ok(())
    }

    /// Writes a piece outside of the cells.
    fn copy(&mut self, piece: &Piece<'_>, words: Option<Words>) {
        let rows = self.moves.of(self.name);
        match (&piece.event, words) {
            (Event::Text(_), Some(words)) => {
                self.out.push_str(&words.moved(piece.raw, self.moves, rows, Some(self.name)));
            }
            _ => match rows.and_then(|rows| moves::tag(piece, rows)) {
                Some(tag) => self.out.push_str(&tag),
                None => self.out.push_str(piece.raw),
            },
        }
    }

    fn sheet_data(&mut self, opening: &Piece<'x>) -> Result<(), ExportError> {
        let Some(tag) = opening.tag() else { return Ok(()) };
        let prefix = prefix(tag);
        if opening.is_empty() {
            self.out.push_str(opening.raw.trim_end_matches("/>").trim_end());
            self.out.push('>');
            self.missing_rows(u32::MAX, &prefix);
            let _ = write!(self.out, "</{prefix}sheetData>");
            return Ok(());
        }
        self.out.push_str(opening.raw);
        let mut number = 0_u32;
        while let Some(piece) = self.pieces.next()? {
            if piece.begins() == Some("row") {
                let row = SheetRow::read(&piece, number, &mut self.pieces, self.xml)?;
                if row.number < number {
                    return Err(ExportError::TemplateDamaged(format!("工作表「{}」各行的次序颠倒", self.name)));
                }
                number = row.number.saturating_add(1);
                self.row(&row, &prefix);
            } else if piece.ends() == Some("sheetData") {
                self.missing_rows(u32::MAX, &prefix);
                self.out.push_str(piece.raw);
                break;
            } else {
                self.out.push_str(piece.raw);
            }
        }
        Ok(())
    }

    /// Writes a row of the template and the rows inserted below it.
    fn row(&mut self, row: &SheetRow<'x>, prefix: &str) {
        let number = self.plan.rows.row(row.number);
        self.missing_rows(number, prefix);
        self.next_row = number.saturating_add(1);
        let edits = self.plan.edits.range((number, 0)..(number.saturating_add(1), 0));
        let height = self.plan.heights.get(&number);
        if self.moves.is_empty() && edits.clone().next().is_none() && height.is_none() {
            self.out.push_str(row.raw);
            return;
        }
        let mut edits = edits.peekable();
        let open = row.open(number, height, edits.peek().is_some(), &mut self.out);
        for cell in &row.cells {
            while let Some((place, edit)) = edits.next_if(|(place, _)| place.1 < cell.position.1) {
                edit.new_cell(*place, prefix, &mut self.out);
            }
            let edit = edits.next_if(|(place, _)| place.1 == cell.position.1).map(|(_, edit)| edit);
            let formula = self.formula(cell);
            cell.write((number, cell.position.1), edit, formula.as_deref(), prefix, &mut self.out);
        }
        for (place, edit) in edits {
            edit.new_cell(*place, prefix, &mut self.out);
        }
        if open {
            row.close(prefix, &mut self.out);
        }
        for copy in 1..=self.plan.rows.below(row.number) {
            self.copied_row(row, number, copy, prefix);
        }
    }

    /// The formula of a cell, moved; a shared one is written out, since its rows may be torn apart.
    fn formula(&mut self, cell: &SheetCell<'x>) -> Option<String> {
        if self.moves.is_empty() {
            return None;
        }
        let own = cell.own_formula(&mut self.shared)?;
        Some(self.moves.formula(&own, Some(self.name)))
    }

    /// A row with the styles and formulas of the row above it.
    fn copied_row(&mut self, row: &SheetRow<'x>, first: u32, copy: u32, prefix: &str) {
        let number = first.saturating_add(copy);
        self.next_row = number.saturating_add(1);
        row.open(number, self.plan.heights.get(&number), true, &mut self.out);
        for cell in &row.cells {
            let place = (number, cell.position.1);
            let formula = self.formula(cell).map(|formula| copied_down(&formula, copy));
            cell.copy_to(place, self.plan.edits.get(&place), formula.as_deref(), prefix, &mut self.out);
        }
        row.close(prefix, &mut self.out);
    }

    /// Writes the rows before `number` that the template does not have but that get cells.
    fn missing_rows(&mut self, number: u32, prefix: &str) {
        let edits = self.plan.edits.range((self.next_row, 0)..(number, 0));
        let mut open = None;
        for (place, edit) in edits {
            if open != Some(place.0) {
                self.out.push_str(&open.map(|_| format!("</{prefix}row>")).unwrap_or_default());
                let _ = write!(self.out, "<{prefix}row r=\"{}\"", u64::from(place.0) + 1);
                write_height(self.plan.heights.get(&place.0), &mut self.out);
                self.out.push('>');
                open = Some(place.0);
            }
            edit.new_cell(*place, prefix, &mut self.out);
        }
        if open.is_some() {
            let _ = write!(self.out, "</{prefix}row>");
        }
    }

    /// Writes the merged areas where the template has none and their place has come.
    fn merges_before(&mut self, piece: &Piece<'_>) {
        let ends = matches!(piece.event, Event::End(_));
        let later = piece.begins().is_some_and(|name| !BEFORE_MERGES.contains(&name) && name != "mergeCells");
        if !self.merges_done && (ends || later) {
            let prefix = match (&piece.event, piece.tag()) {
                (_, Some(tag)) => prefix(tag),
                (Event::End(tag), _) => {
                    tag.name().into_inner().rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
                }
                _ => String::new(),
            };
            self.write_merges(&[], &prefix);
        }
    }

    fn merge_cells(&mut self, opening: &Piece<'x>) -> Result<(), ExportError> {
        let prefix = opening.tag().map(prefix).unwrap_or_default();
        let mut areas = Vec::new();
        while !opening.is_empty()
            && let Some(piece) = self.pieces.next()?
        {
            if piece.begins() == Some("mergeCell") {
                let area = piece.tag().and_then(|tag| super::xml::attribute(tag, "ref"));
                areas.extend(area.as_deref().and_then(parse_range));
            } else if piece.ends() == Some("mergeCells") {
                break;
            }
        }
        self.write_merges(&areas, &prefix);
        Ok(())
    }

    fn write_merges(&mut self, areas: &[Merged], prefix: &str) {
        self.merges_done = true;
        let all = self.plan.areas(areas);
        if all.is_empty() {
            return;
        }
        let _ = write!(self.out, "<{prefix}mergeCells count=\"{}\">", all.len());
        for area in all {
            let _ = write!(self.out, "<{prefix}mergeCell ref=\"{}\"/>", range_name(area.first, area.last));
        }
        let _ = write!(self.out, "</{prefix}mergeCells>");
    }
}

fn copied_down(formula: &str, rows: u32) -> String {
    moved(formula, Move::Copy { rows: i64::from(rows), columns: 0 })
}

fn write_height(height: Option<&RowHeight>, out: &mut String) {
    let Some(RowHeight { height, fixed }) = height else { return };
    let _ = write!(out, " ht=\"{}.{:02}\"", height / 100, height % 100);
    if *fixed {
        out.push_str(" customHeight=\"1\"");
    }
}

/// A row of the template.
struct SheetRow<'x> {
    number: u32,
    opening: Piece<'x>,
    cells: Vec<SheetCell<'x>>,
    closing: &'x str,
    raw: &'x str,
}

impl<'x> SheetRow<'x> {
    /// Reads the row that `opening` opens; `next` is its number where it does not say so.
    fn read(opening: &Piece<'x>, next: u32, pieces: &mut Pieces<'x>, xml: &'x str) -> Result<Self, ExportError> {
        let value = |name: &str| opening.tag().and_then(|tag| super::xml::attribute(tag, name));
        let number = value("r").and_then(|row| row.trim().parse::<u32>().ok()).and_then(|row| row.checked_sub(1));
        let number = number.unwrap_or(next);
        let start = pieces.end() - opening.raw.len();
        let mut cells = Vec::new();
        let mut closing = "";
        let mut column = 0_u32;
        while !opening.is_empty()
            && let Some(piece) = pieces.next()?
        {
            if piece.begins() == Some("c") {
                let stated = piece.tag().and_then(|tag| super::xml::attribute(tag, "r"));
                let position = stated.as_deref().and_then(parse_cell).unwrap_or((number, column));
                column = position.1.saturating_add(1);
                cells.push(SheetCell::read(piece, position, pieces, xml)?);
            } else if piece.ends() == Some("row") {
                closing = piece.raw;
                break;
            }
        }
        let opening = Piece { raw: opening.raw, event: opening.event.clone() };
        let raw = xml.get(start..pieces.end()).unwrap_or_default();
        Ok(Self { number, opening, cells, closing, raw })
    }

    /// Writes the opening tag of the row, now with number `number` and perhaps a new height; `false` where the row ends
    /// with it.
    fn open(&self, number: u32, height: Option<&RowHeight>, filled: bool, out: &mut String) -> bool {
        let moved = super::xml::with_attributes(&self.opening, |name, _| {
            (name == "r").then(|| (u64::from(number) + 1).to_string())
        });
        let tag = moved.as_deref().unwrap_or(self.opening.raw);
        let tag = match height {
            Some(_) => Cow::Owned(without_attribute(&without_attribute(tag, "ht"), "customHeight")),
            None => Cow::Borrowed(tag),
        };
        match (self.opening.is_empty() && !filled, height) {
            (false, None) if !self.opening.is_empty() => out.push_str(&tag),
            (true, None) => out.push_str(&tag),
            (ends, height) => {
                out.push_str(tag.trim_end_matches('>').trim_end_matches('/').trim_end());
                write_height(height, out);
                out.push_str(if ends { "/>" } else { ">" });
            }
        }
        filled || !self.opening.is_empty()
    }

    fn close(&self, prefix: &str, out: &mut String) {
        if self.closing.is_empty() {
            let _ = write!(out, "</{prefix}row>");
        } else {
            out.push_str(self.closing);
        }
    }
}
