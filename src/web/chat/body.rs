//! Bodies, read with a bound in bytes and in silence. What is left of a refused one is drained for a
//! moment, so that the sender hears the answer instead of a broken line.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_stream::wrappers::ReceiverStream;

use crate::web::wrong::Wrong;

/// 50,000 Arabic letters written as `\uXXXX` are 300,000 bytes: they still get an answer of the dialog.
pub const MESSAGE_BYTES_MAX: usize = 512 * 1024;

/// How long a refused body is still read.
const DRAIN_SECS: u64 = 10;

/// Chunks between the socket and the reader of an upload: a few, so that the socket waits for us.
const CHUNKS: usize = 4;

/// What `Content-Length` says, where it says anything.
pub fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A whole message, whole within `patience`.
///
/// # Errors
/// `TooLong` above [`MESSAGE_BYTES_MAX`], `Slow` when it is not whole in time, `Bad` when it breaks off.
pub async fn read(headers: &HeaderMap, body: Body, patience: Duration) -> Result<Vec<u8>, Wrong> {
    read_most(headers, body, patience, MESSAGE_BYTES_MAX).await
}

/// As [`read`], with another bound.
///
/// # Errors
/// As [`read`].
pub async fn read_most(
    headers: &HeaderMap,
    body: Body,
    patience: Duration,
    most: usize,
) -> Result<Vec<u8>, Wrong> {
    let mut chunks = body.into_data_stream();
    let until = Instant::now() + patience;
    let mut whole = Vec::new();
    let refused = loop {
        if length(headers).is_some_and(|bytes| bytes > most as u64) {
            break Wrong::TooLong;
        }
        match timeout_at(until, chunks.next()).await {
            Err(_) => return Err(Wrong::Slow),
            Ok(None) => return Ok(whole),
            Ok(Some(Err(_))) => return Err(Wrong::Bad),
            Ok(Some(Ok(chunk))) if whole.len() + chunk.len() > most => {
                break Wrong::TooLong;
            }
            Ok(Some(Ok(chunk))) => whole.extend_from_slice(&chunk),
        }
    };
    tokio::spawn(drain(chunks));
    Err(refused)
}

/// An upload as it comes, never silent longer than `patience`. Reading may end early: the rest is drained.
pub fn upload(body: Body, patience: Duration) -> Body {
    let (sender, receiver) = mpsc::channel(CHUNKS);
    tokio::spawn(pump(body.into_data_stream(), sender, patience));
    Body::from_stream(ReceiverStream::new(receiver))
}

type Chunks = axum::body::BodyDataStream;

async fn pump(
    mut chunks: Chunks,
    sender: mpsc::Sender<Result<Bytes, std::io::Error>>,
    patience: Duration,
) {
    loop {
        let chunk = match timeout(patience, chunks.next()).await {
            Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
            Ok(None) => return,
            Ok(Some(chunk)) => chunk.map_err(std::io::Error::other),
        };
        let failed = chunk.is_err();
        if sender.send(chunk).await.is_err() {
            return drain(chunks).await;
        }
        if failed {
            return;
        }
    }
}

async fn drain(mut chunks: Chunks) {
    let until = Instant::now() + Duration::from_secs(DRAIN_SECS);
    while let Ok(Some(Ok(_))) = timeout_at(until, chunks.next()).await {}
}
