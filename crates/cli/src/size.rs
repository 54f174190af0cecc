//! Sizes of files as people write and read them: `512M`, `2G`.

use crate::messages::Problem;

/// The largest input read unless the user says otherwise. A form has a few kilobytes and a yearbook of thousands of
/// them some megabytes; anything larger is hardly what was meant, and must not fill the memory.
pub(crate) const DEFAULT: &str = "256M";

const UNITS: [(char, u32); 3] = [('G', 30), ('M', 20), ('K', 10)];

/// Bytes from digits and an optional unit; `2G`, `512MB` and `1024` are sizes.
pub(crate) fn parse(text: &str) -> Result<u64, Problem> {
    let wrong = || Problem::new("应为大于 0 的整数，可带单位 K、M、G，如 512M");
    let upper = text.trim().to_ascii_uppercase();
    let plain = upper.strip_suffix('B').unwrap_or(&upper);
    let (digits, shift) =
        UNITS.iter().find_map(|(unit, shift)| Some((plain.strip_suffix(*unit)?, *shift))).unwrap_or((plain, 0));
    let number: u64 = digits.trim().parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

/// A size in the largest unit that shows it exactly.
pub(crate) fn words(bytes: u64) -> String {
    let exact = UNITS.iter().find(|(_, shift)| bytes.is_multiple_of(1 << shift) && bytes > 0);
    exact.map_or_else(|| format!("{bytes} B"), |(unit, shift)| format!("{} {unit}B", bytes >> shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        let sizes = ["1024", "1K", "3kb", "512M", "2 G"].map(|text| parse(text).unwrap());
        assert_eq!(sizes, [1024, 1024, 3072, 512 << 20, 2 << 30]);
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in ["", "0", "-1", "M", "1T", "99999999999G", "1.5M"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_size_is_told_in_its_largest_exact_unit() {
        assert_eq!([1 << 30, 3 << 20, 1025].map(words), ["1 GB", "3 MB", "1025 B"]);
    }
}
