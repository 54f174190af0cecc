//! The forms of a run beside each other and beside those of the year before.

use jixiao_core::profile::Profile;
use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::{Across, CrossFindings, PreviousForms};
use jixiao_core::{Family, FormRecord};

use crate::args::CheckArgs;
use crate::batch;
use crate::console::Console;
use crate::input::collect;
use crate::output::WriteFailure;
use crate::profiles::Profiles;

/// Reads the forms of the year before; the number counts inputs that could not be read.
pub(super) fn read_previous(args: &CheckArgs, console: &mut Console) -> Result<(PreviousForms, usize), WriteFailure> {
    let mut previous = PreviousForms::default();
    let tally = batch::run_on(
        collect(&args.previous),
        args.inputs.max_file_size,
        console,
        |loaded| loaded.records,
        |records, _| {
            records.into_iter().for_each(|record| previous.add(record));
            Ok(())
        },
    )?;
    Ok((previous, tally.failed))
}

/// Collects the forms as they are read.
pub(super) struct Comparison<'a> {
    /// `None` where no rule between forms is on.
    across: Option<Across<'a>>,
    previous: &'a PreviousForms,
    forms: usize,
    /// Forms whose form of the year before is known.
    paired: usize,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(profiles: &'a Profiles, previous: &'a PreviousForms) -> Self {
        // Forms of several families are compared with each other, so one profile must speak for all.
        let profile = profiles.of(Family::default()).filter(|profile: &&Profile| Across::is_enabled(profile));
        let across = profile.map(|profile| Across::new(profile, previous));
        Self { across, previous, forms: 0, paired: 0 }
    }

    /// True where findings may still come for forms that were added already.
    pub(super) const fn is_open(&self) -> bool {
        self.across.is_some()
    }

    /// Takes note of the next forms.
    pub(super) fn add(&mut self, records: &[FormRecord]) {
        let Some(across) = &mut self.across else { return };
        for record in records {
            across.add(record);
            self.forms += 1;
            self.paired += usize::from(self.previous.has(&record.form));
        }
    }

    /// The findings, and a note on how many forms could be compared with the year before.
    pub(super) fn finish(self, console: &Console) -> CrossFindings {
        let Some(across) = self.across else { return CrossFindings::default() };
        if !self.previous.is_empty() {
            let (given, forms, paired) = (self.previous.len(), self.forms, self.paired);
            console.note(format!(
                "上年的表 {given} 张；{forms} 张表中有 {paired} 张找到了上年的同一项目（项目名称、实施单位相同，年度早一年）"
            ));
        }
        across.finish()
    }
}

/// Counts the findings between forms.
pub(super) fn summary(found: &CrossFindings) -> Summary {
    Summary::of(found.iter().map(|found| &found.finding))
}

/// Gives each form its findings.
pub(super) fn distribute(checks: &mut [CheckRecord], found: &CrossFindings) {
    for (form, check) in checks.iter_mut().enumerate() {
        check.cross_findings = found.of(form).to_vec();
    }
}
