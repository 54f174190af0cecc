//! `jixiao parse`: reads forms and prints them.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use jixiao_core::FormRecord;

use super::{Status, layout, status_of};
use crate::args::{ParseArgs, ParseFormat};
use crate::batch;
use crate::console::Console;
use crate::input::{Loaded, collect};
use crate::journal::Stamp;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure, refuse_input, write_file};
use crate::render::json::{Shape, Writer};
use crate::render::{diagnostics, form};
use crate::split::SplitFolder;

/// Runs the command.
pub(super) fn run(args: &ParseArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    if let Some(folder) = args.debug_layout.as_deref() {
        layout::write(&args.inputs, folder, console)?;
    }
    if let Some(folder) = args.split.as_deref() {
        return split(args, folder, console);
    }
    refuse_input(args.output.as_deref(), &args.inputs.inputs)?;
    let output = Output::open(args.output.as_deref())?;
    match args.format.unwrap_or_else(|| default_format(args)) {
        ParseFormat::Table => tables(args, output, console),
        ParseFormat::Json => records(args, Writer::new(output, Shape::Array), Shape::Array, console),
        ParseFormat::Ndjson => records(args, Writer::new(output, Shape::Lines), Shape::Lines, console),
    }
}

fn default_format(args: &ParseArgs) -> ParseFormat {
    if args.output.is_none() && std::io::stdout().is_terminal() { ParseFormat::Table } else { ParseFormat::Json }
}

fn tables(args: &ParseArgs, mut output: Output, console: &mut Console) -> Result<Status, WriteFailure> {
    let color = args.output.is_none() && console.colors(&std::io::stdout());
    let remark_color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| {
        let tables: String = loaded.records.iter().map(|record| form::table(record, color)).collect();
        (tables, diagnostics::all(&loaded, true, remark_color))
    };
    let tally = batch::run(&args.inputs, console, work, |(tables, remarks), console| {
        output.write(&tables)?;
        output.flush()?;
        console.print(&remarks);
        Ok(())
    })?;
    output.finish()?;
    Ok(status_of(&tally))
}

/// JSON holds the remarks on its forms already; a person at a terminal sees them as well.
fn records(args: &ParseArgs, mut writer: Writer, shape: Shape, console: &mut Console) -> Result<Status, WriteFailure> {
    let remark_color = console.colors(&std::io::stderr());
    let on_terminal = console.is_terminal();
    let work = |loaded: Loaded| {
        let remarks = diagnostics::all(&loaded, on_terminal, remark_color);
        let records = loaded.records.into_iter().map(|record| shape.record(&shown(record, args.provenance)));
        (records.collect::<Result<Vec<String>, Problem>>(), remarks)
    };
    let tally = batch::run(&args.inputs, console, work, |(records, remarks), console| {
        writer.push(&records?)?;
        console.print(&remarks);
        Ok(())
    })?;
    writer.finish()?;
    Ok(status_of(&tally))
}

/// One input, ready to be written into a file of its own.
struct Rendered {
    path: PathBuf,
    stamp: Option<Stamp>,
    text: Result<String, Problem>,
    remarks: String,
}

/// One file an input. One that cannot be written does not stop the others.
fn split(args: &ParseArgs, folder: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    let format = args.format.unwrap_or(ParseFormat::Json);
    let color = console.colors(&std::io::stderr());
    let mut results = SplitFolder::open(folder, args.inputs.inputs.clone(), args.resume, args.force)?;
    let inputs = results.rest(collect(&args.inputs.inputs), console);
    let work = |loaded: Loaded| Rendered {
        remarks: diagnostics::all(&loaded, true, color),
        path: loaded.path,
        stamp: loaded.stamp,
        text: whole_text(loaded.records, format, args.provenance),
    };
    let tally = batch::run_on(inputs, args.inputs.max_file_size, console, work, |input, console| {
        console.print(&input.remarks);
        write_split(&mut results, input, format, console)
    })?;
    Ok(if results.failed > 0 { Status::Failure } else { status_of(&tally) })
}

/// Writes nothing for an input without forms.
fn write_split(
    results: &mut SplitFolder,
    input: Rendered,
    format: ParseFormat,
    console: &Console,
) -> Result<(), WriteFailure> {
    let text = input.text?;
    let mut files = results.begin(&input.path);
    if !text.is_empty() {
        let stem = input.path.file_stem().unwrap_or_default().to_string_lossy();
        let stem = if input.path == Path::new("-") { "标准输入".into() } else { stem };
        let write = |path: &Path, force| write_file(path, text.as_bytes(), force);
        results.write(&mut files, (&stem, format.extension()), write, console);
    }
    results.end(&input.path, input.stamp, files, console);
    Ok(())
}

/// All records of one input as the content of one file; empty without records.
fn whole_text(records: Vec<FormRecord>, format: ParseFormat, provenance: bool) -> Result<String, Problem> {
    let shape = match format {
        ParseFormat::Table => return Ok(records.iter().map(|record| form::table(record, false)).collect()),
        ParseFormat::Json => Shape::Array,
        ParseFormat::Ndjson => Shape::Lines,
    };
    let records = records.into_iter().map(|record| shape.record(&shown(record, provenance)));
    Ok(shape.join(&records.collect::<Result<Vec<String>, Problem>>()?))
}

fn shown(mut record: FormRecord, provenance: bool) -> FormRecord {
    if !provenance {
        record.provenance.clear();
    }
    record
}
