//! The encoding of a web page.

use encoding_rs::{Encoding, GB18030, GBK};
use jixiao_parser::Decoded;

/// Browsers look this far for a declaration; pages with long comments put it further down.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a page: by its byte order mark, as UTF-8 where its bytes are that, by its declaration, or by its bytes.
///
/// Bytes win over a declaration of UTF-8: pages saved by hand often keep the declaration of another encoding.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let marked = Encoding::for_bom(bytes).is_some();
    if marked || std::str::from_utf8(bytes).is_ok() {
        return jixiao_parser::decode(bytes);
    }
    let Some(encoding) = declared(bytes).filter(|encoding| !is_unicode(encoding)) else {
        return jixiao_parser::decode(bytes);
    };
    let (text, used, broken) = encoding.decode(bytes);
    if broken {
        return jixiao_parser::decode(bytes);
    }
    Decoded { text: text.into_owned(), encoding: used.name(), diagnostics: Vec::new() }
}

fn is_unicode(encoding: &'static Encoding) -> bool {
    encoding.name().starts_with("UTF")
}

/// The encoding of `charset=…`; GBK as the GB18030 that holds it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARED_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(charset: &str) -> String {
        format!("<html><head><meta charset={charset}></head><body>项目名称：书架修缮</body></html>")
    }

    #[test]
    fn the_declaration_decides_for_what_is_not_utf8() {
        for label in ["gb2312", "\"GBK\"", "gb18030"] {
            let text = page(label);
            let bytes = GB18030.encode(&text).0;
            assert_eq!(decode(&bytes).text, text);
        }
        let text = page("big5").replace("项目名称：书架修缮", "項目名稱");
        assert_eq!(decode(&encoding_rs::BIG5.encode(&text).0).text, text);
    }

    #[test]
    fn bytes_win_over_a_false_declaration() {
        assert_eq!(decode(page("gb2312").as_bytes()).text, page("gb2312"));
        assert_eq!(decode(&GB18030.encode(&page("utf-8")).0).text, page("utf-8"));
    }
}
