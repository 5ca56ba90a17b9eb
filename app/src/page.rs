//! The pages and windows, one file each. They know the product's words; how a table or a dialog works is in `ui`.

mod accounts;
mod audit;
mod connectors;
mod credentials;
mod frame;
mod not_found;
mod parameters;
mod people;
mod users;

pub use accounts::{AccountEdit, AccountNew, AccountTest, Accounts};
pub use audit::Audit;
pub use connectors::{ConnectorEdit, ConnectorNew, Connectors};
pub use credentials::{CredentialEdit, CredentialNew, Credentials};
pub use frame::{Frame, Session};
pub use not_found::NotFound;
pub use parameters::Parameters;
pub use people::{Setup, SignIn};
pub use users::{UserEdit, UserNew, Users};
