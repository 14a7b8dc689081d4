//! The running server's own door: a socket in the data folder that only its owner can open. Commands
//! that change something go through it, so that one process alone writes. One request a connection,
//! one JSON line each way.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

use super::exit::{Ended, Ending, Failure, OrEnd};
use crate::config::Settings;
use crate::event::StaffAct;

/// The socket's name in the data folder.
const FILE: &str = "wasl.sock";

/// A request is a command and a text of a few thousand characters; 1 MiB is more than any.
const LINE_BYTES_MAX: u64 = 1024 * 1024;

/// Erasing a person rewrites the database file of SQLite, which takes a while on a slow disk.
const ANSWER_SECS_MAX: u64 = 600;

/// What a command asks of the server.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Read the dialogs again.
    Reload,
    /// An act of staff in a conversation.
    Staff { conversation: String, act: StaffAct },
    /// Somebody new in the console.
    Invite {
        name: String,
        title: String,
        roles: Vec<String>,
        branch: Option<String>,
        by: String,
    },
    /// A new password for somebody, and perhaps a new second factor.
    Readmit {
        name: String,
        second_factor: bool,
        by: String,
    },
    /// Record that somebody is shown sensitive values, and why.
    Reveal {
        noun: String,
        by: String,
        why: String,
    },
    /// Questions of the desk ask this entry, or nothing of the charity.
    Teach {
        entry: Option<String>,
        questions: Vec<String>,
        by: String,
    },
    /// Write an entry of the FAQ over the version that its author saw.
    Write {
        text: String,
        over: i64,
        questions: Vec<String>,
        by: String,
    },
    /// Take an entry of the FAQ out of use, or give it back to the files.
    Withdraw {
        entry: String,
        restore: bool,
        over: i64,
        by: String,
    },
    /// Send again what finally did not leave.
    Resend { id: String },
    /// Erase the person of a request, or whoever writes in a conversation.
    Erase {
        reference: Option<String>,
        conversation: Option<String>,
    },
}

/// How it went: the words for the operator, and whether it was done.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub done: bool,
    pub told: String,
}

impl Report {
    pub fn done(told: impl Into<String>) -> Report {
        Report {
            done: true,
            told: told.into(),
        }
    }

    pub fn refused(told: impl Into<String>) -> Report {
        Report {
            done: false,
            told: told.into(),
        }
    }
}

/// Opens the door of this server. A socket left by a server that was killed is replaced: whoever holds
/// the data folder's lock is the only server.
///
/// # Errors
/// When the folder cannot hold a socket.
pub fn open(data_dir: &Path) -> std::io::Result<UnixListener> {
    use std::os::unix::fs::PermissionsExt;
    let path = path(data_dir);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Answers whoever knocks, one after the other, for as long as the server runs.
pub async fn answer<F, A>(listener: UnixListener, answer: F)
where
    F: Fn(Errand) -> A,
    A: Future<Output = Report>,
{
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if let Err(error) = serve_one(stream, &answer).await {
                    tracing::warn!(%error, "a command at the server's own door went away");
                }
            }
            Err(error) => {
                tracing::error!(%error, "the server's own door is stuck");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// A command that says nothing must not keep others out.
const READ_SECS_MAX: u64 = 5;

async fn serve_one<F, A>(mut stream: UnixStream, answer: &F) -> std::io::Result<()>
where
    F: Fn(Errand) -> A,
    A: Future<Output = Report>,
{
    let read = tokio::time::timeout(Duration::from_secs(READ_SECS_MAX), line(&mut stream));
    let report = match serde_json::from_str(&read.await??) {
        Ok(errand) => answer(errand).await,
        Err(error) => Report::refused(format!("the server does not know this command: {error}")),
    };
    stream.write_all(&json(&report)?).await
}

/// Sends an errand to the running server; None when there is none.
///
/// # Errors
/// When there is one that does not answer.
pub async fn knock(settings: &Settings, errand: &Errand) -> Result<Option<Report>, Failure> {
    let Ok(stream) = UnixStream::connect(path(&settings.data_dir)).await else {
        return Ok(None);
    };
    let asked = tokio::time::timeout(Duration::from_secs(ANSWER_SECS_MAX), ask(stream, errand));
    let doing = "asking the running server";
    let answered = asked.await.or_end(Ending::Unavailable, doing)?;
    answered.or_end(Ending::Unavailable, doing).map(Some)
}

async fn ask(mut stream: UnixStream, errand: &Errand) -> std::io::Result<Report> {
    stream.write_all(&json(errand)?).await?;
    Ok(serde_json::from_str(&line(&mut stream).await?)?)
}

async fn line(stream: &mut UnixStream) -> std::io::Result<String> {
    let mut text = String::new();
    let mut reader = BufReader::new(stream.take(LINE_BYTES_MAX));
    reader.read_line(&mut text).await?;
    Ok(text)
}

fn json(words: &impl Serialize) -> std::io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(words)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

/// What the server said, as the end of a command.
pub fn told(report: Report) -> Ended {
    match report.done {
        true => {
            println!("{}", report.told);
            Ok(Ending::Done)
        }
        false => Err(Failure::new(Ending::Findings, report.told)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_errand_reaches_the_server_and_its_report_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        assert_eq!(knock(&settings, &Errand::Reload).await.unwrap(), None);
        let listener = open(folder.path()).unwrap();
        let server = tokio::spawn(answer(listener, async |errand| {
            Report::done(format!("{errand:?}"))
        }));
        let report = knock(&settings, &Errand::Reload).await.unwrap();
        assert_eq!(report, Some(Report::done("Reload")));
        server.abort();
    }

    #[tokio::test]
    async fn what_is_no_errand_is_refused_and_the_door_stays_open() {
        let folder = tempfile::tempdir().unwrap();
        let listener = open(folder.path()).unwrap();
        let server = tokio::spawn(answer(listener, async |_| Report::done("")));
        let mut stream = UnixStream::connect(path(folder.path())).await.unwrap();
        stream.write_all(b"{{{\n").await.unwrap();
        assert!(line(&mut stream).await.unwrap().contains("does not know"));
        let report = knock(&settings(folder.path()), &Errand::Reload).await;
        assert!(report.unwrap().unwrap().done);
        server.abort();
    }

    #[tokio::test]
    async fn the_socket_of_a_killed_server_is_replaced_and_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()).unwrap());
        let _again = open(folder.path()).unwrap();
        let mode = std::fs::metadata(path(folder.path()))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }

    fn settings(data_dir: &Path) -> Settings {
        let data = data_dir.to_str().unwrap().to_string();
        let none = data_dir.join("none.toml");
        std::fs::write(&none, "").unwrap();
        Settings::read_from(Some(&none), [("WASL_DATA_DIR".to_string(), data)]).unwrap()
    }
}
