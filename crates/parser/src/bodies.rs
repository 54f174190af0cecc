//! Names of public bodies, told by how they end.

/// The ends of the names.
const ENDS: [&str; 18] =
    ["局", "厅", "部", "委", "会", "办", "中心", "站", "所", "院", "校", "队", "处", "室", "公司", "府", "馆", "园"];

/// True where `plain` ends as the name of a body does.
pub(crate) fn is_body(plain: &str) -> bool {
    ENDS.iter().any(|end| plain.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_by_their_ends() {
        for body in ["澄江市渡口管理所", "鹭洲县发展和改革委员会", "夜航安全促进中心", "云汀市人民政府"]
        {
            assert!(is_body(body), "{body}");
        }
        assert!(!is_body("灯塔维护与更换"));
    }
}
