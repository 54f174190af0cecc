//! `jixiao template`: a blank official form.

use jixiao_exporter::write_template;

use super::Status;
use super::export::layout;
use crate::args::TemplateArgs;
use crate::console::Console;
use crate::messages::{Problem, show};
use crate::output::{WriteFailure, refuse_existing, write_file};

/// Runs the command.
pub(super) fn run(args: &TemplateArgs, console: &Console) -> Result<Status, WriteFailure> {
    let layout = layout(&args.layout.layout)?;
    refuse_existing(&args.output, args.force)?;
    let bytes = write_template(layout, args.year, args.indicators)
        .map_err(|error| Problem::new("无法生成空白表").caused_by(&error))?;
    write_file(&args.output, &bytes, args.force)?;
    console.note(format!("已写入空白表「{}」：可用 Excel 或 WPS 打开填写", show(&args.output)));
    Ok(Status::Success)
}
