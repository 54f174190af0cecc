//! The report as a workbook.

use jixiao_core::report::Summary;

use super::{Job, Outcome, comparison};
use crate::batch;
use crate::console::Console;
use crate::messages::Problem;
use crate::output::{refuse_existing, write_file};

/// Writes the list of findings.
pub(super) fn write(job: Job<'_>, console: &mut Console) -> Outcome {
    let Some(path) = job.args.output.as_deref() else {
        return Err(Problem::new("格式 xlsx 需要用 -o 指定输出文件").hint("例如 -o 问题清单.xlsx").into());
    };
    refuse_existing(path, job.args.force)?;
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded| job.audit(loaded, remark_color, |_, _, _| Ok(String::new()));
    let mut comparison = job.comparison();
    let (mut summary, mut checks) = (Summary::default(), Vec::new());
    let tally = batch::run(&job.args.inputs, console, work, |audited, console| {
        let audited = audited?;
        comparison.add(&audited.records);
        audited.checks.iter().for_each(|check| summary += check.summary);
        checks.extend(audited.checks);
        console.print(&audited.remarks);
        Ok(())
    })?;
    let found = comparison.finish(console);
    summary += comparison::summary(&found);
    comparison::distribute(&mut checks, &found);
    if !checks.is_empty() {
        let bytes = jixiao_exporter::write_findings(&checks)
            .map_err(|error| Problem::new("无法生成问题清单").caused_by(&error))?;
        write_file(path, &bytes, job.args.force)?;
        console.note(format!("已写入「{}」：{} 张表，{} 个问题", path.display(), checks.len(), summary.total()));
    }
    Ok((tally, summary))
}
