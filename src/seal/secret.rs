//! The secret key that an installation made for itself: kept in an owner-only file of the data
//! folder when no setting gives one. It is never printed.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;
use zeroize::Zeroize as _;

use crate::config::SecretKey;

/// Where the key lives on SQLite.
pub const FILE: &str = "secret.key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum NoKey {
    #[error("{0} holds no secret key\nPut the file back as it was, or set WASL_SECRET_KEY")]
    Unreadable(PathBuf),
    #[error(
        "{0} is missing, but the data beside it were sealed with it\n\
         Put the file back from where you keep it, or set WASL_SECRET_KEY"
    )]
    Missing(PathBuf),
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
}

/// The key in the data folder.
///
/// # Errors
/// When the file is missing or holds no key.
pub fn read(folder: &Path) -> Result<SecretKey, NoKey> {
    let path = folder.join(FILE);
    let mut text = String::new();
    match fs::File::open(&path).and_then(|mut file| file.read_to_string(&mut text)) {
        Ok(_) => {}
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(NoKey::Missing(path)),
        Err(cause) => return Err(NoKey::File { path, cause }),
    }
    let key = SecretKey::read(&text);
    text.zeroize();
    key.map_err(|_| NoKey::Unreadable(path))
}

/// Makes the key of a new installation: readable by its owner alone, on the disk before it is used.
/// An existing file is never replaced.
///
/// # Errors
/// When the file cannot be written.
pub fn make(folder: &Path) -> Result<SecretKey, NoKey> {
    let path = folder.join(FILE);
    let text = SecretKey::make();
    write_new(&path, text.expose_secret())
        .and_then(|()| fs::File::open(folder)?.sync_all())
        .map_err(|cause| NoKey::File { path, cause })?;
    read(folder)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_for_its_owner_alone_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(NoKey::Missing(_))));
        let made = make(folder.path()).unwrap();
        assert_eq!(read(folder.path()).unwrap().expose(), made.expose());
        assert!(make(folder.path()).is_err(), "never replaced");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = folder.path().join(FILE);
            let mode = fs::metadata(file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_without_a_key_is_told_apart_from_a_missing_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "too short").unwrap();
        assert!(matches!(read(folder.path()), Err(NoKey::Unreadable(_))));
    }
}
