//! Workbooks, beside the bare libraries on the same cells: `cargo bench -p jixiao-bench --bench exporter`.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use jixiao_bench::drawn::take_apart;
use jixiao_bench::{bare, forms, workbook};
use jixiao_exporter::read_workbook;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const FORMS: usize = 30;

fn main() {
    divan::main();
}

#[divan::bench]
fn export(bencher: Bencher<'_, '_>) {
    let forms = forms(FORMS);
    bencher.counter(ItemsCount::new(FORMS)).bench(|| workbook(black_box(&forms)).unwrap());
}

#[divan::bench]
fn export_bare(bencher: Bencher<'_, '_>) {
    let book = take_apart(&workbook(&forms(FORMS)).unwrap()).unwrap();
    bencher.counter(ItemsCount::new(FORMS)).bench(|| bare::write(black_box(&book)).unwrap());
}

#[divan::bench]
fn import(bencher: Bencher<'_, '_>) {
    let bytes = workbook(&forms(FORMS)).unwrap();
    bencher.counter(ItemsCount::new(FORMS)).bench(|| read_workbook(black_box(&bytes)).unwrap());
}

#[divan::bench]
fn import_bare(bencher: Bencher<'_, '_>) {
    let bytes = workbook(&forms(FORMS)).unwrap();
    bencher.counter(ItemsCount::new(FORMS)).bench(|| bare::read(black_box(&bytes)).unwrap());
}
