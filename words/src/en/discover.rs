//! English: settings found by asking the sender's domain.

use super::preset::pairing;
use crate::Discover;
use domain::{
    account::Security,
    discovery::{Found, Source},
    provider::Offer,
};

pub const DISCOVER: Discover = Discover {
    find: "Find settings",
    find_hint: "Asks the sender's domain for its mail server: its DNS records (SRV), then its autoconfig file.",
    stop: "Cancel search",
    sender_first: "Enter the sender's address first: its domain is what is asked.",
    asking: |domain| format!("Asking {domain} …"),
    nothing: |domain| format!("Nothing found: {domain} publishes no settings. Its mail administrator knows them."),
    found: |found| {
        let settings = &found.settings;
        let host = settings.host.as_deref().unwrap_or_default();
        let login = match (&found.user_name, settings.authentication) {
            (Some(name), _) => format!(", user name {name}"),
            (None, Some(false)) => ", no login".to_owned(),
            (None, _) => String::new(),
        };
        format!("{host}, {}{login}. {}", pairing(offer(found)), source(found.source))
    },
    outside: |domain| {
        format!("This host lies outside {domain}, and DNS can be forged: use it only if you know it is yours.")
    },
    use_it: |found| {
        let host = found.settings.host.as_deref().unwrap_or_default();
        format!("Use {host}, {}", pairing(offer(found)))
    },
    in_use: "These settings are filled in.",
    silent,
};

fn offer(found: &Found) -> Offer {
    let security = found.settings.security.unwrap_or(Security::ImplicitTls);
    Offer { port: found.settings.port.unwrap_or(security.default_port().get()), security }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::SrvSubmissions => "Found in DNS (SRV _submissions).",
        Source::SrvSubmission => "Found in DNS (SRV _submission).",
        Source::Autoconfig => "Found in the domain's autoconfig file.",
        Source::Preset => "Known of this provider.",
    }
}

fn silent(code: &str) -> &'static str {
    match code {
        "name_server" => {
            "The name server did not answer: what the domain publishes may be missing here. Try again later."
        }
        "forbidden" => "The operator's settings do not allow fetching the domain's autoconfig file.",
        _ => "The domain's web server did not answer in time: its autoconfig file may be missing here.",
    }
}
