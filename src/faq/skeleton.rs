//! The consonants of a word, written in either script: «طلبي», "talabi" and "6lby" have one skeleton. Vowels,
//! doubled letters, the article and the letters that Latin spellings leave out are no part of it.

/// The article as people spell it in Latin letters; longer words only begin alike.
const ARTICLES: [&str; 4] = ["al", "el", "il", "ll"];
/// The article, and "for the".
const ARABIC_ARTICLES: [[char; 2]; 2] = [['ا', 'ل'], ['ل', 'ل']];
/// Letters behind an article.
const BEHIND_MIN: usize = 2;

/// The skeleton of a word: ASCII signs, one a sound; empty for a word of vowels alone.
pub fn of(word: &str) -> String {
    consonants(&spelled(without_article(word)))
}

/// The skeleton where what looks like the article belongs to the word ("elan").
pub fn of_word_with_article(word: &str) -> String {
    consonants(&spelled(word))
}

fn without_article(word: &str) -> &str {
    let latin = ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article));
    let arabic = |[first, second]: &[char; 2]| word.strip_prefix(*first)?.strip_prefix(*second);
    latin
        .or_else(|| ARABIC_ARTICLES.iter().find_map(arabic))
        .filter(|rest| rest.chars().count() >= BEHIND_MIN)
        .unwrap_or(word)
}

fn consonants(signs: &[u8]) -> String {
    let mut skeleton = String::new();
    for (at, sign) in signs.iter().enumerate() {
        let vowel = matches!(sign, b'a' | b'i' | b'u' | b'e');
        // The ta marbuta and the h of "ah" are one sound, and often none.
        let silent = *sign == b'h' && at + 1 == signs.len() && at > 0;
        if !vowel && !silent && !skeleton.ends_with(char::from(*sign)) {
            skeleton.push(char::from(*sign));
        }
    }
    skeleton
}

/// Sounds of a word, one ASCII sign each; vowels as `a`, `i`, `u`. Both scripts are heard alike.
pub fn spelled(word: &str) -> Vec<u8> {
    let letters: Vec<char> = word.chars().collect();
    let mut signs = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sign, taken) = sound(letters[at], next, at == 0);
        if let Some(sign) = sign
            && signs.last() != Some(&sign)
        {
            signs.push(sign);
        }
        at += taken;
    }
    signs
}

/// The sound of a letter, or of two that are one sound; how many letters it took.
fn sound(letter: char, next: char, first: bool) -> (Option<u8>, usize) {
    match (letter, next) {
        ('s' | 'c', 'h') => return (Some(b'c'), 2),
        ('k', 'h') => return (Some(b'x'), 2),
        ('7' | '5', '\'') => return (Some(b'x'), 2),
        ('t', 'h') => return (Some(b't'), 2),
        ('d', 'h') => return (Some(b'd'), 2),
        ('g', 'h') => return (Some(b'q'), 2),
        ('p', 'h') => return (Some(b'f'), 2),
        ('o', 'o' | 'u') | ('u', 'u') => return (Some(b'u'), 2),
        ('e', 'e' | 'i' | 'y') | ('i', 'i' | 'y' | 'e') => return (Some(b'i'), 2),
        _ => {}
    }
    let sign = match letter {
        'ا' | 'a' => b'a',
        'ع' | '3' | 'ء' | '2' => b'a',
        'e' | 'i' | 'ي' | 'y' => b'i',
        'و' | 'w' if first => b'w',
        'o' | 'u' | 'و' | 'w' => b'u',
        'ب' | 'b' | 'p' => b'b',
        'ت' | 'ط' | 'ث' | 't' | '6' => b't',
        'ج' | 'j' => b'j',
        'ح' | 'ه' | 'h' | '7' => b'h',
        'خ' | '5' | 'x' => b'x',
        'د' | 'ذ' | 'ض' | 'ظ' | 'd' => b'd',
        'ر' | 'r' => b'r',
        'ز' | 'z' => b'z',
        'س' | 'ص' | 's' | '9' => b's',
        'ش' => b'c',
        'غ' => b'q',
        'ف' | 'f' | 'v' => b'f',
        'ق' | 'q' | 'g' | '8' => b'g',
        'ك' | 'k' | 'c' => b'k',
        'ل' | 'l' => b'l',
        'م' | 'm' => b'm',
        'ن' | 'n' => b'n',
        _ => return (None, 1),
    };
    (Some(sign), 1)
}

/// How unlike two spellings sound: edits over the longer one's length, a vowel counting half.
pub fn unlike(a: &[u8], b: &[u8]) -> f32 {
    let weight = |sign: u8| {
        if matches!(sign, b'a' | b'i' | b'u') {
            0.5
        } else {
            1.0
        }
    };
    let mut row: Vec<f32> = std::iter::once(0.0)
        .chain(b.iter().scan(0.0, |sum, sign| {
            *sum += weight(*sign);
            Some(*sum)
        }))
        .collect();
    for x in a {
        let mut corner = row[0];
        row[0] += weight(*x);
        for (at, y) in b.iter().enumerate() {
            let change = if x == y {
                0.0
            } else {
                weight(*x).max(weight(*y))
            };
            let best = (corner + change)
                .min(row[at] + weight(*y))
                .min(row[at + 1] + weight(*x));
            corner = std::mem::replace(&mut row[at + 1], best);
        }
    }
    let total = |signs: &[u8]| signs.iter().map(|sign| weight(*sign)).sum::<f32>();
    row[b.len()] / total(a).max(total(b)).max(1.0)
}

/// Whether a text has more Latin letters than Arabic ones.
pub fn is_latin<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut balance = 0_i64;
    for letter in words.flat_map(str::chars) {
        if letter.is_ascii_alphabetic() {
            balance += 1;
        } else if ('\u{0620}'..='\u{06ff}').contains(&letter) {
            balance -= 1;
        }
    }
    balance > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_have_one_skeleton() {
        for (arabic, latin) in [
            ("طلبي", &["talabi", "6lby", "talaby", "tlabi"][..]),
            ("كيف", &["keef", "kif", "kayf", "kaif"]),
            ("ابغي", &["abgha", "abghy"]),
            ("اقدم", &["agaddem", "aqdm", "agdm"]),
            ("متي", &["mata", "meta"]),
            ("شروط", &["shroo6", "shoroot", "shrut"]),
            ("الجمعيه", &["aljam3iyah", "jam3iya", "eljm3ya"]),
            ("خدمه", &["khedma", "5dma", "khidmah"]),
        ] {
            for latin in latin {
                assert_eq!(of(latin), of(arabic), "{latin} {arabic}");
            }
        }
        assert_eq!(of("ا"), "");
    }
}
