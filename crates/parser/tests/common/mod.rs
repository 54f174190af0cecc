//! The documents of the fixtures folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of invented documents.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Every file below the fixtures folder whose name ends in one of `extensions`, sorted.
pub(crate) fn files(extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&folder(), extensions, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, extensions, found);
        } else if path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)) {
            found.push(path);
        }
    }
}

/// The text of a document.
pub(crate) fn text_of(path: &Path) -> String {
    jixiao_parser::decode(&fs::read(path).unwrap()).text
}
