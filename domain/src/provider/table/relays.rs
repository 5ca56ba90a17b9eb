//! Who relays what programs send: known by the server's name. Data alone.

use super::{ALTERNATE, Provider, RELAY, ROW, SSL, TLS, clear, implicit, starttls};
use crate::provider::{Caveat, Login, UserName};

pub const ROWS: &[Provider] = &[
    Provider {
        id: "google_relay",
        name: "Google Workspace relay",
        hosts: "smtp-relay.gmail.com",
        offers: &[SSL, TLS, RELAY],
        also: &[clear(25)],
        login: Login::AddressOrAppPassword,
        caveats: &[Caveat::SetEhlo],
        ..ROW
    },
    Provider {
        id: "microsoft_365_connector",
        name: "Microsoft 365 connector",
        hosts: "*.mail.protection.outlook.com",
        offers: &[RELAY],
        user_name: UserName::None,
        login: Login::NotByPassword,
        caveats: &[Caveat::StaticAddress, Caveat::DirectSendInternal],
        ..ROW
    },
    Provider {
        id: "azure",
        name: "Azure Communication Services",
        hosts: "smtp.azurecomm.net",
        offers: &[TLS],
        user_name: UserName::Given,
        login: Login::EntraCredentials,
        ..ROW
    },
    Provider {
        id: "ses",
        name: "Amazon SES",
        hosts: "email-smtp.*.amazonaws.com email-smtp-fips.*.amazonaws.com",
        also: &[RELAY, starttls(2587), implicit(2465)],
        user_name: UserName::Given,
        login: Login::SmtpCredentials,
        caveats: &[Caveat::Sandbox, Caveat::NoOauth],
        ..ROW
    },
    Provider {
        id: "sendgrid",
        name: "SendGrid",
        hosts: "smtp.sendgrid.net",
        offers: &[SSL, TLS, ALTERNATE],
        also: &[RELAY],
        user_name: UserName::Literal("apikey"),
        login: Login::ApiKey,
        caveats: &[Caveat::VerifiedSender],
        ..ROW
    },
    Provider {
        id: "mailgun",
        name: "Mailgun",
        hosts: "smtp.mailgun.org smtp.eu.mailgun.org",
        also: &[RELAY, ALTERNATE],
        user_name: UserName::Postmaster,
        ..ROW
    },
    Provider {
        id: "mailjet",
        name: "Mailjet",
        hosts: "in-v3.mailjet.com",
        offers: &[SSL, TLS, ALTERNATE],
        also: &[RELAY, starttls(588), starttls(80)],
        user_name: UserName::ApiKey,
        login: Login::SecretKey,
        ..ROW
    },
    Provider {
        id: "postmark",
        name: "Postmark",
        hosts: "smtp.postmarkapp.com smtp-broadcasts.postmarkapp.com",
        offers: &[TLS, ALTERNATE],
        also: &[RELAY],
        user_name: UserName::TokenTwice,
        login: Login::Token,
        caveats: &[Caveat::SenderSignature],
        ..ROW
    },
    Provider {
        id: "brevo",
        name: "Brevo",
        hosts: "smtp-relay.brevo.com smtp-relay.sendinblue.com",
        offers: &[TLS, SSL],
        also: &[ALTERNATE],
        user_name: UserName::Given,
        login: Login::SmtpKey,
        caveats: &[Caveat::AddressAuthorisation],
        ..ROW
    },
    Provider {
        id: "mandrill",
        name: "Mandrill",
        hosts: "smtp.mandrillapp.com",
        offers: &[TLS, ALTERNATE],
        also: &[RELAY, SSL],
        user_name: UserName::Any,
        login: Login::ApiKey,
        ..ROW
    },
    Provider {
        id: "sparkpost",
        name: "SparkPost",
        hosts: "smtp.sparkpostmail.com smtp.eu.sparkpostmail.com",
        offers: &[TLS],
        also: &[ALTERNATE],
        user_name: UserName::Literal("SMTP_Injection"),
        login: Login::ApiKey,
        ..ROW
    },
    Provider {
        id: "smtp2go",
        name: "SMTP2GO",
        hosts: "mail.smtp2go.com",
        offers: &[SSL, ALTERNATE],
        also: &[TLS, RELAY, starttls(8025), starttls(80), implicit(8465), implicit(443)],
        user_name: UserName::Given,
        ..ROW
    },
    Provider {
        id: "elastic_email",
        name: "Elastic Email",
        hosts: "smtp.elasticemail.com",
        offers: &[SSL, ALTERNATE],
        also: &[TLS, RELAY],
        user_name: UserName::Given,
        login: Login::ApiKey,
        ..ROW
    },
    Provider {
        id: "resend",
        name: "Resend",
        hosts: "smtp.resend.com",
        offers: &[SSL],
        also: &[TLS, RELAY, starttls(2587), implicit(2465)],
        user_name: UserName::Literal("resend"),
        login: Login::ApiKey,
        ..ROW
    },
    Provider {
        id: "mailersend",
        name: "MailerSend",
        hosts: "smtp.mailersend.net",
        offers: &[TLS],
        also: &[ALTERNATE],
        user_name: UserName::Given,
        ..ROW
    },
    Provider {
        id: "mailtrap",
        name: "Mailtrap",
        hosts: "live.smtp.mailtrap.io",
        offers: &[TLS],
        also: &[ALTERNATE],
        user_name: UserName::Literal("api"),
        login: Login::Token,
        ..ROW
    },
    Provider {
        id: "forward_email",
        name: "Forward Email",
        hosts: "smtp.forwardemail.net",
        offers: &[SSL],
        also: &[TLS, RELAY, ALTERNATE, starttls(2587), implicit(2465)],
        ..ROW
    },
    Provider {
        id: "lettermint",
        name: "Lettermint",
        hosts: "smtp.lettermint.co",
        offers: &[SSL],
        also: &[TLS, RELAY, ALTERNATE, starttls(2465), starttls(2587)],
        user_name: UserName::Literal("lettermint"),
        login: Login::Token,
        ..ROW
    },
    Provider {
        id: "mailpit",
        name: "Mailpit",
        hosts: "localhost",
        offers: &[clear(1025)],
        user_name: UserName::None,
        login: Login::None,
        caveats: &[Caveat::CatchesAll],
        // Much else listens on this machine.
        sure: false,
        ..ROW
    },
];
