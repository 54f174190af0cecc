//! The committed floor of every figure.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::figures::{Figures, Share};
use crate::workspace;

/// The floor file, from the workspace root.
pub(crate) const FILE: &str = "accuracy-floor.toml";
const HEADER: &str = "\
# The measured accuracy below which no change may fall, in hundredths of a percent. Written by
# `cargo xtask accuracy --update`, checked by `cargo xtask accuracy --check` where the corpus exists.\n";

/// What one corpus in one dialect must keep to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    /// Fields read right, at least.
    fields: u64,
    /// Forms exactly right, at least.
    forms: u64,
    /// Wrong fields that no diagnostic names, at most.
    silent: u64,
    /// Given values that a diagnostic names, at most.
    flagged: u64,
}

/// The floor by corpus and dialect.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Floor(BTreeMap<String, Bounds>);

impl Floor {
    /// One line for each figure that is worse than its floor, and for each corpus without a floor.
    pub(crate) fn drops(&self, measured: &[Figures]) -> Vec<String> {
        let mut drops = Vec::new();
        for figures in measured {
            let name = figures.name();
            match self.0.get(&name) {
                Some(bounds) => drops.extend(bounds.drops(&name, figures)),
                None => drops.push(format!("{name}: no floor; run `cargo xtask accuracy --update`")),
            }
        }
        drops
    }
}

impl Bounds {
    fn drops(&self, name: &str, figures: &Figures) -> Vec<String> {
        let at_least = [("fields right", figures.fields(), self.fields), ("forms exact", figures.forms(), self.forms)];
        let at_most =
            [("silent errors", figures.silent(), self.silent), ("values flagged", figures.flagged(), self.flagged)];
        let low = at_least.into_iter().filter(|(_, now, bound)| now.0 < *bound);
        let high = at_most.into_iter().filter(|(_, now, bound)| now.0 > *bound);
        low.chain(high)
            .map(|(figure, now, bound)| format!("{name}: {figure} {now} %, floor {} %", Share(bound)))
            .collect()
    }
}

impl From<&Figures> for Bounds {
    fn from(figures: &Figures) -> Self {
        Self {
            fields: figures.fields().0,
            forms: figures.forms().0,
            silent: figures.silent().0,
            flagged: figures.flagged().0,
        }
    }
}

/// Reads the committed floor.
pub(crate) fn read() -> anyhow::Result<Floor> {
    let text = fs::read_to_string(workspace::root()?.join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    toml::from_str(&text).with_context(|| format!("{FILE} is not a floor file"))
}

/// Makes what was measured the new floor.
pub(crate) fn write(measured: &[Figures]) -> anyhow::Result<()> {
    let floor = Floor(measured.iter().map(|figures| (figures.name(), figures.into())).collect());
    let text = format!("{HEADER}\n{}", toml::to_string(&floor)?);
    fs::write(workspace::root()?.join(FILE), text).with_context(|| format!("cannot write {FILE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(right: u64, silent: u64) -> Figures {
        let counts = format!(
            r#"{{"value_right":{right},"value_total":100,"extra_cells":0,"forms_exact":1,"forms_total":2,
                "silent":{silent},"flagged_cells":0,"given_cells":100}}"#
        );
        let counts = serde_json::from_str(&counts).unwrap();
        Figures { corpus: "dev".to_owned(), dialect: "tika".to_owned(), counts }
    }

    #[test]
    fn only_worse_figures_are_drops() {
        let floor = Floor([("dev/tika".to_owned(), Bounds::from(&figures(90, 5)))].into());
        assert!(floor.drops(&[figures(90, 5)]).is_empty());
        assert!(floor.drops(&[figures(95, 1)]).is_empty());
        assert_eq!(floor.drops(&[figures(89, 6)]).len(), 2);
        assert_eq!(Floor::default().drops(&[figures(90, 5)]).len(), 1);
    }
}
