//! One file for each command.

mod check;
mod completions;
mod export;
mod layout;
mod parse;
mod profile;
mod rules;
mod score;
mod template;

use crate::args::{Cli, Command};
use crate::batch::Tally;
use crate::console::Console;
use crate::interrupt;
use crate::messages::Problem;
use crate::output::{Interrupted, WriteFailure};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// All done.
    Success = 0,
    /// Done, and `check` found something that counts.
    Findings = 1,
    /// Bad usage, or at least one input could not be read or one output not be written.
    Failure = 2,
    /// Stopped by the person before all was done.
    Interrupted = interrupt::STATUS as isize,
}

/// Runs the command and says how it ended.
pub(crate) fn run(cli: &Cli) -> Status {
    interrupt::listen();
    let mut console = Console::new(&cli.common, cli.command.prints_results());
    if let Some(jobs) = cli.common.jobs
        && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()
    {
        console.error(&Problem::new(format!("无法启动 {jobs} 个线程")).caused_by(&error));
        return Status::Failure;
    }
    let result = match &cli.command {
        Command::Parse(args) => parse::run(args, &mut console),
        Command::Check(args) => check::run(args, &mut console),
        Command::Score(args) => score::run(args, &mut console),
        Command::Export(args) => export::run(args, &mut console),
        Command::Template(args) => template::run(args, &console),
        Command::Rules(args) => rules::run(args),
        Command::Profile(args) => profile::run(args),
        Command::Completions(args) => completions::run(args),
    };
    console.end_progress();
    match result {
        Ok(status) => status,
        Err(WriteFailure::Closed) => Status::Success,
        Err(WriteFailure::Interrupted(Interrupted { done, total })) => {
            console.error(&interrupted(done, total));
            Status::Interrupted
        }
        Err(WriteFailure::Problem(problem)) => {
            console.error(&problem);
            Status::Failure
        }
    }
}

fn interrupted(done: usize, total: usize) -> Problem {
    Problem::new(format!("已中断：共 {total} 个输入，处理完 {done} 个"))
        .cause("收到 Ctrl-C 或结束信号")
        .hint("用 -o 指定的文件没有写出；标准输出上只有已处理部分的结果；--split 的文件夹可加 --resume 接着做")
}

/// The status of a command that only reads and writes.
const fn status_of(tally: &Tally) -> Status {
    if tally.failed > 0 { Status::Failure } else { Status::Success }
}
