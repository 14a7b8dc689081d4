//! A site of the charity's own, on a port of its own: a page with the one line of the widget, under the
//! strictest policy that still lets it in, and with a style that would spoil everything it reached.

use std::net::SocketAddr;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;

pub struct Site {
    address: SocketAddr,
}

const STYLE: &str = "* { color: crimson; letter-spacing: 3px !important; border: 2px dotted red; }
    button { display: none !important; background: lime; font: 40px cursive; }
    iframe { width: 10px !important; }
    #before { display: block !important; }";

impl Site {
    /// Behind this socket a page that loads the widget of the chat at `chat`, with these attributes, and shows
    /// `body`.
    pub async fn start(
        socket: std::net::TcpListener,
        chat: &str,
        language: &str,
        attributes: &str,
        body: &str,
    ) -> Site {
        let page = format!(
            "<!doctype html><html lang=\"{language}\"><meta charset=utf-8>\
            <meta name=viewport content=\"width=device-width, initial-scale=1\"><title>A site</title>\
            <link rel=stylesheet href=/style.css><script src=\"{chat}/widget.js\" async {attributes}></script>\
            <body><button id=before>.</button><p>A page of the charity's.</p>{body}"
        );
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src {chat}; frame-src {chat}; \
            require-trusted-types-for 'script'"
        );
        let shown = move || {
            let headers = [
                ("content-type", "text/html; charset=utf-8".to_string()),
                ("content-security-policy", policy.clone()),
                ("cross-origin-embedder-policy", "require-corp".to_string()),
            ];
            let answer = (headers, page.clone()).into_response();
            std::future::ready(answer)
        };
        let styled = || std::future::ready(([("content-type", "text/css")], STYLE));
        let router = Router::new()
            .route("/", get(shown))
            .route("/style.css", get(styled));
        let address = socket.local_addr().unwrap();
        socket.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(socket).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site { address }
    }

    /// Its origin under this name of the machine: `127.0.0.1` is the same site as a chat there, though another
    /// origin; `localhost` is another site.
    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}:{}", self.address.port())
    }
}
