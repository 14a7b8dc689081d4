//! Takes connections and gives them to the router, with a limit on everything that a stranger could
//! hold open; closes gracefully: what is in flight ends, live lines are told to come again.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::Site;
use super::limits::Peer;
use super::stall::Stall;

/// Longer heads than any browser sends; two cookies and a user agent are under 2 KiB.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// How long closing waits for what is in flight: a turn takes milliseconds, an upload is sent again.
const CLOSING_SECS: u64 = 10;

/// When no connection can be taken (too many open files), try again after this.
const ACCEPT_RETRY_MILLIS: u64 = 100;

/// Serves until `shutdown` resolves and everything in flight has ended.
///
/// # Errors
/// None today: a connection that fails is that connection's end alone.
pub async fn serve(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let router = super::router(site.clone());
    let watching = tokio::spawn(super::chat::watch::run(site.clone()));
    let connections = TaskTracker::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut shutdown => break,
        };
        match taken {
            Ok((socket, peer)) => {
                connections.spawn(connection(router.clone(), site.clone(), socket, peer));
            }
            Err(error) => refused(&error).await,
        }
    }
    drop(listener);
    site.closing().cancel();
    connections.close();
    let patience = Duration::from_secs(CLOSING_SECS);
    if tokio::time::timeout(patience, connections.wait())
        .await
        .is_err()
    {
        tracing::warn!(
            connections = connections.len(),
            "closing without waiting longer"
        );
    }
    watching.abort();
    Ok(())
}

async fn refused(error: &std::io::Error) {
    tracing::warn!(%error, "a connection could not be taken");
    tokio::time::sleep(Duration::from_millis(ACCEPT_RETRY_MILLIS)).await;
}

async fn connection(router: Router, site: Site, socket: TcpStream, peer: SocketAddr) {
    let closing = site.closing();
    // Without it a small event waits for the one before it to be confirmed.
    let _ = socket.set_nodelay(true);
    let socket = Stall::new(socket, site.silence());
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(site.silence())
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(socket), service);
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = closing.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
