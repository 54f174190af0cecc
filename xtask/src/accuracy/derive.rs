//! Corpora made while measuring: the shared one with fewer ruling lines, and the documents of this repository by kind.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::ruling;

/// The kinds of documents kept in this repository.
const KINDS: [&str; 3] = ["pdf", "docx", "html"];

/// Makes in `folder` the files of `corpus/pdf` with some of their rules, beside the truth of that corpus.
pub(crate) fn with_fewer_rules(corpus: &Path, folder: &Path) -> anyhow::Result<()> {
    copy_all(&corpus.join("truth"), &folder.join("truth"))?;
    unruled(&corpus.join("pdf"), folder)
}

/// Makes in `folder` a corpus of those documents of `documents` that are there in every kind, with their truth from there or
/// from `fixtures`, and of the PDF among them with some of their rules.
pub(crate) fn by_kind(documents: &Path, fixtures: &Path, folder: &Path) -> anyhow::Result<()> {
    let truth = folder.join("truth");
    fs::create_dir_all(&truth)?;
    for path in files(documents)? {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let kinds = KINDS.map(|kind| documents.join(format!("{stem}.{kind}")));
        if path.extension().is_none_or(|kind| kind != "pdf") || !kinds.iter().all(|path| path.exists()) {
            continue;
        }
        let own = documents.join(format!("{stem}.json"));
        let shared = fixtures.join(format!("{stem}.json"));
        copy(if own.exists() { &own } else { &shared }, &truth)?;
        for (path, kind) in kinds.iter().zip(KINDS) {
            fs::create_dir_all(folder.join(kind))?;
            copy(path, &folder.join(kind))?;
        }
    }
    unruled(&folder.join("pdf"), folder)
}

fn unruled(pdf: &Path, folder: &Path) -> anyhow::Result<()> {
    for (name, kept) in ruling::KINDS {
        let target = folder.join(name);
        fs::create_dir_all(&target)?;
        for path in files(pdf)? {
            ruling::write(&path, &target.join(path.file_name().unwrap_or_default()), kept)?;
        }
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    files(from)?.iter().try_for_each(|path| copy(path, to))
}

fn copy(file: &Path, folder: &Path) -> anyhow::Result<()> {
    let target = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, target).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_there_in_every_kind() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = tempfile::tempdir().unwrap();
        by_kind(&root.join("crates/sources/tests/documents"), &root.join("fixtures"), folder.path()).unwrap();
        let count = |kind: &str| files(&folder.path().join(kind)).unwrap().len();
        assert!(count("truth") > 8);
        let kinds = KINDS.into_iter().chain(ruling::KINDS.map(|(name, _)| name));
        assert!(kinds.map(count).all(|number| number == count("truth")));
    }
}
