//! Where in the input something stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of text: 1-based lines and character columns, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// First line.
    pub line_start: usize,
    /// First character of the first line; absent where whole lines are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column_start: Option<usize>,
    /// Last line.
    pub line_end: usize,
    /// Last character of the last line; absent where whole lines are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column_end: Option<usize>,
}

impl TextSpan {
    /// The whole lines `first..=last`.
    #[must_use]
    pub const fn lines(first: usize, last: usize) -> Self {
        Self { line_start: first, column_start: None, line_end: last, column_end: None }
    }

    /// The characters `first..=last` of one line.
    #[must_use]
    pub const fn in_line(line: usize, first: usize, last: usize) -> Self {
        Self { line_start: line, column_start: Some(first), line_end: line, column_end: Some(last) }
    }
}

/// A rectangle on a page as it is shown, in points (1/72 inch) from its upper left corner, rounded outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PageArea {
    /// Distance from the left edge of the page.
    pub left: i32,
    /// Distance from the upper edge of the page.
    pub top: i32,
    /// The right side.
    pub right: i32,
    /// The lower side.
    pub bottom: i32,
}

/// A cell of a table on a page, or a line outside of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PageSpot {
    /// 1-based page; of a cell that a page break cuts, the first.
    pub page: u32,
    /// 0-based number of the table on its page; absent outside of tables, with the row and the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// 0-based row of that table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// 0-based column of that table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Where on the page.
    pub area: PageArea,
}

/// A place in an input of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Place {
    /// Lines and columns of a text.
    Text(TextSpan),
    /// A cell or range of a workbook sheet.
    Sheet {
        /// The sheet's name.
        sheet: String,
        /// A cell or range in A1 notation, such as `C7` or `A1:J20`.
        range: String,
    },
    /// Whole pages of a document.
    Pages {
        /// 1-based first page.
        page_start: u32,
        /// 1-based last page.
        page_end: u32,
    },
    /// A spot on a page.
    Page(PageSpot),
    /// A table of a Word document or web page, or one of its cells.
    Table {
        /// 0-based number of the table in the document; a table within a cell counts after the one around it.
        table: u32,
        /// 0-based row; absent where the whole table is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<u32>,
        /// 0-based column; absent where the whole table is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<u32>,
    },
    /// A paragraph of a Word document or web page, outside of its tables.
    Paragraph {
        /// 0-based number among the paragraphs with text.
        paragraph: u32,
    },
}

impl Place {
    /// The page of a place on a page.
    const fn pages(&self) -> Option<(u32, u32)> {
        match self {
            Self::Pages { page_start, page_end } => Some((*page_start, *page_end)),
            Self::Page(spot) => Some((spot.page, spot.page)),
            _ => None,
        }
    }

    /// The 1-based page that the place begins on; `None` where the input has no pages.
    #[must_use]
    pub fn first_page(&self) -> Option<u32> {
        self.pages().map(|(first, _)| first)
    }

    /// What this place and a later one of the same input cover together, in whole lines, pages or tables; the earlier
    /// place where the two have nothing in common that could be named.
    #[must_use]
    pub fn joined(self, later: &Self) -> Self {
        if let (Some((start, end)), Some((other_start, other_end))) = (self.pages(), later.pages()) {
            return Self::Pages { page_start: start.min(other_start), page_end: end.max(other_end) };
        }
        match (self, later) {
            (Self::Text(a), Self::Text(b)) => {
                TextSpan::lines(a.line_start.min(b.line_start), a.line_end.max(b.line_end)).into()
            }
            (Self::Paragraph { .. }, table @ Self::Table { .. }) => table.clone().whole(),
            (place, _) => place.whole(),
        }
    }

    /// The table, page or lines around a place.
    #[must_use]
    pub fn whole(self) -> Self {
        match self {
            Self::Text(span) => TextSpan::lines(span.line_start, span.line_end).into(),
            Self::Page(spot) => Self::Pages { page_start: spot.page, page_end: spot.page },
            Self::Table { table, .. } => Self::Table { table, row: None, column: None },
            other => other,
        }
    }
}

impl From<TextSpan> for Place {
    fn from(span: TextSpan) -> Self {
        Self::Text(span)
    }
}

impl std::fmt::Display for Place {
    /// The place in words for people: `第12行第3列`, `工作表「表1」C7`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(span) => {
                write!(f, "第{}行", span.line_start)?;
                if let Some(column) = span.column_start {
                    write!(f, "第{column}列")?;
                }
                if span.line_end != span.line_start {
                    write!(f, "至第{}行", span.line_end)?;
                }
                Ok(())
            }
            Self::Sheet { sheet, range } => write!(f, "工作表「{sheet}」{range}"),
            Self::Pages { page_start, page_end } if page_start == page_end => write!(f, "第{page_start}页"),
            Self::Pages { page_start, page_end } => write!(f, "第{page_start}–{page_end}页"),
            Self::Page(spot) => {
                write!(f, "第{}页", spot.page)?;
                if let Some(table) = spot.table {
                    write!(f, " ")?;
                    write_cell(f, table, spot.row, spot.column)?;
                }
                Ok(())
            }
            Self::Table { table, row, column } => write_cell(f, *table, *row, *column),
            Self::Paragraph { paragraph } => write!(f, "第{}段", u64::from(*paragraph) + 1),
        }
    }
}

/// `表1 第7行 第5列`: people count from one.
fn write_cell(f: &mut std::fmt::Formatter<'_>, table: u32, row: Option<u32>, column: Option<u32>) -> std::fmt::Result {
    write!(f, "表{}", u64::from(table) + 1)?;
    if let Some(row) = row {
        write!(f, " 第{}行", u64::from(row) + 1)?;
    }
    if let Some(column) = column {
        write!(f, " 第{}列", u64::from(column) + 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn spot(page: u32) -> Place {
        let area = PageArea { left: 10, top: 20, right: 90, bottom: 40 };
        Place::Page(PageSpot { page, table: Some(0), row: Some(6), column: Some(4), area })
    }

    #[test]
    fn people_count_from_one() {
        let cell = Place::Table { table: 1, row: Some(0), column: Some(2) };
        let pages = spot(2).joined(&spot(3));
        let shown = [spot(2), cell.clone(), cell.whole(), pages, Place::Paragraph { paragraph: 4 }];
        let shown = shown.map(|place| place.to_string());
        assert_eq!(shown, ["第2页 表1 第7行 第5列", "表2 第1行 第3列", "表2", "第2–3页", "第5段"]);
    }

    #[test]
    fn every_kind_survives_json() {
        let sheet = Place::Sheet { sheet: "表".to_owned(), range: "A1".to_owned() };
        let places = [
            TextSpan::in_line(1, 2, 3).into(),
            sheet,
            spot(1),
            spot(1).whole(),
            Place::Table { table: 0, row: None, column: None },
            Place::Paragraph { paragraph: 0 },
        ];
        for place in places {
            let json = serde_json::to_string(&place).unwrap();
            assert_eq!(serde_json::from_str::<Place>(&json).unwrap(), place, "{json}");
        }
    }
}
