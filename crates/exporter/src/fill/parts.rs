//! The parts around the sheets: what inserted rows and filled cells mean for drawings, comments, tables, charts,
//! defined names and the order of computation.

use quick_xml::events::Event;

use super::moves::{self, Moves, Words};
use super::package::Changes;
use super::rows::RowMap;
use super::xml::{Piece, Pieces, attribute, with_attributes};
use crate::error::ExportError;
use crate::read::xlsx::{read_relations, relations_of};
use jixiao_package::Package;

/// Elements of the workbook part that stand before the settings of the computation (ECMA-376 part 1, 18.2.27).
const BEFORE_COMPUTATION: &[&str] = &["sheets", "functionGroups", "externalReferences", "definedNames"];
/// The order in which cells were computed last; programs make a new one where it is missing.
const CALC_CHAIN: &str = "calcChain";

/// Moves what belongs to the sheet `part` and stands in parts of its own: drawings, comments, tables.
pub(super) fn follow_rows(
    package: &mut Package<'_>,
    part: &str,
    rows: &RowMap,
    changes: &mut Changes,
) -> Result<(), ExportError> {
    for relation in read_relations(package, &relations_of(part))? {
        let target = resolved(part, &relation.target);
        let Some(text) =
            changes.replaced.remove(&target).map_or_else(|| package.text(&target), |text| Ok(Some(text)))?
        else {
            continue;
        };
        let moved = moved(&text, &Moves::default(), Some(rows))?;
        if moved != text {
            changes.replaced.insert(target, moved);
        }
    }
    Ok(())
}

/// Moves the formulas of charts, and the sources of pivot tables.
pub(super) fn follow_formulas(
    package: &mut Package<'_>,
    moves: &Moves,
    changes: &mut Changes,
) -> Result<(), ExportError> {
    for name in package.names() {
        let chart = name.contains("/charts/") && !name.contains("/_rels/");
        if !(chart || name.contains("/pivotCache/pivotCacheDefinition")) || !name.ends_with(".xml") {
            continue;
        }
        let Some(text) = package.text(&name)?.filter(|text| moves.concern(text)) else { continue };
        let moved = moved(&text, moves, None)?;
        if moved != text {
            changes.replaced.insert(name, moved);
        }
    }
    Ok(())
}

/// The part with its formulas and, where `rows` are given, its places moved.
fn moved(xml: &str, moves: &Moves, rows: Option<&RowMap>) -> Result<String, ExportError> {
    let mut out = String::with_capacity(xml.len());
    let mut pieces = Pieces::of(xml);
    let mut words = None;
    while let Some(piece) = pieces.next()? {
        if piece.begins().is_some() || piece.ends().is_some() {
            words = piece.begins().filter(|_| !piece.is_empty()).and_then(Words::of);
        }
        match (&piece.event, words) {
            (Event::Text(_), Some(words)) => out.push_str(&words.moved(piece.raw, moves, rows, None)),
            _ => {
                let tag = rows.and_then(|rows| moves::tag(&piece, rows)).or_else(|| pivot_source(&piece, moves));
                out.push_str(tag.as_deref().unwrap_or(piece.raw));
            }
        }
    }
    Ok(out)
}

/// The source of a pivot table: a range and, apart from it, the sheet.
fn pivot_source(piece: &Piece<'_>, moves: &Moves) -> Option<String> {
    let tag = piece.tag().filter(|_| piece.begins() == Some("worksheetSource"))?;
    let rows = moves.of(&attribute(tag, "sheet")?)?;
    with_attributes(piece, |name, value| (name == "ref").then(|| moves::range(value, rows)))
}

/// The target of a relation of `part`.
fn resolved(part: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// Moves the defined names, and asks for all formulas to be computed when the file is opened.
pub(super) fn workbook(xml: &str, moves: &Moves, computes: bool) -> Result<String, ExportError> {
    let mut out = String::with_capacity(xml.len() + 64);
    let mut pieces = Pieces::of(xml);
    let mut words = None;
    // Where the settings of the computation belong if there are none.
    let mut gap = None;
    let mut prefix = String::new();
    while let Some(piece) = pieces.next()? {
        if piece.begins().is_some() || piece.ends().is_some() {
            words = piece.begins().filter(|_| !piece.is_empty()).and_then(Words::of);
        }
        match (&piece.event, words) {
            (Event::Text(_), Some(words)) => out.push_str(&words.moved(piece.raw, moves, None, None)),
            _ if piece.begins() == Some("calcPr") && computes => {
                out.push_str(&computing(&piece));
                gap = None;
                prefix.push(' ');
            }
            _ => out.push_str(piece.raw),
        }
        if piece.ends().is_some_and(|name| BEFORE_COMPUTATION.contains(&name)) && !prefix.ends_with(' ') {
            gap = Some(out.len());
            prefix = piece.tag().map_or_else(|| end_prefix(&piece), super::xml::prefix);
        }
    }
    if let Some(gap) = gap.filter(|_| computes) {
        out.insert_str(gap, &format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>"));
    }
    Ok(out)
}

fn end_prefix(piece: &Piece<'_>) -> String {
    match &piece.event {
        Event::End(tag) => {
            tag.name().into_inner().rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The settings with the wish to compute everything on opening.
fn computing(piece: &Piece<'_>) -> String {
    let known = piece.tag().and_then(|tag| attribute(tag, "fullCalcOnLoad"));
    if known.is_some() {
        let change = |name: &str, _: &str| (name == "fullCalcOnLoad").then(|| "1".to_owned());
        return with_attributes(piece, change).unwrap_or_else(|| piece.raw.to_owned());
    }
    let end = if piece.is_empty() { "/>" } else { ">" };
    let bare = piece.raw.trim_end_matches('>').trim_end_matches('/').trim_end();
    format!("{bare} fullCalcOnLoad=\"1\"{end}")
}

/// Takes out the order of computation, whose cells have moved, with all that names it.
pub(super) fn drop_calc_chain(package: &mut Package<'_>, main: &str, changes: &mut Changes) -> Result<(), ExportError> {
    let relations = relations_of(main);
    let chain = read_relations(package, &relations)?.into_iter().find(|relation| relation.is(CALC_CHAIN));
    let Some(chain) = chain else { return Ok(()) };
    let part = resolved(main, &chain.target);
    for (name, attribute, value) in [
        (relations.as_str(), "Target", chain.target.as_str()),
        ("[Content_Types].xml", "PartName", &format!("/{part}")),
    ] {
        if let Some(text) = package.text(name)? {
            changes.replaced.insert(name.to_owned(), without(&text, attribute, value)?);
        }
    }
    changes.removed.insert(part);
    Ok(())
}

/// The part without the elements of which the attribute `name` is `value`.
fn without(xml: &str, name: &str, value: &str) -> Result<String, ExportError> {
    let mut out = String::with_capacity(xml.len());
    let mut pieces = Pieces::of(xml);
    let mut skipped: usize = 0;
    while let Some(piece) = pieces.next()? {
        let named = piece.tag().and_then(|tag| attribute(tag, name)).is_some_and(|found| found == value);
        match &piece.event {
            Event::Empty(_) if named || skipped > 0 => {}
            Event::Start(_) if named || skipped > 0 => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            _ => out.push_str(piece.raw),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves() -> Moves {
        let mut rows = RowMap::default();
        rows.insert(9, 2);
        Moves { sheets: vec![("自评表".to_owned(), rows)] }
    }

    #[test]
    fn names_move_and_computation_is_asked_for_in_its_place() {
        let book = "<x:workbook><x:sheets/><x:definedNames><x:definedName name=\"a\">自评表!$A$1:$J$11</x:definedName></x:definedNames><x:oleSize/></x:workbook>";
        let moved = workbook(book, &moves(), true).unwrap();
        let names = "<x:definedName name=\"a\">自评表!$A$1:$J$13</x:definedName></x:definedNames>";
        assert!(moved.contains(&format!("{names}<x:calcPr fullCalcOnLoad=\"1\"/><x:oleSize/>")), "{moved}");
        let set = "<workbook><sheets/><calcPr calcId=\"1\" /><definedNames/></workbook>";
        let wanted = "<workbook><sheets/><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/><definedNames/></workbook>";
        assert_eq!(workbook(set, &Moves::default(), true).unwrap(), wanted);
        assert_eq!(workbook(set, &Moves::default(), false).unwrap(), set);
    }

    #[test]
    fn places_in_drawings_comments_and_charts_move() {
        let moves = moves();
        let rows = moves.of("自评表");
        let drawing = "<xdr:from><xdr:col>1</xdr:col><xdr:row>10</xdr:row></xdr:from>";
        assert_eq!(moved(drawing, &Moves::default(), rows).unwrap(), drawing.replace("10", "12"));
        let comment = "<comment ref=\"B11\" authorId=\"0\"><text><t>B11</t></text></comment>";
        assert_eq!(moved(comment, &Moves::default(), rows).unwrap(), comment.replacen("B11", "B13", 1));
        let chart = "<c:f>自评表!$A$11:$A$12</c:f><worksheetSource ref=\"A1:B11\" sheet=\"自评表\"/>";
        let wanted = "<c:f>自评表!$A$13:$A$14</c:f><worksheetSource ref=\"A1:B13\" sheet=\"自评表\"/>";
        assert_eq!(moved(chart, &moves, None).unwrap(), wanted);
    }

    #[test]
    fn an_element_is_taken_out_whole() {
        let types = "<Types><Override PartName=\"/xl/calcChain.xml\"></Override><Override PartName=\"/a\"/></Types>";
        assert_eq!(
            without(types, "PartName", "/xl/calcChain.xml").unwrap(),
            "<Types><Override PartName=\"/a\"/></Types>"
        );
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/calcChain.xml"), "xl/calcChain.xml");
    }
}
