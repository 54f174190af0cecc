//! The standard error stream: errors, warnings, notes and the progress bar, never results.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::ProgressBar;

use crate::args::{ColorWhen, Common, ProgressWhen};
use crate::messages::Problem;

/// How a message begins and looks.
#[derive(Clone, Copy)]
enum Tone {
    Error,
    Warning,
    Note,
}

impl Tone {
    const fn word(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Note => "说明",
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Error => AnsiColor::BrightRed.on_default().bold(),
            Self::Warning => AnsiColor::Yellow.on_default().bold(),
            Self::Note => AnsiColor::BrightCyan.on_default().bold(),
        }
    }
}

/// Where everything that is not a result goes. Used by one thread only, so that messages keep their order.
pub(crate) struct Console {
    quiet: bool,
    color: ColorWhen,
    progress: ProgressWhen,
    prints_results: bool,
    bar: Option<ProgressBar>,
}

impl Console {
    /// The console that the common options ask for, beside results on the standard output or not.
    pub(crate) const fn new(common: &Common, prints_results: bool) -> Self {
        Self { quiet: common.quiet, color: common.color, progress: common.progress, prints_results, bar: None }
    }

    /// True where text written to `stream` may be coloured.
    pub(crate) fn colors(&self, stream: &impl IsTerminal) -> bool {
        use_color(self.color, stream)
    }

    /// True where messages reach a person's terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Starts to show the progress of work on `total` inputs, where there is a place to show it.
    pub(crate) fn start_progress(&mut self, total: usize) {
        let shown = self.progress == ProgressWhen::Auto && !self.quiet && self.is_terminal();
        // Results on the same terminal show the progress already, and a bar would run through them.
        if shown && !(self.prints_results && std::io::stdout().is_terminal()) {
            self.bar = Some(crate::progress::bar(total));
        }
    }

    /// One more input is done.
    pub(crate) fn advance(&self) {
        if let Some(bar) = &self.bar {
            crate::progress::advance(bar);
        }
    }

    /// Removes the progress bar.
    pub(crate) fn end_progress(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Reports what could not be done.
    pub(crate) fn error(&self, problem: &Problem) {
        self.say(Tone::Error, problem);
    }

    /// Reports what the reader should look at although the work was done.
    pub(crate) fn warn(&self, problem: &Problem) {
        if !self.quiet {
            self.say(Tone::Warning, problem);
        }
    }

    /// Tells what was done.
    pub(crate) fn note(&self, text: impl Into<String>) {
        if !self.quiet {
            self.say(Tone::Note, &Problem::new(text));
        }
    }

    /// Prints a text that is rendered already.
    pub(crate) fn print(&self, rendered: &str) {
        if !self.quiet {
            self.write(rendered);
        }
    }

    fn say(&self, tone: Tone, problem: &Problem) {
        let style = if self.colors(&std::io::stderr()) { tone.style() } else { Style::new() };
        let mut text = format!("{style}{}：{style:#}{}\n", tone.word(), problem.what());
        for (word, detail) in problem.details() {
            text.push_str(&format!("  {word}：{detail}\n"));
        }
        self.write(&text);
    }

    /// A standard error that is closed or full leaves nobody to tell, so a failure to write is ignored.
    fn write(&self, text: &str) {
        let write = || {
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// True where text written to `stream` may be coloured: `--color`, then NO_COLOR, then whether it is a terminal.
pub(crate) fn use_color(when: ColorWhen, stream: &impl IsTerminal) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => stream.is_terminal() && !asks_for_plain_text(),
    }
}

fn asks_for_plain_text() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
