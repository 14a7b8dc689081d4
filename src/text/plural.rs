//! Which plural form a count takes, by the rules of Unicode CLDR for Arabic and English (cardinal, whole numbers).

use crate::text::lang::Lang;
use serde::{Deserialize, Serialize};

/// The six CLDR plural categories; English uses `One` and `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// The category of a count in a language.
pub fn category(n: u64, lang: Lang) -> Plural {
    match lang {
        Lang::En if n == 1 => Plural::One,
        Lang::En => Plural::Other,
        Lang::Ar => arabic(n),
    }
}

fn arabic(n: u64) -> Plural {
    match (n, n % 100) {
        (0, _) => Plural::Zero,
        (1, _) => Plural::One,
        (2, _) => Plural::Two,
        (_, 3..=10) => Plural::Few,
        (_, 11..=99) => Plural::Many,
        _ => Plural::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_counts_take_six_forms() {
        for (n, expected) in [
            (0, Plural::Zero),
            (1, Plural::One),
            (2, Plural::Two),
            (3, Plural::Few),
            (10, Plural::Few),
            (11, Plural::Many),
            (99, Plural::Many),
            (100, Plural::Other),
            (102, Plural::Other),
            (103, Plural::Few),
            (111, Plural::Many),
            (1_000, Plural::Other),
        ] {
            assert_eq!(category(n, Lang::Ar), expected, "{n}");
        }
        assert_eq!(category(1, Lang::En), Plural::One);
        assert_eq!(category(0, Lang::En), Plural::Other);
    }
}
