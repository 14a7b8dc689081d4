//! Heads of mails in their letters: encoded words (RFC 2047), whatever program wrote them. Pure.

use super::charset;

/// A head with its encoded words read (RFC 2047). Neighbours of one kind are one run of bytes: a letter may
/// be split between them.
pub fn decoded_words(text: &str) -> String {
    let mut read = String::new();
    let mut run: Option<(String, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((label, bytes, after)) = encoded_word(from) else {
            end_run(&mut read, run.take());
            read.push_str(before);
            read.push_str("=?");
            rest = &from[2..];
            continue;
        };
        if run.is_none() || !before.trim().is_empty() {
            end_run(&mut read, run.take());
            read.push_str(before);
        }
        match &mut run {
            Some((known, sofar)) if known.eq_ignore_ascii_case(label) => sofar.extend(bytes),
            _ => {
                end_run(&mut read, run.take());
                run = Some((label.to_owned(), bytes));
            }
        }
        rest = after;
    }
    end_run(&mut read, run);
    read.push_str(rest);
    read
}

fn end_run(read: &mut String, run: Option<(String, Vec<u8>)>) {
    if let Some((label, bytes)) = run {
        read.push_str(&charset::decode(&bytes, Some(&label)));
    }
}

/// `=?label?B?…?=` at the beginning: its label, its bytes, and what follows.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, &str)> {
    let inner = text.strip_prefix("=?")?;
    let (label, inner) = inner.split_once('?')?;
    let (how, inner) = inner.split_once('?')?;
    let (coded, after) = inner.split_once("?=")?;
    if label.len() > 40 || coded.len() > 1_000 {
        return None;
    }
    let bytes = match how {
        "B" | "b" => unbase64(coded.as_bytes()),
        "Q" | "q" => unquoted(coded),
        _ => return None,
    };
    // RFC 2231: a language may stand behind the label.
    Some((label.split('*').next().unwrap_or(label), bytes, after))
}

fn unquoted(coded: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(coded.len());
    let mut rest = coded.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, code) {
            (b'=', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            (b'_', _) => {
                bytes.push(b' ');
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// As much as can be read of it, whatever stands between.
pub fn unbase64(raw: &[u8]) -> Vec<u8> {
    use base64::Engine;
    use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
    let lenient = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let mut kept: Vec<u8> = raw
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    if kept.len() % 4 == 1 {
        kept.pop();
    }
    lenient.decode(&kept).unwrap_or_default()
}
