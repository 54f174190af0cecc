//! Drawings of what was seen on the pages of PDF inputs.

use std::fs;
use std::path::Path;

use jixiao_core::{FormRecord, PageArea, Place};
use jixiao_sources::pdf_layout;

use crate::args::Inputs;
use crate::console::Console;
use crate::file_names::FileNames;
use crate::input::{Input, collect, load};
use crate::messages::{Problem, show, unwritable};
use crate::output::write_file;

/// Writes one drawing for each page of each PDF among the inputs; what cannot be read is told when it is parsed.
pub(super) fn write(inputs: &Inputs, folder: &Path, console: &Console) -> Result<(), Problem> {
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let mut names = FileNames::default();
    let mut drawings = 0;
    for input in collect(&inputs.inputs).into_iter().flatten() {
        drawings += draw(&input, inputs.max_file_size, folder, &mut names)?;
    }
    console.note(format!("已把 {drawings} 页的版面画到「{}」", show(folder)));
    Ok(())
}

/// The number of pages drawn of one input.
fn draw(input: &Input, max_bytes: u64, folder: &Path, names: &mut FileNames) -> Result<usize, Problem> {
    let pages = fs::read(&input.path).ok().and_then(|bytes| pdf_layout(&bytes).ok()).unwrap_or_default();
    let records = if pages.is_empty() { Vec::new() } else { load(input, max_bytes).records };
    let stem = input.path.file_stem().unwrap_or_default().to_string_lossy();
    for (number, page) in (1_u32..).zip(&pages) {
        let name = names.take(&format!("{stem}-{number}"), "svg");
        let fields: Vec<_> = records.iter().flat_map(|record| fields_on(record, number)).collect();
        write_file(&folder.join(name), page.svg(&fields).as_bytes(), true)?;
    }
    Ok(pages.len())
}

/// The areas on a page of which a field was read, each with the number of its form and its path.
fn fields_on(record: &FormRecord, page: u32) -> impl Iterator<Item = (PageArea, String)> + '_ {
    record.provenance.iter().flat_map(move |(path, places)| {
        let spots = places.iter().filter_map(move |place| match place {
            Place::Page(spot) if spot.page == page => Some(spot.area),
            _ => None,
        });
        spots.map(move |area| (area, format!("{}:{path}", record.index + 1)))
    })
}
