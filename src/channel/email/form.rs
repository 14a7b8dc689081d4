//! Forms that mail providers post: fields by name, and files. Both kinds of forms; bounded, and pure.

use mail_parser::{MessageParser, MimeHeaders};

use super::mail::File;

/// Fields of one form; providers post some thirty.
const FIELDS_MAX: usize = 300;

/// A form, its values as bytes: which letters they are a field of its own may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, Vec<u8>)>,
    pub files: Vec<File>,
}

impl Form {
    /// None for what is no form.
    pub fn read(content_type: &str, body: &[u8]) -> Option<Form> {
        let low = content_type.to_ascii_lowercase();
        if low.starts_with("application/x-www-form-urlencoded") {
            let fields = form_urlencoded::parse(body).take(FIELDS_MAX);
            let fields =
                fields.map(|(name, value)| (name.into_owned(), value.into_owned().into_bytes()));
            return Some(Form {
                fields: fields.collect(),
                files: Vec::new(),
            });
        }
        low.starts_with("multipart/form-data")
            .then(|| multipart(content_type, body))?
    }

    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_slice())
    }

    /// A field in UTF-8; what is none of it is replaced.
    pub fn text(&self, name: &str) -> Option<String> {
        self.bytes(name)
            .map(|value| String::from_utf8_lossy(value).into_owned())
    }
}

/// A form in parts is built as a mail is, and read as one.
fn multipart(content_type: &str, body: &[u8]) -> Option<Form> {
    if content_type.contains(['\r', '\n']) {
        return None;
    }
    let head = format!("MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n");
    let whole = [head.as_bytes(), body].concat();
    let message = MessageParser::default().parse(&whole)?;
    let mut form = Form::default();
    for part in message.parts.iter().skip(1).take(FIELDS_MAX) {
        let Some(place) = part.content_disposition() else {
            continue;
        };
        let Some(name) = place.attribute("name") else {
            continue;
        };
        let (start, end) = (
            part.raw_body_offset() as usize,
            part.raw_end_offset() as usize,
        );
        let bytes = whole.get(start..end).unwrap_or_default().to_vec();
        match place.attribute("filename") {
            Some(file) => form.files.push(File {
                name: Some(super::head::decoded_words(file)),
                bytes,
            }),
            None => form.fields.push((name.to_owned(), bytes)),
        }
    }
    (!form.fields.is_empty()).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_forms_are_read() {
        let plain = Form::read("application/x-www-form-urlencoded", b"a=%D8%B7+b&c=1").unwrap();
        assert_eq!(plain.text("a").as_deref(), Some("ط b"));
        let body = b"--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\xc7\xe1\r\n--X\r\n\
            Content-Disposition: form-data; name=\"attachment1\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\xff\r\n--X--\r\n";
        let parts = Form::read("multipart/form-data; boundary=X", body).unwrap();
        assert_eq!(parts.bytes("text"), Some(&b"\xc7\xe1"[..]));
        assert_eq!(
            parts.files,
            [File {
                name: Some("a.pdf".to_owned()),
                bytes: b"%PDF\xff".to_vec()
            }]
        );
        assert_eq!(Form::read("application/json", b"{}"), None);
        assert_eq!(
            Form::read("multipart/form-data; boundary=X", b"nonsense"),
            None
        );
    }
}
