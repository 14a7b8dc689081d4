//! Settings against the profile: people are told to trust only the charity's own site and mail (SAUDI.md
//! section 9, fraud); a chat or a sender elsewhere looks like one that only pretends.

use super::{Proof, Where};
use crate::dialog::files::Files;
use crate::dialog::finding::{Findings, Severity};
use crate::dialog::load;

/// A setting that people see, beside the fact of the charity that it should agree with.
pub struct Seen<'a> {
    /// As the operator writes it: `WASL_PUBLIC_URL`.
    pub name: &'a str,
    /// The host in it.
    pub host: &'a str,
    /// The fact of charity.yaml: `site` or `email`.
    pub fact: &'a str,
}

/// What contradicts the profile of a charity, at the fact that it contradicts.
pub fn contradict(files: &Files, charity: &str, settings: &[Seen<'_>]) -> Findings {
    let (loaded, _) = load::load(files, charity);
    let mut findings = Findings::default();
    let mut proof = Proof {
        loaded: &loaded,
        findings: &mut findings,
    };
    for seen in settings {
        one(&mut proof, seen);
    }
    findings
}

fn one(proof: &mut Proof<'_, '_>, seen: &Seen<'_>) {
    let Some((file, tree)) = proof.house_file("charity") else {
        return;
    };
    let fact = tree.get("facts").and_then(|facts| facts.get(seen.fact));
    let Some((node, told)) = fact.and_then(|node| Some((node, node.scalar()?))) else {
        return;
    };
    let own = host_of(told);
    if own.is_empty() || is_within(seen.host, own) || is_within(own, seen.host) {
        return;
    }
    let place = Where {
        file,
        at: node.at,
        step: None,
    };
    let what = format!(
        "`{}` of the charity is {told}, and {} is at {}",
        seen.fact, seen.name, seen.host
    );
    let remedy = format!(
        "People trust only what is the charity's own: put {} under {own}, or correct the fact.",
        seen.name
    );
    proof.tell(Severity::Warning, &place, "contradicts", what, remedy);
}

/// `https://www.example.org/a`, `info@example.org` and `example.org` are at `example.org`.
pub fn host_of(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let text = text.trim_end_matches('>');
    let host = text.split(['/', ':', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn is_within(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_lowercase(), domain.to_lowercase());
    host == domain || host.ends_with(&format!(".{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_or_a_sender_that_is_not_the_charitys_own_is_told_at_the_fact() {
        let mut files = super::super::tests::sound();
        let path = "charities/demo/charity.yaml";
        let text = files.texts[path].replace(
            "facts: {",
            "facts: {site: \"https://www.charity.example\", email: info@charity.example, ",
        );
        files.put(path, text.as_bytes());
        for (case, name, host, fact, told) in [
            ("its own", "WASL_PUBLIC_URL", "charity.example", "site", 0),
            (
                "below it",
                "WASL_PUBLIC_URL",
                "chat.charity.example",
                "site",
                0,
            ),
            ("another", "WASL_PUBLIC_URL", "chat.example.org", "site", 1),
            (
                "one that ends alike",
                "WASL_PUBLIC_URL",
                "mycharity.example",
                "site",
                1,
            ),
            (
                "another sender",
                "WASL_EMAIL_FROM",
                "example.org",
                "email",
                1,
            ),
            (
                "a fact that is not told",
                "WASL_EMAIL_FROM",
                "example.org",
                "mail",
                0,
            ),
        ] {
            let findings = contradict(&files, "demo", &[Seen { name, host, fact }]);
            assert_eq!(findings.0.len(), told, "{case}");
            for finding in findings.0 {
                assert_eq!((&*finding.file, finding.at.line), (path, 2), "{case}");
            }
        }
    }
}
