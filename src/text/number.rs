//! Whole numbers and amounts of money as people write or spell them, and how we show them.

use crate::text::fold::fold;
use crate::text::lang::Lang;
use crate::text::scan;
use crate::text::word_number::{Worth, is_eleven_opening, worth};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Riyals at most: a thousand million; more is a slip of the finger.
pub const RIYALS_MAX: i64 = 1_000_000_000;
/// Digits of a number at most; no count or amount is longer, and no arithmetic overflows.
const DIGITS_MAX: usize = 12;
/// Hundredths in a whole: all arithmetic is in hundredths, so that halalas are exact.
const WHOLE: i64 = 100;

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NumberProblem {
    #[error("nothing readable")]
    Empty,
    #[error("no number in it")]
    NotNumber,
    #[error("outside what is possible here")]
    OutOfRange,
    #[error("a part where whole ones are counted")]
    Fraction,
    #[error("two different numbers")]
    TwoNumbers,
    #[error("money of another country")]
    Currency,
}

/// An amount in halalas, a hundredth of a riyal; 0 to `RIYALS_MAX` riyals when read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    pub halalas: i64,
}

/// Reads one whole number from `min` to `max`, both included: digits of any script, or words («خمسة وعشرون», «طفلين», "three").
pub fn read_integer(text: &str, min: i64, max: i64) -> Result<i64, NumberProblem> {
    let amounts = amounts(scan::capped(text))?;
    let hundredths = the_only(amounts.iter().map(|amount| amount.hundredths))?;
    if hundredths % WHOLE != 0 {
        return Err(NumberProblem::Fraction);
    }
    let whole = hundredths / WHOLE;
    if (min..=max).contains(&whole) {
        Ok(whole)
    } else {
        Err(NumberProblem::OutOfRange)
    }
}

/// Reads one amount of riyals: separators `٫ ٬ , .`, ألف and آلاف, k, halves of thousands, halalas, with or without the currency.
pub fn read_money(text: &str) -> Result<Money, NumberProblem> {
    let text = scan::capped(text);
    let amounts = amounts(text)?;
    if is_foreign(text) {
        return Err(NumberProblem::Currency);
    }
    let halalas = match amounts[..] {
        [whole, part] if !whole.is_halalas && part.is_halalas => {
            whole.hundredths + part.hundredths / WHOLE
        }
        _ => the_only(amounts.iter().map(|a| {
            if a.is_halalas {
                a.hundredths / WHOLE
            } else {
                a.hundredths
            }
        }))?,
    };
    if (0..=RIYALS_MAX * WHOLE).contains(&halalas) {
        Ok(Money { halalas })
    } else {
        Err(NumberProblem::OutOfRange)
    }
}

/// A number with its thousands parted, in Western digits in both languages: `12,500`.
pub fn format_number(n: i64, _lang: Lang) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// Western digits as Arabic-Indic ones, for whoever asks for them; separators too (`12,500.5` becomes `١٢٬٥٠٠٫٥`).
pub fn arabic_indic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between = before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(match c {
            '0'..='9' => char::from_u32('٠' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
            ',' if between => '٬',
            '.' if between => '٫',
            c => c,
        });
        before = c;
    }
    out
}

impl Money {
    pub fn riyals(riyals: i64) -> Money {
        Money {
            halalas: riyals.saturating_mul(WHOLE),
        }
    }

    /// `12,500 ريال`, `12,500.50 ريال`, `SAR 12,500`.
    pub fn format(self, lang: Lang) -> String {
        let whole = format_number(self.halalas / WHOLE, lang);
        let part = match self.halalas.unsigned_abs() % WHOLE as u64 {
            0 => String::new(),
            part => format!(".{part:02}"),
        };
        let sign = if self.halalas < 0 && self.halalas > -WHOLE {
            "-"
        } else {
            ""
        };
        match lang {
            Lang::Ar => format!("{sign}{whole}{part} ريال"),
            Lang::En => format!("SAR {sign}{whole}{part}"),
        }
    }
}

/// One number found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Amount {
    hundredths: i64,
    is_halalas: bool,
}

fn the_only(values: impl Iterator<Item = i64>) -> Result<i64, NumberProblem> {
    let values: Vec<i64> = values.collect();
    match values[..] {
        [first, ref others @ ..] if others.iter().all(|other| *other == first) => Ok(first),
        [] => Err(NumberProblem::NotNumber),
        _ => Err(NumberProblem::TwoNumbers),
    }
}

fn is_foreign(text: &str) -> bool {
    const FOREIGN: [&str; 14] = [
        "دولار",
        "يورو",
        "درهم",
        "دينار",
        "جنيه",
        "روبيه",
        "usd",
        "eur",
        "aed",
        "egp",
        "kwd",
        "dollar",
        "dollars",
        "euro",
    ];
    text.contains(['$', '€', '£'])
        || fold(text)
            .split(' ')
            .any(|word| FOREIGN.contains(&word.strip_prefix("ال").unwrap_or(word)))
}

/// A word of the text, or a number written in digits (hundredths).
#[derive(Debug, PartialEq)]
enum Lexeme {
    Number(i64),
    Word(String),
    /// A sign that ends a number, such as a full stop or a dash.
    Break,
}

fn amounts(text: &str) -> Result<Vec<Amount>, NumberProblem> {
    if crate::text::graphemes::only_symbols(text) {
        return Err(NumberProblem::Empty);
    }
    let mut builder = Builder::default();
    let lexemes = lexemes(text)?;
    for (at, lexeme) in lexemes.iter().enumerate() {
        match lexeme {
            Lexeme::Number(value) => builder.number(*value),
            Lexeme::Break => builder.close(),
            Lexeme::Word(word) => builder.word(word, lexemes.get(at + 1)),
        }
    }
    builder.close();
    builder.checked()
}

/// Puts words and digits together: «خمسة وعشرون ألف وخمسمئة» is one number.
#[derive(Default)]
struct Builder {
    done: Vec<Amount>,
    /// Below the next scale, in hundredths; `None` before the first number.
    current: Option<i64>,
    /// Scales already counted, in hundredths.
    total: i64,
    /// The last scale, for halves of it.
    scale: i64,
    /// «و» stood right before.
    joined: bool,
    overflow: bool,
}

impl Builder {
    fn number(&mut self, value: i64) {
        let fits =
            self.joined && self.scale > 1 && value < self.scale * WHOLE && self.current.is_none();
        if self.is_open() && !fits {
            self.close();
        }
        self.current = Some(value);
        self.joined = false;
    }

    fn word(&mut self, word: &str, next: Option<&Lexeme>) {
        let before_ten =
            matches!(next, Some(Lexeme::Word(next)) if next == "عشر" || next == "عشره");
        if is_eleven_opening(word) && before_ten {
            return self.small(1);
        }
        // «وعشرون»: the word itself first, since «واحد» begins with the same letter.
        let (worth, with_and) = match worth(word) {
            Some(known) => (Some(known), false),
            None => (word.strip_prefix('و').and_then(worth), true),
        };
        self.joined |= with_and && worth.is_some();
        match worth {
            Some(worth) => self.worth(worth),
            None => self.unknown(word),
        }
    }

    fn worth(&mut self, worth: Worth) {
        match worth {
            Worth::And => return self.joined = true,
            Worth::Small(10)
                if self.current.is_some_and(|n| n > 0 && n < 10 * WHOLE) && !self.joined =>
            {
                self.add(10)
            }
            Worth::Ten if self.current.is_some_and(|n| n > 0 && n < 10 * WHOLE) && !self.joined => {
                self.add(10)
            }
            Worth::Ten => self.small(10),
            Worth::Small(n) => self.small(n),
            Worth::Hundreds(n) => self.hundreds(n),
            Worth::Scale(n) => self.scale(n),
            Worth::TwoScales(n) => {
                self.small(2);
                self.scale(n);
            }
            Worth::Share(divisor) => self.share(divisor),
        }
        self.joined = false;
    }

    fn small(&mut self, n: i64) {
        let current = self.current.unwrap_or(0) / WHOLE;
        let empty_place = match (n, current % 100) {
            (20.., unit) => (1..10).contains(&unit),
            (_, 0) => current > 0,
            (1..10, tens) => tens >= 20 && tens % 10 == 0,
            _ => false,
        };
        // English joins without "and": "twenty five".
        let spoken_on = (1..10).contains(&n) && current % 100 >= 20 && current % 10 == 0;
        let fits = match self.current {
            None => !self.is_open() || self.joined,
            Some(_) => empty_place && (self.joined || spoken_on),
        };
        if !fits {
            self.close();
        }
        self.add(n);
    }

    fn hundreds(&mut self, n: i64) {
        match self.current {
            // «ثلاث مئة», "three hundred"
            Some(unit) if n == 100 && (WHOLE..10 * WHOLE).contains(&unit) && !self.joined => {
                self.current = Some(unit * 100)
            }
            None if !self.is_open() || self.joined => self.current = Some(n * WHOLE),
            _ => {
                self.close();
                self.current = Some(n * WHOLE);
            }
        }
    }

    fn scale(&mut self, n: i64) {
        if self.scale > 1 && n >= self.scale
            || self.total > 0 && self.current.is_none() && !self.joined
        {
            self.close();
        }
        let counted = self.current.take().unwrap_or(WHOLE);
        self.total = self.bounded(
            self.total
                .checked_add(counted.checked_mul(n).unwrap_or(i64::MAX)),
        );
        self.scale = n;
    }

    fn share(&mut self, divisor: i64) {
        // «ونص» after a number; alone («نص ساعة») it is a number of its own.
        let whole = if self.current.is_none() && self.scale > 1 {
            self.scale
        } else {
            1
        };
        if self.is_open() && !self.joined {
            self.close();
        }
        let share = whole * WHOLE / divisor;
        self.current = Some(self.current.unwrap_or(0) + share);
    }

    fn unknown(&mut self, word: &str) {
        let is_halalas = matches!(
            word.strip_prefix("و").unwrap_or(word),
            "هلله" | "هللات" | "هللة" | "halala" | "halalas"
        );
        let open = self.is_open();
        self.close();
        if let (true, true, Some(last)) = (is_halalas, open, self.done.last_mut()) {
            last.is_halalas = true;
        }
    }

    fn add(&mut self, n: i64) {
        self.current = Some(self.current.unwrap_or(0) + n * WHOLE);
    }

    fn is_open(&self) -> bool {
        self.current.is_some() || self.total > 0
    }

    fn bounded(&mut self, sum: Option<i64>) -> i64 {
        let fits = sum.filter(|sum| *sum < i64::MAX / 4);
        self.overflow |= fits.is_none();
        fits.unwrap_or(0)
    }

    fn close(&mut self) {
        if self.is_open() {
            let hundredths = self.total + self.current.unwrap_or(0);
            self.done.push(Amount {
                hundredths,
                is_halalas: false,
            });
        }
        (self.current, self.total, self.scale, self.joined) = (None, 0, 1, false);
    }

    fn checked(self) -> Result<Vec<Amount>, NumberProblem> {
        match (self.overflow, self.done.is_empty()) {
            (true, _) => Err(NumberProblem::OutOfRange),
            (_, true) => Err(NumberProblem::NotNumber),
            _ => Ok(self.done),
        }
    }
}

fn lexemes(text: &str) -> Result<Vec<Lexeme>, NumberProblem> {
    let glyphs: Vec<char> = scan::glyphs(text).map(|glyph| glyph.c).collect();
    let mut lexemes = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        let end = match glyphs[at] {
            c if c.is_ascii_digit() => literal_end(&glyphs, at),
            c if is_wordlike(c) => run_end(&glyphs, at, is_wordlike),
            _ => at + 1,
        };
        lexemes.extend(lexeme(&glyphs[..at], &glyphs[at..end])?);
        at = end;
    }
    Ok(lexemes)
}

fn lexeme(before: &[char], run: &[char]) -> Result<Option<Lexeme>, NumberProblem> {
    match run[0] {
        c if c.is_ascii_digit() => {
            literal(run, is_negative(before)).map(|value| Some(Lexeme::Number(value)))
        }
        c if is_wordlike(c) => Ok(Some(Lexeme::Word(fold(&run.iter().collect::<String>())))),
        c if c.is_whitespace() || c == '-' => Ok(None),
        _ => Ok(Some(Lexeme::Break)),
    }
}

/// A minus right before the digits and nothing right before it: `-5`, but not `3-5`.
fn is_negative(before: &[char]) -> bool {
    matches!(before, [.., last, '-'] if last.is_whitespace()) || before == ['-']
}

fn is_wordlike(c: char) -> bool {
    (c.is_alphabetic()
        || crate::text::fold::is_tashkeel(c)
        || unicode_normalization::char::is_combining_mark(c))
        && !c.is_ascii_digit()
}

fn run_end(glyphs: &[char], at: usize, belongs: impl Fn(char) -> bool) -> usize {
    glyphs[at..]
        .iter()
        .position(|c| !belongs(*c))
        .map_or(glyphs.len(), |length| at + length)
}

/// Digits, with single separators between digits; a space only before exactly three digits.
fn literal_end(glyphs: &[char], at: usize) -> usize {
    let mut end = run_end(glyphs, at, |c| c.is_ascii_digit());
    let spaced = end - at <= 3;
    while let Some(separator) = glyphs.get(end) {
        let next = run_end(glyphs, end + 1, |c| c.is_ascii_digit());
        let fits = match separator {
            '.' | ',' | '،' | '٫' | '٬' | '\'' => next > end + 1,
            ' ' => spaced && next == end + 4,
            _ => false,
        };
        if !fits {
            break;
        }
        end = next;
    }
    end
}

/// The value of digits with separators, in hundredths.
fn literal(run: &[char], negative: bool) -> Result<i64, NumberProblem> {
    let signs: Vec<char> = run
        .iter()
        .copied()
        .filter(|c| !c.is_ascii_digit())
        .collect();
    let groups: Vec<String> = run
        .split(|c| !c.is_ascii_digit())
        .map(|group| group.iter().collect())
        .collect();
    let decimals = has_decimals(&signs, &groups);
    let (whole, part) = if decimals {
        groups.split_at(groups.len() - 1)
    } else {
        (&groups[..], &[][..])
    };
    if whole.len() > 1 && !(whole[0].len() <= 3 && whole[1..].iter().all(|group| group.len() == 3))
    {
        return Err(NumberProblem::TwoNumbers);
    }
    let digits = whole.concat();
    let digits = digits.trim_start_matches('0');
    if digits.len() > DIGITS_MAX {
        return Err(NumberProblem::OutOfRange);
    }
    let value = digits.parse::<i64>().unwrap_or(0) * WHOLE
        + part.first().map_or(Ok(0), |part| hundredths(part))?;
    Ok(if negative { -value } else { value })
}

/// Whether the last separator is a decimal one. «٫» always is, «٬» never; a point or comma before exactly three digits parts
/// thousands (`1.500` is fifteen hundred here: nobody writes three decimals of a riyal), unless a zero leads.
fn has_decimals(signs: &[char], groups: &[String]) -> bool {
    let (Some(last), Some(part)) = (signs.last(), groups.last()) else {
        return false;
    };
    let repeated = signs.iter().filter(|sign| *sign == last).count() > 1;
    match last {
        '٫' => !repeated || part.len() != 3,
        '.' | ',' | '،' => {
            !repeated && (part.len() != 3 || groups[0] == "0" || *last == '.' && signs.len() > 1)
        }
        _ => false,
    }
}

/// The hundredths of decimals; more than two must be zeros.
fn hundredths(part: &str) -> Result<i64, NumberProblem> {
    let significant = part.trim_end_matches('0');
    if significant.len() > 2 {
        return Err(NumberProblem::Fraction);
    }
    Ok(format!("{significant:0<2}").parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_are_read_from_digits_and_words() {
        for (text, n) in [
            ("5", 5),
            ("٥", 5),
            ("۵", 5),
            ("5 أفراد", 5),
            ("٥ الله يجزاكم خير", 5),
            ("عندي خمسة أطفال", 5),
            ("اربعة", 4),
            ("أربع بنات", 4),
            ("واحد", 1),
            ("وحدة", 1),
            ("ثنين", 2),
            ("اثنان", 2),
            ("اثنين", 2),
            ("طفلين", 2),
            ("سنتين", 2),
            ("ثلاث", 3),
            ("ثمان", 8),
            ("عشرة", 10),
            ("أحد عشر", 11),
            ("إحدى عشرة", 11),
            ("احدعش", 11),
            ("اثنا عشر", 12),
            ("اثني عشر", 12),
            ("ثلاثة عشر", 13),
            ("خمسطعش", 15),
            ("ستة عشر", 16),
            ("عشرين", 20),
            ("خمسة وعشرون", 25),
            ("خمس و عشرين", 25),
            ("تسعة وتسعين", 99),
            ("twenty five", 25),
            ("three", 3),
            ("مية", 100),
            ("مئة وخمسة", 105),
            ("مية وخمسة وعشرين", 125),
            ("5.0", 5),
            ("5 خمسة", 5),
            ("٥.", 5),
            ("صفر", 0),
            ("1,200", 1200),
            ("١٬٢٠٠", 1200),
            ("1 200", 1200),
            ("2nd", 2),
            ("\u{200F}٧\u{200F}", 7),
            ("ألفين", 2000),
            ("خمس مئة", 500),
            ("ثلاثمئة وخمسين", 350),
        ] {
            assert_eq!(read_integer(text, 0, 10_000), Ok(n), "{text}");
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        for (text, problem) in [
            ("", NumberProblem::Empty),
            ("😀", NumberProblem::Empty),
            ("لا أعرف", NumberProblem::NotNumber),
            ("يوم الأحد", NumberProblem::NotNumber),
            ("-5", NumberProblem::OutOfRange),
            ("100", NumberProblem::OutOfRange),
            ("99999999999999999999999", NumberProblem::OutOfRange),
            ("2.5", NumberProblem::Fraction),
            ("خمسة ونص", NumberProblem::Fraction),
            ("3-4", NumberProblem::TwoNumbers),
            ("3 أو 4", NumberProblem::TwoNumbers),
            ("ثلاثة أربعة", NumberProblem::TwoNumbers),
            ("٥ بنات و٣ أولاد", NumberProblem::TwoNumbers),
            ("1,2,3", NumberProblem::TwoNumbers),
        ] {
            assert_eq!(read_integer(text, 0, 99), Err(problem), "{text}");
        }
        assert_eq!(read_integer("-5", -10, 10), Ok(-5));
    }

    #[test]
    fn money_is_read_to_the_halala() {
        for (text, halalas) in [
            ("3000", 300_000),
            ("٣٠٠٠ ريال", 300_000),
            ("3,000.50 SAR", 300_050),
            ("٣٬٠٠٠٫٥٠ ر.س", 300_050),
            ("٣ آلاف", 300_000),
            ("3 الاف", 300_000),
            ("3k", 300_000),
            ("2.5k", 250_000),
            ("ثلاثة آلاف ريال", 300_000),
            ("ألف", 100_000),
            ("ألف ونص", 150_000),
            ("3 آلاف ونص", 350_000),
            ("ألف وخمسمئة", 150_000),
            ("ألفين وخمس مية", 250_000),
            ("3 آلاف و500", 350_000),
            ("خمسة وعشرون ألف", 2_500_000),
            ("1.500", 150_000),
            ("0.500", 50),
            ("10 ريال و50 هللة", 1_050),
            ("50 هللة", 50),
            ("مليون", 100_000_000),
            ("1,234,567.89", 123_456_789),
            ("1.234,5", 123_450),
            ("راتبي ٤٥٠٠ تقريبًا", 450_000),
            ("مية ألف", 10_000_000),
            ("٥٠٠ر.س", 50_000),
            ("﷼ 75", 7_500),
        ] {
            assert_eq!(read_money(text).map(|m| m.halalas), Ok(halalas), "{text}");
        }
        for (text, problem) in [
            ("100 دولار", NumberProblem::Currency),
            ("$100", NumberProblem::Currency),
            ("1500 - 2000", NumberProblem::TwoNumbers),
            ("-100", NumberProblem::OutOfRange),
            ("2000000 مليون", NumberProblem::OutOfRange),
            ("كثير", NumberProblem::NotNumber),
            ("", NumberProblem::Empty),
        ] {
            assert_eq!(read_money(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn numbers_are_shown_in_one_style() {
        assert_eq!(format_number(-1_234_567, Lang::Ar), "-1,234,567");
        assert_eq!(format_number(12, Lang::En), "12");
        assert_eq!(arabic_indic("12,500.5 ريال."), "١٢٬٥٠٠٫٥ ريال.");
        assert_eq!(
            Money { halalas: 1_250_050 }.format(Lang::Ar),
            "12,500.50 ريال"
        );
        assert_eq!(Money::riyals(12_500).format(Lang::En), "SAR 12,500");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|([0-9٠-٩.,٫٬ -]|ألف|مليون|خمسة|عشر|و| |نص|k){0,30}") {
            let _ = (read_integer(&text, i64::MIN, i64::MAX), read_money(&text));
        }

        #[test]
        fn what_is_shown_is_read(halalas in 0i64..=RIYALS_MAX * 100) {
            let money = Money { halalas };
            for lang in [Lang::Ar, Lang::En] {
                prop_assert_eq!(read_money(&money.format(lang)), Ok(money));
                prop_assert_eq!(read_money(&arabic_indic(&money.format(lang))), Ok(money));
                prop_assert_eq!(read_integer(&format_number(halalas, lang), 0, i64::MAX), Ok(halalas));
            }
        }
    }
}
