//! Chromium without a window, driven by chromedriver, with a profile of its own. Talks to loopback
//! only.

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Response};
use thirtyfour::prelude::*;
use thirtyfour::session::http::{Body, HttpClient};

use super::postgres::missing;
use super::server::Guard;

const REMEDY: &str = "install Chromium and its driver, e.g. `apt-get install chromium chromium-driver fonts-noto-core`";

/// A page load of a debug build on two busy cores; what takes this long hangs.
const PATIENCE_SECS: u64 = 60;

/// Drivers that start together may want one port.
const STARTS_MAX: usize = 5;

/// A browser with one window.
pub struct Browser {
    pub driver: WebDriver,
    _chromedriver: Chromedriver,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// A phone (390 by 844) that speaks Arabic; None where this machine has no Chromium (in CI that is
    /// a failure).
    pub async fn phone() -> Option<Browser> {
        Browser::open(390, 844, "ar").await
    }

    /// A window of this size in CSS pixels whose browser prefers this language.
    pub async fn open(width: u32, height: u32, language: &str) -> Option<Browser> {
        Browser::open_with(width, height, language, &[]).await
    }

    /// As [`Browser::open`], with more arguments of Chromium's.
    pub async fn open_with(
        width: u32,
        height: u32,
        language: &str,
        arguments: &[&str],
    ) -> Option<Browser> {
        let (Some(driver), Some(chromium)) = (
            found(&["chromedriver"]),
            found(&["chromium", "chromium-browser", "google-chrome"]),
        ) else {
            missing("Chromium", REMEDY);
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder can be made");
        let (chromedriver, port) = start(driver);
        let mut wishes = DesiredCapabilities::chrome();
        let binary = chromium.to_string_lossy().into_owned();
        wishes.set_binary(&binary).expect("a path is a string");
        for argument in [
            "--headless".to_string(),
            "--no-sandbox".to_string(),
            "--disable-gpu".to_string(),
            "--disable-dev-shm-usage".to_string(),
            "--disable-background-networking".to_string(),
            "--disable-component-update".to_string(),
            "--disable-quic".to_string(),
            "--disable-sync".to_string(),
            "--no-first-run".to_string(),
            "--no-default-browser-check".to_string(),
            "--use-fake-ui-for-media-stream".to_string(),
            "--use-fake-device-for-media-stream".to_string(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--accept-lang={language}"),
            format!("--window-size={width},{height}"),
        ]
        .into_iter()
        .chain(arguments.iter().map(|argument| argument.to_string()))
        {
            wishes.add_arg(&argument).expect("an argument is a string");
        }
        // Chromium has a least window width; emulation has none, so that 320 px are 320 px.
        let device = serde_json::json!({
            "deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": width < 700}
        });
        wishes
            .add_experimental_option("mobileEmulation", device)
            .expect("an option is JSON");
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), wishes)
            .client(Wire(wire()))
            .await
            .expect("chromedriver opens a window");
        let patience = Duration::from_secs(PATIENCE_SECS);
        driver
            .set_page_load_timeout(patience)
            .await
            .expect("chromedriver takes a time limit");
        Some(Browser {
            driver,
            _chromedriver: chromedriver,
            _profile: profile,
        })
    }

    /// Closes the window; without it the browser ends with the test all the same, less politely.
    pub async fn close(self) {
        let _ = self.driver.clone().quit().await;
    }

    /// A picture of the window under `target/screenshots`, for a human to look at.
    pub async fn screenshot(&self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screenshots");
        std::fs::create_dir_all(&folder).expect("target can be written");
        let file = folder.join(format!("{name}.png"));
        let taken = self.driver.screenshot(&file).await;
        taken.expect("chromedriver takes a screenshot");
    }
}

/// The driver's process; its browsers go with it.
struct Chromedriver {
    child: Child,
    _guard: Guard,
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Its browsers are in its process group.
        let _ = Command::new("kill")
            .args(["-s", "KILL", "--", &format!("-{}", self.child.id())])
            .status();
        let _ = self.child.wait();
    }
}

fn found(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|file| file.exists())
}

/// Starts chromedriver on a port of its own choice. It takes a free one of IPv4, wants the same of IPv6, and gives up where
/// somebody else was quicker.
fn start(program: PathBuf) -> (Chromedriver, u16) {
    (0..STARTS_MAX)
        .find_map(|_| started(&program))
        .expect("chromedriver tells its port")
}

/// Reads the choice of port from what it prints; None when it gave up.
fn started(program: &Path) -> Option<(Chromedriver, u16)> {
    let mut child = Command::new(program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("chromedriver can be started");
    let guard = Guard::over_group(&child);
    let output = child.stdout.take().expect("its output is a pipe");
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        line.split_once("successfully on port ")?
            .1
            .trim_end_matches('.')
            .parse()
            .ok()
    });
    // Its pipe must be read to the end, else it would stop when the pipe is full.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    let chromedriver = Chromedriver {
        child,
        _guard: guard,
    };
    port.map(|port| (chromedriver, port))
}

/// thirtyfour over the client that the product's tests use anyway: one copy of reqwest.
struct Wire(reqwest::Client);

fn wire() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(Duration::from_secs(2 * PATIENCE_SECS))
        .build()
        .expect("a client without TLS can always be built")
}

type Answer<'a> = Pin<Box<dyn Future<Output = WebDriverResult<Response<Bytes>>> + Send + 'a>>;
type Client<'a> = Pin<Box<dyn Future<Output = Arc<dyn HttpClient>> + Send + 'a>>;

impl HttpClient for Wire {
    fn send<'a, 'b, 'c>(&'a self, request: Request<Body<'b>>) -> Answer<'c>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        Box::pin(async move {
            let failed = |error: reqwest::Error| {
                WebDriverError::from_inner(thirtyfour::error::WebDriverErrorInner::RequestFailed(
                    error.to_string(),
                ))
            };
            let (parts, body) = request.into_parts();
            let mut call = self
                .0
                .request(parts.method, parts.uri.to_string())
                .headers(parts.headers);
            if let Body::Json(json) = body {
                call = call.json(json);
            }
            let answer = call.send().await.map_err(failed)?;
            let mut response = Response::builder().status(answer.status());
            if let Some(headers) = response.headers_mut() {
                *headers = answer.headers().clone();
            }
            let bytes = answer.bytes().await.map_err(failed)?;
            Ok(response
                .body(bytes)
                .expect("status and headers were an answer's"))
        })
    }

    fn new<'a, 'c>(&'a self) -> Client<'c>
    where
        'a: 'c,
        Self: 'c,
    {
        // A client belongs to the runtime in which it was made.
        Box::pin(async { Arc::new(Wire(wire())) as Arc<dyn HttpClient> })
    }
}
