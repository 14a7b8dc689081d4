//! Number words of standard and Saudi Arabic and of English. Works on folded words (`fold`), knows nothing of what is counted.

/// What a word is worth in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// 0 to 99.
    Small(i64),
    /// ten, after a unit: eleven to nineteen.
    Ten,
    /// 100 to 900.
    Hundreds(i64),
    /// 1,000 or 1,000,000, counted by what stands before it.
    Scale(i64),
    /// 2,000 or 2,000,000.
    TwoScales(i64),
    /// A half or a quarter of the last scale, as its divisor.
    Share(i64),
    /// «و» or "and".
    And,
}

/// The words of 0 to 10, all genders and endings; `|` parts them.
const UNITS: [&str; 11] = [
    "صفر|zero",
    "واحد|واحده|وحده|وحد|one",
    "اثنان|اثنين|اثنتان|اثنتين|ثنتان|ثنتين|ثنين|اثنا|اثني|اثنتا|اثنتي|اتنين|two",
    "ثلاثه|ثلاث|ثلاثا|تلاته|three",
    "اربعه|اربع|اربعا|four",
    "خمسه|خمس|خمسا|five",
    "سته|ست|ستا|six",
    "سبعه|سبع|سبعا|seven",
    "ثمانيه|ثماني|ثمان|ثمانه|تمانيه|eight",
    "تسعه|تسع|تسعا|nine",
    "عشره|عشر|عشرا|ten",
];

/// One word for eleven to nineteen, as spoken in the Kingdom and in English.
const TEENS: [&str; 9] = [
    "احدعش|احدعشر|حدعش|احدعشره|eleven",
    "اثنعش|اطنعش|اثنعشر|اثناعشر|اثنيعشر|ثنعش|twelve",
    "ثلطعش|ثلاثطعش|ثلثطعش|ثلاثتعش|ثلطعشر|ثلاثهعشر|ثلاثعشر|تلطعش|thirteen",
    "اربعطعش|اربعتعش|اربعطعشر|اربعهعشر|fourteen",
    "خمسطعش|خمستعش|خمسطعشر|خمسهعشر|fifteen",
    "سطعش|ستطعش|ستعش|سطعشر|ستهعشر|sixteen",
    "سبعطعش|سبعتعش|سبعطعشر|سبعهعشر|seventeen",
    "ثمنطعش|ثمانطعش|ثمنتعش|ثمنطعشر|ثمانيهعشر|تمنطعش|eighteen",
    "تسعطعش|تسعتعش|تسعطعشر|تسعهعشر|nineteen",
];

const TENS: [&str; 8] = [
    "عشرون|عشرين|twenty",
    "ثلاثون|ثلاثين|تلاتين|thirty",
    "اربعون|اربعين|forty|fourty",
    "خمسون|خمسين|fifty",
    "ستون|ستين|sixty",
    "سبعون|سبعين|seventy",
    "ثمانون|ثمانين|تمانين|eighty",
    "تسعون|تسعين|ninety",
];

/// Two of what people are asked to count, in one word.
const DUALS: &str = "ولدان|ولدين|بنتان|بنتين|طفلان|طفلين|طفلتين|ابنان|ابنين|ابنتان|ابنتين|فردان|فردين|شخصان|شخصين|غرفتان|غرفتين|\
زوجتان|زوجتين|سنتان|سنتين|عامان|عامين|شهران|شهرين|يومان|يومين|اسبوعان|اسبوعين|ساعتان|ساعتين|مرتان|مرتين|ريالان|ريالين|\
دقيقتان|دقيقتين|بيتين|سيارتين|اخوين|اختين|يتيمين|يتيمتين|نفرين|عيلين|نفسين|معالين";

/// The worth of a folded word; `none` for a word that is no number.
pub(crate) fn worth(word: &str) -> Option<Worth> {
    let among = |list: &str| list.split('|').any(|known| known == word);
    let place = |lists: &[&str]| {
        lists
            .iter()
            .position(|list| among(list))
            .map(|at| at as i64)
    };
    if let Some(worth) = scale(word) {
        return Some(worth);
    }
    match word {
        "عشر" => Some(Worth::Ten),
        // «أحد» alone is Sunday or "anyone": it counts only in «أحد عشر», see `is_eleven_opening`.
        "و" | "and" => Some(Worth::And),
        _ if among(DUALS) => Some(Worth::Small(2)),
        _ => (place(&UNITS).map(Worth::Small))
            .or_else(|| place(&TEENS).map(|at| Worth::Small(at + 11)))
            .or_else(|| place(&TENS).map(|at| Worth::Small((at + 2) * 10))),
    }
}

/// «أحد», «إحدى»: one, but only before «عشر».
pub(crate) fn is_eleven_opening(word: &str) -> bool {
    matches!(word, "احد" | "احدي" | "حدا")
}

fn scale(word: &str) -> Option<Worth> {
    Some(match word {
        "ميه" | "مايه" | "hundred" => Worth::Hundreds(100),
        "ميتين" | "ميتان" | "مايتين" | "مايتان" => Worth::Hundreds(200),
        "الف" | "الاف" | "الوف" | "الفا" | "k" | "thousand" => Worth::Scale(1_000),
        "الفين" | "الفان" => Worth::TwoScales(1_000),
        "مليون" | "ملايين" | "million" => Worth::Scale(1_000_000),
        "مليونين" | "مليونان" => Worth::TwoScales(1_000_000),
        "نص" | "نصف" | "half" => Worth::Share(2),
        "ربع" | "quarter" => Worth::Share(4),
        _ => return joined_hundreds(word),
    })
}

/// «ثلاثمئة» to «تسعمئة» in one word.
fn joined_hundreds(word: &str) -> Option<Worth> {
    let unit = word
        .strip_suffix("مايه")
        .or_else(|| word.strip_suffix("ميه"))?;
    let place = UNITS
        .iter()
        .skip(3)
        .position(|list| list.split('|').any(|known| known == unit))?;
    (place < 7).then_some(Worth::Hundreds((place as i64 + 3) * 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn words_have_their_worth() {
        for (word, expected) in [
            ("ثلاثة", Some(Worth::Small(3))),
            ("ثنتين", Some(Worth::Small(2))),
            ("خمسطعش", Some(Worth::Small(15))),
            ("تسعون", Some(Worth::Small(90))),
            ("طفلين", Some(Worth::Small(2))),
            ("ثلاثمائة", Some(Worth::Hundreds(300))),
            ("خمسمية", Some(Worth::Hundreds(500))),
            ("مئتين", Some(Worth::Hundreds(200))),
            ("آلاف", Some(Worth::Scale(1_000))),
            ("الفين", Some(Worth::TwoScales(1_000))),
            ("الله", None),
            ("أحد", None),
        ] {
            assert_eq!(worth(&fold(word)), expected, "{word}");
        }
    }
}
