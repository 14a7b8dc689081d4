//! Canned replies with names in them: `{name}`, `{reference}` … become what they stand for, and `{brother|sister}` the
//! form for a man or a woman, or both where it is not known. Pure; what is not known stays in its braces, so that
//! nobody sends it unseen.

/// Names that may stand in braces, in this order on the page.
pub const NAMES: [&str; 5] = ["name", "reference", "service", "officer", "charity"];

/// Whom the words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Man,
    Woman,
    Anybody,
}

/// The text with everything filled that is known.
pub fn fill(text: &str, whom: For, known: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inner, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        out.push_str(&filled(inner, whom, &known));
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn filled(inner: &str, whom: For, known: &impl Fn(&str) -> Option<String>) -> String {
    if let Some((man, woman)) = inner.split_once('|') {
        return match whom {
            For::Man => man.to_string(),
            For::Woman => woman.to_string(),
            For::Anybody => format!("{man}/{woman}"),
        };
    }
    known(inner.trim()).unwrap_or_else(|| format!("{{{inner}}}"))
}

/// Names in braces that are none: for whoever writes the reply.
pub fn unknown(text: &str) -> Vec<String> {
    let pieces = text
        .split('{')
        .skip(1)
        .filter_map(|piece| piece.split_once('}'));
    pieces
        .map(|(inner, _)| inner.trim().to_string())
        .filter(|inner| !inner.contains('|') && !NAMES.contains(&inner.as_str()))
        .collect()
}

/// What still stands in its braces although it is a name of ours: nobody should send it so.
pub fn unfilled(text: &str) -> Vec<&str> {
    let pieces = text
        .split('{')
        .skip(1)
        .filter_map(|piece| piece.split_once('}'));
    pieces
        .map(|(inner, _)| inner.trim())
        .filter(|inner| NAMES.contains(inner))
        .collect()
}

/// Whether it reads otherwise to a man than to a woman.
pub fn has_forms(text: &str) -> bool {
    fill(text, For::Man, |_| None) != fill(text, For::Woman, |_| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_forms_are_chosen_and_what_is_not_known_stays() {
        let known = |name: &str| (name == "name").then(|| "سارة".to_string());
        for (text, whom, expected) in [
            ("حياكم الله {name}", For::Anybody, "حياكم الله سارة"),
            ("{أخي|أختي} {name}", For::Woman, "أختي سارة"),
            ("{أخي|أختي}", For::Man, "أخي"),
            ("{أخي|أختي}", For::Anybody, "أخي/أختي"),
            ("رقم {reference}", For::Man, "رقم {reference}"),
            ("open { and } close", For::Man, "open { and } close"),
            ("never closed {name", For::Man, "never closed {name"),
            ("", For::Man, ""),
        ] {
            assert_eq!(fill(text, whom, known), expected, "{text}");
        }
        assert_eq!(unknown("{name} {nmae} {a|b} {"), ["nmae"]);
        assert_eq!(unfilled("{ reference } {other} {{7*7}} {"), ["reference"]);
        assert!(has_forms("{أخي|أختي}") && !has_forms("{name}"));
    }
}
