//! The report as text for people.

use jixiao_core::report::Summary;

use super::{Job, Outcome, comparison};
use crate::batch;
use crate::console::Console;
use crate::output::Output;
use crate::render::findings::{self, Closing};

/// Writes each form as it comes, and what was found between forms at the end.
pub(super) fn write(job: Job<'_>, console: &mut Console) -> Outcome {
    let mut output = Output::open(job.args.output.as_deref())?;
    let color = job.args.output.is_none() && console.colors(&std::io::stdout());
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded| {
        job.audit(loaded, remark_color, |loaded, record, check| {
            Ok(findings::form(record, check, loaded.source.as_ref(), color))
        })
    };
    let mut comparison = job.comparison();
    let (mut within, mut with_findings) = (Summary::default(), 0);
    let tally = batch::run(&job.args.inputs, console, work, |audited, console| {
        let audited = audited?;
        comparison.add(&audited.records);
        for check in &audited.checks {
            within += check.summary;
            with_findings += usize::from(check.summary.total() > 0);
        }
        output.write(&audited.report.concat())?;
        output.flush()?;
        console.print(&audited.remarks);
        Ok(())
    })?;
    let found = comparison.finish(console);
    let between = comparison::summary(&found);
    if between.total() > 0 {
        output.write(&findings::across(&found, color))?;
    }
    if tally.forms > 0 {
        output.write(&findings::closing(&Closing { forms: tally.forms, with_findings, within, between }))?;
    }
    output.finish()?;
    let mut summary = within;
    summary += between;
    Ok((tally, summary))
}
