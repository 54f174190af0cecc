//! Records set aside until everything is read: in memory while they are few, then in a temporary file without a name.

use std::io::{self, BufRead, BufReader, BufWriter, Lines, Seek, Write};

use jixiao_core::FormRecord;
use tempfile::SpooledTempFile;

use crate::messages::Problem;

/// More bytes than this go to the disk.
const MAX_IN_MEMORY: usize = 16 * 1024 * 1024;

/// Takes records, one a line.
pub(crate) struct Spool(BufWriter<SpooledTempFile>);

impl Spool {
    /// An empty spool.
    pub(crate) fn new() -> Self {
        Self(BufWriter::new(SpooledTempFile::new(MAX_IN_MEMORY)))
    }

    /// A record as a spool holds it. May run on any thread.
    pub(crate) fn line(record: &FormRecord) -> Result<String, Problem> {
        serde_json::to_string(record).map_err(|error| failed(&error))
    }

    /// Takes lines made by [`Spool::line`].
    pub(crate) fn push(&mut self, lines: &[String]) -> Result<(), Problem> {
        lines.iter().try_for_each(|line| writeln!(self.0, "{line}")).map_err(|error| failed(&error))
    }

    /// The lines from the first on.
    pub(crate) fn into_lines(self) -> Result<SpooledLines, Problem> {
        let rewound = self.0.into_inner().map_err(io::IntoInnerError::into_error).and_then(|mut file| {
            file.rewind()?;
            Ok(file)
        });
        rewound.map(|file| SpooledLines(BufReader::new(file).lines())).map_err(|error| failed(&error))
    }
}

/// The lines of a spool.
pub(crate) struct SpooledLines(Lines<BufReader<SpooledTempFile>>);

impl SpooledLines {
    /// Up to `count` of the next lines; none at the end.
    pub(crate) fn take(&mut self, count: usize) -> Result<Vec<String>, Problem> {
        self.0.by_ref().take(count).collect::<io::Result<_>>().map_err(|error| failed(&error))
    }

    /// The record of a line. May run on any thread.
    pub(crate) fn record(line: &str) -> Result<FormRecord, Problem> {
        serde_json::from_str(line).map_err(|error| failed(&error))
    }
}

fn failed(error: &(dyn std::error::Error + 'static)) -> Problem {
    Problem::new("无法暂存读到的表").caused_by(error).hint("请检查临时文件夹所在磁盘的空间")
}
