//! Markup of Markdown that would be read as text.

use jixiao_core::vocab::is_title;

/// Blanks the markup of `chars` out: tags for line ends, and what marks a form's title as a heading. Says where it stood.
pub(crate) fn blank_out(chars: &mut [char]) -> Vec<usize> {
    let mut marks = tags(chars);
    marks.extend(title_marks(chars));
    for mark in &marks {
        if let Some(c) = chars.get_mut(*mark) {
            *c = ' ';
        }
    }
    marks
}

/// The tags that tables in Markdown hold where a cell's line ends: such a table has no other way to write it.
const LINE_END_TAGS: [&str; 3] = ["<br>", "<br/>", "<br />"];

/// The characters of the tags.
fn tags(chars: &[char]) -> Vec<usize> {
    let mut tags = Vec::new();
    for start in 0..chars.len() {
        let rest = chars.get(start..).unwrap_or_default();
        if rest.first() != Some(&'<') {
            continue;
        }
        let is =
            |tag: &&&str| rest.len() >= tag.len() && rest.iter().zip(tag.chars()).all(|(one, other)| *one == other);
        let Some(tag) = LINE_END_TAGS.iter().find(is) else { continue };
        tags.extend(start..start + tag.len());
    }
    tags
}

/// The longest line that may be a title, its marks included.
const LONGEST_TITLE: usize = 100;

const MARKS: [char; 3] = ['#', '*', '_'];

/// The marks of `# 项目支出绩效自评表` and `**项目支出绩效自评表**`: around a title, and nowhere else, they are no text.
fn title_marks(chars: &[char]) -> Vec<usize> {
    let mut marks = Vec::new();
    let mut start = 0;
    for line in chars.split(|c| matches!(c, '\n' | '\r')) {
        let marked = line.len() <= LONGEST_TITLE && line.iter().find(|c| **c != ' ').is_some_and(|c| MARKS.contains(c));
        if marked {
            marks.extend(around_title(line).into_iter().flatten().map(|at| start + at));
        }
        start += line.len() + 1;
    }
    marks
}

/// The places of the marks in front of the title that `line` holds, and of those behind it.
fn around_title(line: &[char]) -> [Vec<usize>; 2] {
    let text = |at: &usize| line.get(*at).is_some_and(|c| !MARKS.contains(c) && !c.is_whitespace());
    let (first, last) = ((0..line.len()).find(text), (0..line.len()).rev().find(text));
    let Some((first, last)) = first.zip(last) else { return Default::default() };
    let printed: String = line.get(first..=last).unwrap_or_default().iter().collect();
    if !is_title(&printed) {
        return Default::default();
    }
    let mark = |at: &usize| line.get(*at).is_some_and(|c| MARKS.contains(c));
    [(0..first).filter(mark).collect(), (last..line.len()).filter(mark).collect()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanked(text: &str) -> (String, usize) {
        let mut chars: Vec<char> = text.chars().collect();
        let marks = blank_out(&mut chars);
        (chars.into_iter().collect(), marks.len())
    }

    #[test]
    fn marks_of_a_title_are_blanked_out() {
        assert_eq!(blanked("## 项目支出绩效自评表\n甲"), ("   项目支出绩效自评表\n甲".to_owned(), 2));
        assert_eq!(blanked("甲\r\n **项目支出绩效自评表**"), ("甲\r\n   项目支出绩效自评表  ".to_owned(), 4));
    }

    #[test]
    fn marks_elsewhere_are_text() {
        for text in ["# 楼外墙", "*注：按实际填写", "3#锅炉\n#4锅炉", "**", ""] {
            assert_eq!(blanked(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn tags_for_line_ends_are_blanked_out() {
        assert_eq!(blanked("甲<br/>乙<b>"), ("甲     乙<b>".to_owned(), 5));
    }
}
