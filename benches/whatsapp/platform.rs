//! A platform that takes whatever it is sent and keeps none of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::routing::any;

use super::graph::{BUSINESS, NUMBER, SECRET, TOKEN, VERIFY};

pub struct Platform {
    api: String,
    taken: Arc<AtomicU64>,
}

pub async fn start() -> Platform {
    let taken = Arc::new(AtomicU64::new(0));
    let router = Router::new().fallback(any(take)).with_state(taken.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("loopback has a free port");
    let api = format!(
        "http://{}/v25.0",
        listener.local_addr().expect("it is bound")
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    Platform { api, taken }
}

async fn take(State(taken): State<Arc<AtomicU64>>) -> String {
    let nth = taken.fetch_add(1, Ordering::Relaxed);
    format!(
        r#"{{"messaging_product":"whatsapp","success":true,"messages":[{{"id":"wamid.{nth}"}}]}}"#
    )
}

impl Platform {
    pub fn settings(&self) -> Vec<(&str, &str)> {
        vec![
            ("WASL_WHATSAPP_TOKEN", TOKEN),
            ("WASL_WHATSAPP_PHONE_NUMBER_ID", NUMBER),
            ("WASL_WHATSAPP_BUSINESS_ID", BUSINESS),
            ("WASL_WHATSAPP_APP_SECRET", SECRET),
            ("WASL_WHATSAPP_VERIFY_TOKEN", VERIFY),
            ("WASL_WHATSAPP_API_URL", &self.api),
        ]
    }

    /// Calls of any kind.
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}
