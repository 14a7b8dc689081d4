//! The start text of `wasl serve`: where it stands, what is on, what is off and why, and what somebody
//! should look at. Plain words to the standard output, once.

use std::fmt::Write;
use std::net::SocketAddr;

use crate::charity::Charity;
use crate::config::{PublicUrl, Settings};
use crate::dialog::finding::Findings;

/// The text for a server that listens at `bound` and that people reach at `url`.
pub fn greeting(
    settings: &Settings,
    charity: &Charity,
    url: &PublicUrl,
    bound: SocketAddr,
    contradictions: &Findings,
) -> String {
    let mut text = format!(
        "Wasl {} · {} · {}\n\n",
        env!("CARGO_PKG_VERSION"),
        charity.title_ar,
        charity.title_en
    );
    let mut row = |name: &str, words: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<10} {words}");
    };
    row("Open", url.origin());
    if settings.public_url.is_some() {
        row("Listens", &format!("http://{bound}"));
    }
    row("Charity", &settings.charity);
    row("Database", &database(settings));
    row("Channels", "Web chat: on");
    for site in settings.widget_sites.origins() {
        row("", &format!("Web chat in pages of {site}: on"));
    }
    for channel in channels(settings, url) {
        row("", &channel);
    }
    for warning in warnings(settings, url) {
        row("Look at", &warning);
    }
    for finding in &contradictions.0 {
        let place = format!("{}:{}", finding.file, finding.at.line);
        row("Look at", &format!("{place}: {}", finding.what));
    }
    text.push_str("\nStop with ctrl-c.");
    text
}

fn database(settings: &Settings) -> String {
    let folder = settings.data_dir.display();
    match (&settings.database_url, &settings.bucket) {
        (None, None) => format!("SQLite in {folder}"),
        (Some(_), None) => format!("PostgreSQL; attachments in {folder}"),
        (None, Some(bucket)) => format!("SQLite in {folder}; attachments in {}", bucket.address),
        (Some(_), Some(bucket)) => format!("PostgreSQL; attachments in {}", bucket.address),
    }
}

/// What is on and where its platform brings what people write, and what the others lack.
fn channels(settings: &Settings, url: &PublicUrl) -> Vec<String> {
    let line = |wanted: crate::config::Wanted| match (wanted.begun, wanted.missing.is_empty()) {
        (_, true) if wanted.listens => format!("{}: on, it asks for what is new", wanted.name),
        (_, true) => format!(
            "{}: on; register {}/webhooks/{}",
            wanted.name,
            url.origin(),
            wanted.name.to_lowercase()
        ),
        (true, false) => format!(
            "{}: off, {} is missing",
            wanted.name,
            wanted.missing.join(", ")
        ),
        (false, false) => format!("{}: off", wanted.name),
    };
    settings.channels().into_iter().map(line).collect()
}

fn warnings(settings: &Settings, url: &PublicUrl) -> Vec<String> {
    let mut warnings = Vec::new();
    if !url.is_https() && !url.is_loopback() {
        warnings.push(format!(
            "{url} is not https: others can read along, and browsers refuse voice and location. \
             Put a proxy with https in front and set WASL_PUBLIC_URL"
        ));
    }
    if url.is_https() && settings.trusted_proxy.is_empty() {
        warnings.push(
            "behind a proxy everybody shares one address and its limits. \
             Set WASL_TRUSTED_PROXY to the proxy's address"
                .to_string(),
        );
    }
    if settings.public_url.is_none() && settings.listen.ip().is_unspecified() {
        warnings.push(
            "other machines can reach this server, under an address it does not know. \
             Set WASL_PUBLIC_URL to the one that people open"
                .to_string(),
        );
    }
    if settings.charity == "demo" && url.is_https() {
        warnings.push("the charity `demo` is fictional. Set WASL_CHARITY".to_string());
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(variables: &[(&str, &str)]) -> usize {
        let none = tempfile::NamedTempFile::new().unwrap();
        let variables = variables
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        let settings = Settings::read_from(Some(none.path()), variables).unwrap();
        let url = settings.public_url_for(settings.listen);
        warnings(&settings, &url).len()
    }

    #[test]
    fn what_somebody_should_look_at_is_said_and_nothing_else() {
        for (case, variables, expected) in [
            ("at home", vec![], 0),
            (
                "well set up",
                vec![
                    ("WASL_PUBLIC_URL", "https://chat.example.org"),
                    ("WASL_TRUSTED_PROXY", "127.0.0.1"),
                    ("WASL_CHARITY", "hemm"),
                ],
                0,
            ),
            (
                "open without an address",
                vec![("WASL_LISTEN", "0.0.0.0:80")],
                1,
            ),
            (
                "in the open without https",
                vec![
                    ("WASL_PUBLIC_URL", "http://chat.example.org"),
                    ("WASL_CHARITY", "hemm"),
                ],
                1,
            ),
            (
                "the demo to everybody, without its proxy",
                vec![("WASL_PUBLIC_URL", "https://chat.example.org")],
                2,
            ),
        ] {
            assert_eq!(warned(&variables), expected, "{case}");
        }
    }
}
