//! What holds for any input: reading never panics, and nothing that is printed is lost.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;
mod conservation;

use std::sync::LazyLock;

use common::{files, text_of};
use conservation::lost;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| files(&["txt"]).iter().map(|path| text_of(path)).collect());

/// What forms are made of, and what is put between.
const WORDS: [&str; 53] = [
    "财政项目支出绩效自评表",
    "（2023年度）",
    "项目名称",
    "主管部门",
    "实施单位",
    "项目资金",
    "（万元）",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
    "年度资金总额",
    "其中：当年财政拨款",
    "上年结转资金",
    "年度总体目标",
    "预期目标",
    "实际完成情况",
    "绩",
    "效",
    "指",
    "标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "偏差原因分析及改进措施",
    "产出指标",
    "数量指标",
    "效益指标",
    "社会效益指标",
    "满意度指标",
    "总分",
    "评分等级",
    "优",
    "≥95%",
    ">=12次",
    "100.00%",
    "10",
    "7.5",
    "—",
    "潮汐",
    "：",
    "\n",
    "\n\n",
    " ",
    " | ",
    " |\n",
    " | |||\n",
    "\t",
    "\"",
];

#[test]
fn nothing_of_a_fixture_is_lost() {
    for path in files(&["txt"]) {
        let lost = lost(&text_of(&path));
        assert!(lost.is_empty(), "{}:\n{}", path.display(), lost.join("\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Seeds of failures are committed beside this file, so that a loss once found stays tested.
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_of_any_text_is_lost(text in any::<String>()) {
        prop_assert_eq!(lost(&text), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_labels_in_any_order_is_lost(words in prop::collection::vec(select(&WORDS[..]), 0..200)) {
        prop_assert_eq!(lost(&words.concat()), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_cut_document_is_lost(document in select(&TEXTS[..]), ends in any::<[Index; 2]>()) {
        prop_assert_eq!(lost(&cut(&document, ends)), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_shuffled_document_is_lost(
        document in select(&TEXTS[..]),
        swaps in prop::collection::vec(any::<[Index; 2]>(), 1..60),
    ) {
        prop_assert_eq!(lost(&shuffled(&document, &swaps)), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_damaged_document_is_lost(
        document in select(&TEXTS[..]),
        damage in prop::collection::vec((any::<Index>(), any::<char>()), 1..20),
    ) {
        prop_assert_eq!(lost(&damaged(&document, &damage)), Vec::<String>::new());
    }

    #[test]
    fn any_bytes_decode_and_read(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let text = jixiao_parser::decode(&bytes).text;
        prop_assert_eq!(lost(&text), Vec::<String>::new());
    }
}

/// `document` from one of `ends` to the other.
fn cut(document: &str, ends: [Index; 2]) -> String {
    let length = document.chars().count() + 1;
    let [first, second] = ends.map(|end| end.index(length));
    document.chars().skip(first.min(second)).take(first.abs_diff(second)).collect()
}

/// `document` with pairs of lines swapped.
fn shuffled(document: &str, swaps: &[[Index; 2]]) -> String {
    let mut lines: Vec<&str> = document.split('\n').collect();
    for swap in swaps {
        let [first, second] = swap.map(|line| line.index(lines.len()));
        lines.swap(first, second);
    }
    lines.join("\n")
}

/// `document` with single characters replaced.
fn damaged(document: &str, damage: &[(Index, char)]) -> String {
    let mut characters: Vec<char> = document.chars().collect();
    for (place, character) in damage {
        if !characters.is_empty() {
            let place = place.index(characters.len());
            characters[place] = *character;
        }
    }
    characters.into_iter().collect()
}
