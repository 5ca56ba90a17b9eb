//! The pages and windows, one file each. They know the product's words; how a table or a dialog works is in `ui`.

mod access;
mod accounts;
mod audit;
mod bulk;
pub mod chunks;
mod connectors;
mod credentials;
mod desk;
mod draft;
mod editing;
mod elsewhere;
mod frame;
mod framed;
mod keys;
mod list;
mod meanwhile;
mod not_found;
mod outbox;
mod parameters;
mod password;
mod people;
mod place;
mod places;
mod recipient;
mod remove;
mod schedules;
mod session;
mod simple;
mod step;
mod tokens;
pub mod tools;
mod users;
mod versions;

pub use desk::Desk;
pub use not_found::NotFound;
pub use people::{Setup, SignIn};
pub use place::Place;
pub use places::home;
pub use session::Session;

use self::{
    accounts::Accounts, audit::Audit, connectors::Connectors, credentials::Credentials, outbox::Outbox,
    parameters::Parameters, password::Password, schedules::Schedules, tokens::Tokens, users::Users,
};
use crate::{
    live::Live,
    ui::{report::Refresh, time::LocalTime, toast::Toasts},
};

/// What every page may rely on. Called once, by the application's root.
pub fn provide_shared() {
    Toasts::provide();
    Refresh::provide();
    Live::provide();
    LocalTime::provide();
    tokens::Made::provide();
    keys::KeySheet::provide();
}
