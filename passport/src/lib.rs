//! Whether a signed token is what it says: JSON Web Tokens (RFC 7519) and the keys to check them with (RFC 7517). Pure:
//! keys and time are arguments, and nothing is fetched, kept or asked.
//!
//! A key is for one algorithm, and the key decides which (RFC 8725 section 3.1): what a token's header says of itself has
//! to agree, and decides nothing.

mod claims;
mod key;
mod secret;
mod strict;
mod token;

pub use claims::{Claims, Expected};
pub use key::{BadKey, Keys};
pub use token::{MAX_TOKEN_BYTES, Refusal, key_id, verify};
