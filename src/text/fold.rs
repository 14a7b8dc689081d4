//! Makes what people type comparable: digits, marks, letter variants, repeated letters, slips.
//! Folded text is for matching only; what is stored and shown is the original (see `clean`).

use unicode_normalization::UnicodeNormalization;

/// The letters a word needs before one slip in it is forgiven; in shorter words a slip makes another word.
pub const SLIP_LETTERS_MIN: usize = 4;

/// The first of ten consecutive code points of each script's decimal digits (Unicode general category Nd).
const ZEROS: [char; 38] = [
    '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០',
    '᠐', '᥆', '᧐', '᪀', '᪐', '᭐', '᮰', '᱀', '᱐', '꘠', '꣐', '꤀', '꧐', '꧰', '꩐', '꯰', '\u{FF10}',
    '𐒠', '𑁦',
];

/// The matching key of a text: lower case, one form of each letter, ASCII digits, single spaces, no punctuation or marks.
pub fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    match text.chars().all(is_plain) {
        true => text.chars().for_each(|c| folder.take(c)),
        false => text.nfkc().for_each(|c| folder.take(c)),
    }
    folder.finish()
}

/// The words of a text, each folded; empty when nothing readable is in it.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The text with the decimal digits of every script as `0`–`9`; nothing else changes.
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

/// The text without bidi and invisible marks; no-break spaces become spaces (SAUDI 1, rule 2).
pub fn strip_marks(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(plain_space)
        .collect()
}

/// A number as typed, bare: ASCII digits, no marks, no separators (SAUDI 1, rules 1 to 3). Letters stay.
pub fn compact(text: &str) -> String {
    ascii_digits(&strip_marks(text))
        .chars()
        .filter(|c| !is_number_separator(*c))
        .collect()
}

/// What a person typed, fit for storing and showing: no control characters but `\n`, no bidi marks, NFC, trimmed.
/// Letters, tashkeel, digits and the joiners that Persian and emoji need stay as typed.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter_map(storable)
        .nfc()
        .collect();
    kept.trim().to_owned()
}

/// Whether two folded words are the same but for one slip: a letter added, lost, changed, or two swapped.
/// Both need `SLIP_LETTERS_MIN` letters, and words with digits must be equal.
pub fn edit_close(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let short = a.len().min(b.len()) < SLIP_LETTERS_MIN;
    if short || a.len().abs_diff(b.len()) > 1 || a.iter().chain(&b).any(|c| c.is_numeric()) {
        return false;
    }
    one_slip_apart(&a, &b)
}

/// Drops what both share in front and behind; one slip leaves at most one letter on each side, or a swapped pair.
fn one_slip_apart(a: &[char], b: &[char]) -> bool {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    match (&a[..a.len() - back], &b[..b.len() - back]) {
        ([x, y], [v, w]) => x == w && y == v,
        (a, b) => a.len() <= 1 && b.len() <= 1,
    }
}

/// The ASCII digit of any script's decimal digit; every other character as it is.
pub(crate) fn ascii_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    // The mathematical digits are five alphabets of ten, one after the other.
    if ('\u{1D7CE}'..='\u{1D7FF}').contains(&c) {
        return nth_digit((c as u32 - 0x1D7CE) % 10);
    }
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero as u32..**zero as u32 + 10).contains(&(c as u32)));
    zero.map_or(c, |zero| nth_digit(c as u32 - *zero as u32))
}

fn nth_digit(n: u32) -> char {
    char::from_digit(n, 10).unwrap_or('0')
}

/// Bidi controls, zero-width characters and what only decorates a digit (keycap, variation selectors).
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{061C}' | '\u{00AD}' | '\u{180E}' | '\u{034F}' | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' | '\0')
}

/// Tashkeel, Quranic marks, combining hamzas, and the tatweel.
pub(crate) fn is_tashkeel(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06ED}' | '\u{0610}'..='\u{061A}' | '\u{08D3}'..='\u{08FF}' | '\u{0640}')
}

/// What people put between the digits of one number: SAUDI 1 rule 3, and the dashes of other keyboards.
pub(crate) fn is_number_separator(c: char) -> bool {
    c.is_whitespace() || is_dash(c) || matches!(c, '.' | '/' | '(' | ')' | '\u{0640}' | '٬')
}

pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

pub(crate) fn plain_space(c: char) -> char {
    if matches!(c, '\u{00A0}' | '\u{202F}' | '\u{2007}') {
        ' '
    } else {
        c
    }
}

fn storable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // A tab parts words; dropping it would glue them.
        '\t' => Some(' '),
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{061C}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// ASCII and the Arabic letters: texts of these alone, which is nearly all, are in their normal form.
fn is_plain(c: char) -> bool {
    c.is_ascii() || is_arabic_letter(c) || matches!(c, '؟' | '،')
}

fn is_arabic_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي')
}

/// Builds the folded text in one pass: `run` counts how often the last letter came in a row.
#[derive(Default)]
struct Folder {
    out: String,
    last: Option<char>,
    run: usize,
}

impl Folder {
    fn take(&mut self, c: char) {
        if is_arabic_letter(c) {
            return self.letter(fold_letter(c));
        }
        if is_invisible(c) || is_tashkeel(c) {
            return;
        }
        let c = fold_letter(ascii_digit(c));
        if !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) {
            return self.space();
        }
        for lower in c.to_lowercase() {
            self.letter(lower);
        }
    }

    fn letter(&mut self, c: char) {
        self.run = if self.last == Some(c) && !c.is_numeric() {
            self.run + 1
        } else {
            1
        };
        self.last = Some(c);
        match self.run {
            1 | 2 => self.out.push(c),
            // The third in a row shows that it is drawn out for effect: one letter was meant.
            3 => drop(self.out.pop()),
            _ => {}
        }
    }

    fn space(&mut self) {
        self.last = None;
        if !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    fn finish(mut self) -> String {
        if self.out.ends_with(' ') {
            self.out.pop();
        }
        self.out
    }
}

fn fold_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' | 'ې' | 'ے' => 'ي',
        'ؤ' => 'و',
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۃ' => 'ه',
        'ک' => 'ك',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_means_the_same_folds_to_the_same() {
        for (typed, folded) in [
            ("الأحْسَاء", "الاحساء"),
            ("مكّة المكرّمة", "مكه المكرمه"),
            ("  مـكـة\u{200F} ", "مكه"),
            ("شكراااااا", "شكرا"),
            ("هههههه", "ه"),
            ("Sääälam!!", "sälam"),
            ("ک ی", "ك ي"),
            ("رؤى، شاطئ", "روي شاطي"),
            ("ﷲ", "الله"),
            ("١٠٠٠٠٠٠ ۰", "1000000 0"),
            ("HELLO,world", "hello world"),
            ("1\u{FE0F}\u{20E3}", "1"),
            ("😀", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
        assert_eq!(tokens("  نعم، أوافق! "), ["نعم", "اوافق"]);
    }

    #[test]
    fn digits_of_every_script_are_read() {
        assert_eq!(
            ascii_digits("٠١٢٣٤٥٦٧٨٩ ۴۵۶ ०१२ 𝟗𝟎 \u{FF17}"),
            "0123456789 456 012 90 7"
        );
        assert_eq!(compact("\u{202B}٠٥-١٢ (٣٤).٥٦/٧٨\u{202C}"), "0512345678");
        assert_eq!(strip_marks("\u{200E}a\u{00A0}b\u{2069}"), "a b");
    }

    #[test]
    fn cleaning_keeps_every_letter() {
        assert_eq!(
            clean(" أُمّ كلثوم\0\u{7}\r\nرقم\u{200F}\t٥ "),
            "أُمّ كلثوم\nرقم ٥"
        );
        assert_eq!(
            clean("می\u{200C}خواهم 👩\u{200D}👧"),
            "می\u{200C}خواهم 👩\u{200D}👧"
        );
        assert_eq!(clean("\u{200F}\u{200E}"), "");
    }

    #[test]
    fn one_slip_is_close_in_long_words_only() {
        for (a, b, close) in [
            ("الرياض", "الرياص", true),
            ("الرياض", "الراياض", true),
            ("الرياض", "الراض", true),
            ("جيزان", "جيازن", true),
            ("نعم", "نعن", false),
            ("نعم", "نعم", true),
            ("abcd", "abdce", false),
            ("طريق1", "طريق2", false),
            ("abcdef", "badcef", false),
        ] {
            assert_eq!(edit_close(a, b), close, "{a} {b}");
            assert_eq!(edit_close(b, a), close, "{b} {a}");
        }
    }

    proptest! {
        #[test]
        fn folding_and_cleaning_twice_change_nothing_more(text in "\\PC*|.*") {
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned);
            let stripped = compact(&text);
            prop_assert_eq!(compact(&stripped), stripped);
            let _ = (fold(&text), tokens(&text));
        }

        #[test]
        fn slips_are_symmetric(a in "[a-e]{0,7}", b in "[a-e]{0,7}") {
            prop_assert_eq!(edit_close(&a, &b), edit_close(&b, &a));
        }
    }
}
