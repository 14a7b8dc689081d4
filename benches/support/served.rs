//! The binary as it serves, with what it uses of processor and memory.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Hundredths of a second, on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

pub struct Served {
    pub url: String,
    child: Child,
    _folder: tempfile::TempDir,
}

impl Served {
    /// With these settings, on these cores alone ("0", "0,1").
    pub async fn start(settings: &[(&str, &str)], cores: &str) -> Served {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let output = folder.path().join("output");
        let file = std::fs::File::create(&output).expect("a file in our own folder");
        let child = Command::new("taskset")
            .args(["-c", cores, env!("CARGO_BIN_EXE_wasl"), "serve"])
            .env("WASL_DATA_DIR", folder.path().join("data"))
            .env("WASL_LISTEN", "127.0.0.1:0")
            .env("WASL_LOG_FILTER", "warn")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(Stdio::inherit())
            .spawn();
        let child = child.expect("the binary under test can be started");
        let url = wait_for(&output).await;
        Served {
            url,
            child,
            _folder: folder,
        }
    }

    /// Seconds of processor that it has used.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: f64 = ticks.filter_map(|field| field.parse::<f64>().ok()).sum();
        ticks / TICKS_PER_SECOND
    }

    pub fn resident_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kib.unwrap_or(0) / 1024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything of this process on this core.
pub fn pin_to(core: u32, pid: u32) {
    let pinned = Command::new("taskset")
        .args(["-a", "-c", "-p", &core.to_string(), &pid.to_string()])
        .stdout(Stdio::null())
        .status();
    if !pinned.is_ok_and(|status| status.success()) {
        println!("not pinned: both sides share the cores");
    }
}

async fn wait_for(output: &PathBuf) -> String {
    for _ in 0..1_000 {
        let printed = std::fs::read_to_string(output).unwrap_or_default();
        let found = printed
            .split_once("http://127.0.0.1:")
            .and_then(|(_, rest)| {
                let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
                (rest.len() > port.len()).then(|| format!("http://127.0.0.1:{port}"))
            });
        if let Some(url) = found {
            let ready = reqwest::get(format!("{url}/readyz")).await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                return url;
            }
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    panic!("serve is not ready");
}
