//! The JSON Schemas of the output, generated from the types so that they cannot drift from them.

use std::fs;

use anyhow::{Context, ensure};
use jixiao_core::FormRecord;
use jixiao_core::report::{CheckLine, CheckRecord};
use schemars::Schema;

use crate::workspace;

/// One committed schema.
struct Output {
    file: &'static str,
    id: &'static str,
    title: &'static str,
    schema: Schema,
}

fn outputs() -> [Output; 3] {
    [
        Output {
            file: "schema/jixiao-1.schema.json",
            id: "jixiao/1",
            title: "jixiao/1: self-evaluation forms as printed by `jixiao parse --format json`",
            schema: schemars::schema_for!(Vec<FormRecord>),
        },
        Output {
            file: "schema/jixiao-check-1.schema.json",
            id: "jixiao-check/1",
            title: "jixiao-check/1: audit findings as printed by `jixiao check --format json`",
            schema: schemars::schema_for!(Vec<CheckRecord>),
        },
        Output {
            file: "schema/jixiao-check-line-1.schema.json",
            id: "jixiao-check-line/1",
            title: "jixiao-check-line/1: one line as printed by `jixiao check --format ndjson`",
            schema: schemars::schema_for!(CheckLine),
        },
    ]
}

/// Writes the schema files, or with `check` fails when one is not what the types say.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    outputs().into_iter().try_for_each(|output| if check { compare(output) } else { write(output) })
}

fn compare(output: Output) -> anyhow::Result<()> {
    let file = output.file;
    let committed = fs::read_to_string(workspace::root()?.join(file)).with_context(|| format!("cannot read {file}"))?;
    ensure!(committed == text(output)?, "{file} is stale: run `cargo xtask schema` and commit the result");
    println!("{file} is up to date");
    Ok(())
}

fn write(output: Output) -> anyhow::Result<()> {
    let file = output.file;
    let path = workspace::root()?.join(file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, text(output)?).with_context(|| format!("cannot write {file}"))?;
    println!("wrote {file}");
    Ok(())
}

fn text(output: Output) -> anyhow::Result<String> {
    let mut schema = output.schema;
    schema.insert("$id".to_owned(), output.id.into());
    schema.insert("title".to_owned(), output.title.into());
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
