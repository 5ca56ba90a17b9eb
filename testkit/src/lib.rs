//! Test tools on real loopback sockets: SMTP servers, name servers, connectors, token endpoints, signed tokens, throw-away certificates, a fixed clock.
//! A dev-dependency only; nothing of it is ever part of the product.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a tool that fails is to fail its test"
)]

pub mod certificate;
pub mod clock;
pub mod connector;
pub mod jwt;
pub mod names;
pub mod scripted;
pub mod sink;
mod stream;
pub mod token;
pub mod unheard;
pub mod web;

pub use certificate::{Authority, Identity, Leaf};
pub use clock::FixedClock;
pub use connector::{Connector, ConnectorOptions, ConnectorProtocol};
pub use jwt::Signer;
pub use names::{NameServer, Zone};
pub use scripted::{Act, Recording, ScriptedServer};
pub use sink::{Protection, Received, SinkOptions, SmtpSink};
pub use token::{TokenAnswer, TokenForm, TokenServer};
pub use unheard::Unheard;
pub use web::WebServer;
