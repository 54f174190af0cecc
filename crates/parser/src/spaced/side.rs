//! The label at the side of the table, which is printed once, or on every page again.

use jixiao_core::vocab::{Scope, find};

use super::sheet::{Sheet, Word};

/// No side label has more characters, its bracket included.
const LONGEST_LABEL: usize = 40;

/// The words at the side, and what of a label they spell.
#[derive(Debug, Default)]
pub(super) struct Side {
    words: Vec<Word>,
    /// What the words of the label that is not whole yet spell.
    begun: String,
    /// A label was whole, and nothing was begun since.
    whole: bool,
}

impl Side {
    /// Takes in words of the next page.
    pub(super) fn take(&mut self, sheet: &Sheet<'_>, words: impl IntoIterator<Item = Word>) {
        let from = self.words.len();
        self.words.extend(words);
        let new = self.words.get_mut(from..).unwrap_or_default();
        new.sort_by_key(|word| word.start);
        // What is longer than any label never becomes one, however many pages follow.
        for word in new.iter() {
            if self.begun.chars().count() > LONGEST_LABEL {
                break;
            }
            self.begun.push_str(&sheet.plain(word));
        }
        if is_label(&self.begun) {
            self.whole = true;
            self.begun.clear();
        } else if !self.begun.is_empty() {
            self.whole = false;
        }
    }

    /// The words left of `edge` on a page without a header are a side label, or go on with the one that was begun: pieces
    /// of level names look like some.
    pub(super) fn goes_on(&self, sheet: &Sheet<'_>, words: &[Word], edge: usize) -> bool {
        !self.whole || is_label(&sheet.spelled(words.iter().filter(|word| word.x < edge)))
    }

    /// All words.
    pub(super) fn into_words(self) -> Vec<Word> {
        self.words
    }
}

fn is_label(spelled: &str) -> bool {
    find(Scope::Block, spelled).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Whether the words of the last page of `text` go on with the label that the pages before it hold.
    fn goes_on(text: &str) -> bool {
        let text = Text::new(text);
        let sheet = Sheet::new(&text);
        let pages = sheet.pages(0..sheet.lines.len());
        let mut side = Side::default();
        let (last, before) = pages.split_last().unwrap();
        for page in before {
            side.take(&sheet, sheet.words(page.clone()).copied());
        }
        let words: Vec<Word> = sheet.words(last.clone()).copied().collect();
        side.goes_on(&sheet, &words, usize::MAX)
    }

    #[test]
    fn a_label_goes_on_until_it_is_whole() {
        assert!(goes_on("绩效\u{c}指标"));
        assert!(goes_on("绩\n效\u{c}指\u{c}标"));
        assert!(!goes_on("绩效指标\u{c}指标"));
        assert!(goes_on("绩效指标\u{c}绩效指标"));
    }

    #[test]
    fn a_label_on_every_page_does_not_let_pieces_of_names_in() {
        assert!(!goes_on("绩效指标\u{c}绩效指标\u{c}指标"));
        assert!(goes_on("绩效指标\u{c}绩效指标\u{c}绩效指标"));
    }
}
