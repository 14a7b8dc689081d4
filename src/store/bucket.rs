//! A bucket of an S3-compatible store: how it is called, how long we wait for it, and what its answers
//! mean for an operator. It knows nothing of what lies there, and its words hold no key and no address.

use std::error::Error;
use std::time::Duration;

use async_trait::async_trait;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Request, Response};
use secrecy::ExposeSecret as _;

use crate::config::Bucket;

/// The longest answer that is read: an attachment of 20 MiB, sealed, with room to spare.
const ANSWER_BYTES_MAX: usize = 32 * 1024 * 1024;
/// The names that stores give their refusals are short words.
const CODE_CHARS_MAX: usize = 40;

/// How long and how often a bucket is asked before we give up.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until it takes our call.
    pub connect: Duration,
    /// Until it has answered a request that carries no bytes of an object, either way.
    pub word: Duration,
    /// Until it has answered any other request to the end.
    pub answer: Duration,
    /// How often a request is made again that failed for a reason which may pass.
    pub retries: usize,
    /// Before the second time; twice as long before each later one.
    pub pause: Duration,
    /// No request is made again after this.
    pub whole: Duration,
}

impl Patience {
    /// 20 MiB at 3 Mbit/s are just within a minute. A person waits for it: a hiccup is bridged, an outage
    /// is told. Since every writing begins with a question, a store that hangs is given up in about 20 s.
    pub const USUAL: Patience = Patience {
        connect: Duration::from_secs(5),
        word: Duration::from_secs(10),
        answer: Duration::from_secs(60),
        retries: 3,
        pause: Duration::from_millis(200),
        whole: Duration::from_secs(20),
    };
}

/// Why a bucket did not do what we asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("does not answer in time")]
    Silent,
    #[error("cannot be reached: {0}")]
    Away(String),
    #[error("broke off: {0}")]
    BrokeOff(String),
    #[error("answers {status}{}{}", spaced(.code), meaning(*.status, .code))]
    Refused {
        status: u16,
        /// The store's own word, such as `NoSuchKey`; empty when it has none.
        code: String,
    },
    #[error("answers more than was ever given to it")]
    TooLong,
    #[error(
        "answers what cannot be understood: is WASL_OBJECTS_URL that of an S3-compatible store?"
    )]
    Unclear,
    #[error("cannot be called: {0}")]
    Settings(String),
}

impl Trouble {
    /// The store says of a request for one object that it has none of this name.
    pub fn is_gone(&self) -> bool {
        matches!(self, Trouble::Refused { status: 404, code } if code == "NoSuchKey")
    }

    /// As [`Trouble::is_gone`], for a question that is answered without words.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Trouble::Refused { status: 404, .. })
    }

    /// What the library does about it: `Request` is made again in any case, `Timeout` and `Interrupted`
    /// when twice is as good as once.
    fn kind(&self) -> HttpErrorKind {
        match self {
            Trouble::Silent => HttpErrorKind::Timeout,
            Trouble::Away(_) => HttpErrorKind::Connect,
            Trouble::BrokeOff(_) => HttpErrorKind::Interrupted,
            Trouble::Refused { status, .. } if may_pass(*status) => HttpErrorKind::Request,
            Trouble::Refused { .. }
            | Trouble::TooLong
            | Trouble::Unclear
            | Trouble::Settings(_) => HttpErrorKind::Unknown,
        }
    }
}

/// The objects of a bucket, or of its folder, below `home`. It calls nobody yet.
///
/// # Errors
/// When there can be no client, which the machine is to blame for.
pub fn open(
    bucket: &Bucket,
    home: &str,
    patience: Patience,
) -> Result<PrefixStore<AmazonS3>, Trouble> {
    let client = Client::builder()
        .user_agent(concat!("wasl/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .connect_timeout(patience.connect)
        .build()
        .map_err(|error| Trouble::Settings(root(&error)))?;
    let address = &bucket.address;
    let store = AmazonS3Builder::new()
        .with_endpoint(&address.origin)
        .with_bucket_name(&address.bucket)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.access_key)
        .with_secret_access_key(bucket.secret_key.expose_secret())
        // Not every store knows how to delete many at once.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig {
            backoff: BackoffConfig {
                init_backoff: patience.pause,
                max_backoff: patience.pause * 8,
                base: 2.0,
            },
            max_retries: patience.retries,
            retry_timeout: patience.whole,
        })
        .with_http_connector(Line { client, patience })
        .build()
        .map_err(|error| Trouble::Settings(root(&error)))?;
    let prefix = match address.folder.is_empty() {
        true => home.to_owned(),
        false => format!("{}/{home}", address.folder),
    };
    Ok(PrefixStore::new(store, prefix))
}

/// The trouble behind an error of the library.
pub fn trouble(error: &object_store::Error) -> Trouble {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(this) = cause {
        if let Some(trouble) = this.downcast_ref::<Trouble>() {
            return trouble.clone();
        }
        cause = this.source();
    }
    Trouble::Unclear
}

/// How the library comes to the network: our own client, so that there is one of its kind.
#[derive(Clone, Debug)]
struct Line {
    client: Client,
    patience: Patience,
}

impl HttpConnector for Line {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Line {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let wait = match *request.method() {
            Method::HEAD | Method::DELETE => self.patience.word,
            _ => self.patience.answer,
        };
        let called = call(&self.client, request, wait).await;
        called.map_err(|trouble| HttpError::new(trouble.kind(), trouble))
    }
}

/// A refusal becomes a [`Trouble`] here, before the library sees it: its own errors, which it also logs,
/// hold all that a store wrote, the access key among it.
async fn call(
    client: &Client,
    request: HttpRequest,
    wait: Duration,
) -> Result<HttpResponse, Trouble> {
    let request = request.map(reqwest::Body::wrap);
    let mut request = Request::try_from(request).map_err(met)?;
    *request.timeout_mut() = Some(wait);
    let mut answer = client.execute(request).await.map_err(met)?;
    let bytes = read(&mut answer).await?;
    let status = answer.status();
    if !status.is_success() {
        let (status, code) = (status.as_u16(), code(&bytes));
        return Err(Trouble::Refused { status, code });
    }
    let mut whole = HttpResponse::new(HttpResponseBody::from(bytes));
    *whole.status_mut() = status;
    *whole.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(whole)
}

async fn read(answer: &mut Response) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(met)? {
        if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Trouble::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn met(error: reqwest::Error) -> Trouble {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Trouble::Away("no connection in time".to_owned()),
        (true, false) => Trouble::Away(root(&error)),
        (false, true) => Trouble::Silent,
        (false, false) => Trouble::BrokeOff(root(&error)),
    }
}

/// The innermost cause, as the system tells it; the outer ones repeat the address.
fn root(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// `<Code>` of a refusal. The rest of it may repeat the access key and what was signed.
fn code(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let code = text
        .split_once("<Code>")
        .and_then(|(_, rest)| rest.split_once("</Code>"))
        .map_or("", |(code, _)| code);
    let is_word = code.len() <= CODE_CHARS_MAX && code.chars().all(|c| c.is_ascii_alphanumeric());
    if is_word {
        code.to_owned()
    } else {
        String::new()
    }
}

/// Not 501: what a store cannot do at all it cannot do later.
fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=599)
}

fn spaced(code: &str) -> String {
    match code.is_empty() {
        true => String::new(),
        false => format!(" {code}"),
    }
}

/// What an operator does about a refusal.
fn meaning(status: u16, code: &str) -> &'static str {
    match (status, code) {
        (_, "RequestTimeTooSkewed") => ": the clocks of this machine and of the store differ",
        (_, "NoSuchBucket") => ": look at the bucket in WASL_OBJECTS_URL",
        (_, "AuthorizationHeaderMalformed" | "PermanentRedirect") | (300..=399, _) => {
            ": look at WASL_OBJECTS_REGION"
        }
        (401 | 403, _) => {
            ": look at WASL_OBJECTS_ACCESS_KEY and WASL_OBJECTS_SECRET_KEY; the key must be allowed to \
             list, read, write and delete in the bucket"
        }
        (429 | 500..=599, _) => ": the store has a trouble of its own",
        _ => "",
    }
}
