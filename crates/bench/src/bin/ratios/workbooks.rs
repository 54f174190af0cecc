//! Workbooks: writing and reading, beside the bare libraries and Python's on the same cells.

use std::hint::black_box;

use jixiao_bench::drawn::take_apart;
use jixiao_bench::{bare, forms, workbook};
use jixiao_exporter::read_workbook;

use crate::Outcome;
use crate::clock::{best, rate, ratio};
use crate::python;
use crate::table::Table;

/// Forms in the workbook.
const FORMS: usize = 200;

pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let forms = forms(FORMS);
    let bytes = workbook(&forms)?;
    let book = take_apart(&bytes)?;
    let [export, bare_export, import, bare_import] = best([
        &mut || drop(black_box(workbook(&forms))),
        &mut || drop(black_box(bare::write(&book))),
        &mut || drop(black_box(read_workbook(&bytes))),
        &mut || drop(black_box(bare::read(&bytes))),
    ]);
    let speed = |time| format!("{:.0} forms/s", rate(FORMS, time));
    table.row("export", &speed(export), format!("{:.2} × bare rust_xlsxwriter", ratio(export, bare_export)));
    table.row("import", &speed(import), format!("{:.2} × bare calamine", ratio(import, bare_import)));
    match python::measure(&book, &bytes) {
        Ok(times) => {
            for (library, time) in times {
                let (ours, work) = if library.starts_with("write") { (export, "export") } else { (import, "import") };
                table.row(library, &speed(time), format!("{work} is {:.1} × as fast", ratio(time, ours)));
            }
        }
        Err(error) => table.remark(format!("Python's libraries were not measured: {error}")),
    }
    Ok(())
}
