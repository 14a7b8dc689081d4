//! HTML as `parse_mode` reads it: few tags, all closed, few entities. Gives the words.

const TAGS: &[&str] = &[
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    "tg-emoji",
    "span",
];

/// # Errors
/// What Telegram says about it, behind "can't parse entities: ".
pub fn words(html: &str) -> Result<String, String> {
    let (mut words, mut open) = (String::new(), Vec::new());
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let at = html.len() - rest.len();
        rest = match c {
            '<' => {
                let end = rest
                    .find('>')
                    .ok_or(format!("Unclosed start tag at byte offset {at}"))?;
                tag(&rest[1..end], at, &mut open)?;
                &rest[end + 1..]
            }
            '&' => {
                let (letter, length) = entity(rest);
                words.push(letter);
                &rest[length..]
            }
            other => {
                words.push(other);
                &rest[other.len_utf8()..]
            }
        };
    }
    match open.pop() {
        Some(tag) => Err(format!(
            "Can't find end tag corresponding to start tag \"{tag}\""
        )),
        None => Ok(words),
    }
}

fn tag(inside: &str, at: usize, open: &mut Vec<String>) -> Result<(), String> {
    if let Some(name) = inside.strip_prefix('/') {
        return match open.pop() {
            Some(opened) if opened == name => Ok(()),
            Some(opened) => Err(format!(
                "Unmatched end tag at byte offset {at}, expected \"</{opened}>\", found \"</{name}>\""
            )),
            None => Err(format!("Unexpected end tag at byte offset {at}")),
        };
    }
    let name = inside
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return Err(format!(
            "Unsupported start tag \"{name}\" at byte offset {at}"
        ));
    }
    open.push(name);
    Ok(())
}

/// The letter, and how many bytes it takes; an `&` that begins nothing known stays one.
fn entity(rest: &str) -> (char, usize) {
    let known = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
    ];
    let found = known.iter().find(|(name, _)| rest.starts_with(name));
    found.map_or(('&', 1), |(name, letter)| (*letter, name.len()))
}
