//! Reading a profile from TOML: numbers stay the exact decimals that are written, and every error names its line.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ExecutionBasis, Grades, Profile, Reverse, Weights};
use crate::rules::{Selection, find_rule};
use crate::{Grade, Severity};

/// Why a text is no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text is no TOML.
    #[error("第 {line} 行：不是合法的 TOML（{cause}），请对照 mof-2020 检查引号、等号和方括号")]
    Syntax {
        /// 1-based line.
        line: usize,
        /// What the TOML reader says.
        cause: String,
    },
    /// A key that no profile has.
    #[error("第 {line} 行：没有「{key}」这个参数，可用的是：{known}")]
    UnknownKey {
        /// 1-based line.
        line: usize,
        /// The key with the table it stands in.
        key: String,
        /// The keys that could stand there.
        known: String,
    },
    /// A value that does not fit its key.
    #[error("第 {line} 行：参数「{key}」应为{expected}")]
    BadValue {
        /// 1-based line.
        line: usize,
        /// The key with the table it stands in.
        key: String,
        /// What belongs there.
        expected: String,
    },
}

type Read<T> = Result<T, ProfileError>;
type Value<'a> = Spanned<DeValue<'a>>;

const KEYS: [&str; 13] = [
    "name",
    "description",
    "execution_basis",
    "execution_rate_floor",
    "budget_adjustment",
    "amount_tolerance",
    "over_attainment",
    "reverse",
    "qualitative_bands",
    "copied_text_length",
    "weights",
    "grades",
    "rules",
];

/// Reads a profile over the defaults of `mof-2020`.
pub(super) fn profile(text: &str) -> Read<Profile> {
    let reader = Reader { text };
    let table = DeTable::parse(text).map_err(|error| reader.syntax(&error))?;
    let name = "自定义".to_owned();
    let mut profile = Profile { name: name.clone(), description: name, ..Profile::default() };
    for (key, value) in table.get_ref() {
        reader.set(&mut profile, key, value)?;
    }
    Ok(profile)
}

struct Reader<'a> {
    text: &'a str,
}

/// A value with the dotted name of its key.
#[derive(Clone, Copy)]
struct Item<'a> {
    key: &'a str,
    value: &'a Value<'a>,
}

impl<'a> Reader<'a> {
    fn set(&self, profile: &mut Profile, key: &Spanned<std::borrow::Cow<'_, str>>, value: &'a Value<'a>) -> Read<()> {
        let name = key.get_ref().as_ref();
        let item = Item { key: name, value };
        match name {
            "name" => profile.name = self.text(item)?,
            "description" => profile.description = self.text(item)?,
            "execution_basis" => profile.execution_basis = self.execution_basis(item)?,
            "execution_rate_floor" => profile.execution_rate_floor = self.percent(item)?,
            "budget_adjustment" => profile.budget_adjustment = self.number(item)?,
            "amount_tolerance" => profile.amount_tolerance = self.number(item)?,
            "over_attainment" => profile.over_attainment = self.number(item)?,
            "reverse" => profile.reverse = self.reverse(item)?,
            "qualitative_bands" => profile.qualitative_bands = self.bands(item)?,
            "copied_text_length" => profile.copied_text_length = self.count(item)?,
            "weights" => profile.weights = self.weights(item)?,
            "grades" => profile.grades = self.grades(item, &profile.grades)?,
            "rules" => self.rules(item, profile)?,
            _ => return Err(self.unknown(&key.span(), name.to_owned(), &KEYS)),
        }
        Ok(())
    }

    fn execution_basis(&self, item: Item<'_>) -> Read<ExecutionBasis> {
        self.one_of(item, &ExecutionBasis::ALL.map(|basis| (basis.name(), basis)))
    }

    fn reverse(&self, item: Item<'_>) -> Read<Reverse> {
        self.one_of(item, &Reverse::ALL.map(|reverse| (reverse.name(), reverse)))
    }

    fn weights(&self, item: Item<'_>) -> Read<Weights> {
        let keys = ["execution", "产出指标", "效益指标", "满意度指标"];
        let [execution, output, benefit, satisfaction] = self.numbers(item, keys)?;
        Ok(Weights { execution, output, benefit, satisfaction })
    }

    fn grades(&self, item: Item<'_>, base: &Grades) -> Read<Grades> {
        let keys = [Grade::Excellent, Grade::Good, Grade::Fair].map(Grade::label);
        let [excellent, good, fair] = self.numbers(item, keys)?;
        let grades = Grades {
            excellent: excellent.unwrap_or(base.excellent),
            good: good.unwrap_or(base.good),
            fair: fair.unwrap_or(base.fair),
        };
        if grades.excellent > grades.good && grades.good > grades.fair {
            Ok(grades)
        } else {
            Err(self.bad(item, "由高到低的分数：优高于良，良高于中"))
        }
    }

    fn rules(&self, item: Item<'a>, profile: &mut Profile) -> Read<()> {
        for (key, value) in self.table(item)? {
            let name = format!("{}.{}", item.key, key.get_ref());
            let inner = Item { key: &name, value };
            match key.get_ref().as_ref() {
                "select" => profile.selection.select = self.prefixes(inner)?,
                "ignore" => profile.selection.ignore = self.prefixes(inner)?,
                "severity" => profile.severity = self.severities(inner)?,
                _ => return Err(self.unknown(&key.span(), name, &["select", "ignore", "severity"])),
            }
        }
        Ok(())
    }

    fn prefixes(&self, item: Item<'_>) -> Read<Vec<String>> {
        let expected = "规则代码或其开头的列表，如 [\"F1\", \"S301\"]";
        let values = item.value.get_ref().as_array().ok_or_else(|| self.bad(item, expected))?;
        let prefix = |value: &Value<'_>| {
            let prefix = value.get_ref().as_str().filter(|prefix| Selection::is_prefix(prefix));
            prefix.map(str::to_owned).ok_or_else(|| self.bad_at(&value.span(), item.key, expected))
        };
        values.iter().map(prefix).collect()
    }

    fn severities(&self, item: Item<'_>) -> Read<BTreeMap<String, Severity>> {
        let names = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity.name(), severity));
        let mut severities = BTreeMap::new();
        for (key, value) in self.table(item)? {
            let name = format!("{}.{}", item.key, key.get_ref());
            let Some(rule) = find_rule(key.get_ref()) else {
                return Err(self.unknown(&key.span(), name, &["规则代码，如 F106"]));
            };
            severities.insert(rule.code.to_owned(), self.one_of(Item { key: &name, value }, &names)?);
        }
        Ok(severities)
    }

    fn bands(&self, item: Item<'_>) -> Read<[Decimal; 2]> {
        let values = item.value.get_ref().as_array();
        let numbers: Option<Vec<_>> = values.and_then(|values| values.iter().map(decimal).collect());
        match numbers.as_deref() {
            Some([high, low]) if *high <= Decimal::ONE_HUNDRED && high > low && *low >= Decimal::ZERO => {
                Ok([*high, *low])
            }
            _ => Err(self.bad(item, "两个由高到低、在 0 与 100 之间的数，如 [80, 60]")),
        }
    }

    /// The values of a table of numbers, which may leave keys out.
    fn numbers<const N: usize>(&self, item: Item<'_>, keys: [&str; N]) -> Read<[Option<Decimal>; N]> {
        let mut numbers = [None; N];
        for (key, value) in self.table(item)? {
            let name = format!("{}.{}", item.key, key.get_ref());
            match keys.iter().zip(&mut numbers).find(|(known, _)| *known == key.get_ref()) {
                Some((_, number)) => *number = Some(self.number(Item { key: &name, value })?),
                None => return Err(self.unknown(&key.span(), name, &keys)),
            }
        }
        Ok(numbers)
    }

    fn table<'b>(&self, item: Item<'b>) -> Read<&'b DeTable<'b>> {
        item.value.get_ref().as_table().ok_or_else(|| self.bad(item, "一张表，写作方括号内的标题"))
    }

    fn text(&self, item: Item<'_>) -> Read<String> {
        let text = item.value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| self.bad(item, "引号内的文字"))
    }

    fn number(&self, item: Item<'_>) -> Read<Decimal> {
        let number = decimal(item.value).filter(|number| *number >= Decimal::ZERO);
        number.ok_or_else(|| self.bad(item, "不小于 0 的数"))
    }

    fn count(&self, item: Item<'_>) -> Read<usize> {
        let whole = self.number(item)?.normalize().to_string();
        whole.parse().map_err(|_| self.bad(item, "不小于 0 的整数"))
    }

    fn percent(&self, item: Item<'_>) -> Read<Decimal> {
        let number = self.number(item)?;
        if number <= Decimal::ONE_HUNDRED {
            Ok(number)
        } else {
            Err(self.bad(item, "百分数，在 0 与 100 之间"))
        }
    }

    fn one_of<T: Copy>(&self, item: Item<'_>, names: &[(&str, T)]) -> Read<T> {
        let written = item.value.get_ref().as_str();
        let found = names.iter().find(|(name, _)| Some(*name) == written).map(|(_, value)| *value);
        found.ok_or_else(|| {
            let names: Vec<String> = names.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.bad(item, &format!("以下之一：{}", names.join("、")))
        })
    }

    fn syntax(&self, error: &toml::de::Error) -> ProfileError {
        let line = error.span().map_or(1, |span| self.line(&span));
        ProfileError::Syntax { line, cause: error.message().to_owned() }
    }

    fn unknown(&self, span: &Range<usize>, key: String, known: &[&str]) -> ProfileError {
        ProfileError::UnknownKey { line: self.line(span), key, known: known.join("、") }
    }

    fn bad(&self, item: Item<'_>, expected: &str) -> ProfileError {
        self.bad_at(&item.value.span(), item.key, expected)
    }

    fn bad_at(&self, span: &Range<usize>, key: &str, expected: &str) -> ProfileError {
        ProfileError::BadValue { line: self.line(span), key: key.to_owned(), expected: expected.to_owned() }
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// The number as written, never passed through a binary float.
fn decimal(value: &Value<'_>) -> Option<Decimal> {
    let written = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        DeValue::String(number) => number.as_ref(),
        _ => return None,
    };
    Decimal::from_str_exact(written).ok()
}
