//! Records as JSON: one array, or one record a line.

use serde::Serialize;

use crate::messages::Problem;
use crate::output::{Output, WriteFailure};

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One indented array.
    Array,
    /// One record a line.
    Lines,
}

impl Shape {
    /// One record as text, without what stands between records. May run on any thread.
    pub(crate) fn record(self, record: &impl Serialize) -> Result<String, Problem> {
        let text = match self {
            Self::Array => serde_json::to_string_pretty(record).map(|text| format!("  {}", text.replace('\n', "\n  "))),
            Self::Lines => serde_json::to_string(record),
        };
        text.map_err(|error| Problem::new("无法写成 JSON").caused_by(&error))
    }

    /// Some records as one whole text; empty without records.
    pub(crate) fn join(self, records: &[String]) -> String {
        match self {
            _ if records.is_empty() => String::new(),
            Self::Array => format!("[\n{}\n]\n", records.join(",\n")),
            Self::Lines => format!("{}\n", records.join("\n")),
        }
    }
}

/// Writes records one by one, so that no more than one is held.
pub(crate) struct Writer {
    output: Output,
    shape: Shape,
    empty: bool,
}

impl Writer {
    /// Begins to write to `output`.
    pub(crate) const fn new(output: Output, shape: Shape) -> Self {
        Self { output, shape, empty: true }
    }

    /// Writes records rendered by [`Shape::record`].
    pub(crate) fn push(&mut self, records: &[String]) -> Result<(), WriteFailure> {
        for record in records {
            let before = match self.shape {
                Shape::Lines => "",
                Shape::Array if self.empty => "[\n",
                Shape::Array => ",\n",
            };
            self.empty = false;
            self.output.write(before)?;
            self.output.write(record)?;
            if self.shape == Shape::Lines {
                self.output.write("\n")?;
            }
        }
        self.output.flush()
    }

    /// Ends the array and makes the output visible.
    pub(crate) fn finish(mut self) -> Result<(), WriteFailure> {
        match (self.shape, self.empty) {
            (Shape::Lines, _) => {}
            (Shape::Array, true) => self.output.write("[]\n")?,
            (Shape::Array, false) => self.output.write("\n]\n")?,
        }
        self.output.finish()
    }
}
