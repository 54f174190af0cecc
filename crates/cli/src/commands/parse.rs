//! `jixiao parse`: reads forms and prints them.

use std::io::IsTerminal;

use jixiao_core::FormRecord;

use super::{Status, status_of};
use crate::args::{ParseArgs, ParseFormat};
use crate::batch;
use crate::console::Console;
use crate::input::Loaded;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure, refuse_input};
use crate::render::json::{Shape, Writer};
use crate::render::{diagnostics, form};

/// Runs the command.
pub(super) fn run(args: &ParseArgs, console: &mut Console) -> Result<Status, WriteFailure> {
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

fn shown(mut record: FormRecord, provenance: bool) -> FormRecord {
    if !provenance {
        record.provenance.clear();
    }
    record
}
