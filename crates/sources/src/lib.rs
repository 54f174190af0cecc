//! Documents as tables and lines: PDF, Word (.docx) and HTML files turned into the neutral
//! [`Document`](jixiao_parser::document::Document) that the readers share.
//!
//! Every cell and line knows its place: page and area, or table, row and column. Nothing here knows what a form is;
//! [`jixiao_parser::document::read`] does. Bytes in, values out; files are the caller's business.

mod docx;
mod error;
mod flow;
mod html;
mod limits;
mod pdf;

pub use docx::read_docx;
pub use error::SourceError;
pub use html::read_html;
pub use pdf::{PageLayout, pdf_layout, read_pdf};
