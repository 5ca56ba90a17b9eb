//! Every way a session can fail, as one table of stable codes. What happened lives here; words for people do not.

use domain::session_test::FaultClass;

/// How a cause says whether waiting helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Temporary,
    Permanent,
    Settings,
    /// The server's reply code decides: 4yz may work later, 5yz will not.
    ByReply,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $kind:ident;)*) => {
        /// Why a session failed. The code is part of the API: it never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Cause { $($(#[$doc])* $name,)* }

        impl Cause {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }
        }
    };
}

causes! {
    /// The name does not exist, or has no address. Params: host.
    HostNotFound, "host_not_found", Settings;
    /// The name server did not answer, or could not. Params: host.
    ResolverFailed, "resolver_failed", Temporary;
    /// Nothing listens there. Params: addresses tried.
    ConnectionRefused, "connection_refused", Temporary;
    /// No answer to the connection attempt. Params: addresses tried.
    ConnectTimeout, "connect_timeout", Temporary;
    /// No route, or the network is down. Params: addresses tried.
    Unreachable, "unreachable", Temporary;
    /// The other side cut the connection.
    ConnectionReset, "connection_reset", Temporary;
    /// The other side closed the connection where an answer was due.
    ConnectionClosed, "connection_closed", Temporary;
    /// The operator's policy does not allow the address. Params: host.
    DestinationForbidden, "destination_forbidden", Settings;
    /// The connector itself can't be reached. Params: connector, the inner cause's code.
    TunnelUnreachable, "tunnel_unreachable", Temporary;
    /// The connector was reached and did not answer in time. Params: connector.
    TunnelTimeout, "tunnel_timeout", Temporary;
    /// The connector wants credentials (or a method we do not have). Params: connector.
    TunnelWantsCredentials, "tunnel_wants_credentials", Settings;
    /// The connector refused user name or password. Params: connector.
    TunnelCredentialsRefused, "tunnel_credentials_refused", Settings;
    /// The connector would not or could not reach the target. Params: connector, its reason (`rules`, `host_unreachable`, an HTTP status).
    TunnelRefused, "tunnel_refused", Temporary;
    /// What answers there is not this kind of connector. Params: connector.
    TunnelProtocol, "tunnel_protocol", Settings;
    /// Connected, but no greeting. Params: seconds waited.
    GreetingTimeout, "greeting_timeout", Temporary;
    /// Nothing in clear comes from there, and TLS is answered.
    PortExpectsTls, "port_expects_tls", Settings;
    /// What speaks there is not SMTP. Params: what it looks like, if known.
    NotSmtp, "not_smtp", Settings;
    /// A reply longer than any server sends.
    ReplyTooLong, "reply_too_long", Permanent;
    /// No reply to a command. Params: seconds waited.
    ReplyTimeout, "reply_timeout", Temporary;
    /// A reply that does not fit what was asked.
    ProtocolError, "protocol_error", Temporary;
    /// The server refuses the session: a 421 or 554.
    ServiceRefused, "service_refused", ByReply;
    /// STARTTLS is demanded and not offered. Nothing was sent. Params: `stripped` where something stands in its place.
    StarttlsNotOffered, "starttls_not_offered", Settings;
    /// The server refused the STARTTLS command.
    StarttlsRefused, "starttls_refused", ByReply;
    /// Bytes in clear where only the TLS handshake may be: possibly an attack.
    InjectedBeforeTls, "injected_before_tls", Settings;
    /// Implicit TLS was spoken to a port that speaks plain text.
    TlsPlaintextPort, "tls_plaintext_port", Settings;
    /// The handshake did not end in time. Params: seconds waited.
    TlsTimeout, "tls_timeout", Temporary;
    /// No common TLS version or cipher, or a broken handshake. Params: the alert or error.
    TlsFailed, "tls_failed", Settings;
    /// The certificate's issuer is not trusted here. Params: issuer, then `self_signed` or `self_signed_ca` if it is.
    CertificateUnknownIssuer, "certificate_unknown_issuer", Settings;
    /// The certificate has expired. Params: the moment (RFC 3339).
    CertificateExpired, "certificate_expired", Settings;
    /// The certificate is not valid yet. Params: the moment (RFC 3339).
    CertificateNotYetValid, "certificate_not_yet_valid", Settings;
    /// The certificate is for other names. Params: the names in it.
    CertificateWrongName, "certificate_wrong_name", Settings;
    /// It is not the certificate that the account has pinned. Params: the fingerprint shown, the one pinned.
    CertificateNotPinned, "certificate_not_pinned", Settings;
    /// The certificate is unusable in another way. Params: the reason (`key_too_short`, `signed_with_sha1`, `outdated_format`, `not_for_servers`, `unknown_extension`, `name_constraint`, or words).
    CertificateInvalid, "certificate_invalid", Settings;
    /// The server refused EHLO. Params: the name given.
    EhloRefused, "ehlo_refused", Settings;
    /// The account logs in and the server offers no login. Params: `starttls` where it offers that in clear text.
    AuthNotOffered, "auth_not_offered", Settings;
    /// The server offers only mechanisms that we do not have. Params: those, then `oauth` if only one with a token would do.
    AuthNoMechanism, "auth_no_mechanism", Settings;
    /// The password or token would have travelled in clear. It was not sent.
    PasswordInClear, "password_in_clear", Settings;
    /// User name or password refused.
    AuthRefused, "auth_refused", Settings;
    /// Login temporarily not possible.
    AuthTemporary, "auth_temporary", Temporary;
    /// The server refused the access token.
    OauthTokenRefused, "oauth_token_refused", Permanent;
    /// Who issues the tokens refused. Params: its host, the error's code.
    TokenRefused, "token_refused", Settings;
    /// Who issues the tokens can't at the moment. Params: its host, the HTTP status or the error's code.
    TokenTemporary, "token_temporary", Temporary;
    /// Who issues the tokens can't be reached. Params: its host, the inner cause's code.
    TokenUnreachable, "token_unreachable", Temporary;
    /// Who issues the tokens did not answer in time. Params: its host, seconds waited.
    TokenTimeout, "token_timeout", Temporary;
    /// No trusted TLS with who issues the tokens. Nothing was sent. Params: its host, the inner cause's code.
    TokenCertificate, "token_certificate", Settings;
    /// What answers there issues no tokens. Params: its host, the reason (`url`, `redirected`, `too_large`, `not_http`, `not_json`, `no_token`, `token_type`).
    TokenProtocol, "token_protocol", Settings;
    /// The private key to sign with can't be used.
    TokenKey, "token_key", Settings;
    /// MAIL FROM refused. Params: address.
    SenderRefused, "sender_refused", ByReply;
    /// RCPT TO refused. Params: address.
    RecipientRefused, "recipient_refused", ByReply;
    /// An address needs SMTPUTF8 and the server does not offer it. Params: address.
    Smtputf8NotOffered, "smtputf8_not_offered", Permanent;
    /// The message is larger than the server takes. Params: its limit, the message's size, in octets.
    MessageTooLarge, "message_too_large", Permanent;
    /// DATA refused.
    DataRefused, "data_refused", ByReply;
    /// The whole message went out and the server refused it.
    MessageRefused, "message_refused", ByReply;
    /// The whole message went out and no answer came. Params: seconds waited.
    NoConfirmation, "no_confirmation", Temporary;
    /// The session took longer than its total budget. Params: seconds.
    Deadline, "deadline", Temporary;
    /// Stopped by whoever started it.
    Cancelled, "cancelled", Temporary;
    /// A fault of this program or its machine. Params: what.
    Internal, "internal", Settings;
}

impl Cause {
    /// The class of a failure, given the server's reply code where it gave one.
    pub const fn class(self, reply_code: Option<u16>) -> FaultClass {
        match (self.kind(), reply_code) {
            (Kind::Temporary, _) | (Kind::ByReply, Some(400..=499)) => FaultClass::Temporary,
            (Kind::Permanent | Kind::ByReply, _) => FaultClass::Permanent,
            (Kind::Settings, _) => FaultClass::Settings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_snake_case() {
        let mut codes: Vec<_> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert!(
            codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'))
        );
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Cause::ALL.len());
    }

    /// What words are written for is what can be observed.
    #[test]
    fn domain_lists_the_same_codes() {
        let codes: Vec<_> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert_eq!(codes, domain::diagnosis::table::CAUSES);
    }
}
