//! Fills forms into the user's own workbook and keeps everything else.
//!
//! The template's forms are found by the reader that imports workbooks, which says where each field stands, blank or
//! not ([`jixiao_parser::grid::frame`]). Then the XML of the sheets is patched: only cells that change are written
//! anew, every other byte of the sheet and every other part of the archive is copied as it is stored.
//!
//! umya-spreadsheet 3.1.1, which reads a workbook into a model and writes the model, was measured against this on a
//! workbook of 21 parts with conditional formats, data validation, a picture, a note, print titles, defined names and a
//! chart. Setting one cell with it rewrote 19 parts: the limits of a numeric validation were lost (no `formula1` and
//! `formula2`), so was the wish to compute on opening, and a clustered chart came out stacked to 100%. The patch
//! changed one part, and in it the filled cells.

mod allocate;
mod cell;
mod form;
mod formula;
mod funds;
mod growth;
mod heights;
mod layout;
mod looks;
mod moves;
mod open_sheet;
mod package;
mod parts;
mod pen;
mod rows;
mod sheet;
mod sizes;
mod styles;
mod target;
mod template;
mod widths;
mod xml;

use jixiao_core::Form;
use jixiao_core::fold::squeeze;

use crate::error::ExportError;
use crate::read::limits::MAX_UNPACKED_BYTES;
use crate::write::Written;
use jixiao_package::Package;
use looks::Looks;
use moves::Moves;
use open_sheet::OpenSheet;
use package::Changes;
use styles::NewStyles;
use template::{FormPlace, Template};

/// How the part that holds macros is called.
const MACROS: &str = "vbaProject.bin";
/// Fills `forms` into the workbook `template`, an .xlsx or .xlsm, and keeps all that is not filled.
///
/// A form goes to the form of the template that prints its project name, the others to the rest in their order. Cells
/// with formulas keep them. The diagnostics say, with the number of the form, what the template has no place for and
/// what is not as the form says.
///
/// # Errors
///
/// The template is no workbook that can be edited without loss, is damaged, holds no form or fewer than there are to
/// fill; or a text is longer than a cell may be.
pub fn fill_template(template: &[u8], forms: &[Form]) -> Result<Written, ExportError> {
    let book = Template::open(template)?;
    let places = places(forms, &book)?;
    let mut package = Package::open(template, MAX_UNPACKED_BYTES)?;
    let mut sheets = Vec::new();
    for (number, sheet) in book.sheets.iter().enumerate() {
        let own: Vec<(usize, usize)> =
            (0..).zip(&places).filter(|(_, at)| at.0 == number).map(|(i, at)| (i, at.1)).collect();
        if !own.is_empty() {
            sheets.push(OpenSheet::open(sheet, &own, forms, &mut package)?);
        }
    }
    let moves = Moves { sheets: sheets.iter().map(OpenSheet::rows).collect() };
    let looks = looks(&book, &mut package)?;
    let mut new_styles = NewStyles::on_top_of(u32::try_from(book.styles.count()).unwrap_or(u32::MAX));
    let mut diagnostics = Vec::new();
    for sheet in &mut sheets {
        diagnostics.extend(sheet.fill(forms, (&book.styles, &looks), &mut new_styles)?);
    }
    diagnostics.sort_by_key(|(form, _)| *form);
    let changes = changes(&sheets, &book, &moves, &new_styles, &mut package)?;
    let bytes = package::write(template, &changes)?;
    // Damage that reading forgives where it stands may not be forgiven where filling has moved it.
    crate::read::read_workbook(&bytes)?;
    Ok(Written { bytes, diagnostics })
}

/// True where the workbook `template` holds macros: it must keep the name of a workbook with macros, `.xlsm`.
///
/// # Errors
///
/// It is no workbook that can be edited without loss, or damaged.
pub fn holds_macros(template: &[u8]) -> Result<bool, ExportError> {
    crate::read::open_template(template)?;
    Ok(Package::open(template, MAX_UNPACKED_BYTES)?.names().iter().any(|name| name.ends_with(MACROS)))
}

/// Which form of the template each of `forms` is filled into.
fn places(forms: &[Form], book: &Template) -> Result<Vec<FormPlace>, ExportError> {
    let mut free = book.places();
    if free.is_empty() {
        return Err(ExportError::NoFormInTemplate);
    }
    if forms.len() > free.len() {
        return Err(ExportError::TooManyForms { forms: forms.len(), places: free.len() });
    }
    let printed = |place: FormPlace| book.form(place).and_then(|(record, _)| record.form.project_name.as_deref());
    let named = forms.iter().map(|form| {
        let name = squeeze(form.project_name.as_deref()?);
        let own = free.iter().position(|place| printed(*place).is_some_and(|printed| squeeze(printed) == name))?;
        Some(free.remove(own))
    });
    let named: Vec<Option<FormPlace>> = named.collect();
    // Forms of the template that name another project come last.
    free.sort_by_key(|place| printed(*place).is_some());
    let mut free = free.into_iter();
    Ok(named.into_iter().filter_map(|place| place.or_else(|| free.next())).collect())
}

/// How the template's cell styles show a text.
fn looks(book: &Template, package: &mut Package<'_>) -> Result<Looks, ExportError> {
    let Some(part) = &book.style_part else { return Ok(Looks::default()) };
    package.text(part)?.map_or_else(|| Ok(Looks::default()), |text| Looks::of(&text))
}

/// The parts that change.
fn changes(
    sheets: &[OpenSheet<'_>],
    book: &Template,
    moves: &Moves,
    new_styles: &NewStyles,
    package: &mut Package<'_>,
) -> Result<Changes, ExportError> {
    let mut changes = Changes::default();
    for sheet in &book.sheets {
        let opened = sheets.iter().find(|opened| opened.part() == sheet.part);
        let text = match opened {
            Some(opened) => Some(opened.rewrite(moves)?),
            None if moves.is_empty() => None,
            None => elsewhere(sheet, moves, package)?,
        };
        changes.replaced.extend(text.map(|text| (sheet.part.clone(), text)));
    }
    if let Some(part) = book.style_part.as_ref().filter(|_| !new_styles.is_empty())
        && let Some(text) = package.text(part)?
    {
        changes.replaced.insert(part.clone(), new_styles.write(&text)?);
    }
    if book.computes() || !moves.is_empty() {
        let text = package.text(&book.main)?.unwrap_or_default();
        let new = parts::workbook(&text, moves, book.computes())?;
        if new != text {
            changes.replaced.insert(book.main.clone(), new);
        }
    }
    if !moves.is_empty() {
        for sheet in sheets {
            if let Some(rows) = moves.of(sheet.name()) {
                parts::follow_rows(package, sheet.part(), rows, &mut changes)?;
            }
        }
        parts::follow_formulas(package, moves, &mut changes)?;
        parts::drop_calc_chain(package, &book.main, &mut changes)?;
    }
    Ok(changes)
}

/// A sheet that is not filled, where its formulas name one that gets rows.
fn elsewhere(
    sheet: &template::TemplateSheet,
    moves: &Moves,
    package: &mut Package<'_>,
) -> Result<Option<String>, ExportError> {
    let Some(text) = package.text(&sheet.part)?.filter(|text| moves.concern(text)) else { return Ok(None) };
    let new = sheet::rewrite(&text, &sheet.name, &sheet::SheetPlan::default(), moves)?;
    Ok((new != text).then_some(new))
}
