//! A disk that keeps only what was synced: a small library of our own, preloaded into the server, copies
//! each file at the moment it is synced. After a kill the copy is what a power cut would have left.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::load::Load;
use super::{MANY, PERSONS, check, moment};
use crate::support::{Engine, Server};

/// The library, built by the machine's own C compiler.
pub struct Disk {
    _folder: tempfile::TempDir,
    library: PathBuf,
}

impl Disk {
    /// None where there is no C compiler (in CI that is a failure): Rust itself links by one, so that
    /// is rare.
    pub fn make() -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("synced.c");
        let library = folder.path().join("synced.so");
        std::fs::write(&source, include_str!("synced.c")).unwrap();
        let built = Command::new("cc")
            .args([
                "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o",
            ])
            .args([&library, &source])
            .args(["-ldl", "-lpthread"])
            .status();
        match built {
            Ok(status) => assert!(status.success(), "synced.c does not compile"),
            Err(_) => {
                assert!(std::env::var_os("CI").is_none(), "CI needs a C compiler");
                eprintln!("SKIPPED the power cut: no C compiler `cc` found");
                return None;
            }
        }
        Some(Disk {
            _folder: folder,
            library,
        })
    }
}

/// Lets people write until the power goes, starts again on what the disk kept, lets them end what they
/// were at, and tells what is broken.
pub async fn power_cut(disk: &Disk, seed: u64, settings: &[(&str, &str)]) -> Vec<String> {
    let engine = Engine {
        name: "SQLite",
        database_url: None,
    };
    let kept = tempfile::tempdir().unwrap();
    let mut chance = StdRng::seed_from_u64(seed);
    let mut all = MANY.to_vec();
    let (library, to) = (
        disk.library.display().to_string(),
        kept.path().display().to_string(),
    );
    all.extend([("LD_PRELOAD", library.as_str()), ("SYNCED_TO", &to)]);
    all.extend(settings);
    let mut server = Server::start_with(&engine, &all).await;
    let load = Load::begin(&server.url, PERSONS, seed).await;
    tokio::time::sleep(Duration::from_millis(400) + moment(&mut chance)).await;
    server.kill();
    let broken = check::all(&engine, kept.path(), &load.so_far()).await;
    if !broken.is_empty() {
        return broken;
    }
    // What was synced becomes the disk, and the house goes on.
    std::fs::remove_dir_all(server.data()).unwrap();
    copy(kept.path(), server.data());
    let preloaded = |(name, _): &(String, String)| name == "LD_PRELOAD";
    server
        .start
        .variables
        .retain(|variable| !preloaded(variable));
    server.restart().await;
    let sent = load.end(Duration::from_secs(super::END_SECS_MAX)).await;
    server.kill();
    check::all(&engine, server.data(), &sent).await
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
