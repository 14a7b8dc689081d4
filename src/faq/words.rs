//! Words of a text and their stems: what is written together with a word in Arabic, standard and spoken, is
//! taken off by rule; English endings too. Light and deterministic: a wrong stem is the same wrong stem everywhere.

use crate::text::fold::fold;

/// Words that are looked at; a longer message asks more than one thing, and no text takes longer than this.
pub const WORDS_MAX: usize = 120;
/// Letters of a word that are looked at (Unicode scalars).
pub const LETTERS_MAX: usize = 24;
/// Bytes of a text that are folded: more than the words above take, and folding is not free.
const BYTES_MAX: usize = 8 * 1024;

/// Letters that a stem keeps at least.
const STEM_MIN: usize = 3;
/// Letters behind a single letter that is taken off in front: shorter words only look like having one.
const BEHIND_MIN: usize = 4;

/// The folded words of a text, at most [`WORDS_MAX`] of at most [`LETTERS_MAX`] letters.
pub fn words(text: &str) -> Vec<String> {
    let mut end = text.len().min(BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let folded = fold(&text[..end]);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.take(WORDS_MAX).map(cut).collect()
}

fn cut(word: &str) -> String {
    word.chars().take(LETTERS_MAX).map(plain).collect()
}

/// Letters of neighbours' keyboards, as the nearest letter of ours.
fn plain(letter: char) -> char {
    match letter {
        'گ' => 'ق',
        'چ' => 'ج',
        'پ' => 'ب',
        'ڤ' => 'ف',
        'ژ' => 'ز',
        other => other,
    }
}

pub fn is_arabic(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|letter| ('\u{0620}'..='\u{06ff}').contains(&letter))
}

/// A word without what is written together with it.
pub fn stem(word: &str) -> String {
    if !is_arabic(word) {
        return english(word);
    }
    let letters: Vec<char> = word.chars().collect();
    let rest = without_end(without_front(&letters));
    rest.iter().collect()
}

/// "and", "so", "with", "for", the article, the future and present letters of speech: whatever stands in front.
fn without_front(word: &[char]) -> &[char] {
    let mut rest = word;
    if let ['و' | 'ف', behind @ ..] = rest
        && behind.len() >= BEHIND_MIN
    {
        rest = behind;
    }
    rest = match rest {
        ['ب' | 'ك' | 'ع' | 'ه', 'ا', 'ل', behind @ ..] | ['ا' | 'ل', 'ل', behind @ ..]
            if behind.len() >= STEM_MIN =>
        {
            behind
        }
        // The letters of "will" and of what goes on, before the letters of the person.
        ['ب' | 'ح' | 'ه' | 'س', behind @ ..]
            if behind.len() >= BEHIND_MIN && matches!(behind[0], 'ي' | 'ت' | 'ن' | 'ا') =>
        {
            behind
        }
        ['ل' | 'ب', behind @ ..] if behind.len() >= BEHIND_MIN => behind,
        _ => rest,
    };
    rest
}

/// Pronouns, then endings of number and gender.
fn without_end(word: &[char]) -> &[char] {
    let mut rest = word;
    // «ما…ش»: the negation of Egypt and the Hijaz, written together.
    if let ['م', 'ا', behind @ .., 'ش'] | ['م', behind @ .., 'ش'] = rest
        && behind.len() >= STEM_MIN
    {
        rest = behind;
    }
    rest = match rest {
        [front @ .., 'ه' | 'ك', 'م' | 'ن']
        | [front @ .., 'ه' | 'ن', 'ا']
        | [front @ .., 'ن', 'ي']
            if front.len() >= STEM_MIN =>
        {
            front
        }
        _ => rest,
    };
    rest = match rest {
        [front @ .., 'و' | 'ي', 'ن']
        | [front @ .., 'ا', 'ت' | 'ن']
        | [front @ .., 'و', 'ا']
        | [front @ .., 'ي', 'ه']
        | [front @ .., 'ت', 'ي' | 'ه' | 'ك']
            if front.len() >= STEM_MIN =>
        {
            front
        }
        _ => rest,
    };
    match rest {
        [front @ .., 'ه' | 'ي' | 'ك' | 'ت' | 'و' | 'ا'] if front.len() >= STEM_MIN => front,
        _ => rest,
    }
}

/// English endings; what is left of "rejecting", "rejected" and "rejection" is the same.
fn english(word: &str) -> String {
    const ENDINGS: [&str; 13] = [
        "ations", "ation", "ments", "ment", "ities", "ings", "ions", "ity", "ing", "ion", "ies",
        "ed", "es",
    ];
    if !word.is_ascii() {
        return word.to_owned();
    }
    let word = word
        .strip_suffix('s')
        .filter(|rest| rest.len() >= STEM_MIN)
        .unwrap_or(word);
    let ending = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    let rest = ending.filter(|rest| rest.len() > STEM_MIN).unwrap_or(word);
    // "stopped" and "stop"; "apply", "applied" and "applies".
    let doubled =
        rest.len() > STEM_MIN && rest.as_bytes()[rest.len() - 1] == rest.as_bytes()[rest.len() - 2];
    let rest = if doubled {
        &rest[..rest.len() - 1]
    } else {
        rest
    };
    let bare = rest.trim_end_matches(['e', 'y', 'i']);
    if bare.len() >= 2 { bare } else { rest }.to_owned()
}

/// What the words of one family share: the stem without the letters of the person and without weak letters.
/// Empty for what has no such family.
pub fn root(stem: &str) -> String {
    if !is_arabic(stem) {
        return String::new();
    }
    let letters: Vec<char> = stem.chars().collect();
    let mut rest = &letters[..];
    if let ['ا' | 'م' | 'ي' | 'ت', 'س', 'ت', behind @ ..] = rest
        && behind.len() >= STEM_MIN
    {
        rest = behind;
    } else if let ['ي' | 'ت' | 'ن' | 'ا' | 'م', behind @ ..] = rest
        && behind.len() >= STEM_MIN
    {
        rest = behind;
    }
    let last = rest.len().saturating_sub(1);
    let is_strong = |at: usize, letter: char| match letter {
        'ا' => false,
        'و' | 'ي' => at == 0,
        'ه' => at == 0 || at != last,
        _ => true,
    };
    let strong = rest
        .iter()
        .enumerate()
        .filter(|(at, letter)| is_strong(*at, **letter));
    let root: String = strong.map(|(_, letter)| letter).collect();
    match root.chars().count() {
        2.. => root,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_one_family_meet_in_their_stem_or_root() {
        for family in [
            &["المستندات", "مستنداتي", "ومستنداتكم", "بالمستندات"][..],
            &["طلبي", "طلباتكم", "للطلبات"],
            &["موظف", "الموظفين", "وموظفه"],
            &["documents", "document"],
            &["rejected", "rejecting", "rejection", "reject"],
            &["apply", "applied", "applies", "applying"],
            &["stop", "stopped", "stopping", "stops"],
        ] {
            let stems: Vec<String> = family.iter().map(|word| stem(word)).collect();
            assert!(
                stems.iter().all(|one| *one == stems[0]),
                "{family:?} {stems:?}"
            );
        }
        for family in [
            &["تسجيل", "اسجل", "يسجلون", "بيسجل", "مسجل"][..],
            &["تقديم", "اقدم", "هيقدم", "بتقدمون"],
            &["استكمال", "اكمل", "يكمل"],
        ] {
            let roots: Vec<String> = family.iter().map(|word| root(&stem(word))).collect();
            assert!(
                roots.iter().all(|one| *one == roots[0]),
                "{family:?} {roots:?}"
            );
        }
    }

    #[test]
    fn a_long_text_is_cut_and_letters_of_neighbours_are_ours() {
        assert_eq!(words(&"كلمه ".repeat(10_000)).len(), WORDS_MAX);
        assert_eq!(words("گال چم"), ["قال", "جم"]);
        assert_eq!(words(&"ب".repeat(3)), ["ب"]);
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem_no_longer_than_itself(text in "\\PC*|[ا-ي]{0,14}") {
            for word in words(&text) {
                let stem = stem(&word);
                prop_assert!(stem.chars().count() <= word.chars().count());
                prop_assert!(root(&stem).chars().count() <= stem.chars().count());
            }
        }
    }
}
