//! The same text in the forms of different projects: what X201 and X202 have in common.

use std::collections::HashMap;

use super::identity;
use super::places::{FormHead, Seat, shortened};
use super::report::{CrossReport, MAX_ELSEWHERE};
use crate::rules::Location;
use crate::rules::audit::Violation;
use crate::{Form, FormRecord};

/// More projects than this are counted, not named, in a message.
const MAX_NAMED: usize = 3;

/// The texts so far, by the words for their field and their folded form.
#[derive(Default)]
pub(super) struct SharedTexts {
    groups: HashMap<(&'static str, String), Group>,
}

struct Group {
    /// The text as the first form prints it, cut where it is long.
    text: String,
    /// The project of the first form.
    project: String,
    /// True where a form of another project has the text too.
    several: bool,
    /// The first places, no two on one form.
    first: Vec<Seat>,
    latest: Seat,
    forms: usize,
}

/// A text of a form: the words for its field, the text, where it stands.
pub(super) type Text<'a> = (&'static str, Option<&'a str>, Location);

impl SharedTexts {
    /// Takes note of texts of a form; of a form without a project nothing is known.
    pub(super) fn add<'a>(
        &mut self,
        record: &'a FormRecord,
        head: &FormHead,
        least: usize,
        texts: impl FnOnce(&'a Form) -> Vec<Text<'a>>,
    ) {
        let Some(project) = identity::project(&record.form) else { return };
        for (field, text, location) in texts(&record.form) {
            let (Some(printed), Some(key)) = (text, identity::text(text, least)) else { continue };
            self.note((field, key), printed, &project, Seat::new(record, head, location));
        }
    }

    fn note(&mut self, key: (&'static str, String), printed: &str, project: &str, seat: Seat) {
        if let Some(group) = self.groups.get_mut(&key) {
            return group.join(project, seat);
        }
        let group = Group {
            text: shortened(printed),
            project: project.to_owned(),
            several: false,
            first: vec![seat.clone()],
            latest: seat,
            forms: 1,
        };
        self.groups.insert(key, group);
    }

    /// Reports every text that different projects share, at the latest of its forms.
    pub(super) fn finish(self, report: &mut CrossReport<'_>) {
        for ((field, _), group) in self.groups.into_iter().filter(|(_, group)| group.several) {
            let others = group.forms - 1;
            let elsewhere: Vec<Seat> =
                group.first.into_iter().filter(|seat| seat.head.form != group.latest.head.form).collect();
            let location = group.latest.location.clone();
            let violation = SharedText { field, text: group.text, location, elsewhere: &elsewhere, others };
            report.push(&group.latest, &violation, &elsewhere, others);
        }
    }
}

impl Group {
    fn join(&mut self, project: &str, seat: Seat) {
        if self.latest.head.form == seat.head.form {
            return;
        }
        self.several |= self.project != project;
        self.forms += 1;
        if self.first.len() <= MAX_ELSEWHERE {
            self.first.push(seat.clone());
        }
        self.latest = seat;
    }
}

struct SharedText<'a> {
    field: &'static str,
    text: String,
    location: Location,
    elsewhere: &'a [Seat],
    others: usize,
}

impl Violation for SharedText<'_> {
    fn location(&self) -> Location {
        self.location.clone()
    }

    fn message(&self) -> String {
        let names: String = self.elsewhere.iter().take(MAX_NAMED).map(Seat::project_words).collect();
        let forms = match self.others {
            1 => format!("{names}的表"),
            several if several <= MAX_NAMED => format!("{names} {several} 张表"),
            several => format!("{names}等 {several} 张表"),
        };
        let (field, text) = (self.field, &self.text);
        format!("「{field}」与{forms}一字不差（「{text}」），请核实是否为本项目的实际内容")
    }
}
