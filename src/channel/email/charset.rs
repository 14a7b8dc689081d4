//! The letters of bytes whose label may be missing or wrong (CHANNELS 3.7). Pure.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1256};

/// Of a text of this many letters one in so many may be such a pair before the text counts as read wrongly.
const MISREAD_ONE_IN: usize = 4;

/// The text: valid UTF-8 beyond ASCII whatever the label says, else what the label says, else the Arabic of
/// Windows.
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let text = match std::str::from_utf8(bytes) {
        // ISO-2022 and UTF-16 are ASCII bytes that mean something else.
        Ok(text) if named.is_none_or(|named| named.is_ascii_compatible()) => text.to_owned(),
        _ => {
            let encoding = match named {
                Some(named) if named != UTF_8 => named,
                _ => WINDOWS_1256,
            };
            encoding.decode(bytes).0.into_owned()
        }
    };
    let text = reread(&text).unwrap_or(text);
    text.strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text)
}

/// UTF-8 that somebody before us read as Windows' Arabic or Latin, read again; None for any other text.
fn reread(text: &str) -> Option<String> {
    let letters = text.chars().filter(|c| !c.is_ascii()).count();
    let pairs = text.matches(['ط', 'ظ']).count();
    let latin = text.matches(['Ø', 'Ù']).count();
    let encoding = match (
        pairs * MISREAD_ONE_IN > letters,
        latin * MISREAD_ONE_IN > letters,
    ) {
        _ if letters < 4 => return None,
        (true, _) => WINDOWS_1256,
        (false, true) => WINDOWS_1252,
        (false, false) => return None,
    };
    let (bytes, _, lost) = encoding.encode(text);
    if lost {
        return None;
    }
    let again = std::str::from_utf8(&bytes).ok()?;
    (again.chars().count() < text.chars().count()).then(|| again.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits = |pair| u8::from_str_radix(pair, 16).unwrap();
        hex.split(' ').map(digits).collect()
    }

    #[test]
    fn arabic_is_read_whatever_its_label_says() {
        let greeting = "السلام عليكم";
        let windows = bytes("c7 e1 d3 e1 c7 e3 20 da e1 ed df e3");
        let iso = bytes("c7 e4 d3 e4 c7 e5 20 d9 e4 ea e3 e5");
        let misread = WINDOWS_1256.decode(greeting.as_bytes()).0.into_owned();
        for (case, given, label) in [
            ("UTF-8", greeting.as_bytes(), Some("utf-8")),
            (
                "UTF-8 called Windows",
                greeting.as_bytes(),
                Some("windows-1256"),
            ),
            ("UTF-8 without a label", greeting.as_bytes(), None),
            ("Windows", &windows[..], Some("windows-1256")),
            ("Windows by another name", &windows[..], Some("x-cp1256")),
            ("Windows called UTF-8", &windows[..], Some("utf-8")),
            ("Windows without a label", &windows[..], None),
            ("Windows called nonsense", &windows[..], Some("x-nonsense")),
            ("ISO", &iso[..], Some("iso-8859-6")),
            ("ISO by another name", &iso[..], Some("ASMO-708")),
            ("ISO with its direction", &iso[..], Some("iso-8859-6-i")),
            (
                "UTF-8 that was read as Windows",
                misread.as_bytes(),
                Some("utf-8"),
            ),
        ] {
            assert_eq!(decode(given, label), greeting, "{case}");
        }
    }

    #[test]
    fn other_letters_stay_as_they_are() {
        for text in ["", "Hello", "ظ", "طلب", "ظرف الظهر", "خطأ ظاهر", "Øre"] {
            assert_eq!(decode(text.as_bytes(), Some("utf-8")), text);
        }
    }
}
