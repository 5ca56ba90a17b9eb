//! How rows that are held take in what others have changed: it arrives with what tells of it, after the first load.

use domain::report::{Held, Unreadable};
use std::cell::Cell;

type TakeIn = fn(&mut Held, &[u8]) -> Result<(), Unreadable>;

thread_local! {
    static TAKE_IN: Cell<Option<TakeIn>> = const { Cell::new(None) };
}

/// From now on, changes can be asked for.
pub fn provide_changes() {
    TAKE_IN.set(Some(Held::change));
}

pub fn can_change() -> bool {
    TAKE_IN.get().is_some()
}

/// `false` where they do not fit.
pub fn change(held: &mut Held, bytes: &[u8]) -> bool {
    TAKE_IN.get().is_some_and(|take_in| take_in(held, bytes).is_ok())
}
