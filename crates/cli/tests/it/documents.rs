//! PDF, Word and HTML inputs.

use crate::world::World;

const PDF: &[u8] = include_bytes!("../../../sources/tests/documents/rural-tabs-web.pdf");
const WORD: &[u8] = include_bytes!("../../../sources/tests/documents/rural-tabs-web.docx");
const PAGE: &[u8] = include_bytes!("../../../sources/tests/documents/rural-tabs-web.html");
const LOCKED: &[u8] = include_bytes!("../../../sources/tests/documents/refused/locked.pdf");

fn world() -> World {
    World::new().file("表.pdf", PDF).file("表.docx", WORD).file("表.html", PAGE)
}

/// The forms of an input, without what the source has to say of them.
fn forms(world: &World, input: &str) -> Vec<serde_json::Value> {
    let run = world.run(&["parse", input, "--format", "json"]);
    assert_eq!(run.status, 0, "{run}");
    let records: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    records.into_iter().map(|mut record| record["form"].take()).collect()
}

#[test]
fn the_same_form_is_read_from_every_kind_of_document() {
    let world = world();
    let from_pdf = forms(&world, "表.pdf");
    assert_eq!(from_pdf.len(), 1);
    assert_eq!(from_pdf[0]["family"], "rural");
    // Only where the lines of a cell break is up to the page.
    let joined = |forms: Vec<serde_json::Value>| serde_json::to_string(&forms).unwrap().replace("\\n", "");
    let from_pdf = joined(from_pdf);
    assert_eq!(joined(forms(&world, "表.docx")), from_pdf);
    assert_eq!(joined(forms(&world, "表.html")), from_pdf);
}

#[test]
fn places_name_pages_and_cells() {
    let world = world();
    for (input, span, place) in [
        ("表.pdf", r#""span":{"page_start":1,"page_end":1}"#, r#""page":1,"table":0,"row":"#),
        ("表.docx", r#""span":{"table":0}"#, r#"{"table":0,"row":"#),
    ] {
        let run = world.run(&["parse", input, "--format", "ndjson", "--provenance"]);
        assert!(run.stdout.contains(span) && run.stdout.contains(place), "{run}");
    }
    let run = world.run(&["check", "表.pdf", "--fail-on", "never"]);
    assert!(run.stdout.contains("--> 表.pdf 第1页 表1 第"), "{run}");
}

#[test]
fn the_report_leads_to_the_page() {
    let world = world();
    std::fs::create_dir(world.path("审核")).unwrap();
    let run = world.run(&["check", "表.pdf", "--format", "html", "-o", "审核/报告.html", "--fail-on", "never"]);
    assert_eq!(run.status, 0, "{run}");
    let report = std::fs::read_to_string(world.path("审核/报告.html")).unwrap();
    assert!(report.contains("<a href=\"../%E8%A1%A8.pdf\">表.pdf</a>"), "the file");
    assert!(report.contains("<a href=\"../%E8%A1%A8.pdf#page=1\">第1页 表1 第"), "the page of a place");
}

#[test]
fn a_layout_is_drawn_for_every_page() {
    let world = world();
    let run = world.run(&["parse", "表.pdf", "表.html", "--debug-layout", "版面", "-o", "表.json"]);
    assert_eq!(run.status, 0, "{run}");
    let svg = std::fs::read_to_string(world.path("版面/表-1.svg")).unwrap();
    for part in ["<svg ", "indicators[0].level3", "funds.rows[0].executed", "</svg>"] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(!world.path("版面/表-2.svg").exists());
}

#[test]
fn a_locked_document_says_what_to_do() {
    let run = World::new().file("锁.pdf", LOCKED).run(&["parse", "锁.pdf"]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("无法读取「锁.pdf」\n  原因：PDF 设有打开密码"), "{run}");
}
