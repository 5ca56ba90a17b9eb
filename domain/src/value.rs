//! Values with a private field and one constructor each, also when deserialised: what exists is valid.

mod certificates;
mod email;
mod fingerprint;
mod fold;
mod host;
mod label;
mod port;
mod secret;
mod time;

pub use certificates::{Certificates, CertificatesError};
pub use email::{EmailAddress, EmailError};
pub use fingerprint::{Fingerprint, FingerprintError};
pub use fold::fold;
pub use host::{Host, HostError};
pub use label::{Label, LabelError};
pub use port::Port;
pub use secret::Secret;
pub use time::UnixMillis;

/// Whether a text holds a character that could end or forge a line of a protocol or a log.
pub fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Serde through the one constructor: a value that arrives over the wire is checked like one that is typed.
macro_rules! serde_by_parse {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|error| serde::de::Error::custom(error.code()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use serde_by_parse;
