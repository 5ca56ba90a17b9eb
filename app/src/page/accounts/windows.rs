//! The windows of an account, as one part of the program: who opens one of them mostly opens another.

use super::{arrival::arrival_window, test::test_window, window::account_window};
use leptos::prelude::*;

/// Which of them.
#[derive(Clone, Copy)]
pub enum AccountWindow {
    /// A new one, perhaps as a copy of another.
    New(Option<i64>),
    Edit(i64),
    Test(i64),
    Arrival(i64),
}

#[lazy]
pub fn account(window: AccountWindow) -> AnyView {
    match window {
        AccountWindow::New(copied) => account_window(copied, true),
        AccountWindow::Edit(id) => account_window(Some(id), false),
        AccountWindow::Test(id) => test_window(id),
        AccountWindow::Arrival(id) => arrival_window(id),
    }
}
