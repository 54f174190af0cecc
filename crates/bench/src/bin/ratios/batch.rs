//! Many small files through the program itself: files a second, and memory that does not grow with their number.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use jixiao_bench::{DIALECTS, documents};

use crate::Outcome;
use crate::clock::rate;
use crate::table::Table;

/// Files of a batch; `JIXIAO_BENCH_FILES` changes it.
const FILES: usize = 4_000;

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
    let files = env::var("JIXIAO_BENCH_FILES").map_or(Ok(FILES), |files| files.parse())?;
    let folder = tempfile::tempdir()?;
    fill(&folder.path().join("few"), files / 10)?;
    fill(&folder.path().join("many"), files)?;
    for command in ["parse", "check"] {
        let few = run(Path::new(&program), command, &folder.path().join("few"))?;
        let many = run(Path::new(&program), command, &folder.path().join("many"))?;
        let speed = format!("{:.0} files/s", rate(files, many.time));
        let memory = format!("{} at the most, {} with a tenth of them", mebibytes(many.peak), mebibytes(few.peak));
        table.row(format!("{command} of {files} text files, NDJSON"), &speed, memory);
    }
    Ok(())
}

/// Fills `folder` with `count` files of texts in drawing order.
fn fill(folder: &Path, count: usize) -> Outcome<()> {
    let texts: Vec<Vec<u8>> = DIALECTS.iter().take(1).flat_map(|(_, names)| documents(&names[1..])).collect();
    fs::create_dir(folder)?;
    for (number, text) in texts.iter().cycle().take(count).enumerate() {
        fs::write(folder.join(format!("{number:07}.txt")), text)?;
    }
    Ok(())
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
