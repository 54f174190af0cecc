//! Where a cell prints the year, or leaves room for it.

use std::ops::Range;

use jixiao_core::fold::{fold_char, squeezed};

use super::GridCell;
use crate::value;

/// True for （2022年度） and 2022年.
pub(super) fn is_year(cell: &GridCell) -> bool {
    if !cell.text.contains('年') {
        return false;
    }
    let bare = squeezed(&cell.text);
    let bare = bare.trim_matches(['(', ')', '[', ']']);
    let digits = bare.trim_end_matches('度').strip_suffix('年');
    digits.is_some_and(|digits| digits.len() == 4) && value::year(&cell.text).is_some()
}

/// True for （    年度） and （20××年度）, where the year is still to be filled in.
pub(super) fn is_blank_year(cell: &GridCell) -> bool {
    if !cell.text.contains('年') {
        return false;
    }
    let bare = squeezed(&cell.text);
    let bare = bare.trim_matches(['(', ')', '[', ']']);
    let room = bare.strip_suffix("年度").or_else(|| bare.strip_suffix('年'));
    room.is_some_and(|room| room.chars().all(is_room)) && matches!(place(&cell.text), Some((_, false)))
}

/// The bytes of `text` that hold the year, and whether they do: `2022` of （2022年度）, the blanks of （    年度）.
///
/// Room for a year must stand behind a bracket: 全年 has none.
pub(super) fn place(text: &str) -> Option<(Range<usize>, bool)> {
    text.match_indices('年').find_map(|(end, _)| {
        let before = text.get(..end)?;
        let start = before.trim_end_matches(is_room).len();
        let printed = value::year(text.get(start..end + '年'.len_utf8())?).is_some();
        let opened = text.get(..start)?.chars().next_back().is_some_and(|c| matches!(fold_char(c), '(' | '['));
        (printed || opened).then_some((start..end, printed))
    })
}

/// A digit of the year, or what a template prints for one.
fn is_room(c: char) -> bool {
    let plain = fold_char(c);
    plain.is_whitespace() || plain.is_ascii_digit() || matches!(plain, 'X' | 'x' | '×' | '_' | '*' | '-' | '○' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_a_place_printed_or_not() {
        let part = |text: &'static str| place(text).map(|(part, printed)| (&text[part], printed));
        assert_eq!(part("（2022年度）"), Some(("2022", true)));
        assert_eq!(part("２０２３年度项目支出绩效自评表"), Some(("２０２３", true)));
        assert_eq!(part("项目支出绩效自评表（    年度）"), Some(("    ", false)));
        assert_eq!(part("（20××年度）"), Some(("20××", false)));
        assert_eq!(part("（年度）"), Some(("", false)));
        for text in ["全年执行数", "年度总体目标", "项目支出绩效自评表", "3年"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
