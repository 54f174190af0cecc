//! The report as JSON records.

use jixiao_core::report::{AcrossRecord, CheckLine, CheckRecord, Summary};
use jixiao_core::rules::CrossFindings;
use rayon::prelude::*;

use super::{Job, Outcome, comparison};
use crate::batch;
use crate::console::Console;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure};
use crate::render::json::{Shape, Writer};

/// Records rendered at once; enough to keep every thread busy.
const CHUNK: usize = 1024;

/// Writes each record as it comes. In an array a record holds its findings between forms too, so where forms are
/// compared it waits until all are known; one a line they have a last line of their own.
pub(super) fn write(job: Job<'_>, shape: Shape, console: &mut Console) -> Outcome {
    let mut writer = Writer::new(Output::open(job.args.output.as_deref())?, shape);
    let remark_color = console.colors(&std::io::stderr());
    let mut comparison = job.comparison();
    let held = shape == Shape::Array && comparison.is_open();
    let work = |loaded| {
        job.audit(loaded, remark_color, |_, _, check| if held { Ok(String::new()) } else { shape.record(check) })
    };
    let (mut summary, mut checks) = (Summary::default(), Vec::new());
    let tally = batch::run(&job.args.inputs, console, work, |audited, console| {
        let audited = audited?;
        comparison.add(&audited.records);
        audited.checks.iter().for_each(|check| summary += check.summary);
        if held {
            checks.extend(audited.checks);
        } else {
            writer.push(&audited.report)?;
        }
        console.print(&audited.remarks);
        Ok(())
    })?;
    let found = comparison.finish(console);
    summary += comparison::summary(&found);
    match shape {
        Shape::Array => {
            comparison::distribute(&mut checks, &found);
            write_held(&mut writer, shape, &checks)?;
        }
        Shape::Lines => write_last_line(&mut writer, shape, &found)?,
    }
    writer.finish()?;
    Ok((tally, summary))
}

fn write_held(writer: &mut Writer, shape: Shape, checks: &[CheckRecord]) -> Result<(), WriteFailure> {
    for chunk in checks.chunks(CHUNK) {
        let rendered: Result<Vec<String>, Problem> = chunk.par_iter().map(|check| shape.record(check)).collect();
        writer.push(&rendered?)?;
    }
    Ok(())
}

fn write_last_line(writer: &mut Writer, shape: Shape, found: &CrossFindings) -> Result<(), WriteFailure> {
    let Some(across) = AcrossRecord::new(found) else { return Ok(()) };
    let line = shape.record(&CheckLine::Across(across))?;
    writer.push(&[line])
}
