//! The parts of the template: read as text, and written again with all others copied as they are stored.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::error::ExportError;

/// What becomes of the parts of an archive; parts that are not named stay as they are.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) replaced: BTreeMap<String, String>,
    pub(super) removed: BTreeSet<String>,
}

/// The archive `template` with `changes`: the parts in their order, the unchanged ones as they are stored.
///
/// # Errors
///
/// The archive is damaged.
pub(super) fn write(template: &[u8], changes: &Changes) -> Result<Vec<u8>, ExportError> {
    let damaged = |error: zip::result::ZipError| ExportError::TemplateDamaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(template)).map_err(damaged)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.set_raw_comment(archive.comment().into()).map_err(damaged)?;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        let part = name.trim_start_matches('/');
        if changes.removed.contains(part) {
            continue;
        }
        match changes.replaced.get(part) {
            None => zip.raw_copy_file(file).map_err(damaged)?,
            Some(text) => {
                let modified = file.last_modified().unwrap_or_default();
                let options = SimpleFileOptions::default().last_modified_time(modified);
                drop(file);
                zip.start_file(name, options).map_err(damaged)?;
                zip.write_all(text.as_bytes()).map_err(|error| ExportError::TemplateDamaged(error.to_string()))?;
            }
        }
    }
    Ok(zip.finish().map_err(damaged)?.into_inner())
}
