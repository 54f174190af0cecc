//! Every probe on what its search begins with and on everything that the search ever found.

#![expect(clippy::print_stdout, reason = "a probe that fails does not know the name of its input")]

use std::fs;
use std::path::Path;

use jixiao_probe::{TARGETS, seeds};

#[test]
fn every_target_has_seeds_and_bears_them() {
    for (name, probe) in TARGETS {
        let seeds = seeds::of(name);
        assert!(!seeds.is_empty(), "{name} has nothing to begin with");
        for (file, bytes) in seeds {
            println!("{name}: {file}");
            probe(&bytes);
        }
    }
}

#[test]
fn what_was_found_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    for (name, probe) in TARGETS {
        // A target of which nothing bad was found has no folder.
        let Ok(entries) = fs::read_dir(folder.join(name)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            probe(&fs::read(path).unwrap());
        }
    }
}

/// The names of the targets are told to the fuzzer's crate a second time, where no test of this workspace can see.
#[test]
fn every_target_is_fuzzed() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is missing in fuzz/Cargo.toml");
        assert!(fuzz.join(format!("fuzz_targets/{name}.rs")).exists(), "{name} has no file");
    }
}
