//! The progress bar of long work.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less is over before a bar could be read.
const SHOW_AFTER: Duration = Duration::from_secs(1);

const TEMPLATE: &str = "已处理 {pos}/{len} 个文件 {wide_bar} 每秒 {per_sec} 剩余 {eta}";

/// A bar for `total` inputs; hidden at first.
pub(crate) fn bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), ProgressDrawTarget::hidden());
    bar.set_style(ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Moves the bar on by one input, and shows it once the work has turned out to be long.
pub(crate) fn advance(bar: &ProgressBar) {
    bar.inc(1);
    if bar.is_hidden() && bar.elapsed() > SHOW_AFTER {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}
