//! Sheets of .ods files (OASIS OpenDocument 1.2).
//!
//! Every cell carries its displayed text, so no number format is needed.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use super::sheet::{LAST_COLUMN, LAST_ROW, Merged, Sheet, Tally};
use super::xlsx::Book;
use crate::error::ImportError;
use jixiao_package::{Package, Token, Xml, attribute};

const CONTENT: &str = "content.xml";

/// Reads every table.
pub(super) fn read(package: &mut Package<'_>) -> Result<Book, ImportError> {
    if is_encrypted(package)? {
        return Err(ImportError::Encrypted);
    }
    let mut xml = package.xml(CONTENT)?.ok_or(ImportError::NotAWorkbook)?;
    let mut book = Book::default();
    let tally = Tally::default();
    let mut hidden_styles = HashSet::new();
    let mut style = String::new();
    while let Some(token) = xml.next()? {
        let Token::Start(start) = token else { continue };
        match start.local_name().as_ref() {
            "style" => style = attribute(&start, "name").unwrap_or_default(),
            "table-properties" if attribute(&start, "display").is_some_and(|display| display == "false") => {
                hidden_styles.insert(style.clone());
            }
            "named-range" => {
                book.names.extend(attribute(&start, "name").zip(attribute(&start, "cell-range-address")));
            }
            "table" => {
                let hidden = attribute(&start, "style-name").is_some_and(|style| hidden_styles.contains(&style));
                let name = attribute(&start, "name").unwrap_or_default();
                let sheet = Sheet { name, hidden, ..Sheet::default() };
                book.sheets.push(read_table(&mut xml, sheet, &tally)?);
            }
            _ => {}
        }
    }
    Ok(book)
}

fn is_encrypted(package: &mut Package<'_>) -> Result<bool, ImportError> {
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else { return Ok(false) };
    while let Some(token) = xml.next()? {
        if matches!(&token, Token::Start(start) if start.local_name().as_ref() == "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn read_table(xml: &mut Xml<'_, '_>, mut sheet: Sheet, tally: &Tally) -> Result<Sheet, ImportError> {
    let mut row = 0_u32;
    let mut column = 0_u32;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) if start.local_name().as_ref() == "table-row" => {
                let repeated = count(&start, "number-rows-repeated");
                if is_hidden(&start) {
                    sheet.hidden_rows.push((row, row.saturating_add(repeated - 1)));
                }
                let cells = read_row(xml)?;
                keep_row(&mut sheet, row, repeated, &cells, tally)?;
                row = row.saturating_add(repeated);
            }
            Token::Start(start) if start.local_name().as_ref() == "table-column" => {
                let repeated = count(&start, "number-columns-repeated");
                if is_hidden(&start) {
                    sheet.hidden_columns.push((column, column.saturating_add(repeated - 1)));
                }
                column = column.saturating_add(repeated);
            }
            Token::End(end) if end.local_name().as_ref() == "table" => break,
            _ => {}
        }
    }
    Ok(sheet)
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "visibility").is_some_and(|visibility| visibility != "visible")
}

/// A cell, or a run of equal cells, of a row.
#[derive(Debug)]
struct CellRun {
    column: u32,
    repeated: u32,
    text: String,
    rows_spanned: u32,
    columns_spanned: u32,
}

fn read_row(xml: &mut Xml<'_, '_>) -> Result<Vec<CellRun>, ImportError> {
    let mut cells = Vec::new();
    let mut column = 0_u32;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) if matches!(start.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                let mut run = CellRun {
                    column,
                    repeated: count(&start, "number-columns-repeated"),
                    text: String::new(),
                    rows_spanned: count(&start, "number-rows-spanned"),
                    columns_spanned: count(&start, "number-columns-spanned"),
                };
                let end = start.local_name().as_ref().to_owned();
                run.text = read_text(xml, &end)?;
                column = column.saturating_add(run.repeated);
                if !run.text.is_empty() {
                    cells.push(run);
                }
            }
            Token::End(end) if end.local_name().as_ref() == "table-row" => break,
            _ => {}
        }
    }
    Ok(cells)
}

/// A repeat or span count; 1 where there is none.
fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

/// The paragraphs of a cell up to its end; notes on the cell are not part of it.
fn read_text(xml: &mut Xml<'_, '_>, until: &str) -> Result<String, ImportError> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut in_paragraph = false;
    let mut in_note = false;
    while let Some(token) = xml.next()? {
        let mut add = |text: &str| {
            if let (true, false, Some(last)) = (in_paragraph, in_note, paragraphs.last_mut()) {
                last.push_str(text);
            }
        };
        match token {
            Token::Text(text) => add(&text),
            Token::Start(start) => match start.local_name().as_ref() {
                "annotation" => in_note = true,
                "s" => add(&" ".repeat(usize::try_from(count(&start, "c").min(100)).unwrap_or(1))),
                "tab" => add("\t"),
                "line-break" => add("\n"),
                "p" if !in_note => {
                    in_paragraph = true;
                    paragraphs.push(String::new());
                }
                _ => {}
            },
            Token::End(end) => match end.local_name().as_ref() {
                "annotation" => in_note = false,
                "p" => in_paragraph = in_paragraph && in_note,
                end if end == until => break,
                _ => {}
            },
        }
    }
    Ok(paragraphs.join("\n"))
}

fn keep_row(sheet: &mut Sheet, row: u32, repeated: u32, cells: &[CellRun], tally: &Tally) -> Result<(), ImportError> {
    if cells.is_empty() {
        return Ok(());
    }
    for row in row..row.saturating_add(repeated).min(LAST_ROW.saturating_add(1)) {
        for run in cells {
            for column in run.column..run.column.saturating_add(run.repeated).min(LAST_COLUMN.saturating_add(1)) {
                sheet.push((row, column), run.text.clone(), tally)?;
                let last = (row.saturating_add(run.rows_spanned - 1), column.saturating_add(run.columns_spanned - 1));
                sheet.merge(Merged { first: (row, column), last }, tally)?;
            }
        }
    }
    Ok(())
}
