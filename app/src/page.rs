//! The pages and windows, one file each. They know the product's words; how a table or a dialog works is in `ui`.

mod access;
mod accounts;
mod audit;
mod connectors;
mod credentials;
mod draft;
mod frame;
mod list;
mod not_found;
mod parameters;
mod people;
mod places;
mod remove;
mod simple;
mod tokens;
mod users;

pub use accounts::{AccountEdit, AccountNew, AccountTest, Accounts};
pub use audit::Audit;
pub use connectors::{ConnectorEdit, ConnectorNew, Connectors};
pub use credentials::{CredentialEdit, CredentialNew, Credentials};
pub use frame::{Frame, Session};
pub use not_found::NotFound;
pub use parameters::Parameters;
pub use people::{Setup, SignIn};
pub use tokens::{TokenNew, Tokens};
pub use users::{UserEdit, UserNew, Users};

use crate::ui::{report::Refresh, time::LocalTime, toast::Toasts};

/// What every page may rely on. Called once, by the application's root.
pub fn provide_shared() {
    Toasts::provide();
    Refresh::provide();
    LocalTime::provide();
}
