//! The names of the indicators: as many as there are rows, some of them wrapped.

/// A piece this short is no name by itself.
const SHORT: usize = 2;

/// A name: the words it is made of, and whether nothing else is likely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) words: Vec<usize>,
    pub(super) sure: bool,
}

/// The names that `pieces` (words and their lengths) make up, for `rows` rows: the shortest pieces go on with the piece
/// before them. Fewer than `rows` where there are not enough pieces.
pub(super) fn join(pieces: &[(usize, usize)], rows: usize) -> Vec<Name> {
    let surplus = pieces.len().saturating_sub(rows);
    let mut shortest: Vec<usize> = (1..pieces.len()).collect();
    shortest.sort_by_key(|at| pieces.get(*at).map_or(0, |(_, length)| *length));
    shortest.truncate(surplus);
    let enough = pieces.len() >= rows;
    let mut names: Vec<Name> = Vec::new();
    for (at, (word, length)) in pieces.iter().enumerate() {
        match names.last_mut().filter(|_| shortest.contains(&at)) {
            Some(name) => {
                let adjoins = name.words.last().is_some_and(|last| last + 1 == *word);
                name.sure &= adjoins && *length <= SHORT;
                name.words.push(*word);
            }
            None => names.push(Name { words: vec![*word], sure: enough && *length > SHORT }),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(names: &[Name]) -> Vec<Vec<usize>> {
        names.iter().map(|name| name.words.clone()).collect()
    }

    #[test]
    fn the_shortest_pieces_belong_to_the_name_before_them() {
        let names = join(&[(3, 9), (5, 8), (6, 1), (9, 7)], 3);
        assert_eq!(words(&names), [vec![3], vec![5, 6], vec![9]]);
        assert!(names.iter().all(|name| name.sure));
    }

    #[test]
    fn a_piece_far_from_its_name_or_long_enough_to_be_one_is_unsure() {
        assert!(!join(&[(3, 9), (8, 1)], 1)[0].sure);
        assert!(!join(&[(3, 9), (4, 4)], 1)[0].sure);
        assert!(!join(&[(3, 9)], 2)[0].sure);
    }
}
