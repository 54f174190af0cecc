//! `jixiao export`: writes official-layout workbooks.

use std::path::Path;

use jixiao_core::report::Summary;
use jixiao_core::rules::{Selection, check};
use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{Layout, Page, WriteOptions, write_workbook};

use super::{Status, status_of};
use crate::args::{ExportArgs, Inputs};
use crate::batch::{self, Tally};
use crate::console::Console;
use crate::file_names::FileNames;
use crate::input::Loaded;
use crate::messages::{Problem, show, unwritable};
use crate::output::{WriteFailure, refuse_existing, refuse_input, write_file};
use crate::profiles::Profiles;
use crate::render::diagnostics;

/// Runs the command.
pub(super) fn run(args: &ExportArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    if args.template.is_some() {
        return Err(Problem::new("目前还不能填写自己的模板（--template）")
            .hint("可先导出为官方格式，再复制到模板中")
            .into());
    }
    let layout = args.layout.as_deref().map(layout).transpose()?;
    match (&args.output, &args.split) {
        (_, Some(folder)) => split(args, layout, folder, console),
        (Some(path), None) => together(args, layout, path, console),
        (None, None) => Err(Problem::new("请用 -o 指定输出文件，或用 --split 指定输出文件夹").into()),
    }
}

/// The layout of that name.
pub(super) fn layout(name: &str) -> Result<&'static Layout, Problem> {
    Layout::named(name).ok_or_else(|| {
        let known: Vec<String> =
            Layout::ALL.iter().map(|layout| format!("{}（{}）", layout.name, layout.about)).collect();
        Problem::new(format!("没有名为「{name}」的表式")).hint(format!("可选的表式：{}", known.join("、")))
    })
}

/// Writes `records` into one workbook, each in `layout` or else in the one that suits it, and says what did not go in.
pub(super) fn write_book(
    path: &Path,
    records: Vec<FormRecord>,
    layout: Option<&'static Layout>,
    options: &WriteOptions,
    force: bool,
    console: &Console,
) -> Result<(), Problem> {
    let profiles = Profiles::named("auto", &Selection::default())?;
    let forms: Vec<Form> = records.into_iter().map(|record| record.form).collect();
    let page = |form| Page {
        form,
        layout: layout.unwrap_or_else(|| Layout::of(form)),
        findings: profiles.of(form.family).map(|profile| Summary::of(&check(form, profile))),
    };
    let pages: Vec<Page<'_>> = forms.iter().map(page).collect();
    let written = write_workbook(&pages, options)
        .map_err(|error| Problem::new(format!("无法导出「{}」", show(path))).caused_by(&error))?;
    for (index, diagnostic) in &written.diagnostics {
        let name = forms.get(*index).and_then(|form| form.project_name.as_deref()).unwrap_or("（没有项目名称）");
        console.warn(&Problem::new(format!("「{name}」：{}", diagnostic.message)));
    }
    write_file(path, &written.bytes, force)?;
    console.note(format!("已写入「{}」：{} 张表", show(path), forms.len()));
    Ok(())
}

fn together(
    args: &ExportArgs,
    layout: Option<&'static Layout>,
    path: &Path,
    console: &mut Console,
) -> Result<Status, WriteFailure> {
    refuse_input(Some(path), &args.inputs.inputs)?;
    refuse_existing(path, args.force)?;
    let mut records = Vec::new();
    let tally = read(&args.inputs, console, |found, _| {
        records.extend(found);
        Ok(())
    })?;
    if !records.is_empty() {
        write_book(path, records, layout, &options(args), args.force, console)?;
    }
    Ok(status_of(&tally))
}

/// One file a form. A file that cannot be written does not stop the others.
fn split(
    args: &ExportArgs,
    layout: Option<&'static Layout>,
    folder: &Path,
    console: &mut Console,
) -> Result<Status, WriteFailure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let mut names = FileNames::default();
    let mut unwritten = 0;
    let tally = read(&args.inputs, console, |found, console| {
        for record in found {
            let path = folder.join(names.take(record.form.project_name.as_deref().unwrap_or_default(), "xlsx"));
            let result = refuse_input(Some(&path), &args.inputs.inputs)
                .and_then(|()| write_book(&path, vec![record], layout, &options(args), args.force, console));
            if let Err(problem) = result {
                console.error(&problem);
                unwritten += 1;
            }
        }
        Ok(())
    })?;
    Ok(if unwritten > 0 { Status::Failure } else { status_of(&tally) })
}

const fn options(args: &ExportArgs) -> WriteOptions {
    WriteOptions { formulas: args.formulas }
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
