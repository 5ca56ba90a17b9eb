//! Will it arrive? What the DNS says about a sender's domain, and what receivers make of it. Pure: whom to ask is a trait,
//! what was found is values; no socket, no clock, no words.

mod dkim;
mod dmarc;
mod examine;
mod found;
mod lookup;
mod memo;
mod mta_sts;
mod mx;
mod organisation;
mod propose;
mod ptr;
mod spf;
mod tags;
mod tls_rpt;

pub use dkim::{Signature, signatures};
pub use examine::{Subject, examine};
pub use lookup::{Answer, FileTrouble, Lookup, Missing, Mx};
pub use memo::Memo;
pub use organisation::organisational_domain;
pub use spf::{Mode, Outcome, Sender, SpfResult, evaluate};
