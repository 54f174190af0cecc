//! Writes what the fuzzer begins with: `seeds TARGET FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let (Some(target), Some(folder)) = (arguments.next(), arguments.next().map(PathBuf::from)) else {
        return Err(io::Error::other("usage: seeds TARGET FOLDER"));
    };
    fs::create_dir_all(&folder)?;
    for (name, bytes) in jixiao_probe::seeds::of(&target.to_string_lossy()) {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
