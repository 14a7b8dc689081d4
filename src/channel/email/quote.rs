//! The words that a person wrote into an answer, without what their mail program quoted below or above, and
//! without its signature (CHANNELS 3.8). The whole text stays in the mail; nothing is cut out of a forwarded one. Pure.

use super::clients::CLIENTS;

/// A wrapped attribution is joined from so many lines at most.
const WRAPPED_LINES_MAX: usize = 4;

/// Heads of a quoted mail stand within so many lines.
const HEAD_LINES: usize = 6;

/// Underscores of a line that parts.
const RULE_CHARS: usize = 10;

/// The words above the first mark of a quote; below the last quoted line, where nothing stands above; without
/// the program's signature.
pub fn stripped(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(bare).collect();
    if lines.iter().any(|line| is_forward(line)) {
        return text.trim().to_owned();
    }
    let end = (0..lines.len()).find(|at| quote_begins(&lines, *at));
    let Some(end) = end else {
        return unsigned(&lines);
    };
    let above = unsigned(&lines[..end]);
    if !above.is_empty() {
        return above;
    }
    match lines.iter().rposition(|line| line.starts_with('>')) {
        Some(last) => unsigned(&lines[last + 1..]),
        None => String::new(),
    }
}

/// A line as it is compared: without marks of direction, and without spaces at its ends.
fn bare(line: &str) -> String {
    let marks = |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = line.chars().filter(marks).collect();
    kept.trim_matches([' ', '\t', '\r', '\u{a0}']).to_owned()
}

fn quote_begins(lines: &[String], at: usize) -> bool {
    let line = &lines[at];
    line.starts_with('>')
        || is_rule(line)
        || is_named(line, &CLIENTS.separators)
        || is_attribution(lines, at)
        || is_head(lines, at)
}

fn is_forward(line: &str) -> bool {
    is_named(line, &CLIENTS.forwards)
}

/// A line of these words between dashes.
fn is_named(line: &str, names: &[String]) -> bool {
    let inner = line.trim_matches(['-', '–', '—', '_', ' ', ':']);
    inner.len() < line.len() && names.iter().any(|name| name == inner)
}

fn is_rule(line: &str) -> bool {
    line.len() >= RULE_CHARS && line.chars().all(|c| c == '_')
}

/// "On … wrote:", over as many lines as the program wrapped it to.
fn is_attribution(lines: &[String], at: usize) -> bool {
    let begins = |parts: &Vec<String>| {
        parts
            .first()
            .is_some_and(|first| lines[at].starts_with(first))
    };
    let mut kinds = CLIENTS
        .attributions
        .iter()
        .filter(|parts| begins(parts))
        .peekable();
    if kinds.peek().is_none() {
        return false;
    }
    let mut joined = String::new();
    for line in lines[at..].iter().take(WRAPPED_LINES_MAX) {
        if line.is_empty() {
            return false;
        }
        joined.push_str(line);
        // What a mail program writes there has a date.
        let dated = joined.chars().any(char::is_numeric);
        if line.ends_with(':') {
            return dated && kinds.any(|parts| has_in_order(&joined, parts));
        }
        joined.push(' ');
    }
    false
}

fn has_in_order(line: &str, parts: &[String]) -> bool {
    let mut rest = line;
    for part in parts {
        match rest.find(part.as_str()) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.trim().is_empty()
}

/// Three of four heads, the first of them in this line.
fn is_head(lines: &[String], at: usize) -> bool {
    let heads = &CLIENTS.heads;
    let kinds = [&heads.from, &heads.sent, &heads.to, &heads.subject];
    let near = &lines[at..lines.len().min(at + HEAD_LINES)];
    let has = |line: &String, names: &[String]| {
        let line = line.trim_matches('*');
        names.iter().any(|name| line.starts_with(name.as_str()))
    };
    kinds.iter().any(|names| has(&lines[at], names))
        && kinds
            .iter()
            .filter(|names| near.iter().any(|line| has(line, names)))
            .count()
            >= 3
}

/// Without a signature: what follows `-- `, and what a program adds by itself.
fn unsigned(lines: &[String]) -> String {
    let is_sign = |line: &String| {
        line == "--"
            || CLIENTS
                .signatures
                .iter()
                .any(|sign| line.starts_with(sign.as_str()))
    };
    let end = lines.iter().position(is_sign).unwrap_or(lines.len());
    lines[..end].join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_programs_quote_is_no_answer() {
        for (client, quote) in [
            (
                "Gmail",
                "\u{202b}في الأحد، 13 سبتمبر 2026 في 7:58 م تمت كتابة ما يلي بواسطة وصل <a@b.example>:\n> سؤال",
            ),
            (
                "Gmail with a comma",
                "في الأحد، 13 سبتمبر 2026 في 7:58 م، تمت كتابة ما يلي بواسطة وصل <a@b.example>:\n> سؤال",
            ),
            (
                "Gmail, wrapped",
                "في الأحد، 13 سبتمبر 2026 في 7:58 م تمت كتابة ما يلي بواسطة جمعية طويلة الاسم\n<a@b.example>:\n\n> سؤال",
            ),
            (
                "Gmail on a phone",
                "في الأحد، ١٥ مارس ٢٠٢٦, ٥:٢٤ ص وصل <a@b.example> كتب:\n> سؤال",
            ),
            (
                "a woman's answer",
                "في الأحد، ١٥ مارس ٢٠٢٦, ٥:٢٤ ص وصل <a@b.example> كتبت:\nسؤال",
            ),
            (
                "older Gmail",
                "بتاريخ 4 يونيو، 2017 8:39 م، جاء من وصل <a@b.example>:\nسؤال",
            ),
            (
                "Outlook",
                "من: وصل <a@b.example>\nتاريخ الإرسال: 1 يناير 2026\nإلى: سارة\nالموضوع: سؤال\n\nسؤال",
            ),
            (
                "Outlook, another",
                "*من:* وصل\n*تم الإرسال:* أمس\n*الموضوع:* سؤال\nسؤال",
            ),
            (
                "Outlook in English",
                "From: Wasl\nSent: Monday\nTo: Sara\nSubject: q\n\nq",
            ),
            ("a separator", "-----رسالة أصلية-----\nسؤال"),
            ("another", "----- الرسالة الأصلية -----\nسؤال"),
            (
                "English",
                "On Sun, 13 Sep 2026 at 19:58, Wasl <a@b.example> wrote:\n> q",
            ),
            (
                "English, wrapped",
                "On Sun, 13 Sep 2026 at 19:58, The Charity\n<a@b.example> wrote:\n\nq",
            ),
            ("English separator", "-----Original Message-----\nq"),
            ("a rule", "____________________\nسؤال"),
            ("quoted alone", "> سؤال\n> آخر"),
        ] {
            let text = format!("أحمد بن سعد\n\n{quote}");
            assert_eq!(stripped(&text), "أحمد بن سعد", "{client}");
        }
    }

    #[test]
    fn what_looks_like_a_quote_and_is_none_stays() {
        for text in [
            "في الأحد القادم أستطيع الحضور:\nصباحًا",
            "On the form I wrote:\nnothing",
            "من: الرياض\nإلى: جدة",
            "المبلغ المطلوب:\n5000",
        ] {
            assert_eq!(stripped(text), text);
        }
    }

    #[test]
    fn an_answer_below_its_question_is_found() {
        let text = "في الأحد، 13 سبتمبر 2026 في 7:58 م تمت كتابة ما يلي بواسطة وصل <a@b.example>:\n> ما اسمكم؟\n> فضلًا\n\nأحمد";
        assert_eq!(stripped(text), "أحمد");
    }

    #[test]
    fn signatures_are_no_words() {
        for sign in [
            "-- \nأحمد\nمدير",
            "تم الإرسال من الـ iPhone",
            "Sent from my iPhone",
        ] {
            assert_eq!(stripped(&format!("نعم\n{sign}")), "نعم", "{sign}");
        }
    }

    #[test]
    fn what_is_passed_on_stays_whole() {
        let text = "انظروا\n---------- رسالة معاد توجيهها ----------\nمن: س\nتاريخ الإرسال: أمس\nإلى: ص\nالموضوع: ع\n> نص";
        assert_eq!(stripped(text), text);
    }
}
