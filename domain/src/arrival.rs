//! "Will it arrive?": what is asked for, and what was found about a sender's domain. Values only; looking is the crate `arrival`'s.

use crate::FieldErrors;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// The window's fields as typed. All may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArrivalDraft {
    /// Addresses that mail leaves from, apart by commas or blanks. Empty: those of the account's host.
    pub sending_addresses: String,
    /// DKIM selectors, apart by commas or blanks; each a selector, or a whole name with `._domainkey.` in it.
    pub selectors: String,
    /// A message that came back whole, or its header: which signatures it bears.
    pub returned_copy: String,
}

/// The fields, checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArrivalRequest {
    pub sending_addresses: Vec<IpAddr>,
    pub selectors: Vec<String>,
    pub returned_copy: String,
}

impl ArrivalDraft {
    /// More are not looked at.
    pub const MAX_ADDRESSES: usize = 4;
    pub const MAX_SELECTORS: usize = 5;
    const MAX_COPY_BYTES: usize = 128 * 1024;

    pub fn parse(&self) -> Result<ArrivalRequest, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut sending_addresses = Vec::new();
        for word in words(&self.sending_addresses) {
            match word.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
                Ok(ip) if !sending_addresses.contains(&ip.to_canonical()) => sending_addresses.push(ip.to_canonical()),
                Ok(_) => {}
                Err(_) => {
                    errors.add("sending_addresses", "ip_address");
                    break;
                }
            }
        }
        if sending_addresses.len() > Self::MAX_ADDRESSES {
            errors.0.push(crate::FieldError::new("sending_addresses", "too_many").with(Self::MAX_ADDRESSES));
        }
        let mut selectors: Vec<String> = words(&self.selectors).map(str::to_ascii_lowercase).collect();
        selectors.dedup();
        if !selectors.iter().all(|selector| is_selector(selector)) {
            errors.add("selectors", "selector");
        } else if selectors.len() > Self::MAX_SELECTORS {
            errors.0.push(crate::FieldError::new("selectors", "too_many").with(Self::MAX_SELECTORS));
        }
        if self.returned_copy.len() > Self::MAX_COPY_BYTES {
            errors.add("returned_copy", "too_long");
        }
        if errors.is_empty() {
            Ok(ArrivalRequest { sending_addresses, selectors, returned_copy: self.returned_copy.clone() })
        } else {
            Err(errors)
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty())
}

/// A part of a DNS name (RFC 6376 section 3.1), perhaps with dots in it.
fn is_selector(text: &str) -> bool {
    let part = |part: &str| {
        (1..=63).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    text.len() <= 253 && text.split('.').all(part)
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Mx,
    Spf,
    Dkim,
    Dmarc,
    Ptr,
    MtaSts,
    TlsRpt,
}

impl Check {
    pub const ALL: [Self; 7] = [Self::Mx, Self::Spf, Self::Dkim, Self::Dmarc, Self::Ptr, Self::MtaSts, Self::TlsRpt];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Mx => "mx",
            Self::Spf => "spf",
            Self::Dkim => "dkim",
            Self::Dmarc => "dmarc",
            Self::Ptr => "ptr",
            Self::MtaSts => "mta_sts",
            Self::TlsRpt => "tls_rpt",
        }
    }
}

/// What it means for the mail; the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    /// Not known: nobody answered, or something has to be named first.
    Unknown,
    /// It may arrive, and some will hold it against the mail.
    Warning,
    /// Receivers refuse such mail or take it for spam.
    Bad,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Good, Self::Unknown, Self::Warning, Self::Bad];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }
}

/// What a finding rests on, as it stands in the DNS or at the web server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// `_dmarc.example.com`, or an address of the web.
    pub name: String,
    /// `TXT`, `MX`, `PTR`, `A`, `AAAA`, or `HTTPS` for a file.
    pub kind: String,
    /// Its content; empty where there is none.
    pub value: String,
}

/// One thing found. Words are made of code and parameters in the crate `words`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub check: Check,
    pub verdict: Verdict,
    /// The domain or address that it is about.
    pub subject: String,
    /// What was found (`spf_pass`, `dmarc_missing`).
    pub code: String,
    /// What the words need: an address, a number, a name.
    pub params: Vec<String>,
    pub records: Vec<Record>,
    /// What to do about it (`spf_add_address`); empty where nothing is to be done.
    pub fix: String,
    /// What should stand there instead, where that can be told from here.
    pub publish: Vec<Record>,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub happened: String,
    /// What to do; empty where nothing is to be done.
    pub advice: String,
}

/// A report with its words, finding by finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldReport {
    pub report: ArrivalReport,
    pub told: Vec<Told>,
}

/// Where the sending addresses come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Somebody typed them.
    Typed,
    /// Assumed: the account's server sends from the address that it listens on.
    Host,
    /// The same, and the server is reached through a connector, which may see another one under this name.
    HostBehindConnector,
    /// The host has no address that is known here.
    None,
}

/// All that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalReport {
    /// Of the From address.
    pub sender_domain: String,
    /// Of the envelope sender.
    pub envelope_domain: String,
    pub sending_addresses: Vec<String>,
    pub basis: Basis,
    /// The worst of them.
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    pub ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let check = |addresses: &str, selectors: &str, wanted: &[&str]| {
            let draft = ArrivalDraft {
                sending_addresses: addresses.into(),
                selectors: selectors.into(),
                ..ArrivalDraft::default()
            };
            let errors = draft.parse().err().map(|errors| errors.0).unwrap_or_default();
            let got: Vec<_> = errors.iter().map(|e| format!("{}:{}", e.field, e.code)).collect();
            assert_eq!(got, wanted, "{addresses:?} {selectors:?}");
        };
        check("", "", &[]);
        check(" 192.0.2.1, 2001:db8::1;[2001:db8::2]\n192.0.2.1 ", "s1 s2._domainkey.example.net", &[]);
        check("192.0.2", "", &["sending_addresses:ip_address"]);
        check("192.0.2.1/24 x", "a b!", &["sending_addresses:ip_address", "selectors:selector"]);
        check("192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 192.0.2.5", "", &["sending_addresses:too_many"]);
        check("", "a b c d e f", &["selectors:too_many"]);
        check("", "a..b", &["selectors:selector"]);
        let long = ArrivalDraft { returned_copy: "x".repeat(128 * 1024 + 1), ..ArrivalDraft::default() };
        assert!(long.parse().is_err());
    }

    #[test]
    fn the_worst_verdict_is_the_greatest() {
        assert_eq!(Verdict::ALL.into_iter().max(), Some(Verdict::Bad));
        assert!(Verdict::ALL.is_sorted());
    }
}
