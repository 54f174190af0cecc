//! Word documents (.docx; ECMA-376 part 1, WordprocessingML).

mod body;
mod symbol;

use jixiao_package::{Package, Token, attribute};
use jixiao_parser::codes::Code;
use jixiao_parser::document::Document;

use crate::error::SourceError;
use crate::flow::{self, Content};
use crate::limits::MAX_UNPACKED_BYTES;

/// Where the main part stands unless the relations of the package say otherwise.
const USUAL_MAIN_PART: &str = "word/document.xml";

/// Parts with text that is not in the document itself.
const APART: [(&str, &str); 5] =
    [("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"), ("comments", "批注")];

/// Reads a Word document as it reads with all tracked changes accepted.
///
/// Headers, footers, notes and comments are kept apart, as diagnostics.
///
/// # Errors
///
/// The bytes are no Word document, are damaged or encrypted, or hold more than any document of forms.
pub fn read_docx(bytes: &[u8]) -> Result<Document, SourceError> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let main = main_part(&mut package)?;
    let content = part(&mut package, &main)?.ok_or(SourceError::NotADocx)?;
    let mut document = flow::document(&content);
    read_apart(&mut package, &main, &mut document)?;
    Ok(document)
}

fn main_part(package: &mut Package<'_>) -> Result<String, SourceError> {
    let Some(mut xml) = package.xml("_rels/.rels")? else { return Ok(USUAL_MAIN_PART.to_owned()) };
    while let Some(token) = xml.next()? {
        let Token::Start(start) = token else { continue };
        let is_main = attribute(&start, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        if let Some(target) = attribute(&start, "Target").filter(|_| is_main) {
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(USUAL_MAIN_PART.to_owned())
}

/// The content of a part; `None` where there is no such part.
fn part(package: &mut Package<'_>, name: &str) -> Result<Option<Vec<Content>>, SourceError> {
    let Some(mut xml) = package.xml(name)? else { return Ok(None) };
    body::read(&mut xml).map(Some)
}

/// Adds the texts of the parts beside the main one.
fn read_apart(package: &mut Package<'_>, main: &str, document: &mut Document) -> Result<(), SourceError> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut names = package.names();
    names.sort();
    for name in names {
        let Some(file) = name.strip_prefix(&folder).map(|file| file.trim_start_matches('/')) else { continue };
        let kind = APART.iter().find(|(prefix, _)| file.starts_with(prefix) && file.ends_with(".xml"));
        let Some((_, word)) = kind.filter(|_| !file.contains('/')) else { continue };
        let texts = part(package, &name)?.map(|content| texts(&content)).unwrap_or_default();
        if !texts.is_empty() {
            let message = format!("{word}：「{texts}」");
            document.diagnostics.push(Code::PageFurniture.diagnostic(message, None, None));
        }
    }
    Ok(())
}

/// All text of `content` on one line.
fn texts(content: &[Content]) -> String {
    let mut texts = Vec::new();
    let mut open: Vec<&Content> = content.iter().rev().collect();
    while let Some(part) = open.pop() {
        match part {
            Content::Text(text) => texts.extend(text.lines()),
            Content::Table(table) => open.extend(table.contents().rev()),
        }
    }
    texts.join(" ")
}
