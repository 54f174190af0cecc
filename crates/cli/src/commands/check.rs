//! `jixiao check`: audits forms and lists the findings.

use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::{Selection, check};
use jixiao_core::{FormRecord, Severity};

use super::Status;
use crate::args::{CheckArgs, CheckFormat, FailOn};
use crate::batch::{self, Tally};
use crate::console::Console;
use crate::input::Loaded;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure, refuse_existing, refuse_input, write_file};
use crate::profiles::Profiles;
use crate::render::json::{Shape, Writer};
use crate::render::{diagnostics, findings};

/// Runs the command.
pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_input(args.output.as_deref(), &args.inputs.inputs)?;
    let profiles = Profiles::named(&args.profile.profile, &selection(args)?)?;
    let (tally, summary) = match args.format {
        CheckFormat::Text => text(args, &profiles, console)?,
        CheckFormat::Json => records(args, &profiles, Shape::Array, console)?,
        CheckFormat::Ndjson => records(args, &profiles, Shape::Lines, console)?,
        CheckFormat::Xlsx => workbook(args, &profiles, console)?,
    };
    Ok(status(args.fail_on, &tally, summary))
}

/// An input that could not be read outranks what was found in the others.
const fn status(fail_on: FailOn, tally: &Tally, summary: Summary) -> Status {
    let counted = match fail_on {
        FailOn::Error => summary.at_least(Severity::Error),
        FailOn::Warning => summary.at_least(Severity::Warning),
        FailOn::Info => summary.at_least(Severity::Info),
        FailOn::Never => 0,
    };
    match (tally.failed, counted) {
        (0, 0) => Status::Success,
        (0, _) => Status::Findings,
        _ => Status::Failure,
    }
}

fn selection(args: &CheckArgs) -> Result<Selection, Problem> {
    Ok(Selection { select: prefixes("--select", &args.select)?, ignore: prefixes("--ignore", &args.ignore)? })
}

fn prefixes(option: &str, given: &[String]) -> Result<Vec<String>, Problem> {
    let upper = given.iter().map(|prefix| prefix.trim().to_uppercase()).filter(|prefix| !prefix.is_empty());
    let prefixes: Vec<String> = upper.collect();
    match prefixes.iter().find(|prefix| !Selection::is_prefix(prefix)) {
        None => Ok(prefixes),
        Some(unknown) => {
            Err(Problem::new(format!("{option}：没有以「{unknown}」开头的规则")).hint("运行 jixiao rules 查看全部规则"))
        }
    }
}

/// The record of one form.
fn audit(record: &FormRecord, profiles: &Profiles) -> CheckRecord {
    let findings = profiles.of(record.form.family).map(|profile| check(&record.form, profile));
    CheckRecord::new(record, findings.unwrap_or_default())
}

/// The audit of one input.
struct Audited {
    checks: Vec<CheckRecord>,
    /// The report, one text a form.
    report: Vec<String>,
    /// What the reader remarked.
    remarks: String,
}

fn audit_all(
    loaded: &Loaded,
    profiles: &Profiles,
    remark_color: bool,
    report: impl Fn(&FormRecord, &CheckRecord) -> Result<String, Problem>,
) -> Result<Audited, Problem> {
    let checks: Vec<CheckRecord> = loaded.records.iter().map(|record| audit(record, profiles)).collect();
    let report = loaded.records.iter().zip(&checks).map(|(record, check)| report(record, check));
    Ok(Audited {
        report: report.collect::<Result<_, _>>()?,
        remarks: diagnostics::all(loaded, true, remark_color),
        checks,
    })
}

fn text(args: &CheckArgs, profiles: &Profiles, console: &mut Console) -> Result<(Tally, Summary), WriteFailure> {
    let mut output = Output::open(args.output.as_deref())?;
    let color = args.output.is_none() && console.colors(&std::io::stdout());
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| {
        let source = loaded.source.as_ref();
        audit_all(&loaded, profiles, remark_color, |record, check| Ok(findings::form(record, check, source, color)))
    };
    let (mut summary, mut with_findings) = (Summary::default(), 0);
    let tally = batch::run(&args.inputs, console, work, |audited, console| {
        let audited = audited?;
        for check in &audited.checks {
            summary += check.summary;
            with_findings += usize::from(check.summary.total() > 0);
        }
        output.write(&audited.report.concat())?;
        output.flush()?;
        console.print(&audited.remarks);
        Ok(())
    })?;
    if tally.forms > 0 {
        output.write(&findings::closing(tally.forms, with_findings, summary))?;
    }
    output.finish()?;
    Ok((tally, summary))
}

fn records(
    args: &CheckArgs,
    profiles: &Profiles,
    shape: Shape,
    console: &mut Console,
) -> Result<(Tally, Summary), WriteFailure> {
    let mut writer = Writer::new(Output::open(args.output.as_deref())?, shape);
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| audit_all(&loaded, profiles, remark_color, |_, check| shape.record(check));
    let mut summary = Summary::default();
    let tally = batch::run(&args.inputs, console, work, |audited, console| {
        let audited = audited?;
        audited.checks.iter().for_each(|check| summary += check.summary);
        writer.push(&audited.report)?;
        console.print(&audited.remarks);
        Ok(())
    })?;
    writer.finish()?;
    Ok((tally, summary))
}

fn workbook(args: &CheckArgs, profiles: &Profiles, console: &mut Console) -> Result<(Tally, Summary), WriteFailure> {
    let Some(path) = args.output.as_deref() else {
        return Err(Problem::new("格式 xlsx 需要用 -o 指定输出文件").hint("例如 -o 问题清单.xlsx").into());
    };
    refuse_existing(path, args.force)?;
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| audit_all(&loaded, profiles, remark_color, |_, _| Ok(String::new()));
    let (mut summary, mut checks) = (Summary::default(), Vec::new());
    let tally = batch::run(&args.inputs, console, work, |audited, console| {
        let audited = audited?;
        audited.checks.iter().for_each(|check| summary += check.summary);
        checks.extend(audited.checks);
        console.print(&audited.remarks);
        Ok(())
    })?;
    if !checks.is_empty() {
        let bytes = jixiao_exporter::write_findings(&checks)
            .map_err(|error| Problem::new("无法生成问题清单").caused_by(&error))?;
        write_file(path, &bytes, args.force)?;
        console.note(format!("已写入「{}」：{} 张表，{} 个问题", path.display(), checks.len(), summary.total()));
    }
    Ok((tally, summary))
}
