//! The figures of one corpus in one dialect, as exact shares of whole counts.

use std::fmt::{self, Write};

use serde::Deserialize;

/// What the scoring tool counted.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Counts {
    value_right: u64,
    value_total: u64,
    extra_cells: u64,
    forms_exact: u64,
    forms_total: u64,
    silent: u64,
    flagged_cells: u64,
    given_cells: u64,
}

/// A share in hundredths of a percent, so that no float is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Share(pub(crate) u64);

/// The measured figures of one corpus in one dialect.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub(crate) corpus: String,
    pub(crate) dialect: String,
    pub(crate) counts: Counts,
}

impl Share {
    /// `part` of `whole`, rounded down: a floor is never above what was measured. Nothing of nothing is all.
    fn of(part: u64, whole: u64) -> Self {
        Self((part * 10_000).checked_div(whole).unwrap_or(10_000))
    }

    /// `part` of `whole`, rounded up, for figures that must stay low. Nothing of nothing is none.
    fn ceiling_of(part: u64, whole: u64) -> Self {
        if whole == 0 { Self(0) } else { Self((part * 10_000).div_ceil(whole)) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Figures {
    /// `seeds`, `dev/tika`.
    pub(crate) fn name(&self) -> String {
        if self.dialect.is_empty() { self.corpus.clone() } else { format!("{}/{}", self.corpus, self.dialect) }
    }

    /// Fields read right, of those that print something.
    pub(crate) fn fields(&self) -> Share {
        Share::of(self.counts.value_right, self.counts.value_total + self.counts.extra_cells)
    }

    /// Forms read right in every field.
    pub(crate) fn forms(&self) -> Share {
        Share::of(self.counts.forms_exact, self.counts.forms_total)
    }

    /// Wrong fields that no diagnostic names.
    pub(crate) fn silent(&self) -> Share {
        Share::ceiling_of(self.counts.silent, self.counts.value_total + self.counts.extra_cells)
    }

    /// Given values that a diagnostic names.
    pub(crate) fn flagged(&self) -> Share {
        Share::ceiling_of(self.counts.flagged_cells, self.counts.given_cells)
    }
}

/// The figures as a Markdown table.
pub(crate) fn markdown(measured: &[Figures]) -> String {
    let mut table = String::from(
        "| corpus | fields right % | forms exact | silent errors % | values flagged % |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    for figures in measured {
        let Counts { forms_exact, forms_total, .. } = figures.counts;
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {} | {} | {forms_exact} of {forms_total} | {} | {} |",
            figures.name(),
            figures.fields(),
            figures.silent(),
            figures.flagged(),
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_against_the_measured() {
        assert_eq!(Share::of(2, 3), Share(6666));
        assert_eq!(Share::ceiling_of(1, 3), Share(3334));
        assert_eq!(Share::of(0, 0), Share(10_000));
        assert_eq!(Share(9_905).to_string(), "99.05");
    }
}
