//! The model of a 项目支出绩效自评表 (project-expenditure performance self-evaluation form), the vocabulary of its
//! printed labels, and the rules that audit it.
//!
//! This crate knows no file format and does no input or output. Readers make [`FormRecord`]s, [`rules`] checks
//! them, writers print them.

pub mod diagnostic;
mod exact;
pub mod fold;
pub mod model;
pub mod path;
pub mod place;
pub mod profile;
pub mod record;
pub mod report;
pub mod rules;
pub mod score;
mod scoring;
pub mod vocab;

pub use diagnostic::{Diagnostic, Severity};
pub use model::{
    Actual, AmountUnit, Comparator, ExtraField, Family, Form, FundRow, Funds, Goals, Grade, Indicator, Target, Total,
};
pub use path::{FieldPath, FundField, IndicatorField};
pub use place::{PageArea, PageSpot, Place, TextSpan};
pub use record::{FormRecord, Provenance};
pub use rust_decimal::Decimal;
