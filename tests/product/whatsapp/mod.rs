//! WhatsApp with the real binary, against a stand-in of the Graph API that is as strict as the platform.

mod faults;
pub mod graph;
pub mod person;
mod rules;
mod talks;
mod templates;

use crate::support::{Engine, Server};
use graph::Graph;

/// A server that talks to this platform.
pub async fn serve(engine: &Engine, graph: &Graph) -> Server {
    let settings = graph.settings();
    let settings: Vec<_> = settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Server::start_with(engine, &settings).await
}

/// The stored messages, as `wasl export messages` tells them.
fn messages(server: &Server) -> Vec<serde_json::Value> {
    let output = server
        .command("export messages --format jsonl")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
