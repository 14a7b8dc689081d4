//! Test dress: one number in every digit script, separator, bidi mark, suffix and surrounding words that people use.

/// Every way to write `plain`; separators go into the places `cuts` (scalars from the front).
pub(crate) fn dressed(plain: &str, cuts: &[usize]) -> Vec<String> {
    let mut all = Vec::new();
    for script in ['0', '٠', '۰', '०', '\u{FF10}'] {
        for separator in [
            "", " ", "-", "\u{2013}", ".", "/", "\u{00A0}", "\u{200F}", "ـ",
        ] {
            let written = written(plain, cuts, script, separator);
            for (before, after) in AROUND {
                all.push(format!("{before}{written}{after}"));
            }
        }
    }
    all
}

/// Words, marks and endings around a number.
const AROUND: [(&str, &str); 9] = [
    ("", ""),
    ("\u{202B}", "\u{202C}"),
    ("\u{2067}", "\u{2069}\u{200F}"),
    (" \n", " ."),
    ("الرقم هو ", " وشكرًا"),
    ("رقمي: ", "،"),
    ("my number is ", ", thanks!"),
    ("تفضلوا\u{200F}: ", " 🌷"),
    ("(", ")"),
];

fn written(plain: &str, cuts: &[usize], zero: char, separator: &str) -> String {
    let mut out = String::new();
    for (at, c) in plain.chars().enumerate() {
        if cuts.contains(&at) {
            out.push_str(separator);
        }
        out.push(in_script(c, zero));
    }
    out
}

/// An ASCII digit in the script whose zero is given.
pub(crate) fn in_script(c: char, zero: char) -> char {
    c.to_digit(10)
        .and_then(|d| char::from_u32(zero as u32 + d))
        .unwrap_or(c)
}
