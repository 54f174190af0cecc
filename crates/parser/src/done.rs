//! Words that tell what was done from what is to be done.

/// What an actual puts before the words of its target, and begins with.
pub(crate) const LEADS: [&str; 7] = ["已经", "已", "基本", "有所", "未", "部分", "全部"];

/// How else an actual begins, and seldom a name or a target.
const BEGINS: [&str; 3] = ["达成", "完成", "按时完成"];

/// What a text says that tells what was done; shorter words stand in names and targets too.
const DONE: [&str; 9] =
    ["已", "完成了", "基本完成", "全部完成", "预期目标", "完成年度", "达到预期", "完成情况", "全年共"];

/// What a text says that tells what is to be done.
const TO_DO: [&str; 9] = ["将", "拟", "确保", "计划", "力争", "不低于", "不少于", "以上", "进一步"];

/// How a report of the year begins.
pub(crate) const REPORTS: [&str; 5] = ["已", "完成", "全年", "本年", "通过"];

/// What is asked of a completion: a name begins so.
const ASKED: [&str; 7] = ["完成时", "完成率", "完成质量", "完成进度", "完成情况", "完成数", "完成及时"];

/// The folded text `plain` begins as one that says what was done.
pub(crate) fn begins_as_done(plain: &str) -> bool {
    !ASKED.iter().any(|word| plain.starts_with(word)) && LEADS.iter().chain(&BEGINS).any(|word| plain.starts_with(word))
}

/// Positive where the folded text `plain` says what was done, negative where it says what is to be done.
pub(crate) fn lean(plain: &str) -> i32 {
    let says = |words: &[&str]| i32::from(words.iter().any(|word| plain.contains(word)));
    says(&DONE) - says(&TO_DO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lean_to_what_they_say() {
        assert_eq!(lean("更换旧灯三十座，已全部亮灯"), 1);
        assert_eq!(lean("确保全部灯塔亮灯"), -1);
        assert_eq!(lean("已换灯，确保亮灯"), 0);
        assert!(begins_as_done("未完成") && !begins_as_done("旧灯已换"));
        assert!(begins_as_done("完成换灯") && !begins_as_done("完成时限"));
    }
}
