//! axe-core, which finds what keeps people out of a page. It is installed beside the house and never part of it:
//! `npm install --prefix target/axe axe-core`, as `.ci/run` does.

use std::path::Path;

use serde_json::Value;

use super::browser::Browser;
use super::postgres::missing;

const REMEDY: &str = "npm install --prefix target/axe --ignore-scripts axe-core@4.14.1";

/// What is checked: WCAG 2.2 AA and everything below it, and what axe calls good practice.
const OPTIONS: &str =
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}";

/// The script; None where it is not installed (in CI that is a failure).
pub fn script() -> Option<String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let file = target.join("axe/node_modules/axe-core/axe.min.js");
    let found = std::fs::read_to_string(file).ok();
    if found.is_none() {
        missing("axe-core", REMEDY);
    }
    found
}

/// What keeps people out of the page that is open, a line each.
pub async fn violations(browser: &Browser, script: &str) -> Vec<String> {
    let driver = &browser.driver;
    driver
        .execute(script, vec![])
        .await
        .expect("axe can be loaded");
    let run = format!(
        "const done = arguments[arguments.length - 1];
         axe.run(document, {OPTIONS}).then(
            (result) => done(result.violations.map((one) => one.id + ': ' + one.help + ' '
                + one.nodes.map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary.slice(0, 300)).join(' | '))),
            (error) => done(['axe failed: ' + error]));"
    );
    let found = driver.execute_async(&run, vec![]).await.expect("axe runs");
    let lines = found.json().as_array().cloned().unwrap_or_default();
    lines
        .iter()
        .map(|line: &Value| line.as_str().unwrap_or_default().to_string())
        .collect()
}
