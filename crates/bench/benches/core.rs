//! Auditing and scoring forms: `cargo bench -p jixiao-bench --bench core`.

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use jixiao_bench::forms;
use jixiao_core::profile::Profile;
use jixiao_core::{rules, score};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const FORMS: usize = 50;

fn main() {
    divan::main();
}

#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let (forms, profile) = (forms(FORMS), Profile::default());
    bencher.counter(ItemsCount::new(FORMS)).bench(|| {
        for form in &forms {
            black_box(rules::check(black_box(form), &profile));
        }
    });
}

#[divan::bench]
fn complete(bencher: Bencher<'_, '_>) {
    let (forms, profile) = (forms(FORMS), Profile::default());
    bencher.counter(ItemsCount::new(FORMS)).bench(|| {
        for form in &forms {
            black_box(score::complete(black_box(form), &profile));
        }
    });
}
