//! A diagnosis in words, by code and language: what happened, why, what to do. The texts stand in `diagnosis/`; here they are found and filled.
//!
//! What happened is looked up apart from the rest: the browser needs no more.

pub(crate) mod en;
pub(crate) mod es;
mod fill;
pub(crate) mod pt;

use crate::Language;
use domain::{
    diagnosis::{Diagnosis, Explanation, FaultClass, Remedy},
    session_test::Step,
};
use fill::{fill, value};

/// The sentences for what happened in one language.
pub(crate) struct Happened {
    pub find: fn(code: &str) -> Option<&'static str>,
    /// For a code that has none.
    pub other: &'static str,
    pub stage: fn(Step) -> &'static str,
    /// `2026-11-21 22:12 UTC` as the language writes it.
    pub moment: fn(&str) -> String,
    pub number: fn(u64) -> String,
}

impl Happened {
    pub fn say(&self, diagnosis: &Diagnosis) -> String {
        let template = [variant(diagnosis), &diagnosis.code, &diagnosis.cause].into_iter().find_map(self.find);
        let value = |name: &str| match name {
            "stage" => Some((self.stage)(diagnosis.stage).to_owned()),
            _ => value(diagnosis, name, self),
        };
        fill(template.unwrap_or(self.other), value)
    }
}

/// Why it happened, the likeliest first, and what to do, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Help {
    pub why: &'static [&'static str],
    pub advice: &'static [&'static str],
}

/// Everything that a language says about a diagnosis.
pub(crate) struct Texts {
    pub happened: &'static Happened,
    pub help: fn(code: &str) -> Option<Help>,
    /// For a code that has none.
    pub other: fn(FaultClass) -> Help,
    pub class: fn(FaultClass) -> &'static str,
    /// What an enhanced status code says, by subject and detail.
    pub enhanced: fn(u16, u16) -> &'static str,
    /// How that is introduced.
    pub means: &'static str,
    /// What a reply with a 4 in front means, and one with a 5.
    pub will_retry: &'static str,
    pub will_not_pass: &'static str,
}

const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::English => &en::TEXTS,
        Language::Portuguese => &pt::TEXTS,
        Language::Spanish => &es::TEXTS,
    }
}

pub fn happened(language: Language, diagnosis: &Diagnosis) -> String {
    texts(language).happened.say(diagnosis)
}

/// The whole of it.
pub fn explain(language: Language, diagnosis: &Diagnosis) -> Explanation {
    let texts = texts(language);
    let help = [variant(diagnosis), &diagnosis.code, &diagnosis.cause].into_iter().find_map(texts.help);
    let help = help.unwrap_or_else(|| (texts.other)(diagnosis.class));
    let mut why: Vec<String> = help.why.iter().map(|&sentence| sentence.to_owned()).collect();
    why.splice(0..0, beneath(texts, diagnosis));
    let (first, last) = of_reply(texts, diagnosis);
    // Where the code is no more than a refusal, what the server says of it is likelier than anything general.
    if is_bare_refusal(&diagnosis.code) {
        why.splice(0..0, first)
    } else {
        why.splice(why.len().., first)
    };
    why.extend(last);
    Explanation {
        language: language.tag().to_owned(),
        happened: texts.happened.say(diagnosis),
        why,
        advice: help.advice.iter().map(|&sentence| sentence.to_owned()).collect(),
    }
}

/// The label of its button. Found past [`Texts`]: a browser that shows one need not download all that the others say.
pub fn remedy(language: Language, remedy: &Remedy) -> String {
    let proposal = &remedy.proposal;
    let label = match language {
        Language::English => en::remedy,
        Language::Portuguese => pt::remedy,
        Language::Spanish => es::remedy,
    };
    fill(label(&remedy.code), |name| match name {
        "port" => proposal.port.map(|port| port.to_string()),
        "host" => proposal.host.clone().filter(|host| !host.is_empty()),
        _ => None,
    })
}

pub fn stage(language: Language, step: Step) -> &'static str {
    (texts(language).happened.stage)(step)
}

/// Whether waiting helps.
pub fn class(language: Language, class: FaultClass) -> &'static str {
    (texts(language).class)(class)
}

/// Codes whose texts differ by what stands in the params.
#[cfg(test)]
const VARIANTS: [&str; 11] = [
    "tunnel_refused.rules",
    "tunnel_refused.network_unreachable",
    "tunnel_refused.host_unreachable",
    "tunnel_refused.refused",
    "tunnel_refused.ttl_expired",
    "tunnel_refused.general",
    "tunnel_refused.unsupported",
    "tunnel_refused.http",
    "tunnel_credentials_refused.length",
    "tunnel_credentials_refused.colon",
    "auth_no_mechanism.oauth",
];

/// The code to look up first.
fn variant(diagnosis: &Diagnosis) -> &str {
    let second = diagnosis.params.get(1).map_or("", String::as_str);
    match (diagnosis.code.as_str(), second) {
        ("tunnel_refused", "rules") => "tunnel_refused.rules",
        ("tunnel_refused", "network_unreachable") => "tunnel_refused.network_unreachable",
        ("tunnel_refused", "host_unreachable") => "tunnel_refused.host_unreachable",
        ("tunnel_refused", "refused") => "tunnel_refused.refused",
        ("tunnel_refused", "ttl_expired") => "tunnel_refused.ttl_expired",
        ("tunnel_refused", "general") => "tunnel_refused.general",
        ("tunnel_refused", "command_not_supported" | "address_not_supported") => "tunnel_refused.unsupported",
        ("tunnel_refused", status) if status.parse::<u16>().is_ok() => "tunnel_refused.http",
        ("tunnel_credentials_refused", "length") => "tunnel_credentials_refused.length",
        ("tunnel_credentials_refused", "colon") => "tunnel_credentials_refused.colon",
        ("auth_no_mechanism", "oauth") => "auth_no_mechanism.oauth",
        ("certificate_unknown_issuer", "self_signed") => "certificate_self_signed",
        ("certificate_unknown_issuer", "self_signed_ca") => "certificate_self_signed_ca",
        (code, _) => code,
    }
}

/// Why a connector or a token endpoint can't be reached is a cause of its own.
fn beneath(texts: &Texts, diagnosis: &Diagnosis) -> Option<String> {
    let inner = diagnosis.params.get(1)?;
    let told = match diagnosis.code.as_str() {
        "tunnel_unreachable" | "token_unreachable" => true,
        // That one speaks of the mail server's name.
        "token_certificate" => inner != "certificate_wrong_name",
        _ => false,
    };
    (texts.happened.find)(inner).filter(|_| told).map(|template| fill(template, |_| None))
}

/// What an enhanced status code adds, and what the reply's class does: where no row of the table says more.
fn of_reply(texts: &Texts, diagnosis: &Diagnosis) -> (Option<String>, Option<String>) {
    if diagnosis.reply.is_empty() || !(diagnosis.cause.is_empty() || diagnosis.cause == diagnosis.code) {
        return (None, None);
    }
    // A status of HTTP is no reply of SMTP.
    if diagnosis.cause.starts_with("token_") {
        return (None, None);
    }
    let means = diagnosis.enhanced.map(|code| {
        fill(texts.means, |name| match name {
            "code" => Some(code.to_string()),
            _ => Some((texts.enhanced)(code.subject, code.detail).to_owned()),
        })
    });
    let class = match diagnosis.reply.as_bytes() {
        [b'4', b'0'..=b'9', b'0'..=b'9', ..] => Some(texts.will_retry),
        [b'5', b'0'..=b'9', b'0'..=b'9', ..] if is_bare_refusal(&diagnosis.code) => Some(texts.will_not_pass),
        _ => None,
    };
    (means, class.map(str::to_owned))
}

fn is_bare_refusal(code: &str) -> bool {
    matches!(
        code,
        "service_refused"
            | "starttls_refused"
            | "ehlo_refused"
            | "sender_refused"
            | "recipient_refused"
            | "data_refused"
            | "message_refused"
    )
}

#[cfg(test)]
mod tests;
