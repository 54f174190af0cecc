//! Findings in words: what is wrong, on what evidence, on what basis.

use jixiao_core::Place;
use jixiao_core::report::{elsewhere_words, notes};
use jixiao_core::rules::{CrossFinding, Elsewhere, Finding};
use maud::{Markup, html};

use super::{class, clean, tag};

/// Where a finding stands in the report.
#[derive(Clone, Copy)]
pub(super) struct Number {
    /// The form, from 1.
    pub(super) form: usize,
    /// The finding within the form, from 1.
    pub(super) finding: usize,
    /// True where a cell of the table is marked with it.
    pub(super) marked: bool,
}

/// One finding of a form; `source` is where its field stands in the input.
pub(super) fn item(finding: &Finding, number: Number, source: Markup, elsewhere: Markup) -> Markup {
    html! {
        li class=(class(finding.severity)) id={ "f" (number.form) "-" (number.finding) } {
            p {
                (tag(finding.severity)) " " (number.finding) ". "
                a href={ "#rule-" (finding.code) } { (finding.code) } " " (clean(&finding.message))
                @if number.marked { " " a.back href={ "#c" (number.form) "-" (number.finding) } { "看表格" } }
            }
            dl {
                @for (word, text) in notes(finding) {
                    dt { (word) }
                    dd { (clean(&text)) @if word == "位置" { (source) } }
                    @if word == "位置" { (elsewhere) }
                }
            }
        }
    }
}

/// Where something is printed: a link to its page where the original, at the address given, has pages.
pub(super) fn printed_at(place: &Place, original: Option<&str>) -> Markup {
    let words = clean(&place.to_string());
    let page = original.zip(place.first_page());
    html! {
        "（原文"
        @if let Some((original, page)) = page { a href={ (original) "#page=" (page) } { (words) } } @else { (words) }
        "）"
    }
}

/// The other forms that a finding rests on, as further evidence.
pub(super) fn elsewhere(found: &CrossFinding) -> Markup {
    let more = found.elsewhere_count.saturating_sub(found.elsewhere.len());
    html! {
        dt { "对照" }
        dd {
            @for place in &found.elsewhere { div { (other_form(place)) } }
            @if more > 0 { div { "另有 " (more) " 张表没有列出" } }
        }
    }
}

fn other_form(place: &Elsewhere) -> Markup {
    let words = clean(&elsewhere_words(place));
    html! {
        @match place.form {
            Some(form) => a href={ "#form-" (form + 1) } { (words) },
            None => { "上年：" (words) }
        }
    }
}
