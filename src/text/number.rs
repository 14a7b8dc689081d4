//! Whole numbers and amounts of money as people write or spell them, and how we show them.

use crate::text::amount::{WHOLE, amounts};
use crate::text::fold::fold;
use crate::text::lang::Lang;
use crate::text::scan;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Riyals at most: a thousand million; more is a slip of the finger.
pub const RIYALS_MAX: i64 = 1_000_000_000;

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
