//! The pages of the rules that found something, so that the report explains itself.

use jixiao_core::rules::{RuleInfo, find_rule};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// A section with the pages of the rules of `codes`.
pub(super) fn pages(codes: impl Iterator<Item = &'static str>) -> Markup {
    let rules: Vec<&RuleInfo> = codes.filter_map(find_rule).collect();
    html! {
        @if !rules.is_empty() {
            section #rules aria-label="规则说明" {
                h2 { "规则说明" }
                @for rule in rules { div.rule id={ "rule-" (rule.code) } { (page(rule)) } }
            }
        }
    }
}

/// The page is Markdown of ours; its headings go below the headings of the report.
fn page(rule: &RuleInfo) -> Markup {
    let events = Parser::new(rule.page).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        other => other,
    });
    let mut text = String::new();
    pulldown_cmark::html::push_html(&mut text, events);
    PreEscaped(text)
}

const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}
