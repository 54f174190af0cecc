//! The report as one HTML page.

use std::path::Path;

use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::CrossFindings;
use jixiao_exporter::{Overview, Unread, html_begin, html_end, html_form};
use rayon::prelude::*;

use super::address::Base;
use super::{Audited, Job, Outcome, comparison};
use crate::batch;
use crate::console::Console;
use crate::messages::{Problem, show};
use crate::output::{Output, WriteFailure};
use crate::spool::{Spool, SpooledLines};

/// Forms rendered at once; enough to keep every thread busy.
const CHUNK: usize = 256;

/// Writes the page. Its summary comes first and needs every form, so the forms wait in a spool until all are read.
pub(super) fn write(job: Job<'_>, console: &mut Console) -> Outcome {
    let mut output = Output::open(job.args.output.as_deref())?;
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded: crate::input::Loaded| {
        let outside = (loaded.path.to_string_lossy().into_owned(), loaded.diagnostics.clone());
        let audited = job.audit(loaded, remark_color, |_, record, _| Spool::line(record));
        audited.map(|audited| (audited, outside))
    };
    let (mut comparison, mut overview, mut spool) = (job.comparison(), Overview::default(), Spool::new());
    let mut summary = Summary::default();
    let mut tally = batch::run(&job.args.inputs, console, work, |done, console| {
        let (Audited { records, checks, report, remarks }, (path, outside)) = done?;
        comparison.add(&records);
        for (record, check) in records.iter().zip(&checks) {
            summary += check.summary;
            overview.add(record, check);
        }
        overview.add_remarks(&path, &outside);
        spool.push(&report)?;
        console.print(&remarks);
        Ok(())
    })?;
    let found = comparison.finish(console);
    summary += comparison::summary(&found);
    overview.add_across(&found);
    tally.unread.drain(..).for_each(|problem| overview.add_unread(unread(&problem)));
    output.write(&html_begin(&overview))?;
    write_forms(job, &mut output, spool, &found)?;
    output.write(&html_end(&overview, env!("CARGO_PKG_VERSION")))?;
    output.finish()?;
    if let Some(path) = job.args.output.as_deref().filter(|path| *path != Path::new("-")) {
        console.note(format!("已写入「{}」：{} 张表，{} 个问题", show(path), tally.forms, summary.total()));
    }
    Ok((tally, summary))
}

fn write_forms(job: Job<'_>, output: &mut Output, spool: Spool, found: &CrossFindings) -> Result<(), WriteFailure> {
    let mut lines = spool.into_lines()?;
    let mut number = 0;
    let base = Base::of(job.args.output.as_deref());
    loop {
        let chunk = lines.take(CHUNK)?;
        if chunk.is_empty() {
            return Ok(());
        }
        let sections =
            chunk.par_iter().enumerate().map(|(offset, line)| section(job, &base, number + offset, line, found));
        for section in sections.collect::<Result<Vec<String>, Problem>>()? {
            output.write(&section)?;
        }
        number += chunk.len();
    }
}

fn section(job: Job<'_>, base: &Base, number: usize, line: &str, found: &CrossFindings) -> Result<String, Problem> {
    let record = SpooledLines::record(line)?;
    let check = CheckRecord { cross_findings: found.of(number).to_vec(), ..job.check(&record) };
    Ok(html_form(number, &record, &check, base.address(Path::new(&record.path)).as_deref()))
}

fn unread(problem: &Problem) -> Unread {
    let details = problem.details().map(|(word, text)| (word, text.to_owned())).collect();
    Unread { what: problem.what().to_owned(), details }
}
