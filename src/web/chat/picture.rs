//! Photos drawn anew, small: what the camera wrote beside the picture (place, device) stays in the
//! sealed original, and a picture made to burst our memory is refused before it is opened.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use crate::web::wrong::Wrong;

/// Wide and high enough for the bubble on a sharp screen.
const PREVIEW_PIXELS: u32 = 960;

const PREVIEW_QUALITY: u8 = 76;

/// What stays of a photo that is kept drawn anew: every line of an A4 page is legible.
const ANEW_PIXELS: u32 = 2560;

const ANEW_QUALITY: u8 = 85;

/// The longest edge of today's phone cameras is about 16,000 pixels.
const EDGE_PIXELS_MAX: u32 = 20_000;

/// 200 megapixels are the largest sensors; phones send at most 50 of them, and 64 are 192 MiB open.
const OPEN_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Pictures open at a time: each may take [`OPEN_BYTES_MAX`].
const OPEN_MAX: usize = 2;

/// Where pictures are opened, few at a time.
pub struct Desk {
    places: Semaphore,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk {
            places: Semaphore::new(OPEN_MAX),
        }
    }
}

impl Desk {
    /// The preview of a photo, as JPEG, and the photo back.
    ///
    /// # Errors
    /// `Damaged` when it cannot be opened within the limits.
    pub async fn preview(&self, bytes: Vec<u8>, mime: &str) -> Result<(Vec<u8>, Vec<u8>), Wrong> {
        self.open(bytes, mime, |bytes, picture| {
            Ok((bytes, draw(&picture, PREVIEW_PIXELS, PREVIEW_QUALITY)?))
        })
        .await
    }

    /// The photo itself drawn anew, so that nothing of the camera's is left beside it, and its preview; both
    /// JPEG.
    ///
    /// # Errors
    /// As [`Desk::preview`].
    pub async fn anew(&self, bytes: Vec<u8>, mime: &str) -> Result<(Vec<u8>, Vec<u8>), Wrong> {
        self.open(bytes, mime, |_, picture| {
            let anew = draw(&picture, ANEW_PIXELS, ANEW_QUALITY)?;
            Ok((anew, draw(&picture, PREVIEW_PIXELS, PREVIEW_QUALITY)?))
        })
        .await
    }

    async fn open<T: Send + 'static>(
        &self,
        bytes: Vec<u8>,
        mime: &str,
        work: impl FnOnce(Vec<u8>, DynamicImage) -> Result<T, Wrong> + Send + 'static,
    ) -> Result<T, Wrong> {
        let format = format(mime).ok_or(Wrong::Damaged)?;
        let place = self.places.acquire().await;
        let drawn = tokio::task::spawn_blocking(move || {
            let picture = open(&bytes, format)?;
            work(bytes, picture)
        })
        .await;
        drop(place);
        // A decoder that panics met a picture that it cannot open.
        drawn.unwrap_or(Err(Wrong::Damaged))
    }
}

fn format(mime: &str) -> Option<ImageFormat> {
    match mime {
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/png" => Some(ImageFormat::Png),
        "image/webp" => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn draw(picture: &DynamicImage, edge: u32, quality: u8) -> Result<Vec<u8>, Wrong> {
    let flat = match picture.width().max(picture.height()) > edge {
        true => picture.thumbnail(edge, edge).to_rgb8(),
        false => picture.to_rgb8(),
    };
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality);
    flat.write_with_encoder(encoder)
        .map_err(|_| Wrong::Damaged)?;
    Ok(out)
}

fn open(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Wrong> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(EDGE_PIXELS_MAX);
    limits.max_image_height = Some(EDGE_PIXELS_MAX);
    limits.max_alloc = Some(OPEN_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Wrong::Damaged)?;
    // Not every decoder counts by itself.
    if decoder.total_bytes() > OPEN_BYTES_MAX {
        return Err(Wrong::Damaged);
    }
    let turned = decoder.orientation().map_err(|_| Wrong::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Wrong::Damaged)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbImage;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        RgbImage::new(width, height)
            .write_to(&mut out, ImageFormat::Png)
            .unwrap();
        out.into_inner()
    }

    /// A header that promises a huge picture, with nothing behind it.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let check = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&check.to_be_bytes());
        bytes
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
            })
        })
    }

    #[tokio::test]
    async fn a_photo_is_drawn_anew_and_small() {
        let photo = png(2_000, 1_000);
        let (same, preview) = Desk::default()
            .preview(photo.clone(), "image/png")
            .await
            .unwrap();
        assert_eq!(same, photo);
        let drawn = image::load_from_memory_with_format(&preview, ImageFormat::Jpeg).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (960, 480));
    }

    #[tokio::test]
    async fn nothing_of_the_cameras_is_left_in_a_photo_drawn_anew() {
        let mut photo = Cursor::new(Vec::new());
        RgbImage::new(3_000, 600)
            .write_to(&mut photo, ImageFormat::Jpeg)
            .unwrap();
        let mut photo = photo.into_inner();
        // A remark as cameras write it, behind the first marker.
        let remark = b"\xff\xfe\x00\x16Riyadh, Phone 7 of S".to_vec();
        photo.splice(2..2, remark);
        let (anew, preview) = Desk::default().anew(photo, "image/jpeg").await.unwrap();
        for (bytes, width) in [(&anew, 2_560), (&preview, 960)] {
            assert!(!bytes.windows(6).any(|six| six == b"Riyadh"));
            assert_eq!(image::load_from_memory(bytes).unwrap().width(), width);
        }
    }

    #[tokio::test]
    async fn a_picture_made_to_burst_memory_is_refused_before_it_is_opened() {
        for (case, bytes) in [
            ("too wide", bomb(60_000, 10)),
            ("too much in all", bomb(19_000, 19_000)),
            ("cut off", png(64, 64)[..60].to_vec()),
            ("no picture", b"\x89PNG\r\n\x1a\n".to_vec()),
        ] {
            let refused = Desk::default().preview(bytes, "image/png").await;
            assert_eq!(refused, Err(Wrong::Damaged), "{case}");
        }
    }
}
