//! The page around the forms: head, summary, inputs that could not be read, findings between forms; rules and foot.

use jixiao_core::report::Summary;
use jixiao_core::rules::{CrossFinding, find_rule};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::form::one_remark;
use super::overview::{FormLine, Overview, Unread};
use super::{class, clean, rules, tag};

const STYLE: &str = include_str!("style.css");
const TITLE: &str = "项目支出绩效自评表审核报告";
/// More forms than this on one page are more than anybody reads through or prints.
const MANY_FORMS: usize = 300;

/// Everything before the first form.
#[must_use]
pub fn html_begin(overview: &Overview) -> String {
    let head = html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"zh-CN\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (TITLE) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body>"))
        a.skip href="#summary" { "跳到汇总" }
        header { h1 { (TITLE) } (verdict(overview)) }
        (PreEscaped("<main>"))
        (summary(overview))
        (unread(overview))
        (across(overview))
    };
    head.into_string()
}

/// Everything behind the last form; `version` is the program's.
#[must_use]
pub fn html_end(overview: &Overview, version: &str) -> String {
    let foot = html! {
        (rules::pages(overview.rules.keys().copied()))
        (PreEscaped("</main>"))
        footer { p { "由 jixiao " (version) " 生成。本报告是复核线索，不代替财政部门的认定。" } }
        (PreEscaped("</body></html>\n"))
    };
    foot.into_string()
}

fn verdict(overview: &Overview) -> Markup {
    let with_findings = overview.forms.iter().filter(|form| form.within.total() > 0).count();
    html! {
        p {
            "共审核 " (overview.forms.len()) " 张表，"
            @if with_findings == 0 { "各表没有发现问题" } @else { (with_findings) " 张有问题" }
            @if overview.between.total() > 0 { "，表与表之间有 " (overview.between.total()) " 个问题" }
            @if !overview.unread.is_empty() { "；有 " (overview.unread.len()) " 处没有读成" }
            "。"
        }
    }
}

fn summary(overview: &Overview) -> Markup {
    html! {
        section #summary aria-label="汇总" {
            h2 { "汇总" }
            (size_words(overview.forms.len()))
            (by_severity(overview))
            (by_rule(overview))
            (by_form(&overview.forms))
        }
    }
}

/// What helps with a page of very many forms.
fn size_words(forms: usize) -> Markup {
    html! {
        @if forms > MANY_FORMS {
            p {
                "本报告有 " (forms) " 张表，打印要用很多纸：可从「按表」点项目名称只看一张表，只打印需要的页；"
                "要筛选、排序问题，可改用 --format xlsx；也可以把输入分几次审核。"
            }
        }
    }
}

fn by_severity(overview: &Overview) -> Markup {
    let row = |name: &str, summary: Summary| {
        html! {
            tr {
                th scope="row" { (name) }
                td.count { (summary.error) } td.count { (summary.warning) } td.count { (summary.info) }
                td.count { (summary.total()) }
            }
        }
    };
    html! {
        h3 { "按级别" }
        table.list border="1" cellspacing="0" cellpadding="3" {
            thead { tr {
                th scope="col" { "范围" }
                @for word in ["错误", "警告", "提示", "合计"] { th.count scope="col" { (word) } }
            } }
            tbody { (row("各表之内", overview.within)) (row("表与表之间", overview.between)) }
        }
    }
}

fn by_rule(overview: &Overview) -> Markup {
    html! {
        @if !overview.rules.is_empty() {
            h3 { "按规则" }
            table.list border="1" cellspacing="0" cellpadding="3" {
                thead { tr {
                    th.code scope="col" { "规则" } th scope="col" { "说明" }
                    th.code scope="col" { "级别" } th.count scope="col" { "个数" }
                } }
                tbody {
                    @for (code, (severity, count)) in &overview.rules {
                        tr {
                            th.code scope="row" { a href={ "#rule-" (code) } { (code) } }
                            td { (find_rule(code).map(|rule| rule.title).unwrap_or_default()) }
                            td.code { (tag(*severity)) }
                            td.count { (count) }
                        }
                    }
                }
            }
        }
    }
}

fn by_form(forms: &[FormLine]) -> Markup {
    html! {
        h3 { "按表" }
        table.list border="1" cellspacing="0" cellpadding="3" {
            thead { tr {
                th.count scope="col" { "序号" } th scope="col" { "项目" } th.file scope="col" { "文件" }
                @for word in ["错误", "警告", "提示", "表间", "读取提醒"] { th.count scope="col" { (word) } }
            } }
            tbody { @for (number, form) in (1..).zip(forms) { (form_line(number, form)) } }
        }
    }
}

fn form_line(number: usize, form: &FormLine) -> Markup {
    let name = form.name.as_deref().unwrap_or("（没有项目名称）");
    html! {
        tr {
            td.count { (number) }
            th scope="row" { a href={ "#form-" (number) } { (clean(name)) } }
            td.file { (clean(&form.path)) "，第" (form.index + 1) "张表" }
            @for count in [form.within.error, form.within.warning, form.within.info, form.between, form.remarks] {
                td.count { (count) }
            }
        }
    }
}

fn unread(overview: &Overview) -> Markup {
    html! {
        @if !overview.unread.is_empty() || !overview.remarks.is_empty() {
            section #unread aria-label="没有读成的内容" {
                h2 { "没有读成的内容" }
                ul.findings {
                    @for unread in &overview.unread { (unread_input(unread)) }
                    @for (path, remark) in &overview.remarks { li { (clean(path)) ul.findings { (one_remark(remark, None)) } } }
                }
            }
        }
    }
}

fn unread_input(unread: &Unread) -> Markup {
    html! {
        li.error {
            p { (clean(&unread.what)) }
            dl { @for (word, text) in &unread.details { dt { (word) } dd { (clean(text)) } } }
        }
    }
}

fn across(overview: &Overview) -> Markup {
    let mut numbers = std::collections::HashMap::new();
    html! {
        @if !overview.across.is_empty() {
            section #across aria-label="表与表之间" {
                h2 { "表与表之间" }
                ul.findings {
                    @for found in &overview.across {
                        @let within = overview.forms.get(found.form).map_or(0, |form| form.within.total());
                        @let number = numbers.entry(found.form).and_modify(|number| *number += 1).or_insert(within + 1);
                        (cross_line(found, *number))
                    }
                }
            }
        }
    }
}

fn cross_line(found: &CrossFinding, number: usize) -> Markup {
    let finding = &found.finding;
    let name = found.project_name.as_deref().unwrap_or(&found.path);
    html! {
        li class=(class(finding.severity)) {
            p {
                (tag(finding.severity)) " " a href={ "#rule-" (finding.code) } { (finding.code) } " "
                "第 " (found.form + 1) " 张 " a href={ "#f" (found.form + 1) "-" (number) } { (clean(name)) } "："
                (clean(&finding.message))
            }
        }
    }
}
