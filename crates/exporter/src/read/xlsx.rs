//! Sheets of .xlsx and .xlsm files (ECMA-376).
//!
//! Read part by part as a stream: a sheet costs memory for what it holds, whatever range it claims to use.

use quick_xml::events::BytesStart;
use rayon::prelude::*;

use super::address::{parse_cell, parse_range};
use super::limits::MAX_SHARED_STRINGS;
use super::number_format::display;
use super::sheet::{Position, Sheet, Tally};
use super::styles::{self, Styles};
use super::xlsx_text::{read_string, unescape};
use crate::error::ImportError;
use jixiao_package::{Package, Token, Xml, attribute, attributes};

/// The sheets of a workbook and its defined names with what they refer to.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) names: Vec<(String, String)>,
    /// The part that lists the sheets, where the format has one.
    pub(crate) main: String,
    /// The part that holds the styles.
    pub(crate) style_part: Option<String>,
    pub(crate) styles: Styles,
}

/// What `xl/workbook.xml` says.
#[derive(Debug, Default)]
struct Directory {
    /// Name, relation and hiddenness of every sheet.
    sheets: Vec<(String, String, bool)>,
    names: Vec<(String, String)>,
    epoch_1904: bool,
}

/// Reads every worksheet.
pub(super) fn read(package: &mut Package<'_>) -> Result<Book, ImportError> {
    let main = main_part(package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let directory = read_directory(package, &main)?;
    let relations = read_relations(package, &relations_of(&main))?;
    let strings = target_of(&relations, |relation| relation.is("sharedStrings"), &folder);
    let style_part = target_of(&relations, |relation| relation.is("styles"), &folder);
    let context = Context {
        strings: strings.map_or_else(|| Ok(Vec::new()), |part| read_shared_strings(package, &part))?,
        styles: style_part.as_ref().map_or_else(|| Ok(Styles::default()), |part| styles::read(package, part))?,
        epoch_1904: directory.epoch_1904,
    };
    let mut places = Vec::new();
    for (name, id, hidden) in directory.sheets {
        // Chart sheets hold no cells.
        let is_sheet = |relation: &Relation| relation.id == id && relation.is("worksheet");
        places.extend(target_of(&relations, is_sheet, &folder).map(|part| SheetPart { name, part, hidden }));
    }
    let sheets = read_sheets(package, &places, &context)?;
    Ok(Book { sheets, names: directory.names, main, style_part, styles: context.styles })
}

/// Where a sheet is stored.
struct SheetPart {
    name: String,
    part: String,
    hidden: bool,
}

/// Reads the sheets side by side. Of several that cannot be read, the first one is named whatever came first: where
/// one fails, they are read again, one after the other.
fn read_sheets(package: &mut Package<'_>, places: &[SheetPart], context: &Context) -> Result<Vec<Sheet>, ImportError> {
    let mut again = package.fork();
    let tally = Tally::default();
    let side_by_side = places
        .par_iter()
        .map_init(|| package.share(), |package, place| read_part(package, place, context, &tally))
        .collect::<Result<Vec<Sheet>, ImportError>>();
    side_by_side.or_else(|_| {
        let tally = Tally::default();
        places.iter().map(|place| read_part(&mut again, place, context, &tally)).collect()
    })
}

fn read_part(
    package: &mut Package<'_>,
    place: &SheetPart,
    context: &Context,
    tally: &Tally,
) -> Result<Sheet, ImportError> {
    let SheetPart { name, part, hidden } = place;
    let Some(mut xml) = package.xml(part)? else {
        return Err(ImportError::Damaged(format!("缺少工作表「{name}」的内容")));
    };
    let sheet = Sheet { name: name.clone(), hidden: *hidden, part: part.clone(), ..Sheet::default() };
    read_sheet(&mut xml, sheet, context, tally)
}

fn read_directory(package: &mut Package<'_>, part: &str) -> Result<Directory, ImportError> {
    let mut xml = package.xml(part)?.ok_or(ImportError::NotAWorkbook)?;
    let mut directory = Directory::default();
    let mut name: Option<(String, String)> = None;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) => match start.local_name().as_ref() {
                "workbookPr" => {
                    directory.epoch_1904 = attribute(&start, "date1904").is_some_and(|value| is_true(&value))
                }
                "sheet" => directory.sheets.extend(sheet_entry(&start)),
                "definedName" => name = attribute(&start, "name").map(|name| (name, String::new())),
                _ => {}
            },
            Token::Text(text) => {
                if let Some((_, target)) = &mut name {
                    target.push_str(&text);
                }
            }
            Token::End(end) if end.local_name().as_ref() == "definedName" => directory.names.extend(name.take()),
            Token::End(_) => {}
        }
    }
    Ok(directory)
}

fn sheet_entry(start: &BytesStart<'_>) -> Option<(String, String, bool)> {
    let hidden = attribute(start, "state").is_some_and(|state| state != "visible");
    Some((attribute(start, "name")?, attribute(start, "id")?, hidden))
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// A relation of a part to another.
#[derive(Debug)]
pub(crate) struct Relation {
    id: String,
    kind: String,
    pub(crate) target: String,
}

impl Relation {
    /// True where the last word of the relation's type is `kind`; transitional and strict files differ before it.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The workbook part, wherever the package says it is.
fn main_part(package: &mut Package<'_>) -> Result<String, ImportError> {
    let relations = read_relations(package, "_rels/.rels")?;
    let stated = target_of(&relations, |relation| relation.is("officeDocument"), "");
    Ok(stated.unwrap_or_else(|| "xl/workbook.xml".to_owned()))
}

/// The part that holds the relations of `part`.
pub(crate) fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The relations that the part `part` lists; none where there is no such part.
pub(crate) fn read_relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, ImportError> {
    let mut relations = Vec::new();
    let Some(mut xml) = package.xml(part)? else { return Ok(relations) };
    while let Some(token) = xml.next()? {
        if let Token::Start(start) = token
            && start.local_name().as_ref() == "Relationship"
        {
            let value = |name: &str| attribute(&start, name).unwrap_or_default();
            relations.push(Relation { id: value("Id"), kind: value("Type"), target: value("Target") });
        }
    }
    Ok(relations)
}

/// The part that the first fitting relation leads to; targets are relative to `folder` unless rooted.
fn target_of(relations: &[Relation], fits: impl Fn(&Relation) -> bool, folder: &str) -> Option<String> {
    let target = &relations.iter().find(|relation| fits(relation))?.target;
    Some(match target.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None if folder.is_empty() => target.trim_start_matches("./").to_owned(),
        None => format!("{folder}/{}", target.trim_start_matches("./")),
    })
}

fn read_shared_strings(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, ImportError> {
    let mut strings = Vec::new();
    let Some(mut xml) = package.xml(part)? else { return Ok(strings) };
    while let Some(token) = xml.next()? {
        if matches!(&token, Token::Start(start) if start.local_name().as_ref() == "si") {
            if strings.len() >= MAX_SHARED_STRINGS {
                return Err(ImportError::TooManyCells);
            }
            strings.push(read_string(&mut xml, "si")?);
        }
    }
    Ok(strings)
}

/// What cells refer to.
struct Context {
    strings: Vec<String>,
    styles: Styles,
    epoch_1904: bool,
}

/// How a cell stores its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum CellKind {
    #[default]
    Number,
    /// The number of a shared string.
    Shared,
    /// The text that a formula gave.
    Computed,
    /// A text within the cell.
    Inline,
    /// A date in ISO 8601.
    Date,
    Truth,
    Error,
}

impl CellKind {
    fn named(name: &str) -> Self {
        match name {
            "s" => Self::Shared,
            "str" => Self::Computed,
            "inlineStr" => Self::Inline,
            "d" => Self::Date,
            "b" => Self::Truth,
            "e" => Self::Error,
            _ => Self::Number,
        }
    }
}

/// A cell element.
#[derive(Debug, Default)]
struct CellElement {
    position: Position,
    kind: CellKind,
    style: usize,
    has_formula: bool,
    value: Option<String>,
}

fn read_sheet(xml: &mut Xml<'_, '_>, mut sheet: Sheet, context: &Context, tally: &Tally) -> Result<Sheet, ImportError> {
    // Rows and cells may leave out their address: they then follow the one before.
    let mut next: Position = (0, 0);
    while let Some(token) = xml.next()? {
        let start = match token {
            Token::Start(start) => start,
            Token::End(end) => {
                if end.local_name().as_ref() == "row" {
                    next = (next.0.saturating_add(1), 0);
                }
                continue;
            }
            Token::Text(_) => continue,
        };
        match start.local_name().as_ref() {
            "row" => {
                let number = attribute(&start, "r").and_then(|row| row.trim().parse::<u32>().ok());
                next = (number.and_then(|row| row.checked_sub(1)).unwrap_or(next.0), 0);
                if attribute(&start, "hidden").is_some_and(|value| is_true(&value)) {
                    sheet.hidden_rows.push((next.0, next.0));
                }
            }
            "c" => {
                let mut cell = cell_element(&start, next);
                read_cell(xml, &mut cell)?;
                sheet.computes |= cell.has_formula;
                next = (cell.position.0, cell.position.1.saturating_add(1));
                keep(&mut sheet, cell, context, tally)?;
            }
            "col" if attribute(&start, "hidden").is_some_and(|value| is_true(&value)) => {
                sheet.hidden_columns.extend(column_run(&start));
            }
            "mergeCell" => {
                if let Some(area) = attribute(&start, "ref").as_deref().and_then(parse_range) {
                    sheet.merge(area, tally)?;
                }
            }
            _ => {}
        }
    }
    Ok(sheet)
}

/// The columns of a `col` element, which counts from 1.
fn column_run(start: &BytesStart<'_>) -> Option<(u32, u32)> {
    let number = |name: &str| attribute(start, name)?.trim().parse::<u32>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

fn cell_element(start: &BytesStart<'_>, next: Position) -> CellElement {
    let mut cell = CellElement { position: next, ..CellElement::default() };
    for (name, value) in attributes(start) {
        match name {
            "r" => cell.position = parse_cell(&value).unwrap_or(next),
            "t" => cell.kind = CellKind::named(&value),
            "s" => cell.style = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    cell
}

/// Reads up to the end of the cell.
fn read_cell(xml: &mut Xml<'_, '_>, cell: &mut CellElement) -> Result<(), ImportError> {
    let mut in_value = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) => match start.local_name().as_ref() {
                "is" => cell.value = Some(read_string(xml, "is")?),
                "f" => cell.has_formula = true,
                "v" if cell.kind != CellKind::Inline => in_value = true,
                _ => {}
            },
            Token::Text(text) if in_value => cell.value.get_or_insert_default().push_str(&text),
            Token::Text(_) => {}
            Token::End(end) => match end.local_name().as_ref() {
                "v" => in_value = false,
                "c" => return Ok(()),
                _ => {}
            },
        }
    }
    Ok(())
}

/// Adds what the cell displays to the sheet.
fn keep(sheet: &mut Sheet, cell: CellElement, context: &Context, tally: &Tally) -> Result<(), ImportError> {
    let position = cell.position;
    let Some(value) = cell.value else {
        // An empty text result is stored as a value without content, and its kind says that it is a text.
        if cell.has_formula && cell.kind != CellKind::Computed {
            tally.cell("")?;
            sheet.without_value.push(position);
        }
        return Ok(());
    };
    let text = match cell.kind {
        CellKind::Shared => {
            let string = value.trim().parse::<usize>().ok().and_then(|index| context.strings.get(index));
            string.cloned().ok_or_else(|| ImportError::Damaged("单元格引用的共享文字不存在".to_owned()))?
        }
        CellKind::Computed => unescape(&value),
        CellKind::Inline | CellKind::Date => value,
        CellKind::Truth => if is_true(value.trim()) { "TRUE" } else { "FALSE" }.to_owned(),
        CellKind::Error => {
            tally.cell(&value)?;
            sheet.errors.push((position, value));
            return Ok(());
        }
        CellKind::Number => display(&value, context.styles.code(cell.style), context.epoch_1904),
    };
    sheet.push(position, text, tally)
}
