//! The server over real sockets and over bare calls: every bad input that HTTP can bring, the live
//! line, cookies, headers, and the weight of the page.

mod abuse;
mod anonymous;
mod files;
mod house;
mod live;
mod page;
mod talk;
mod webhook;
mod widget;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Options, Site, router};
use crate::config::{PublicUrl, Sites, TrustedProxy};
use house::House;

/// A server without a socket, and one visitor's cookies.
struct Visitor {
    router: Router,
    site: Site,
    house: Arc<House>,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("the answer is text")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A site that may show the chat.
const SITE: &str = "https://charity.example";

async fn site(public_url: &str, sites: &str) -> (Site, Arc<House>) {
    let (door, house) = house::open().await;
    let options = Options {
        public_url: PublicUrl::read(public_url).unwrap_or_else(|_| panic!("{public_url}")),
        trusted_proxy: TrustedProxy::default(),
        sites: Sites::read(sites).unwrap_or_else(|_| panic!("{sites}")),
        silence: Duration::from_millis(500),
        console: house.console(public_url),
        numbers: Box::new(|| "wasl_events_total 1\n".to_string()),
    };
    let site = Site::new(door, house.shelves.clone(), options);
    (site, Arc::new(house))
}

impl Visitor {
    async fn new() -> Visitor {
        Visitor::at("http://127.0.0.1:8080").await
    }

    async fn at(public_url: &str) -> Visitor {
        Visitor::with(public_url, SITE).await
    }

    async fn with(public_url: &str, sites: &str) -> Visitor {
        let (site, house) = site(public_url, sites).await;
        Visitor {
            router: router(site.clone()),
            site,
            house,
            cookie: None,
        }
    }

    /// Another browser on the same server.
    fn stranger(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            site: self.site.clone(),
            house: self.house.clone(),
            cookie: None,
        }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    async fn post(&mut self, path: &str, json: &str) -> Answer {
        let headers = [
            ("content-type", "application/json"),
            ("accept", "application/json"),
        ];
        self.send(Method::POST, path, &headers, Body::from(json.to_string()))
            .await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
        }
    }

    /// As a browser keeps cookies; the choice of a language is no session.
    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap();
        let (name, _) = pair.split_once('=').unwrap();
        if name == "wasl-language" {
            return;
        }
        let kept = self.cookie.take().unwrap_or_default();
        let mut pairs: Vec<&str> = kept.split("; ").filter(|one| !one.is_empty()).collect();
        pairs.retain(|one| one.split_once('=').unwrap().0 != name);
        if !cookie.contains("Max-Age=0") {
            pairs.push(pair);
        }
        self.cookie = (!pairs.is_empty()).then(|| pairs.join("; "));
    }

    /// Where the newest file of the talk lies.
    async fn file(&mut self) -> String {
        let history = self.get("/chat/history").await.json();
        let talk = history["talk"].as_array().unwrap().iter().rev();
        let id = talk
            .filter_map(|line| line["attachment"]["id"].as_str())
            .next();
        format!("/chat/attachments/{}", id.expect("there is a file"))
    }

    /// A form with one file, as a browser sends it.
    async fn upload(&mut self, name: &str, bytes: &[u8]) -> Answer {
        self.upload_to("/chat/attachments", name, bytes).await
    }

    async fn upload_to(&mut self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let (kind, body) = form(&format!("f{}", name.len()), "document", name, bytes);
        let headers = [
            ("content-type", kind.as_str()),
            ("accept", "application/json"),
        ];
        self.send(Method::POST, path, &headers, Body::from(body))
            .await
    }
}

fn form(id: &str, kind: &str, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (field, value) in [("id", id), ("as", kind)] {
        body.extend(
            format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            )
            .bytes(),
        );
    }
    body.extend(
        format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n")
            .bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_string(), body)
}

/// A server on a real socket; closes when told.
struct Served {
    address: SocketAddr,
    house: Arc<House>,
    closing: Option<tokio::sync::oneshot::Sender<()>>,
    running: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Served {
    async fn start() -> Served {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (site, house) = site(&format!("http://{address}"), SITE).await;
        let (closing, closed) = tokio::sync::oneshot::channel();
        let running = tokio::spawn(super::serve(site, listener, async {
            let _ = closed.await;
        }));
        Served {
            address,
            house,
            closing: Some(closing),
            running,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn close(mut self) {
        let _ = self.closing.take().unwrap().send(());
        self.running.await.unwrap().unwrap();
    }
}

fn browser() -> reqwest::Client {
    reqwest::Client::builder()
        .cookie_store(true)
        .build()
        .unwrap()
}

const JSON: [(&str, &str); 2] = [
    ("content-type", "application/json"),
    ("accept", "application/json"),
];
