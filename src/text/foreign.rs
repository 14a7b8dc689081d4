//! Whether a text is surely in another language than the two of the house: by its script; in Arabic letters by
//! letters and small words that Arabic does not have; in Latin letters by small words of other languages.
//! Where that is not clear it is ours: names, addresses and Arabic in Latin letters stay what they are.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::lang::{is_arabic, is_latin, is_latin_arabic};

/// Words of a text that are looked at: who writes more has shown the language in these.
const WORDS_MAX: usize = 60;
/// Letters of another script that are no slip.
const OTHER_LETTERS_MIN: usize = 3;
/// Words that speak for a language, at least: one alone may be a name.
const SIGNS_MIN: usize = 2;
/// Of all words, one in so many at least is such a sign.
const ONE_IN: usize = 5;
/// Letters of a word in Latin letters that is more than an accident.
const LONG_LETTERS_MIN: usize = 4;

/// Letters of Urdu, Persian, Pashto and Kurdish that no keyboard of Arabs puts into words. Those that Gulf writers
/// use too, as گ چ پ ژ and the Persian kaf and ya, say nothing.
const LETTERS: &str = "ٹڈڑںےۓٻڀټډړږښڼېۍۆێڵڕځڅ";

/// Small words of Urdu and Persian, with kaf, ya and ha as Arabs write them; none is an Arabic word.
const IN_ARABIC_LETTERS: &[&str] = &[
    "آپ",
    "كا",
    "اور",
    "است",
    "هست",
    "هستم",
    "هستيم",
    "نيست",
    "براي",
    "ميخواهم",
    "خواهم",
    "چطور",
    "چگونه",
    "چطوري",
    "كجاست",
    "كنم",
    "كنيد",
    "ميكنم",
    "دارم",
    "داريد",
    "كمك",
    "شما",
    "چيست",
];

/// Small words of languages in Latin letters, without their accents; none is English or Arabic so spelled.
const IN_LATIN_LETTERS: &[&[&str]] = &[
    // French
    &[
        "je", "vous", "nous", "est", "une", "pour", "avec", "comment", "bonjour", "bonsoir",
        "merci", "besoin", "suis", "puis", "votre", "notre", "dans", "mais", "aider", "aidez",
        "demande", "pouvez", "voudrais", "quel", "quelle", "quels", "quelles", "quand", "pourquoi",
        "sont", "cest",
    ],
    // Spanish
    &[
        "hola",
        "necesito",
        "ayuda",
        "como",
        "puedo",
        "gracias",
        "quiero",
        "tengo",
        "estoy",
        "donde",
        "cuando",
        "para",
        "usted",
        "ustedes",
        "pueden",
        "buenos",
        "solicitar",
        "cual",
        "porque",
    ],
    // Turkish
    &[
        "nasil",
        "yardim",
        "istiyorum",
        "icin",
        "lutfen",
        "nedir",
        "nerede",
        "basvuru",
        "ediyorum",
        "yapabilirim",
        "degil",
        "bana",
        "benim",
        "tesekkur",
        "tesekkurler",
        "ihtiyacim",
        "misiniz",
        "ve",
    ],
    // Filipino
    &[
        "ako",
        "ang",
        "mga",
        "paano",
        "kailangan",
        "tulong",
        "gusto",
        "nang",
        "hindi",
        "saan",
        "kayo",
        "naman",
        "pwede",
        "puwede",
        "opo",
        "namin",
        "kung",
        "magandang",
        "po",
        "ng",
        "kumusta",
        "humingi",
    ],
    // Indonesian and Malay
    &[
        "saya",
        "bagaimana",
        "bantuan",
        "tidak",
        "dengan",
        "untuk",
        "apakah",
        "bisa",
        "terima",
        "kasih",
        "tolong",
        "yang",
        "ingin",
        "anda",
        "boleh",
        "dimana",
        "bagaimanakah",
        "mahu",
        "perlu",
    ],
    // Urdu and Hindi
    &[
        "mujhe", "chahiye", "kaise", "nahi", "nahin", "kya", "hain", "mera", "meri", "kahan",
        "madad", "karna", "karein", "sakta", "sakti", "hoon", "apna", "humein", "liye", "hai",
        "aap", "aapka",
    ],
    // Bengali
    &[
        "amar", "kivabe", "sahajjo", "lagbe", "korbo", "apnara", "kothay", "korte",
    ],
    // Somali
    &[
        "waxaan",
        "sidee",
        "caawimaad",
        "rabaa",
        "fadlan",
        "halkee",
        "waxaad",
        "maxaa",
        "ayaan",
        "baan",
    ],
    // Swahili
    &[
        "habari",
        "nahitaji",
        "msaada",
        "tafadhali",
        "jinsi",
        "ninaweza",
        "asante",
        "nataka",
        "wapi",
        "vipi",
    ],
    // Amharic and Oromo
    &[
        "endet",
        "ifelgalehu",
        "erdata",
        "akkam",
        "gargaarsa",
        "barbaada",
        "maaloo",
        "galatoomi",
    ],
    // German
    &[
        "ich",
        "brauche",
        "hilfe",
        "bitte",
        "wie",
        "kann",
        "und",
        "ist",
        "nicht",
        "danke",
        "wann",
        "beantragen",
    ],
];

/// Small English words: who writes them writes English with a foreign word in it.
const ENGLISH: &[&str] = &[
    "the", "is", "are", "how", "what", "when", "where", "who", "can", "do", "does", "to", "of",
    "for", "my", "your", "you", "and", "need", "help", "want", "please", "with", "have", "apply",
    "in", "it", "on",
];

/// Whether a text is surely in a language that we do not speak.
pub fn is_foreign(text: &str) -> bool {
    let (mut arabic, mut latin, mut other) = (0, 0, 0);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match letter {
            letter if is_arabic(letter) => arabic += 1,
            letter if is_latin(letter) => latin += 1,
            _ => other += 1,
        }
    }
    if other >= OTHER_LETTERS_MIN && other > arabic + latin {
        return true;
    }
    match arabic > latin {
        true => is_foreign_in_arabic_letters(text),
        false => latin > 0 && is_foreign_in_latin_letters(text),
    }
}

fn is_foreign_in_arabic_letters(text: &str) -> bool {
    let (mut words, mut signs) = (0, BTreeSet::new());
    for word in words_of(text) {
        words += 1;
        // The joiner of Persian stands between parts of one word.
        let plain: String = word
            .chars()
            .filter(|letter| *letter != '\u{200c}')
            .map(arabs)
            .collect();
        if word.contains(|letter| LETTERS.contains(letter))
            || IN_ARABIC_LETTERS.contains(&plain.as_str())
        {
            signs.insert(plain);
        }
    }
    signs.len() >= SIGNS_MIN && signs.len() * ONE_IN >= words
}

/// Kaf, ya and ha as Arabs write them.
fn arabs(letter: char) -> char {
    match letter {
        'ک' => 'ك',
        'ی' | 'ى' => 'ي',
        'ہ' | 'ھ' => 'ه',
        other => other,
    }
}

fn is_foreign_in_latin_letters(text: &str) -> bool {
    // "el" is Arabic so spelled, and Spanish: then more must speak for it.
    let least = SIGNS_MIN + usize::from(is_latin_arabic(text));
    let words: Vec<String> = words_of(text).map(bare).collect();
    let english = words.iter().filter(|word| ENGLISH.contains(&word.as_str()));
    let english = english.count();
    IN_LATIN_LETTERS.iter().any(|signs| {
        let found: BTreeSet<&String> = words
            .iter()
            .filter(|word| signs.contains(&word.as_str()))
            .collect();
        let is_long = |word: &&String| word.len() >= LONG_LETTERS_MIN;
        found.len() >= least
            && found.len() > english
            && found.len() * ONE_IN >= words.len()
            && found.iter().any(is_long)
    })
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\u{200c}');
    words.filter(|word| !word.is_empty()).take(WORDS_MAX)
}

/// A word in small letters without accents.
fn bare(word: &str) -> String {
    let plain = word.to_lowercase().replace('ı', "i");
    plain.nfd().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_languages_are_known_by_their_script_letters_or_small_words() {
        for text in [
            "मुझे मदद चाहिए",
            "আমার সাহায্য দরকার",
            "እርዳታ እፈልጋለሁ",
            "Мне нужна помощь",
            "我需要帮助",
            "எனக்கு உதவி வேண்டும்",
            "مجھے مدد چاہیے، میں کیسے درخواست دوں؟",
            "آپ کا دفتر کہاں ہے اور کب کھلتا ہے",
            "سلام، من برای کمک چطور درخواست کنم؟",
            "زه مرستې ته اړتیا لرم، څنګه غوښتنه وکړم ډېره مننه",
            "Bonjour, comment puis-je demander une aide pour le loyer ?",
            "Hola, necesito ayuda para pagar el alquiler",
            "Nasıl yardım başvurusu yapabilirim?",
            "Paano po humingi ng tulong",
            "Saya ingin minta bantuan, bagaimana caranya",
            "mujhe madad chahiye kaise milegi",
        ] {
            assert!(is_foreign(text), "{text}");
        }
    }

    #[test]
    fn arabic_english_arabic_in_latin_letters_and_names_are_ours() {
        for text in [
            "السلام عليكم كيف أقدم طلب",
            "وين مكانكم گلبي تعبان",
            "چم المبلغ اللي تعطونه للأسرة؟",
            "پليز ابغى اعرف شروط الجمعية",
            "ابي اقدم على مساعدة الایجار وشلون ارفق الاوراق",
            "شنو الاوراق اللي لازم اجيبها حگ الهوية",
            "كيف اقدم هے",
            "أحتاج مساعدة، زوجي اسمه پرويز ڈار",
            "كم عندكم فرع",
            "How do I apply for help with the rent?",
            "Can you help me, I am from Manila po",
            "what papers do I need for une demande",
            "I live in San Juan para",
            "kef a8dm talab mosa3ada",
            "ana abgha a3ref el shroot",
            "wesh el awrag almatlooba",
            "shlon asajel 3ndkm",
            "hal fi mosa3adat lel ajar",
            "Jose Maria Cruz",
            "Al Olaya, King Fahd Road, Riyadh",
            "Avenue Habib Bourguiba",
            "salam",
            "hai",
            "merci",
            "IBAN SA03",
            "?؟",
            "",
            "123",
        ] {
            assert!(!is_foreign(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            is_foreign(&text);
        }
    }
}
