//! From the elements of a page to its content.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::error::SourceError;
use crate::flow::{Builder, Content, Span};
use crate::limits::{MAX_COLUMNS, MAX_ROW_SPAN};

/// Elements whose content is not shown as text.
const UNSHOWN: [&str; 14] = [
    "audio", "canvas", "datalist", "head", "iframe", "math", "noscript", "object", "script", "style", "svg",
    "template", "title", "video",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];

/// What a page shows.
pub(super) fn content(html: &Html) -> Result<Vec<Content>, SourceError> {
    let mut walker = Walker { builder: Builder::default(), hidden: 0, kept_space: 0, blank: Blank::None };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => walker.open(node.value())?,
            Edge::Close(node) => walker.close(node.value()),
        }
    }
    walker.builder.finish()
}

/// White space that is still to be written, should text follow on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blank {
    None,
    Space,
    /// A line end in the file, where a browser shows a space; between two ideographs nobody meant one.
    LineEnd,
}

struct Walker {
    builder: Builder,
    /// Open elements that are not shown.
    hidden: usize,
    /// Open elements that keep white space as it is.
    kept_space: usize,
    blank: Blank,
}

impl Walker {
    fn open(&mut self, node: &Node) -> Result<(), SourceError> {
        match node {
            Node::Text(text) if self.hidden == 0 => self.text(text),
            Node::Element(element) => return self.open_element(element),
            _ => {}
        }
        Ok(())
    }

    fn open_element(&mut self, element: &Element) -> Result<(), SourceError> {
        if self.hidden > 0 || is_hidden(element) {
            self.hidden += 1;
            return Ok(());
        }
        self.kept_space += usize::from(keeps_space(element));
        match element.name() {
            "table" => self.builder.open_table(),
            "tr" => self.builder.open_row(),
            "td" | "th" => self.builder.open_cell(span(element))?,
            "br" => self.line_end(),
            "input" => self.input(element),
            name if BLOCKS.contains(&name) => self.line_end(),
            _ => return Ok(()),
        }
        self.blank = Blank::None;
        Ok(())
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        self.kept_space = self.kept_space.saturating_sub(usize::from(keeps_space(element)));
        match element.name() {
            "table" => self.builder.close_table(),
            "td" | "th" => self.builder.close_cell(),
            name if BLOCKS.contains(&name) => self.line_end(),
            _ => {}
        }
    }

    fn line_end(&mut self) {
        self.builder.end_line();
        self.blank = Blank::None;
    }

    /// Text with its white space drawn together, as browsers do.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.kept_space > 0 => self.line_end(),
                ' ' | '\t' if self.kept_space > 0 => self.char(' '),
                '\n' | '\r' | '\u{c}' => self.blank = Blank::LineEnd,
                ' ' | '\t' if self.blank == Blank::None => self.blank = Blank::Space,
                ' ' | '\t' | '\u{200b}' | '\u{feff}' => {}
                '\u{a0}' => self.char(' '),
                c => self.char(c),
            }
        }
    }

    fn char(&mut self, c: char) {
        let blank = std::mem::replace(&mut self.blank, Blank::None);
        let before = self.builder.last_char();
        let shown = match blank {
            Blank::None => false,
            Blank::Space => before.is_some(),
            Blank::LineEnd => before.is_some_and(|before| before.is_ascii() || c.is_ascii()),
        };
        if shown {
            self.builder.text(" ");
        }
        self.builder.text(c.encode_utf8(&mut [0; 4]));
    }

    /// What a field of a web form shows.
    fn input(&mut self, element: &Element) {
        let kind = element.attr("type").unwrap_or("text").to_ascii_lowercase();
        match kind.as_str() {
            "checkbox" | "radio" => self.text(if element.attr("checked").is_some() { "☑" } else { "☐" }),
            "button" | "file" | "hidden" | "image" | "password" | "reset" | "submit" => {}
            _ => self.text(element.attr("value").unwrap_or_default()),
        }
    }
}

/// True for elements that no browser shows.
fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let styled = style.contains("display:none") || style.contains("visibility:hidden");
    let unchosen = element.name() == "option" && element.attr("selected").is_none();
    styled || unchosen || element.attr("hidden").is_some() || UNSHOWN.contains(&element.name())
}

fn keeps_space(element: &Element) -> bool {
    matches!(element.name(), "pre" | "textarea" | "xmp" | "listing" | "plaintext")
}

/// What a cell covers. A row span of 0 reaches to the last row.
fn span(element: &Element) -> Span {
    let count = |name: &str| element.attr(name).and_then(|value| value.trim().parse::<u32>().ok());
    let rows = count("rowspan").map_or(1, |rows| if rows == 0 { MAX_ROW_SPAN } else { rows });
    Span { columns: count("colspan").unwrap_or(1).clamp(1, MAX_COLUMNS), rows, continues: false }
}
