//! PDF files put together from drawing instructions: one form, drawn in every way that official papers come in.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::io::Write;

use common::canvas::{Canvas, Coding, file, pdf, stream};
use common::form::{self, HEAD, ROW, ROWS, Ruling, cells, draw, draw_form, draw_title, truth};
use jixiao_core::Place;
use jixiao_parser::document::{Block, Document};
use jixiao_sources::{SourceError, read_pdf};
use serde_json::Value;

fn read(pages: &[Canvas]) -> Document {
    read_pdf(&pdf(pages)).unwrap()
}

/// Holds the forms of `document` against `count` times the truth, with `changes` of the form JSON by pointer.
#[track_caller]
fn assert_forms(document: &Document, count: usize, changes: &[(&str, &str)]) {
    let mut form = truth()[0].clone();
    for (pointer, value) in changes {
        *form.pointer_mut(pointer).unwrap() = Value::from(*value);
    }
    let found = common::differences(document, &Value::from(vec![form; count]));
    assert!(found.is_empty(), "{}\n{}", found.join("\n"), common::shown(document));
}

fn page(coding: Coding, ruling: Ruling) -> Canvas {
    let mut canvas = Canvas::new(coding);
    draw_form(&mut canvas, 780.0, ruling);
    canvas
}

#[test]
fn fonts_that_are_not_embedded_are_read_by_their_encoding() {
    for coding in [Coding::Gbk, Coding::Ucs2, Coding::Mapped] {
        assert_forms(&read(&[page(coding, Ruling::Strokes)]), 1, &[]);
    }
}

#[test]
fn codes_without_a_meaning_are_refused_as_garbled() {
    let bytes = pdf(&[page(Coding::Bare, Ruling::Strokes)]);
    assert_eq!(read_pdf(&bytes), Err(SourceError::GarbledPdf { percent: 100 }));
}

#[test]
fn rules_of_every_kind_make_the_table() {
    for ruling in [Ruling::Strokes, Ruling::ThinRectangles, Ruling::Pieces, Ruling::Dashed, Ruling::OpenSides] {
        assert_forms(&read(&[page(Coding::Gbk, ruling)]), 1, &[]);
    }
}

#[test]
fn tables_without_rules_are_read_by_how_texts_line_up() {
    for coding in [Coding::Gbk, Coding::Ucs2, Coding::Mapped] {
        assert_forms(&read(&[page(coding, Ruling::Unruled)]), 1, &[]);
    }
}

#[test]
fn pages_are_read_upright_however_they_lie() {
    for turn in ["90", "180", "270"] {
        let mut canvas = page(Coding::Gbk, Ruling::Strokes);
        canvas.keys = format!("/Rotate {turn}");
        assert_forms(&read(&[canvas]), 1, &[]);
    }
    // The form lies on its side on a landscape page.
    let mut canvas = Canvas { width: 842, height: 595, ..Canvas::new(Coding::Gbk) };
    canvas.raw("0 1 -1 0 842 0 cm");
    let whole = page(Coding::Gbk, Ruling::Strokes);
    canvas.append(&whole);
    assert_forms(&read(&[canvas.clone()]), 1, &[]);
    canvas.keys = "/Rotate 90".to_owned();
    assert_forms(&read(&[canvas]), 1, &[]);
}

#[test]
fn a_form_over_three_pages_is_one_form() {
    for repeated in [false, true] {
        let mut pages = vec![Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk)];
        draw_title(&mut pages[0], 780.0);
        draw(&mut pages[0], &cells(0, HEAD + 2), 740.0, Ruling::Strokes);
        for (number, rows) in [(1, (HEAD + 2, HEAD + 4)), (2, (HEAD + 4, ROWS))] {
            let mut top = 780.0;
            if repeated {
                top = draw(&mut pages[number], &cells(HEAD, HEAD + 1), top, Ruling::Strokes);
            }
            draw(&mut pages[number], &cells(rows.0, rows.1), top, Ruling::Strokes);
        }
        for (number, canvas) in pages.iter_mut().enumerate() {
            canvas.text(280.0, 30.0, 9.0, &format!("- {} -", number + 1));
        }
        let document = read(&pages);
        assert_forms(&document, 1, &[]);
        let numbers = document.diagnostics.iter().filter(|diagnostic| diagnostic.code == "page-furniture").count();
        assert_eq!(numbers, 3);
        let record = &jixiao_parser::document::read(&document).records[0];
        assert_eq!(record.span, Some(Place::Pages { page_start: 1, page_end: 3 }));
    }
}

#[test]
fn rows_on_both_sides_of_a_page_break_stay_two() {
    let mut pages = [Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk)];
    draw_title(&mut pages[0], 780.0);
    draw(&mut pages[0], &cells(0, 6), 740.0, Ruling::Strokes);
    // 其他资金 with its budget only: it has fewer texts than the row above the break.
    let mut rest = cells(6, ROWS);
    rest.iter_mut().filter(|cell| cell.rows == (0, 1) && cell.columns.0 > 3).for_each(|cell| cell.text.clear());
    draw(&mut pages[1], &rest, 780.0, Ruling::Strokes);
    let record = jixiao_parser::document::read(&read(&pages)).records.remove(0);
    let rows: Vec<String> =
        record.form.funds.rows.iter().map(|row| format!("{} {:?}", row.label, row.annual_budget)).collect();
    assert_eq!(rows, ["年度资金总额 Some(12.00)", "当年财政拨款 Some(12.00)", "其他资金 Some(0)"]);
}

#[test]
fn a_table_goes_on_below_a_line_that_says_so() {
    let mut pages = [Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk)];
    draw_title(&mut pages[0], 780.0);
    draw(&mut pages[0], &cells(0, HEAD + 2), 740.0, Ruling::Strokes);
    pages[1].text(280.0, 790.0, 9.0, "（续表）");
    draw(&mut pages[1], &cells(HEAD + 2, ROWS), 770.0, Ruling::Strokes);
    assert_forms(&read(&pages), 1, &[]);
}

#[test]
fn several_forms_stand_on_one_page() {
    let mut canvas = Canvas::new(Coding::Ucs2);
    let end = draw_form(&mut canvas, 800.0, Ruling::Strokes);
    draw_form(&mut canvas, end - 40.0, Ruling::Strokes);
    assert_forms(&read(&[canvas.clone(), canvas]), 4, &[]);
}

#[test]
fn text_drawn_twice_for_bold_counts_once() {
    let mut canvas = page(Coding::Gbk, Ruling::Strokes);
    canvas.raw("1 0 0 1 0.3 0 cm");
    let again = canvas.clone();
    canvas.append(&again);
    assert_forms(&read(&[canvas]), 1, &[]);
}

#[test]
fn a_run_that_overflows_its_cell_stays_whole() {
    let mut canvas = page(Coding::Gbk, Ruling::Strokes);
    // The cell of the third level is 100 points wide; its right neighbour is blank in the row below the total.
    let mut wide = cells(HEAD + 1, HEAD + 2);
    wide[2].text = "修缮城西书架及配套阅览设施".to_owned();
    canvas = Canvas::new(canvas.coding);
    draw_title(&mut canvas, 780.0);
    let end = draw(&mut canvas, &cells(0, HEAD + 1), 740.0, Ruling::Strokes);
    let end = draw(&mut canvas, &wide, end, Ruling::Strokes);
    draw(&mut canvas, &cells(HEAD + 3, ROWS), end, Ruling::Strokes);
    let records = jixiao_parser::document::read(&read(&[canvas])).records;
    assert_eq!(records[0].form.indicators[0].level3, "修缮城西书架及配套阅览设施");
    assert_eq!(records[0].form.indicators[0].target.text.as_deref(), Some("≥12个"));
}

#[test]
fn white_text_and_watermarks_are_kept_apart() {
    let mut canvas = page(Coding::Gbk, Ruling::Strokes);
    canvas.raw("q 1 g");
    canvas.text(250.0, 560.0, 9.0, "不要显示");
    canvas.raw("Q q 0.8 g 0.7 0.7 -0.7 0.7 150 300 cm");
    canvas.text(0.0, 0.0, 60.0, "内部资料");
    canvas.raw("Q q 0 g 40 20 80 20 re f 1 g");
    canvas.text(45.0, 27.0, 9.0, "白字黑底");
    canvas.raw("Q");
    let document = read(&[canvas]);
    assert_forms(&document, 1, &[]);
    let apart: Vec<&str> = document.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(apart, ["水印：「内部资料」", "看不见的文字：「不要显示」"]);
    assert!(common::shown(&document).contains("白字黑底"));
}

/// The characters of `text` that are no white space, sorted.
fn characters(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}

#[test]
fn every_glyph_drawn_is_kept_or_named() {
    let rulings = [Ruling::Strokes, Ruling::Dashed, Ruling::Unruled, Ruling::Rows, Ruling::Columns, Ruling::Outline];
    for ruling in rulings {
        let mut canvas = page(Coding::Gbk, ruling);
        canvas.raw("q 1 g");
        canvas.text(250.0, 200.0, 9.0, "不要显示");
        canvas.raw("Q q 0.8 g 0.7 0.7 -0.7 0.7 150 300 cm");
        canvas.text(0.0, 0.0, 60.0, "内部资料");
        canvas.raw("Q");
        canvas.text(280.0, 30.0, 9.0, "- 1 -");
        let cells: String = cells(0, ROWS).into_iter().map(|cell| cell.text).collect();
        let drawn = format!("{}{}{cells}不要显示内部资料-1-", form::TITLE, form::YEAR);
        let document = read(&[canvas]);
        let blocks = document.blocks.iter().map(|block| match block {
            Block::Line(line) => line.text.clone(),
            Block::Table(grid) => grid.cells.iter().map(|cell| cell.text.as_str()).collect(),
        });
        let quoted = document.diagnostics.iter().filter_map(|diagnostic| {
            let quoted = diagnostic.message.split_once('「')?.1;
            Some(quoted.trim_end_matches('」').to_owned())
        });
        let kept: String = blocks.chain(quoted).collect();
        assert_eq!(characters(&kept), characters(&drawn), "{ruling:?}\n{}", common::shown(&document));
    }
}

#[test]
fn damaged_cross_references_are_repaired() {
    let bytes = pdf(&[page(Coding::Gbk, Ruling::Strokes)]);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let start = text.find("startxref").unwrap();
    let without_table = [&bytes[..start], b"startxref\n7\n%%EOF\n"].concat();
    assert_forms(&read_pdf(&without_table).unwrap(), 1, &[]);
    let cut = &bytes[..text.find("\nxref").unwrap()];
    assert_forms(&read_pdf(cut).unwrap(), 1, &[]);
    assert_eq!(read_pdf(b"%PDF-1.7\n"), Err(SourceError::DamagedPdf));
}

#[test]
fn scanned_and_blank_pages_are_named() {
    let image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\
        stream\n0\nendstream";
    let objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream(b"q 500 0 0 700 40 40 cm /Im Do Q"),
        image.to_vec(),
    ];
    assert_eq!(read_pdf(&file(&objects)), Err(SourceError::ScannedPdf { pages: "1".to_owned() }));
    assert_eq!(read_pdf(&pdf(&[Canvas::new(Coding::Gbk)])), Err(SourceError::BlankPdf));
}

#[test]
fn an_unruled_page_goes_the_way_of_texts() {
    let mut canvas = Canvas::new(Coding::Gbk);
    let text = include_str!("../../../fixtures/mof-2022-initial-budget-basis.txt");
    for (number, line) in text.lines().enumerate() {
        canvas.text(20.0, 830.0 - 9.0 * number as f64, 6.0, line);
    }
    let records = jixiao_parser::document::read(&read(&[canvas])).records;
    assert_eq!(records.len(), 1);
    assert!(records[0].provenance.values().flatten().all(|place| matches!(place, Place::Page(spot) if spot.page == 1)));
}

#[test]
fn hostile_files_end_soon() {
    let bomb = |count: usize| {
        let mut objects = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Count 1/Kids[3 0 R 2 0 R]>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
                .to_vec(),
            stream(b"/X Do"),
        ];
        for number in 0..count {
            let content = b"/X Do ".repeat(3);
            let next = 6 + number;
            let head = format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>/Length {}>>stream\n",
                content.len()
            );
            objects.push([head.as_bytes(), &content, b"\nendstream"].concat());
        }
        file(&objects)
    };
    assert_eq!(read_pdf(&bomb(5)), Err(SourceError::BlankPdf));
    // Fifty forms within each other, each drawn three times: no interpreter comes to the end.
    assert_eq!(read_pdf(&bomb(60)), Err(SourceError::PdfTooSlow));
    let mut many = Canvas::new(Coding::Gbk);
    let lines: String = (0..300_000).map(|x| format!("{} 0 m {} 842 l S\n", x % 595, x % 595)).collect();
    many.raw(&lines);
    many.text(50.0, 50.0, 9.0, "表");
    let document = read(&[many]);
    assert!(document.diagnostics.iter().any(|diagnostic| diagnostic.code == "limit-reached"));
}

#[test]
fn a_page_of_twenty_thousand_rows_is_read() {
    let mut many = Canvas::new(Coding::Gbk);
    for row in 0..20_000 {
        many.text(50.0, 700.0 - f64::from(row) * 0.03, 0.02, "一");
        many.text(250.0, 700.0 - f64::from(row) * 0.03, 0.02, "2");
    }
    let document = read(&[many]);
    let texts = document.blocks.iter().flat_map(|block| match block {
        Block::Table(grid) => grid.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(),
        Block::Line(line) => vec![line.text.as_str()],
    });
    assert_eq!(texts.flat_map(str::chars).filter(|c| *c == '一').count(), 20_000);
}

#[test]
fn packed_streams_may_not_unpack_without_end() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 100 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<</Filter/FlateDecode/Length {}>>stream\n", packed.len());
    let objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        [head.as_bytes(), &packed, b"\nendstream"].concat(),
    ];
    assert_eq!(read_pdf(&file(&objects)), Err(SourceError::PdfUnpacksTooLarge));
}

#[test]
fn tables_with_few_rules_are_read_by_how_texts_line_up() {
    for ruling in [Ruling::Rows, Ruling::Columns, Ruling::Outline] {
        assert_forms(&read(&[page(Coding::Gbk, ruling)]), 1, &[]);
    }
}

#[test]
fn places_name_page_and_cell() {
    let document = read(&[page(Coding::Gbk, Ruling::Strokes)]);
    let records = jixiao_parser::document::read(&document).records;
    let score = jixiao_core::FieldPath::Indicator(2, jixiao_core::IndicatorField::Score);
    let places: Vec<String> = records[0].provenance[&score].iter().map(ToString::to_string).collect();
    assert_eq!(places, ["第1页 表1 第12行 第7列"]);
    let Place::Page(spot) = &records[0].provenance[&score][0] else { panic!("a place on a page") };
    let upper = 842 - (740 - 11 * ROW as i32);
    assert_eq!((spot.area.top, spot.area.left), (upper, (form::LEFT + 410.0) as i32));
}

#[test]
fn pages_with_too_many_texts_or_rules_say_so() {
    let crowded = |count: u32, draw: fn(&mut Canvas, f64, f64)| {
        let mut canvas = Canvas::new(Coding::Gbk);
        for number in 0..count {
            // Enough room for rules to stay apart, where there are few.
            let (a_line, step) = if count > 1_000 { (60, 9.0) } else { (25, 20.0) };
            draw(&mut canvas, f64::from(number % a_line) * step + 10.0, f64::from(number / a_line) * 11.0 + 10.0);
        }
        let document = read_pdf(&pdf(&[canvas])).unwrap();
        document.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("没有找全"))
    };
    let ruled = |canvas: &mut Canvas, x: f64, y: f64| {
        canvas.raw(&format!("{x:.2} {y:.2} m {:.2} {y:.2} l S", x + 6.0));
        canvas.text(x, y + 2.0, 4.0, "9");
    };
    assert!(crowded(4_200, |canvas, x, y| canvas.text(x, y, 4.0, "9")));
    assert!(crowded(700, ruled));
    assert!(!crowded(500, ruled));
}
