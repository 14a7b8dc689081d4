//! What the FAQ takes: training, a question, memory. `cargo bench --bench faq`. The bounds of issue 5 stand beside
//! each figure; every phrasing here is made up of the shipped ones.

use std::hint::black_box;
use std::time::Instant;

use wasl::dialog::files::embedded;
use wasl::dialog::load::resolve;
use wasl::faq::{BACKGROUND, Concepts, Entry, Model, lines, tuning::Tuning};

/// Rounds of which the median is told.
const ROUNDS: usize = 9;
/// Entries and phrasings of the small and of the large FAQ.
const SMALL: (usize, usize) = (30, 300);
const LARGE: (usize, usize) = (77, 20_000);
/// Questions of a round.
const QUESTIONS: usize = 2_000;

fn main() {
    // `cargo test --benches` only wants to know that it builds.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let (dialogs, _) = resolve(&embedded(), "demo");
    let shipped: Vec<Entry> = dialogs
        .expect("the demo has no errors")
        .faq
        .iter()
        .map(|entry| Entry {
            id: entry.name.clone(),
            questions: entry.questions.clone(),
        })
        .collect();
    let concepts = Concepts::shipped();
    let others: Vec<&str> = lines(BACKGROUND).collect();

    let small = made(&shipped, SMALL);
    let before = resident();
    let learn = || Model::learn(&small, &concepts, &others, &Tuning::default());
    let (millis, model) = median(learn);
    println!(
        "training {} phrasings in {} entries: {millis:.0} ms (at most 100)",
        SMALL.1, SMALL.0
    );
    let (millis, _) = median(|| Model::calibrated(&small, &concepts));
    println!("the same with its thresholds: {millis:.0} ms");
    ask(&model, &shipped);
    println!(
        "memory for it: {:.1} MB resident more than before, {:.1} MB at most in this process so far (25 for a whole `wasl faq match`, told below)",
        resident() - before,
        peak()
    );
    drop(model);
    matched(&small);

    let large = made(&shipped, LARGE);
    let begun = Instant::now();
    let model = Model::calibrated(&large, &concepts);
    println!(
        "training {} phrasings in {} entries, with thresholds: {:.1} s (at most 10)",
        LARGE.1,
        LARGE.0,
        begun.elapsed().as_secs_f64()
    );
    ask(&model, &shipped);
}

/// As many entries with as many phrasings as wanted: those of the house, dealt out, later ones with a word more.
fn made(shipped: &[Entry], (entries, phrasings): (usize, usize)) -> Vec<Entry> {
    let all: Vec<(usize, &String)> = shipped
        .iter()
        .enumerate()
        .flat_map(|(at, entry)| entry.questions.iter().map(move |question| (at, question)))
        .collect();
    let mut made: Vec<Entry> = (0..entries)
        .map(|at| Entry {
            id: format!("entry_{at}"),
            questions: Vec::new(),
        })
        .collect();
    for number in 0..phrasings {
        let round = number / all.len();
        let (at, question) = all[number % all.len()];
        let more = all[(number * 7 + 3) % all.len()].1;
        let more: Vec<&str> = more.split(' ').take(round.min(3)).collect();
        let text = format!("{question} {}", more.join(" "));
        made[(at + round) % entries]
            .questions
            .push(text.trim().to_owned());
    }
    made
}

/// Milliseconds, the median of some rounds, and what the last one made.
fn median<T>(work: impl Fn() -> T) -> (f64, T) {
    let mut last = work();
    let mut millis = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        last = work();
        millis.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    millis.sort_by(f64::total_cmp);
    (millis[ROUNDS / 2], last)
}

fn ask(model: &Model, shipped: &[Entry]) {
    // A word more, so that nothing is known to the letter.
    let asked: Vec<String> = shipped
        .iter()
        .flat_map(|entry| &entry.questions)
        .map(|question| format!("طيب {question} الله"))
        .collect();
    let (millis, ()) = median(|| {
        for text in asked.iter().cycle().take(QUESTIONS) {
            black_box(model.ask(text));
        }
    });
    println!(
        "a question: {:.1} µs (at most 50)",
        millis * 1e3 / QUESTIONS as f64
    );
}

/// The whole program at work on the small FAQ: its peak, and how long until its first answer.
fn matched(entries: &[Entry]) {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder of its own");
    let path = folder.path().join("faq.jsonl");
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| serde_json::json!({"id": entry.id, "questions": entry.questions}).to_string())
        .collect();
    std::fs::write(&path, lines.join("\n")).expect("the file can be written");
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wasl"))
        .args(["faq", "match"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("wasl starts");
    let (mut input, output) = (
        child.stdin.take().expect("it is piped"),
        child.stdout.take().expect("it is piped"),
    );
    writeln!(input, "متى تفتحون").expect("it reads");
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .expect("it answers");
    let millis = begun.elapsed().as_millis();
    println!(
        "`wasl faq match`: first answer after {millis} ms, {:.1} MB at most (25)",
        of_process(&child.id().to_string(), "VmHWM")
    );
    drop(input);
    let _ = child.wait();
}

fn resident() -> f64 {
    of_process("self", "VmRSS")
}

fn peak() -> f64 {
    of_process("self", "VmHWM")
}

/// A line of `/proc/…/status`, in MB; 0 on systems without it.
fn of_process(id: &str, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
