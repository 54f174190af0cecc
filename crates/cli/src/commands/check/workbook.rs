//! The report as a workbook.

use std::fs::File;
use std::io::Seek;
use std::path::Path;

use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::CrossFindings;
use jixiao_exporter::{ExportError, FindingsBook};
use rayon::prelude::*;

use super::{Job, Outcome, comparison};
use crate::batch;
use crate::console::Console;
use crate::messages::{Problem, show, unwritable};
use crate::output::{WriteFailure, refuse_existing, write_from};
use crate::spool::{Spool, SpooledLines};

/// Forms audited at once; enough to keep every thread busy.
const CHUNK: usize = 256;

/// Writes the list of findings. Those between forms belong to their forms, and are known when all are read: so the forms
/// wait in a spool until then.
pub(super) fn write(job: Job<'_>, console: &mut Console) -> Outcome {
    let Some(path) = job.args.output.as_deref() else {
        return Err(Problem::new("格式 xlsx 需要用 -o 指定输出文件").hint("例如 -o 问题清单.xlsx").into());
    };
    refuse_existing(path, job.args.force)?;
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded| job.audit(loaded, remark_color, |_, record, _| Spool::line(record));
    let (mut comparison, mut spool) = (job.comparison(), Spool::new());
    let mut summary = Summary::default();
    let tally = batch::run(&job.args.inputs, console, work, |audited, console| {
        let audited = audited?;
        comparison.add(&audited.records);
        audited.checks.iter().for_each(|check| summary += check.summary);
        spool.push(&audited.report)?;
        console.print(&audited.remarks);
        Ok(())
    })?;
    let found = comparison.finish(console);
    summary += comparison::summary(&found);
    if tally.forms > 0 {
        let mut file = book(job, path, spool, &found)?;
        write_from(path, &mut file, job.args.force)?;
        console.note(format!("已写入「{}」：{} 张表，{} 个问题", path.display(), tally.forms, summary.total()));
    }
    Ok((tally, summary))
}

/// The workbook, in a file without a name.
fn book(job: Job<'_>, path: &Path, spool: Spool, found: &CrossFindings) -> Result<File, WriteFailure> {
    let unwritten = |error: ExportError| Problem::new(format!("无法生成问题清单「{}」", show(path))).caused_by(&error);
    let no_room = |error: std::io::Error| unwritable(&std::env::temp_dir(), &error);
    let mut book = FindingsBook::new();
    let (mut lines, mut number) = (spool.into_lines()?, 0);
    loop {
        let chunk = lines.take(CHUNK)?;
        if chunk.is_empty() {
            break;
        }
        let checks = chunk.par_iter().enumerate().map(|(offset, line)| audited(job, number + offset, line, found));
        for check in checks.collect::<Result<Vec<CheckRecord>, Problem>>()? {
            book.push(&check).map_err(unwritten)?;
        }
        number += chunk.len();
    }
    let mut file = book.finish(tempfile::tempfile().map_err(no_room)?).map_err(unwritten)?;
    file.rewind().map_err(no_room)?;
    Ok(file)
}

/// The findings of the form of that number.
fn audited(job: Job<'_>, number: usize, line: &str, found: &CrossFindings) -> Result<CheckRecord, Problem> {
    let record = SpooledLines::record(line)?;
    Ok(CheckRecord { cross_findings: found.of(number).to_vec(), ..job.check(&record) })
}
