//! Logs, metrics and the last words of a panic. What is logged holds ids and numbers, never what a
//! person wrote; this file adds nothing that could.

use std::io::IsTerminal;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use super::exit::{Ending, Failure, OrEnd};
use crate::config::{LogFormat, Settings};

/// Buckets of `…_seconds` histograms: from a turn on a warm cache to a provider's time limit.
const SECONDS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// How often old samples are folded away, as the exporter advises.
const UPKEEP_SECS: u64 = 5;

/// Begins to log as the settings say, to the standard error: text on a terminal, JSON elsewhere.
///
/// # Errors
/// When the filter cannot be read.
pub fn begin(settings: &Settings) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&settings.log_filter)
        .or_end(Ending::Settings, "reading the setting `log.filter`")?;
    let on_terminal = std::io::stderr().is_terminal();
    let json = match settings.log_format {
        LogFormat::Auto => !on_terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(on_terminal);
    let begun = match json {
        true => builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .try_init(),
        false => builder.try_init(),
    };
    begun.or_end(Ending::Fault, "beginning to log")?;
    log_panics();
    Ok(())
}

/// A panic says where it happened. Its message is logged only when it is a fixed text of the program:
/// a made-up one may quote what a person wrote.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic
            .payload()
            .downcast_ref::<&'static str>()
            .copied()
            .unwrap_or("(left out: it may quote personal data)");
        tracing::error!(
            place = place.as_deref().unwrap_or("unknown"),
            message,
            "a task of ours fell over"
        );
    }));
}

/// Begins to count; the handle gives the text of `/metrics`.
///
/// # Errors
/// When something else counts already.
pub fn begin_metrics() -> Result<PrometheusHandle, Failure> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(
            metrics_exporter_prometheus::Matcher::Suffix("_seconds".to_string()),
            SECONDS,
        )
        .or_end(Ending::Fault, "setting the buckets of the metrics")?
        .install_recorder()
        .or_end(Ending::Fault, "beginning to count")
}

/// Folds old samples away for as long as the server runs.
pub async fn keep_metrics(handle: PrometheusHandle) {
    let mut tick = tokio::time::interval(Duration::from_secs(UPKEEP_SECS));
    loop {
        tick.tick().await;
        handle.run_upkeep();
    }
}
