//! The values of cells: numbers, amounts, rates, quantities, years. Combinators over folded text.

use jixiao_core::fold::{fold, fold_char, folded, is_blank};
use jixiao_core::{Actual, Comparator, Decimal, Target};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1, multispace0, one_of};
use nom::combinator::{all_consuming, map_res, not, opt, recognize, value};
use nom::multi::many1_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// The years a form may be about; other four-digit numbers before 年 are amounts of something.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The longest unit in characters: 元/平方米 and 个工作日 fit, a clause does not.
const LONGEST_UNIT: usize = 8;

/// Words that make what follows a number a statement about it, not a unit: 以上 gives a bound, 前 a date, 余 an
/// estimate, 完成 a result.
const NOT_IN_UNITS: &[&str] = &[
    "以上", "以下", "以内", "以前", "以后", "左右", "上下", "前", "后", "内", "底", "末", "余", "多", "约", "不", "未",
    "无", "已", "的", "为", "及", "和", "或", "达", "到", "完成", "实现", "覆盖", "合格", "保障", "提升", "增长",
];

/// What a cell says as a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quantity {
    /// The comparator, where one is printed.
    pub comparator: Option<Comparator>,
    /// The number.
    pub value: Option<Decimal>,
    /// The unit behind the number, as printed, brackets removed.
    pub unit: Option<String>,
}

/// The number that the whole of `text` is: any digit width, thousands separators, a sign; the printed scale is kept.
///
/// `None` for anything else: wrong grouping (`1,2,3`), two numbers, and numbers that [`Decimal`] does not hold exactly.
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    whole(printed_number, text)
}

/// An amount: a number with an optional unit 元 or 万元 behind it, in brackets or without.
#[must_use]
pub fn amount(text: &str) -> Option<Decimal> {
    whole(printed_amount, text)
}

/// A rate in percent: a number with an optional percent sign.
#[must_use]
pub fn percent(text: &str) -> Option<Decimal> {
    whole(printed_percent, text)
}

/// Points: a weight or score, with 分 or a percent sign behind it where a form prints one.
#[must_use]
pub fn points(text: &str) -> Option<Decimal> {
    whole(printed_points, text)
}

/// The quantity that the whole of `text` is; all `None` for a qualitative text (the comparator then stays `None` too).
#[must_use]
pub fn quantity(text: &str) -> Quantity {
    quantitative(text.trim()).unwrap_or_default()
}

/// The target that a cell prints; a blank cell is all `None`.
#[must_use]
pub fn target(text: &str) -> Target {
    if is_blank(text) {
        return Target::default();
    }
    let Quantity { comparator, value, unit } = quantity(text);
    Target { text: Some(text.trim().to_owned()), comparator, value, unit }
}

/// The actual that a cell prints; a blank cell is all `None`.
#[must_use]
pub fn actual(text: &str) -> Actual {
    if is_blank(text) {
        return Actual::default();
    }
    let Quantity { value, unit, .. } = quantity(text);
    Actual { text: Some(text.trim().to_owned()), value, unit }
}

/// The budget year in `（2022年度）`, `2022年度…` or `(2022 年度)`: the first four-digit number before 年 that can be
/// a year.
#[must_use]
pub fn year(text: &str) -> Option<i32> {
    let plain = fold(text);
    plain.match_indices('年').find_map(|(at, _)| year_before(plain.get(..at)?.trim_end()))
}

/// The four digits at the end of `text`, where they are a year and no longer number.
fn year_before(text: &str) -> Option<i32> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(before.len()..).filter(|digits| digits.len() == 4)?;
    digits.parse().ok().filter(|year| YEARS.contains(year))
}

/// What `parser` makes of the whole of `text`, folded, white space at the ends aside.
fn whole<O>(parser: fn(&str) -> IResult<&str, O>, text: &str) -> Option<O> {
    let printed = text.trim();
    if !begins_number(printed) {
        return None;
    }
    let plain = folded(printed);
    let (_, output) = all_consuming(parser).parse(&plain).ok()?;
    Some(output)
}

/// False for most texts that are no number: they are known by their first character.
fn begins_number(printed: &str) -> bool {
    printed.chars().next().map(fold_char).is_some_and(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
}

fn printed_number(input: &str) -> IResult<&str, Decimal> {
    let digits = (opt(one_of("+-")), alt((grouped_digits, digit1)), opt((char('.'), digit1)));
    map_res(recognize(digits), exact_decimal).parse(input)
}

/// Digits in groups of three: `7,475,846`.
fn grouped_digits(input: &str) -> IResult<&str, &str> {
    let group = (char(','), take_while_m_n(3, 3, |c: char| c.is_ascii_digit()));
    let head = take_while_m_n(1, 3, |c: char| c.is_ascii_digit());
    terminated(recognize((head, many1_count(group))), not(digit1)).parse(input)
}

/// The decimal with the printed scale; an error instead of a rounded number.
fn exact_decimal(digits: &str) -> Result<Decimal, rust_decimal::Error> {
    if digits.contains(',') {
        Decimal::from_str_exact(&digits.replace(',', ""))
    } else {
        Decimal::from_str_exact(digits)
    }
}

fn printed_amount(input: &str) -> IResult<&str, Decimal> {
    terminated(printed_number, opt(preceded(multispace0, alt((money_unit, bracketed_money_unit))))).parse(input)
}

fn money_unit(input: &str) -> IResult<&str, &str> {
    alt((tag("万元"), tag("元"))).parse(input)
}

fn bracketed_money_unit(input: &str) -> IResult<&str, &str> {
    delimited(char('('), money_unit, char(')')).parse(input)
}

fn printed_percent(input: &str) -> IResult<&str, Decimal> {
    terminated(printed_number, opt((multispace0, char('%')))).parse(input)
}

fn printed_points(input: &str) -> IResult<&str, Decimal> {
    terminated(printed_number, opt((multispace0, one_of("分%")))).parse(input)
}

fn comparator(input: &str) -> IResult<&str, Comparator> {
    alt((
        value(Comparator::AtLeast, alt((tag("≥"), tag(">=")))),
        value(Comparator::AtMost, alt((tag("≤"), tag("<=")))),
        value(Comparator::Greater, tag(">")),
        value(Comparator::Less, tag("<")),
        value(Comparator::Equal, tag("=")),
    ))
    .parse(input)
}

/// The quantity that `printed` is from end to end.
fn quantitative(printed: &str) -> Option<Quantity> {
    let compares = printed.chars().next().map(fold_char).is_some_and(|c| Comparator::SIGNS.contains(&c));
    if !compares && !begins_number(printed) {
        return None;
    }
    let plain = folded(printed);
    let mut head = (opt(terminated(comparator, multispace0)), printed_number);
    let (rest, (comparator, value)) = head.parse(&*plain).ok()?;
    let unit = last_characters(printed, rest.chars().count()).trim();
    let unit = if unit.is_empty() { None } else { Some(unit_name(unit)?) };
    Some(Quantity { comparator, value: Some(value), unit })
}

/// The last `count` characters of `text`. Folding keeps the number of characters, so what is left of a folded text is
/// that much of the printed one.
fn last_characters(text: &str, count: usize) -> &str {
    let start =
        count.checked_sub(1).and_then(|last| text.char_indices().rev().nth(last)).map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// The unit in `printed`, brackets around it removed, if it can be one: short, without digits or sentence marks, and not
/// a statement about the number.
fn unit_name(printed: &str) -> Option<String> {
    let name = without_brackets(printed);
    let plain = fold(name);
    let unit = !plain.is_empty()
        && plain.chars().count() <= LONGEST_UNIT
        && plain.chars().all(is_unit_char)
        && is_only_percent(&plain)
        && !is_date(&plain)
        && !NOT_IN_UNITS.iter().any(|word| plain.contains(word));
    unit.then(|| name.to_owned())
}

/// `printed` without one pair of round brackets around all of it.
fn without_brackets(printed: &str) -> &str {
    printed.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）'])).map_or(printed, str::trim)
}

/// Letters, the signs of compound units, and brackets as in 台（套）.
fn is_unit_char(c: char) -> bool {
    matches!(c, '%' | '‰' | '/' | '·' | '°' | '℃' | '(' | ')' | '²' | '³') || (c.is_alphabetic() || is_unit_symbol(c))
}

/// Units that are one sign, such as ㎡ and ㎞.
const fn is_unit_symbol(c: char) -> bool {
    matches!(c, '\u{3380}'..='\u{33df}')
}

/// True where the number before `unit` is a month or day: `9月投用` is a date, 9年 and 9月 may be spans.
fn is_date(unit: &str) -> bool {
    let rest = unit.strip_prefix(['年', '月', '日', '号']);
    rest.is_some_and(|rest| rest.chars().next().is_some_and(char::is_alphabetic))
}

/// True unless a percent sign is followed by words: `98%以上` and `100%建成` are statements.
fn is_only_percent(unit: &str) -> bool {
    let mut parts = unit.splitn(2, ['%', '‰']);
    match (parts.next(), parts.next()) {
        (Some(before), Some(after)) => before.is_empty() && (after.is_empty() || after.starts_with('/')),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Option<Decimal> {
        Some(Decimal::from_str_exact(text).unwrap())
    }

    fn read(text: &str) -> (Option<&'static str>, Option<String>, Option<String>) {
        let Quantity { comparator, value, unit } = quantity(text);
        (comparator.map(Comparator::sign), value.map(|value| value.to_string()), unit)
    }

    #[test]
    fn numbers_keep_their_scale() {
        for (text, expected) in [
            ("552000.00", "552000.00"),
            ("348,646", "348646"),
            ("7,475,846.5", "7475846.5"),
            (" １２．５０ ", "12.50"),
            ("-3", "-3"),
            ("0", "0"),
        ] {
            assert_eq!(number(text).map(|number| number.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_but_one_number_is_refused() {
        for text in ["", "1,2,3", "12,34", "1,2345", "1 2", "1.2.3", "12期", "一", ".", "5.", "1,234,56", "--1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_the_exact_range_are_refused() {
        assert_eq!(number(&"9".repeat(40)), None);
        assert_eq!(number(&format!("0.{}1", "0".repeat(30))), None);
        assert!(number(&"9".repeat(28)).is_some());
    }

    #[test]
    fn amounts_and_rates_drop_their_unit() {
        assert_eq!(amount("3687.20万元"), decimal("3687.20"));
        assert_eq!(amount("3,687 （元）"), decimal("3687"));
        assert_eq!(amount("3687.20吨"), None);
        assert_eq!(percent("98.12％"), decimal("98.12"));
        assert_eq!(percent("0.939"), decimal("0.939"));
        assert_eq!(percent("98%%"), None);
        assert_eq!(points("9.50 分"), decimal("9.50"));
        assert_eq!(points("9.50优"), None);
    }

    #[test]
    fn quantities_have_one_number_and_at_most_one_unit() {
        for (text, sign, value, unit) in [
            ("≥200.00(条)", Some("≥"), "200.00", Some("条")),
            ("=100%", Some("="), "100", Some("%")),
            ("﹦100％", Some("="), "100", Some("％")),
            (">=300人次", Some("≥"), "300", Some("人次")),
            ("＞＝ 90 ％", Some("≥"), "90", Some("％")),
            ("≦5‰", Some("≤"), "5", Some("‰")),
            ("12期", None, "12", Some("期")),
            ("≥4,500万元", Some("≥"), "4500", Some("万元")),
            ("<21个工作日", Some("<"), "21", Some("个工作日")),
            ("≥6台（套）", Some("≥"), "6", Some("台（套）")),
            ("＞8", Some(">"), "8", None),
            ("40㎡", None, "40", Some("㎡")),
        ] {
            let expected = (sign, Some(value.to_owned()), unit.map(str::to_owned));
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_qualitative() {
        for text in [
            "制度齐全",
            "2023年12月底前",
            "98%以上",
            "12月底",
            "9月投用",
            "30余次",
            "签约2-4家",
            "每亩补贴86元",
            "不低于99%",
            "支付87%",
            "100%建成",
            "5次，其中补办1次",
            "1:1",
            "2023.12.25",
            "≥",
            "≥按期完成",
        ] {
            assert_eq!(quantity(text), Quantity::default(), "{text}");
        }
    }

    #[test]
    fn blank_cells_have_no_text() {
        assert_eq!(target(" — "), Target::default());
        assert_eq!(actual("/"), Actual::default());
        assert_eq!(actual(" ≥430米 ").text.as_deref(), Some("≥430米"));
        assert_eq!(actual("≥430米").value, decimal("430"));
    }

    #[test]
    fn years_stand_before_the_word_for_year() {
        for text in ["（2022年度）", "(2022 年度)", "（２０２２年）", "2022年度项目支出绩效自评表", "附件12022：2022年"]
        {
            assert_eq!(year(text), Some(2022), "{text}");
        }
        for text in ["", "2022", "12022年", "1889年", "年度", "22年"] {
            assert_eq!(year(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}") {
            let _ = (number(&text), amount(&text), percent(&text), year(&text), target(&text), actual(&text));
        }

        #[test]
        fn grouping_does_not_change_a_number(whole in 0_u64..10_000_000_000, cents in 0_u8..100) {
            let mut grouped = String::new();
            let digits = whole.to_string();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let plain = number(&format!("{whole}.{cents:02}"));
            prop_assert!(plain.is_some());
            prop_assert_eq!(number(&format!("{grouped}.{cents:02}")), plain);
        }
    }
}
