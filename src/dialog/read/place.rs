//! Where somebody lives, as far as words tell it: a region that is named or follows from a city, a National
//! Address, else the words as they are.

use super::Reason;
use crate::dialog::value::Residence;
use crate::text::address::{AddressProblem, ShortAddress};
use crate::text::fold::clean;
use crate::text::graphemes;
use crate::text::place::{Pin, Region};

/// Characters of a place in words at most (Unicode scalars).
const WORDS_SCALARS_MAX: usize = 300;

pub(super) fn residence(text: &str) -> Result<Residence, Reason> {
    let words = clean(text);
    if graphemes::only_symbols(&words)
        || !words.chars().any(char::is_alphabetic) && Pin::read(&words).is_none()
    {
        return Err(Reason::new("reader.residence.empty"));
    }
    let short_address = match ShortAddress::read(&words) {
        Ok(address) => Some(address.as_str().to_owned()),
        Err(AddressProblem::Order) => return Err(Reason::new("reader.residence.short_address")),
        Err(AddressProblem::Empty | AddressProblem::ArabicLetters | AddressProblem::Shape) => None,
    };
    let pin = Pin::read(&words).map(|pin| (pin.lat(), pin.lon()));
    let words = graphemes::cut(&words, WORDS_SCALARS_MAX).to_owned();
    Ok(Residence {
        region: Region::of_place(&words).map(|region| region.code().to_owned()),
        words: Some(words).filter(|words| pin.is_none() || !is_only_a_pin(words)),
        short_address,
        pin,
    })
}

/// A map's link or coordinates, and no word beside them.
fn is_only_a_pin(words: &str) -> bool {
    let is_link = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    words
        .split_whitespace()
        .all(|word| is_link(word) || !word.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_in_whatever_form_it_comes() {
        let city = residence("الدمام، حي المثال").unwrap();
        assert_eq!(
            (city.region.as_deref(), city.words.as_deref()),
            (Some("SQ"), Some("الدمام، حي المثال"))
        );
        assert_eq!(
            residence("rrrd 2929").unwrap().short_address.as_deref(),
            Some("RRRD2929")
        );
        let pin = Some((24.7136, 46.6753));
        for (text, words) in [
            ("https://maps.google.com/?q=24.7136,46.6753", None),
            ("٢٤٫٧١٣٦، ٤٦٫٦٧٥٣", None),
            ("البيت 24.7136,46.6753", Some("البيت 24.7136,46.6753")),
        ] {
            let place = residence(text).unwrap();
            assert_eq!((place.pin, place.words.as_deref()), (pin, words), "{text}");
        }
        for nothing in ["؟؟", "😀", "", "1234"] {
            assert!(residence(nothing).is_err(), "{nothing}");
        }
    }
}
