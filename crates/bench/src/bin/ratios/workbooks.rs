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
    let one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let (export_all, import_all) = (|| drop(black_box(workbook(&forms))), || drop(black_box(read_workbook(&bytes))));
    let [export, export_alone, bare_export, import, import_alone, bare_import] = best([
        &mut || export_all(),
        &mut || one_core.install(export_all),
        &mut || drop(black_box(bare::write(&book))),
        &mut || import_all(),
        &mut || one_core.install(import_all),
        &mut || drop(black_box(bare::read(&bytes))),
    ]);
    let speed = |time| format!("{:.0} forms/s", rate(FORMS, time));
    for (work, time, library, bare) in [
        ("export", export, "rust_xlsxwriter", bare_export),
        ("export on one core", export_alone, "rust_xlsxwriter", bare_export),
        ("import", import, "calamine", bare_import),
        ("import on one core", import_alone, "calamine", bare_import),
    ] {
        table.row(work, &speed(time), format!("{:.2} × bare {library}", ratio(time, bare)));
    }
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
