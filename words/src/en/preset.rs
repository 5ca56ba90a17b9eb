//! English: what is known of mail providers, as the settings window says it.

use crate::Preset;
use domain::{
    account::Security,
    provider::{Caveat, Login, Offer, Provider, UserName},
};

pub const PRESET: Preset = Preset {
    this_is: |provider, offer| {
        let is = if provider.is_sure() { "is" } else { "may be" };
        format!("This {is} {}: {}{}.", provider.name, pairing(offer), credentials(provider, ", "))
    },
    sent_by: |provider, offer| {
        let (name, host) = (provider.name, provider.host().unwrap_or_default());
        format!("This sender's provider is {name}: host {host}, {}{}.", pairing(offer), credentials(provider, ", "))
    },
    wants: |provider| format!("{}{}.", provider.name, credentials(provider, ": ")),
    caveat,
    use_these: "Use these settings",
    filled: |provider| format!("The settings of {} are filled in.", provider.name),
    unlisted: |provider, offer| {
        let offers: Vec<_> = provider.offers.iter().map(|offer| pairing(*offer)).collect();
        let (name, chosen) = (provider.name, pairing(offer));
        format!("{name} is not known to answer on {chosen}. It offers {}.", offers.join(" or "))
    },
};

pub(super) fn pairing(offer: Offer) -> String {
    let with = match offer.security {
        Security::ImplicitTls => "with SSL",
        Security::StartTls => "with TLS",
        Security::None => "without encryption",
    };
    format!("port {} {with}", offer.port)
}

/// What one logs in with: the user name and then the rest, `before` them.
fn credentials(provider: &Provider, before: &str) -> String {
    let user_name = match provider.user_name {
        UserName::Address => "user name is the full address",
        UserName::LocalPart => "user name is what stands before the @",
        UserName::Literal(word) => return format!("{before}user name is {word}, {}", login(provider.login)),
        UserName::TokenTwice => return format!("{before}user name and password are both the server token"),
        UserName::ApiKey => "user name is the API key",
        UserName::Postmaster => "user name is postmaster@ and the domain, unless you made another",
        UserName::Given => "user name is the one it gave you",
        UserName::Any => "any user name will do",
        UserName::None => return format!("{before}{}", login(provider.login)),
    };
    format!("{before}{user_name}, {}", login(provider.login))
}

const fn login(login: Login) -> &'static str {
    match login {
        Login::Password => "needs the password",
        Login::AppPassword => "needs an app password",
        Login::AppPasswordOrOauth => "needs an app password or OAuth",
        Login::PasswordOrOauth => "needs the password or OAuth",
        Login::PasswordOrAppPassword => "needs the password, or an app password with two-factor sign-in",
        Login::Oauth => "needs OAuth",
        Login::OauthOrPassword => "needs OAuth, or the password where that is still allowed",
        Login::MailKeyOrOauth => "needs a secure mail key or OAuth",
        Login::ApiKey => "needs an API key as the password",
        Login::SecretKey => "needs the secret key as the password",
        Login::SmtpKey => "needs an SMTP key as the password",
        Login::Token => "needs a token as the password",
        Login::SmtpCredentials => "needs SMTP credentials made for this region",
        Login::EntraCredentials => "needs the credentials of an Entra application",
        Login::AuthorisationCode => "needs an authorisation code as the password",
        Login::AddressOrAppPassword => "needs an app password, or a permitted IP address and no login",
        Login::NotByPassword => "takes no login: it goes by IP address or certificate",
        Login::None => "needs no login",
    }
}

const fn caveat(caveat: Caveat) -> &'static str {
    match caveat {
        Caveat::FromOwnOrAlias => "The sender must be the mailbox's own address or one of its aliases.",
        Caveat::FromIsLogin => "The sender must be the address that logs in.",
        Caveat::DailyLimit => "About 500 messages a day; about 2,000 with Google Workspace.",
        Caveat::SetEhlo => "It wants a proper name in EHLO.",
        Caveat::EnableSmtpAuth => "Authenticated SMTP has to be enabled for the mailbox.",
        Caveat::EnableSmtp => "SMTP has to be enabled in the mailbox's settings.",
        Caveat::AllowMailPrograms => "POP3 and IMAP have to be allowed in the mailbox's settings first.",
        Caveat::PasswordEnds => "Logging in with a password is off by default from the end of 2026.",
        Caveat::PasswordRetired => "It does not take passwords any more.",
        Caveat::StaticAddress => "It wants a static IP address, named in the domain's SPF record.",
        Caveat::DirectSendInternal => "Without a connector it takes mail to your own organisation only.",
        Caveat::Sandbox => "A new account is in the sandbox, and senders are verified for each region.",
        Caveat::NoOauth => "It does not take OAuth.",
        Caveat::NoNewOauth => "It does not admit new OAuth clients: use an app password.",
        Caveat::VerifiedSender => "The sender or its domain has to be verified.",
        Caveat::SenderSignature => "The sender needs a sender signature or a verified domain.",
        Caveat::AddressAuthorisation => "The IP address that sends may have to be authorised.",
        Caveat::OwnDomainOnly => "Only for addresses at your own domain, on a paid plan.",
        Caveat::Bridge => "For other addresses there is its Bridge, on this machine and with a certificate of its own.",
        Caveat::CatchesAll => "It is for trying things out: it keeps every message and delivers none.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::provider::all;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_words_of_its_own() {
        let caveats: HashSet<_> = Caveat::ALL.iter().map(|code| caveat(*code)).collect();
        assert_eq!(caveats.len(), Caveat::ALL.len());
        let logins: HashSet<_> = Login::ALL.iter().map(|code| login(*code)).collect();
        assert_eq!(logins.len(), Login::ALL.len());
    }

    #[test]
    fn a_provider_is_one_sentence() {
        let check = |id: &str, expected: &str| {
            let provider = all().find(|provider| provider.id == id).expect(id);
            assert_eq!((PRESET.this_is)(provider, provider.offers[0]), expected);
        };
        check(
            "gmail",
            "This is Gmail: port 465 with SSL, user name is the full address, needs an app password or OAuth.",
        );
        check("postmark", "This is Postmark: port 587 with TLS, user name and password are both the server token.");
        check(
            "sendgrid",
            "This is SendGrid: port 465 with SSL, user name is apikey, needs an API key as the password.",
        );
        check("mailpit", "This may be Mailpit: port 1025 without encryption, needs no login.");
        let gmail = all().find(|provider| provider.id == "gmail").expect("there");
        let clear = Offer { port: 25, security: Security::None };
        assert_eq!(
            (PRESET.unlisted)(gmail, clear),
            "Gmail is not known to answer on port 25 without encryption. It offers port 465 with SSL or port 587 with TLS."
        );
        assert_eq!((PRESET.wants)(gmail), "Gmail: user name is the full address, needs an app password or OAuth.");
    }
}
