//! The words of an HTML mail as plain text: nothing of its markup, styles, scripts or pictures is left, which
//! is the whole of how we make it harmless. Pure.

use mail_parser::decoders::html::html_to_text;

/// Where mail programs begin what they quote; the first that stands in a mail ends its words.
const QUOTES: &[&str] = &[
    "class=\"gmail_quote",
    "class=gmail_quote",
    "type=\"cite\"",
    "type=cite",
    "id=\"divrplyfwdmsg\"",
    "id=\"appendonsend\"",
    "id=\"mail-editor-reference-message-container\"",
    "class=\"yahoo_quoted",
    "id=\"yahoo_quoted",
];

/// Tags whose end, or beginning, ends a line.
const LINES: &[&str] = &[
    "div",
    "tr",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "ul",
    "ol",
    "blockquote",
];

/// HTML beyond this is a newsletter: the rest is dropped.
const HTML_CHARS_MAX: usize = 1_000_000;

/// All words, what is quoted included.
pub fn whole(html: &str) -> String {
    let html = bounded(html);
    tidy(&html_to_text(&lined(html)))
}

/// The words above what a mail program quoted; None where it marked nothing, or where they would be none.
pub fn above_quote(html: &str) -> Option<String> {
    let html = bounded(html);
    let low = html.to_ascii_lowercase();
    let at = QUOTES.iter().filter_map(|mark| low.find(mark)).min()?;
    let tag = low[..at].rfind('<')?;
    let words = tidy(&html_to_text(&lined(&html[..tag])));
    (!words.is_empty()).then_some(words)
}

fn bounded(html: &str) -> &str {
    match html.char_indices().nth(HTML_CHARS_MAX) {
        Some((end, _)) => &html[..end],
        None => html,
    }
}

/// With a line break where a block ends: the reader below knows those of `br` and `p` alone.
fn lined(html: &str) -> String {
    let mut lined = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        lined.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let name: String = tag[1..end.max(1)]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        if LINES.contains(&name.as_str()) {
            lined.push_str("<br>");
        }
        match name == "title" && !tag.starts_with("</") {
            // A page's title is none of its words, whatever stands around it.
            true => lined.push_str("<style>"),
            false if name == "title" => lined.push_str("</style>"),
            // `<br/>` and `<br />` are read as `<br>`.
            false if name == "br" => lined.push_str("<br>"),
            false => lined.push_str(&tag[..end]),
        }
        rest = &tag[end..];
    }
    lined.push_str(rest);
    lined
}

/// No spaces at the ends of lines, and at most one empty line between two.
fn tidy(text: &str) -> String {
    let mut kept = String::new();
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_matches([' ', '\t', '\u{a0}']);
        empty = match line.is_empty() {
            true => empty + 1,
            false => 0,
        };
        if empty <= 1 {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_left_of_a_page() {
        let html = "<html><head><title>عنوان</title><style>p{color:red}</style></head><body><p>السلام &amp; عليكم</p>\
            <script>alert(1)</script><div>سطر<br/>آخر</div><img src=x onerror=alert(1)><ul><li>أول</li><li>ثان</li></ul>";
        assert_eq!(whole(html), "السلام & عليكم\n\nسطر\nآخر\n\nأول\n\nثان");
    }

    #[test]
    fn what_a_program_quotes_is_cut_where_it_says_so() {
        for quote in [
            "<div class=\"gmail_quote\">سؤال</div>",
            "<blockquote type=\"cite\">سؤال</blockquote>",
            "<div id=\"divRplyFwdMsg\">سؤال</div>",
            "<DIV ID=\"appendonsend\"></DIV>سؤال",
        ] {
            let html = format!("<div>جواب</div>{quote}");
            assert_eq!(above_quote(&html).as_deref(), Some("جواب"), "{quote}");
            assert_eq!(above_quote(quote), None, "{quote}");
        }
        assert_eq!(above_quote("<p>جواب</p>"), None);
    }

    #[test]
    fn broken_and_endless_markup_is_read_to_its_end() {
        for html in ["<", "<div", "a<b", "<<<>>>", "</", "&", "&#x110000;"] {
            whole(html);
        }
        let deep = "<div>".repeat(200_000);
        assert_eq!(whole(&deep), "");
    }
}
