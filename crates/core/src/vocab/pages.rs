//! Lines that belong to a page and to no cell: page numbers, and what says that a table goes on.

use crate::fold::{squeezed, squeezed_chars};

/// True for a line that says only that a table goes on from the page before: `（续表）`, `续上表`, `接上页`. A bare `续` is
/// oftener the end of a wrapped text (`手续`), and is one only in brackets.
#[must_use]
pub fn continues_table(text: &str) -> bool {
    const BRACKETS: [char; 4] = ['(', ')', '[', ']'];
    let squeezed = squeezed(text);
    let bare = squeezed.trim_matches([':']).trim_matches(BRACKETS);
    let bare = bare.trim_matches([':']).trim_end_matches(|c: char| c.is_ascii_digit());
    match bare {
        "续表" | "续上表" | "续前表" | "上表续" | "接上表" | "接上页" | "续上页" | "表续" => true,
        "续" => squeezed.starts_with(BRACKETS),
        _ => false,
    }
}

/// True for a line that holds only a page number, wherever it stands: `-1-`, `第 3 页`, `— 2 —`, `第4页，共5页`. A bare
/// number is a cell as well, and so is `3/9`.
#[must_use]
pub fn is_page_number(text: &str) -> bool {
    let line = squeezed(text);
    let dashed =
        line.strip_prefix('-').and_then(|rest| rest.strip_suffix('-')).is_some_and(|n| is_short(n.trim_matches('-')));
    let rest = line.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    let named = rest.is_some_and(|(number, rest)| {
        let total = rest.trim_start_matches([',', '/']).strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
        is_short(number) && (rest.is_empty() || total.is_some_and(is_short))
    });
    dashed || named
}

fn is_short(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

/// True for a page number that is known to be the first or the last line of its page, and may be bare there: `3`,
/// `3/9`, `Page 3 of 9`, besides what [`is_page_number`] takes.
#[must_use]
pub fn is_page_number_at_edge(text: &str) -> bool {
    const MARKS: &str = "-.·,/第页共總总Pagepof";
    const MOST_DIGITS: usize = 8;
    const MOST: usize = 16;
    let digits = squeezed_chars(text).filter(char::is_ascii_digit).count();
    let is_mark = |c: char| c.is_ascii_digit() || MARKS.contains(c);
    (1..=MOST_DIGITS).contains(&digits) && squeezed_chars(text).count() <= MOST && squeezed_chars(text).all(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for line in ["-1-", "— 12 —", "第 3 页", "第4页，共5页", "第4页/共5页"] {
            assert!(is_page_number(line) && is_page_number_at_edge(line), "{line}");
        }
        for line in ["3", "3/9", "Page 3 of 9"] {
            assert!(is_page_number_at_edge(line) && !is_page_number(line), "{line}");
        }
        for line in ["", "—", "总分 100 分", "3号楼", "第3季度", "12345678901234567", "续建道路"] {
            assert!(!is_page_number(line) && !is_page_number_at_edge(line), "{line}");
        }
    }

    #[test]
    fn a_table_that_goes_on_is_told_from_the_end_of_a_word() {
        for line in ["（续表）", "(续)", "（续1）", "续表1：", "接上页", "续上表"] {
            assert!(continues_table(line), "{line}");
        }
        for line in ["续", "手续", "续建道路", "续1"] {
            assert!(!continues_table(line), "{line}");
        }
    }
}
