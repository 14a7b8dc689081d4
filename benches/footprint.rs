//! What the house takes: time from a cold start to the first byte, memory idle and with ten thousand
//! conversations and live pages open, and the size of the binary. `cargo bench --bench footprint`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The number of the requirement.
const CONVERSATIONS: usize = 10_000;
/// At once: more only wait in line.
const CLIENTS: usize = 64;
/// Each from an empty folder.
const STARTS: usize = 7;
/// Enough for one end of every live page: we hold one, the server the other.
const FILES: &str = "12000";

fn main() {
    // `cargo test --benches` only wants to know that it builds.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    if std::env::var_os("FOOTPRINT_FILES").is_none() {
        with_more_files();
    }
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_wasl")).map_or(0, |file| file.len());
    println!("binary: {:.1} MB", size as f64 / 1e6);
    starts();
    memory();
}

/// This program again, allowed to hold as many sockets as it needs; the server inherits it.
fn with_more_files() -> ! {
    let own = std::env::current_exe().expect("a program knows its own path");
    let error = Command::new("sh")
        .args(["-c", "ulimit -n \"$1\" && exec \"$2\"", "sh", FILES])
        .arg(own)
        .env("FOOTPRINT_FILES", FILES)
        .exec();
    panic!("sh: {error}");
}

fn starts() {
    let mut cold: Vec<Duration> = (0..STARTS).map(|_| start_and_first_byte()).collect();
    cold.sort();
    println!(
        "cold start, empty folder, to the first byte of the page: {} ms (median of {STARTS}; {} to {})",
        cold[STARTS / 2].as_millis(),
        cold[0].as_millis(),
        cold[STARTS - 1].as_millis()
    );
}

fn start_and_first_byte() -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let port = free_port();
    let began = Instant::now();
    let mut server = Server(serve(folder.path(), port));
    loop {
        if first_byte(port).is_some() {
            return began.elapsed();
        }
        assert!(
            matches!(server.0.try_wait(), Ok(None)),
            "the server ended by itself"
        );
        std::thread::sleep(Duration::from_micros(500));
    }
}

fn first_byte(port: u16) -> Option<u8> {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let request = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    socket.write_all(request).ok()?;
    let mut byte = [0];
    socket.read_exact(&mut byte).ok()?;
    Some(byte[0])
}

fn memory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let port = free_port();
    let server = Server(serve(folder.path(), port));
    while first_byte(port).is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_secs(3));
    println!("resident, idle: {:.1} MB", resident(&server.0));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let began = Instant::now();
        let cookies = converse(port).await;
        println!(
            "{CONVERSATIONS} conversations, each with an open form, in {:.1} s: {:.1} MB",
            began.elapsed().as_secs_f64(),
            resident(&server.0)
        );
        let lines = follow(port, cookies).await;
        tokio::time::sleep(Duration::from_secs(3)).await;
        println!(
            "{} of them with the page open and live: {:.1} MB",
            lines.len(),
            resident(&server.0)
        );
    });
}

/// Opens the chat and begins an application, as [`CONVERSATIONS`] people behind a proxy; gives their
/// cookies.
async fn converse(port: u16) -> Vec<(usize, String)> {
    let client = Arc::new(reqwest::Client::new());
    futures_util::stream::iter(0..CONVERSATIONS)
        .map(|number| converse_one(client.clone(), port, number))
        .buffer_unordered(CLIENTS)
        .collect()
        .await
}

async fn converse_one(client: Arc<reqwest::Client>, port: u16, number: usize) -> (usize, String) {
    let post = |path: &str, cookie: &str, body: serde_json::Value| {
        client
            .post(format!("http://127.0.0.1:{port}{path}"))
            .header("Accept", "application/json")
            .header("X-Forwarded-For", address(number))
            .header("Cookie", cookie)
            .json(&body)
            .send()
    };
    let opened = post("/chat/open", "", json!({"language": "ar"})).await;
    let opened = opened.expect("the server answers");
    let cookie = opened.headers().get("set-cookie").expect("a session");
    let cookie = cookie.to_str().expect("ASCII").split(';').next();
    let cookie = cookie.expect("a pair").to_string();
    let opened: serde_json::Value = opened.json().await.expect("JSON");
    let apply = &opened["talk"][0]["choices"]["options"][0]["data"];
    let message = json!({"id": format!("m{number}"), "choice": apply});
    let pressed = post("/chat/messages", &cookie, message).await;
    assert!(pressed.expect("the server answers").status().is_success());
    (number, cookie)
}

/// Opens the live line of each and keeps it.
async fn follow(port: u16, cookies: Vec<(usize, String)>) -> Vec<tokio::net::TcpStream> {
    futures_util::stream::iter(cookies)
        .map(|(number, cookie)| follow_one(port, number, cookie))
        .buffer_unordered(CLIENTS)
        .collect()
        .await
}

async fn follow_one(port: u16, number: usize, cookie: String) -> tokio::net::TcpStream {
    let socket = tokio::net::TcpStream::connect(("127.0.0.1", port)).await;
    let mut socket = socket.expect("the server takes connections");
    let request = format!(
        "GET /chat/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\
         X-Forwarded-For: {}\r\nCookie: {cookie}\r\n\r\n",
        address(number)
    );
    let written = socket.write_all(request.as_bytes()).await;
    written.expect("the server reads");
    let mut head = [0; 12];
    socket.read_exact(&mut head).await.expect("an answer");
    assert_eq!(&head, b"HTTP/1.1 200");
    socket
}

/// Everybody has an address of their own: the limits of one address are not what is measured.
fn address(number: usize) -> String {
    format!(
        "10.{}.{}.{}",
        number / 65_536,
        number / 256 % 256,
        number % 256
    )
}

fn serve(folder: &Path, port: u16) -> Child {
    Command::new(env!("CARGO_BIN_EXE_wasl"))
        .arg("serve")
        .env("WASL_LISTEN", format!("127.0.0.1:{port}"))
        .env("WASL_DATA_DIR", folder.join("data"))
        .env("WASL_TRUSTED_PROXY", "127.0.0.1")
        .env("WASL_LOG_FILTER", "error")
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary beside this bench")
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Megabytes that the process really holds.
fn resident(server: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1e3
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("its number").port()
}
