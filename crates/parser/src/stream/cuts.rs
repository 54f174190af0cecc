//! Pieces of text that hold several cells: neighbouring cells whose texts touch are written without a blank.

use jixiao_core::Comparator;
use jixiao_core::vocab::{self, Label, Scope, find};

use crate::bodies::is_body;
use crate::text::{Piece, Text};
use crate::value;

/// How the name of a level ends where nothing else tells its end.
const NAME_END: &str = "指标";

/// Fewest characters of the first line of a level-2 name.
const FEWEST_OF_NAME: usize = 2;

/// Fewest characters of a label that the name of a body may follow without a mark.
const FEWEST_OF_LABEL: usize = 4;

/// Fewest characters of a date that is printed twice.
const FEWEST_TWICE: usize = 4;

/// So many characters of the second printing may stand on the next line.
const LEAST_SHORTER: usize = 4;

/// The cells of `piece`, at least one.
pub(super) fn cells(text: &Text, piece: Piece) -> Vec<Piece> {
    let plain = text.plain(piece.start, piece.end);
    let cuts = [label(&plain), values(&plain), twice(&plain)].into_iter().flatten().next().map(|cut| vec![cut]);
    let mut cuts = cuts.unwrap_or_else(|| levels(&plain));
    cuts.push(plain.chars().count());
    let mut start = 0;
    let part = |end: usize| {
        let first = start == 0;
        let part = Piece { start: piece.start + start, end: piece.start + end, ..piece };
        start = end;
        if first { part } else { Piece { leads: false, blanks_above: 0, page_start: false, ..part } }
    };
    cuts.into_iter().map(part).collect()
}

/// `项目负责人：张三`: behind the colon.
fn label(plain: &str) -> Option<usize> {
    if let Some(label) = body_label(plain).filter(|_| is_body(plain)) {
        let length = label.chars().count();
        return (length >= FEWEST_OF_LABEL && plain.chars().count() > length).then_some(length);
    }
    let (head, rest) = plain.split_once(':')?;
    let is_label = [Scope::Header, Scope::Foot].into_iter().any(|scope| find(scope, head).is_some());
    (is_label && !rest.is_empty()).then(|| head.chars().count() + 1)
}

/// The longest label of a body that `plain` begins with.
fn body_label(plain: &str) -> Option<&'static str> {
    let labels = vocab::spellings(Scope::Header).filter(|(_, label)| matches!(label, Label::Department | Label::Unit));
    labels.map(|(name, _)| name).filter(|name| plain.starts_with(name)).max_by_key(|name| name.len())
}

/// `≥7.00(次)9.00(次)`: in front of the second quantity, which counts the same.
fn values(plain: &str) -> Option<usize> {
    if !plain.starts_with(Comparator::SIGNS) {
        return None;
    }
    let chars: Vec<char> = plain.chars().collect();
    let begins = |at: &usize| {
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        digit(*at)
            && chars.get(at - 1).is_some_and(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '>' | '<' | '='))
    };
    let same_unit = |at: &usize| {
        let [first, second] = [chars.get(..*at), chars.get(*at..)]
            .map(|part| value::quantity(&part.unwrap_or_default().iter().collect::<String>()));
        first.unit.is_some() && first.unit == second.unit && second.comparator.is_none()
    };
    (2..chars.len()).filter(begins).find(same_unit)
}

/// `2023年3月-9月2023年3月-`: in front of what begins the same text again.
fn twice(plain: &str) -> Option<usize> {
    let chars: Vec<char> = plain.chars().collect();
    let again = |at: &usize| {
        let (first, second) = chars.split_at(*at);
        first.starts_with(second) && second.len() + LEAST_SHORTER >= first.len()
    };
    let from = (chars.len() / 2).max(FEWEST_TWICE);
    let dated = chars.first().is_some_and(char::is_ascii_digit) && plain.contains(['年', '月']);
    (from..chars.len().saturating_sub(FEWEST_TWICE) + 1).filter(|_| dated).find(again)
}

/// `效益指标生态效益指标生态环境改善`: behind the level 1, and behind the level 2 where its name is whole.
fn levels(plain: &str) -> Vec<usize> {
    let names = |scope| vocab::spellings(scope).map(|(name, _)| name).filter(|name| name.ends_with(NAME_END));
    let Some(rest) = names(Scope::Level1).find_map(|name| plain.strip_prefix(name)).filter(|rest| !rest.is_empty())
    else {
        return Vec::new();
    };
    let first = plain.chars().count() - rest.chars().count();
    let longest = names(Scope::Level2).filter(|name| rest.starts_with(name)).max_by_key(|name| name.len());
    match longest.and_then(|name| rest.strip_prefix(name)) {
        Some("") => vec![first],
        Some(name) => vec![first, plain.chars().count() - name.chars().count()],
        None => {
            let begun =
                rest.chars().count() >= FEWEST_OF_NAME && names(Scope::Level2).any(|name| name.starts_with(rest));
            if begun { vec![first] } else { Vec::new() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let pieces = text.pieces().into_iter().flat_map(|piece| cells(&text, piece));
        pieces.map(|piece| text.printed(piece.start, piece.end)).collect()
    }

    #[test]
    fn names_of_levels_and_what_is_glued_to_them_are_parted() {
        assert_eq!(parts("满意度指标服务对象满意"), ["满意度指标", "服务对象满意"]);
        assert_eq!(parts("效益指标生态效益指标候鸟数量"), ["效益指标", "生态效益指标", "候鸟数量"]);
        assert_eq!(parts("产出指标数量指标"), ["产出指标", "数量指标"]);
        for whole in ["产出指标完成率", "效益指标", "服务对象满意度指标", "满意度指标不"] {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn the_label_of_a_body_is_parted_from_its_name() {
        assert_eq!(parts("实施单位澄江市渡口管理所"), ["实施单位", "澄江市渡口管理所"]);
        for whole in ["实施单位", "主管部门及代码", "实施单位未按期完成验收"] {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn a_target_and_an_actual_that_count_the_same_are_parted() {
        assert_eq!(parts("≥7.00(次)9.00(次)"), ["≥7.00(次)", "9.00(次)"]);
        assert_eq!(parts("≥95%98.5%"), ["≥95%", "98.5%"]);
        assert_eq!(parts("2023年3月-9月2023年3月-"), ["2023年3月-9月", "2023年3月-"]);
        for whole in ["≥95%", "2023年3月-9月", "≥12次/3年", "=2023年12月", "7次9次"] {
            assert_eq!(parts(whole), [whole]);
        }
    }
}
