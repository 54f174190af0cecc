//! `jixiao check --format html`.

use std::collections::HashSet;

use crate::world::{LAMPS, World};

/// Two forms with findings in and between them, and a file without a form.
fn world() -> World {
    let other =
        LAMPS.replace("滨河路路灯节能改造", "学府路<b>路灯</b>").replace("≥90%", "≥85%").replace("\"90\"", "\"85\"");
    World::new().file("表/甲.json", LAMPS).file("表/乙.json", other).file("表/空.txt", "")
}

fn page(world: &World, args: &[&str]) -> String {
    let run = world.run(&[&["check", "表", "--format", "html", "--quiet"], args].concat());
    assert_eq!(run.status, 2, "{run}");
    run.stdout
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_is_as_reviewed() {
    let page = page(&world(), &["--select", "F105,X301"]);
    // The style and the pages of the rules are reviewed where they are written.
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (forms, _) = rest.split_once("<section id=\"rules\"").unwrap();
    insta::assert_snapshot!(format!("{before}{forms}").replace("><", ">\n<"));
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = page(&world(), &[]);
    for foreign in ["<script", "<link", "src=", "http:", "https:", "@import", "url(", "<b>"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">") && page.ends_with("</html>\n"));
}

#[test]
fn every_link_has_its_end_and_every_name_is_given_once() {
    let page = page(&world(), &[]);
    let ids = values(&page, "id");
    let unlike: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unlike.len());
    let ends: Vec<&str> = values(&page, "href").into_iter().map(|end| end.strip_prefix('#').unwrap()).collect();
    assert!(ends.len() > 20 && ends.iter().all(|end| unlike.contains(end)), "{ends:?}");
}

#[test]
fn what_could_not_be_read_is_told() {
    let page = page(&world(), &[]);
    assert!(page.contains("没有读成的内容") && page.contains("空.txt"), "{page}");
}

#[test]
fn the_page_does_not_depend_on_the_number_of_threads() {
    let forms = (0..300).fold(world(), |world, number| {
        world.file(&format!("表/{number:03}.json"), LAMPS.replace("滨河路", &format!("{number}号路")))
    });
    assert_eq!(page(&forms, &["--jobs", "1"]), page(&forms, &["--jobs", "6"]));
}

#[test]
fn a_file_holds_the_whole_page() {
    let world = World::new().file("甲.json", LAMPS);
    let run = world.run(&["check", "甲.json", "--format", "html", "-o", "报告.html"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run}");
    assert!(std::fs::read_to_string(world.path("报告.html")).unwrap().ends_with("</html>\n"));
    let run = world.run(&["check", "甲.json", "--format", "html", "-o", "没有/报告.html"]);
    assert_eq!(run.status, 2, "{run}");
}
