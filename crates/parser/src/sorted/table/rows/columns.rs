//! Sets of columns.

/// Some columns of a table, of which there are at most [`super::super::MAX_COLUMNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Columns(u16);

impl Columns {
    /// The columns among `roles`; names of levels stand in none.
    pub(super) fn of(roles: &[u8]) -> Self {
        roles.iter().copied().collect()
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The columns and `more`.
    pub(super) fn with(self, more: Option<u8>) -> Self {
        Self(more.into_iter().fold(self.0, |set, column| set | bit(column)))
    }

    /// From left to right.
    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..16).filter(move |column| self.0 & bit(*column) != 0)
    }
}

fn bit(column: u8) -> u16 {
    1_u16.checked_shl(u32::from(column)).unwrap_or(0)
}

impl FromIterator<u8> for Columns {
    fn from_iter<I: IntoIterator<Item = u8>>(columns: I) -> Self {
        Self(columns.into_iter().fold(0, |set, column| set | bit(column)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::LEVEL;
    use super::*;

    #[test]
    fn names_of_levels_are_in_no_column() {
        let columns = Columns::of(&[LEVEL, 2, 5, 5]);
        assert_eq!(columns.iter().collect::<Vec<_>>(), [2, 5]);
        assert_eq!(columns.without(Columns::of(&[5])).with(Some(0)).iter().collect::<Vec<_>>(), [0, 2]);
    }
}
