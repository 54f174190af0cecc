//! Workbooks: forms written in the official layouts, blank templates, and workbooks of any layout read back; and the
//! report of the findings in HTML, which prints the same layouts.
//!
//! Writing: a form and a [`Layout`] make a plan of areas, the plan makes a sheet. Reading: a file makes sheets of
//! displayed text, a sheet makes a grid, and [`jixiao_parser::grid`] reads the forms. Everything goes from bytes to
//! values and back; files are the caller's business.

mod error;
mod fill;
mod findings;
mod html;
mod layout;
mod marks;
mod palette;
mod read;
mod stored;
mod table;
mod write;

pub use error::{ExportError, ImportError};
pub use fill::{fill_template, holds_macros};
pub use findings::{FindingsBook, write_findings};
pub use html::{Overview, Unread, html_begin, html_end, html_form};
pub use layout::Layout;
pub use read::read_workbook;
pub use write::{Page, Series, WriteOptions, Written, write_template, write_workbook};
