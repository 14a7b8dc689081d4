//! The second factor: codes of an app on the own phone (TOTP), and codes on paper that stand in for it.

use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Secret, Totp};

use crate::text::fold::ascii_digits;

/// Bytes of a secret: what RFC 4226 recommends, and all apps take.
const SECRET_BYTES: usize = 20;
/// Codes on paper: enough for a lost phone and a few mistakes.
const CODES: usize = 10;
/// Letters of such a code, in two groups of four.
const CODE_LETTERS: usize = 8;
/// Letters and digits that nobody takes for each other on paper.
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Edge of the picture in pixels: big enough for an old camera.
const PICTURE_PIXELS: u32 = 208;

/// A new secret, as apps take it when it is typed.
pub fn fresh() -> String {
    let bytes: [u8; SECRET_BYTES] = rand::random();
    Secret::from(bytes).to_base32()
}

/// The secret of an app, for `name` at `issuer`; None of anything that is no secret of ours.
fn totp(secret: &str, name: &str, issuer: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    if secret.as_bytes().len() != SECRET_BYTES {
        return None;
    }
    // A colon parts name and issuer in the address that apps read.
    let plain = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(secret)
        .with_account_name(plain(name))
        .with_issuer(Some(plain(issuer)))
        .build()
        .ok()
}

/// The step of this code at this second, if it is right: the one before and the one after count, too.
pub fn step(secret: &str, code: &str, now_secs: u64) -> Option<i64> {
    let found = totp(secret, "staff", "wasl")?.check(&digits(code), now_secs)?;
    i64::try_from(found).ok()
}

/// What an app shows at this second.
#[cfg(test)]
pub fn shown(secret: &str, now_secs: u64) -> Option<String> {
    Some(
        totp(secret, "staff", "wasl")?
            .generate(now_secs)
            .to_string(),
    )
}

/// What an app scans: an SVG picture.
pub fn picture(secret: &str, name: &str, issuer: &str) -> Option<String> {
    let address = totp(secret, name, issuer)?.to_url().ok()?;
    let code = QrCode::new(address.as_bytes()).ok()?;
    let picture = code
        .render::<svg::Color<'_>>()
        .min_dimensions(PICTURE_PIXELS, PICTURE_PIXELS)
        .build();
    // Inside a page it has no prologue.
    picture.find("<svg").map(|at| picture[at..].to_string())
}

/// A secret in groups of four, for whoever types it.
pub fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// New codes on paper.
pub fn fresh_codes() -> Vec<String> {
    (0..CODES).map(|_| fresh_code()).collect()
}

fn fresh_code() -> String {
    let letter = |_| char::from(ALPHABET[rand::random_range(0..ALPHABET.len())]);
    let code: String = (0..CODE_LETTERS).map(letter).collect();
    format!("{}-{}", &code[..4], &code[4..])
}

/// A code on paper as it is compared: letters and digits alone.
pub fn plain(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_lowercase()
}

/// All of these, as they are compared.
pub fn all_plain(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| plain(code)).collect()
}

/// The digits of a code as somebody types it.
pub fn digits(code: &str) -> String {
    let code = ascii_digits(code);
    code.chars().filter(char::is_ascii_digit).collect()
}

/// Whether something looks like a code on paper, and not like one of the app.
pub fn is_paper(code: &str) -> bool {
    let letters = code.chars().filter(char::is_ascii_alphanumeric).count();
    letters == CODE_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret "12345678901234567890", cut to six digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard_and_arabic_digits_are_digits() {
        assert_eq!(step(SECRET, "287082", 59), Some(1));
        assert_eq!(step(SECRET, "٢٨٧ ٠٨٢", 59), Some(1));
        assert_eq!(step(SECRET, "081804", 1_111_111_109), Some(37_037_036));
        assert_eq!(step(SECRET, "081804", 1_111_111_109 + 30), Some(37_037_036));
        assert_eq!(step(SECRET, "081804", 1_111_111_109 + 90), None);
        assert_eq!(step(SECRET, "287083", 59), None);
        assert_eq!(step("short", "287082", 59), None);
        assert_eq!(step(SECRET, "", 59), None);
    }

    #[test]
    fn a_secret_is_scanned_or_typed() {
        let secret = fresh();
        assert_eq!(secret.len(), 32);
        assert!(
            picture(&secret, "huda", "جمعية: تجريبية")
                .unwrap()
                .starts_with("<svg")
        );
        assert_eq!(grouped("ABCDEFGH2"), "ABCD EFGH 2");
    }

    #[test]
    fn codes_on_paper_are_forgiving_about_how_they_are_typed() {
        let codes = fresh_codes();
        assert_eq!(codes.len(), CODES);
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(plain(&typed), plain(&codes[0]));
        assert_ne!(plain(&codes[0]), plain(&codes[1]));
        assert!(is_paper(&typed) && !is_paper("123456"));
    }
}
