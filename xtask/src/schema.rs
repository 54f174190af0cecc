//! The JSON Schema of the output, generated from the types so that it cannot drift from them.

use std::fs;

use anyhow::{Context, ensure};
use jixiao_core::FormRecord;

use crate::workspace;

const FILE: &str = "schema/jixiao-1.schema.json";
const STALE: &str = "schema/jixiao-1.schema.json is stale: run `cargo xtask schema` and commit the result";

/// Writes the schema file, or with `check` fails when it is not what the types say.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let path = workspace::root()?.join(FILE);
    let wanted = generate()?;
    if check {
        let committed = fs::read_to_string(&path).with_context(|| format!("cannot read {FILE}"))?;
        ensure!(committed == wanted, STALE);
        println!("{FILE} is up to date");
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, wanted).with_context(|| format!("cannot write {FILE}"))?;
    println!("wrote {FILE}");
    Ok(())
}

fn generate() -> anyhow::Result<String> {
    let mut schema = schemars::schema_for!(Vec<FormRecord>);
    schema.insert("$id".to_owned(), "jixiao/1".into());
    schema.insert(
        "title".to_owned(),
        "jixiao/1: self-evaluation forms as printed by `jixiao parse --format json`".into(),
    );
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
