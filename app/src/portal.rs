//! What the portal around a frame is told. Stand-alone nobody listens, and telling costs nothing.

use domain::portal::ToPortal;
use std::{cell::RefCell, rc::Rc};

type Listener = Rc<dyn Fn(ToPortal)>;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// The frame's own half of the talk takes what is told from now on.
pub fn listen(to: impl Fn(ToPortal) + 'static) {
    LISTENER.with_borrow_mut(|listener| *listener = Some(Rc::new(to)));
}

pub fn tell(message: ToPortal) {
    let listener = LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener(message);
    }
}
