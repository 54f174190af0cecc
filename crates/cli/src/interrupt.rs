//! Ctrl-C, a closed terminal and a polite kill: what is in hand is finished, nothing more is begun, and no temporary
//! file stays.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The status of a program ended by Ctrl-C, as every shell counts it: 128 and the number of the signal.
pub(crate) const STATUS: i32 = 130;

/// How long the work in hand may take to finish. An input takes milliseconds; waiting for the keyboard or writing a
/// workbook of thousands of forms would keep the person waiting, and is given up.
const GRACE: Duration = Duration::from_secs(1);

static ASKED: AtomicBool = AtomicBool::new(false);
static TEMPORARIES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Listens from now on. Where the system does not allow it, Ctrl-C ends the program at once as it would any other.
pub(crate) fn listen() {
    let _ = ctrlc::set_handler(|| {
        if !ASKED.swap(true, Ordering::SeqCst) {
            std::thread::sleep(GRACE);
        }
        remove_temporaries();
        // A standard error that is closed leaves nobody to tell.
        let _ = std::io::stderr().write_all("\n错误：已中断，没有写完的文件都已删除\n".as_bytes());
        std::process::exit(STATUS);
    });
}

/// True once the person has asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// A file that must not outlive the program.
pub(crate) fn keep_in_mind(path: &Path) {
    temporaries().insert(path.to_owned());
}

/// The file is gone, or has become a result.
pub(crate) fn forget(path: &Path) {
    temporaries().remove(path);
}

fn remove_temporaries() {
    for path in temporaries().iter() {
        // One that cannot be removed leaves nobody to tell.
        let _ = std::fs::remove_file(path);
    }
}

/// A thread that died while it held the set cannot have left it half-changed.
fn temporaries() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner)
}
