//! "Did you mean": the nearest of the words that would have been right.

/// Words longer than this are no slips of a pen, and comparing them would cost time.
const WORD_CHARS_MAX: usize = 64;

/// The word of `words` that a slip away is meant; None when nothing is near.
pub fn nearest<'a>(wrong: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong: Vec<char> = wrong.chars().take(WORD_CHARS_MAX + 1).collect();
    if wrong.len() > WORD_CHARS_MAX {
        return None;
    }
    let allowed = match wrong.len() {
        // So short a word is near to every other.
        0..=2 => 0,
        3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let near = words.into_iter().map(|word| (distance(&wrong, word), word));
    near.filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, word)| word)
}

/// Slips between two words: a letter too many, too few, a wrong one, or two neighbours exchanged.
fn distance(left: &[char], right: &str) -> usize {
    let right: Vec<char> = right.chars().take(2 * WORD_CHARS_MAX).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            let exchanged = i > 0 && j > 0 && left[i - 1] == *b && right[j - 1] == *a;
            if exchanged {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(left.len())
}

/// ``Did you mean `address`? `` or nothing, and then what there is: `` It has: a, b.``
pub fn remedy<'a>(wrong: &str, there: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    /// More names than this are no help.
    const SHOWN_MAX: usize = 12;
    let words: Vec<&str> = words.into_iter().collect();
    let meant = nearest(wrong, words.iter().copied());
    let shown = words
        .iter()
        .take(SHOWN_MAX)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    let more = if words.len() > SHOWN_MAX { " …" } else { "" };
    match (meant, words.is_empty()) {
        (Some(meant), _) => format!("Did you mean `{meant}`? {there}: {shown}{more}."),
        (None, false) => format!("{there}: {shown}{more}."),
        (None, true) => format!("{there}: nothing yet."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_and_a_stranger_none() {
        let words = ["address", "phone", "national_id", "to"];
        for (wrong, meant) in [
            ("adress", Some("address")),
            ("phnoe", Some("phone")),
            ("nationalid", Some("national_id")),
            ("tp", None),
            ("declaration", None),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, words), meant, "{wrong}");
        }
    }
}
