//! What a provider wants to be logged in with, and what else has to be known before its settings work. Codes; the words stand in `words`.

use crate::EmailAddress;

/// What has to be entered as the user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserName {
    /// The whole address.
    Address,
    /// What stands before the `@`.
    LocalPart,
    /// This word, for everybody.
    Literal(&'static str),
    /// A token, which is the password too.
    TokenTwice,
    /// A key that goes with a secret key.
    ApiKey,
    /// `postmaster@` and the sender's domain, unless another was made.
    Postmaster,
    /// What the provider shows or lets one make.
    Given,
    /// It is not looked at.
    Any,
    /// Nobody logs in.
    None,
}

impl UserName {
    /// Written out for one sender, where it follows from the address.
    pub fn of(self, sender: &EmailAddress) -> Option<String> {
        match self {
            Self::Address => Some(sender.to_wire()),
            Self::LocalPart => Some(sender.local().to_owned()),
            Self::Literal(word) => Some(word.to_owned()),
            Self::Postmaster => Some(format!("postmaster@{}", sender.domain_ascii())),
            Self::TokenTwice | Self::ApiKey | Self::Given | Self::Any | Self::None => None,
        }
    }
}

macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident => $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}

codes! {
    /// What a login is made with.
    Login {
        Password => "password",
        AppPassword => "app_password",
        AppPasswordOrOauth => "app_password_or_oauth",
        PasswordOrOauth => "password_or_oauth",
        PasswordOrAppPassword => "password_or_app_password",
        Oauth => "oauth",
        OauthOrPassword => "oauth_or_password",
        MailKeyOrOauth => "mail_key_or_oauth",
        ApiKey => "api_key",
        SecretKey => "secret_key",
        SmtpKey => "smtp_key",
        Token => "token",
        SmtpCredentials => "smtp_credentials",
        EntraCredentials => "entra_credentials",
        AuthorisationCode => "authorisation_code",
        /// An address that is on a list will do.
        AddressOrAppPassword => "address_or_app_password",
        /// The sender's address or its certificate is looked at instead.
        NotByPassword => "not_by_password",
        None => "none",
    }
}

impl Login {
    /// Whether an account has to log in; `None` where it depends.
    pub const fn is_expected(self) -> Option<bool> {
        match self {
            Self::NotByPassword | Self::None => Some(false),
            Self::AddressOrAppPassword => None,
            _ => Some(true),
        }
    }
}

codes! {
    /// What its settings alone don't say.
    Caveat {
        FromOwnOrAlias => "from_own_or_alias",
        FromIsLogin => "from_is_login",
        DailyLimit => "daily_limit",
        SetEhlo => "set_ehlo",
        EnableSmtpAuth => "enable_smtp_auth",
        EnableSmtp => "enable_smtp",
        AllowMailPrograms => "allow_mail_programs",
        PasswordEnds => "password_ends",
        PasswordRetired => "password_retired",
        StaticAddress => "static_address",
        DirectSendInternal => "direct_send_internal",
        Sandbox => "sandbox",
        NoOauth => "no_oauth",
        NoNewOauth => "no_new_oauth",
        VerifiedSender => "verified_sender",
        SenderSignature => "sender_signature",
        AddressAuthorisation => "address_authorisation",
        OwnDomainOnly => "own_domain_only",
        Bridge => "bridge",
        CatchesAll => "catches_all",
    }
}
