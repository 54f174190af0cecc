//! `jixiao score`: computes what the rules determine and leaves the rest to people.

use std::fmt::Write;
use std::path::Path;

use jixiao_core::report::field_words;
use jixiao_core::score::{ScoreNote, complete};
use jixiao_core::{Decimal, FieldPath, Form, FormRecord, FundField, IndicatorField};
use jixiao_exporter::WriteOptions;

use super::{Status, status_of};
use crate::args::{ScoreArgs, ScoreFormat};
use crate::batch;
use crate::binder::Binder;
use crate::book::Book;
use crate::console::Console;
use crate::input::Loaded;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure, refuse_existing, refuse_input};
use crate::overrides::Overrides;
use crate::profiles::Profiles;
use crate::render::json::{Shape, Writer};
use crate::render::{diagnostics, heading_line};

/// Runs the command.
pub(super) fn run(args: &ScoreArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_input(args.output.as_deref(), &args.inputs.inputs)?;
    let profiles = Profiles::named(&args.profile.profile, &Overrides::default())?;
    match (format(args), args.output.as_deref()) {
        (ScoreFormat::Json, _) => json(args, &profiles, console),
        (ScoreFormat::Text, _) => text(args, &profiles, console),
        (ScoreFormat::Xlsx, Some(path)) => workbook(args, &profiles, path, console),
        (ScoreFormat::Xlsx, None) => {
            Err(Problem::new("格式 xlsx 需要用 -o 指定输出文件").hint("例如 -o 评分结果.xlsx").into())
        }
    }
}

fn format(args: &ScoreArgs) -> ScoreFormat {
    let is_workbook = |path: &Path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    args.format.unwrap_or(match args.output.as_deref() {
        Some(path) if is_workbook(path) => ScoreFormat::Xlsx,
        None if args.explain => ScoreFormat::Text,
        _ => ScoreFormat::Json,
    })
}

fn json(args: &ScoreArgs, profiles: &Profiles, console: &mut Console) -> Result<Status, WriteFailure> {
    let mut writer = Writer::new(Output::open(args.output.as_deref())?, Shape::Array);
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| {
        let Scoring { records, remarks, notes } = score_all(loaded, profiles, color, args.explain);
        let records = records.iter().map(|record| Shape::Array.record(record));
        (records.collect::<Result<Vec<String>, Problem>>(), remarks + &notes)
    };
    let tally = batch::run(&args.inputs, console, work, |(records, remarks), console| {
        writer.push(&records?)?;
        console.print(&remarks);
        Ok(())
    })?;
    writer.finish()?;
    Ok(status_of(&tally))
}

fn workbook(args: &ScoreArgs, profiles: &Profiles, path: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_existing(path, args.force)?;
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| score_all(loaded, profiles, color, args.explain);
    let book = Book::official(None, WriteOptions::default());
    let mut binder = Binder::new(&book, path);
    let tally = batch::run(&args.inputs, console, work, |scoring, console| {
        console.print(&(scoring.remarks + &scoring.notes));
        Ok(binder.add(scoring.records, console)?)
    })?;
    binder.finish(args.force, console)?;
    Ok(status_of(&tally))
}

/// Only the computations, as the result.
fn text(args: &ScoreArgs, profiles: &Profiles, console: &mut Console) -> Result<Status, WriteFailure> {
    let mut output = Output::open(args.output.as_deref())?;
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| score_all(loaded, profiles, color, args.explain);
    let tally = batch::run(&args.inputs, console, work, |scoring, console| {
        output.write(&scoring.notes)?;
        output.flush()?;
        console.print(&scoring.remarks);
        Ok(())
    })?;
    output.finish()?;
    Ok(status_of(&tally))
}

/// The scored forms of one input.
struct Scoring {
    records: Vec<FormRecord>,
    /// What the reader remarked.
    remarks: String,
    /// How the numbers came about.
    notes: String,
}

fn score_all(loaded: Loaded, profiles: &Profiles, color: bool, explain: bool) -> Scoring {
    let mut scoring =
        Scoring { records: Vec::new(), remarks: diagnostics::all(&loaded, true, color), notes: String::new() };
    for record in loaded.records {
        let Some(profile) = profiles.of(record.form.family) else { continue };
        let scored = complete(&record.form, profile);
        scoring.notes.push_str(&notes(&record, &scored.form, &scored.notes, explain));
        // Provenance belongs to what was printed; it would pass off computed numbers as printed ones.
        let (form, computations) = (scored.form, scored.notes);
        scoring.records.push(FormRecord { form, computations, provenance: Default::default(), ..record });
    }
    scoring
}

/// What changed and what was left to a person; numbers that come out as printed are only counted, unless all are to be
/// explained.
fn notes(before: &FormRecord, after: &Form, notes: &[ScoreNote], explain: bool) -> String {
    let mut text = heading_line(before);
    let mut unchanged = 0;
    for note in notes {
        if !explain && note.computed.is_some() && value(&before.form, note.field) == value(after, note.field) {
            unchanged += 1;
        } else {
            let _ = writeln!(text, "  {}：{}", field_words(note.field), note.message);
        }
    }
    if unchanged > 0 {
        let _ = writeln!(text, "  另有 {unchanged} 个数与表上一致");
    }
    text
}

/// A number that scoring may compute.
fn value(form: &Form, path: FieldPath) -> Option<Decimal> {
    let funds = |row: usize| form.funds.rows.get(row);
    match path {
        FieldPath::Fund(row, FundField::Weight) => funds(row)?.weight,
        FieldPath::Fund(row, FundField::ExecutionRate) => funds(row)?.execution_rate,
        FieldPath::Fund(row, FundField::Score) => funds(row)?.score,
        FieldPath::Indicator(row, IndicatorField::Score) => form.indicators.get(row)?.score,
        FieldPath::TotalScore => form.total.score,
        _ => None,
    }
}
