//! `jixiao export`: writes official-layout workbooks, or fills the user's own.

use std::path::{Path, PathBuf};

use jixiao_core::{Form, FormRecord, Severity};
use jixiao_exporter::{Layout, WriteOptions};

use super::{Status, status_of};
use crate::args::{ExportArgs, Inputs};
use crate::batch::{self, Tally};
use crate::book::Book;
use crate::console::Console;
use crate::file_names::FileNames;
use crate::input::Loaded;
use crate::messages::{Problem, show, unwritable};
use crate::output::{WriteFailure, refuse_existing, refuse_input, write_file};
use crate::render::diagnostics;

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

/// Writes `records` into one workbook and says what did not go in.
pub(super) fn write_book(
    path: &Path,
    records: Vec<FormRecord>,
    book: &Book,
    force: bool,
    console: &Console,
) -> Result<(), Problem> {
    let forms: Vec<Form> = records.into_iter().map(|record| record.form).collect();
    let written = book.write(path, &forms)?;
    for (index, diagnostic) in &written.diagnostics {
        let name = forms.get(*index).and_then(|form| form.project_name.as_deref()).unwrap_or("（没有项目名称）");
        let place = diagnostic.span.as_ref().map(|place| format!("{place}：")).unwrap_or_default();
        let message = format!("「{name}」：{place}{}", diagnostic.message);
        match diagnostic.severity {
            Severity::Info => console.note(message),
            Severity::Warning | Severity::Error => console.warn(&Problem::new(message)),
        }
    }
    write_file(path, &written.bytes, force)?;
    console.note(format!("已写入「{}」：{} 张表", show(path), forms.len()));
    Ok(())
}

fn together(args: &ExportArgs, book: &Book, path: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    book.accepts_name(path)?;
    refuse_input(Some(path), &sources(args))?;
    refuse_existing(path, args.force)?;
    let mut records = Vec::new();
    let tally = read(&args.inputs, console, |found, _| {
        records.extend(found);
        Ok(())
    })?;
    if !records.is_empty() {
        write_book(path, records, book, args.force, console)?;
    }
    Ok(status_of(&tally))
}

/// One file a form. A file that cannot be written does not stop the others.
fn split(args: &ExportArgs, book: &Book, folder: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let mut names = FileNames::default();
    let mut unwritten = 0;
    let tally = read(&args.inputs, console, |found, console| {
        for record in found {
            let project = record.form.project_name.as_deref().unwrap_or_default();
            let path = folder.join(names.take(project, book.extension()));
            let result = refuse_input(Some(&path), &sources(args))
                .and_then(|()| write_book(&path, vec![record], book, args.force, console));
            if let Err(problem) = result {
                console.error(&problem);
                unwritten += 1;
            }
        }
        Ok(())
    })?;
    Ok(if unwritten > 0 { Status::Failure } else { status_of(&tally) })
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
