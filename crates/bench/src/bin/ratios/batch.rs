//! Many small files through the program itself: files a second, and memory that does not grow with their number.

use std::env;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use jixiao_bench::{DIALECTS, documents};

use crate::Outcome;
use crate::clock::rate;
use crate::table::Table;

/// A batch of files of one kind.
struct Batch {
    /// What the files are.
    name: &'static str,
    /// The dialect of [`DIALECTS`] that they are written in.
    dialect: &'static str,
    /// The fixtures that they are copies of.
    texts: Range<usize>,
    /// The environment variable that says how many there are.
    variable: &'static str,
    /// How many there are where it says nothing.
    files: usize,
    /// The commands that are run over them.
    commands: &'static [&'static str],
}

const BATCHES: [Batch; 2] = [
    Batch {
        name: "texts in drawing order",
        dialect: "drawing order",
        texts: 1..3,
        variable: "JIXIAO_BENCH_DRAWN",
        files: 4_000,
        commands: &["parse", "check"],
    },
    Batch {
        name: "small texts with pipes",
        dialect: "pipes",
        texts: 0..4,
        variable: "JIXIAO_BENCH_PIPED",
        files: 100_000,
        commands: &["parse", "check"],
    },
];

/// How often the memory of the program is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// One run of the program.
struct Run {
    time: Duration,
    /// The most memory it held, in KiB; `None` where the system does not tell.
    peak: Option<u64>,
}

pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let Some(program) = env::var_os("JIXIAO") else {
        table.remark("The batch was not measured: JIXIAO names no program.".to_owned());
        return Ok(());
    };
    for batch in &BATCHES {
        batch.measure(Path::new(&program), table)?;
    }
    Ok(())
}

impl Batch {
    fn measure(&self, program: &Path, table: &mut Table) -> Outcome<()> {
        let files = env::var(self.variable).map_or(Ok(self.files), |files| files.parse())?;
        let folder = tempfile::tempdir()?;
        let (few, many) = (folder.path().join("few"), folder.path().join("many"));
        let bytes = self.fill(&many, files)?;
        self.fill(&few, files / 10)?;
        for command in self.commands {
            let (few, many) = (run(program, command, &few)?, run(program, command, &many)?);
            let speed = format!("{:.0} files/s", rate(files, many.time));
            let memory = format!("{} at the most, {} with a tenth of them", mebibytes(many.peak), mebibytes(few.peak));
            let size = bytes as f64 / 1e3 / files as f64;
            table.row(format!("{command} of {files} {} ({size:.1} kB each), NDJSON", self.name), &speed, memory);
        }
        Ok(())
    }

    /// Fills `folder` with `count` files, of so many bytes together.
    fn fill(&self, folder: &Path, count: usize) -> Outcome<usize> {
        let own = DIALECTS.iter().filter(|(dialect, _)| *dialect == self.dialect);
        let texts: Vec<Vec<u8>> = own.flat_map(|(_, names)| documents(&names[self.texts.clone()])).collect();
        fs::create_dir(folder)?;
        let mut bytes = 0;
        for (number, text) in texts.iter().cycle().take(count).enumerate() {
            fs::write(folder.join(format!("{number:07}.txt")), text)?;
            bytes += text.len();
        }
        Ok(bytes)
    }
}

/// Rules between forms hold every record until the end; a batch of this kind goes without them.
fn run(program: &Path, command: &str, inputs: &Path) -> Outcome<Run> {
    let mut arguments = vec![command, "--quiet", "--format", "ndjson"];
    if command == "check" {
        arguments.extend(["--fail-on", "never", "--ignore", "X"]);
    }
    let start = Instant::now();
    let mut child = Command::new(program).args(arguments).arg(inputs).stdout(Stdio::null()).spawn()?;
    let mut peak = None;
    let status = loop {
        peak = peak_of(&child).max(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(LOOK);
    };
    if !status.success() {
        return Err(format!("{} {command} failed: {status}", program.display()).into());
    }
    Ok(Run { time: start.elapsed(), peak })
}

/// The most memory that a running program has held so far, in KiB.
fn peak_of(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn mebibytes(peak: Option<u64>) -> String {
    peak.map_or_else(|| "unknown memory".to_owned(), |peak| format!("{} MiB", peak / 1024))
}
