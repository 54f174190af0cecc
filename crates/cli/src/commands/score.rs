//! `jixiao score`: computes what the rules determine and leaves the rest to people.

use std::fmt::Write;
use std::path::Path;

use jixiao_core::report::field_words;
use jixiao_core::rules::Selection;
use jixiao_core::score::{ScoreNote, complete};
use jixiao_core::{Decimal, FieldPath, Form, FormRecord, FundField, IndicatorField};
use jixiao_exporter::WriteOptions;

use super::export::write_book;
use super::{Status, status_of};
use crate::args::{ScoreArgs, ScoreFormat};
use crate::batch;
use crate::console::Console;
use crate::input::Loaded;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure, refuse_existing, refuse_input};
use crate::profiles::Profiles;
use crate::render::json::{Shape, Writer};
use crate::render::{diagnostics, heading_line};

/// Runs the command.
pub(super) fn run(args: &ScoreArgs, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_input(args.output.as_deref(), &args.inputs.inputs)?;
    let profiles = Profiles::named(&args.profile.profile, &Selection::default())?;
    match (format(args), args.output.as_deref()) {
        (ScoreFormat::Json, _) => json(args, &profiles, console),
        (ScoreFormat::Xlsx, Some(path)) => workbook(args, &profiles, path, console),
        (ScoreFormat::Xlsx, None) => {
            Err(Problem::new("格式 xlsx 需要用 -o 指定输出文件").hint("例如 -o 评分结果.xlsx").into())
        }
    }
}

fn format(args: &ScoreArgs) -> ScoreFormat {
    let is_workbook = |path: &Path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let by_name = if args.output.as_deref().is_some_and(is_workbook) { ScoreFormat::Xlsx } else { ScoreFormat::Json };
    args.format.unwrap_or(by_name)
}

fn json(args: &ScoreArgs, profiles: &Profiles, console: &mut Console) -> Result<Status, WriteFailure> {
    let mut writer = Writer::new(Output::open(args.output.as_deref())?, Shape::Array);
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| {
        let (records, remarks) = score_all(loaded, profiles, color);
        let records = records.iter().map(|record| Shape::Array.record(record));
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

fn workbook(args: &ScoreArgs, profiles: &Profiles, path: &Path, console: &mut Console) -> Result<Status, WriteFailure> {
    refuse_existing(path, args.force)?;
    let color = console.colors(&std::io::stderr());
    let work = |loaded: Loaded| score_all(loaded, profiles, color);
    let mut all = Vec::new();
    let tally = batch::run(&args.inputs, console, work, |(records, remarks), console| {
        all.extend(records);
        console.print(&remarks);
        Ok(())
    })?;
    if !all.is_empty() {
        write_book(path, all, None, &WriteOptions::default(), args.force, console)?;
    }
    Ok(status_of(&tally))
}

/// The scored forms, and what to tell about reading and scoring them.
fn score_all(loaded: Loaded, profiles: &Profiles, color: bool) -> (Vec<FormRecord>, String) {
    let mut remarks = diagnostics::all(&loaded, true, color);
    let mut records = Vec::new();
    for record in loaded.records {
        let Some(profile) = profiles.of(record.form.family) else { continue };
        let scored = complete(&record.form, profile);
        remarks.push_str(&notes(&record, &scored.form, &scored.notes));
        // Provenance belongs to what was printed; it would pass off computed numbers as printed ones.
        records.push(FormRecord { form: scored.form, provenance: Default::default(), ..record });
    }
    (records, remarks)
}

/// What changed and what was left to a person; numbers that come out as printed are only counted.
fn notes(before: &FormRecord, after: &Form, notes: &[ScoreNote]) -> String {
    let mut text = heading_line(before);
    let mut unchanged = 0;
    for note in notes {
        if note.computed.is_some() && value(&before.form, note.field) == value(after, note.field) {
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
