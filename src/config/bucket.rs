//! Where attachments lie when not in the data folder: a bucket of an S3-compatible store. All of its
//! settings belong together; it calls nobody.

use std::fmt;

use axum::http::Uri;
use secrecy::SecretString;

use super::gather::Given;
use super::problem::Place;
use super::value::{self, Bad, bad, is_this_machine};

/// A bucket, and the right to use it.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub address: BucketAddress,
    pub region: String,
    pub access_key: String,
    pub secret_key: SecretString,
}

/// `https://host/bucket`, or a folder of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketAddress {
    /// `scheme://host[:port]`.
    pub origin: String,
    pub bucket: String,
    /// Below the bucket, parted by `/`; empty = all of it.
    pub folder: String,
}

/// Without these there is no bucket.
const NEEDED: [&str; 3] = ["objects.url", "objects.access_key", "objects.secret_key"];

/// What stores answer to that have no regions.
const REGION: &str = "us-east-1";

/// None: the data folder.
pub fn read(given: &mut Given) -> Option<Bucket> {
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|path| !given.mentions(path))
        .collect();
    if missing.len() < NEEDED.len() || given.mentions("objects.region") {
        for path in missing {
            given.problem(
                Place::Nowhere,
                path,
                "is missing, while other settings of the bucket are given",
                "Give WASL_OBJECTS_URL, WASL_OBJECTS_ACCESS_KEY and WASL_OBJECTS_SECRET_KEY, or none of \
                 them: attachments then lie in the data folder",
            );
        }
    }
    let address = given.take("objects.url", BucketAddress::read);
    let region = given.take("objects.region", name);
    let access_key = given.take("objects.access_key", name);
    let secret_key = given.take("objects.secret_key", value::secret);
    Some(Bucket {
        address: address?,
        region: region.unwrap_or_else(|| REGION.to_string()),
        access_key: access_key?,
        secret_key: secret_key?,
    })
}

impl BucketAddress {
    /// Never repeats the text: somebody may have written a password into it.
    pub fn read(text: &str) -> Result<BucketAddress, Bad> {
        let remedy = "Write it as https://host/bucket, or https://host/bucket/folder";
        let uri: Uri = text
            .trim()
            .parse()
            .map_err(|_| bad("is no web address", remedy))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(bad("is no web address", remedy));
        };
        if authority.as_str().contains('@') || uri.query().is_some() {
            return Err(bad("has more than host, bucket and folder", remedy));
        }
        match scheme {
            "https" => {}
            "http" if is_this_machine(authority.host()) => {}
            "http" => {
                return Err(bad(
                    "is not encrypted on its way to another machine",
                    remedy,
                ));
            }
            _ => return Err(bad("is no web address", remedy)),
        }
        let mut parts = uri.path().trim_matches('/').split('/');
        let bucket = parts.next().unwrap_or_default();
        let folder: Vec<&str> = parts.collect();
        if bucket.is_empty() {
            return Err(bad("names no bucket", remedy));
        }
        let strange =
            |part: &&str| part.trim_matches('.').is_empty() || !part.chars().all(is_plain);
        if std::iter::once(&bucket).chain(&folder).any(strange) {
            let what =
                "has more than letters, digits, `.`, `-` and `_` in the name of bucket or folder";
            return Err(bad(what, remedy));
        }
        Ok(BucketAddress {
            origin: format!("{scheme}://{authority}"),
            bucket: bucket.to_string(),
            folder: folder.join("/"),
        })
    }
}

/// As it was given: there is no secret in it.
impl fmt::Display for BucketAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin, self.bucket)?;
        match self.folder.is_empty() {
            true => Ok(()),
            false => write!(f, "/{}", self.folder),
        }
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// What goes into the header that signs every request, whose parts these characters part.
fn name(text: &str) -> Result<String, Bad> {
    let text = text.trim();
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, ',' | '/' | '=');
    match text.chars().all(fits) {
        true => Ok(text.to_string()),
        false => Err(bad(
            "holds a space, `,`, `/`, `=` or a letter that no store gives out",
            "Copy it as the store shows it",
        )),
    }
}
