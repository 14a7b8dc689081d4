//! Words without their article, for comparing what people type with what stands on a button.

/// Letters that a word keeps at least when its article is taken off; shorter ones only look like having one.
const LETTERS_MIN: usize = 2;

/// The article, alone and behind the letters that are written together with it, longest first.
const ARTICLES: [&str; 4] = ["وال", "بال", "لل", "ال"];

/// What is written together with the first word of a phrase: nothing, "and", "so".
pub const JOINED: [&str; 3] = ["", "و", "ف"];

/// Folded words, each without its article.
pub fn without(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').map(bare).collect();
    words.join(" ")
}

fn bare(word: &str) -> &str {
    let cut = ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article));
    cut.filter(|rest| rest.chars().count() >= LETTERS_MIN)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn only_the_article_goes() {
        for (folded, bare) in [
            ("السله الغذائيه", "سله غذائيه"),
            ("للايجار", "ايجار"),
            ("والفاتوره", "فاتوره"),
            ("ال", "ال"),
            ("الم", "الم"),
            ("food basket", "food basket"),
            ("", ""),
        ] {
            assert_eq!(without(folded), bare, "{folded}");
        }
    }
}
