//! Reads the `dialogs` folder that the settings or a command name: paths and bytes, bounded. It does not
//! understand what the files say.

use std::io::Read;
use std::path::{Path, PathBuf};

/// Files in one folder: ours has some hundred; more is a wrong folder (a home, a disk).
const FILES_MAX: usize = 5_000;
/// Folders inside each other: ours reach 3.
const DEPTH_MAX: usize = 8;
/// One file: a public document of a charity has some megabytes. Longer ones are cut here and refused by
/// whoever reads them.
const FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Why a folder is no `dialogs` folder. Names the path, what was found, and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("{path}: there is no such folder. Name a whole `dialogs` folder, the one that holds `common` and `charities`", path = .0.display())]
    Missing(PathBuf),
    #[error("{path} is a file. Name a whole `dialogs` folder, the one that holds `common` and `charities`", path = .0.display())]
    NoFolder(PathBuf),
    #[error("{path} holds no folder `common` and none `charities`. Name a whole `dialogs` folder{hint}", path = .path.display())]
    NoDialogs { path: PathBuf, hint: String },
    #[error("{path} holds more than {FILES_MAX} files. Name the `dialogs` folder itself", path = .0.display())]
    TooMany(PathBuf),
    #[error("reading {path}: {source}", path = .path.display())]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
}

/// A whole `dialogs` folder. Errors when the path is none or cannot be read.
pub fn read(root: &Path) -> Result<Vec<(String, Vec<u8>)>, FolderError> {
    if root.is_file() {
        return Err(FolderError::NoFolder(root.to_owned()));
    }
    if !root.is_dir() {
        return Err(FolderError::Missing(root.to_owned()));
    }
    if !root.join("common").is_dir() && !root.join("charities").is_dir() {
        return Err(FolderError::NoDialogs {
            path: root.to_owned(),
            hint: hint(root),
        });
    }
    let mut files = Vec::new();
    gather(root, root, 0, &mut files)?;
    Ok(files)
}

/// One file of a folder, by a path that [`read`] gave. None when it is not there any more, or longer than
/// anything that [`read`] gives whole.
///
/// # Errors
/// When it is there and cannot be read.
pub fn one(root: &Path, below: &str) -> std::io::Result<Option<Vec<u8>>> {
    let path = root.join(below);
    match std::fs::metadata(&path) {
        Ok(found) if found.is_file() && found.len() < FILE_BYTES_MAX => bytes(&path).map(Some),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody named a folder inside, or the one around.
fn hint(root: &Path) -> String {
    if root.join("dialogs").is_dir() {
        return format!(", perhaps {}", root.join("dialogs").display());
    }
    let above = root
        .ancestors()
        .skip(1)
        .take(2)
        .find(|dir| dir.join("common").is_dir() && dir.join("charities").is_dir());
    above.map_or_else(String::new, |dir| format!(", perhaps {}", dir.display()))
}

fn gather(
    root: &Path,
    dir: &Path,
    depth: usize,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), FolderError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| FolderError::Unreadable { path, source }
    };
    for entry in std::fs::read_dir(dir).map_err(unreadable(dir))? {
        let path = entry.map_err(unreadable(dir))?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if files.len() >= FILES_MAX {
            return Err(FolderError::TooMany(root.to_owned()));
        }
        if path.is_dir() {
            if depth < DEPTH_MAX {
                gather(root, &path, depth + 1, files)?;
            }
            continue;
        }
        // A pipe or a socket would be waited for.
        if !path.is_file() {
            continue;
        }
        let below = slashes(path.strip_prefix(root).unwrap_or(&path));
        files.push((below, bytes(&path).map_err(unreadable(&path))?));
    }
    Ok(())
}

/// Never more than the bound, whatever the file becomes while it is read.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(FILE_BYTES_MAX)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_path_says_what_to_name_instead() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        assert!(matches!(
            read(&root.join("nowhere")),
            Err(FolderError::Missing(_))
        ));
        std::fs::write(root.join("file"), "x").unwrap();
        assert!(matches!(
            read(&root.join("file")),
            Err(FolderError::NoFolder(_))
        ));
        std::fs::create_dir_all(root.join("dialogs/common")).unwrap();
        std::fs::create_dir_all(root.join("dialogs/charities/demo")).unwrap();
        for wrong in [
            root.to_owned(),
            root.join("dialogs/common"),
            root.join("dialogs/charities/demo"),
        ] {
            let told = read(&wrong).unwrap_err().to_string();
            let right = format!("perhaps {}", root.join("dialogs").display());
            assert!(told.ends_with(&right), "{told}");
        }
    }
}
