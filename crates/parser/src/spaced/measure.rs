//! What a blank between two words stands for.
//!
//! `pdftotext -layout` counts one position a character, so that no word of a column reaches into the next one,
//! however wide its characters are drawn, and figures stand above each other. Other programs write the true distance
//! between two words, counted in characters as wide as those of the word behind it (PyMuPDF's sorted text does): in
//! such a text words stand above each other only where each character is taken to be as wide as it is drawn.

use super::sheet::{Sheet, Word};
use crate::text::{Metric, Text};
use crate::value;
use jixiao_core::fold::is_blank;

/// How the position of a word in its line follows from the blanks and characters before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Measure {
    /// Every character, blanks included, is one position wide.
    #[default]
    Characters,
    /// Characters are as wide as drawn; a blank is as wide as the characters of the word behind it on average.
    Drawn,
}

/// Positions that a character of full width covers where characters are as wide as drawn.
const FULL: usize = 2;

/// With one figure in so many above or below another one, a text counts characters.
const ALIGNED: usize = 3;

/// Fewer figures than this tell nothing.
const FEWEST_FIGURES: usize = 12;

impl Measure {
    /// The measure by which the words of `text` stand above each other.
    pub(super) fn of(text: &Text) -> Self {
        let sheet = Sheet::measured(text, Self::Characters);
        let figures: Vec<Vec<&Word>> = (0..sheet.lines.len()).map(|line| figures(&sheet, line)).collect();
        let figures: Vec<&[&Word]> = figures.iter().map(Vec::as_slice).filter(|line| !line.is_empty()).collect();
        let aligned =
            |word: &Word, below: &[&Word]| below.iter().any(|other| other.x == word.x || other.x_end() == word.x_end());
        let pairs = figures.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        let tests = pairs.flat_map(|(line, below)| line.iter().map(move |word| aligned(word, below)));
        let (count, hits) = tests.fold((0, 0), |(count, hits), hit| (count + 1, hits + usize::from(hit)));
        if count >= FEWEST_FIGURES && hits * ALIGNED < count { Self::Drawn } else { Self::Characters }
    }

    /// The position and the width of the word `start..end` that has `blanks` blanks before it, behind a word that
    /// ends at the position `from`.
    pub(super) fn place(self, text: &Text, from: usize, blanks: usize, (start, end): (usize, usize)) -> (usize, usize) {
        match self {
            Self::Characters => (from + blanks, end - start),
            Self::Drawn => {
                let tenths = text.chars.get(start..end).unwrap_or_default().iter().map(|c| tenths(*c)).sum::<usize>();
                let gap = blanks.saturating_mul(tenths) / (end - start).max(1);
                (from + (gap + 5) / 10, (tenths + 5) / 10)
            }
        }
    }
}

/// The figures and the marks of blank cells on a line, but for what it begins with.
fn figures<'s>(sheet: &'s Sheet<'_>, line: usize) -> Vec<&'s Word> {
    let is_figure = |word: &&Word| {
        let plain = sheet.plain(word);
        is_blank(&plain) || value::number(&plain).is_some() || value::percent(&plain).is_some()
    };
    sheet.line(line).iter().skip(1).filter(is_figure).collect()
}

/// Width of a character in tenths of a position; figures and signs as in proportional fonts.
fn tenths(c: char) -> usize {
    match c {
        '.' | ',' | ':' | ';' => 6,
        '-' | '/' | '(' | ')' => 7,
        '%' => 17,
        _ => match Metric::default().width(c) {
            0 => 0,
            1 => 11,
            _ => 10 * FULL,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_above_each_other_tell_what_a_blank_is() {
        let counted = "保养    3  10.5\n更换旧灯  3  10.5\n".repeat(6);
        assert_eq!(Measure::of(&Text::new(&counted)), Measure::Characters);
        // The text in front of the figures is four characters wide, or eight, and ends at the same place.
        let drawn = "  保养  3 10.5\n   更换旧灯 3  10.5\n更换 3   10.5\n".repeat(6);
        assert_eq!(Measure::of(&Text::new(&drawn)), Measure::Drawn);
    }

    #[test]
    fn a_blank_is_as_wide_as_the_characters_behind_it() {
        let text = Text::new("灯 10 旧灯");
        assert_eq!(Measure::Drawn.place(&text, 2, 4, (2, 4)), (6, 2));
        assert_eq!(Measure::Drawn.place(&text, 2, 4, (5, 7)), (10, 4));
        assert_eq!(Measure::Characters.place(&text, 2, 4, (5, 7)), (6, 2));
    }
}
