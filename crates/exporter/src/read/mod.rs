//! Reading workbooks.
pub(crate) mod limits;
