//! What was seen on a page, as a picture for whoever teaches a new form.

use std::fmt::Write;

use jixiao_core::PageArea;

use super::page::{PageParts, Part};
use super::runs::{Run, TextLine};
use super::units::POINT;

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    area: PageArea,
}

/// The tables, cells and lines found on one page; lengths in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLayout {
    width: i32,
    height: i32,
    rules: Vec<PageArea>,
    /// The cells of all tables, blank ones included.
    cells: Vec<Word>,
    /// The lines outside of tables.
    lines: Vec<Word>,
}

/// What was seen on a page.
pub(super) fn of_page(page: &PageParts) -> PageLayout {
    let mut layout = PageLayout {
        width: page.width / POINT,
        height: page.height / POINT,
        rules: page.rules.iter().map(|rule| rule.in_points()).collect(),
        cells: Vec::new(),
        lines: Vec::new(),
    };
    for part in &page.parts {
        match part {
            Part::Line(line) => layout.lines.push(line_word(line)),
            Part::Table(table) => {
                let cells = table.cells.iter();
                layout.cells.extend(cells.map(|cell| Word { text: cell.text.clone(), area: cell.area.in_points() }));
            }
        }
    }
    layout
}

fn line_word(line: &TextLine) -> Word {
    let texts: Vec<&str> = line.runs.iter().map(|run: &Run| run.text.as_str()).collect();
    Word { text: texts.join(" "), area: line.area.in_points() }
}

impl PageLayout {
    /// A drawing of the page in SVG: ruling lines red, cells blue, lines outside of tables green, and on each area of
    /// `fields` the name given with it.
    #[must_use]
    pub fn svg(&self, fields: &[(PageArea, String)]) -> String {
        let (width, height) = (self.width, self.height);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
        );
        for (area, _) in fields {
            rectangle(&mut svg, area, "fill=\"#ffe9a8\"");
        }
        for rule in &self.rules {
            rectangle(&mut svg, rule, "fill=\"#d33\" fill-opacity=\"0.5\"");
        }
        for cell in &self.cells {
            rectangle(&mut svg, &cell.area, "fill=\"none\" stroke=\"#36c\" stroke-width=\"0.5\"");
            words(&mut svg, cell, "#000");
        }
        for line in &self.lines {
            rectangle(&mut svg, &line.area, "fill=\"none\" stroke=\"#393\" stroke-width=\"0.5\"");
            words(&mut svg, line, "#060");
        }
        for (area, name) in fields {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" font-size=\"4\" fill=\"#a0a\">{}</text>",
                area.left + 1,
                area.bottom - 1,
                escaped(name)
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn rectangle(svg: &mut String, area: &PageArea, style: &str) {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    let _ =
        writeln!(svg, "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" {style}/>", area.left, area.top);
}

/// The lines of a text below each other, in small print so that they fit.
fn words(svg: &mut String, word: &Word, color: &str) {
    for (number, line) in (1_i32..).zip(word.text.lines()) {
        let baseline = word.area.top.saturating_add(number.saturating_mul(8));
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{baseline}\" font-size=\"7\" fill=\"{color}\">{}</text>",
            word.area.left + 1,
            escaped(line)
        );
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
