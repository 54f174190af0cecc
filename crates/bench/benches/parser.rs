//! Text to forms, by dialect: `cargo bench -p jixiao-bench --bench parser`.

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box};
use jixiao_bench::{DIALECTS, documents};
use jixiao_parser::{decode, parse};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The texts of a dialect one after the other, as files of a batch; counted in bytes and in forms.
#[divan::bench(args = DIALECTS.map(|(name, _)| name))]
fn text(bencher: Bencher<'_, '_>, dialect: &str) {
    let names = DIALECTS.iter().filter(|(name, _)| *name == dialect).flat_map(|(_, names)| *names);
    let texts: Vec<String> =
        documents(&names.copied().collect::<Vec<_>>()).iter().map(|bytes| decode(bytes).text).collect();
    let forms: usize = texts.iter().map(|text| parse(text).records.len()).sum();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(forms)).bench(|| {
        for text in &texts {
            black_box(parse(black_box(text)));
        }
    });
}
