//! Finds the numbers of a text, in digits and in words, and puts their parts together.
//! It decides nothing about what is counted or what is allowed.

use crate::text::fold::fold;
use crate::text::number::NumberProblem;
use crate::text::scan;
use crate::text::word_number::{Worth, is_eleven_opening, worth};

/// Digits of a number at most; no count or amount is longer, and no arithmetic overflows.
const DIGITS_MAX: usize = 12;
/// Hundredths in a whole: all arithmetic is in hundredths, so that halalas are exact.
pub(crate) const WHOLE: i64 = 100;

/// One number found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    pub hundredths: i64,
    /// Halalas were counted, not riyals.
    pub is_halalas: bool,
}

/// A word of the text, or a number written in digits (hundredths).
#[derive(Debug, PartialEq)]
enum Lexeme {
    Number(i64),
    Word(String),
    /// A sign that ends a number, such as a full stop or a dash.
    Break,
}

/// Every number of a text, in order; fails when there is none.
pub(crate) fn amounts(text: &str) -> Result<Vec<Amount>, NumberProblem> {
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
            (_, 0) => current > 0,
            (20.., unit) => (1..10).contains(&unit),
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
