//! Workbooks.
mod error;
mod layout;
mod marks;
mod read;
mod write;
pub use error::{ExportError, ImportError};
pub use layout::Layout;
pub use write::{WriteOptions, Written, write_template, write_workbook};
