//! `jixiao check`: audits forms and lists the findings.

mod address;
mod comparison;
mod page;
mod records;
mod text;
mod workbook;

use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::check;
use jixiao_core::{FormRecord, Severity};

use super::Status;
use crate::args::{CheckArgs, CheckFormat, FailOn};
use crate::batch::Tally;
use crate::console::Console;
use crate::input::Loaded;
use crate::messages::Problem;
use crate::output::{WriteFailure, refuse_input};
use crate::overrides::Overrides;
use crate::profiles::Profiles;
use crate::render::diagnostics;
use crate::render::json::Shape;
use comparison::Comparison;

/// Runs the command.
pub(super) fn run(args: &CheckArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_input(args.output.as_deref(), &args.inputs.inputs)?;
    refuse_input(args.output.as_deref(), &args.previous)?;
    let profiles = Profiles::named(&args.profile.profile, &Overrides::of(&args.rules)?)?;
    let (previous, unread) = comparison::read_previous(args, console)?;
    let job = Job { args, profiles: &profiles, previous: &previous };
    let (tally, summary) = match args.format {
        CheckFormat::Text => text::write(job, console)?,
        CheckFormat::Json => records::write(job, Shape::Array, console)?,
        CheckFormat::Ndjson => records::write(job, Shape::Lines, console)?,
        CheckFormat::Xlsx => workbook::write(job, console)?,
        CheckFormat::Html => page::write(job, console)?,
    };
    Ok(status(args.fail_on, tally.failed + unread, summary))
}

/// What a report is made of.
#[derive(Clone, Copy)]
struct Job<'a> {
    args: &'a CheckArgs,
    profiles: &'a Profiles,
    previous: &'a jixiao_core::rules::PreviousForms,
}

impl<'a> Job<'a> {
    fn comparison(self) -> Comparison<'a> {
        Comparison::new(self.profiles, self.previous)
    }

    /// Audits the forms of one input; `report` renders each of them.
    fn audit(
        self,
        loaded: Loaded,
        remark_color: bool,
        report: impl Fn(&Loaded, &FormRecord, &CheckRecord) -> Result<String, Problem>,
    ) -> Result<Audited, Problem> {
        let checks: Vec<CheckRecord> = loaded.records.iter().map(|record| self.check(record)).collect();
        let report = loaded.records.iter().zip(&checks).map(|(record, check)| report(&loaded, record, check));
        Ok(Audited {
            report: report.collect::<Result<_, _>>()?,
            remarks: diagnostics::all(&loaded, true, remark_color),
            checks,
            records: loaded.records,
        })
    }

    /// The record of one form.
    fn check(self, record: &FormRecord) -> CheckRecord {
        let findings = self.profiles.of(record.form.family).map(|profile| check(&record.form, profile));
        CheckRecord::new(record, findings.unwrap_or_default())
    }
}

/// The audit of one input.
struct Audited {
    records: Vec<FormRecord>,
    checks: Vec<CheckRecord>,
    /// The report, one text a form.
    report: Vec<String>,
    /// What the reader remarked.
    remarks: String,
}

/// What became of the inputs, and everything that was found in them.
type Outcome = Result<(Tally, Summary), WriteFailure>;

/// An input that could not be read outranks what was found in the others.
const fn status(fail_on: FailOn, failed: usize, summary: Summary) -> Status {
    let counted = match fail_on {
        FailOn::Error => summary.at_least(Severity::Error),
        FailOn::Warning => summary.at_least(Severity::Warning),
        FailOn::Info => summary.at_least(Severity::Info),
        FailOn::Never => 0,
    };
    match (failed, counted) {
        (0, 0) => Status::Success,
        (0, _) => Status::Findings,
        _ => Status::Failure,
    }
}
