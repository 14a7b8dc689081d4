//! Texts as Telegram's HTML mode takes them, in the direction of their language. Pure.

use crate::text::lang::Lang;

use super::TEXT_MAX;

/// Right-to-left mark: the first strong character decides a line's direction.
const RLM: char = '\u{200F}';

/// A text of ours for HTML mode. Nothing of it is markup: names that people gave stand in it.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The words of an HTML text, for when Telegram cannot read it.
pub fn plain(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ => plain.push(c),
        }
    }
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The text so that every line of an Arabic one runs from the right: apps choose a direction by the first
/// strong character, and a line may begin with a number, a Latin name or a small picture. Lines at the end
/// of a text that has no room for marks go without.
pub fn directed(text: &str, language: Lang) -> String {
    if language != Lang::Ar {
        return text.to_owned();
    }
    let mut room = TEXT_MAX.saturating_sub(text.chars().count());
    let mut directed = String::with_capacity(text.len() + 32);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            directed.push('\n');
        }
        if room > 0 && line.chars().next().is_some_and(|first| !is_rtl(first)) {
            directed.push(RLM);
            room -= 1;
        }
        directed.push_str(line);
    }
    directed
}

/// Letters that run from the right, and the mark itself. Arabic digits do not.
fn is_rtl(c: char) -> bool {
    matches!(c, RLM | '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !matches!(c, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_an_arabic_text_begins_from_the_right() {
        for (case, text, expected) in [
            ("Arabic", "السلام عليكم", "السلام عليكم"),
            (
                "a number",
                "1. الهوية\n٢. العقد",
                "\u{200F}1. الهوية\n\u{200F}٢. العقد",
            ),
            ("Latin", "Wasl ترحب بكم", "\u{200F}Wasl ترحب بكم"),
            ("a picture", "📍 الرياض", "\u{200F}📍 الرياض"),
            (
                "an isolate",
                "\u{2066}W-H7887-2NYC\u{2069} رقم الطلب",
                "\u{200F}\u{2066}W-H7887-2NYC\u{2069} رقم الطلب",
            ),
            ("an empty line", "سطر\n\nسطر", "سطر\n\nسطر"),
        ] {
            assert_eq!(directed(text, Lang::Ar), expected, "{case}");
        }
        assert_eq!(directed("1. ID", Lang::En), "1. ID");
    }

    #[test]
    fn marks_never_make_a_text_too_long() {
        let lines = "1\n".repeat(TEXT_MAX / 2);
        assert_eq!(directed(&lines, Lang::Ar).chars().count(), TEXT_MAX);
        let short = "1\n2";
        assert_eq!(directed(short, Lang::Ar).chars().count(), 5);
    }

    #[test]
    fn what_is_escaped_reads_as_it_was() {
        for text in ["سارة <b> & \"أم علي\"", "a<b>c</b>", "&lt;", "١ < ٢ > ٠"] {
            let html = escape(text);
            assert!(!html.contains('<') && !html.contains('>'), "{html}");
            assert_eq!(plain(&html), text);
        }
        assert_eq!(plain("<a href=\"https://x\">ب</a>"), "ب");
    }
}
