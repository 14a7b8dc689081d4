//! Whether our own mail server found that a mail comes from whom it says (RFC 8601). Pure.

/// Whether the topmost head that our server wrote says so. Heads below it, and those of others, were written
/// by whoever sent the mail. A topmost head of another server means that ours wrote none.
pub fn is_verified<'a>(
    mut heads: impl Iterator<Item = &'a str>,
    authserv_id: Option<&str>,
    from: &str,
) -> bool {
    let (Some(ours), Some(head)) = (authserv_id, heads.next()) else {
        return false;
    };
    let head = without_comments(head);
    let mut parts = head.split(';').map(str::trim);
    let id = parts
        .next()
        .and_then(|id| id.split_whitespace().next())
        .unwrap_or_default();
    if !id.eq_ignore_ascii_case(ours) {
        return false;
    }
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let results: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    match results.iter().find(|result| result.starts_with("dmarc=")) {
        // What the sender's own domain asks for counts before anything that only hints.
        Some(dmarc) => {
            word(dmarc, "dmarc=") == "pass" && aligned(dmarc, &["header.from"], domain, true)
        }
        None => results.iter().any(|result| {
            word(result, "dkim=") == "pass"
                && aligned(result, &["header.d", "header.i"], domain, false)
                || word(result, "spf=") == "pass"
                    && aligned(result, &["smtp.mailfrom", "smtp.mail"], domain, false)
        }),
    }
}

fn word<'a>(result: &'a str, name: &str) -> &'a str {
    let value = result.strip_prefix(name).unwrap_or_default();
    value.split_whitespace().next().unwrap_or_default()
}

/// Whether one of these properties names the sender's domain, or one above it; `or_silent`: whether no such property is well too.
fn aligned(result: &str, names: &[&str], domain: &str, or_silent: bool) -> bool {
    let value = result.split_whitespace().find_map(|part| {
        let (name, value) = part.split_once('=')?;
        names.contains(&name).then_some(value)
    });
    let Some(value) = value else {
        return or_silent;
    };
    let value = value.trim_matches('"');
    let value = value.rsplit_once('@').map_or(value, |(_, behind)| behind);
    let above = |one: &str, other: &str| {
        one == other
            || one
                .strip_suffix(other)
                .is_some_and(|rest| rest.ends_with('.') && other.contains('.'))
    };
    !value.is_empty() && (above(domain, value) || above(value, domain))
}

fn without_comments(head: &str) -> String {
    let mut depth = 0_u32;
    head.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_server_is_believed() {
        let ours = Some("mx.charity.example");
        for (case, heads, expected) in [
            ("none", vec![], false),
            (
                "passed",
                vec!["mx.charity.example; dmarc=pass header.from=a.example"],
                true,
            ),
            (
                "failed",
                vec![
                    "mx.charity.example; dmarc=fail header.from=a.example; spf=pass smtp.mailfrom=a.example",
                ],
                false,
            ),
            ("a stranger's", vec!["mx.evil.example; dmarc=pass"], false),
            (
                "forged below ours",
                vec![
                    "mx.charity.example; dmarc=fail",
                    "mx.charity.example; dmarc=pass",
                ],
                false,
            ),
            (
                "forged, and ours wrote none",
                vec![
                    "mx.evil.example; dmarc=fail",
                    "mx.charity.example; dmarc=pass",
                ],
                false,
            ),
            (
                "in a comment",
                vec!["mx.charity.example; dmarc=fail (dmarc=pass; dmarc=pass)"],
                false,
            ),
            (
                "no policy, signed by the domain",
                vec!["mx.charity.example 1; dkim=pass header.d=a.example"],
                true,
            ),
            (
                "signed by a part of the domain",
                vec!["mx.charity.example; dkim=pass header.d=mail.a.example"],
                true,
            ),
            (
                "signed by another",
                vec!["mx.charity.example; dkim=pass header.d=b.example"],
                false,
            ),
            (
                "signed by all of them",
                vec!["mx.charity.example; dkim=pass header.d=example"],
                false,
            ),
            (
                "sent by the domain",
                vec!["mx.charity.example; spf=pass (good) smtp.mailfrom=x@a.example"],
                true,
            ),
            (
                "DMARC of another",
                vec!["mx.charity.example; dmarc=pass header.from=b.example"],
                false,
            ),
        ] {
            assert_eq!(
                is_verified(heads.into_iter(), ours, "sara@a.example"),
                expected,
                "{case}"
            );
        }
        let forged = ["mx.charity.example; dmarc=pass"];
        assert!(!is_verified(forged.into_iter(), None, "sara@a.example"));
    }
}
