//! Columns of rows by the texts in them.

use super::super::blocks::tests::block;
use super::*;

/// A row of texts by their left sides, each twenty points wide.
fn row(top: i32, texts: &[(i32, &str)]) -> Row {
    let text = |(left, text): &(i32, &str)| {
        let mut block = block(&[(*left, top)]);
        block.lines.iter_mut().for_each(|line| (*text).clone_into(&mut line.text));
        block
    };
    let blocks = texts.iter().map(text).collect();
    Row { top: top * POINT, bottom: (top + 10) * POINT, blocks, ..Row::default() }
}

/// The rows of each band, and how many columns it has.
fn shape(rows: &[Row]) -> Vec<(Range<usize>, usize)> {
    bands(rows).into_iter().map(|band| (band.rows, band.columns.len())).collect()
}

const HEADS: [(i32, &str); 5] = [(30, "年初"), (80, "全年"), (130, "执行"), (180, "分值"), (230, "得分")];

#[test]
fn figures_set_to_the_right_are_below_their_label() {
    let figures = |top: i32| row(top, &[(0, "总额"), (52, "9"), (80, "8"), (130, "8"), (180, "10"), (230, "9")]);
    assert_eq!(shape(&[row(0, &HEADS), figures(20), figures(40)]), [(0..3, 6)]);
}

#[test]
fn words_on_the_left_of_a_label_stay_labels_of_rows() {
    let figures = |top: i32| row(top, &[(0, "总额"), (80, "8"), (130, "8"), (180, "10"), (230, "9")]);
    assert_eq!(shape(&[row(0, &HEADS), figures(20), figures(40)]), [(0..3, 6)]);
}

#[test]
fn labels_of_columns_stay_with_what_they_head() {
    let head = row(40, &HEADS);
    let fields = |top: i32| row(top, &[(10, "名称"), (110, "某事"), (160, "单位"), (210, "某局")]);
    let figures = |top: i32| row(top, &[(2, "总额"), (30, "7"), (80, "8"), (130, "8"), (180, "10"), (230, "9")]);
    let rows = [fields(0), fields(20), head, figures(60), figures(80)];
    assert!(!heads_nothing(&rows, &(0..2)) && heads_nothing(&rows, &(0..3)) && !heads_nothing(&rows, &(0..5)));
    assert!(bands(&rows).iter().all(|band| band.rows.end != 3));
}
