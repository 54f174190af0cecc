//! One remark with the line of the input it speaks of, the spot marked.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use jixiao_core::{Place, Severity, TextSpan};

use super::{place_words, printable};
use crate::messages::show;
use crate::source::{Excerpt, Source};

/// What a remark says.
pub(super) struct Remark<'a> {
    pub(super) severity: Severity,
    pub(super) code: &'a str,
    pub(super) message: &'a str,
    /// Further lines, each behind its word.
    pub(super) notes: Vec<(&'static str, String)>,
}

/// Where a remark belongs.
pub(super) struct Spot<'a> {
    pub(super) path: &'a str,
    /// The text of the input, where there is one to show.
    pub(super) source: Option<&'a Source>,
    /// The pieces of the field.
    pub(super) places: &'a [Place],
}

/// The remark as lines of text, with a final line end.
pub(super) fn render(remark: &Remark<'_>, spot: &Spot<'_>, color: bool) -> String {
    let path = printable(&show(std::path::Path::new(spot.path)));
    let title = level(remark.severity).primary_title(remark.message).id(remark.code);
    let group = located(Group::with_title(title), spot, &path);
    let notes = remark.notes.iter().map(|(word, text)| Level::NOTE.with_name(*word).message(text));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group.elements(notes)]) + "\n"
}

/// The word stands for the severity; the colour only repeats it.
fn level(severity: Severity) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    level.with_name(severity.label())
}

fn located<'a>(group: Group<'a>, spot: &Spot<'a>, path: &str) -> Group<'a> {
    let spans: Vec<TextSpan> = spot.places.iter().filter_map(text_span).collect();
    match spot.source.and_then(|source| source.excerpt(&spans)) {
        Some(excerpt) => group.element(snippet(excerpt, path)),
        None => group.element(Origin::path(origin(spot.places, path))),
    }
}

fn snippet<'a>(excerpt: Excerpt<'a>, path: &str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marks = excerpt.marks.into_iter().enumerate().map(|(number, mark)| {
        let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark)
    });
    Snippet::source(excerpt.text).line_start(excerpt.first_line).path(path.to_owned()).fold(true).annotations(marks)
}

/// The place in words, where there is no text to show: `a.xlsx 工作表「表1」H6`.
fn origin(places: &[Place], path: &str) -> String {
    match places.first() {
        Some(place) => format!("{path} {}", place_words(place)),
        None => path.to_owned(),
    }
}

const fn text_span(place: &Place) -> Option<TextSpan> {
    match place {
        Place::Text(span) => Some(*span),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, places: &[Place]) -> String {
        let source = Source::new(text.to_owned());
        let remark = Remark {
            severity: Severity::Error,
            code: "F105",
            message: "得分 10 与应得的 9.5 不符",
            notes: vec![("依据", "财预〔2020〕10号".to_owned())],
        };
        render(&remark, &Spot { path: "表.txt", source: Some(&source), places }, false)
    }

    #[test]
    fn the_mark_stands_under_wide_characters() {
        let text = "标题\n年度资金总额 １００\t𠀀 10 95% 10.00\n";
        insta::assert_snapshot!(shown(text, &[Place::Text(TextSpan::in_line(2, 19, 23))]), @r"
        错误[F105]: 得分 10 与应得的 9.5 不符
         --> 表.txt:2:19
          |
        2 | 年度资金总额 １００    𠀀 10 95% 10.00
          |                                ^^^^^
          |
          = 依据: 财预〔2020〕10号
        ");
    }

    #[test]
    fn every_piece_of_a_wrapped_cell_is_marked() {
        let text = "甲 未完成原 10\n乙\n  因分析 9\n";
        let places = [Place::Text(TextSpan::in_line(1, 3, 6)), Place::Text(TextSpan::in_line(3, 3, 5))];
        insta::assert_snapshot!(shown(text, &places), @r"
        错误[F105]: 得分 10 与应得的 9.5 不符
         --> 表.txt:1:3
          |
        1 | 甲 未完成原 10
          |    ^^^^^^^^
        2 | 乙
        3 |   因分析 9
          |   ------
          |
          = 依据: 财预〔2020〕10号
        ");
    }

    #[test]
    fn a_cell_of_a_workbook_is_named() {
        let place = Place::Sheet { sheet: "表1".to_owned(), range: "H6".to_owned() };
        insta::assert_snapshot!(shown("", &[place]), @r"
        错误[F105]: 得分 10 与应得的 9.5 不符
        --> 表.txt 工作表「表1」H6
         = 依据: 财预〔2020〕10号
        ");
    }
}
