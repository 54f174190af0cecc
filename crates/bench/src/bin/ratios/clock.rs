//! Times of works done in turns, so that whatever else the machine does meets all of them alike.

use std::time::{Duration, Instant};

/// How often each work is done; the best time counts, for nothing makes work faster than it is.
const ROUNDS: usize = 7;

/// The best time of each of `works`.
pub(crate) fn best<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (work, best) in works.iter_mut().zip(&mut best) {
            let start = Instant::now();
            work();
            *best = start.elapsed().min(*best);
        }
    }
    best
}

/// How many of `count` things are done in a second.
pub(crate) fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// How many times as long as `other` `time` is.
pub(crate) fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}
