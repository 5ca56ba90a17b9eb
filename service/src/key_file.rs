//! The master key: 32 bytes from a file or a value. Made once, never overwritten.

use crate::{OpenError, random, settings::MasterKeySource};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

pub(crate) type MasterKey = Zeroizing<[u8; 32]>;

/// The key, if there is one.
pub(crate) fn load(source: &MasterKeySource) -> Result<Option<MasterKey>, OpenError> {
    match source {
        MasterKeySource::Value(value) => parse(value.expose_secret()).map(Some).ok_or_else(|| unreadable(source)),
        MasterKeySource::File(path) => read(path, source),
    }
}

/// The key that a rotation has put beside it, if there is one.
pub(crate) fn load_next(source: &MasterKeySource) -> Result<Option<MasterKey>, OpenError> {
    match source {
        MasterKeySource::Value(_) => Ok(None),
        MasterKeySource::File(path) => read(&beside(path), source),
    }
}

pub(crate) fn load_or_make(source: &MasterKeySource) -> Result<MasterKey, OpenError> {
    if let Some(key) = load(source)? {
        return Ok(key);
    }
    let MasterKeySource::File(path) = source else { return Err(unreadable(source)) };
    let key = make()?;
    write(path, &key).map_err(|error| failed(source, &error))?;
    tracing::info!(path = %path.display(), "made a master key; keep a copy away from the database's backups");
    // Another program may have been first.
    load(source)?.ok_or_else(|| unreadable(source))
}

pub(crate) fn make() -> Result<MasterKey, OpenError> {
    random::bytes::<32>().map(Zeroizing::new).map_err(|_| OpenError::Random)
}

/// Puts the next key beside the one in force, before anything is wrapped with it.
pub(crate) fn put_next(source: &MasterKeySource, key: &MasterKey) -> Result<(), OpenError> {
    let MasterKeySource::File(path) = source else { return Err(unreadable(source)) };
    let next = beside(path);
    // Left over from a rotation that never reached the store, or the start would have taken it.
    match fs::remove_file(&next) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(source, &error)),
        _ => {}
    }
    write(&next, key).map_err(|error| failed(source, &error))
}

/// The next key takes the place of the one in force, in one step.
pub(crate) fn take_next(source: &MasterKeySource) -> Result<(), OpenError> {
    let MasterKeySource::File(path) = source else { return Ok(()) };
    fs::rename(beside(path), path).and_then(|()| sync_directory(path)).map_err(|error| failed(source, &error))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".next");
    name.into()
}

fn read(path: &Path, source: &MasterKeySource) -> Result<Option<MasterKey>, OpenError> {
    match fs::read_to_string(path).map(Zeroizing::new) {
        Ok(text) => parse(&text).map(Some).ok_or_else(|| unreadable(source)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(source, &error)),
    }
}

/// Whole or not at all, and never over a file that is there: written under another name, then linked to its own.
fn write(path: &Path, key: &MasterKey) -> io::Result<()> {
    if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
        fs::create_dir_all(directory)?;
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let draft = PathBuf::from(draft);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let text = Zeroizing::new(hex::encode(key.as_slice()) + "\n");
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result.and_then(|()| sync_directory(path)),
    }
}

fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

/// 64 hex digits, or 44 characters of base64.
fn parse(text: &str) -> Option<MasterKey> {
    let text = text.trim();
    let bytes = Zeroizing::new(hex::decode(text).ok().or_else(|| STANDARD.decode(text).ok())?);
    <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Zeroizing::new)
}

fn unreadable(source: &MasterKeySource) -> OpenError {
    OpenError::Key(format!("{}: not 32 bytes as base64 or hex", source.name()))
}

fn failed(source: &MasterKeySource, error: &io::Error) -> OpenError {
    OpenError::Key(format!("{}: {error}", source.name()))
}
