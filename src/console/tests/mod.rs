//! The console over bare calls: signing in and out, who sees what, and every page empty, usual and overlong.

mod conversation;
mod desk;
mod doors;
mod every;
mod pages;
mod people;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use tower::ServiceExt as _;

use super::platform::{Finding, Look, Platforms};
use super::{Console, Rooms, fresh_id, now, password, router, second, sign_in};
use crate::config::{PublicUrl, Settings};
use crate::dialog::load;
use crate::dialog::step;
use crate::inbox::edits::Shipped;
use crate::inbox::{self, Bus, Registry, Started};
use crate::store::dialog_set;
use crate::store::object::Objects;
use crate::store::staff::{self, New, Role};
use crate::store::{Mode, Options, Store};
use crate::text::lang::Lang;

/// A password that is good enough.
pub const PASSWORD: &str = "three camels drink";

/// WhatsApp's window is a day, and it answers when it is asked.
fn platforms() -> Platforms {
    let look: Look = Arc::new(|| {
        let told = "the number is connected".to_owned();
        Box::pin(async move { vec![Finding { good: true, told }] })
    });
    Platforms {
        windows: [("whatsapp".to_owned(), 24)].into(),
        looks: [("whatsapp".to_owned(), look)].into(),
        ..Platforms::default()
    }
}

/// A console on a house with nothing in it; lives as long as it is tested.
pub struct House {
    pub store: Store,
    router: Router,
    registry: Arc<Registry>,
    _started: Started,
    _folder: tempfile::TempDir,
}

/// One browser.
pub struct Visitor {
    router: Router,
    pub cookies: Vec<(String, String)>,
    pub host: &'static str,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Fails with the page when it is not this status.
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let begin = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&begin).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_string()
    }

    /// The ids of the labels that a page changes.
    fn labels(&self) -> Vec<String> {
        let links = self.text.split("action=\"/staff/labels/").skip(1);
        let ids = links.filter_map(|link| link.split(['"', '/']).next());
        let ids: BTreeSet<String> = ids.map(str::to_owned).collect();
        ids.into_iter().collect()
    }

    /// Fails unless the page says this.
    pub fn says(&self, words: &str) -> &Answer {
        let plain = self.text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(plain.contains(words), "not said: {words}\n{plain}");
        self
    }
}

impl House {
    pub async fn open() -> House {
        House::at("http://127.0.0.1:8080").await
    }

    pub async fn at(url: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::sqlite(&folder.path().join("data"), "demo");
        let store = Store::open(options, Mode::Write).await.unwrap();
        let none = folder.path().join("none.toml");
        std::fs::write(&none, "").unwrap();
        let settings = Settings::read_from(Some(&none), []).unwrap();
        let files = load::embedded().of("demo");
        let dialogs = load::reload(&files, "demo").unwrap();
        let mut tx = store.begin_write().await.unwrap();
        let json = serde_json::to_string(&files).unwrap();
        dialog_set::keep(&mut tx, &dialogs.version, &json, 1)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let registry = Arc::new(Registry::new(Arc::new(dialogs)));
        let bus = Bus::default();
        let run = inbox::Options::new(step, ["web"].into());
        let started = inbox::start(store.clone(), registry.clone(), bus.clone(), run);
        let url = PublicUrl::read(url).unwrap();
        let console = Console::new(registry.clone(), bus, settings, url);
        console.open(Rooms {
            store: store.clone(),
            inbox: started.inbox.clone(),
            objects: Objects::open(&store).unwrap(),
            shipped: Shipped::new(files.clone(), "demo"),
            platforms: platforms(),
        });
        House {
            router: router(console),
            registry: registry.clone(),
            store,
            _started: started,
            _folder: folder,
        }
    }

    /// Somebody with a password, and a second factor where the role needs one; gives the id.
    pub async fn staff(&self, name: &str, roles: &[Role]) -> String {
        let id = fresh_id();
        let roles: BTreeSet<Role> = roles.iter().copied().collect();
        let hash = password::hash(PASSWORD).await.unwrap();
        let mut tx = self.store.begin_write().await.unwrap();
        let new = New {
            id: &id,
            name,
            title: name,
            roles: &roles,
            branch: None,
            language: Lang::En,
            at: now(),
            by: "tests",
        };
        assert!(staff::add(&mut tx, &new).await.unwrap());
        staff::set_password(&mut tx, &id, &hash, now())
            .await
            .unwrap();
        if roles.contains(&Role::Administrator) {
            let second = staff::Second {
                secret: &second::fresh(),
                step: 0,
                codes: &[],
                at: now(),
            };
            staff::set_second(&mut tx, &id, &second).await.unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    /// The name of some entry of the FAQ.
    fn entry(&self) -> String {
        self.registry.current().faq[0].name.clone()
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookies: Vec::new(),
            host: "127.0.0.1:8080",
        }
    }

    /// A browser in which this one is signed in.
    pub async fn visitor(&self, name: &str) -> Visitor {
        let mut visitor = self.stranger();
        visitor.sign_in(name).await.is(303);
        let account = {
            let mut tx = self.store.reader().await.unwrap();
            staff::named(&mut tx, name).await.unwrap().unwrap()
        };
        if account.has_second() {
            let code = self.code(&account.totp.unwrap());
            let body = format!("back=/staff&code={code}");
            visitor.post("/staff/sign-in/code", &body).await.is(303);
        }
        visitor
    }

    /// The code that an app shows now.
    pub fn code(&self, secret: &str) -> String {
        second::shown(secret, sign_in::now_secs()).unwrap()
    }
}

impl Visitor {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, Body::from(body.to_string()))
            .await
    }

    pub async fn sign_in(&mut self, name: &str) -> Answer {
        let password = PASSWORD.replace(' ', "+");
        let body = format!("name={name}&password={password}&back=/staff");
        let answer = self.post("/staff/sign-in", &body).await;
        // With a second factor the next page is shown at once.
        match answer.status {
            StatusCode::OK => Answer {
                status: StatusCode::SEE_OTHER,
                ..answer
            },
            _ => answer,
        }
    }

    pub async fn send(&mut self, method: Method, path: &str, body: Body) -> Answer {
        let form = "application/x-www-form-urlencoded";
        self.send_form(method, path, form, body).await
    }

    /// A form of another kind.
    pub async fn send_as(&mut self, path: &str, kind: &str, body: String) -> Answer {
        self.send_form(Method::POST, path, kind, Body::from(body))
            .await
    }

    /// A form as it is sent where files may go along.
    pub async fn send_parts(&mut self, path: &str, parts: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in parts {
            let (name, file) = name.split_once('/').unwrap_or((name, ""));
            let named = match file {
                "" => String::new(),
                file => format!("; filename=\"{file}\""),
            };
            body += &format!(
                "------x\r\nContent-Disposition: form-data; name=\"{name}\"{named}\r\n\r\n{value}\r\n"
            );
        }
        body += "------x--\r\n";
        self.send_as(path, "multipart/form-data; boundary=----x", body)
            .await
    }

    /// A new label with this name in both languages; gives its id.
    pub async fn label(&mut self, name: &str) -> String {
        let known = self.get("/staff/labels").await.is(200).labels();
        let body = format!("ar={name}&en={name}&tone=bad");
        self.post("/staff/labels", &body).await.is(303);
        let mut labels = self.get("/staff/labels").await.is(200).labels();
        labels.retain(|label| !known.contains(label));
        labels.remove(0)
    }

    /// Opens a page that does not end: its body as it comes.
    pub async fn open(&mut self, path: &str) -> Body {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let request = Request::get(path)
            .header(HOST, self.host)
            .header(COOKIE, cookies.join("; "))
            .header("accept", "text/html")
            .body(Body::empty())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    async fn send_form(&mut self, method: Method, path: &str, kind: &str, body: Body) -> Answer {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.host)
            .header(COOKIE, cookies.join("; "))
            .header("accept", "text/html")
            .header("content-type", kind)
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(other, _)| other != name);
            if !value.is_empty() {
                self.cookies.push((name.to_string(), value.to_string()));
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
