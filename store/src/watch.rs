//! Whether the files that are written to are still the ones at their names: what goes into a deleted or replaced file is
//! lost with the process, however well it was committed.

use crate::{StoreError, StoreResult};
use std::{
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

/// The database and its log. Once one of them is gone, replaced or cut, nothing is written any more: only a start of the
/// program opens what is there now.
#[derive(Debug)]
pub(crate) struct Watch {
    files: [Watched; 2],
    lost: AtomicBool,
}

#[derive(Debug)]
struct Watched {
    path: PathBuf,
    device: u64,
    inode: u64,
    /// Neither of the two ever shrinks while it is open.
    size: AtomicU64,
}

impl Watch {
    /// With both files open: from now on they stay where they are.
    pub(crate) fn begin(database: &Path) -> io::Result<Self> {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        Ok(Self { files: [Watched::begin(database)?, Watched::begin(Path::new(&log))?], lost: AtomicBool::new(false) })
    }

    pub(crate) fn check(&self) -> StoreResult<()> {
        for file in &self.files {
            if self.lost.load(Ordering::Relaxed) || !file.is_there() {
                self.lost.store(true, Ordering::Relaxed);
                return Err(StoreError::Lost { path: self.files[0].path.clone() });
            }
        }
        Ok(())
    }
}

impl Watched {
    fn begin(path: &Path) -> io::Result<Self> {
        let found = fs::metadata(path)?;
        let size = AtomicU64::new(found.size());
        Ok(Self { path: path.to_owned(), device: found.dev(), inode: found.ino(), size })
    }

    fn is_there(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|found| {
            let size = found.size();
            found.dev() == self.device
                && found.ino() == self.inode
                && self.size.fetch_max(size, Ordering::Relaxed) <= size
        })
    }
}
