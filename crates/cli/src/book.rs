//! What kind of workbook forms are written into.

use std::fs::File;
use std::path::Path;

use jixiao_core::report::Summary;
use jixiao_core::rules::check;
use jixiao_core::{Diagnostic, Form};
use jixiao_exporter::{
    ExportError, Layout, Page, Series, WriteOptions, Written, fill_template, holds_macros, write_workbook,
};

use crate::input::read_bytes;
use crate::messages::{Problem, show, unwritable};
use crate::overrides::Overrides;
use crate::profiles::Profiles;

/// A kind of workbook.
pub(crate) enum Book {
    /// A new one in an official layout, or in the one that suits each form.
    Official(Option<&'static Layout>, WriteOptions),
    /// A copy of the user's own.
    Template {
        /// Its bytes.
        bytes: Vec<u8>,
        /// True where it holds macros.
        macros: bool,
    },
}

impl Book {
    /// New workbooks in `layout`, or in the layout that suits each form.
    pub(crate) const fn official(layout: Option<&'static Layout>, options: WriteOptions) -> Self {
        Self::Official(layout, options)
    }

    /// Copies of the workbook at `path`, of at most `max_bytes`.
    pub(crate) fn template(path: &Path, max_bytes: u64) -> Result<Self, Problem> {
        let bytes = read_bytes(path, max_bytes)?;
        let unusable = |error: ExportError| Problem::new(format!("不能用「{}」作模板", show(path))).caused_by(&error);
        let macros = holds_macros(&bytes).map_err(unusable)?;
        Ok(Self::Template { bytes, macros })
    }

    /// Writes `forms` into the workbook that is to stand at `path`.
    pub(crate) fn write(&self, path: &Path, forms: &[Form]) -> Result<Written, Problem> {
        let written = match self {
            Self::Official(layout, options) => {
                let profiles = Profiles::named("auto", &Overrides::default())?;
                write_workbook(&pages(forms, *layout, &profiles), options)
            }
            Self::Template { bytes, .. } => fill_template(bytes, forms),
        };
        written.map_err(|error| unwritten(path, &error))
    }

    /// A workbook that takes any number of forms, in a file without a name; `None` where the template says how many there
    /// are.
    pub(crate) fn series(&self) -> Result<Option<Series<File>>, Problem> {
        let Self::Official(_, options) = self else { return Ok(None) };
        let file = tempfile::tempfile().map_err(|error| unwritable(&std::env::temp_dir(), &error))?;
        Ok(Some(Series::new(file, *options)))
    }

    /// Adds `forms` to the workbook that is to stand at `path`; what their sheets do not give back comes back.
    pub(crate) fn add_to(
        &self,
        series: &mut Series<File>,
        path: &Path,
        forms: &[Form],
    ) -> Result<Vec<(usize, Diagnostic)>, Problem> {
        let Self::Official(layout, _) = self else { return Ok(Vec::new()) };
        let profiles = Profiles::named("auto", &Overrides::default())?;
        series.push(&pages(forms, *layout, &profiles)).map_err(|error| unwritten(path, &error))
    }

    /// How the names of the workbooks end.
    pub(crate) const fn extension(&self) -> &'static str {
        match self {
            Self::Template { macros: true, .. } => "xlsm",
            _ => "xlsx",
        }
    }

    /// Refuses a name under which no program would open the workbook.
    pub(crate) fn accepts_name(&self, path: &Path) -> Result<(), Problem> {
        let ends = |wanted: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(wanted));
        let wrong = match self {
            Self::Template { macros: true, .. } => ends("xlsx"),
            Self::Template { macros: false, .. } => ends("xlsm"),
            Self::Official(..) => false,
        };
        if !wrong {
            return Ok(());
        }
        let cause = if self.extension() == "xlsm" { "模板含有宏" } else { "模板不含宏" };
        Err(Problem::new(format!("输出文件「{}」的扩展名与模板不符", show(path)))
            .cause(cause)
            .hint(format!("请把输出文件的扩展名改为 .{}", self.extension())))
    }
}

fn pages<'f>(forms: &'f [Form], layout: Option<&'static Layout>, profiles: &Profiles) -> Vec<Page<'f>> {
    let page = |form| Page {
        form,
        layout: layout.unwrap_or_else(|| Layout::of(form)),
        findings: profiles.of(form.family).map(|profile| Summary::of(&check(form, profile))),
    };
    forms.iter().map(page).collect()
}

/// Says that the workbook at `path` could not be written.
pub(crate) fn unwritten(path: &Path, error: &ExportError) -> Problem {
    Problem::new(format!("无法导出「{}」", show(path))).caused_by(error)
}
