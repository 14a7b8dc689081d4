//! What a medium is to a story: the ways to say something in it, and what a person sees there of what is said
//! to them, whatever its form.

use wasl::dialog::story::Parcel;
use wasl::event::AttachmentKind;

use crate::support::talk::photo;
use crate::support::{Engine, Server};

/// One message of the house as a person sees it.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub words: String,
    /// In order, controls behind the answers.
    pub buttons: Vec<Button>,
    /// The medium asks for a number or a place in its own way.
    pub asks: bool,
}

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What the medium sends when it is pressed.
    pub key: String,
    pub title: String,
    pub note: Option<String>,
}

/// A server, a channel of it, and somebody who uses it.
pub trait Medium: Sized {
    const NAME: &'static str;

    /// None: what the medium needs is not on this machine (never in CI).
    async fn start(engine: &Engine) -> Option<Self>;
    fn server(&self) -> &Server;
    /// From here on somebody acts whom the house does not know.
    async fn somebody_new(&mut self, number: usize, language: &'static str);
    async fn writes(&mut self, text: &str);
    async fn presses(&mut self, button: &Button);
    async fn sends(&mut self, parcel: &Parcel);
    /// All that the house said to them, in order.
    async fn shown(&mut self) -> Vec<Shown>;
    /// What the platform would not have liked.
    fn is_content(&self) {}
}

/// An invented file of a kind: name, type, bytes.
pub fn file(kind: AttachmentKind) -> (&'static str, &'static str, Vec<u8>) {
    match kind {
        AttachmentKind::Photo => ("IMG_0001.png", "image/png", photo()),
        AttachmentKind::Document => ("lease.pdf", "application/pdf", pdf()),
        AttachmentKind::Voice => ("voice.ogg", "audio/ogg", recording()),
        AttachmentKind::Video => panic!("no story sends a video"),
    }
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// The first page of an Ogg file with Opus in it (RFC 7845), silent.
fn recording() -> Vec<u8> {
    let mut bytes = b"OggS\0\x02".to_vec();
    bytes.resize(26, 0);
    bytes.extend([1, 19]);
    bytes.extend(b"OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0");
    bytes
}
