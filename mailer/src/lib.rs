//! SMTP: composing messages, tunnels, the staged session and what its failures mean; what the DNS and the web say about
//! domains; access tokens. Knows neither store nor pages, takes wall-clock time, ids and randomness as arguments; the one
//! exception is the time in a signed assertion.

pub mod budget;
pub mod cause;
mod dialer;
mod fault;
pub mod fetch;
pub mod mask;
pub mod message;
pub mod names;
pub mod oauth;
pub mod policy;
pub mod reply;
pub mod route;
pub mod session;
mod text;
mod tls;
mod tunnel;
mod verdict;
mod wire;

pub use budget::Budget;
pub use cause::Cause;
pub use fetch::{FetchError, FetchRules, Fetched};
pub use mask::Mask;
pub use message::{ComposeError, Composition, Outgoing, compose};
pub use names::Names;
pub use oauth::{AccessToken, CodeRequest, Grant, TokenFault, TokenRequest, TokenSource};
pub use policy::{DestinationPolicy, PolicyError, Purpose};
pub use route::{AccountLogin, CertificateCheck, Login, Route, Tunnel};
pub use rustls::pki_types::CertificateDer;
pub use session::{Delivery, KeptSession, Mailer, RecipientResult, TunnelReport};
pub use tls::{RootsError, roots_from_pem};
pub use verdict::Verdict;
