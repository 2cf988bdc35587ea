//! Build script: names the program by its own source.
//!
//! `build.json` compares this name to decide whether an output is still good,
//! so that a changed program, template or embedded font rebuilds everything
//! although its version is the same.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads the source and talks to cargo through stdout"
)]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let mut files = vec![PathBuf::from("Cargo.lock")];
    for folder in ["src", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    files.sort();
    // A fixed key: the same source has the same name on every machine.
    let mut hasher = DefaultHasher::new();
    for path in files {
        path.to_string_lossy().replace('\\', "/").hash(&mut hasher);
        fs::read(&path)?.hash(&mut hasher);
    }
    println!("cargo::rustc-env=KEPU_FINGERPRINT={:016x}", hasher.finish());
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
