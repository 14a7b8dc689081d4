//! What a stretch of work cost this process: time, processor, and how often the disk was waited for.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Of `/proc/self/stat`: Linux tells every architecture the same hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;
/// A page of a log, as SQLite writes it.
const PAGE: [u8; 4_096] = [7; 4_096];

/// How often this process told the disk to sync.
static SYNCS: AtomicU64 = AtomicU64::new(0);

pub struct Meter {
    begun: Instant,
    cpu: f64,
    syncs: u64,
}

pub struct Reading {
    pub seconds: f64,
    pub cpu_seconds: f64,
    pub syncs: u64,
}

impl Meter {
    pub fn start() -> Meter {
        Meter {
            cpu: cpu_seconds(),
            syncs: SYNCS.load(Ordering::Relaxed),
            begun: Instant::now(),
        }
    }

    pub fn read(&self) -> Reading {
        Reading {
            seconds: self.begun.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds() - self.cpu,
            syncs: SYNCS.load(Ordering::Relaxed) - self.syncs,
        }
    }
}

/// Seconds of processor that this process has used, in user and in system mode.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything, in parentheses.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / TICKS_PER_SECOND
}

/// How many appended pages a second this disk syncs, one after another.
pub fn raw_syncs(folder: &Path, stretch: Duration) -> f64 {
    let mut file = File::create(folder.join("raw")).expect("a file in our own folder");
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < stretch {
        file.write_all(&PAGE).expect("the disk takes a page");
        file.sync_data().expect("the disk syncs");
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// SQLite, which is linked into this program, syncs through the two functions here: they count and do
/// the same as those of the C library. Elsewhere nothing is counted.
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod counted {
    use std::ffi::{c_int, c_long};
    use std::sync::atomic::Ordering;

    use super::SYNCS;

    #[cfg(target_arch = "x86_64")]
    const NUMBERS: (c_long, c_long) = (74, 75);
    #[cfg(target_arch = "aarch64")]
    const NUMBERS: (c_long, c_long) = (82, 83);

    unsafe extern "C" {
        fn syscall(number: c_long, ...) -> c_long;
    }

    #[unsafe(no_mangle)]
    extern "C" fn fsync(file: c_int) -> c_int {
        synced(NUMBERS.0, file)
    }

    #[unsafe(no_mangle)]
    extern "C" fn fdatasync(file: c_int) -> c_int {
        synced(NUMBERS.1, file)
    }

    fn synced(number: c_long, file: c_int) -> c_int {
        SYNCS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: both calls take the number of an open file alone, and the kernel checks it.
        let done = unsafe { syscall(number, file) };
        c_int::try_from(done).unwrap_or(-1)
    }
}
