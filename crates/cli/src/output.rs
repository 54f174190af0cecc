//! Where results go: the standard output, or a file that appears only when it is whole.

use std::fs;
use std::io::{self, BufWriter, Read, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::interrupt;
use crate::messages::{Problem, show, unwritable};

/// An open place for results.
pub(crate) enum Output {
    /// The standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file, which [`Output::finish`] makes whole.
    File(BufWriter<Pending>, PathBuf),
}

/// Why results could not be written.
pub(crate) enum WriteFailure {
    /// The reader of the pipe has what it wanted: no error.
    Closed,
    /// The person asked to stop.
    Interrupted(Interrupted),
    /// Anything else.
    Problem(Problem),
}

/// How far the work had come when the person asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interrupted {
    /// Inputs whose results were handed on.
    pub(crate) done: usize,
    /// All inputs.
    pub(crate) total: usize,
}

impl From<Problem> for WriteFailure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Output {
    /// The file `path`, or the standard output.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Problem> {
        match path {
            Some(path) if path != Path::new("-") => {
                Ok(Self::File(BufWriter::new(Pending::open(path)?), path.to_owned()))
            }
            _ => Ok(Self::Stdout(BufWriter::new(io::stdout().lock()))),
        }
    }

    /// Writes `text`.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), WriteFailure> {
        let result = match self {
            Self::Stdout(out) => out.write_all(text.as_bytes()),
            Self::File(file, _) => file.write_all(text.as_bytes()),
        };
        result.map_err(|error| self.failure(&error))
    }

    /// Passes on what is buffered, so that a reader of a pipe sees results as they come.
    pub(crate) fn flush(&mut self) -> Result<(), WriteFailure> {
        let result = match self {
            Self::Stdout(out) => out.flush(),
            Self::File(file, _) => file.flush(),
        };
        result.map_err(|error| self.failure(&error))
    }

    /// Makes the results visible under their final name.
    pub(crate) fn finish(mut self) -> Result<(), WriteFailure> {
        self.flush()?;
        match self {
            Self::Stdout(_) => Ok(()),
            Self::File(file, path) => {
                let file = file.into_inner().map_err(|error| unwritable(&path, error.error()))?;
                file.finish(&path, true).map_err(WriteFailure::from)
            }
        }
    }

    fn failure(&self, error: &io::Error) -> WriteFailure {
        match self {
            Self::Stdout(_) if error.kind() == io::ErrorKind::BrokenPipe => WriteFailure::Closed,
            Self::Stdout(_) => WriteFailure::Problem(unwritable(Path::new("标准输出"), error)),
            Self::File(_, path) => WriteFailure::Problem(unwritable(path, error)),
        }
    }
}

/// Writes a finished file: all of `bytes` under `path`, or nothing.
pub(crate) fn write_file(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), Problem> {
    let mut file = Pending::open(path)?;
    file.write_all(bytes).map_err(|error| unwritable(path, &error))?;
    file.finish(path, overwrite)
}

/// As [`write_file`], with what `source` holds.
pub(crate) fn write_from(path: &Path, source: &mut impl Read, overwrite: bool) -> Result<(), Problem> {
    let mut file = Pending::open(path)?;
    io::copy(source, &mut file).map_err(|error| unwritable(path, &error))?;
    file.finish(path, overwrite)
}

/// Refuses a file that exists already, unless the user asked to overwrite it.
pub(crate) fn refuse_existing(path: &Path, force: bool) -> Result<(), Problem> {
    if path.is_dir() {
        return Err(Problem::new(format!("「{}」是一个文件夹，不能当作输出文件", show(path))));
    }
    if force || !path.exists() || is_device(path) { Ok(()) } else { Err(exists(path)) }
}

/// True of what can be written to and is no file: a pipe, a terminal, `/dev/null`. Nothing in it can be overwritten, and
/// a file moved to its place would do away with it for every program of the machine.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// Refuses to write over one of the inputs, which must never change: one that is named, or any file of a folder that
/// is.
pub(crate) fn refuse_input(path: Option<&Path>, inputs: &[PathBuf]) -> Result<(), Problem> {
    let Some((path, output)) = path.and_then(|path| Some((path, fs::canonicalize(path).ok()?))) else {
        return Ok(());
    };
    let is_read = |input: &&PathBuf| fs::canonicalize(input).is_ok_and(|input| output.starts_with(input));
    let Some(input) = inputs.iter().find(is_read) else { return Ok(()) };
    if !input.is_dir() {
        return Err(Problem::new(format!("输出文件「{}」同时也是输入文件，不能覆盖它", show(path))));
    }
    Err(Problem::new(format!("输出文件「{}」已存在，又在输入文件夹「{}」里，不能覆盖它", show(path), show(input)))
        .cause("输入文件夹里的文件都是输入，从不改动")
        .hint("请把结果写到别的文件夹；如果它是上次的结果，可先删除"))
}

fn exists(path: &Path) -> Problem {
    Problem::new(format!("「{}」已存在，没有覆盖它", show(path))).hint("要覆盖请加 --force，或换一个文件名")
}

/// A file that is being written.
pub(crate) enum Pending {
    /// What is no file takes the results as they come.
    Device(fs::File),
    /// Beside its final place until it is whole.
    Temporary(Temporary),
}

impl Pending {
    fn open(path: &Path) -> Result<Self, Problem> {
        if is_device(path) {
            let device = fs::OpenOptions::new().write(true).open(path).map_err(|error| unwritable(path, &error))?;
            return Ok(Self::Device(device));
        }
        Ok(Self::Temporary(Temporary::beside(&behind_links(path)).map_err(|error| unwritable(path, &error))?))
    }

    /// Makes it the file `path`.
    fn finish(self, path: &Path, overwrite: bool) -> Result<(), Problem> {
        match self {
            Self::Device(mut device) => device.flush().map_err(|error| unwritable(path, &error)),
            Self::Temporary(file) => file.persist(&behind_links(path), overwrite).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => exists(path),
                _ => unwritable(path, &error),
            }),
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Device(device) => device.write(bytes),
            Self::Temporary(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Device(device) => device.flush(),
            Self::Temporary(file) => file.flush(),
        }
    }
}

/// The file that a link stands for: the link stays, and what it points to is replaced. Whatever is no link, or leads
/// nowhere, is itself.
fn behind_links(path: &Path) -> PathBuf {
    if path.is_symlink() { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// A temporary file that is removed with its owner, and by [`interrupt`] where the owner has no time left.
pub(crate) struct Temporary {
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Temporary {
    /// In the same folder as `path`, so that moving it to its place is one step that cannot fail half-way.
    fn beside(path: &Path) -> io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".jixiao-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        interrupt::keep_in_mind(file.path());
        Ok(Self { path: file.path().to_owned(), file: Some(file) })
    }

    /// Makes it the file `path`.
    fn persist(mut self, path: &Path, overwrite: bool) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let result = if overwrite { file.persist(path) } else { file.persist_noclobber(path) };
        result.map(drop).map_err(|error| error.error)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.file.take();
        interrupt::forget(&self.path);
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}
