//! `jixiao export`: writes official-layout workbooks, or fills the user's own.

use std::path::{Path, PathBuf};

use jixiao_core::FormRecord;
use jixiao_exporter::{Layout, WriteOptions};

use super::{Status, status_of};
use crate::args::{ExportArgs, Inputs};
use crate::batch::{self, Tally};
use crate::binder::Binder;
use crate::book::Book;
use crate::console::Console;
use crate::input::{Loaded, collect};
use crate::journal::Stamp;
use crate::messages::Problem;
use crate::output::{WriteFailure, refuse_existing, refuse_input};
use crate::render::diagnostics;
use crate::split::SplitFolder;

/// Runs the command.
pub(super) fn run(args: &ExportArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    let book = match &args.template {
        Some(path) => Book::template(path, args.inputs.max_file_size)?,
        None => {
            let layout = args.layout.as_deref().map(layout).transpose()?;
            Book::official(layout, WriteOptions { formulas: args.formulas })
        }
    };
    match (&args.output, &args.split) {
        (_, Some(folder)) => split(args, &book, folder, console),
        (Some(path), None) => together(args, &book, path, console),
        (None, None) => Err(Problem::new("请用 -o 指定输出文件，或用 --split 指定输出文件夹").into()),
    }
}

/// The files that are read and must never change.
fn sources(args: &ExportArgs) -> Vec<PathBuf> {
    args.inputs.inputs.iter().chain(&args.template).cloned().collect()
}

/// The layout of that name.
pub(super) fn layout(name: &str) -> Result<&'static Layout, Problem> {
    Layout::named(name).ok_or_else(|| {
        let known: Vec<String> =
            Layout::ALL.iter().map(|layout| format!("{}（{}）", layout.name, layout.about)).collect();
        Problem::new(format!("没有名为「{name}」的表式")).hint(format!("可选的表式：{}", known.join("、")))
    })
}

fn together(args: &ExportArgs, book: &Book, path: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    book.accepts_name(path)?;
    refuse_input(Some(path), &sources(args))?;
    refuse_existing(path, args.force)?;
    let mut binder = Binder::new(book, path);
    let tally = read(&args.inputs, console, |found, console| Ok(binder.add(found, console)?))?;
    binder.finish(args.force, console)?;
    Ok(status_of(&tally))
}

/// The forms of one input, each to be written into a file of its own.
struct Apart {
    path: PathBuf,
    stamp: Option<Stamp>,
    records: Vec<FormRecord>,
    remarks: String,
}

/// One file a form. A file that cannot be written does not stop the others.
fn split(args: &ExportArgs, book: &Book, folder: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    let mut results = SplitFolder::open(folder, sources(args), args.resume, args.force)?;
    let inputs = results.rest(collect(&args.inputs.inputs), console);
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| Apart {
        remarks: diagnostics::all(&loaded, true, color),
        path: loaded.path,
        stamp: loaded.stamp,
        records: loaded.records,
    };
    let tally = batch::run_on(inputs, args.inputs.max_file_size, console, work, |input, console| {
        console.print(&input.remarks);
        write_apart(&mut results, input, book, console);
        Ok(())
    })?;
    Ok(if results.failed > 0 { Status::Failure } else { status_of(&tally) })
}

fn write_apart(results: &mut SplitFolder<'_>, input: Apart, book: &Book, console: &Console) {
    let mut files = results.begin(&input.path);
    for record in input.records {
        let project = record.form.project_name.clone().unwrap_or_default();
        let write = |path: &Path, force| {
            let mut binder = Binder::new(book, path);
            binder.add(vec![record], console)?;
            binder.finish(force, console)
        };
        results.write(&mut files, (&project, book.extension()), write, console);
    }
    results.end(&input.path, input.stamp, files, console);
}

fn read(
    inputs: &Inputs,
    console: &mut Console,
    mut take: impl FnMut(Vec<FormRecord>, &Console) -> Result<(), WriteFailure>,
) -> Result<Tally, WriteFailure> {
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| (diagnostics::all(&loaded, true, color), loaded.records);
    batch::run(inputs, console, work, |(remarks, records), console| {
        console.print(&remarks);
        take(records, console)
    })
}
