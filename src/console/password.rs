//! Passwords: which are good enough, and their hashes (Argon2id). It never keeps, logs or compares one itself.

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::wrong::Wrong;

/// Long enough that guessing at the pace of the door takes centuries, also without a second factor.
pub const SCALARS_MIN: usize = 12;
/// A passphrase of many words; a bound on what is hashed.
pub const BYTES_MAX: usize = 512;
/// `aaaaaaaaaaaa` has one.
const DIFFERENT_MIN: usize = 6;

/// Each hash takes 19 MiB for some 30 ms: two at once bound memory and leave a core to others.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    Short,
    Long,
    /// Few different characters, or the name in it.
    Plain,
}

impl Weak {
    /// Its sentence in the words of the console.
    pub fn words(self) -> &'static str {
        match self {
            Weak::Short => "password-short",
            Weak::Long => "password-long",
            Weak::Plain => "password-plain",
        }
    }
}

/// # Errors
/// What is wrong with a new password of somebody with this name.
pub fn fit(password: &str, name: &str) -> Result<(), Weak> {
    let different: std::collections::BTreeSet<_> = password.chars().collect();
    let (lower, name) = (password.to_lowercase(), name.to_lowercase());
    match () {
        () if password.chars().count() < SCALARS_MIN => Err(Weak::Short),
        () if password.len() > BYTES_MAX => Err(Weak::Long),
        () if different.len() < DIFFERENT_MIN => Err(Weak::Plain),
        () if name.chars().count() > 2 && lower.contains(&name) => Err(Weak::Plain),
        () => Ok(()),
    }
}

/// The hash of a new password, in Argon2's own form.
///
/// # Errors
/// When the machine has no memory or no randomness for it.
pub async fn hash(password: &str) -> Result<String, Wrong> {
    let password = password.to_owned();
    calmly(move || {
        let hashed = Argon2::default().hash_password(password.as_bytes());
        hashed.map(|hash| hash.to_string()).map_err(failed)
    })
    .await?
}

/// Whether this is the password. Without a hash it takes as long, and it is not.
///
/// # Errors
/// When the machine has no memory for it.
pub async fn is(password: &str, hash: Option<&str>) -> Result<bool, Wrong> {
    if password.len() > BYTES_MAX {
        return Ok(false);
    }
    let Some(kept) = hash.map(str::to_owned) else {
        self::hash(password).await?;
        return Ok(false);
    };
    let password = password.to_owned();
    calmly(move || {
        let verified = Argon2::default().verify_password(password.as_bytes(), kept.as_str());
        verified.is_ok()
    })
    .await
}

async fn calmly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Wrong> {
    let _turn = HASHING.acquire().await.map_err(failed)?;
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Wrong {
    tracing::error!(%error, "a password could not be hashed");
    Wrong::Fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_password_is_long_and_not_plain() {
        for (password, expected) in [
            ("short pass", Err(Weak::Short)),
            ("aaaaaaaaaaaaaaaa", Err(Weak::Plain)),
            ("my huda.s password", Err(Weak::Plain)),
            ("three camels drink", Ok(())),
            ("ثلاث نوق تشرب ماء", Ok(())),
        ] {
            assert_eq!(fit(password, "Huda.S"), expected, "{password}");
        }
        assert_eq!(fit(&"abcdefgh".repeat(100), "x"), Err(Weak::Long));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone() {
        let kept = hash("three camels drink").await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(is("three camels drink", Some(&kept)).await.unwrap());
        assert!(!is("three camels sleep", Some(&kept)).await.unwrap());
        assert!(!is("three camels drink", None).await.unwrap());
        assert!(!is("three camels drink", Some("nonsense")).await.unwrap());
        assert_ne!(kept, hash("three camels drink").await.unwrap());
    }
}
