//! PDF files with some of their ruling lines, or none: as official papers come, too.

use std::path::Path;

use anyhow::Context;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object};

/// Which of the ruling lines are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Those between the rows.
    Rows,
    /// Those between the columns.
    Columns,
    None,
}

/// The kinds with the names of their dialects.
pub(crate) const KINDS: [(&str, Kept); 3] =
    [("pdf_rows", Kept::Rows), ("pdf_columns", Kept::Columns), ("pdf_unruled", Kept::None)];

/// Writes the PDF `source` to `target` with the rules that are `kept`.
pub(crate) fn write(source: &Path, target: &Path, kept: Kept) -> anyhow::Result<()> {
    let mut pdf = Document::load(source).with_context(|| format!("cannot read {}", source.display()))?;
    for page in pdf.get_pages().into_values() {
        let content = Content::decode(&pdf.get_page_content(page))?;
        let operations = without_rules(content.operations, kept);
        pdf.change_page_content(page, Content { operations }.encode()?)?;
    }
    pdf.save(target).with_context(|| format!("cannot write {}", target.display()))?;
    Ok(())
}

/// The instructions, without those that draw rules that are not kept.
fn without_rules(operations: Vec<Operation>, kept: Kept) -> Vec<Operation> {
    let mut rest = Vec::with_capacity(operations.len());
    let mut path: Vec<Operation> = Vec::new();
    for operation in operations {
        match operation.operator.as_str() {
            "m" | "l" | "re" | "c" | "v" | "y" | "h" => path.push(operation),
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => {
                if is_kept(&path, kept) {
                    rest.append(&mut path);
                    rest.push(operation);
                }
                path.clear();
            }
            _ => {
                rest.append(&mut path);
                rest.push(operation);
            }
        }
    }
    rest
}

/// True for a path that lies down where rules between rows are kept, and for one that stands where those between columns
/// are.
#[expect(clippy::float_arithmetic, reason = "lengths on a page")]
fn is_kept(path: &[Operation], kept: Kept) -> bool {
    let numbers = |operation: &Operation| -> Vec<f32> {
        operation.operands.iter().filter_map(|operand: &Object| operand.as_float().ok()).collect()
    };
    let (mut left, mut right, mut top, mut bottom) = (f32::MAX, f32::MIN, f32::MAX, f32::MIN);
    for operation in path {
        let mut values = numbers(operation);
        if let ("re", [x, y, width, height]) = (operation.operator.as_str(), values.as_slice()) {
            values = vec![*x, *y, x + width, y + height];
        }
        for point in values.chunks_exact(2) {
            (left, right) = (left.min(point[0]), right.max(point[0]));
            (top, bottom) = (top.min(point[1]), bottom.max(point[1]));
        }
    }
    match kept {
        Kept::Rows => right - left > bottom - top,
        Kept::Columns => right - left < bottom - top,
        Kept::None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_told_by_how_they_lie() {
        let content = b"0 0 m 90 0 l S 5 5 0.5 70 re f BT (text) Tj ET 0 0 9 9 re W n";
        let operations = Content::decode(content).unwrap().operations;
        let left = |kept: Kept| {
            let operations = without_rules(operations.clone(), kept);
            operations.into_iter().map(|operation| operation.operator).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(left(Kept::Rows), "m l S BT Tj ET re W n");
        assert_eq!(left(Kept::Columns), "re f BT Tj ET re W n");
        assert_eq!(left(Kept::None), "BT Tj ET re W n");
    }

    #[test]
    fn printed_documents_lose_their_rules_and_keep_their_texts() {
        let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sources/tests/documents");
        let folder = tempfile::tempdir().unwrap();
        let operators = |path: &Path| {
            let pdf = Document::load(path).unwrap();
            let pages = pdf.get_pages().into_values();
            let contents = pages.map(|page| Content::decode(&pdf.get_page_content(page)).unwrap().operations);
            contents.flatten().map(|operation| operation.operator).collect::<Vec<_>>()
        };
        let count = |operators: &[String], name: &str| operators.iter().filter(|operator| *operator == name).count();
        let source = documents.join("rural-tabs-web.pdf");
        let target = folder.path().join("unruled.pdf");
        write(&source, &target, Kept::None).unwrap();
        let (before, after) = (operators(&source), operators(&target));
        assert!(count(&before, "S") > 0 && count(&after, "S") == 0);
        assert_eq!(count(&before, "TJ"), count(&after, "TJ"));
    }
}
